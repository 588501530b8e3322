package helpdesk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/macro"
	"github.com/helpdesk-go/helpdesk/report"
)

const (
	rita = helpdesk.AgentID("rita@example.com") // restricted, in the team of billing
	lena = helpdesk.AgentID("lena@example.com") // leads the team of billing
)

// divided is a desk with the teams money (billing) and machines (technical), and one ticket each of
// some kinds, by name. Rita sees mine and held alone. Every word of a ticket names its kind.
func divided(t *testing.T, store helpdesk.Store, cfg *helpdesk.Config) (*helpdesktest.Desk, map[string]helpdesk.TicketID) {
	t.Helper()
	d := hire(helpdesktest.New(t, store, cfg))
	for _, team := range []helpdesk.Team{
		{ID: "money", Name: "Money", Categories: []helpdesk.Category{helpdesk.Billing}},
		{ID: "machines", Name: "Machines", Categories: []helpdesk.Category{helpdesk.Technical}},
	} {
		_, err := d.SaveTeam(t.Context(), team)
		require.NoError(t, err)
	}
	edit(t, d, ben, func(a *helpdesk.Agent) { a.Teams = []helpdesk.TeamID{"machines"} })
	edit(t, d, ana, func(a *helpdesk.Agent) { a.Away = true })
	d.Hire(
		helpdesk.Agent{Name: "Rita", Email: string(rita), Skills: map[helpdesk.Skill]int{"general": 3, "billing": 3, "account": 3}, Teams: []helpdesk.TeamID{"money"}, Restricted: true},
		helpdesk.Agent{Name: "Lena", Email: string(lena), Teams: []helpdesk.TeamID{"money"}, Away: true})
	ids := map[string]helpdesk.TicketID{}
	for kind, category := range map[string]helpdesk.Category{
		"mine": helpdesk.Billing, "held": helpdesk.Technical, "theirs": helpdesk.Technical, "unbound": helpdesk.Account, "untold": "",
	} {
		ids[kind] = open(t, d, helpdesk.OpenParams{Subject: kind + " kiln", Description: kind + " words: the kiln smokes, and stays cold whatever button somebody presses", Category: category}).ID
	}
	for kind, agent := range map[string]helpdesk.AgentID{"mine": lena, "held": rita, "theirs": ben, "unbound": ben, "untold": ben} {
		_, err := d.Reassign(t.Context(), ids[kind], agent)
		require.NoError(t, err)
	}
	d.Drain()
	return d, ids
}

// hidden are the kinds of ticket that Rita does not see.
var hidden = []string{"theirs", "unbound", "untold"}

func TestARestrictedAgentReadsTicketsOfOwnTeamsAndThoseHeld(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d, ids := divided(t, store, nil)
		kinds := func(list ...helpdesk.TicketID) (names []string) {
			for name, id := range ids {
				if slices.Contains(list, id) {
					names = append(names, name)
				}
			}
			slices.Sort(names)
			return names
		}
		pages := func(page helpdesk.Page, err error) []string {
			t.Helper()
			require.NoError(t, err)
			var list []helpdesk.TicketID
			for _, one := range page.Tickets {
				list = append(list, one.ID)
			}
			return kinds(list...)
		}
		ctx, all := t.Context(), []string{"held", "mine", "theirs", "unbound", "untold"}
		lead := d.As(helpdesk.Actor{Role: helpdesk.RoleLead, ID: string(lena)})
		for _, c := range []struct {
			who  *helpdesk.Desk
			sees []string
		}{{asAgent(d, rita), []string{"held", "mine"}}, {asAgent(d, ben), all}, {lead, all}, {d.Desk, all}} {
			every := helpdesk.Query{Limit: 100}
			require.Equal(t, c.sees, pages(c.who.Tickets(ctx, every)))
			require.Equal(t, c.sees, pages(c.who.Search(ctx, "kiln", every)))
			every.Scope = &helpdesk.Scope{Categories: []helpdesk.Category{helpdesk.Technical}}
			if len(c.sees) == 2 {
				require.Equal(t, c.sees, pages(c.who.Tickets(ctx, every)), "nobody widens the own scope")
			}
			n, err := c.who.Count(ctx, 100, helpdesk.Query{})
			require.NoError(t, err)
			require.Len(t, c.sees, n[0])
			var listed, told []helpdesk.TicketID
			for one, err := range c.who.All(ctx, helpdesk.Query{}) {
				require.NoError(t, err)
				listed = append(listed, one.ID)
			}
			require.Equal(t, c.sees, kinds(listed...))
			for e, err := range c.who.Events(ctx, helpdesk.EventQuery{}) {
				require.NoError(t, err)
				told = append(told, e.Ticket)
			}
			require.Equal(t, c.sees, kinds(told...))
		}
	})
}

// deeds are all that agents do to one ticket.
func deeds(ctx context.Context, d *helpdesk.Desk, id, other helpdesk.TicketID) map[string]error {
	with := helpdesk.ReplyParams{Body: "Hello"}
	return map[string]error{
		"Ticket": second(d.Ticket(ctx, id)), "Thread": second(d.Thread(ctx, id)), "Similar": second(d.Similar(ctx, id, 1)),
		"Clocks": second(d.Clocks(ctx, id)), "assign.Explain": second(assign.Explain(ctx, d, id)),
		"Attachment": func() error { _, _, err := d.Attachment(ctx, id, helpdesk.BlobID(strings.Repeat("0", 32))); return err }(),
		"Reply":      second(d.Reply(ctx, id, with)), "Note": second(d.Note(ctx, id, "x")), "Take": second(d.Take(ctx, id)),
		"Reassign": second(d.Reassign(ctx, id, rita)), "Escalate": second(d.Escalate(ctx, id, "x")), "EndLinks": second(d.EndLinks(ctx, id)), "AcceptSender": second(d.AcceptSender(ctx, id)),
		"SetStatus": second(d.SetStatus(ctx, id, helpdesk.StatusWaiting)), "SetPriority": second(d.SetPriority(ctx, id, helpdesk.Urgent)),
		"SetCategory": second(d.SetCategory(ctx, id, helpdesk.Billing)), "SetTags": second(d.SetTags(ctx, id, []string{"x"})),
		"Resolve": second(d.Resolve(ctx, id, "x")), "Reopen": second(d.Reopen(ctx, id)), "Decline": second(d.Decline(ctx, id, "x")),
		"Triage": second(d.Triage(ctx, id)), "Merge": second(d.Merge(ctx, id, other)), "Unmerge": second(d.Unmerge(ctx, id)), "Split": second(d.Split(ctx, id, helpdesk.SplitParams{Messages: []string{"x"}})), "IfVersion": second(d.IfVersion(77).Note(ctx, id, "x")),
	}
}

func TestARestrictedAgentFindsNoOtherTicketWhateverTheyDo(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		d, ids := divided(t, store, nil)
		none := helpdesk.TicketID("0195a1b2-0000-7000-8000-000000000000")
		before := map[string]int64{}
		for _, kind := range hidden {
			before[kind] = read(t, d, ids[kind]).Version
		}
		missing := deeds(t.Context(), asAgent(d, rita), none, ids["mine"])
		for _, kind := range hidden {
			for name, err := range deeds(t.Context(), asAgent(d, rita), ids[kind], ids["mine"]) {
				require.ErrorIs(t, err, helpdesk.ErrNotFound, "%s %s", name, kind)
				require.Equal(t, missing[name].Error(), strings.ReplaceAll(err.Error(), string(ids[kind]), string(none)), "%s %s", name, kind)
			}
			_, err := asAgent(d, rita).Merge(t.Context(), ids["mine"], ids[kind])
			require.ErrorIs(t, err, helpdesk.ErrNotFound)
			require.Equal(t, before[kind], read(t, d, ids[kind]).Version, "nothing was done to it")
		}
		for _, kind := range []string{"mine", "held"} {
			for name, err := range deeds(t.Context(), asAgent(d, rita), ids[kind], ids["mine"]) {
				if name != "Attachment" {
					require.NotErrorIs(t, err, helpdesk.ErrNotFound, "%s %s", name, kind)
				}
			}
		}
	})
}

func TestSimilarTicketsOfARestrictedAgentAreInTheirScope(t *testing.T) {
	t.Parallel()
	d, ids := divided(t, nil, nil)
	for _, id := range ids {
		if id != ids["mine"] {
			_, err := d.Resolve(t.Context(), id, "Fired the kiln")
			require.NoError(t, err)
		}
	}
	d.Drain()
	like := func(who *helpdesk.Desk) []helpdesk.Solved {
		list, err := who.Similar(t.Context(), ids["mine"], 10)
		require.NoError(t, err)
		return list
	}
	require.Len(t, like(asAgent(d, ben)), 4)
	require.Len(t, like(asAgent(d, rita)), 1)
	require.Equal(t, ids["held"], like(asAgent(d, rita))[0].Ticket)
}

func TestARestrictedAgentDecidesOnMailsOfVisibleTicketsAlone(t *testing.T) {
	t.Parallel()
	d, ids := divided(t, nil, mailed())
	mails := map[string]helpdesk.Mail{}
	for kind, id := range ids {
		require.NoError(t, second(asAgent(d, ben).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Which kiln?"})))
		sent, err := d.Mails(t.Context(), helpdesk.MailQuery{Ticket: id, Notice: []helpdesk.NoticeKind{helpdesk.NoticeReply}})
		require.NoError(t, err)
		in := mail("1@"+kind+".example", "eve@example.com", "Re: kiln", kind+" mail")
		in.InReplyTo = []string{sent.Mails[0].MessageID}
		m := receive(t, d, in)
		require.Equal(t, id, m.Ticket)
		require.Equal(t, helpdesk.MailHeld, m.Outcome)
		mails[kind] = *m
	}
	stranger := mail("2@x.example", "", "Hello", "from nobody")
	stranger.Problem = "cannot be read"
	stray := receive(t, d, stranger)
	require.Empty(t, stray.Ticket)
	list := func(who *helpdesk.Desk) (ids []string) {
		page, err := who.Mails(t.Context(), helpdesk.MailQuery{Outcome: []helpdesk.MailOutcome{helpdesk.MailHeld, helpdesk.MailUnreadable, helpdesk.MailSuppressed}, Limit: 100})
		require.NoError(t, err)
		for _, m := range page.Mails {
			ids = append(ids, m.ID)
		}
		return ids
	}
	require.Len(t, list(asAgent(d, ben)), 6)
	require.ElementsMatch(t, []string{mails["mine"].ID, mails["held"].ID}, list(asAgent(d, rita)))
	as := asAgent(d, rita)
	for _, m := range []string{mails["theirs"].ID, stray.ID} {
		require.ErrorIs(t, second(as.Release(t.Context(), m, "")), helpdesk.ErrNotFound)
		require.ErrorIs(t, second(as.Release(t.Context(), m, ids["mine"])), helpdesk.ErrNotFound)
		require.ErrorIs(t, as.Dismiss(t.Context(), m), helpdesk.ErrNotFound)
		_, _, err := as.MailFile(t.Context(), m, helpdesk.BlobID(strings.Repeat("0", 32)))
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
	}
	require.ErrorIs(t, second(as.Release(t.Context(), mails["mine"].ID, ids["theirs"])), helpdesk.ErrNotFound)
	require.NoError(t, second(as.Release(t.Context(), mails["mine"].ID, "")))
	require.NoError(t, as.Dismiss(t.Context(), mails["held"].ID))
}

func TestRulesGiveARestrictedAgentTicketsOfOwnTeamsAlone(t *testing.T) {
	t.Parallel()
	d, ids := divided(t, nil, nil)
	_, err := d.SetAway(t.Context(), ben, true, time.Time{})
	require.NoError(t, err)
	d.Advance(10 * time.Minute)
	for kind, want := range map[string]helpdesk.AgentID{"mine": rita, "held": rita, "theirs": "", "unbound": "", "untold": ""} {
		require.Equal(t, want, read(t, d, ids[kind]).Assignee, kind)
	}
	story, err := assign.Explain(t.Context(), d.Desk, ids["unbound"])
	require.NoError(t, err)
	require.Contains(t, story.String(), "restricted to the categories of own teams")

	_, err = d.Reassign(t.Context(), ids["unbound"], rita) // a person may; holding it shows it
	require.NoError(t, err)
	require.NoError(t, second(asAgent(d, rita).Thread(t.Context(), ids["unbound"])))
	_, err = asAgent(d, rita).Reassign(t.Context(), ids["unbound"], lena)
	require.NoError(t, err)
	require.ErrorIs(t, second(asAgent(d, rita).Ticket(t.Context(), ids["unbound"])), helpdesk.ErrNotFound)
}

func TestAnAgentWhoIsNowRestrictedLosesTicketsOfOtherCategories(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, nil, helpdesk.Agent{ID: ana, Skills: general})
	id := openAt(t, d, 0)
	d.Drain()
	require.Equal(t, ana, read(t, d, id).Assignee)
	edit(t, d, ana, func(a *helpdesk.Agent) { a.Restricted = true })
	require.NoError(t, second(asAgent(d, ana).Ticket(t.Context(), id)), "held until the grace is over")
	d.Advance(10 * time.Minute)
	require.Empty(t, read(t, d, id).Assignee)
}

func TestARestrictedManagerIsToldOfVisibleTicketsAlone(t *testing.T) {
	t.Parallel()
	d, ids := divided(t, nil, nil)
	edit(t, d, rita, func(a *helpdesk.Agent) { a.Manager = true })
	for kind, id := range ids {
		_, err := d.Escalate(t.Context(), id, "Urgent for "+kind)
		require.NoError(t, err)
	}
	d.Drain()
	var told []string
	for _, n := range d.Notices.Of(helpdesk.NoticeEscalated) {
		if slices.ContainsFunc(n.To, func(r helpdesk.Recipient) bool { return r.Agent == rita }) {
			told = append(told, strings.Fields(n.Ticket.Subject)[0])
		}
	}
	require.ElementsMatch(t, []string{"mine", "held"}, told)
}

func TestOnlyAgentsAreRestricted(t *testing.T) {
	t.Parallel()
	d, ids := divided(t, nil, nil)
	for role, err := range map[helpdesk.Role]error{
		helpdesk.RoleAgent: helpdesk.ErrNotFound, helpdesk.RoleLead: helpdesk.ErrNotFound, helpdesk.RoleAdmin: nil, helpdesk.RoleSystem: nil,
	} {
		who := d.As(helpdesk.Actor{Role: role, ID: string(rita)})
		require.ErrorIs(t, second(who.Ticket(t.Context(), ids["theirs"])), err)
		scope, bad := who.Scope(t.Context())
		require.NoError(t, bad)
		require.Equal(t, err == nil, scope == nil)
	}
	scope, err := asAgent(d, rita).Scope(t.Context())
	require.NoError(t, err)
	require.Equal(t, &helpdesk.Scope{Categories: []helpdesk.Category{helpdesk.Billing}, Assignee: rita}, scope)
	_, err = asCustomer(d, kim).Scope(t.Context())
	require.ErrorIs(t, err, helpdesk.ErrForbidden)
}

func TestTheOpenerOfATicketIsToldOfIt(t *testing.T) {
	t.Parallel()
	d, _ := divided(t, nil, nil)
	p := helpdesk.OpenParams{Subject: "By telephone", Category: helpdesk.Technical, IdempotencyKey: "k"}
	first, err := asAgent(d, rita).Open(t.Context(), p)
	require.NoError(t, err)
	again, err := asAgent(d, rita).Open(t.Context(), p)
	require.NoError(t, err)
	require.Equal(t, first.ID, again.ID)
	require.ErrorIs(t, second(asAgent(d, rita).Ticket(t.Context(), first.ID)), helpdesk.ErrNotFound)
}

// TestTheTableOfRights is the table of docs/roles.md.
func TestTheTableOfRights(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		right string
		may   string // first letters of those who may: customer, agent, lead, admin
		do    func(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID) error
	}{
		{"note", "ala", func(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID) error {
			return second(d.Note(ctx, id, "x"))
		}},
		{"reassign", "ala", func(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID) error {
			return second(d.Reassign(ctx, id, ben))
		}},
		{"own availability", "al", func(ctx context.Context, d *helpdesk.Desk, _ helpdesk.TicketID) error {
			return second(d.SetAway(ctx, lena, true, time.Time{}))
		}},
		{"release for another", "-la", func(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID) error {
			return second(d.Decline(ctx, id, "x"))
		}},
		{"availability of the team", "-la", func(ctx context.Context, d *helpdesk.Desk, _ helpdesk.TicketID) error {
			return second(d.SetAway(ctx, rita, true, time.Time{}))
		}},
		{"availability of others", "--a", func(ctx context.Context, d *helpdesk.Desk, _ helpdesk.TicketID) error {
			return second(d.SetAbsences(ctx, ben, nil))
		}},
		{"macros", "-la", func(ctx context.Context, d *helpdesk.Desk, _ helpdesk.TicketID) error {
			_, err := macro.Of(d).Save(ctx, macro.Macro{ID: "m", Name: "M", Body: "x"})
			if err == nil {
				err = macro.Of(d).Remove(ctx, "m")
			}
			return err
		}},
		{"agents", "--a", func(ctx context.Context, d *helpdesk.Desk, _ helpdesk.TicketID) error {
			return second(d.SaveAgent(ctx, helpdesk.Agent{Name: "New", Email: "new@example.com"}))
		}},
		{"teams", "--a", func(ctx context.Context, d *helpdesk.Desk, _ helpdesk.TicketID) error {
			return second(d.SaveTeam(ctx, helpdesk.Team{ID: "new", Name: "New"}))
		}},
		{"SLA", "--a", func(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID) error {
			return second(d.ApplyCurrentSLA(ctx, id))
		}},
		{"other settings", "--a", func(ctx context.Context, d *helpdesk.Desk, _ helpdesk.TicketID) error {
			return second(d.Settings(ctx, helpdesk.SettingQuery{Kind: helpdesk.SettingWebhook}))
		}},
		{"erase", "--a", func(ctx context.Context, d *helpdesk.Desk, _ helpdesk.TicketID) error {
			return second(d.Erase(ctx, "x@example.com"))
		}},
		{"dead tasks", "--a", func(ctx context.Context, d *helpdesk.Desk, _ helpdesk.TicketID) error {
			return second(d.DeadTasks(ctx, 1))
		}},
	} {
		t.Run(c.right, func(t *testing.T) {
			t.Parallel()
			for i, role := range []helpdesk.Role{helpdesk.RoleAgent, helpdesk.RoleLead, helpdesk.RoleAdmin, helpdesk.RoleCustomer} {
				d, ids := divided(t, nil, nil)
				who := d.As(helpdesk.Actor{Role: role, ID: string(lena)})
				err := c.do(t.Context(), who, ids["theirs"])
				if i < len(c.may) && c.may[i] != '-' || role == helpdesk.RoleAdmin && c.right == "own availability" {
					require.NoError(t, err, "%s", role)
				} else {
					require.ErrorIs(t, err, helpdesk.ErrForbidden, "%s", role)
				}
			}
		})
	}
}

func TestALeadReadsTheResultsOfOwnTeams(t *testing.T) {
	t.Parallel()
	d, ids := divided(t, nil, nil)
	for _, id := range ids { // so that all have held one
		for _, agent := range []helpdesk.AgentID{ana, ben, rita, lena} {
			_, err := d.Reassign(t.Context(), id, agent)
			require.NoError(t, err)
		}
	}
	d.Clock.Advance(time.Hour)
	period := report.LastDays(1, d.Clock.Now())
	results := func(role helpdesk.Role, id helpdesk.AgentID) (list []helpdesk.AgentID) {
		r, err := report.New(d.As(helpdesk.Actor{Role: role, ID: string(id)})).Agents(t.Context(), period)
		require.NoError(t, err)
		for _, one := range r.Results {
			list = append(list, one.Agent)
		}
		slices.Sort(list)
		return list
	}
	require.Equal(t, []helpdesk.AgentID{lena}, results(helpdesk.RoleAgent, lena))
	require.Equal(t, []helpdesk.AgentID{lena, rita}, results(helpdesk.RoleLead, lena))
	require.Equal(t, []helpdesk.AgentID{ana}, results(helpdesk.RoleLead, ana), "who is in no team leads nobody")
	require.Len(t, results(helpdesk.RoleAdmin, "boss"), 4)
	require.Equal(t, []helpdesk.AgentID{rita}, results(helpdesk.RoleAgent, rita))

	figures := report.New(asAgent(d, rita))
	for name, err := range map[string]error{
		"overview": second(figures.Overview(t.Context(), period)), "series": second(figures.Series(t.Context(), report.Query{Period: period})),
		"heat map": second(figures.HeatMap(t.Context(), report.Query{Period: period})), "triage": second(figures.Triage(t.Context(), period)),
	} {
		require.ErrorIs(t, err, helpdesk.ErrForbidden, name)
	}
	require.NoError(t, second(report.New(asAgent(d, ben)).Overview(t.Context(), period)))
}

// A stored agent of before has no field for it.
func TestAnAgentIsNotRestrictedUnlessSaid(t *testing.T) {
	t.Parallel()
	var a helpdesk.Agent
	require.NoError(t, json.Unmarshal([]byte(`{"id":"a","teams":["x"]}`), &a))
	require.False(t, a.Restricted)
	text, err := json.Marshal(a)
	require.NoError(t, err)
	require.NotContains(t, fmt.Sprintf("%s", text), "restricted")
}
