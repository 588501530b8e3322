package helpdesk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

func TestANoteMentionsAgentsAndTeams(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	ctx := t.Context()
	_, err := d.SaveTeam(ctx, helpdesk.Team{ID: "money", Name: "Money", Categories: []helpdesk.Category{helpdesk.Billing}})
	require.NoError(t, err)
	d.Hire(
		helpdesk.Agent{Name: "Cleo Öz", Email: "cleo@example.com", Teams: []helpdesk.TeamID{"money"}},
		helpdesk.Agent{Name: "Dan", Email: "ana@other.example", Teams: []helpdesk.TeamID{"money"}, Restricted: true},
	)
	for note, want := range map[string][]string{
		"@BEN, look":             {string(ben)},
		"@cleo öz and @cleo":     {"cleo@example.com"},
		"@Money":                 {"cleo@example.com"}, // Dan does not see the ticket
		"@Ana is me, @nobody":    nil,
		"mail to ben@ben please": nil,
	} {
		d.Notices.Reset()
		id := open(t, d, helpdesk.OpenParams{Category: helpdesk.Account}).ID
		_, err := asAgent(d, ana).Note(ctx, id, note)
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, want, toldOf(d, helpdesk.NoticeMentioned), note)
		var followers []string
		for _, f := range read(t, d, id).Followers {
			followers = append(followers, string(f))
		}
		require.Equal(t, want, followers, note)
	}
}

func TestFollowersAndHoldersAreToldAndNobodyOfOwnDoings(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		d.Hire(helpdesk.Agent{Name: "Cleo", Email: "cleo@example.com"})
		const cleo = helpdesk.AgentID("cleo@example.com")
		id, other := open(t, d, helpdesk.OpenParams{}).ID, open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		_, err := asAgent(d, ana).Edit(ctx, id, helpdesk.TicketEdit{Assignee: ptr(ana), Followers: &[]helpdesk.AgentID{ben, cleo}})
		require.NoError(t, err)
		step := func(kind helpdesk.NoticeKind, want []helpdesk.AgentID, act func() error) {
			t.Helper()
			d.Advance(10 * time.Minute)
			d.Notices.Reset()
			require.NoError(t, act())
			d.Advance(3 * time.Minute)
			var names []string
			for _, w := range want {
				names = append(names, string(w))
			}
			require.ElementsMatch(t, names, toldOf(d, kind), kind)
		}
		step(helpdesk.NoticeAnswered, []helpdesk.AgentID{ana, ben, cleo}, func() error {
			return second(asCustomer(d, kim).Reply(ctx, id, helpdesk.ReplyParams{Body: "Hello?"}))
		})
		step(helpdesk.NoticeTaken, []helpdesk.AgentID{ana}, func() error { return second(asAgent(d, ben).Take(ctx, id)) })
		step(helpdesk.NoticeTaken, nil, func() error { return second(asAgent(d, ben).Reassign(ctx, id, ana)) })
		step(helpdesk.NoticeAnswered, []helpdesk.AgentID{ana, cleo}, func() error { return second(asAgent(d, ben).Merge(ctx, other, id)) })
		step(helpdesk.NoticeFollowed, []helpdesk.AgentID{cleo}, func() error { return second(asAgent(d, ben).Resolve(ctx, id, "Done.")) })
		step(helpdesk.NoticeAnswered, []helpdesk.AgentID{ana, ben}, func() error { return second(asAgent(d, cleo).Reopen(ctx, id)) })
	})
}

func TestOfACustomerWhoWritesEveryMinuteAgentsAreToldEveryTwo(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		id := open(t, d, helpdesk.OpenParams{}).ID
		_, err := asAgent(d, ana).Take(t.Context(), id)
		require.NoError(t, err)
		d.Drain()
		d.Notices.Reset()
		for i := range 6 {
			_, err := asCustomer(d, kim).Reply(t.Context(), id, helpdesk.ReplyParams{Body: fmt.Sprint("Message ", i)})
			require.NoError(t, err)
			d.Advance(time.Minute)
		}
		var texts []string
		for _, n := range d.Notices.Of(helpdesk.NoticeAnswered) {
			texts = append(texts, n.Text)
		}
		require.Equal(t, []string{"Message 0", "Message 2", "Message 4"}, texts)
	})
}
