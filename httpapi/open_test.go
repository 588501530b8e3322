package httpapi_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/httpapi"
)

// slow is a classifier that answers after a time, or not at all.
func slow(after time.Duration) helpdesk.Classifier {
	return helpdesk.ClassifierFunc(func(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
		select {
		case <-time.After(after):
			return &helpdesk.Classification{Category: helpdesk.Account, Confidence: 1}, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	})
}

func TestPreferSaysHowLongToWaitForTriage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, prefer string
		wait, model  time.Duration
		status       int
		triage       string
		took         time.Duration
		applied      string
	}{
		{"quick model", "", 0, time.Second, 201, "done", time.Second, ""},
		{"slow model", "", 0, time.Hour, 201, "pending", 5 * time.Second, ""},
		{"longer by default", "", 8 * time.Second, 7 * time.Second, 201, "done", 7 * time.Second, ""},
		{"not by default", "", -1, time.Second, 201, "pending", 0, ""},
		{"wait less", "wait=1", 0, 2 * time.Second, 201, "pending", time.Second, "wait=1"},
		{"wait more", "Wait=10", 0, 9 * time.Second, 201, "done", 9 * time.Second, "wait=10"},
		{"wait too long", "wait=3600", 0, time.Hour, 201, "pending", 30 * time.Second, "wait=30"},
		{"no wait", "wait=0", 0, time.Second, 201, "pending", 0, "wait=0"},
		{"not understood", "wait=soon, return=minimal; foo", 0, time.Second, 201, "done", time.Second, ""},
		{"asynchronous", "respond-async", 0, time.Second, 202, "pending", 0, "respond-async"},
		{"asynchronous after a while", "respond-async, wait=2", 0, 3 * time.Second, 202, "pending", 2 * time.Second, "respond-async, wait=2"},
		{"asynchronous in time", `respond-async, wait="4"`, 0, 3 * time.Second, 201, "done", 3 * time.Second, "respond-async, wait=4"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				desk := helpdesktest.New(t, nil, &helpdesk.Config{Classifier: slow(test.model), Clock: helpdesk.SystemClock})
				h, err := httpapi.New(desk.Desk, &httpapi.Config{Actor: actor, Wait: test.wait})
				require.NoError(t, err)
				r := httptest.NewRequest("POST", "/tickets", strings.NewReader(`{"subject":"Refund"}`))
				for name, value := range map[string]string{"Content-Type": "application/json", "Test-Actor": carol, "Prefer": test.prefer} {
					r.Header.Set(name, value)
				}
				w := httptest.NewRecorder()
				start := time.Now()
				h.ServeHTTP(w, r)
				got := read(t, w.Result()).ok(test.status)
				require.Equal(t, test.triage, got.str("triage"))
				require.Equal(t, test.took, time.Since(start))
				require.Equal(t, test.applied, got.header.Get("Preference-Applied"))
				if test.triage == "done" {
					require.Equal(t, "account", got.str("category"))
					return
				}
				require.Nil(t, got.json["category"])
				if test.took > 0 {
					n, err := desk.Tick(t.Context())
					require.NoError(t, err)
					require.Zero(t, n, "the task leaves time to the request")
					time.Sleep(time.Second)
				}
				n, err := desk.Tick(context.Background())
				require.NoError(t, err)
				require.NotZero(t, n, "the task takes over")
			})
		})
	}
}

func TestIdempotencyKeyOpensOneTicket(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	for _, who := range []string{carol, ana} { // the same key of two people is two keys
		first := s.do(who, "POST", "/tickets", `{"subject":"Refund"}`, "Idempotency-Key", "k1").ok(201)
		again := s.do(who, "POST", "/tickets", `{"subject":"Refund"}`, "Idempotency-Key", "k1").ok(201)
		require.Equal(t, first.text, again.text)
		require.Equal(t, first.header.Get("Location"), again.header.Get("Location"))
		require.Equal(t, first.header.Get("ETag"), again.header.Get("ETag"))
		other := s.do(who, "POST", "/tickets", `{"subject":"Another"}`, "Idempotency-Key", "k1")
		require.Equal(t, "409 Conflict: open ticket: conflict; idempotency_key was used for another request\n"+
			"header.Idempotency-Key was used for another request", refused(other))
	}
	require.Len(t, s.Classifier.Requests(), 2)
	require.Len(t, s.do(boss, "GET", "/tickets", "").json["tickets"], 2)
	long := s.do(carol, "POST", "/tickets", `{"subject":"Refund"}`, "Idempotency-Key", strings.Repeat("k", 256)).ok(422)
	require.Contains(t, refused(long), "header.Idempotency-Key is longer than 255 characters")
}

func TestIdempotencyKeyAddsOneReply(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	id := s.open(carol, "Refund").str("id")
	path := "/tickets/" + id + "/replies"
	for range 2 {
		s.do(carol, "POST", path, `{"body":"Any news?"}`, "Idempotency-Key", "r1").ok(201)
	}
	other := s.do(carol, "POST", path, `{"body":"Hello?"}`, "Idempotency-Key", "r1")
	require.Contains(t, refused(other), "header.Idempotency-Key was used for another reply")
	require.Equal(t, 409, other.status)
	require.Len(t, s.do(carol, "GET", "/tickets/"+id, "").json["messages"], 2)

	s.do(ana, "POST", path, `{"body":"Soon."}`, "Idempotency-Key", "r1").ok(201)
	s.do(ana, "POST", "/tickets/"+id+"/notes", `{"body":"Never."}`).ok(201)
	s.do(ana, "POST", path, `{"body":"Never."}`, "Idempotency-Key", "r1").ok(409)
}

func TestTicketThatEndedNeedsNoTriage(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	opened := s.do(ana, "POST", "/tickets", `{"subject":"Spam"}`, "Prefer", "wait=0").ok(201)
	require.Equal(t, "pending", opened.str("triage"))
	closed := s.do(ana, "PATCH", "/tickets/"+opened.str("id"), `{"status":"closed"}`).ok(200)
	require.Equal(t, "done", closed.str("triage"))
}

// deadlined is a connection whose read deadline somebody may set.
type deadlined struct {
	*httptest.ResponseRecorder
	set bool
}

func (d *deadlined) SetReadDeadline(time.Time) error {
	d.set = true
	return nil
}

// net/http cancels a request whose read deadline passes while its handler waits.
func TestWaitIsNotCutShortByAReadDeadline(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	r := httptest.NewRequest("POST", "/tickets", strings.NewReader(`{"subject":"Refund"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Test-Actor", carol)
	w := &deadlined{ResponseRecorder: httptest.NewRecorder()}
	handler(t, s, nil).ServeHTTP(w, r)
	require.Equal(t, 201, w.Code)
	require.False(t, w.set)
}

func TestAnAgentOpensATicketInTheCustomersName(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, nil)
	first := func(who, body string) string {
		opened := s.do(who, "POST", "/tickets", body).ok(201)
		m := s.do(ana, "GET", "/tickets/"+opened.str("id"), "").ok(200).json["messages"].([]any)[0].(map[string]any)
		return m["kind"].(string)
	}
	const body = `{"subject":"Your order","description":"It is late.","customer_email":"carol@customer.example"`
	require.Equal(t, "agent", first(ana, body+`}`))
	require.Equal(t, "agent", first(boss, body+`}`))
	require.Equal(t, "customer", first(ana, body+`,"quoted":true}`))
	require.Equal(t, "customer", first(carol, `{"subject":"Mine","description":"It is late."}`))
}
