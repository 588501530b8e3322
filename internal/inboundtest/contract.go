package inboundtest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
)

// Provider is a webhook to be tested.
type Provider struct {
	// New makes a handler that takes posts of Post.
	New func(desk email.Receiver, common email.Webhook) (http.Handler, error)
	// Post makes a valid post of a mail with the Message-ID <id>, the text and the recipients.
	Post func(id, text string, to ...string) *http.Request
	// Unknown is the status for a mail to nobody here.
	Unknown int
	// MaxSize is the default limit.
	MaxSize int64
}

// Quiet is a logger that says nothing.
var Quiet = slog.New(slog.DiscardHandler)

// Serve gives the request to the handler and returns the status and the JSON of the answer.
func Serve(t testing.TB, h http.Handler, r *http.Request) (status int, answer map[string]any) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if got := w.Header().Get("Content-Type"); got != "application/json" {
		t.Fatalf("content type is %q", got)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatalf("answer %q: %v", w.Body, err)
	}
	if (w.Code == http.StatusOK) != (answer["status"] != nil) || (w.Code == http.StatusOK) == (answer["error"] != nil) {
		t.Fatalf("status %d with answer %v", w.Code, answer)
	}
	return w.Code, answer
}

func equal(t testing.TB, want, got any) {
	t.Helper()
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("want %#v, got %#v", want, got)
	}
}

// Contract tests what is the same for all webhooks.
func Contract(t *testing.T, p Provider) {
	const to = "support@acme.example"
	handler := func(t testing.TB, desk email.Receiver, common email.Webhook) http.Handler {
		if common.Logger == nil {
			common.Logger = Quiet
		}
		h, err := p.New(desk, common)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	t.Run("a mail is received once however often it is posted", func(t *testing.T) {
		t.Parallel()
		desk := &Desk{}
		h := handler(t, desk, email.Webhook{})
		for range 3 {
			status, answer := Serve(t, h, p.Post("m1@example.org", "Hello", to))
			equal(t, http.StatusOK, status)
			equal(t, []any{"mail-1"}, answer["mails"])
		}
		equal(t, 1, len(desk.Mails()))
		m := desk.Mails()[0]
		equal(t, "m1@example.org", m.MessageID)
		equal(t, "Hello", strings.TrimSpace(m.Text))
		equal(t, "writer@example.org", m.From.Email)
		equal(t, []string{to}, m.Recipients)
	})
	t.Run("the same mail twice at the same time is received once", func(t *testing.T) {
		t.Parallel()
		desk := &Desk{}
		h := handler(t, desk, email.Webhook{})
		var wg sync.WaitGroup
		for range 8 {
			r := p.Post("m1@example.org", "Hello", to)
			wg.Go(func() { h.ServeHTTP(httptest.NewRecorder(), r) })
		}
		wg.Wait()
		equal(t, 1, len(desk.Mails()))
	})
	t.Run("trouble of ours is answered with 503, and the same post received later", func(t *testing.T) {
		t.Parallel()
		desk := &Desk{}
		h := handler(t, desk, email.Webhook{})
		desk.Fail(func(*helpdesk.Incoming) error { return errors.New("database is away") })
		status, answer := Serve(t, h, p.Post("m1@example.org", "Hello", to))
		equal(t, http.StatusServiceUnavailable, status)
		if strings.Contains(fmt.Sprint(answer), "database") {
			t.Fatalf("the answer tells of our insides: %v", answer)
		}
		equal(t, 0, len(desk.Mails()))
		desk.Fail(nil)
		status, _ = Serve(t, h, p.Post("m1@example.org", "Hello", to))
		equal(t, http.StatusOK, status)
		equal(t, 1, len(desk.Mails()))
	})
	t.Run("a desk that says not found is trouble, and not an unknown address", func(t *testing.T) {
		t.Parallel()
		desk := &Desk{}
		h := handler(t, desk, email.Webhook{})
		desk.Fail(func(*helpdesk.Incoming) error { return helpdesk.ErrNotFound })
		status, _ := Serve(t, h, p.Post("m1@example.org", "Hello", to))
		equal(t, http.StatusServiceUnavailable, status)
	})
	t.Run("a mail goes to the desk of each recipient, with that desk's recipients alone", func(t *testing.T) {
		t.Parallel()
		desks := map[helpdesk.TenantID]*Desk{"acme": {}, "globex": {}}
		h := handler(t, nil, email.Webhook{Route: email.Tenants(tenantOf, func(id helpdesk.TenantID) email.Receiver { return desks[id] })})
		status, _ := Serve(t, h, p.Post("m1@example.org", "Hello", "Support+k4@acme.example"))
		equal(t, http.StatusOK, status)
		equal(t, 1, desks["acme"].Calls())
		equal(t, []string{"support+k4@acme.example"}, desks["acme"].Mails()[0].Recipients)
		equal(t, 0, desks["globex"].Calls())
	})
	t.Run("a mail to nobody here gets an answer after which the provider stops", func(t *testing.T) {
		t.Parallel()
		h := handler(t, nil, email.Webhook{Route: email.Tenants(tenantOf, func(helpdesk.TenantID) email.Receiver { return &Desk{} })})
		status, _ := Serve(t, h, p.Post("m1@example.org", "Hello", "somebody@elsewhere.example"))
		equal(t, p.Unknown, status)
	})
	t.Run("a route that fails is trouble of ours", func(t *testing.T) {
		t.Parallel()
		h := handler(t, nil, email.Webhook{Route: func(context.Context, string) (email.Receiver, error) { return nil, errors.New("away") }})
		status, _ := Serve(t, h, p.Post("m1@example.org", "Hello", to))
		equal(t, http.StatusServiceUnavailable, status)
	})
	t.Run("another method, content type or an endless body is refused", func(t *testing.T) {
		t.Parallel()
		desk := &Desk{}
		h := handler(t, desk, email.Webhook{})
		r := p.Post("m1@example.org", "Hello", to)
		r.Method = http.MethodGet
		status, _ := Serve(t, h, r)
		equal(t, http.StatusMethodNotAllowed, status)
		for _, contentType := range []string{"", "image/png", "multipart/mixed; boundary=x", ";;"} {
			r = p.Post("m1@example.org", "Hello", to)
			r.Header.Set("Content-Type", contentType)
			status, _ = Serve(t, h, r)
			equal(t, http.StatusUnsupportedMediaType, status)
		}
		for _, length := range []int64{-1, p.MaxSize + 1} {
			r = p.Post("m1@example.org", "Hello", to)
			read := &endless{}
			r.Body, r.ContentLength = io.NopCloser(read), length
			status, _ = Serve(t, h, r)
			equal(t, http.StatusRequestEntityTooLarge, status)
			if read.n > p.MaxSize+1<<20 || length > 0 && read.n > 0 {
				t.Fatalf("read %d bytes", read.n)
			}
		}
		equal(t, 0, desk.Calls())
	})
	t.Run("a body that breaks off is refused", func(t *testing.T) {
		t.Parallel()
		desk := &Desk{}
		h := handler(t, desk, email.Webhook{})
		r := p.Post("m1@example.org", "Hello", to)
		r.Body = io.NopCloser(io.MultiReader(io.LimitReader(r.Body, 50), broken{}))
		status, _ := Serve(t, h, r)
		equal(t, http.StatusBadRequest, status)
		equal(t, 0, desk.Calls())
	})
	t.Run("posts beyond the limit of parallel ones are to come again", func(t *testing.T) {
		t.Parallel()
		desk, entered, leave := &Desk{}, make(chan bool), make(chan bool)
		h := handler(t, desk, email.Webhook{Parallel: 1})
		desk.Fail(func(*helpdesk.Incoming) error { entered <- true; <-leave; return nil })
		first := p.Post("m1@example.org", "Hello", to)
		done := make(chan int)
		go func() {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, first)
			done <- w.Code
		}()
		<-entered
		status, _ := Serve(t, h, p.Post("m2@example.org", "Hello", to))
		equal(t, http.StatusServiceUnavailable, status)
		leave <- true
		equal(t, http.StatusOK, <-done)
	})
	t.Run("a body that does not come is waited for no longer than the timeout", func(t *testing.T) {
		t.Parallel()
		desk := &Desk{}
		server := httptest.NewServer(handler(t, desk, email.Webhook{Timeout: 20 * time.Millisecond}))
		defer server.Close()
		r := p.Post("m1@example.org", "Hello", to)
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: desk.example\r\nContent-Length: 100000\r\n", r.URL.RequestURI())
		r.Header.Write(conn)
		io.WriteString(conn, "\r\nthe beginning")
		res, err := http.ReadResponse(bufio.NewReader(conn), r)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, http.StatusRequestTimeout, res.StatusCode)
		equal(t, 0, desk.Calls())
	})
	t.Run("the time a body has does not run on for the desk", func(t *testing.T) {
		t.Parallel()
		w := &deadlines{ResponseWriter: httptest.NewRecorder()}
		h := handler(t, &Desk{}, email.Webhook{})
		h.ServeHTTP(w, p.Post("m1@example.org", "Hello", to))
		equal(t, 2, len(w.set))
		equal(t, false, w.set[0].IsZero())
		equal(t, true, w.set[1].IsZero())
	})
	t.Run("a handler is not made without somebody to give mails to, or with limits below zero", func(t *testing.T) {
		t.Parallel()
		_, err := p.New(nil, email.Webhook{})
		equal(t, []string{"desk"}, fields(err))
		_, err = p.New(&Desk{}, email.Webhook{MaxSize: -1, Timeout: -1, Parallel: -1})
		equal(t, []string{"MaxSize", "Timeout", "Parallel"}, fields(err))
	})
}

func fields(err error) (names []string) {
	for _, f := range helpdesk.Fields(err) {
		names = append(names, f.Field)
	}
	return names
}

// tenantOf knows the tenants by their domains.
func tenantOf(_ context.Context, recipient string) (helpdesk.TenantID, error) {
	_, domain, _ := strings.Cut(recipient, "@")
	switch domain {
	case "acme.example":
		return "acme", nil
	case "globex.example":
		return "globex", nil
	}
	return "", helpdesk.ErrNotFound
}

// deadlines remembers the deadlines set for reading.
type deadlines struct {
	http.ResponseWriter
	set []time.Time
}

func (d *deadlines) SetReadDeadline(t time.Time) error {
	d.set = append(d.set, t)
	return nil
}

type endless struct{ n int64 }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	e.n += int64(len(p))
	return len(p), nil
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
