package webui

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// readsPage is how many recorded reads a page has.
const readsPage = 50

// recordedReads is who has read which ticket.
type recordedReads struct {
	settings
	Ticket, By string // the filters, as typed
	Agents     []helpdesk.Agent
	Reads      []recordedRead // newest first
	Next       string         // the address of the next page; empty on the last one
}

// recordedRead is one read. Ref and Subject are empty when the ticket is not there any more.
type recordedRead struct {
	helpdesk.Event
	Ref, Subject string
}

// settingsReads lists the recorded reads of tickets.
func (w *workspace) settingsReads(v *visit) error {
	q := v.r.URL.Query()
	p := &recordedReads{settings: v.settingsOf("reads"), Ticket: strings.TrimSpace(q.Get("ticket")), By: strings.TrimSpace(q.Get("by"))}
	status, err := http.StatusOK, error(nil)
	if p.Agents, err = v.desk.Agents(v.ctx); err != nil {
		return err
	}
	if err := p.read(v, q.Get("before")); err != nil {
		if status, err = p.again(v, err); err != nil {
			return err
		}
	}
	v.render(status, "settings_reads", v.T("nav.settings"), "settings", p)
	return nil
}

// read reads a page of the reads before a time.
func (p *recordedReads) read(v *visit, before string) error {
	q := helpdesk.EventQuery{By: p.By, Latest: readsPage + 1}
	if before != "" {
		var err error
		if q.To, err = time.Parse(time.RFC3339Nano, before); err != nil {
			return &helpdesk.FieldError{Field: "before", Problem: "is no time"}
		}
	}
	if p.Ticket != "" {
		t, err := v.find(p.Ticket)
		if errors.Is(err, helpdesk.ErrNotFound) {
			err = &helpdesk.FieldError{Field: "ticket", Problem: "is no ticket"}
		}
		if err != nil {
			return err
		}
		q.Ticket = t.ID
	}
	var events []helpdesk.Event
	q.Types = []helpdesk.EventType{helpdesk.EventRead}
	for e, err := range v.desk.Events(v.ctx, q) {
		if err != nil {
			return err
		}
		events = append(events, e)
	}
	slices.Reverse(events)
	events, next := cutReads(events)
	if !next.IsZero() {
		p.Next = v.URL("settings/reads") + "?" + url.Values{"ticket": {p.Ticket}, "by": {p.By}, "before": {next.Format(time.RFC3339Nano)}}.Encode()
	}
	return p.name(v, events)
}

// cutReads returns the events of one page, newest first, and the time before which the next page
// lies; zero if there is none. Reads of one moment stay on one page.
func cutReads(events []helpdesk.Event) (page []helpdesk.Event, next time.Time) {
	if len(events) <= readsPage {
		return events, next
	}
	oldest := events[len(events)-1].At
	n := slices.IndexFunc(events, func(e helpdesk.Event) bool { return e.At.Equal(oldest) })
	n = cmp.Or(n, readsPage) // more of one moment than fit
	return events[:n], events[n-1].At
}

// name adds the events with what their tickets are called.
func (p *recordedReads) name(v *visit, events []helpdesk.Event) error {
	var ids []helpdesk.TicketID
	for _, e := range events {
		ids = append(ids, e.Ticket)
	}
	slices.Sort(ids)
	called := map[helpdesk.TicketID]*helpdesk.Ticket{}
	if ids = slices.Compact(ids); len(ids) > 0 {
		page, err := v.desk.Tickets(v.ctx, helpdesk.Query{IDs: ids, Limit: len(ids)})
		if err != nil {
			return err
		}
		for _, t := range page.Tickets {
			called[t.ID] = t
		}
	}
	for _, e := range events {
		one := recordedRead{Event: e}
		if t := called[e.Ticket]; t != nil {
			one.Ref, one.Subject = t.Ref, t.Subject
		}
		p.Reads = append(p.Reads, one)
	}
	return nil
}
