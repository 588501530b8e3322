package helpdesk_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// life drives a desk of three agents and five customers through random commands on tickets and on
// their people. It knows by itself who takes part in what. After each command:
//
//   - an open ticket has an agent, is in the queue, or waits for its customer;
//   - each customer sees the tickets in which they take part, the messages written there, and
//     nothing else; no customer sees a note;
//   - a notice comes once, to people whom its ticket concerns, and not to the one who caused it;
//   - both tickets of a link show it, and no chain of links leads in a circle.
type life struct {
	*helpdesktest.Desk
	people  []*lifePerson
	tickets map[helpdesk.TicketID]*lifeTicket
	ids     []helpdesk.TicketID            // of the tickets, in order
	said    map[string][]helpdesk.TicketID // the tickets on which a public text stands
	told    map[string]bool                // notices that have come
	doer    helpdesk.AgentID               // who gave the last command, if an agent did
}

type lifePerson struct {
	id         helpdesk.CustomerID
	email      string
	org        helpdesk.OrganisationID
	colleagues bool
	into       *lifePerson // merged into
}

// same reports whether two customers are one person.
func (p *lifePerson) same(q *lifePerson) bool { return p.root() == q.root() }

func (p *lifePerson) root() *lifePerson {
	for p.into != nil {
		p = p.into
	}
	return p
}

type lifeTicket struct {
	requester *lifePerson
	org       helpdesk.OrganisationID
	cc        []*lifePerson
	into      helpdesk.TicketID // merged into
	had       []*lifePerson     // in Cc of the survivor before that merge
}

// sees reports whether a customer takes part in a ticket.
func (p *lifePerson) sees(t *lifeTicket) bool {
	return p.same(t.requester) || slices.ContainsFunc(t.cc, p.same) ||
		p.root().colleagues && t.org != "" && t.org == p.root().org
}

// copied sets the people in Cc; the requester is none of them.
func (t *lifeTicket) copied(list ...*lifePerson) {
	t.cc = nil
	for _, p := range list {
		if p != t.requester && !slices.Contains(t.cc, p) {
			t.cc = append(t.cc, p)
		}
	}
}

var lifeAgents = []helpdesk.AgentID{"a", "b", "c"}

func newLife(t *rapid.T, tb testing.TB) *life {
	d := helpdesktest.New(tb, nil, &helpdesk.Config{SLA: noSLA, Logger: quiet})
	l := &life{Desk: d, tickets: map[helpdesk.TicketID]*lifeTicket{}, said: map[string][]helpdesk.TicketID{}, told: map[string]bool{}}
	ctx := t.Context()
	skills := map[helpdesk.Skill]int{"general": 3, "billing": 3}
	_, err := d.SaveTeam(ctx, helpdesk.Team{ID: "money", Name: "Money", Categories: []helpdesk.Category{helpdesk.Billing}})
	require.NoError(t, err)
	for i, id := range lifeAgents { // a is the manager, b sees the team's tickets and own ones
		a := helpdesk.Agent{ID: id, Name: "Agent " + string(id), Email: string(id) + "@desk.example", Skills: skills, Capacity: 2, Manager: i == 0, Restricted: i == 1}
		if i == 1 {
			a.Teams = []helpdesk.TeamID{"money"}
		}
		_, err := d.SaveAgent(ctx, a)
		require.NoError(t, err)
	}
	org, err := d.SaveOrganisation(ctx, helpdesk.Organisation{Name: "Acme"})
	require.NoError(t, err)
	for i, name := range []string{"kim", "lee", "max", "zoe", "out"} {
		p := &lifePerson{email: name + "@example.com", colleagues: i == 2}
		if i == 0 || i == 2 {
			p.org = org.ID
		}
		c, err := d.SaveCustomer(ctx, helpdesk.Customer{
			Name: name, Addresses: []helpdesk.Address{{Channel: helpdesk.ChannelEmail, Value: p.email}}, Organisation: p.org, Colleagues: p.colleagues,
		})
		require.NoError(t, err)
		p.id = c.ID
		l.people = append(l.people, p)
	}
	d.Drain()
	return l
}

func (l *life) person(email string) *lifePerson {
	return l.people[slices.IndexFunc(l.people, func(p *lifePerson) bool { return p.email == email })]
}

func (l *life) customer(p *lifePerson) *helpdesk.Desk {
	return l.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: p.email})
}

// say returns a text that nobody has said before.
func (l *life) say() string { return fmt.Sprintf("Text %d.", len(l.said)+1) }

// add learns of a new ticket. One that follows another has its people.
func (l *life) add(t *rapid.T, id helpdesk.TicketID, requester *lifePerson, cc ...*lifePerson) {
	if l.tickets[id] != nil {
		return
	}
	th, err := l.Thread(t.Context(), id)
	require.NoError(t, err)
	n := &lifeTicket{requester: requester, org: th.Ticket.Organisation}
	if over := l.tickets[helpdesk.TicketID(th.Events[0].From)]; over != nil {
		n.requester, cc = over.requester, over.cc
	}
	n.copied(cc...)
	l.tickets[id], l.ids = n, append(l.ids, id)
}

// ticket draws a ticket, as a rule one on which a command has something to do.
func (l *life) ticket(t *rapid.T, what string) helpdesk.TicketID {
	fit := slices.DeleteFunc(slices.Clone(l.ids), func(id helpdesk.TicketID) bool {
		ticket, err := l.Ticket(t.Context(), id)
		require.NoError(t, err)
		switch what {
		case "unmerge":
			return ticket.MergedInto == ""
		case "reopen":
			return ticket.Status.Open() || ticket.MergedInto != ""
		case "leave":
			return len(ticket.Cc) == 0
		case "unlink":
			return len(ticket.Links) == 0
		case "answer":
			return false
		}
		return ticket.MergedInto != ""
	})
	if len(fit) == 0 || rapid.IntRange(0, 9).Draw(t, "any") == 0 {
		fit = l.ids
	}
	return rapid.SampledFrom(fit).Draw(t, "ticket")
}

// act runs one random command.
func (l *life) act(t *rapid.T) error {
	ctx, text := t.Context(), l.say()
	p, q := rapid.SampledFrom(l.people).Draw(t, "customer"), rapid.SampledFrom(l.people).Draw(t, "other customer")
	l.doer = rapid.SampledFrom(lifeAgents).Draw(t, "agent")
	agent := l.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(l.doer)})
	opens := func(d *helpdesk.Desk) error {
		ticket, err := d.Open(ctx, helpdesk.OpenParams{Subject: "x", Description: text, Customer: helpdesk.Contact{Email: p.email}})
		if err == nil {
			l.add(t, ticket.ID, p)
			l.said[text] = []helpdesk.TicketID{ticket.ID}
		}
		return err
	}
	if len(l.ids) == 0 {
		l.doer = ""
		return opens(l.customer(p))
	}
	what := rapid.SampledFrom([]string{
		"open", "open for", "answer", "answer", "reply", "ask", "note", "resolve", "reopen", "close", "take", "release", "away", "category",
		"merge", "join", "unmerge", "split", "cc", "requester", "leave", "follow", "unfollow", "merge customers", "unmerge customers", "link", "unlink",
	}).Draw(t, "what")
	id, other := l.ticket(t, what), rapid.SampledFrom(l.ids).Draw(t, "other ticket")
	one, two := l.tickets[id], l.tickets[other]
	if what == "leave" && len(one.cc) > 0 {
		p = rapid.SampledFrom(one.cc).Draw(t, "in cc")
	} else if what == "answer" && !p.sees(one) {
		p = rapid.SampledFrom(append([]*lifePerson{one.requester}, one.cc...)).Draw(t, "participant")
	}
	switch what {
	case "open":
		l.doer = ""
		return opens(l.customer(p))
	case "open for":
		return opens(agent)
	case "answer":
		l.doer = ""
		got, err := l.customer(p).Reply(ctx, id, helpdesk.ReplyParams{Body: text})
		if err == nil {
			l.add(t, got.ID, p)
			l.said[text] = []helpdesk.TicketID{got.ID}
		}
		return err
	case "reply", "ask":
		got, err := agent.Reply(ctx, id, helpdesk.ReplyParams{Body: text, Waiting: rapid.Bool().Draw(t, "waiting")})
		if err == nil {
			l.said[text] = []helpdesk.TicketID{got.ID}
		}
		return err
	case "note":
		return second(agent.Note(ctx, id, "Secret. @"+string(rapid.SampledFrom(lifeAgents).Draw(t, "named"))))
	case "resolve":
		return second(agent.Resolve(ctx, id, "done"))
	case "reopen":
		return second(agent.Reopen(ctx, id))
	case "close":
		return second(agent.SetStatus(ctx, id, helpdesk.StatusClosed))
	case "take":
		return second(agent.Take(ctx, id))
	case "release":
		return second(agent.Reassign(ctx, id, ""))
	case "away":
		return second(l.SetAway(ctx, l.doer, rapid.Bool().Draw(t, "away"), time.Time{}))
	case "category":
		return second(agent.SetCategory(ctx, id, rapid.SampledFrom([]helpdesk.Category{"", helpdesk.Billing}).Draw(t, "category")))
	case "merge", "join":
		var opts []helpdesk.MergeOption
		joins := rapid.Bool().Draw(t, "joins")
		if joins {
			opts = append(opts, helpdesk.JoinCustomer)
		}
		err := second(agent.Merge(ctx, id, other, opts...))
		if err == nil {
			one.into, one.had = other, two.cc
			if joins || one.requester == two.requester {
				two.copied(slices.Concat(two.cc, one.cc, []*lifePerson{one.requester})...)
			}
		}
		return err
	case "unmerge":
		err := second(agent.Unmerge(ctx, id))
		if err == nil {
			into := l.tickets[one.into]
			into.copied(slices.DeleteFunc(slices.Clone(into.cc), func(p *lifePerson) bool {
				return (p == one.requester || slices.Contains(one.cc, p)) && !slices.Contains(one.had, p)
			})...)
			one.into = ""
		}
		return err
	case "split":
		th, err := agent.Thread(ctx, id)
		if err != nil {
			return err
		}
		var chosen []string
		for _, m := range th.Messages {
			if (m.Kind == helpdesk.FromCustomer || m.Kind == helpdesk.InternalNote) && rapid.Bool().Draw(t, "chosen") {
				chosen = append(chosen, m.ID)
			}
		}
		got, err := agent.Split(ctx, id, helpdesk.SplitParams{Messages: chosen})
		if err == nil && l.tickets[got.ID] == nil {
			l.add(t, got.ID, one.requester, one.cc...)
			for _, m := range th.Messages {
				if slices.Contains(chosen, m.ID) && m.Kind.Public() {
					l.said[m.Body] = append(l.said[m.Body], got.ID)
				}
			}
		}
		return err
	case "cc":
		cc := rapid.SliceOfNDistinct(rapid.SampledFrom(l.people), 0, 3, rapid.ID).Draw(t, "cc")
		var list []helpdesk.Contact
		for _, p := range cc {
			list = append(list, helpdesk.Contact{Email: p.email})
		}
		err := second(agent.Edit(ctx, id, helpdesk.TicketEdit{Cc: &list}))
		if err == nil {
			one.copied(cc...)
		}
		return err
	case "requester":
		got, err := agent.Edit(ctx, id, helpdesk.TicketEdit{Customer: &helpdesk.Contact{Email: p.email}})
		if err == nil && one.requester != p {
			one.requester, one.org = p, got.Organisation
			one.copied(one.cc...)
		}
		return err
	case "leave":
		l.doer = ""
		err := l.customer(p).Leave(ctx, id)
		if err == nil {
			one.copied(slices.DeleteFunc(slices.Clone(one.cc), p.same)...)
		}
		return err
	case "follow":
		return second(agent.Edit(ctx, id, helpdesk.TicketEdit{Followers: ptr(rapid.SliceOfNDistinct(rapid.SampledFrom(lifeAgents), 0, 3, rapid.ID).Draw(t, "followers"))}))
	case "unfollow":
		return agent.Leave(ctx, id)
	case "merge customers":
		err := second(l.MergeCustomer(ctx, p.id, q.id))
		if err == nil {
			p.into = q
		}
		return err
	case "unmerge customers":
		if i := slices.IndexFunc(l.people, func(p *lifePerson) bool { return p.into != nil }); i >= 0 {
			p = l.people[i]
		}
		err := second(l.UnmergeCustomer(ctx, p.id))
		if err == nil {
			p.into = nil
		}
		return err
	case "link":
		return second(agent.Link(ctx, id, rapid.SampledFrom(helpdesk.LinkKinds).Draw(t, "kind"), other))
	case "unlink":
		ticket, err := l.Ticket(ctx, id)
		if err == nil && len(ticket.Links) > 0 {
			link := rapid.SampledFrom(ticket.Links).Draw(t, "its link")
			err = second(agent.Unlink(ctx, id, link.Kind, link.Ticket))
		}
		return err
	}
	return nil
}

// check tests what always holds.
func (l *life) check(t *rapid.T) {
	wrong, err := l.LoadDrift(t.Context())
	require.NoError(t, err)
	require.Empty(t, wrong)
	links := map[helpdesk.TicketID][]helpdesk.Link{}
	for ticket, err := range l.All(t.Context(), helpdesk.Query{}) {
		require.NoError(t, err)
		n := l.tickets[ticket.ID]
		require.NotNil(t, n, "a ticket that no command has opened: %+v", ticket)
		require.Equal(t, n.requester.email, ticket.Customer.Email)
		var cc []string
		for _, p := range n.cc {
			cc = append(cc, p.email)
		}
		slices.Sort(cc)
		require.Equal(t, cc, emailsOf(ticket.Cc), "those in Cc of %s", ticket.ID)
		require.Equal(t, n.into, ticket.MergedInto)
		if ticket.Status.Open() {
			require.Equal(t, ticket.Assignee == "" && ticket.Status != helpdesk.StatusWaiting, !ticket.QueuedAt.IsZero(), "%+v", ticket)
		}
		links[ticket.ID] = ticket.Links
	}
	for id := range links {
		for _, link := range links[id] {
			require.True(t, slices.ContainsFunc(links[link.Ticket], func(o helpdesk.Link) bool { return o.Ticket == id && o.Kind == link.Kind.Opposite() }), "one side: %+v", link)
			if link.Kind == helpdesk.LinkCausedBy || link.Kind == helpdesk.LinkDuplicateOf {
				require.False(t, leads(links, link.Kind, link.Ticket, id), "a circle over %s", id)
			}
		}
	}
	for _, p := range l.people {
		l.look(t, p)
	}
	l.listen(t)
}

func emailsOf(list []helpdesk.Contact) (emails []string) {
	for _, c := range list {
		emails = append(emails, c.Email)
	}
	return emails
}

// leads reports whether links of a kind lead from a ticket to another.
func leads(links map[helpdesk.TicketID][]helpdesk.Link, kind helpdesk.LinkKind, from, to helpdesk.TicketID) bool {
	return from == to || slices.ContainsFunc(links[from], func(l helpdesk.Link) bool { return l.Kind == kind && leads(links, kind, l.Ticket, to) })
}

// look reads every ticket as a customer.
func (l *life) look(t *rapid.T, p *lifePerson) {
	for _, id := range l.ids {
		n := l.tickets[id]
		th, err := l.customer(p).Thread(t.Context(), id)
		if !p.sees(n) {
			require.ErrorIs(t, err, helpdesk.ErrNotFound, "%s reads ticket %s", p.email, id)
			continue
		}
		require.NoError(t, err, "%s reads ticket %s", p.email, id)
		require.Empty(t, th.Ticket.Links)
		shown := map[string]bool{}
		for _, m := range th.Messages {
			from := l.tickets[m.Ticket]
			require.True(t, m.Ticket == id || p.sees(from) || from.requester.same(n.requester), "%s reads %q of ticket %s on %s", p.email, m.Body, m.Ticket, id)
			require.Contains(t, l.said[m.Body], m.Ticket, "%s reads %q", p.email, m.Body)
			shown[m.Body] = true
		}
		for text, where := range l.said {
			if slices.Contains(where, id) {
				require.True(t, shown[text], "%s does not read %q on %s", p.email, text, id)
			}
		}
	}
}

// listen tests the notices since the last time.
func (l *life) listen(t *rapid.T) {
	agents, err := l.Agents(t.Context())
	require.NoError(t, err)
	for _, n := range l.Notices.All() {
		require.False(t, l.told[n.Key], "twice: %+v", n)
		l.told[n.Key] = true
		ticket := l.tickets[n.Ticket.ID]
		reached := map[string]bool{}
		for _, to := range append(slices.Clone(n.To), n.Cc...) {
			require.False(t, reached[to.Email], "%s is told twice by one notice: %+v", to.Email, n)
			reached[to.Email] = true
			if to.Agent == "" {
				p := l.person(to.Email)
				require.True(t, p == ticket.requester || slices.Contains(ticket.cc, p), "%s is told of %s: %+v", to.Email, n.Ticket.ID, n)
				continue
			}
			own := n.Kind == helpdesk.NoticeAnswered || n.Kind == helpdesk.NoticeTaken || n.Kind == helpdesk.NoticeFollowed || n.Kind == helpdesk.NoticeMentioned
			require.False(t, own && to.Agent == l.doer && n.At.Equal(l.Clock.Now()), "%s is told of own doings: %+v", to.Agent, n)
			i := slices.IndexFunc(agents, func(a helpdesk.Agent) bool { return a.ID == to.Agent })
			mine := !agents[i].Restricted || n.Ticket.Category == helpdesk.Billing || n.Ticket.Assignee == to.Agent || n.Kind == helpdesk.NoticeTaken
			require.True(t, mine, "%s is told of a ticket that is out of scope: %+v", to.Agent, n)
		}
		if n.Kind.ToCustomer() && strings.HasPrefix(n.Text, "Text ") {
			require.Contains(t, l.said[n.Text], n.Ticket.ID, "%+v", n)
		}
	}
	l.Notices.Reset()
}

func TestLifeMachine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		l := newLife(r, t)
		for range rapid.IntRange(15, 30).Draw(r, "steps") {
			err := l.act(r)
			if err != nil && !errors.Is(err, helpdesk.ErrInvalid) && !errors.Is(err, helpdesk.ErrNotFound) && !errors.Is(err, helpdesk.ErrForbidden) && !errors.Is(err, helpdesk.ErrConflict) {
				r.Fatal(err)
			}
			l.Drain()
			l.check(r)
			if wait := rapid.SampledFrom([]time.Duration{0, 0, time.Minute, 3 * time.Hour, 80 * time.Hour}).Draw(r, "wait"); wait > 0 {
				l.doer = ""
				l.Advance(wait)
				l.check(r)
			}
		}
	})
}
