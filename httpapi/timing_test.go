package httpapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// asked is a Store that records which methods are called.
type asked struct {
	helpdesk.Store
	mu   sync.Mutex
	made []string
}

func (s *asked) add(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made = append(s.made, what)
}

// since returns the calls since the last time.
func (s *asked) since() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	made := s.made
	s.made = nil
	return made
}

func (s *asked) Unwrap() helpdesk.Store { return s.Store }

func (s *asked) Ticket(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	s.add("Ticket")
	return s.Store.Ticket(ctx, tenant, id)
}

func (s *asked) Tickets(ctx context.Context, q helpdesk.Query) (helpdesk.Page, error) {
	s.add("Tickets")
	return s.Store.Tickets(ctx, q)
}

func (s *asked) Thread(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.TicketID) (*helpdesk.Thread, error) {
	s.add("Thread")
	return s.Store.Thread(ctx, tenant, id)
}

func (s *asked) Settings(ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
	s.add("Settings")
	return s.Store.Settings(ctx, q)
}

func (s *asked) Mails(ctx context.Context, q helpdesk.MailQuery) (helpdesk.MailPage, error) {
	s.add("Mails")
	return s.Store.Mails(ctx, q)
}

func (s *asked) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	s.add("Commit")
	return s.Store.Commit(ctx, changes...)
}

// TestAnothersTicketTakesNoLongerThanNone: otherwise the time of a 404 tells that the ticket
// exists. Every request asks the store for the same, whatever it says in its answer.
func TestAnothersTicketTakesNoLongerThanNone(t *testing.T) {
	t.Parallel()
	store := &asked{Store: memstore.New()}
	s := &server{Desk: helpdesktest.New(t, store, nil), t: t, log: &strings.Builder{}}
	h := handler(t, s, nil)
	theirs, err := s.Open(t.Context(), helpdesk.OpenParams{Subject: "Mine", Customer: helpdesk.Contact{Email: "dave@customer.test"}})
	require.NoError(t, err)
	for _, r := range []struct{ method, path, body string }{
		{"GET", "", ""},
		{"GET", "/attachments/00112233445566778899aabbccddeeff", ""},
		{"POST", "/replies", `{"body":"Hello"}`},
		{"POST", "/replies", `{"body":"Hello","files":[{"name":"b.txt","content":"aGk="}]}`},
		{"POST", "/reopen", ""},
		{"POST", "/rating", `{"score":1}`},
		{"POST", "/notes", `{"body":"x"}`},
		{"POST", "/take", ""},
		{"PATCH", "", `{"priority":"low"}`},
		{"POST", "/merge", `{"into":"0195a1b2-0000-7000-8000-000000000000"}`},
	} {
		for _, ids := range [][2]string{{string(theirs.ID), "0195a1b2-0000-7000-8000-000000000000"}, {theirs.Ref, "0000-0000"}} {
			var made [2][]string
			for i, id := range ids {
				store.since()
				q := httptest.NewRequestWithContext(t.Context(), r.method, "/tickets/"+id+r.path, strings.NewReader(r.body))
				q.Header.Set("Content-Type", "application/json")
				q.Header.Set("Test-Actor", carol)
				w := httptest.NewRecorder()
				h.ServeHTTP(w, q)
				require.Contains(t, []int{http.StatusNotFound, http.StatusForbidden}, w.Code, "%v: %s", r, w.Body)
				made[i] = store.since()
			}
			require.Equal(t, made[1], made[0], "%v of %s", r, ids[0])
		}
	}
}
