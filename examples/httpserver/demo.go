package main

import (
	"cmp"
	"container/heap"
	"context"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/macro"
)

//go:embed tickets.csv
var demoTickets string

// demoDays is how long the demo's month is, and demoADay how many tickets come on a weekday.
const (
	demoDays = 30
	demoADay = 17
)

// demoClock stands where the simulation puts it.
type demoClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *demoClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *demoClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// fillDemo lets a month pass on an empty desk: customers write by form and mail, agents answer
// sooner or later, SLAs are met and breached. Everything goes through the Desk, with a clock that
// runs ahead. The same month comes out each time, but for ids.
func fillDemo(ctx context.Context, store helpdesk.Store, now time.Time, stderr io.Writer) error {
	clock := &demoClock{}
	clock.set(now.Add(-demoDays * 24 * time.Hour))
	desk, err := newDesk(store, slog.New(slog.DiscardHandler), func(c *helpdesk.Config) {
		c.NewRef = demoRefs(rand.New(rand.NewPCG(7, 31)))
		c.Directory = helpdesk.DirectoryFunc(demoDirectory)
		c.Clock, c.Notifier = clock, helpdesk.NotifierFunc(func(context.Context, *helpdesk.Notification) error { return nil })
	})
	if err != nil {
		return err
	}
	if n, err := desk.Count(ctx, 1, helpdesk.Query{}); err != nil || n[0] > 0 {
		if err == nil {
			fmt.Fprintln(stderr, "there are tickets already: the demo leaves them as they are")
		}
		return err
	}
	if err := seed(ctx, desk); err != nil {
		return err
	}
	table, err := csv.NewReader(strings.NewReader(demoTickets)).ReadAll()
	if err != nil {
		return err
	}
	var rows []row
	for _, cells := range table[1:] { // id, subject, body, customer_email
		rows = append(rows, row{cells[1], cells[2]})
	}
	s := &simulation{desk: desk, clock: clock, end: now, rows: rows, r: rand.New(rand.NewPCG(7, 30))}
	if err := s.settings(ctx); err != nil {
		return err
	}
	s.plan()
	start := time.Now()
	bar := newProgress(stderr, s.arrivals, "tickets")
	if err := s.run(ctx, bar); err != nil {
		return err
	}
	fmt.Fprintf(stderr, "a month of %d tickets in %s\n", s.opened, time.Since(start).Round(100*time.Millisecond))
	return nil
}

// demoRefs makes references that are the same each time.
func demoRefs(r *rand.Rand) func() string {
	return func() string {
		var b [8]byte
		for i := range b {
			b[i] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[r.IntN(32)]
		}
		return string(b[:4]) + "-" + string(b[4:])
	}
}

// row is a ticket of the file beside this program.
type row struct{ Subject, Body string }

// simulation is the month in the making: what happens when.
type simulation struct {
	desk     *helpdesk.Desk
	clock    *demoClock
	end      time.Time
	rows     []row
	r        *rand.Rand
	todo     agenda
	arrivals int // planned
	opened   int // of these
	serial   int
}

// happening is something that somebody does at a time.
type happening struct {
	at     time.Time
	serial int
	do     func(ctx context.Context, now time.Time) error
}

// agenda is a heap of happenings by time.
type agenda []happening

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return cmp.Or(a[i].at.Compare(a[j].at), cmp.Compare(a[i].serial, a[j].serial)) < 0
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x any)   { *a = append(*a, x.(happening)) }
func (a *agenda) Pop() any {
	old := *a
	last := old[len(old)-1]
	*a = old[:len(old)-1]
	return last
}

func (s *simulation) at(t time.Time, do func(context.Context, time.Time) error) {
	if t.Before(s.end) {
		s.serial++
		heap.Push(&s.todo, happening{t, s.serial, do})
	}
}

// run lets everything happen in order. In between the desk does what is due, as it would by itself.
func (s *simulation) run(ctx context.Context, bar *progress) error {
	last, shown := s.clock.Now(), 0
	for len(s.todo) > 0 {
		next := heap.Pop(&s.todo).(happening)
		for t := last.Add(30 * time.Minute); t.Before(next.at); t = t.Add(30 * time.Minute) {
			s.clock.set(t)
			if _, err := s.desk.Tick(ctx); err != nil {
				return err
			}
			last = t
		}
		s.clock.set(next.at)
		err := next.do(ctx, next.at)
		if err == nil {
			_, err = s.desk.Tick(ctx)
		}
		if err != nil {
			return fmt.Errorf("demo at %s: %w", next.at.Format(time.RFC3339), err)
		}
		last = next.at
		for ; shown < s.opened; shown++ {
			bar.add()
		}
	}
	s.clock.set(s.end)
	if _, err := s.desk.Tick(ctx); err != nil {
		return err
	}
	agents, err := s.desk.Agents(ctx)
	for _, a := range agents {
		err = errors.Join(err, s.desk.ReadNotices(ctx, a.ID, "", s.end.Add(-unreadFor)))
	}
	return err
}

// unreadFor is how long before the end agents looked at their notices.
const unreadFor = 8 * time.Hour

// settings gives the agents something to work with.
func (s *simulation) settings(ctx context.Context) error {
	for _, m := range []macro.Macro{
		{ID: "hello", Name: "Ask for details", Body: "Hello {{customer}},\n\nthank you for writing. Could you tell us since when this happens, and on which device?\n\nBest regards\n{{agent}}"},
		{ID: "refund", Name: "Refund sent", Body: "Hello {{customer}},\n\nwe have refunded the payment. It takes three to five days until you see it on your statement ({{ref}}).\n\n{{agent}}"},
		{ID: "fixed", Name: "Fixed in the next version", Body: "Hello {{customer}},\n\nwe found the cause. The fix is part of the next version, which comes on Thursday.\n\n{{agent}}"},
	} {
		if _, err := macro.Of(s.desk).Save(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// plan puts the arrivals on the agenda: more on weekdays, most before and after noon.
func (s *simulation) plan() {
	first := s.clock.Now()
	for day := range demoDays + 1 {
		date := first.AddDate(0, 0, day).Truncate(24 * time.Hour)
		n := demoADay + s.r.IntN(7) - 3
		if w := date.Weekday(); w == time.Saturday || w == time.Sunday {
			n = 3 + s.r.IntN(3)
		}
		for range n {
			hour := 13.5 + 3.6*s.r.NormFloat64()
			if s.r.IntN(4) == 0 {
				hour = 10 + 1.2*s.r.NormFloat64()
			}
			at := date.Add(time.Duration(math.Max(0, math.Min(23.99, hour)) * float64(time.Hour)))
			if at.After(first) && at.Before(s.end) {
				s.arrivals++
				s.arrive(at, s.rows[s.r.IntN(len(s.rows))])
			}
		}
	}
	for i, at := range []time.Duration{26 * time.Hour, 7 * 24 * time.Hour, 3 * time.Hour} { // what mail brings besides
		s.at(s.end.Add(-at), func(ctx context.Context, _ time.Time) error {
			_, err := s.desk.Receive(ctx, &helpdesk.Incoming{
				MessageID: fmt.Sprintf("letter-%d@news.example", i), From: helpdesk.Contact{Name: "Weekly offers", Email: "news@news.example"}, Subject: "Our offers of the week",
				Text: "Everything must go.", Kind: helpdesk.MailList, Reason: "List-Id", Recipients: []string{demoMailbox},
			})
			return err
		})
	}
}

// demoMailbox is where customers of the demo write to.
const demoMailbox = "support@example.com"

var demoNames = strings.Fields("Kim Lee Maria Jon Nils Tom Jana Uwe Eva Ralf Lucia Pablo Sara Luc Anne Rui Ines Sam Ali Noor Olga Ivan Mei Hana Ben Zoe Leo Mia Finn Ada")

// arrive has a customer write, by form or by mail, and somebody see to it.
func (s *simulation) arrive(at time.Time, r row) {
	name := demoNames[s.r.IntN(len(demoNames))] + " " + string(rune('A'+s.r.IntN(26))) + "."
	mail := strings.ToLower(strings.NewReplacer(" ", ".", ".", "").Replace(name)) + "@" + []string{"example.com", "example.org", "example.net"}[s.r.IntN(3)]
	mail = strings.ReplaceAll(mail, "..", ".")
	byMail := s.r.IntN(3) > 0
	r.Subject = cmp.Or(r.Subject, "A question")
	s.at(at, func(ctx context.Context, now time.Time) error {
		s.opened++
		var id helpdesk.TicketID
		if byMail {
			m, err := s.desk.Receive(ctx, &helpdesk.Incoming{
				MessageID: fmt.Sprintf("demo-%d@%s", s.opened, mail[strings.IndexByte(mail, '@')+1:]), From: helpdesk.Contact{Name: name, Email: mail}, Subject: r.Subject,
				Text: r.Body, Kind: helpdesk.MailMessage, Recipients: []string{demoMailbox},
			})
			if err != nil || m.Ticket == "" {
				return err
			}
			id = m.Ticket
		} else {
			t, err := s.desk.Open(ctx, helpdesk.OpenParams{
				Subject: r.Subject, Description: r.Body, Customer: helpdesk.Contact{Name: name, Email: mail}, Source: helpdesk.SourceForm,
			})
			if err != nil {
				return err
			}
			id = t.ID
		}
		s.at(now.Add(time.Minute), func(ctx context.Context, now time.Time) error { return s.look(ctx, id, now) })
		return nil
	})
}

// pace is how long an agent takes to answer, in hours: the middle of it, by priority.
var pace = map[helpdesk.Priority]float64{helpdesk.Urgent: .13, helpdesk.High: .4, helpdesk.Medium: 1.1, helpdesk.Low: 5}

// look decides when the agent gets to a ticket.
func (s *simulation) look(ctx context.Context, id helpdesk.TicketID, now time.Time) error {
	t, err := s.desk.Ticket(ctx, id)
	if err != nil {
		return err
	}
	wait := pace[t.Priority] * math.Exp(.45*s.r.NormFloat64())
	if s.r.IntN(20) == 0 {
		wait *= 4 // overlooked
	}
	if s.end.Sub(now) < 30*time.Hour && s.r.IntN(5) > 1 {
		wait *= 9 // the last days were busy: there is something left to do
	}
	if strings.HasPrefix(string(t.Assignee), "chloe") {
		wait *= 1.3
	}
	s.at(now.Add(hours(wait)), func(ctx context.Context, now time.Time) error { return s.reply(ctx, id, now, 0) })
	return nil
}

func hours(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }

var demoReplies = []string{
	"Thank you for writing. We are looking into it and will come back to you today.",
	"I have found the cause. Could you try it again and tell me whether it works now?",
	"Could you send us the number of the invoice, and tell us since when this happens?",
	"We have corrected that. Please have a look, and tell me if anything is still missing.",
}

// reply has the agent answer; then the customer answers, or it is solved.
func (s *simulation) reply(ctx context.Context, id helpdesk.TicketID, now time.Time, turn int) error {
	t, err := s.desk.Ticket(ctx, id)
	if err != nil || !t.Status.Open() {
		return err
	}
	agent := cmp.Or(t.Assignee, "dev@example.com")
	as := s.desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(agent)})
	asks := turn == 0 && s.r.IntN(2) == 0
	if _, err := as.Reply(ctx, id, helpdesk.ReplyParams{Body: demoReplies[s.r.IntN(len(demoReplies))], Waiting: asks}); err != nil {
		return s.passed(err)
	}
	if t.Category == "" && s.r.IntN(2) == 0 {
		if _, err := as.SetCategory(ctx, id, []helpdesk.Category{helpdesk.Account, helpdesk.Technical}[s.r.IntN(2)]); err != nil {
			return s.passed(err)
		}
	}
	if s.r.IntN(9) == 0 {
		if _, err := as.Note(ctx, id, "Asked the developers; they know of it."); err != nil {
			return s.passed(err)
		}
	}
	if asks {
		s.at(now.Add(hours(3*math.Exp(.8*s.r.NormFloat64()))), func(ctx context.Context, now time.Time) error {
			_, err := s.desk.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: t.Customer.Email, Name: t.Customer.Name}).
				Reply(ctx, id, helpdesk.ReplyParams{Body: "It is as I wrote: it still happens. I have attached nothing, but can send a picture."})
			s.at(now.Add(hours(1.2*math.Exp(.5*s.r.NormFloat64()))), func(ctx context.Context, now time.Time) error { return s.reply(ctx, id, now, turn+1) })
			return s.passed(err)
		})
		return nil
	}
	s.at(now.Add(hours(2.5*math.Exp(.7*s.r.NormFloat64()))), func(ctx context.Context, now time.Time) error { return s.resolve(ctx, id, now) })
	return nil
}

var demoSolutions = []string{
	"The payment was refunded and the invoice corrected.", "The account was unlocked and a new link sent.", "A fault of the last version; fixed in the one since Tuesday.",
	"Explained how to set it up, with the page of the manual.", "Noted as a wish for the next quarter.",
}

// resolve ends the work; the customer may rate it, or come back.
func (s *simulation) resolve(ctx context.Context, id helpdesk.TicketID, now time.Time) error {
	t, err := s.desk.Ticket(ctx, id)
	if err != nil || !t.Status.Open() {
		return err
	}
	agent := cmp.Or(t.Assignee, "dev@example.com")
	if _, err := s.desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(agent)}).Resolve(ctx, id, demoSolutions[s.r.IntN(len(demoSolutions))]); err != nil {
		return s.passed(err)
	}
	customer := s.desk.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: t.Customer.Email, Name: t.Customer.Name})
	switch n := s.r.IntN(20); {
	case n < 9:
		score := []int{5, 5, 5, 4, 4, 4, 3, 2, 1}[n]
		s.at(now.Add(hours(2+6*s.r.Float64())), func(ctx context.Context, _ time.Time) error {
			_, err := customer.Rate(ctx, id, score, "")
			return s.passed(err)
		})
	case n == 19:
		s.at(now.Add(hours(20*s.r.Float64())), func(ctx context.Context, now time.Time) error {
			_, err := customer.Reply(ctx, id, helpdesk.ReplyParams{Body: "Sorry, it is back."})
			s.at(now.Add(hours(2)), func(ctx context.Context, now time.Time) error { return s.reply(ctx, id, now, 1) })
			return s.passed(err)
		})
	}
	return nil
}

// passed lets pass what happens in the life of a desk: somebody else was there first.
func (s *simulation) passed(err error) error {
	if errors.Is(err, helpdesk.ErrConflict) || errors.Is(err, helpdesk.ErrInvalid) || errors.Is(err, helpdesk.ErrForbidden) {
		return nil
	}
	return err
}
