package openaiclassify_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// office is a whole desk whose model is a server of the test. Only the test and the waits between
// tries move its clock.
type office struct {
	*helpdesktest.Desk
	db    *bun.DB
	clock *helpdesktest.Clock
	mu    sync.Mutex
	told  []classify.Kind
}

func open(t *testing.T, s *server, timeout time.Duration, wrap func(helpdesk.Classifier) helpdesk.Classifier) *office {
	o := &office{clock: helpdesktest.NewClock(helpdesktest.Start), db: dbtest.SQLite(t)}
	store, err := bunstore.New(o.db, nil)
	require.NoError(t, err)
	require.NoError(t, store.Migrate(t.Context()))
	limit, err := classify.NewLimit(classifier(t, s, openaiclassify.Config{Clock: o.clock, HTTPClient: &http.Client{Transport: s}}), &classify.LimitConfig{
		Timeout: timeout, Clock: o.clock,
		Sleep: func(ctx context.Context, d time.Duration) error { o.clock.Advance(d); return ctx.Err() },
		Tell: func(_ context.Context, f *classify.Failure) {
			o.mu.Lock()
			defer o.mu.Unlock()
			o.told = append(o.told, f.Kind)
		},
	})
	require.NoError(t, err)
	o.Desk = helpdesktest.New(t, store, &helpdesk.Config{Clock: o.clock, Classifier: wrap(limit)})
	return o
}

func alone(c helpdesk.Classifier) helpdesk.Classifier { return c }

// looks are the times at which the desk asks the classifier: at once and, after each failure, this
// much later.
var looks = []time.Duration{0, time.Minute, 5 * time.Minute, 25 * time.Minute}

// The failure matrix, row by row: the calls of each look of the desk. Whatever the server does, the
// ticket exists at every moment, has a priority and a running clock, and has an owner or waits
// visibly.
func TestWhateverTheServerDoesTheTicketIsTakenCareOf(t *testing.T) {
	t.Parallel()
	ok := completion(good)
	oops := status(500, "oops")
	retryOn := func(at time.Time) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			status(429, "rate_limit_exceeded", "Retry-After", at.Format(http.TimeFormat))(w, r)
		}
	}
	denied := []classify.Kind{classify.Denied}
	for _, c := range []struct {
		name    string
		answers []http.HandlerFunc
		calls   [4]int // of each look
		done    int    // number of the look that classified the ticket; 0 when none did
		told    []classify.Kind
	}{
		{"answers", []http.HandlerFunc{ok}, [4]int{1}, 1, nil},
		{"times out", []http.HandlerFunc{silent}, [4]int{3, 3, 3, 3}, 0, nil},
		{"times out, then answers", []http.HandlerFunc{silent, silent, silent, ok}, [4]int{3, 1}, 2, nil},
		{"429", []http.HandlerFunc{status(429, "rate_limit_exceeded")}, [4]int{3, 3, 3, 3}, 0, nil},
		{"429, then answers", []http.HandlerFunc{status(429, "rate_limit_exceeded"), ok}, [4]int{2}, 1, nil},
		{"429 for 7 s", []http.HandlerFunc{status(429, "rate_limit_exceeded", "Retry-After", "7")}, [4]int{3, 3, 3, 3}, 0, nil},
		{"429 for 12 s", []http.HandlerFunc{status(429, "rate_limit_exceeded", "Retry-After", "12")}, [4]int{2, 2, 2, 2}, 0, nil},
		{"429 for a minute", []http.HandlerFunc{status(429, "rate_limit_exceeded", "Retry-After", "60")}, [4]int{1, 1, 1, 1}, 0, nil},
		{"429 until a time soon", []http.HandlerFunc{retryOn(helpdesktest.Start.Add(15 * time.Second)), ok}, [4]int{2}, 1, nil},
		{"429 until a time later", []http.HandlerFunc{retryOn(helpdesktest.Start.Add(30 * time.Second)), ok}, [4]int{1, 1}, 2, nil},
		{"quota spent", []http.HandlerFunc{status(429, "insufficient_quota")}, [4]int{1, 0, 1, 1}, 0, denied},
		{"quota spent, then paid", []http.HandlerFunc{status(429, "insufficient_quota"), ok}, [4]int{1, 0, 1}, 3, denied},
		{"401", []http.HandlerFunc{status(401, "invalid_api_key")}, [4]int{1, 0, 1, 1}, 0, denied},
		{"403", []http.HandlerFunc{status(403, "unsupported_country")}, [4]int{1, 0, 1, 1}, 0, denied},
		{"400", []http.HandlerFunc{status(400, "invalid_request")}, [4]int{1}, 0, []classify.Kind{classify.Rejected}},
		{"404", []http.HandlerFunc{status(404, "model_not_found")}, [4]int{1}, 0, []classify.Kind{classify.Rejected}},
		{"400 for the form, then answers", []http.HandlerFunc{status(400, "response_format"), ok}, [4]int{2}, 1, nil},
		{"500", []http.HandlerFunc{oops}, [4]int{3, 3, 3, 3}, 0, nil},
		{"500 twice, then answers", []http.HandlerFunc{oops, oops, ok}, [4]int{3}, 1, nil},
		{"500 until the last look", append(slices.Repeat([]http.HandlerFunc{oops}, 9), ok), [4]int{3, 3, 3, 1}, 4, nil},
		{"hangs up", []http.HandlerFunc{hangUp}, [4]int{3, 3, 3, 3}, 0, nil},
		{"cuts the answer", []http.HandlerFunc{cutOff}, [4]int{3, 3, 3, 3}, 0, nil},
		{"half a JSON body", []http.HandlerFunc{raw(`{"choices":[{"index":0,`)}, [4]int{2, 2, 2, 2}, 0, nil},
		{"half a JSON answer", []http.HandlerFunc{completion(good[:40])}, [4]int{2, 2, 2, 2}, 0, nil},
		{"prose", []http.HandlerFunc{completion("I think this is billing.")}, [4]int{2, 2, 2, 2}, 0, nil},
		{"prose, then answers", []http.HandlerFunc{completion("I think this is billing."), ok}, [4]int{2}, 1, nil},
		{"20 MB", []http.HandlerFunc{huge(200, nil)}, [4]int{2, 2, 2, 2}, 0, nil},
		{"no choice", []http.HandlerFunc{raw(`{"choices":[]}`)}, [4]int{2, 2, 2, 2}, 0, nil},
		{"cut off by length", []http.HandlerFunc{finished("length", good[:40], "")}, [4]int{2, 2, 2, 2}, 0, nil},
		{"wrong enum", []http.HandlerFunc{completion(strings.Replace(good, "billing", "shipping", 1))}, [4]int{1}, 0, nil},
		{"refusal", []http.HandlerFunc{finished("stop", "", "I cannot help with that.")}, [4]int{1}, 0, nil},
		{"content filter", []http.HandlerFunc{finished("content_filter", "", "")}, [4]int{1}, 0, nil},
		{"suspicious", []http.HandlerFunc{completion(strings.Replace(good, `"suspicious":false`, `"suspicious":true`, 1))}, [4]int{1}, 0, nil},
		{"none of the categories", []http.HandlerFunc{completion(strings.Replace(good, `"billing"`, `"unknown"`, 1))}, [4]int{1}, 0, nil},
	} {
		for _, staffed := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, staffed %v", c.name, staffed), func(t *testing.T) {
				t.Parallel()
				s := serve(t, c.answers...)
				timeout := 8 * time.Second
				if strings.HasPrefix(c.name, "times out") {
					timeout = time.Millisecond // counted from the server's silence
				}
				o := open(t, s, timeout, alone)
				if staffed {
					o.Hire(helpdesk.Agent{ID: "ana", Name: "Ana", Email: "ana@example.com", Skills: map[helpdesk.Skill]int{"general": 3, "billing": 3}})
				}
				opened, err := o.Open(t.Context(), helpdesk.OpenParams{Subject: "Charged twice", Description: "Order 17"})
				require.NoError(t, err)
				for i, after := range looks {
					before := s.calls()
					o.clock.Advance(after)
					o.Drain()
					require.Equal(t, c.calls[i], s.calls()-before, "look %d", i+1)
					ticket := takenCareOf(t, o, opened.ID, staffed)
					if c.done != 0 && i+1 >= c.done {
						require.Equal(t, helpdesk.Billing, ticket.Category)
						require.Equal(t, helpdesk.High, ticket.Priority)
						require.False(t, ticket.NeedsReview)
						require.False(t, ticket.TriagedAt.IsZero())
						continue
					}
					require.Empty(t, ticket.Category)
					require.True(t, ticket.NeedsReview, "a person is asked to look")
					later := slices.ContainsFunc(c.calls[i+1:], func(n int) bool { return n > 0 })
					require.Equal(t, later, ticket.TriagedAt.IsZero(), "asked again or not")
				}
				before := s.calls()
				o.clock.Advance(2 * time.Hour)
				o.Drain()
				require.Equal(t, before, s.calls(), "nobody asks for ever")
				require.Equal(t, c.told, o.told)
			})
		}
	}
}

// invariant counts the tickets with this id for which the invariant holds, from the rows
// themselves.
const invariant = `SELECT count(*) FROM helpdesk_tickets AS t WHERE t.id = ? AND t.priority BETWEEN 1 AND 4
AND EXISTS (SELECT 1 FROM helpdesk_clocks AS c WHERE c.tenant_id = t.tenant_id AND c.ticket_id = t.id AND c.running_since IS NOT NULL AND c.due_at > ?)
AND (t.assignee <> '' OR t.queued_at IS NOT NULL)`

// takenCareOf checks the invariant of every row.
func takenCareOf(t *testing.T, o *office, id helpdesk.TicketID, staffed bool) *helpdesk.Ticket {
	t.Helper()
	thread, err := o.Thread(t.Context(), id)
	require.NoError(t, err, "the ticket exists")
	ticket := thread.Ticket
	require.Contains(t, helpdesk.Priorities, ticket.Priority)
	require.True(t, slices.ContainsFunc(ticket.Clocks, func(c helpdesk.SLAClock) bool {
		return !c.RunningSince.IsZero() && c.DueAt.After(o.clock.Now())
	}), "a clock runs")
	require.Equal(t, staffed, ticket.Assignee != "", "has an owner")
	require.Equal(t, staffed, ticket.QueuedAt.IsZero(), "or waits visibly")
	for _, e := range thread.Events {
		require.NotContains(t, string(e.Data), key)
	}
	var fine int
	require.NoError(t, o.db.NewRaw(invariant, string(id), o.clock.Now().UnixMicro()).Scan(t.Context(), &fine))
	require.Equal(t, 1, fine, "the same in the database")
	return ticket
}

// The desk does not yet say which look is the last, so the test says it.
func TestChainAnswersWhenTheModelStaysDown(t *testing.T) {
	t.Parallel()
	s := serve(t, status(500, "oops"))
	asked := 0
	o := open(t, s, 8*time.Second, func(model helpdesk.Classifier) helpdesk.Classifier {
		chain, err := classify.NewChain(nil, model, classify.Offline())
		require.NoError(t, err)
		return helpdesk.ClassifierFunc(func(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			q := *r
			asked++
			q.Last = asked == len(looks)
			return chain.Classify(ctx, &q)
		})
	})
	opened, err := o.Open(t.Context(), helpdesk.OpenParams{Subject: "Refund of an invoice", Description: "Please refund the invoice, I was charged twice."})
	require.NoError(t, err)
	for i, after := range looks {
		o.clock.Advance(after)
		o.Drain()
		require.Equal(t, 3*(i+1), s.calls())
		ticket := takenCareOf(t, o, opened.ID, false)
		require.Equal(t, i == 3, ticket.Category == helpdesk.Billing, "only the last time the next one is asked")
	}
}

func TestRefusedKeyIsToldOnceAnHour(t *testing.T) {
	t.Parallel()
	s := serve(t, status(401, "invalid_api_key"))
	o := open(t, s, 8*time.Second, alone)
	for range 14 { // 70 minutes
		_, err := o.Open(t.Context(), helpdesk.OpenParams{Subject: "Charged twice"})
		require.NoError(t, err)
		o.Drain()
		o.clock.Advance(5 * time.Minute)
	}
	require.Equal(t, []classify.Kind{classify.Denied, classify.Denied}, o.told)
}

// Fifty tickets at once and a slow server: calls at once stay within the limit, and all tickets are
// classified.
func TestFiftyTriagesAtOnceStayWithinTheLimit(t *testing.T) {
	t.Parallel()
	const slots = 4
	var mu sync.Mutex
	now, peak := 0, 0
	var filled sync.Once
	// Closed when as many calls as the limit allows are here at once.
	full := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		now++
		if peak = max(peak, now); now == slots {
			filled.Do(func() { close(full) })
		}
		mu.Unlock()
		select {
		case <-full:
		case <-r.Context().Done():
		}
		time.Sleep(15 * time.Millisecond) // shows a call too many
		mu.Lock()
		now--
		mu.Unlock()
		completion(good)(w, r)
	})
	limit, err := classify.NewLimit(classifier(t, s, openaiclassify.Config{}), &classify.LimitConfig{Concurrency: slots})
	require.NoError(t, err)
	desk := helpdesktest.New(t, nil, &helpdesk.Config{Classifier: limit})
	var wg sync.WaitGroup
	for range 50 {
		opened, err := desk.Open(t.Context(), helpdesk.OpenParams{Subject: "Charged twice", TriageAfter: time.Hour})
		require.NoError(t, err)
		wg.Go(func() {
			ticket, err := desk.Triage(t.Context(), opened.ID)
			if err != nil || ticket.Category != helpdesk.Billing {
				t.Errorf("%v %v", ticket, err)
			}
		})
	}
	wg.Wait()
	require.Equal(t, 50, s.calls())
	require.Equal(t, slots, peak, "and as many as the limit allows")
}
