package webui

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/feed"
	refs "github.com/helpdesk-go/helpdesk/internal/reference"
)

// pulse is how often an idle stream says that it is alive, so that proxies keep it.
const pulse = 25 * time.Second

// writeFor is how long a page may take to read what is sent.
const writeFor = 30 * time.Second

// streamFor is how long one stream lasts. The browser opens the next by itself, which finds out
// that a login has ended.
const streamFor = 15 * time.Minute

// events streams changes while a page is open, as server-sent events (WHATWG HTML, section 9.2):
// "change" with the ids of tickets, "presence" with the other viewers of the ticket, and "notices"
// with how many are unread, empty for none.
func (w *workspace) events(v *visit) error {
	out := http.NewResponseController(v.rw)
	l := &listener{who: v.who.String()}
	if v.Bell() {
		l.agent = helpdesk.AgentID(v.who.ID)
	}
	if id := v.r.URL.Query().Get("ticket"); id != "" {
		t, err := v.find(id)
		if err != nil {
			return err
		}
		l.ticket = t.ID
	}
	scope, err := v.scope()
	if err != nil {
		return err // the tenant does not know the viewer
	}
	// The server's own deadline would cut the stream off. A server may have none.
	defer func() { _ = out.SetWriteDeadline(time.Time{}) }() // the connection may have another request
	awaitReader := func() { _ = out.SetWriteDeadline(helpdesk.SystemClock.Now().Add(writeFor)) }
	awaitReader()
	h := v.rw.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	v.rw.WriteHeader(http.StatusOK)
	defer w.live.open(v.desk.Tenant(), l)()
	beat := time.NewTicker(pulse)
	defer beat.Stop()
	end := time.NewTimer(streamFor)
	defer end.Stop()
	fmt.Fprint(v.rw, "retry: 2000\n\n")
	for {
		if out.Flush() != nil {
			return nil // the page is closed, or does not read
		}
		select {
		case <-v.ctx.Done():
			return nil
		case <-w.owner.Live().Done():
			return nil
		case <-end.C:
			return nil
		case <-beat.C:
			awaitReader()
			fmt.Fprint(v.rw, ": alive\n\n")
		case <-l.news:
			awaitReader()
			changed, others, writing, unread := w.live.take(l)
			if scope != nil && l.ticket == "" { // the page of a ticket that left the scope finds that out
				if changed, err = feed.SeenTickets(v.ctx, v.desk, changed); err != nil {
					return nil // the browser comes again
				}
			}
			if len(changed) > 0 {
				send(v.rw, "change", changed)
			}
			if unread != l.rung {
				l.rung = unread
				data := map[string]string{"text": ""}
				if unread > 0 {
					data["text"] = bellOf(unread).Text()
				}
				send(v.rw, "notices", data)
			}
			if presence := fmt.Sprint(others, writing); presence != l.told {
				l.told = presence
				send(v.rw, "presence", map[string]string{"text": v.presence(others, writing)})
			}
		}
	}
}

func send(rw http.ResponseWriter, event string, data any) {
	text, err := json.Marshal(data)
	if err != nil {
		panic("webui: event: " + err.Error()) // plain texts: cannot happen
	}
	fmt.Fprintf(rw, "event: %s\ndata: %s\n\n", event, text)
}

// presence says who else is at a ticket.
func (v *visit) presence(others, writing []string) string {
	switch {
	case len(writing) > 0:
		return v.T("presence.writing", join(writing))
	case len(others) > 0:
		return v.T("presence.reading", join(others))
	}
	return ""
}

// writing notes that the viewer writes.
func (w *workspace) writing(v *visit) error {
	v.idle = true // else no report would be kept while somebody types
	t, err := v.find(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	w.live.writes(v.desk.Tenant(), t.ID, v.who.String())
	v.rw.WriteHeader(http.StatusNoContent)
	return nil
}

// find reads the ticket with an id or reference.
func (v *visit) find(s string) (*helpdesk.Ticket, error) {
	if len(s) == 36 {
		return v.desk.Ticket(v.ctx, helpdesk.TicketID(s))
	}
	page, err := v.desk.Tickets(v.ctx, helpdesk.Query{Refs: []string{s}, Limit: 1})
	if errors.Is(err, helpdesk.ErrInvalid) || (err == nil && len(page.Tickets) == 0) { // what can be no reference is none
		err = helpdesk.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return page.Tickets[0], nil
}

// findTyped reads the ticket whose id or reference somebody typed, in any form.
func (v *visit) findTyped(s string) (*helpdesk.Ticket, error) {
	if s = strings.TrimSpace(s); len(s) == 36 && strings.Count(s, "-") == 4 {
		return v.find(strings.ToLower(s))
	}
	typed := refs.In(s)
	if len(typed) == 0 {
		return nil, helpdesk.ErrNotFound
	}
	page, err := v.desk.Tickets(v.ctx, helpdesk.Query{Refs: typed, Limit: 2})
	switch {
	case err != nil && !errors.Is(err, helpdesk.ErrInvalid):
		return nil, err
	case len(page.Tickets) != 1:
		return nil, helpdesk.ErrNotFound
	}
	return page.Tickets[0], nil
}

// findThread reads a ticket with its conversation.
func (v *visit) findThread(s string) (*helpdesk.Thread, error) {
	t, err := v.find(s)
	if err != nil {
		return nil, err
	}
	return v.desk.Thread(v.ctx, t.ID)
}
