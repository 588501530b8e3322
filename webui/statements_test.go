package webui_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/macro"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/webui"
)

// statements is a hook that counts them. It holds each until all of its round trip are there.
type statements struct {
	mu    sync.Mutex
	trips []int // the statements of each round trip; none holds nothing
	texts []string
	here  int
	full  chan struct{} // closed when the round trip has all its statements
	late  bool          // a round trip did not get them
}

func (s *statements) expect(trips []int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trips, s.texts, s.here, s.full, s.late = trips, nil, 0, make(chan struct{}), false
}

func (s *statements) BeforeQuery(ctx context.Context, e *bun.QueryEvent) context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.texts = append(s.texts, e.Query)
	if len(s.trips) == 0 {
		return ctx
	}
	full := s.full
	if s.here++; s.here == s.trips[0] {
		close(full)
		s.trips, s.here, s.full = s.trips[1:], 0, make(chan struct{})
	}
	s.mu.Unlock()
	defer s.mu.Lock()
	select {
	case <-full:
	case <-time.After(10 * time.Second): // for a page that is wrong: it asks for one after the other
		s.late = true
	}
	return ctx
}

func (s *statements) AfterQuery(context.Context, *bun.QueryEvent) {}

func (s *statements) read() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.texts
}

func TestPagesTakeFewStatements(t *testing.T) {
	t.Parallel()
	const kept = true
	for _, page := range []struct {
		name, path, who string
		kept            bool // the reports and numbers are there
		most            int
		trips           []int
		has             string
	}{
		{"a ticket, for an agent", "/tickets/REF", ana, false, 7, []int{1, 1, 5}, "Thanks"},
		{"a ticket, for an agent with a scope", "/tickets/REF", "agent:ben@example.com", false, 6, []int{1, 1, 4}, "Thanks"},
		{"a ticket, for an admin", "/tickets/REF", admin, false, 7, []int{1, 5, 1}, "Thanks"},
		{"its similar ones", "/tickets/REF/similar", ana, false, 8, nil, "It was sent again."},
		{"the API, a ticket by its reference", "/api/tickets/REF", ana, false, 3, nil, "Where is it?"},
		{"the inbox", "/", ana, false, 5, nil, "The parcel is lost"},
		{"a dashboard", "/dashboard", ana, false, 11, nil, "<svg"},
		{"a dashboard that others have seen", "/dashboard", ana, kept, 4, nil, "<svg"},
	} {
		t.Run(page.name, func(t *testing.T) {
			t.Parallel()
			for name, open := range map[string]func(testing.TB) *bun.DB{"postgres": dbtest.Postgres, "sqlite": dbtest.SQLite} {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					db := open(t)
					store, err := bunstore.New(db, nil)
					require.NoError(t, err)
					require.NoError(t, store.Migrate(t.Context()))
					desk, pages, ref := parcels(t, store)
					api, err := httpapi.New(desk, &httpapi.Config{Actor: who, Logger: quiet})
					require.NoError(t, err)
					mux := http.NewServeMux()
					mux.Handle("/", pages)
					mux.Handle("/api/", http.StripPrefix("/api", api))
					get := func() *httptest.ResponseRecorder {
						r := httptest.NewRequest(http.MethodGet, strings.Replace(page.path, "REF", ref, 1), nil)
						r.Header.Set("X-Who", page.who)
						rec := httptest.NewRecorder()
						mux.ServeHTTP(rec, r)
						return rec
					}
					if webui.KeepNothing(pages); page.kept {
						webui.Keep(pages)
						get()
					}
					count := &statements{}
					db.AddQueryHook(count)
					count.expect(page.trips)
					answer := get()
					require.Equal(t, http.StatusOK, answer.Code, answer.Body)
					require.Contains(t, answer.Body.String(), page.has)
					require.LessOrEqual(t, len(count.read()), page.most, strings.Join(count.read(), "\n"))
					require.False(t, count.late, "these go one after the other:\n%s", strings.Join(count.read(), "\n"))
				})
			}
		})
	}
}

// parcels returns a desk that has solved four tickets like an open one, its pages, and the
// reference of that ticket.
func parcels(t *testing.T, store helpdesk.Store) (desk *helpdesk.Desk, pages *webui.Handler, ref string) {
	t.Helper()
	clock := helpdesktest.NewClock(helpdesktest.Start)
	desk, err := helpdesk.New(store, &helpdesk.Config{SLA: sla.Standard(), Similar: similar.New(nil), Logger: quiet, Clock: clock})
	require.NoError(t, err)
	for _, name := range []string{"Ana", "Ben"} {
		_, err = desk.SaveAgent(t.Context(), helpdesk.Agent{Name: name, Email: name + "@example.com", Teams: []helpdesk.TeamID{"post"}, Restricted: name == "Ben"})
		require.NoError(t, err)
	}
	_, err = desk.SaveTeam(t.Context(), helpdesk.Team{ID: "post", Name: "Post", Categories: []helpdesk.Category{helpdesk.Billing}})
	require.NoError(t, err)
	_, err = macro.Of(desk).Save(t.Context(), macro.Macro{ID: "thanks", Name: "Thanks", Body: "Thank you."})
	require.NoError(t, err)
	for i := range 5 {
		if i == 1 {
			clock.Advance(80 * 24 * time.Hour) // a dashboard has a period before
		}
		o, err := desk.Open(t.Context(), helpdesk.OpenParams{
			Subject: "The parcel is lost", Description: fmt.Sprint("Where is it? ", i), Category: helpdesk.Billing, Customer: helpdesk.Contact{Email: "kim@mail.example"},
		})
		require.NoError(t, err)
		if ref = o.Ref; i < 4 {
			_, err = desk.Resolve(t.Context(), o.ID, "It was sent again.")
			require.NoError(t, err)
		}
	}
	clock.Advance(7 * 24 * time.Hour) // the last one is late
	for range 3 {
		_, err = desk.Tick(t.Context())
		require.NoError(t, err)
	}
	pages, err = webui.New(desk, &webui.Config{Actor: who, Logger: quiet, Clock: clock})
	require.NoError(t, err)
	return desk, pages, ref
}
