package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/bookmark"
	"github.com/helpdesk-go/helpdesk/internal/feed"
	"github.com/helpdesk-go/helpdesk/internal/instant"
)

const (
	pulse       = 25 * time.Second // how often an idle stream says that it is alive, so that proxies keep it
	streamFor   = 15 * time.Minute // how long one stream lasts; a login that has ended is found out with the next
	writeFor    = 30 * time.Second // how long a reader may take for what is written at once
	retryMS     = 2000             // after how many milliseconds a client opens the next stream
	mostWait    = 256              // events that wait for a slow reader, beside those of one look
	mostPages   = 100              // pages that are read for one who comes back
	mostSent    = 10_000           // events that are sent to one who comes back
	mostSkipped = 1 << 16          // events after a bookmark that its reader may have
)

const eventStream = "text/event-stream"

type eventsInput struct {
	Header string `header:"Last-Event-ID" doc:"The id of the last event that came: the stream goes on behind it"`
	Query  string `query:"last_event_id" doc:"The same, for clients that cannot send the header; that one has precedence"`
	Ticket string `query:"ticket" doc:"Id or reference: only the events of this ticket"`
}

// place reads where the stream is to go on. It is empty for one that begins.
func (in *eventsInput) place() (p bookmark.Mark, err error) {
	at, id := "header.Last-Event-ID", in.Header
	if id == "" {
		at, id = "query.last_event_id", in.Query
	}
	if id == "" {
		return p, nil
	}
	if p, err = bookmark.Parse(id); err != nil && !errors.Is(err, bookmark.ErrOld) {
		err = refuse(at, err.Error())
	}
	return p, err
}

// stream is one open stream. The goroutine of the request reads it; the feed hands looks over.
type stream struct {
	ticket helpdesk.TicketID // empty for all
	some   bool              // the reader sees some tickets only
	news   chan struct{}

	mu      sync.Mutex
	began   string      // where the stream begins: the end of its first look that came to the present
	waiting []feed.Look // with events
	events  int         // in waiting
	looked  string      // where the last look ended, with all found in waiting
	behind  bool        // more waits than may
}

// hear takes what the feed has found.
func (s *stream) hear(look feed.Look) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.began == "" && (look.Lost || look.More):
		return // the next look follows at once
	case look.Lost:
		s.behind = true
	case s.began == "": // what it found may be older than the stream
		s.began, s.looked = look.Until, look.Until
	default:
		s.looked = look.Until
		if s.behind || !slices.ContainsFunc(look.Events, s.fits) {
			return
		}
		if s.events > 0 && s.events+len(look.Events) > mostWait {
			s.waiting, s.behind = nil, true
		} else {
			s.waiting = append(s.waiting, look)
			s.events += len(look.Events)
		}
	}
	select {
	case s.news <- struct{}{}:
	default:
	}
}

func (s *stream) fits(e helpdesk.Event) bool { return s.ticket == "" || e.Ticket == s.ticket }

// take returns what waits.
func (s *stream) take() (waiting []feed.Look, behind bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting, s.waiting, s.events = s.waiting, nil, 0
	return waiting, s.behind
}

// idle returns where the last look ended, and whether all that it found was taken.
func (s *stream) idle() (looked string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.looked, len(s.waiting) == 0 && !s.behind
}

// start returns where the stream begins; empty when that is not known yet.
func (s *stream) start() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.began
}

// events streams the events of a tenant's tickets as server-sent events (WHATWG HTML, section 9.2).
func (h *Handler) events(ctx context.Context, c *call, in *eventsInput) (*huma.StreamResponse, error) {
	scope, err := c.desk.Scope(ctx)
	if err != nil {
		return nil, err
	}
	p, err := in.place()
	old := errors.Is(err, bookmark.ErrOld)
	if err != nil && !old {
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
		h.run(ctx, c, s, p, old, w)
	}}, nil
}

// run writes a stream until it is to end. It goes on behind p unless that is empty; with reset it
// begins anew and says so.
func (h *Handler) run(ctx context.Context, c *call, s *stream, p bookmark.Mark, reset bool, w *wire) {
	beat, end := time.NewTicker(pulse), time.NewTimer(streamFor)
	defer beat.Stop()
	defer end.Stop()
	select {
	case <-ctx.Done():
		return
	case <-h.owner.Live().Done():
		return
	case <-beat.C: // the store does not answer
		return
	case <-s.news:
	}
	fresh := reset || p.From == ""
	if fresh {
		p = bookmark.Mark{From: s.start()}
	}
	if reset {
		w.print(resetEvent)
	}
	w.print("id: %s\nretry: %d\n\n", p, retryMS)
	if w.flush() != nil || !fresh && !h.catchUp(ctx, c, s, &p, w) {
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
			if looked, idle := s.idle(); idle {
				p = bookmark.Mark{From: looked}
			}
			w.print(": alive\nid: %s\n\n", p)
		case <-s.news:
			waiting, behind := s.take()
			if behind {
				panic(http.ErrAbortHandler) // the reader is slow, or the feed lost its place: it goes on from the last id that it got
			}
			for _, look := range waiting {
				if _, ok := h.send(ctx, c, s, look, 0, &p, w); !ok {
					return
				}
			}
		}
	}
}

const resetEvent = `event: reset
data: {"reason":"the id is too old, or of another database: read again what you show"}
`

// catchUp sends the events from p up to where the stream begins, and moves p there.
func (h *Handler) catchUp(ctx context.Context, c *call, s *stream, p *bookmark.Mark, w *wire) bool {
	until, skip, sent := p.Until, int(min(p.N, mostSkipped)), 0
	for pages := 0; ; pages++ {
		part := until != "" // of what one look found
		if !part {
			until = s.start()
		}
		look, err := h.feed.Again(ctx, c.desk.Tenant(), p.From, until)
		switch {
		case errors.Is(err, helpdesk.ErrInvalid) || pages == mostPages || sent >= mostSent:
			*p = bookmark.Mark{From: s.start()}
			w.print(resetEvent+"id: %s\n\n", *p)
			return w.err == nil
		case err != nil:
			h.logStream(ctx, err)
			return false
		}
		n, ok := h.send(ctx, c, s, look, skip, p, w)
		if !ok {
			return false
		}
		sent, skip = sent+n, max(0, skip-len(look.Events))
		if !look.More {
			if !part {
				return true
			}
			until, skip = "", 0
		}
	}
}

// send writes the events of a look that the reader may see, but the first few, and moves p behind
// it. It returns how many it wrote.
func (h *Handler) send(ctx context.Context, c *call, s *stream, look feed.Look, skip int, p *bookmark.Mark, w *wire) (n int, ok bool) {
	var seen []helpdesk.TicketID
	if s.some {
		ids := make([]helpdesk.TicketID, len(look.Events))
		for i, e := range look.Events {
			ids[i] = e.Ticket
		}
		var err error
		if seen, err = feed.SeenTickets(ctx, c.desk, ids); err != nil {
			h.logStream(ctx, err)
			return 0, false
		}
	}
	for i := skip; i < len(look.Events); i++ {
		e := &look.Events[i]
		if !s.fits(*e) || s.some && !slices.Contains(seen, e.Ticket) {
			continue
		}
		if *p = (bookmark.Mark{From: look.From, Until: look.Until, N: uint64(i + 1)}); i == len(look.Events)-1 {
			*p = bookmark.Mark{From: look.Until}
		}
		n++
		w.event(e, *p, c.actor.Role)
	}
	*p = bookmark.Mark{From: look.Until}
	return n, w.err == nil
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
	at := bookmark.Mark{From: "p2n9c"}
	return fmt.Sprintf("id: %s\nretry: %d\n\nid: %s\nevent: %s\ndata: %s\n\n: alive\nid: %s\n\n", at, retryMS, at, data["type"], text, at)
}

// event writes one event.
func (w *wire) event(e *helpdesk.Event, p bookmark.Mark, role helpdesk.Role) {
	text, err := json.Marshal(eventOf(e, role))
	if err != nil {
		w.err = err
		return
	}
	w.print("id: %s\nevent: %s\ndata: %s\n\n", p, e.Type, text)
}
