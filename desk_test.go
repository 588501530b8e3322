package helpdesk_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/report"
)

const (
	ana = helpdesk.AgentID("ana@example.com")
	ben = helpdesk.AgentID("ben@example.com")
	kim = "kim@example.com"
)

// desk returns a desk with two agents, the second a manager, at an hour when nothing is due.
func desk(t *testing.T, cfg *helpdesk.Config) *helpdesktest.Desk {
	t.Helper()
	return hire(helpdesktest.New(t, nil, cfg))
}

func hire(d *helpdesktest.Desk) *helpdesktest.Desk {
	all := map[helpdesk.Skill]int{"billing": 3, "technical": 3, "account": 3, "general": 3}
	d.Hire(
		helpdesk.Agent{Name: "Ana", Email: string(ana), Skills: all, Capacity: 3},
		helpdesk.Agent{Name: "Ben", Email: string(ben), Manager: true},
	)
	d.Drain()
	return d
}

func open(t *testing.T, d *helpdesktest.Desk, p helpdesk.OpenParams) *helpdesk.Ticket {
	t.Helper()
	if p.Subject == "" {
		p.Subject = "Refund for order 17"
	}
	if p.Customer.Email == "" {
		p.Customer = helpdesk.Contact{Name: "Kim", Email: kim}
	}
	ticket, err := d.Open(t.Context(), p)
	require.NoError(t, err)
	return ticket
}

func read(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID) *helpdesk.Ticket {
	t.Helper()
	ticket, err := d.Ticket(t.Context(), id)
	require.NoError(t, err)
	return ticket
}

func asAgent(d *helpdesktest.Desk, id helpdesk.AgentID) *helpdesk.Desk {
	return d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(id)})
}

func asCustomer(d *helpdesktest.Desk, mail string) *helpdesk.Desk {
	return d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: mail})
}

// texts returns the bodies of one kind of message on a ticket.
func texts(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID, kind helpdesk.MessageKind) (bodies []string) {
	t.Helper()
	th, err := d.Thread(t.Context(), id)
	require.NoError(t, err)
	for _, m := range th.Messages {
		if m.Kind == kind {
			bodies = append(bodies, m.Body)
		}
	}
	return bodies
}

// events returns the number of events of each type on a ticket.
func events(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID) map[helpdesk.EventType]int {
	t.Helper()
	th, err := d.Thread(t.Context(), id)
	require.NoError(t, err)
	n := map[helpdesk.EventType]int{}
	for _, e := range th.Events {
		n[e.Type]++
	}
	return n
}

func TestOpenAsksNoModelAndStartsClocksAtOnce(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	ticket := open(t, d, helpdesk.OpenParams{Description: "Please."})
	require.Empty(t, d.Classifier.Requests())
	require.Equal(t, helpdesk.StatusNew, ticket.Status)
	require.Equal(t, helpdesk.Medium, ticket.Priority)
	require.Len(t, ticket.Clocks, 2)
	require.Equal(t, helpdesktest.Start.Add(4*time.Hour), ticket.Due())
	require.Regexp(t, `^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$`, ticket.Ref)
	require.Equal(t, []string{"Please."}, texts(t, d, ticket.ID, helpdesk.FromCustomer))
	require.Equal(t, ticket, read(t, d, ticket.ID))
}

func TestTheDayOfATicket(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		d.Classifier.Answer(helpdesk.Classification{
			Category: helpdesk.Billing, Priority: helpdesk.High, Tags: []string{"Refund"}, Response: "On its way.", Confidence: 0.9, Classifier: "m1",
		})
		ticket := open(t, d, helpdesk.OpenParams{})
		d.Drain()

		ticket = read(t, d, ticket.ID)
		require.Equal(t, helpdesk.StatusAssigned, ticket.Status)
		require.Equal(t, ana, ticket.Assignee)
		require.Equal(t, helpdesk.Billing, ticket.Category)
		require.Equal(t, helpdesk.High, ticket.Priority)
		require.Equal(t, []string{"refund"}, ticket.Tags)
		require.Equal(t, "On its way.", ticket.Suggestion.Response)
		require.False(t, ticket.NeedsReview)
		require.Equal(t, helpdesktest.Start.Add(time.Hour), ticket.Due())
		require.Equal(t, ana, d.Notices.Of(helpdesk.NoticeAssigned)[0].To[0].Agent)

		d.Advance(10 * time.Minute)
		ticket, err := asAgent(d, ana).Reply(ctx, ticket.ID, helpdesk.ReplyParams{Body: "Which card?", Waiting: true})
		require.NoError(t, err)
		require.Equal(t, helpdesk.StatusWaiting, ticket.Status)
		require.Equal(t, d.Clock.Now(), ticket.FirstReplyAt)
		require.Zero(t, ticket.Due(), "the resolution clock waits too")

		d.Advance(2 * time.Hour)
		ticket, err = asCustomer(d, kim).Reply(ctx, ticket.ID, helpdesk.ReplyParams{Body: "The blue one."})
		require.NoError(t, err)
		require.Equal(t, helpdesk.StatusProgress, ticket.Status)

		ticket, err = asAgent(d, ana).Resolve(ctx, ticket.ID, "refunded")
		require.NoError(t, err)
		require.Equal(t, helpdesk.StatusResolved, ticket.Status)
		require.Equal(t, "refunded", ticket.Resolution)
		require.Contains(t, texts(t, d, ticket.ID, helpdesk.SystemNote), "Resolved by Ana: refunded")
		for _, c := range ticket.Clocks {
			require.Equal(t, d.Clock.Now(), map[helpdesk.Metric]time.Time{
				helpdesk.FirstResponse: c.MetAt.Add(2 * time.Hour), helpdesk.Resolution: c.MetAt,
			}[c.Metric])
			require.Zero(t, c.BreachedAt)
			require.Equal(t, 10*time.Minute, c.Consumed, c.Metric)
		}

		ticket, err = asCustomer(d, kim).Rate(ctx, ticket.ID, 5, "quick")
		require.NoError(t, err)
		require.Equal(t, 5, ticket.Rating.Score)

		d.Advance(7*24*time.Hour + time.Second)
		require.Equal(t, helpdesk.StatusClosed, read(t, d, ticket.ID).Status)

		o, err := report.New(d.Desk).Overview(ctx, report.LastDays(30, d.Clock.Now()))
		require.NoError(t, err)
		require.Equal(t, 1, o.Resolved)
		require.Equal(t, 100.0, *o.Compliance)
		require.Equal(t, report.Durations{N: 1, Mean: 130 * time.Minute, P50: 130 * time.Minute, P90: 130 * time.Minute}, o.Resolution)
		var kinds []helpdesk.NoticeKind
		for _, n := range d.Notices.All() {
			kinds = append(kinds, n.Kind)
		}
		require.ElementsMatch(t, []helpdesk.NoticeKind{helpdesk.NoticeAssigned, helpdesk.NoticeReply, helpdesk.NoticeAnswered, helpdesk.NoticeResolved}, kinds)
	})
}

func TestTheStatusTable(t *testing.T) {
	t.Parallel()
	for _, from := range helpdesk.Statuses {
		for _, to := range helpdesk.Statuses {
			back := to == helpdesk.StatusNew || to == helpdesk.StatusAssigned || to == helpdesk.StatusProgress
			want := from != to && (from.Open() || back || to == helpdesk.StatusClosed)
			if from == helpdesk.StatusClosed {
				want = back
			}
			require.Equal(t, want, from.CanBecome(to), "%s to %s", from, to)
		}
	}
}

func TestResolvedTicketReopensWithinTheWindow(t *testing.T) {
	t.Parallel()
	d := desk(t, &helpdesk.Config{CloseAfter: -1})
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	_, err := asAgent(d, ana).Resolve(t.Context(), id, "done")
	require.NoError(t, err)
	d.Advance(7 * 24 * time.Hour)
	ticket, err := asCustomer(d, kim).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "It is back."})
	require.NoError(t, err)
	require.Equal(t, id, ticket.ID)
	ticket = read(t, d, id)
	require.Equal(t, helpdesk.StatusProgress, ticket.Status)
	require.Zero(t, ticket.ResolvedAt)
	require.Equal(t, 1, ticket.Reopened)
	require.Equal(t, d.Clock.Now().Add(24*time.Hour), ticket.Due(), "nothing of the target was used, and the gap does not count")
}

func TestTooLateAnAnswerOpensANewTicket(t *testing.T) {
	t.Parallel()
	d := desk(t, &helpdesk.Config{CloseAfter: -1})
	id := open(t, d, helpdesk.OpenParams{}).ID
	d.Drain()
	_, err := asAgent(d, ana).Resolve(t.Context(), id, "done")
	require.NoError(t, err)
	d.Advance(7*24*time.Hour + time.Second)
	answer := helpdesk.ReplyParams{Body: "It is back.", IdempotencyKey: "k"}
	next, err := asCustomer(d, kim).Reply(t.Context(), id, answer)
	require.NoError(t, err)
	require.NotEqual(t, id, next.ID)
	require.Equal(t, "Refund for order 17", next.Subject)
	th, err := d.Thread(t.Context(), next.ID)
	require.NoError(t, err)
	require.Equal(t, string(id), th.Events[0].From)
	again, err := asCustomer(d, kim).Reply(t.Context(), id, answer)
	require.NoError(t, err)
	require.Equal(t, next.ID, again.ID, "sent twice, opened once")
}

func TestMergedTicketsShowAsOne(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		a := open(t, d, helpdesk.OpenParams{Description: "first"}).ID
		b := open(t, d, helpdesk.OpenParams{Description: "second"}).ID
		stranger := open(t, d, helpdesk.OpenParams{Description: "not kim's", Customer: helpdesk.Contact{Email: "lee@example.com"}}).ID
		d.Drain()
		_, err := asAgent(d, ana).Merge(ctx, a, a)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		_, err = d.ForTenant("other").Merge(ctx, a, b)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
		_, err = asAgent(d, ana).Merge(ctx, a, b)
		require.NoError(t, err)
		_, err = asAgent(d, ana).Merge(ctx, stranger, b)
		require.NoError(t, err)

		require.ElementsMatch(t, []string{"first", "second", "not kim's"}, texts(t, d, b, helpdesk.FromCustomer))
		source := read(t, d, a)
		require.Equal(t, helpdesk.StatusClosed, source.Status)
		require.Equal(t, b, source.MergedInto)
		for _, c := range source.Clocks {
			require.False(t, c.CancelledAt.IsZero())
		}
		th, err := asCustomer(d, kim).Thread(ctx, b)
		require.NoError(t, err)
		require.Len(t, th.Messages, 2, "what another customer wrote stays that customer's")

		answered, err := asCustomer(d, kim).Reply(ctx, a, helpdesk.ReplyParams{Body: "more"})
		require.NoError(t, err)
		require.Equal(t, b, answered.ID)
		_, err = asAgent(d, ana).Merge(ctx, a, b)
		require.Error(t, err, "merged already")
	})
}

func TestNobodyFreeEscalatesAndTheNextFreedPlaceIsGiven(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		var ids []helpdesk.TicketID
		for range 4 { // Ana takes three
			ids = append(ids, open(t, d, helpdesk.OpenParams{}).ID)
			d.Drain()
		}
		waiting := read(t, d, ids[3])
		require.Equal(t, helpdesk.StatusEscalated, waiting.Status)
		require.Equal(t, 1, waiting.EscalationLevel)
		require.Equal(t, ben, d.Notices.Of(helpdesk.NoticeUnassigned)[0].To[0].Agent)

		_, err := asAgent(d, ana).Resolve(ctx, ids[0], "done")
		require.NoError(t, err)
		d.Drain()
		placed := read(t, d, ids[3])
		require.Equal(t, helpdesk.StatusAssigned, placed.Status)
		require.Equal(t, ana, placed.Assignee)
		require.Equal(t, 1, placed.EscalationLevel, "the level is kept")

		// The first customer writes again, but Ana is full: the ticket waits for a free agent.
		back, err := asCustomer(d, kim).Reply(ctx, ids[0], helpdesk.ReplyParams{Body: "again"})
		require.NoError(t, err)
		require.Equal(t, helpdesk.StatusNew, back.Status)
		require.Empty(t, read(t, d, ids[0]).Assignee)
		loads, err := helpdesk.Loads(ctx, d.Store, "")
		require.NoError(t, err)
		require.Equal(t, 3, loads[ana].Open)
	})
}

func TestCustomersSeeAndDoOnlyWhatIsTheirs(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		d.Classifier.Answer(helpdesk.Classification{Category: helpdesk.Billing, Response: "secret draft", Confidence: 1})
		id := open(t, d, helpdesk.OpenParams{Description: "mine", Tags: []string{"vip"}}).ID
		d.Drain()
		_, err := asAgent(d, ana).Note(ctx, id, "internal words")
		require.NoError(t, err)
		kims, lees := asCustomer(d, " KIM@example.com "), asCustomer(d, "lee@example.com")

		seen, err := kims.Ticket(ctx, id)
		require.NoError(t, err)
		require.Nil(t, seen.Suggestion)
		require.Empty(t, seen.Tags)
		require.Empty(t, seen.Assignee)
		th, err := kims.Thread(ctx, id)
		require.NoError(t, err)
		require.Len(t, th.Messages, 1)
		require.Empty(t, th.Events)
		page, err := kims.Tickets(ctx, helpdesk.Query{})
		require.NoError(t, err)
		require.Len(t, page.Tickets, 1)
		found, err := kims.Search(ctx, "internal", helpdesk.Query{})
		require.NoError(t, err)
		require.Empty(t, found.Tickets)
		found, err = d.Search(ctx, "INTERNAL words", helpdesk.Query{})
		require.NoError(t, err)
		require.Len(t, found.Tickets, 1)

		for name, try := range map[string]func(*helpdesk.Desk) error{
			"ticket": func(d *helpdesk.Desk) error { _, err := d.Ticket(ctx, id); return err },
			"thread": func(d *helpdesk.Desk) error { _, err := d.Thread(ctx, id); return err },
			"reply": func(d *helpdesk.Desk) error {
				_, err := d.Reply(ctx, id, helpdesk.ReplyParams{Body: "x"})
				return err
			},
			"reopen": func(d *helpdesk.Desk) error { _, err := d.Reopen(ctx, id); return err },
			"rate":   func(d *helpdesk.Desk) error { _, err := d.Rate(ctx, id, 1, ""); return err },
		} {
			require.ErrorIs(t, try(lees), helpdesk.ErrNotFound, name)
			require.ErrorIs(t, try(d.ForTenant("other")), helpdesk.ErrNotFound, name)
		}
		for name, try := range map[string]func() error{
			"note":     func() error { _, err := kims.Note(ctx, id, "x"); return err },
			"take":     func() error { _, err := kims.Take(ctx, id); return err },
			"resolve":  func() error { _, err := kims.Resolve(ctx, id, "x"); return err },
			"escalate": func() error { _, err := kims.Escalate(ctx, id, "x"); return err },
			"priority": func() error { _, err := kims.SetPriority(ctx, id, helpdesk.Urgent); return err },
			"triage":   func() error { _, err := kims.Triage(ctx, id); return err },
			"overview": func() error { _, err := report.New(kims).Overview(ctx, report.LastDays(1, d.Clock.Now())); return err },
			"agents":   func() error { _, err := kims.Agents(ctx); return err },
			"hire":     func() error { _, err := kims.SaveAgent(ctx, helpdesk.Agent{Name: "x", Email: kim}); return err },
			"others":   func() error { _, err := kims.Tickets(ctx, helpdesk.Query{Customer: "lee@example.com"}); return err },
			"for lee": func() error {
				_, err := kims.Open(ctx, helpdesk.OpenParams{Subject: "x", Customer: helpdesk.Contact{Email: "lee@example.com"}})
				return err
			},
			"urgent": func() error {
				_, err := kims.Open(ctx, helpdesk.OpenParams{Subject: "x", Priority: helpdesk.Urgent})
				return err
			},
			"nobody":   func() error { _, err := asCustomer(d, "").Tickets(ctx, helpdesk.Query{}); return err },
			"stranger": func() error { _, err := asAgent(d, "mallory@example.com").Resolve(ctx, id, "x"); return err },
			"role":     func() error { _, err := d.As(helpdesk.Actor{Role: "root"}).Ticket(ctx, id); return err },
			"agent":    func() error { err := asAgent(d, ana).RemoveAgent(ctx, ben); return err },
		} {
			require.ErrorIs(t, try(), helpdesk.ErrForbidden, name)
		}
	})
}

func TestBadInputNamesTheField(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID
	ok := helpdesk.OpenParams{Subject: "x"}
	with := func(change func(*helpdesk.OpenParams)) error {
		p := ok
		change(&p)
		_, err := d.Open(ctx, p)
		return err
	}
	for want, err := range map[string]error{
		"subject is empty":                           with(func(p *helpdesk.OpenParams) { p.Subject = " \t" }),
		"subject is longer than 255 characters":      with(func(p *helpdesk.OpenParams) { p.Subject = strings.Repeat("é", 256) }),
		"subject contains a NUL character":           with(func(p *helpdesk.OpenParams) { p.Subject = "a\x00b" }),
		"subject contains a control character":       with(func(p *helpdesk.OpenParams) { p.Subject = "a\nBcc: b" }),
		"description is not valid UTF-8":             with(func(p *helpdesk.OpenParams) { p.Description = "a\xffb" }),
		"description contains a NUL character":       with(func(p *helpdesk.OpenParams) { p.Description = "\x00" }),
		"description is longer than 1048576 bytes":   with(func(p *helpdesk.OpenParams) { p.Description = strings.Repeat("x", 50<<20) }),
		"customer_email is not a mail address":       with(func(p *helpdesk.OpenParams) { p.Customer.Email = "kim" }),
		`source "fax" is not one of`:                 with(func(p *helpdesk.OpenParams) { p.Source = "fax" }),
		`category "spam" is not one of`:              with(func(p *helpdesk.OpenParams) { p.Category = "spam" }),
		`priority "priority(9)" is not one of`:       with(func(p *helpdesk.OpenParams) { p.Priority = 9 }),
		"tags is longer than 40 characters":          with(func(p *helpdesk.OpenParams) { p.Tags = []string{strings.Repeat("t", 41)} }),
		"body is empty":                              second(d.Reply(ctx, id, helpdesk.ReplyParams{Body: "\n"})),
		"resolution_note is empty":                   second(d.Resolve(ctx, id, "")),
		`status "done" is not one of`:                second(d.SetStatus(ctx, id, "done")),
		"status resolved needs a note":               second(d.SetStatus(ctx, id, helpdesk.StatusResolved)),
		`agent "zoe" is not an agent of this tenant`: second(d.Reassign(ctx, id, "zoe")),
		"score is not between 1 and 5":               second(d.Rate(ctx, id, 6, "")),
		"cursor cannot be read":                      second(d.Tickets(ctx, helpdesk.Query{After: "x"})),
		"sort is not one of newest, oldest, urgency": second(d.Tickets(ctx, helpdesk.Query{Order: "id; DROP TABLE"})),
		"period does not end after it begins":        second(report.New(d.Desk).Overview(ctx, report.Period{})),
		"id is empty":                                second(d.SaveAgent(ctx, helpdesk.Agent{Name: "x"})),
		"set availability: id is empty":              second(d.SetAway(ctx, "", true, time.Time{})),
		"set absences: id is empty":                  second(d.SetAbsences(ctx, "", nil)),
		"remove agent: id is empty":                  d.RemoveAgent(ctx, ""),
		"remove team: id is empty":                   d.RemoveTeam(ctx, ""),
		"categories hold an unknown name":            second(d.SaveTeam(ctx, helpdesk.Team{ID: "x", Name: "X", Categories: []helpdesk.Category{"spam"}})),
		"capacity is negative":                       second(d.SaveAgent(ctx, helpdesk.Agent{Name: "x", Email: "x@example.com", Capacity: -1})),
		"skills level of billing is not between 0":   second(d.SaveAgent(ctx, helpdesk.Agent{Name: "x", Email: "x@example.com", Skills: map[helpdesk.Skill]int{"billing": 6}})),
	} {
		require.ErrorIs(t, err, helpdesk.ErrInvalid, want)
		require.ErrorContains(t, err, want)
		require.NotEmpty(t, helpdesk.Fields(err), want)
	}
	require.Len(t, helpdesk.Fields(with(func(p *helpdesk.OpenParams) { p.Subject, p.Source = "", "fax" })), 2, "all fields at once")
	page, err := d.Tickets(ctx, helpdesk.Query{})
	require.NoError(t, err)
	require.Len(t, page.Tickets, 1, "nothing was stored")
}

func second[T any](_ T, err error) error { return err }

func TestForbiddenMovesAndStaleVersionsAreRefused(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID
	old := read(t, d, id).Version
	_, err := d.SetPriority(ctx, id, helpdesk.Low)
	require.NoError(t, err)
	_, err = d.IfVersion(old).SetPriority(ctx, id, helpdesk.High)
	require.ErrorIs(t, err, helpdesk.ErrConflict)
	require.Equal(t, helpdesk.Low, read(t, d, id).Priority)

	_, err = d.Resolve(ctx, id, "done")
	require.NoError(t, err)
	_, err = d.Resolve(ctx, id, "again")
	var move *helpdesk.TransitionError
	require.ErrorAs(t, err, &move)
	require.Equal(t, helpdesk.StatusResolved, move.From)
	_, err = d.SetStatus(ctx, id, helpdesk.StatusWaiting)
	require.ErrorAs(t, err, &move)
	require.EqualError(t, err, "helpdesk: set status of ticket "+string(id)+": status cannot go from resolved to waiting_customer")
}

func TestTheSameKeyOpensOneTicket(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		p := helpdesk.OpenParams{Subject: "x", IdempotencyKey: "k"}
		a, err := asCustomer(d, kim).Open(ctx, p)
		require.NoError(t, err)
		b, err := asCustomer(d, kim).Open(ctx, p)
		require.NoError(t, err)
		require.Equal(t, a.ID, b.ID)
		other, err := asCustomer(d, "lee@example.com").Open(ctx, p)
		require.NoError(t, err)
		require.NotEqual(t, a.ID, other.ID, "another's key is another key")
		p.Subject = "y"
		_, err = asCustomer(d, kim).Open(ctx, p)
		require.ErrorIs(t, err, helpdesk.ErrConflict)

		for range 2 {
			_, err = asCustomer(d, kim).Reply(ctx, a.ID, helpdesk.ReplyParams{Body: "hello", IdempotencyKey: "r"})
			require.NoError(t, err)
		}
		require.Len(t, texts(t, d, a.ID, helpdesk.FromCustomer), 2, "the description and one reply")
	})
}

func TestATakenReferenceIsDrawnAgain(t *testing.T) {
	t.Parallel()
	refs := []string{"AAAA-AAAA", "AAAA-AAAA", "AAAA-AAAA", "BBBB-BBBB"}
	d := desk(t, &helpdesk.Config{NewRef: func() string { r := refs[0]; refs = refs[1:]; return r }})
	require.Equal(t, "AAAA-AAAA", open(t, d, helpdesk.OpenParams{}).Ref)
	require.Equal(t, "BBBB-BBBB", open(t, d, helpdesk.OpenParams{}).Ref)
}

func TestAReplysKeyStandsForItsWords(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		said := helpdesk.ReplyParams{Body: "Any news?", IdempotencyKey: "k"}
		_, err := asCustomer(d, kim).Reply(ctx, id, said)
		require.NoError(t, err)
		_, err = asCustomer(d, kim).Reply(ctx, id, helpdesk.ReplyParams{Body: "Hello?", IdempotencyKey: "k"})
		require.ErrorIs(t, err, helpdesk.ErrConflict)
		require.Equal(t, "idempotency_key", helpdesk.Fields(err)[0].Field)

		// The same request much later opens nothing: its key was used.
		_, err = asAgent(d, ana).Resolve(ctx, id, "done")
		require.NoError(t, err)
		d.Advance(30 * 24 * time.Hour)
		ticket, err := asCustomer(d, kim).Reply(ctx, id, said)
		require.NoError(t, err)
		require.Equal(t, id, ticket.ID)
		require.Equal(t, helpdesk.StatusClosed, ticket.Status)
		page, err := d.Tickets(ctx, helpdesk.Query{})
		require.NoError(t, err)
		require.Len(t, page.Tickets, 1)
	})
}

// A task that kills its process each time must not kill processes for ever.
func TestATaskThatNeverEndsIsGivenUp(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID
	for range 12 { // processes lease it and die before they commit
		tasks, err := d.Store.Lease(t.Context(), d.Clock.Now(), time.Minute, 100)
		require.NoError(t, err)
		require.NotEmpty(t, tasks)
		d.Clock.Advance(time.Minute)
	}
	d.Drain()
	dead, err := d.DeadTasks(t.Context(), 10)
	require.NoError(t, err)
	require.Len(t, dead, 1)
	require.Equal(t, helpdesk.TaskTriage, dead[0].Kind)
	require.Equal(t, id, dead[0].Ticket)
	require.Empty(t, d.Classifier.Requests())
	ticket := read(t, d, id)
	require.Equal(t, ana, ticket.Assignee, "by what rules know")
	require.True(t, ticket.NeedsReview)
	require.NotZero(t, ticket.TriagedAt)
	_, err = d.Triage(t.Context(), id)
	require.NoError(t, err)
	require.Len(t, d.Classifier.Requests(), 1, "by hand it can be tried again")
}

// Commits of one tenant that each free an agent must not wait for one row.
func TestEachFreedPlaceHasItsOwnTask(t *testing.T) {
	t.Parallel()
	keys := map[string]bool{}
	d := desk(t, &helpdesk.Config{Before: func(_ context.Context, c *helpdesk.Change) error {
		for _, task := range c.Tasks {
			if task.Kind == helpdesk.TaskAssign && !task.DueAt.IsZero() {
				keys[task.Key] = true
			}
		}
		return nil
	}})
	clear(keys)
	for range 3 {
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		_, err := asAgent(d, ana).Resolve(t.Context(), id, "done")
		require.NoError(t, err)
	}
	require.Len(t, keys, 3)
}

func TestBeforeMayRefuse(t *testing.T) {
	t.Parallel()
	refusal := errors.New("no tickets on Sundays")
	refuse := false
	d := desk(t, &helpdesk.Config{Before: func(context.Context, *helpdesk.Change) error {
		if refuse {
			return refusal
		}
		return nil
	}})
	refuse = true
	_, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
	require.ErrorIs(t, err, refusal)
	page, err := d.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	require.Empty(t, page.Tickets)
}

func TestCustomersLearnNamesButNoAddressesOfAgents(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	id := open(t, d, helpdesk.OpenParams{}).ID
	_, err := asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Hello."})
	require.NoError(t, err)
	th, err := asCustomer(d, kim).Thread(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, helpdesk.Actor{Role: helpdesk.RoleAgent, Name: "Ana"}, th.Messages[1].By)
	require.Equal(t, kim, th.Messages[0].By.ID)
}

func TestAStaleVersionMergesNothing(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	a, b := open(t, d, helpdesk.OpenParams{}), open(t, d, helpdesk.OpenParams{})
	_, err := d.IfVersion(a.Version+1).Merge(t.Context(), a.ID, b.ID)
	require.ErrorIs(t, err, helpdesk.ErrConflict)
	require.Equal(t, helpdesk.StatusNew, read(t, d, a.ID).Status)
}

func TestAgentsAreSettingsWithVersions(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		edit := helpdesk.Agent{ID: ana, Name: "Ana", Email: string(ana), Capacity: 7, Away: true, Skills: map[helpdesk.Skill]int{"general": 1}}
		_, err := d.SaveAgent(ctx, edit)
		require.ErrorIs(t, err, helpdesk.ErrConflict, "there is one already")
		edit.Version = 1
		_, err = d.SaveAgent(ctx, edit)
		require.NoError(t, err)
		_, err = d.SaveAgent(ctx, edit)
		require.ErrorIs(t, err, helpdesk.ErrConflict, "an edit of what was read before")
		require.NoError(t, d.RemoveAgent(ctx, ben))
		require.ErrorIs(t, d.RemoveAgent(ctx, ben), helpdesk.ErrNotFound)
		agents, err := d.Agents(ctx)
		require.NoError(t, err)
		require.Len(t, agents, 1)
		require.Equal(t, 7, agents[0].Capacity)
		require.EqualValues(t, 2, agents[0].Version)
		require.Equal(t, d.Clock.Now(), agents[0].AwayAt)

		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		require.Empty(t, read(t, d, id).Assignee, "whoever is away gets nothing")
		_, err = d.IfVersion(2).SaveAgent(ctx, helpdesk.Agent{ID: ana, Name: "Ana", Email: string(ana), Skills: map[helpdesk.Skill]int{"general": 1}})
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, ana, read(t, d, id).Assignee, "and what waited comes with the return")

		again, err := d.SaveAgent(ctx, helpdesk.Agent{ID: ben, Name: "Ben"})
		require.NoError(t, err, "who was removed can come back")
		require.EqualValues(t, 3, again.Version)
	})
}

func TestTagsAreReplacedAndRecorded(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	ticket := open(t, d, helpdesk.OpenParams{Tags: []string{"old"}})
	changed, err := asAgent(d, ana).SetTags(t.Context(), ticket.ID, []string{" VIP", "refund", "vip"})
	require.NoError(t, err)
	require.Equal(t, []string{"refund", "vip"}, changed.Tags)
	th, err := d.Thread(t.Context(), ticket.ID)
	require.NoError(t, err)
	last := th.Events[len(th.Events)-1]
	require.Equal(t, "tags_changed old refund, vip ana@example.com", string(last.Type)+" "+last.From+" "+last.To+" "+last.By.ID)
	_, err = asAgent(d, ana).SetTags(t.Context(), ticket.ID, make([]string, 3))
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
}
