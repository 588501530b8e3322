package storetest

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
	"github.com/helpdesk-go/helpdesk/report"
)

// anArchive is the name of a file.
const anArchive helpdesk.BlobID = "00112233445566778899aabbccddeeff"

var archiveCases = []testCase{
	{"what is archived is gone", "An archived ticket is in no answer of the other methods, except in those of reports.", func(e *env) {
		s, records := e.old()
		if s == nil {
			return
		}
		place := ""
		streamer, streams := helpdesk.As[helpdesk.EventStreamer](e.store)
		if streams {
			page, err := streamer.EventsAfter(e.ctx, helpdesk.StreamQuery{Limit: 1})
			e.ok(err)
			place = page.Next
		}
		stays := e.add(func(t *helpdesk.Ticket) { t.Description = "zebra stays" })
		e.commit(&helpdesk.Change{Tenant: e.tenant, Events: []helpdesk.Event{event(stays, helpdesk.EventNoted)}})
		e.ok(s.Archive(e.ctx, &helpdesk.Change{Tenant: e.tenant}, anArchive, records...))
		for _, r := range records {
			_, err := e.store.Ticket(e.ctx, e.tenant, r.Ticket.ID)
			e.is(err, helpdesk.ErrNotFound)
			_, err = e.store.Thread(e.ctx, e.tenant, r.Ticket.ID)
			e.is(err, helpdesk.ErrNotFound)
			_, err = s.Records(e.ctx, e.tenant, r.Ticket.ID)
			e.is(err, helpdesk.ErrNotFound)
			page, err := e.store.Mails(e.ctx, helpdesk.MailQuery{Tenant: e.tenant, Ticket: r.Ticket.ID})
			e.ok(err)
			e.equal("mails", len(page.Mails), 0)
		}
		e.equal("a ticket found by a word", e.zebras(), []helpdesk.TicketID{stays.ID})
		if !streams {
			return
		}
		page, err := streamer.EventsAfter(e.ctx, helpdesk.StreamQuery{After: place, Tenants: []helpdesk.TenantID{e.tenant}, Limit: 100})
		e.ok(err)
		e.equal("new events", len(page.Events), 1)
		e.equal("the ticket of the new event", page.Events[0].Event.Ticket, stays.ID)
		e.ok(s.Restore(e.ctx, &helpdesk.Change{Tenant: e.tenant}, anArchive, records...))
		again, err := streamer.EventsAfter(e.ctx, helpdesk.StreamQuery{After: page.Next, Limit: 100})
		e.ok(err)
		e.equal("new events after a restore", len(again.Events), 0)
	}},
	{"what is restored is as it was", "Restore commits c, and with it stores records again, with their versions.", func(e *env) {
		s, records := e.old()
		if s == nil {
			return
		}
		setting := func(key string) *helpdesk.Change {
			return &helpdesk.Change{Tenant: e.tenant, Settings: []helpdesk.Setting{{Kind: "acme/x", Key: key, Value: json.RawMessage("{}"), At: start}}}
		}
		e.ok(s.Archive(e.ctx, setting("out"), anArchive, records...))
		e.ok(s.Restore(e.ctx, setting("in"), anArchive, records...))
		settings, err := e.store.Settings(e.ctx, helpdesk.SettingQuery{Tenant: e.tenant, Kind: "acme/x"})
		e.ok(err)
		e.equal("settings of both changes", len(settings), 2)
		e.equal("records", e.recordsOf(s, records), records)
		th, err := e.store.Thread(e.ctx, e.tenant, records[0].Ticket.ID)
		e.ok(err)
		e.equal("messages of the thread", len(th.Messages), len(records[0].Messages)+len(records[1].Messages))
		e.equal("tickets found by a word", e.zebras(), []helpdesk.TicketID{records[0].Ticket.ID})
		for _, err := range s.Facts(e.ctx, e.tenant, report.Period{}) {
			e.ok(err)
			e.fatal("a fact of a ticket that is back")
		}
		t := e.get(records[0].Ticket.ID)
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t}) // which has the version that it says
	}},
	{"only what is stored is archived", "It is ErrConflict, and does nothing, unless exactly these records are stored.", func(e *env) {
		s, records := e.old()
		if s == nil {
			return
		}
		id := records[0].Ticket.ID
		refused := func(what string) {
			e.Helper()
			before := e.recordsOf(s, records)
			c := &helpdesk.Change{Tenant: e.tenant, Once: []helpdesk.OnceKey{{Scope: "archive", Key: what}}}
			e.is(s.Archive(e.ctx, c, anArchive, records...), helpdesk.ErrConflict)
			e.equal("records after "+what, e.recordsOf(s, records), before)
			e.commit(c) // which was not committed
			records = before
		}
		e.commit(&helpdesk.Change{Tenant: e.tenant, Events: []helpdesk.Event{event(e.get(id), helpdesk.EventRead)}})
		refused("a new event")
		m := records[0].Mails[0]
		m.Outcome = helpdesk.MailBounced
		e.commit(&helpdesk.Change{Tenant: e.tenant, Mail: []helpdesk.Mail{m}})
		refused("another outcome of a mail")
		e.commit(&helpdesk.Change{Tenant: e.tenant, Messages: []helpdesk.Message{message(e.get(id), "one more")}})
		refused("a new message")
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: e.get(id)})
		refused("a new version")
		e.commit(&helpdesk.Change{Tenant: e.tenant, Events: []helpdesk.Event{event(e.add(), helpdesk.EventNoted)}})
		e.ok(s.Archive(e.ctx, &helpdesk.Change{Tenant: e.tenant}, anArchive, records...))
		e.is(s.Archive(e.ctx, &helpdesk.Change{Tenant: e.tenant}, anArchive, records...), helpdesk.ErrConflict)
	}},
	{"open tickets are not archived", "It is ErrInvalid if a ticket is not closed or has a clock that runs.", func(e *env) {
		s, records := e.old()
		if s == nil {
			return
		}
		for _, change := range []func(*helpdesk.Ticket){
			func(t *helpdesk.Ticket) { t.Status = helpdesk.StatusResolved },
			func(t *helpdesk.Ticket) {
				t.Clocks = []helpdesk.SLAClock{{Metric: helpdesk.Resolution, Instance: 1, StartedAt: start, RunningSince: start, DueAt: start}}
			},
		} {
			t := e.get(records[0].Ticket.ID)
			change(t)
			e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t})
			e.is(s.Archive(e.ctx, &helpdesk.Change{Tenant: e.tenant}, anArchive, e.recordsOf(s, records)...), helpdesk.ErrInvalid)
			t = e.get(t.ID)
			t.Status, t.Clocks = helpdesk.StatusClosed, nil
			e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t})
		}
	}},
	{"only what is archived is restored", "It is ErrConflict, and does nothing, unless each ticket is archived in that file.", func(e *env) {
		s, records := e.old()
		if s == nil {
			return
		}
		c := &helpdesk.Change{Tenant: e.tenant}
		e.is(s.Restore(e.ctx, c, anArchive, records...), helpdesk.ErrConflict)
		e.ok(s.Archive(e.ctx, c, anArchive, records[1:]...))
		e.is(s.Restore(e.ctx, c, "ffffffffffffffffffffffffffffffff", records[1:]...), helpdesk.ErrConflict)
		e.is(s.Restore(e.ctx, c, anArchive, records...), helpdesk.ErrConflict)
		e.get(records[0].Ticket.ID)
		_, err := e.store.Ticket(e.ctx, e.tenant, records[1].Ticket.ID)
		e.is(err, helpdesk.ErrNotFound)
		e.ok(s.Restore(e.ctx, c, anArchive, records[1:]...))
	}},
	{"the facts of archived tickets are kept", "Facts yields the facts of the tenant's archived tickets that were created in a period, in any order.", func(e *env) {
		s, records := e.old()
		if s == nil {
			return
		}
		e.ok(s.Archive(e.ctx, &helpdesk.Change{Tenant: e.tenant}, anArchive, records...))
		for _, p := range []report.Period{{}, {From: start}, {From: start.Add(time.Microsecond)}, {From: start, To: start.Add(time.Microsecond)}, {To: start}} {
			var got, want []*report.Fact
			for f, err := range s.Facts(e.ctx, e.tenant, p) {
				e.ok(err)
				got = append(got, f)
			}
			for _, r := range records {
				if at := r.Ticket.CreatedAt; !at.Before(p.From) && (p.To.IsZero() || at.Before(p.To)) {
					want = append(want, r.Fact())
				}
			}
			byID := func(a, b *report.Fact) int { return cmp.Compare(a.Ticket.ID, b.Ticket.ID) }
			slices.SortFunc(got, byID)
			slices.SortFunc(want, byID)
			e.equal("facts", got, want)
		}
		for range s.Facts(e.ctx, "globex", report.Period{}) {
			e.fatal("a fact of another tenant")
		}
	}},
	{"reports count archived tickets", "Reports count those too.", func(e *env) {
		s, ok := helpdesk.As[archive.Store](e.store)
		overviewer, summing := helpdesk.As[report.Overviewer](e.store)
		plotter, plots := helpdesk.As[report.Plotter](e.store)
		if !ok || !summing || !plots {
			return // the fallback reads the facts
		}
		facts := e.facts(120)
		var overviews []*report.Overview
		var series [][]report.SeriesPoint
		ask := func() (o []*report.Overview, p [][]report.SeriesPoint) {
			for _, period := range periods {
				one, _, err := overviewer.Overviews(e.ctx, e.tenant, report.Filter{}, []time.Time{period.From, period.To}, moments[2])
				e.ok(err)
				o = append(o, one...)
				for _, f := range filters {
					if f.Organisation != "" {
						continue // an archived ticket is of none
					}
					points, err := plotter.Series(e.ctx, e.tenant, f, cut(period, 7*time.Hour+time.Microsecond), moments[2])
					e.ok(err)
					p = append(p, points)
				}
			}
			return o, p
		}
		later := e.add()
		e.commit(&helpdesk.Change{Tenant: e.tenant, Events: []helpdesk.Event{event(later, helpdesk.EventNoted)}})
		overviews, series = ask()
		n, of := 0, 0
		left := *facts
		left.tickets = nil
		for _, t := range facts.tickets {
			r := e.recordsOf(s, []archive.Record{{Ticket: *t}})
			if r[0].Check() != nil {
				left.tickets = append(left.tickets, t)
				continue
			}
			e.ok(s.Archive(e.ctx, &helpdesk.Change{Tenant: e.tenant}, anArchive, r...))
			if n++; t.Organisation == organisationOne {
				of++
			}
		}
		e.equal("there are tickets to archive", n >= 10 && of > 0, true)
		after, points := ask()
		e.equal("overviews", after, overviews)
		e.equal("series", points, series)
		filter := report.Filter{Organisation: organisationOne} // which has those alone that are left
		for _, p := range periods {
			bounds := []time.Time{p.From, p.To}
			got, _, err := overviewer.Overviews(e.ctx, e.tenant, filter, bounds, moments[2])
			e.ok(err)
			flows, err := report.ComputeFlows(bounds, left.moved(filter, p.From), left.open(filter.Match))
			e.ok(err)
			in := func(t *helpdesk.Ticket) bool {
				return filter.Match(t) && !t.CreatedAt.Before(p.From) && t.CreatedAt.Before(p.To)
			}
			want, err := report.ComputeOverview(p, flows[0], left.all(in), moments[2])
			e.ok(err)
			e.equal("overview of an organisation", got[0], want)
			drawn, err := plotter.Series(e.ctx, e.tenant, filter, bounds, moments[2])
			e.ok(err)
			plotted, err := report.ComputeSeries(bounds, left.all(filter.Match), left.moved(filter, p.From), moments[2])
			e.ok(err)
			e.equal("series of an organisation", drawn, plotted)
		}
	}},
	{"a customer is found in the archive", "ArchivedWith returns the files with data of a mail address: of a customer, of the author of a message, of the other side of a mail.", func(e *env) {
		s, records := e.old()
		if s == nil {
			return
		}
		e.ok(s.Archive(e.ctx, &helpdesk.Change{Tenant: e.tenant}, anArchive, records[0]))
		e.ok(s.Archive(e.ctx, &helpdesk.Change{Tenant: e.tenant}, "ffffffffffffffffffffffffffffffff", records[1:]...))
		for email, want := range map[string][]helpdesk.BlobID{
			"kim@example.com": {anArchive, "ffffffffffffffffffffffffffffffff"}, "lee@example.com": {anArchive}, "max@example.com": {anArchive}, "no@example.com": nil,
		} {
			got, err := s.ArchivedWith(e.ctx, e.tenant, email)
			e.ok(err)
			e.equal("files with "+email, got, want)
			got, err = s.ArchivedWith(e.ctx, "globex", email)
			e.ok(err)
			e.equal("files of another tenant", len(got), 0)
		}
	}},
	{"tenants come in order", "Tenants returns at most limit tenants after one, by id, that have tickets created before a time.", func(e *env) {
		s, ok := helpdesk.As[archive.Store](e.store)
		if !ok {
			return
		}
		for i, tenant := range []helpdesk.TenantID{"b", "", "c", "a", "late"} {
			e.addTo(tenant, func(t *helpdesk.Ticket) { t.CreatedAt = start.Add(time.Duration(i) * time.Hour) })
			e.addTo(tenant, func(t *helpdesk.Ticket) { t.CreatedAt = start.Add(9 * time.Hour) })
		}
		var got []helpdesk.TenantID
		var after *helpdesk.TenantID
		for {
			page, err := s.Tenants(e.ctx, start.Add(4*time.Hour), after, 3)
			e.ok(err)
			if len(page) == 0 {
				break
			}
			e.equal("a page is within the limit", len(page) <= 3, true)
			got = append(got, page...)
			after = &page[len(page)-1]
		}
		e.equal("tenants", got, []helpdesk.TenantID{"", "a", "b", "c"})
	}},
}

// addTo stores a new ticket of a tenant.
func (e *env) addTo(tenant helpdesk.TenantID, change func(*helpdesk.Ticket)) {
	e.Helper()
	t := e.newTicket(change)
	t.Tenant = tenant
	e.commit(opening(t))
}

// old stores two closed tickets, the second merged into the first, and returns all that is stored
// of them. It returns no store if that cannot archive.
func (e *env) old() (archive.Store, []archive.Record) {
	e.Helper()
	s, ok := helpdesk.As[archive.Store](e.store)
	if !ok {
		return nil, nil
	}
	closed := func(t *helpdesk.Ticket) {
		t.Status, t.ClosedAt, t.ResolvedAt, t.Assignee, t.AssignedAt = helpdesk.StatusClosed, start.Add(9*time.Hour), start.Add(time.Hour), "ana", start
		t.FirstReplyAt, t.Replies, t.Resolution, t.Tags = start.Add(time.Minute), 1, "done", []string{"vip"}
		t.Rating = &helpdesk.Rating{Score: 4, Comment: "Quick.", At: start.Add(2 * time.Hour)}
		t.Clocks = []helpdesk.SLAClock{{
			Metric: helpdesk.Resolution, Instance: 1, Policy: "p", Version: 2, Target: time.Hour, Consumed: 1234 * time.Second, StartedAt: start,
			Ran: []helpdesk.RunPeriod{{From: start, To: start.Add(time.Hour), Until: helpdesk.StatusResolved}}, MetAt: start.Add(time.Hour), Fired: []string{"half"},
		}}
	}
	a := e.add(closed, func(t *helpdesk.Ticket) { t.Description = "zebra" })
	b := e.add(closed, func(t *helpdesk.Ticket) { t.MergedInto, t.CreatedAt = a.ID, start.Add(time.Hour) })
	second := message(a, "And?")
	second.By.ID, second.Full, second.HTML = "max@example.com", "And?\n> zebra", "<p>And?</p>"
	second.Attachments = []helpdesk.Attachment{{ID: anArchive, Name: "a.png", Type: "image/png", Size: 3}}
	assigned := event(a, helpdesk.EventAssigned)
	assigned.Data = json.RawMessage(`{ "x": "<b>" }`)
	e.commit(&helpdesk.Change{
		Tenant: e.tenant, Ticket: a, Messages: []helpdesk.Message{second},
		Events: []helpdesk.Event{event(a, helpdesk.EventOpened), assigned, event(b, helpdesk.EventOpened)},
		Mail: []helpdesk.Mail{
			{ID: newID(), Address: "lee@example.com", Outcome: helpdesk.MailSent, Ticket: a.ID, At: start},
			{ID: newID(), Address: "kim@example.com", Outcome: helpdesk.MailHeld, Ticket: a.ID, At: start.Add(time.Hour), Content: json.RawMessage(`{ }`)},
		},
	})
	later := e.add() // the latest event is of no archived ticket
	e.commit(&helpdesk.Change{Tenant: e.tenant, Events: []helpdesk.Event{event(later, helpdesk.EventNoted)}})
	records, err := s.Records(e.ctx, e.tenant, a.ID, b.ID)
	e.ok(err)
	e.equal("the ids of the records", [2]helpdesk.TicketID{records[0].Ticket.ID, records[1].Ticket.ID}, [2]helpdesk.TicketID{a.ID, b.ID})
	e.equal("the ticket", &records[0].Ticket, e.get(a.ID))
	e.equal("the number of messages, events and mails", [3]int{len(records[0].Messages), len(records[0].Events), len(records[0].Mails)}, [3]int{2, 2, 2})
	return s, records
}

func (e *env) recordsOf(s archive.Store, of []archive.Record) []archive.Record {
	e.Helper()
	var ids []helpdesk.TicketID
	for _, r := range of {
		ids = append(ids, r.Ticket.ID)
	}
	records, err := s.Records(e.ctx, e.tenant, ids...)
	e.ok(err)
	return records
}

// zebras are the tickets with the word zebra.
func (e *env) zebras() (ids []helpdesk.TicketID) {
	e.Helper()
	page, err := helpdesk.Search(e.ctx, e.store, helpdesk.SearchQuery{Query: helpdesk.Query{Tenant: e.tenant}, Terms: asking("zebra")})
	e.ok(err)
	for _, t := range page.Tickets {
		ids = append(ids, t.ID)
	}
	return ids
}
