package similar_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/similar"
)

// compass is an Embedder whose vectors point to the kiln or away from it. It logs the tenant and
// the first word of each text.
type compass struct {
	*compassLog
	tenant helpdesk.TenantID
}

type compassLog struct {
	mu    sync.Mutex
	asked []string
	calls []int // how many texts each had
	err   error
	panic bool
}

func (c compass) Model() string { return "compass" }

func (c compass) ForTenant(tenant helpdesk.TenantID) similar.Embedder {
	return compass{c.compassLog, tenant}
}

func (c compass) Embed(_ context.Context, texts []string) ([][]float32, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.panic {
		panic("out of order")
	}
	c.calls = append(c.calls, len(texts))
	var vectors [][]float32
	for _, text := range texts {
		c.asked = append(c.asked, fmt.Sprintf("%s: %s", c.tenant, strings.Fields(text)[0]))
		v := []float32{0, 1}
		if strings.Contains(text, "kiln") || strings.Contains(text, "oven") {
			v = []float32{1, 0}
		}
		vectors = append(vectors, v)
	}
	return vectors, c.err
}

func embedding(log *compassLog) *helpdesk.Config {
	return &helpdesk.Config{Similar: similar.New(&similar.Config{Embedder: compass{compassLog: log}, Logger: quiet})}
}

func opened(t *testing.T, d *helpdesktest.Desk, subject, text string) *helpdesk.Ticket {
	t.Helper()
	ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: subject, Description: text, Customer: helpdesk.Contact{Email: "kim@example.com"}})
	require.NoError(t, err)
	return ticket
}

func solved(t *testing.T, d *helpdesktest.Desk, subject, text string) *helpdesk.Ticket {
	t.Helper()
	ticket, err := d.Resolve(t.Context(), opened(t, d, subject, text).ID, "Lit it again.")
	require.NoError(t, err)
	d.Drain()
	return ticket
}

func TestVectorsFindOtherWordsForTheSame(t *testing.T) {
	t.Parallel()
	log := &compassLog{}
	d := helpdesktest.New(t, nil, embedding(log))
	kiln := solved(t, d, "Kiln", "the kiln is cold")
	solved(t, d, "Paper", "nothing comes out")
	found, err := d.Similar(t.Context(), opened(t, d, "My oven", "stays below hundred degrees").ID, 1)
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, kiln.ID, found[0].Ticket)
	require.Contains(t, log.asked, string(kiln.Tenant)+": Kiln", "the embedder of the tenant was asked")
	require.Contains(t, log.asked, string(kiln.Tenant)+": My")
}

func TestWithoutVectorsWordsDecide(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err   error
		again bool
	}{
		"no money": {fmt.Errorf("budget spent: %w", helpdesk.ErrAbstain), false},
		"down":     {errors.New("connection refused"), true},
	} {
		log := &compassLog{err: c.err}
		d := helpdesktest.New(t, nil, embedding(log))
		kiln := solved(t, d, "Kiln", "the kiln is cold")
		found, err := d.Similar(t.Context(), opened(t, d, "Cold", "a kiln").ID, 1)
		require.NoError(t, err)
		require.Equal(t, kiln.ID, found[0].Ticket, "%s: by its words", name)

		log.err, log.asked = nil, nil
		d.Drain()
		d.Advance(2 * time.Hour)
		require.Equal(t, c.again, slices.Contains(log.asked, string(kiln.Tenant)+": Kiln"), "%s: whether it is tried again", name)
	}
}

// TestAFailedTextDoesNotHoldUpTheOthers: tickets are embedded together; after a failure each of
// them is tried by itself.
func TestAFailedTextDoesNotHoldUpTheOthers(t *testing.T) {
	t.Parallel()
	log := &compassLog{err: errors.New("text too long")}
	d := helpdesktest.New(t, nil, embedding(log))
	for _, subject := range []string{"One", "Two", "Three"} {
		_, err := d.Resolve(t.Context(), opened(t, d, subject, "text").ID, "Done.")
		require.NoError(t, err)
	}
	log.calls = nil // those of triage, for tickets like a new one
	d.Drain()
	require.Contains(t, log.calls, 3)
	log.calls, log.err = nil, nil
	d.Advance(time.Minute)
	require.Equal(t, []int{1, 1, 1}, log.calls)
	log.calls = nil
	d.Advance(time.Hour)
	require.Empty(t, log.calls, "all have their vectors")
}

func TestAnEmbedderThatPanicsLeavesTheWords(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, embedding(&compassLog{panic: true}))
	kiln := solved(t, d, "Kiln", "the kiln is cold")
	found, err := d.Similar(t.Context(), opened(t, d, "Cold", "a kiln").ID, 1)
	require.NoError(t, err)
	require.Equal(t, kiln.ID, found[0].Ticket)
}
