package httpapi_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// sent is one event of a stream as a browser would dispatch it.
type sent struct {
	id, kind string
	data     map[string]any
}

// listener is a client of a stream.
type listener struct {
	t    *testing.T
	resp *http.Response
	text *bufio.Scanner
	last string // the last event id, as a browser keeps it
	stop context.CancelFunc
}

func live(c *httpapi.Config) { c.Poll = 2 * time.Millisecond }

// listen opens a stream. It has begun when this returns.
func (s *server) listen(who, path string, headers ...string) *listener {
	s.t.Helper()
	ctx, stop := context.WithCancel(s.t.Context())
	r, err := http.NewRequestWithContext(ctx, "GET", s.url+path, nil)
	require.NoError(s.t, err)
	r.Header.Set("Test-Actor", who)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(s.t, err)
	require.Equal(s.t, 200, resp.StatusCode)
	require.Equal(s.t, "text/event-stream", resp.Header.Get("Content-Type"))
	s.t.Cleanup(func() { stop(); resp.Body.Close() })
	return &listener{t: s.t, resp: resp, text: bufio.NewScanner(resp.Body), stop: stop}
}

// next reads up to the next event, taking ids on the way.
func (l *listener) next() (e sent, ok bool) {
	l.t.Helper()
	for l.text.Scan() {
		name, value, _ := strings.Cut(l.text.Text(), ": ")
		switch name {
		case "id":
			l.last, e.id = value, value
		case "event":
			e.kind = value
		case "data":
			require.NoError(l.t, json.Unmarshal([]byte(value), &e.data))
		case "":
			if e.data != nil {
				return e, true
			}
			e = sent{}
		}
	}
	return e, false
}

// until reads events up to the one of a type, and returns them.
func (l *listener) until(kind string) (events []sent) {
	l.t.Helper()
	for {
		e, ok := l.next()
		require.True(l.t, ok, "the stream has ended: %v", l.text.Err())
		events = append(events, e)
		if e.kind == kind {
			return events
		}
	}
}

func ids(events []sent) (list []string) {
	for _, e := range events {
		list = append(list, e.data["id"].(string))
	}
	return list
}

func TestTheStreamTellsWhatTheTicketTells(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, live)
	s.open(carol, "Before")
	l := s.listen(ana, "/events")
	id := s.open(carol, "Refund").str("id")
	s.do(ana, "POST", "/tickets/"+id+"/notes", `{"body":"Hm."}`).ok(201)
	told := l.until("noted")

	shown := map[string]any{}
	for _, e := range s.do(ana, "GET", "/tickets/"+id, "").json["events"].([]any) {
		shown[e.(map[string]any)["id"].(string)] = e
	}
	require.Len(t, told, len(shown), "and nothing of the ticket before")
	for _, e := range told {
		require.Equal(t, shown[e.data["id"].(string)], any(e.data))
		require.Equal(t, e.kind, e.data["type"])
		require.NotEmpty(t, e.id)
	}
	require.Equal(t, "no-store", l.resp.Header.Get("Cache-Control"))
}

func TestAStreamOfOneTicketTellsOfThatAlone(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, live)
	a, b := s.open(carol, "A"), s.open(carol, "B")
	l := s.listen(ana, "/events?ticket="+a.str("ref"))
	s.do(ana, "POST", "/tickets/"+b.str("id")+"/notes", `{"body":"b"}`).ok(201)
	s.do(ana, "POST", "/tickets/"+a.str("id")+"/notes", `{"body":"a"}`).ok(201)
	told := l.until("noted")
	require.Len(t, told, 1)
	require.Equal(t, a.str("id"), told[0].data["ticket_id"])
	s.do(ana, "GET", "/events?ticket=0000-0000", "").ok(404)
	s.do(ana, "GET", "/events?ticket=01a210f7-1c7d-7784-a8f9-be4f6d420955", "").ok(404)
}

func TestAStreamGoesOnBehindTheLastEvent(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, live)
	another := httptest.NewServer(handler(t, s, live)) // another process of the same desk, which knows of no stream
	t.Cleanup(another.Close)
	first := s.listen(ana, "/events")
	id := s.open(carol, "Refund").str("id")
	s.do(ana, "POST", "/tickets/"+id+"/notes", `{"body":"one"}`).ok(201)
	all := first.until("noted")
	require.Greater(t, len(all), 4)
	s.do(ana, "POST", "/tickets/"+id+"/replies", `{"body":"two"}`).ok(201)
	all = append(all, first.until("replied")...)
	first.stop()
	s.do(ana, "PATCH", "/tickets/"+id+"/resolve", `{"resolution_note":"three"}`).ok(200)
	missed := s.do(ana, "GET", "/tickets/"+id, "").json["events"].([]any)
	for _, e := range missed {
		e := e.(map[string]any)
		if known := ids(all); !contains(known, e["id"].(string)) {
			all = append(all, sent{kind: e["type"].(string), data: e})
		}
	}
	url := s.url
	for i := range all {
		if all[i].id == "" {
			break
		}
		s.url = url
		if i%2 == 1 {
			s.url = another.URL
		}
		var l *listener
		switch i % 3 {
		case 0:
			l = s.listen(ana, "/events", "Last-Event-ID", all[i].id)
		case 1:
			l = s.listen(ana, "/events?last_event_id="+all[i].id)
		case 2: // the header is the newer one: a browser sends it beside the address it began with
			l = s.listen(ana, "/events?last_event_id="+all[0].id, "Last-Event-ID", all[i].id)
		}
		var again []sent
		for len(again) < len(all)-i-1 {
			e, ok := l.next()
			require.True(t, ok)
			again = append(again, e)
		}
		require.ElementsMatch(t, ids(all[i+1:]), ids(again), "behind event %d: nothing is missed, nothing comes twice", i)
		l.stop()
	}
	s.url = url
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

// TestWhatIsCommittedLateIsStreamedOnce holds a transaction of the host open while time goes on and
// others commit.
func TestWhatIsCommittedLateIsStreamedOnce(t *testing.T) {
	t.Parallel()
	db := dbtest.Postgres(t)
	store, err := bunstore.New(db, nil)
	require.NoError(t, err)
	require.NoError(t, store.Migrate(t.Context()))
	s := &server{Desk: helpdesktest.New(t, store, nil), t: t, log: &strings.Builder{}}
	s.Hire(helpdesk.Agent{Name: "Ana", Email: "ana@example.com"})
	server := httptest.NewServer(handler(t, s, live))
	t.Cleanup(server.Close)
	s.url = server.URL
	id, other := s.open(carol, "Refund").str("id"), s.open(carol, "Other").str("id")
	note := func(id, body string) { s.do(ana, "POST", "/tickets/"+id+"/notes", `{"body":"`+body+`"}`).ok(201) }

	cut, stays := s.listen(ana, "/events"), s.listen(ana, "/events")
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer func() { _ = tx.Rollback() }()
	inTx := s.As(helpdesk.Actor{}).WithStore(store.WithTx(tx))
	_, err = inTx.SetTags(t.Context(), helpdesk.TicketID(id), []string{"late", "one"})
	require.NoError(t, err)
	_, err = inTx.SetTags(t.Context(), helpdesk.TicketID(id), []string{"late", "two"})
	require.NoError(t, err)
	s.Clock.Advance(time.Hour)
	note(other, "young")
	require.Len(t, cut.until("noted"), 1)
	cut.stop()
	note(other, "younger")
	require.NoError(t, tx.Commit())
	note(other, "youngest")
	count := func(l *listener, n int) map[string]int {
		kinds := map[string]int{}
		for range n {
			e, ok := l.next()
			require.True(t, ok)
			kinds[e.kind]++
		}
		return kinds
	}
	require.Equal(t, map[string]int{"noted": 3, "tags_changed": 2}, count(stays, 5))
	again := s.listen(ana, "/events", "Last-Event-ID", cut.last)
	first, ok := again.next() // cut off in the middle of what came at once
	require.True(t, ok)
	again.stop()
	rest := s.listen(ana, "/events", "Last-Event-ID", again.last)
	kinds := count(rest, 3)
	kinds[first.kind]++
	require.Equal(t, map[string]int{"noted": 2, "tags_changed": 2}, kinds)
	note(id, "last")
	for _, l := range []*listener{stays, rest} {
		require.Len(t, l.until("noted"), 1, "and nothing twice")
	}
}

// TestWhatComesAtOnceIsSentWhole has many events in one look, more than may wait, and the last of
// another ticket.
func TestWhatComesAtOnceIsSentWhole(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, live)
	id, other := helpdesk.TicketID(s.open(carol, "A").str("id")), helpdesk.TicketID(s.open(carol, "B").str("id"))
	l := s.listen(ana, "/events?ticket="+string(id))
	c := &helpdesk.Change{Tenant: s.Tenant()}
	for i := range 300 {
		c.Events = append(c.Events, helpdesk.Event{ID: fmt.Sprint(i), Ticket: id, Type: helpdesk.EventTags, At: s.Clock.Now()})
	}
	c.Events = append(c.Events, helpdesk.Event{ID: "other", Ticket: other, Type: helpdesk.EventTags, At: s.Clock.Now()})
	require.NoError(t, s.Store.Commit(t.Context(), c))
	for i := range 200 {
		e, ok := l.next()
		require.True(t, ok)
		require.Equal(t, fmt.Sprint(i), e.data["id"])
	}
	l.stop()
	again := s.listen(ana, "/events?ticket="+string(id), "Last-Event-ID", l.last)
	s.do(ana, "POST", "/tickets/"+string(id)+"/notes", `{"body":"x"}`).ok(201)
	rest := again.until("noted")
	require.Len(t, rest, 101)
	require.Equal(t, "200", rest[0].data["id"])
}

func TestEventsOfAnotherTenantAreNeverTold(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, func(c *httpapi.Config) {
		live(c)
		c.Tenant = func(r *http.Request) (helpdesk.TenantID, error) {
			return helpdesk.TenantID(r.Header.Get("Test-Tenant")), nil
		}
	})
	ours := s.listen(boss, "/events")
	theirs := s.listen(boss, "/events", "Test-Tenant", "acme")
	id := s.open(carol, "Ours").str("id")
	their := s.do(boss, "POST", "/tickets", `{"subject":"Theirs"}`, "Test-Tenant", "acme").ok(201).str("id")
	s.do(boss, "POST", "/tickets/"+their+"/notes", `{"body":"x"}`, "Test-Tenant", "acme").ok(201)
	s.do(boss, "POST", "/tickets/"+id+"/notes", `{"body":"x"}`).ok(201)
	for _, c := range []struct {
		l    *listener
		want string
	}{{ours, id}, {theirs, their}} {
		for _, e := range c.l.until("noted") {
			require.Equal(t, c.want, e.data["ticket_id"])
		}
	}
	stolen := s.listen(boss, "/events", "Test-Tenant", "acme", "Last-Event-ID", ours.last)
	s.do(boss, "POST", "/tickets/"+their+"/replies", `{"body":"x"}`, "Test-Tenant", "acme").ok(201)
	for _, e := range stolen.until("replied") {
		require.Equal(t, their, e.data["ticket_id"], "an id of another tenant is a place in time alone")
	}
}

func TestAnIdThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	for _, id := range []string{"x", "01a210f7-1c7d-7784-a8f9-be4f6d420955", "%00", strings.Repeat("A", 100_000)} {
		a := s.do(ana, "GET", "/events?last_event_id="+id, "").ok(422)
		require.Equal(t, "422 Unprocessable Entity: last_event_id is not an id of this stream\nquery.last_event_id is not an id of this stream", refused(a))
	}
	require.Contains(t, refused(s.do(ana, "GET", "/events", "", "Last-Event-ID", "x")), "header.Last-Event-ID is not an id")
	s.do("", "GET", "/events", "").ok(401)
	s.do("agent:eve@evil.test", "GET", "/events", "").ok(403)
	require.Equal(t, 200, s.do(ana, "HEAD", "/events", "").status)
}

// placeID is an id with places of the store, as one who knows the form can make it up.
func placeID(from string, n byte, until string) string {
	text := append([]byte{2, byte(len(from))}, from...)
	if until != "" {
		text = append(append(text, n), until...)
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func TestAnIdThatTheStoreDoesNotKnowBeginsAnewAndSaysSo(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, live)
	id := s.open(carol, "Refund").str("id")
	for _, old := range []string{
		"AYAAAAAAAAAA",            // as an earlier version wrote it
		placeID("m999999", 0, ""), // of another store, or from the time before a backup was restored
		placeID("zz", 0, ""), placeID("m1", 1, "m999999"), placeID("m2", 1, "m1"),
	} {
		l := s.listen(ana, "/events", "Last-Event-ID", old)
		reset := l.until("reset")
		require.Len(t, reset, 1)
		require.Equal(t, map[string]any{"reason": "the id is too old, or of another database: read again what you show"}, reset[0].data)
		require.NotEqual(t, old, l.last)
		s.do(ana, "POST", "/tickets/"+id+"/notes", `{"body":"x"}`).ok(201)
		require.Len(t, l.until("noted"), 1, "what happened now, and nothing of before")
		l.stop()
	}
	forged := s.listen(ana, "/events", "Last-Event-ID", placeID("m0", 100, "m1")) // the first 100 of one event
	require.NotEmpty(t, forged.until("noted"), "gets what the actor may see anyway")
}

func TestOneWhoMissedTooMuchBeginsAnew(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, live)
	id := helpdesk.TicketID(s.open(carol, "Refund").str("id"))
	l := s.listen(ana, "/events")
	l.stop()
	for i := range 12 {
		c := &helpdesk.Change{Tenant: s.Tenant()}
		for j := range 1000 {
			c.Events = append(c.Events, helpdesk.Event{ID: fmt.Sprint(i, j), Ticket: id, Type: helpdesk.EventNoted, At: s.Clock.Now()})
		}
		require.NoError(t, s.Store.Commit(t.Context(), c))
	}
	l = s.listen(ana, "/events?last_event_id="+placeID("m0", 0, ""))
	missed := l.until("reset")
	require.Greater(t, len(missed), 10_000)
	require.Less(t, len(missed), 11_100)
	s.do(ana, "POST", "/tickets/"+string(id)+"/replies", `{"body":"x"}`).ok(201)
	again := s.listen(ana, "/events", "Last-Event-ID", l.last)
	require.Equal(t, again.until("replied"), l.until("replied"), "both begin where the reset said")
}

func TestAStreamEndsWithTheServer(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, live)
	ctx, shutdown := context.WithCancel(t.Context())
	server := httptest.NewUnstartedServer(handler(t, s, live))
	server.Config.BaseContext = baseContext(ctx)
	server.Start()
	t.Cleanup(server.Close)
	s.url = server.URL
	l := s.listen(ana, "/events")
	shutdown()
	_, ok := l.next()
	require.False(t, ok)
	require.NoError(t, server.Config.Shutdown(t.Context()), "no stream keeps it")
}

// reader is the connection of a client inside a bubble, which can stop reading.
type reader struct {
	mu     sync.Mutex
	header http.Header
	text   strings.Builder
	stuck  chan struct{} // Flush returns when this is closed; nil for at once
	wrote  int
}

func (r *reader) Header() http.Header { return r.header }
func (r *reader) WriteHeader(int)     {}
func (r *reader) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wrote++
	return r.text.Write(b)
}

func (r *reader) FlushError() error {
	r.mu.Lock()
	stuck := r.stuck
	r.mu.Unlock()
	if stuck != nil {
		<-stuck
	}
	return nil
}

func (r *reader) read() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

// bubble serves one stream inside a bubble. It closes done when the stream has ended, with its
// panic.
func bubble(t *testing.T) (s *server, r *reader, done chan any) {
	s = &server{Desk: helpdesktest.New(t, nil, nil), t: t, log: &strings.Builder{}}
	s.Hire(helpdesk.Agent{Name: "Ana", Email: "ana@example.com"})
	h := handler(t, s, nil)
	r, done = &reader{header: http.Header{}}, make(chan any, 1)
	request := httptest.NewRequestWithContext(t.Context(), "GET", "/events", nil)
	request.Header.Set("Test-Actor", ana)
	go func() {
		defer func() { done <- recover() }()
		h.ServeHTTP(r, request)
	}()
	synctest.Wait()
	return s, r, done
}

func TestAnIdleStreamSaysThatItIsAliveAndEndsAfterAQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, r, done := bubble(t)
		require.Regexp(t, `^id: \S+\nretry: 2000\n\n$`, r.read())
		time.Sleep(80 * time.Second)
		require.Equal(t, 3, strings.Count(r.read(), ": alive\nid: "))
		require.Empty(t, done)
		id := func() string { return r.read()[strings.LastIndex(r.read(), "id: "):] }
		before := id()
		require.Contains(t, r.read(), before+": alive")
		_, err := s.ForTenant("another").Open(t.Context(), helpdesk.OpenParams{Subject: "Not theirs"})
		require.NoError(t, err)
		time.Sleep(30 * time.Second)
		require.NotContains(t, r.read(), "data: ")
		require.NotEqual(t, before, id(), "who comes back later begins later")
		time.Sleep(14 * time.Minute)
		require.Len(t, done, 1)
		require.Nil(t, <-done)
	})
}

func TestAReaderWhoFallsBehindIsCutOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, r, done := bubble(t)
		stuck := make(chan struct{})
		r.mu.Lock()
		r.stuck = stuck
		r.mu.Unlock()
		ticket, err := s.Open(t.Context(), helpdesk.OpenParams{Subject: "Refund"})
		require.NoError(t, err)
		time.Sleep(2 * time.Second)
		got := strings.Count(r.read(), "\ndata: ")
		require.Positive(t, got)
		for i := range 300 {
			_, err := s.As(helpdesk.Actor{}).SetTags(t.Context(), ticket.ID, []string{fmt.Sprint(i)})
			require.NoError(t, err)
			if i%100 == 99 {
				time.Sleep(2 * time.Second)
			}
		}
		require.Equal(t, got, strings.Count(r.read(), "\ndata: "), "nothing is written to a reader who does not read")
		close(stuck)
		synctest.Wait()
		require.Len(t, done, 1)
		require.ErrorIs(t, (<-done).(error), http.ErrAbortHandler)
		require.Equal(t, got, strings.Count(r.read(), "\ndata: "), "what was dropped is not skipped: the last id is before it")
	})
}

func TestAStreamEndsWhenTheStoreCannotTellWhatWasMissed(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, live)
	l := s.listen(ana, "/events")
	s.open(carol, "Refund")
	l.until("assigned")
	broken := &server{Desk: helpdesktest.New(t, &down{Store: memstore.New()}, nil), t: t, log: &strings.Builder{}}
	broken.Hire(helpdesk.Agent{Name: "Ana", Email: "ana@example.com"})
	_, err := broken.Open(t.Context(), helpdesk.OpenParams{Subject: "Refund"})
	require.NoError(t, err)
	server := httptest.NewServer(handler(t, broken, live))
	t.Cleanup(server.Close)
	broken.url = server.URL
	again := broken.listen(ana, "/events", "Last-Event-ID", l.last)
	_, ok := again.next()
	require.False(t, ok)
	require.Equal(t, l.last, again.last, "the place stays where it was")
}

// down is a store that cannot tell the new events of one tenant.
type down struct{ *memstore.Store }

func (d *down) EventsAfter(ctx context.Context, q helpdesk.StreamQuery) (helpdesk.StreamPage, error) {
	if q.Until != "" { // one who comes back asks up to a place
		return helpdesk.StreamPage{}, errors.New("the database is away")
	}
	return d.Store.EventsAfter(ctx, q)
}

func baseContext(ctx context.Context) func(net.Listener) context.Context {
	return func(net.Listener) context.Context { return ctx }
}

func TestShutdownEndsTheStreamsAndLeavesTheRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		desk, err := helpdesk.New(memstore.New(), nil)
		require.NoError(t, err)
		api, err := httpapi.New(desk, &httpapi.Config{Actor: func(*http.Request) (helpdesk.Actor, error) {
			return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com"}, nil
		}})
		require.NoError(t, err)
		get := func(path string) int {
			w := httptest.NewRecorder()
			api.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
			return w.Code
		}
		began := time.Now()
		var open sync.WaitGroup
		for range 3 {
			open.Go(func() { get("/events") })
		}
		time.Sleep(time.Minute)
		require.NoError(t, api.Shutdown(t.Context()))
		open.Wait()
		require.Equal(t, time.Minute, time.Since(began), "a stream would last for 15 minutes")
		require.Equal(t, 200, get("/tickets"))
		require.Equal(t, 200, get("/events"))
		require.Equal(t, time.Minute, time.Since(began))
	}) // which fails if a goroutine is left
}
