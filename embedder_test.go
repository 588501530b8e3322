package helpdesk_test

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
)

// compass is an Embedder whose vectors point to the kiln or away from it, and that notes whose texts it was given.
type compass struct {
	*compassLog
	tenant helpdesk.TenantID
}

type compassLog struct {
	mu    sync.Mutex
	asked []string
	err   error
}

func (c compass) Model() string { return "compass" }

func (c compass) ForTenant(tenant helpdesk.TenantID) helpdesk.Embedder {
	return compass{c.compassLog, tenant}
}

func (c compass) Embed(_ context.Context, texts []string) ([][]float32, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
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
	d := helpdesktest.New(t, nil, &helpdesk.Config{Embedder: compass{compassLog: log}})
	kiln := solved(t, d, "Kiln", "the kiln is cold")
	solved(t, d, "Paper", "nothing comes out")
	found, err := d.Similar(t.Context(), opened(t, d, "My oven", "stays below hundred degrees").ID, 1)
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, kiln.ID, found[0].Ticket)
	require.Contains(t, log.asked, string(kiln.Tenant)+": Kiln", "the embedder of the tenant was asked")
	require.Contains(t, log.asked, string(kiln.Tenant)+": My")
}

func TestWithoutVectorsWordsAreLeft(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err   error
		again bool
	}{
		"no money": {fmt.Errorf("budget spent: %w", helpdesk.ErrAbstain), false},
		"down":     {errors.New("connection refused"), true},
	} {
		log := &compassLog{err: c.err}
		d := helpdesktest.New(t, nil, &helpdesk.Config{Embedder: compass{compassLog: log}})
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
