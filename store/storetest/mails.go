package storetest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// attached are files with every field set, of one that is shown in its message and one beside it.
func attached() []helpdesk.Attachment {
	return []helpdesk.Attachment{
		{ID: "00112233445566778899aabbccddeeff", Name: "Größe 'q' \"d\" \\ <b> ?.png", Type: "image/png", Size: 1 << 40, ContentID: "c@x", Inline: true},
		{ID: "ffeeddccbbaa99887766554433221100", Name: "a.txt", Type: "text/plain"},
	}
}

// newMail returns a record with every field set.
func newMail(change ...func(*helpdesk.Mail)) helpdesk.Mail {
	m := helpdesk.Mail{
		ID: newID(), MessageID: newID() + "@example.com", Address: "kim@example.com", Subject: "Ünïcode 'q' \\ ? $1", Outcome: helpdesk.MailHeld,
		Reason: "looks 'odd'", Notice: helpdesk.NoticeReply, Sender: helpdesk.SenderFailed, Answers: []string{"a\"@\\x.example", "ü@y.example"}, Message: newID(), At: start.Add(time.Microsecond),
		Content: json.RawMessage(`{"Text": "ü \\ \u0000 ' ?",  "b":1}`), Attachments: attached(), Raw: "0123456789abcdef0123456789abcdef",
	}
	for _, f := range change {
		f(&m)
	}
	return m
}

// addMails stores records of mails of the tenant.
func (e *env) addMails(mails ...helpdesk.Mail) {
	e.Helper()
	e.commit(&helpdesk.Change{Tenant: e.tenant, Mail: mails})
}

// allMails follows the pages of a query.
func (e *env) allMails(q helpdesk.MailQuery) (all []helpdesk.Mail) {
	e.Helper()
	for {
		page, err := e.store.Mails(e.ctx, q)
		e.ok(err)
		if len(page.Mails) > q.PageLimit() {
			e.fatal("%d mails on a page of at most %d", len(page.Mails), q.PageLimit())
		}
		all = append(all, page.Mails...)
		if q.After = page.Next; page.Next == "" {
			return all
		}
		if len(all) > 1000 {
			e.fatal("the pages have no end")
		}
	}
}

func latestFirst(mails []helpdesk.Mail) []helpdesk.Mail {
	place := func(m helpdesk.Mail) store.MailCursor { return store.MailCursor{At: m.At, ID: m.ID} }
	return slices.SortedFunc(slices.Values(mails), func(a, b helpdesk.Mail) int { return place(a).Compare(place(b)) })
}

// mailCrowd stores n random records on two tickets and on none. Each run stores the same, but for
// their ids.
func (e *env) mailCrowd(n int) []helpdesk.Mail {
	e.Helper()
	r := rand.New(rand.NewPCG(3, 9))
	one, two := e.add().ID, e.add().ID
	var all []helpdesk.Mail
	for i := range n {
		all = append(all, newMail(func(m *helpdesk.Mail) {
			m.MessageID = pick(r, "", fmt.Sprintf("m%d@x", i), fmt.Sprintf("m%d@x", i/2))
			m.Address = pick(r, "", "kim@example.com", "lee@example.com")
			m.Outcome = pick(r, helpdesk.MailOutcomes...)
			m.Notice = pick(r, "", helpdesk.NoticeReply, helpdesk.NoticeBreached)
			m.Ticket = pick(r, "", one, two)
			m.At = start.Add(time.Duration(r.IntN(9)) * time.Hour)
			m.Content, m.Attachments, m.Raw, m.Message = nil, nil, "", ""
		}))
	}
	e.addMails(all...)
	return all
}

func mailQueries(all []helpdesk.Mail) []helpdesk.MailQuery {
	var ticket helpdesk.TicketID
	var some []string
	for _, m := range all {
		ticket = max(ticket, m.Ticket)
		if m.MessageID != "" && len(some) < 3 {
			some = append(some, m.MessageID)
		}
	}
	list := []helpdesk.MailQuery{
		{}, {IDs: []string{all[0].ID, all[7].ID, newID(), "no id", "\x00"}}, {IDs: []string{"no id"}}, {IDs: []string{""}},
		{MessageIDs: append(some, "none@x", "a\x00b")}, {MessageIDs: []string{""}}, {MessageIDs: []string{"M4@X", "'"}}, {MessageIDs: []string{"\xff"}},
		{Ticket: ticket}, {Ticket: helpdesk.TicketID(newID())}, {Ticket: "no id"}, {Address: "kim@example.com"}, {Address: "KIM@example.com"}, {Address: "\x00"},
		{Outcome: []helpdesk.MailOutcome{helpdesk.MailHeld}}, {Outcome: []helpdesk.MailOutcome{helpdesk.MailHeld, helpdesk.MailUnreadable, helpdesk.MailHeld}},
		{Outcome: []helpdesk.MailOutcome{"none", "a\x00b"}}, {Outcome: helpdesk.MailOutcomes}, {Outcome: []helpdesk.MailOutcome{""}},
		{Notice: []helpdesk.NoticeKind{helpdesk.NoticeReply}}, {Notice: []helpdesk.NoticeKind{"", helpdesk.NoticeBreached}},
		{Since: start.Add(4 * time.Hour)}, {Since: start.Add(4*time.Hour + time.Nanosecond)}, {Since: start.AddDate(1, 0, 0)},
		{Ticket: ticket, Address: "lee@example.com", Outcome: helpdesk.MailOutcomes[:6], Since: start.Add(2 * time.Hour)},
		{Outcome: helpdesk.MailOutcomes[3:7], Notice: []helpdesk.NoticeKind{helpdesk.NoticeReply}, Since: start.Add(time.Hour)},
		{MessageIDs: []string{"m4@x", "m8@x", "m10@x", "m20@x"}, Address: "kim@example.com"},
	}
	for i := range list {
		list[i].Tenant = "acme"
	}
	return list
}

var mailCases = []testCase{
	{"a full record of a mail comes back as it was", "Times come back equal to the microsecond and in UTC, texts byte for byte.", func(e *env) {
		m, bare := newMail(), newMail()
		m.Ticket = e.add().ID
		bare = helpdesk.Mail{ID: bare.ID, Outcome: helpdesk.MailSuppressed, At: start}
		given := m
		given.At = m.At.In(time.FixedZone("far", 5*3600+1800))
		given.Attachments = attached()
		e.addMails(given, bare)
		e.equal("mails", e.allMails(helpdesk.MailQuery{Tenant: e.tenant}), []helpdesk.Mail{m, bare})
	}},
	{"a record of a mail handed out is the caller's", "A Store keeps no value passed in; a value handed out belongs to the caller.", func(e *env) {
		given := newMail()
		given.Content = slices.Clone(given.Content)
		want := given
		want.Content, want.Attachments = slices.Clone(given.Content), attached()
		e.addMails(given)
		given.Content[2], given.Attachments[0].Name = 'x', "x"
		for range 2 {
			got := e.allMails(helpdesk.MailQuery{Tenant: e.tenant})
			e.equal("mails", got, []helpdesk.Mail{want})
			got[0].Content[2], got[0].Attachments[0].Name = 'y', "y"
		}
	}},
	{"every filter of mails fits what Match fits", "A filter that is empty does not filter; several filters must all fit, several values of one filter are alternatives.", func(e *env) {
		all := e.mailCrowd(150)
		for _, q := range mailQueries(all) {
			var want []helpdesk.Mail
			for _, m := range latestFirst(all) {
				if q.Match(&m) {
					want = append(want, m)
				}
			}
			for _, limit := range []int{1, 7, helpdesk.MaxLimit} {
				q.Limit = limit
				e.equal(fmt.Sprintf("mails of %+v", q), e.allMails(q), want)
			}
		}
	}},
	{"mails of a scope are those of its tickets", "A filter that is empty does not filter; several filters must all fit, several values of one filter are alternatives.", func(e *env) {
		r := rand.New(rand.NewPCG(5, 8))
		of := map[helpdesk.TicketID]*helpdesk.Ticket{}
		var tickets []helpdesk.TicketID
		for range 12 {
			t := e.add(func(t *helpdesk.Ticket) {
				t.Category, t.Assignee = pick(r, helpdesk.Category(""), helpdesk.Billing, helpdesk.Account), pick(r, helpdesk.AgentID(""), "ana")
			})
			of[t.ID], tickets = t, append(tickets, t.ID)
		}
		other := e.newTicket(func(t *helpdesk.Ticket) { t.Tenant, t.Category = "other", helpdesk.Billing })
		e.commit(opening(other), &helpdesk.Change{Tenant: "other", Mail: []helpdesk.Mail{newMail(func(m *helpdesk.Mail) { m.Ticket = other.ID })}})
		var all []helpdesk.Mail
		for range 40 {
			all = append(all, newMail(func(m *helpdesk.Mail) {
				m.Ticket, m.Outcome = pick(r, append(tickets, "")...), pick(r, helpdesk.MailOutcomes...)
				m.At = start.Add(time.Duration(r.IntN(9)) * time.Hour)
			}))
		}
		e.addMails(all...)
		for _, scope := range []*helpdesk.Scope{
			nil, {}, {Assignee: "ana"}, {Categories: []helpdesk.Category{helpdesk.Billing}}, {Categories: []helpdesk.Category{helpdesk.Billing, ""}, Assignee: "ana"},
		} {
			for _, outcomes := range [][]helpdesk.MailOutcome{nil, helpdesk.MailOutcomes[:5]} {
				q := helpdesk.MailQuery{Tenant: e.tenant, Outcome: outcomes, Scope: scope, Limit: 7}
				var want []helpdesk.Mail
				for _, m := range latestFirst(all) {
					if t := of[m.Ticket]; q.Match(&m) && (scope == nil || (t != nil && scope.Has(t))) {
						want = append(want, m)
					}
				}
				e.equal(fmt.Sprintf("mails of %+v in %+v", q, scope), e.allMails(q), want)
			}
		}
	}},
	{"the latest mail comes first", "Mails returns one page of the records of mails that fit the query, latest first.", func(e *env) {
		all := latestFirst(e.mailCrowd(40))
		page, err := e.store.Mails(e.ctx, helpdesk.MailQuery{Tenant: e.tenant})
		e.ok(err)
		e.equal("first page", page.Mails, all[:25])
		page, err = e.store.Mails(e.ctx, helpdesk.MailQuery{Tenant: e.tenant, Limit: 40})
		e.ok(err)
		e.equal("everything", page, helpdesk.MailPage{Mails: all})
	}},
	{"pages of mails have no gaps while others arrive", "MailPage.Next visits each that fits throughout exactly once.", func(e *env) {
		old := e.mailCrowd(40)
		for _, outcomes := range [][]helpdesk.MailOutcome{nil, helpdesk.MailOutcomes} {
			seen := map[string]int{}
			q := helpdesk.MailQuery{Tenant: e.tenant, Outcome: outcomes, Limit: 3}
			for n := 0; ; n++ {
				page, err := e.store.Mails(e.ctx, q)
				e.ok(err)
				for _, m := range page.Mails {
					seen[m.ID]++
				}
				e.addMails(newMail(func(m *helpdesk.Mail) { m.At = start.Add(time.Duration(n%5-1) * 3 * time.Hour) }))
				if q.After = page.Next; page.Next == "" || n > 200 {
					break
				}
			}
			for _, m := range old {
				e.equal("times seen", seen[m.ID], 1)
			}
		}
	}},
	{"mails of one instant have an order", "MailPage.Next visits each that fits throughout exactly once.", func(e *env) {
		var all []helpdesk.Mail
		for range 30 {
			all = append(all, newMail())
		}
		e.addMails(all...)
		for _, q := range []helpdesk.MailQuery{{}, {Outcome: helpdesk.MailOutcomes}, {Address: "kim@example.com"}} {
			q.Tenant, q.Limit = e.tenant, 4
			e.equal("mails", e.allMails(q), latestFirst(all))
		}
	}},
	{"a cursor of mails has to be one", "A cursor that cannot be read is ErrInvalid.", func(e *env) {
		e.mailCrowd(3)
		for _, after := range []string{"nonsense", "e30", "\x00", store.MailCursor{At: start, ID: "x"}.String()} {
			_, err := e.store.Mails(e.ctx, helpdesk.MailQuery{Tenant: e.tenant, After: after})
			e.is(err, helpdesk.ErrInvalid)
		}
	}},
	{"a record of the same id is replaced", "Mail are records to add; each replaces the one with the same ID.", func(e *env) {
		t := e.add()
		m, other := newMail(), newMail()
		e.addMails(m, other)
		m.MessageID, m.Address, m.Subject, m.Outcome, m.Reason = "new@x", "lee@example.com", "s", helpdesk.MailReleased, "r"
		m.Notice, m.Ticket, m.Message, m.At = helpdesk.NoticeBreached, t.ID, newID(), start.Add(time.Hour)
		m.Content, m.Attachments, m.Raw = nil, attached()[1:], ""
		e.addMails(m)
		e.equal("mails", e.allMails(helpdesk.MailQuery{Tenant: e.tenant}), []helpdesk.Mail{m, other})
		e.equal("under its old address", e.allMails(helpdesk.MailQuery{Tenant: e.tenant, Address: "kim@example.com"}), []helpdesk.Mail{other})
		bare := helpdesk.Mail{ID: m.ID, Outcome: helpdesk.MailDismissed, At: m.At}
		e.addMails(newMail(func(m *helpdesk.Mail) { m.ID = bare.ID }), bare) // the last of two is the one
		e.equal("bare", e.allMails(helpdesk.MailQuery{Tenant: e.tenant, IDs: []string{m.ID}}), []helpdesk.Mail{bare})
	}},
	{"a mail of a ticket the tenant does not have is refused", "names a ticket which the tenant does not have fails with ErrNotFound.", func(e *env) {
		held, fresh := newMail(), e.newTicket()
		e.addMails(held)
		for _, id := range []helpdesk.TicketID{fresh.ID, "no id", "\x00"} {
			c := &helpdesk.Change{Tenant: e.tenant, Mail: []helpdesk.Mail{newMail(), newMail(func(m *helpdesk.Mail) { m.ID, m.Ticket = held.ID, id })}}
			if err := e.store.Commit(e.ctx, c); id != "\x00" {
				e.is(err, helpdesk.ErrNotFound)
			} else if err == nil {
				e.fatal("no error")
			}
		}
		e.equal("mails", e.allMails(helpdesk.MailQuery{Tenant: e.tenant}), []helpdesk.Mail{held})
		c := opening(fresh) // a ticket of the same Change is there
		m := newMail(func(m *helpdesk.Mail) { m.Ticket = fresh.ID })
		c.Mail = []helpdesk.Mail{m}
		e.commit(c)
		e.equal("mails of the ticket", e.allMails(helpdesk.MailQuery{Tenant: e.tenant, Ticket: fresh.ID}), []helpdesk.Mail{m})
	}},
	{"a refused commit records no mail", "Commit records all the changes, or none when it returns an error.", func(e *env) {
		held, m := e.add(), newMail()
		e.addMails(m)
		changed := m
		changed.Subject = "left behind"
		stale := held.Clone()
		stale.Version = 9
		err := e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Mail: []helpdesk.Mail{changed, newMail()}}, &helpdesk.Change{Tenant: e.tenant, Ticket: stale})
		e.is(err, helpdesk.ErrConflict)
		e.equal("mails", e.allMails(helpdesk.MailQuery{Tenant: e.tenant}), []helpdesk.Mail{m})
	}},
	{"another tenant's mails are not there", "No method shows or changes", func(e *env) {
		t := e.add()
		m := newMail(func(m *helpdesk.Mail) { m.Ticket = t.ID })
		e.addMails(m)
		theirs := m
		theirs.Ticket, theirs.Subject = "", "theirs"
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: "other", Mail: []helpdesk.Mail{m}}), helpdesk.ErrNotFound)
		for _, q := range []helpdesk.MailQuery{
			{}, {IDs: []string{m.ID}}, {MessageIDs: []string{m.MessageID}}, {Ticket: t.ID}, {Address: m.Address}, {Outcome: helpdesk.MailOutcomes}, {Since: start},
		} {
			q.Tenant = "other"
			e.equal("mails", len(e.allMails(q)), 0)
		}
		e.commit(&helpdesk.Change{Tenant: "other", Mail: []helpdesk.Mail{theirs}}) // the same id
		e.equal("ours", e.allMails(helpdesk.MailQuery{Tenant: e.tenant}), []helpdesk.Mail{m})
		e.equal("theirs", e.allMails(helpdesk.MailQuery{Tenant: "other"}), []helpdesk.Mail{theirs})
	}},
	{"what cannot be kept of a mail or message is refused", "texts byte for byte.", func(e *env) {
		held := e.add()
		refused := func(name string, c *helpdesk.Change) {
			c.Tenant = e.tenant
			err := e.store.Commit(e.ctx, c)
			if e.is(err, helpdesk.ErrInvalid); len(helpdesk.Fields(err)) == 0 {
				e.fatal("%s: %v names no field", name, err)
			}
		}
		mail := func(change func(*helpdesk.Mail)) *helpdesk.Change {
			return &helpdesk.Change{Mail: []helpdesk.Mail{newMail(change)}}
		}
		for _, bad := range []string{"a\x00b", "a\xffb"} {
			with := func(change func(*helpdesk.Message)) *helpdesk.Change {
				m := message(held, "x")
				m.Attachments = attached()
				change(&m)
				return &helpdesk.Change{Messages: []helpdesk.Message{m}}
			}
			refused("full", with(func(m *helpdesk.Message) { m.Full = bad }))
			refused("html", with(func(m *helpdesk.Message) { m.HTML = bad }))
			refused("file name", with(func(m *helpdesk.Message) { m.Attachments[1].Name = bad }))
			refused("file type", with(func(m *helpdesk.Message) { m.Attachments[1].Type = bad }))
			refused("file id", with(func(m *helpdesk.Message) { m.Attachments[1].ContentID = bad }))
			refused("message id", mail(func(m *helpdesk.Mail) { m.MessageID = bad }))
			refused("address", mail(func(m *helpdesk.Mail) { m.Address = bad }))
			refused("subject", mail(func(m *helpdesk.Mail) { m.Subject = bad }))
			refused("outcome", mail(func(m *helpdesk.Mail) { m.Outcome = helpdesk.MailOutcome(bad) }))
			refused("reason", mail(func(m *helpdesk.Mail) { m.Reason = bad }))
			refused("notice", mail(func(m *helpdesk.Mail) { m.Notice = helpdesk.NoticeKind(bad) }))
			refused("raw", mail(func(m *helpdesk.Mail) { m.Raw = helpdesk.BlobID(bad) }))
			refused("file of a mail", mail(func(m *helpdesk.Mail) { m.Attachments[0].Name = bad }))
			refused("content", mail(func(m *helpdesk.Mail) { m.Content = json.RawMessage(`"` + bad + `"`) }))
		}
		refused("no JSON", mail(func(m *helpdesk.Mail) { m.Content = json.RawMessage(`{`) }))
		refused("no id", mail(func(m *helpdesk.Mail) { m.ID = "no id" }))
		refused("no time", mail(func(m *helpdesk.Mail) { m.At = time.Time{} }))
		refused("long message id", mail(func(m *helpdesk.Mail) { m.MessageID = strings.Repeat("x", 999) }))
		refused("long address", mail(func(m *helpdesk.Mail) { m.Address = strings.Repeat("ü", 500) }))
		// What compresses badly fills an index, and still has to fit.
		r := rand.New(rand.NewPCG(1, 2))
		long := make([]byte, 998)
		for i := range long {
			long[i] = byte('!' + r.IntN(90))
		}
		e.addMails(newMail(func(m *helpdesk.Mail) { m.MessageID, m.Address = string(long), string(long) }))
		e.equal("found by a long id", len(e.allMails(helpdesk.MailQuery{Tenant: e.tenant, MessageIDs: []string{string(long)}, Address: string(long)})), 1)
	}},
}
