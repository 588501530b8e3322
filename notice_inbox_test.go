package helpdesk_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

func TestANoticeToAnAgentIsInThePagesOnceAndIsTheAgentsOwn(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		id, other := open(t, d, helpdesk.OpenParams{}).ID, open(t, d, helpdesk.OpenParams{}).ID
		_, err := asAgent(d, ana).Edit(ctx, id, helpdesk.TicketEdit{Assignee: ptr(ana), Followers: &[]helpdesk.AgentID{ben}})
		require.NoError(t, err)
		d.Advance(10 * time.Minute)
		mine, bens := asAgent(d, ana), asAgent(d, ben)
		for _, a := range []*helpdesk.Desk{mine, bens} {
			require.NoError(t, a.ReadNotices(ctx, "", "", time.Time{}))
		}
		unread := func(a *helpdesk.Desk) (kinds []helpdesk.NoticeKind) {
			t.Helper()
			page, err := a.AgentNotices(ctx, helpdesk.NoticeQuery{Unread: true})
			require.NoError(t, err)
			for _, n := range page.Notices {
				kinds = append(kinds, n.Kind)
			}
			count, err := a.UnreadNotices(ctx)
			require.NoError(t, err)
			n := 0
			for _, one := range count {
				n += one
			}
			require.Len(t, kinds, n, "the number is that of the list")
			return kinds
		}

		d.Notices.Fail(errors.New("the mail server is away"))
		_, err = asCustomer(d, kim).Reply(ctx, id, helpdesk.ReplyParams{Body: "Hello?"})
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, []helpdesk.NoticeKind{helpdesk.NoticeAnswered}, unread(mine), "while no mail goes out")
		d.Notices.Fail(nil)
		d.Advance(10 * time.Minute)
		require.NotEmpty(t, toldOf(d, helpdesk.NoticeAnswered))
		require.Equal(t, []helpdesk.NoticeKind{helpdesk.NoticeAnswered}, unread(mine), "once, however often it was tried")
		require.Equal(t, []helpdesk.NoticeKind{helpdesk.NoticeAnswered}, unread(bens))

		_, err = bens.Note(ctx, other, "@Ana, see this")
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, []helpdesk.NoticeKind{helpdesk.NoticeMentioned, helpdesk.NoticeAnswered}, unread(mine), "latest first")
		page, err := mine.AgentNotices(ctx, helpdesk.NoticeQuery{Ticket: other, Limit: 1})
		require.NoError(t, err)
		require.Equal(t, ben, page.Notices[0].By)
		require.NoError(t, mine.ReadNotices(ctx, "", id, time.Time{}))
		require.Equal(t, []helpdesk.NoticeKind{helpdesk.NoticeMentioned}, unread(mine))
		require.NoError(t, mine.ReadNotices(ctx, "", "", page.Notices[0].At.Add(-time.Second)))
		require.Len(t, unread(mine), 1, "what came after the agent looked stays unread")
		require.Len(t, unread(bens), 1, "another agent's are left alone")

		_, err = mine.AgentNotices(ctx, helpdesk.NoticeQuery{Agent: ben})
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		require.ErrorIs(t, mine.ReadNotices(ctx, ben, "", time.Time{}), helpdesk.ErrForbidden)
		_, err = mine.UnreadNotices(ctx, ana, ben)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		_, err = asCustomer(d, kim).AgentNotices(ctx, helpdesk.NoticeQuery{})
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		all, err := d.UnreadNotices(ctx, ana, ben)
		require.NoError(t, err)
		require.Equal(t, map[helpdesk.AgentID]int{ana: 1, ben: 1}, all)
		_, err = d.AgentNotices(ctx, helpdesk.NoticeQuery{})
		require.Equal(t, "agent", helpdesk.Fields(err)[0].Field, "the host names the agent")
		theirs, err := d.ForTenant("other").UnreadNotices(ctx, ana)
		require.NoError(t, err)
		require.Empty(t, theirs)

		d.Clock.Advance(helpdesk.NoticesKept + time.Hour)
		require.Empty(t, unread(mine), "old notices are not kept")
	})
}

func TestAnAgentChoosesKindsThatComeInThePagesAlone(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		mine := asAgent(d, ana)
		ways, err := mine.NoticeWays(ctx, "")
		require.NoError(t, err)
		require.Len(t, ways, len(helpdesk.AgentNoticeKinds()))
		for _, way := range ways {
			require.Equal(t, helpdesk.NoticeByMail, way)
		}
		for field, bad := range map[string]map[helpdesk.NoticeKind]helpdesk.NoticeWay{
			"notices.mentiond":  {"mentiond": helpdesk.NoticeByPage},
			"notices.reply":     {helpdesk.NoticeReply: helpdesk.NoticeByPage}, // goes to customers
			"notices.mentioned": {helpdesk.NoticeMentioned: "none"},
		} {
			err := mine.SaveNoticeWays(ctx, "", bad)
			require.ErrorIs(t, err, helpdesk.ErrInvalid)
			require.Equal(t, field, helpdesk.Fields(err)[0].Field)
		}
		require.ErrorIs(t, mine.SaveNoticeWays(ctx, ben, nil), helpdesk.ErrForbidden)
		require.NoError(t, mine.SaveNoticeWays(ctx, "", map[helpdesk.NoticeKind]helpdesk.NoticeWay{helpdesk.NoticeAnswered: helpdesk.NoticeByPage}))
		ways, err = mine.NoticeWays(ctx, "")
		require.NoError(t, err)
		require.Equal(t, helpdesk.NoticeByPage, ways[helpdesk.NoticeAnswered])

		id := open(t, d, helpdesk.OpenParams{}).ID
		_, err = mine.Edit(ctx, id, helpdesk.TicketEdit{Assignee: ptr(ana), Followers: &[]helpdesk.AgentID{ben}})
		require.NoError(t, err)
		d.Drain()
		_, err = asCustomer(d, kim).Reply(ctx, id, helpdesk.ReplyParams{Body: "Hello?"})
		require.NoError(t, err)
		_, err = asAgent(d, ben).Note(ctx, id, "@Ana, see this")
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, []string{string(ben)}, toldOf(d, helpdesk.NoticeAnswered))
		require.Equal(t, []string{string(ana)}, toldOf(d, helpdesk.NoticeMentioned), "any other kind comes by mail")
		page, err := mine.AgentNotices(ctx, helpdesk.NoticeQuery{Ticket: id})
		require.NoError(t, err)
		require.True(t, slices.ContainsFunc(page.Notices, func(n helpdesk.AgentNotice) bool { return n.Kind == helpdesk.NoticeAnswered }))
	})
}

func TestACustomersNoticesKnowTheirZoneAndLanguage(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Drain()
		_, err := d.SaveCustomer(ctx, helpdesk.Customer{Addresses: []helpdesk.Address{{Channel: helpdesk.ChannelEmail, Value: kim}}, Language: "de", Zone: "Europe/Berlin"})
		require.NoError(t, err)
		_, err = asAgent(d, ana).Reply(ctx, id, helpdesk.ReplyParams{Body: "Hello."})
		require.NoError(t, err)
		d.Drain()
		require.Equal(t, []helpdesk.Recipient{{Name: "Kim", Email: kim, Zone: "Europe/Berlin", Language: "de"}}, d.Notices.Of(helpdesk.NoticeReply)[0].To)
	})
}
