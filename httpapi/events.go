package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/feed"
	"github.com/helpdesk-go/helpdesk/internal/instant"
)

const (
	pulse     = 25 * time.Second // how often an idle stream says that it is alive, so that proxies keep it
	streamFor = 15 * time.Minute // how long one stream lasts; a login that has ended is found out with the next
	writeFor  = 30 * time.Second // how long a reader may take for what is written at once
	keptFor   = 24 * time.Hour   // how old a Last-Event-ID may be
	retryMS   = 2000             // after how many milliseconds a client opens the next stream
	mostWait  = 256              // events that wait for a slow reader
)

const eventStream = "text/event-stream"

type eventsInput struct {
	Header string `header:"Last-Event-ID" doc:"The id of the last event that came: the stream goes on behind it"`
	Query  string `query:"last_event_id" doc:"The same, for clients that cannot send the header; that one has precedence"`
	Ticket string `query:"ticket" doc:"Id or reference: only the events of this ticket"`
}

// place reads where the stream is to go on; fresh is one that begins.
func (in *eventsInput) place(now time.Time) (p place, fresh bool, err error) {
	at, id := "header.Last-Event-ID", in.Header
	if id == "" {
		at, id = "query.last_event_id", in.Query
	}
	if id == "" {
		return place{at: now}, true, nil
	}
	if p, err = parsePlace(id); err != nil {
		return p, false, refuse(at, err.Error())
	}
	if p.at.After(now) {
		p.at = now // by a clock that is ahead
	}
	return p, false, nil
}

// stream is one open stream. The goroutine of the request reads it; the feed hands events over.
type stream struct {
	ticket helpdesk.TicketID // empty for all
	some   bool              // the reader sees some tickets only
	news   chan struct{}

	mu      sync.Mutex
	waiting []helpdesk.Event
	looked  time.Time // up to when the feed has looked, with all found in waiting
	behind  bool      // so much waited that it was dropped
}

// hear takes what the feed has found.
func (s *stream) hear(look feed.Look) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looked = look.At
	for _, e := range look.Events {
		switch {
		case s.ticket != "" && e.Ticket != s.ticket, s.behind:
			continue
		case len(s.waiting) == mostWait:
			s.waiting, s.behind = nil, true
		default:
			s.waiting = append(s.waiting, e)
		}
		select {
		case s.news <- struct{}{}:
		default:
		}
	}
}

// take returns what waits.
func (s *stream) take() (waiting []helpdesk.Event, looked time.Time, behind bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting, s.waiting = s.waiting, nil
	return waiting, s.looked, s.behind
}

// events streams the events of a tenant's tickets as server-sent events (WHATWG HTML, section 9.2).
func (h *Handler) events(ctx context.Context, c *call, in *eventsInput) (*huma.StreamResponse, error) {
	scope, err := c.desk.Scope(ctx)
	if err != nil {
		return nil, err
	}
	p, fresh, err := in.place(h.now())
	if err != nil {
		return nil, err
	}
	s := &stream{some: scope != nil, news: make(chan struct{}, 1)}
	if in.Ticket != "" {
		if s.ticket, err = c.find(ctx, in.Ticket); err == nil {
			_, err = c.desk.Ticket(ctx, s.ticket)
		}
		if err != nil {
			return nil, err
		}
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		r, rw := humago.Unwrap(hc)
		rw.Header().Set("Content-Type", eventStream)
		rw.Header().Set("X-Accel-Buffering", "no")
		rw.WriteHeader(http.StatusOK)
		if r.Method == http.MethodHead {
			return
		}
		w := newWire(rw)
		defer w.release()
		defer h.feed.Listen(c.desk.Tenant(), s.hear)()
		h.run(ctx, c, s, &p, fresh, w)
	}}, nil
}

// run writes a stream until it is to end.
func (h *Handler) run(ctx context.Context, c *call, s *stream, p *place, fresh bool, w *wire) {
	beat, end := time.NewTicker(pulse), time.NewTimer(streamFor)
	defer beat.Stop()
	defer end.Stop()
	if !fresh && h.now().Sub(p.at) > keptFor {
		*p, fresh = place{at: h.now()}, true
		w.print("event: reset\ndata: {\"reason\":\"the id is older than %d hours: read again what you show\"}\n", keptFor/time.Hour)
	}
	from := p.at.Add(-feed.Overlap)
	if fresh && !h.catchUp(ctx, c, s, p, w, false) { // what was before it is known to it
		return
	}
	w.print("id: %s\nretry: %d\n\n", p, retryMS)
	if w.flush() != nil || !fresh && !h.catchUp(ctx, c, s, p, w, true) {
		return
	}
	for w.flush() == nil {
		select {
		case <-ctx.Done():
			return
		case <-h.owner.Live().Done():
			return
		case <-end.C:
			return
		case <-beat.C:
			s.mu.Lock()
			if len(s.waiting) == 0 && !s.behind {
				p.reach(s.looked)
			}
			s.mu.Unlock()
			w.print(": alive\nid: %s\n\n", p)
		case <-s.news:
			waiting, looked, behind := s.take()
			if behind {
				panic(http.ErrAbortHandler) // the reader is slow: it goes on from the last id that it got
			}
			if s.some {
				var err error
				if waiting, err = feed.Seen(ctx, c.desk, waiting); err != nil {
					h.logStream(ctx, err)
					return
				}
			}
			for i := range waiting {
				if e := &waiting[i]; !e.At.Before(from) && !p.knows(e) {
					p.sent(e, looked)
					w.event(e, p, c.actor.Role)
				}
			}
		}
	}
}

// catchUp reads the events since the place, and those of the overlap before it, from the store. It
// sends those that were not sent yet.
func (h *Handler) catchUp(ctx context.Context, c *call, s *stream, p *place, w *wire, send bool) bool {
	now := h.now()
	for e, err := range c.desk.Events(ctx, p.at.Add(-feed.Overlap)) {
		if err != nil {
			h.logStream(ctx, err)
			return false
		}
		if s.ticket != "" && e.Ticket != s.ticket || p.knows(&e) {
			continue
		}
		p.sent(&e, now)
		if send {
			w.event(&e, p, c.actor.Role)
		}
		if w.err != nil {
			return false
		}
	}
	return true
}

// logStream logs why a stream ends early: its reader goes on from the last id.
func (h *Handler) logStream(ctx context.Context, err error) {
	if ctx.Err() == nil {
		h.cfg.Logger.WarnContext(ctx, "httpapi: events", "request_id", requestID(ctx), "err", err)
	}
}

// now is the desk's time.
func (h *Handler) now() time.Time { return instant.Of(h.cfg.Clock.Now()) }

// wire is the connection of a stream.
type wire struct {
	w   io.Writer
	out *http.ResponseController
	err error
}

// newWire lifts the server's own deadlines, which would cut the stream off. A server may have none.
func newWire(rw http.ResponseWriter) *wire {
	below := rw
	if own, ok := rw.(*writer); ok {
		below = own.ResponseWriter
	}
	out := http.NewResponseController(below)
	_ = out.SetReadDeadline(time.Time{})
	return &wire{w: rw, out: out}
}

// release leaves the connection to the next request.
func (w *wire) release() { _ = w.out.SetWriteDeadline(time.Time{}) }

func (w *wire) print(format string, args ...any) {
	if w.err == nil {
		_ = w.out.SetWriteDeadline(helpdesk.SystemClock.Now().Add(writeFor))
		_, w.err = fmt.Fprintf(w.w, format, args...)
	}
}

func (w *wire) flush() error {
	if w.err == nil {
		w.err = w.out.Flush()
	}
	return w.err
}

// sampleStream is an example of a stream, with one event.
func sampleStream(data map[string]any) string {
	text, err := json.Marshal(data)
	if err != nil {
		panic("httpapi: sample: " + err.Error()) // plain values: cannot happen
	}
	at := &place{}
	return fmt.Sprintf("id: %s\nretry: %d\n\nid: %s\nevent: %s\ndata: %s\n\n: alive\nid: %s\n\n", at, retryMS, at, data["type"], text, at)
}

// event writes one event.
func (w *wire) event(e *helpdesk.Event, p *place, role helpdesk.Role) {
	text, err := json.Marshal(eventOf(e, role))
	if err != nil {
		w.err = err
		return
	}
	w.print("id: %s\nevent: %s\ndata: %s\n\n", p, e.Type, text)
}
