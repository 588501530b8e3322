package httpapi

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Notice is a notice to the acting agent.
type Notice struct {
	Ticket *string   `json:"ticket_id"`
	Kind   string    `json:"kind" enum:"assigned,answered,mentioned,taken,followed,at_risk,breached,unassigned,unanswered,escalated,held,bounced,budget" doc:"What happened"`
	Urgent bool      `json:"urgent"`
	By     *string   `json:"by" doc:"The agent who did it; null when it was somebody else"`
	At     time.Time `json:"at"`
	Read   bool      `json:"read"`
}

type noticesInput struct {
	Unread bool   `query:"unread" doc:"Only those that are not read"`
	Ticket string `query:"ticket" doc:"Id or reference"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"25" doc:"At most so many on a page"`
	Cursor string `query:"cursor" doc:"next_cursor of the page before, with the same filters"`
}

type noticesOutput struct {
	Body struct {
		Notices []Notice `json:"notices" nullable:"false" doc:"Latest first, of the last 30 days"`
		Unread  int      `json:"unread" doc:"How many of all are not read, up to 100"`
		Next    *string  `json:"next_cursor" doc:"Null on the last page"`
	}
}

func (h *Handler) notices(ctx context.Context, c *call, in *noticesInput) (*noticesOutput, error) {
	q := helpdesk.NoticeQuery{Unread: in.Unread, Limit: in.Limit, After: in.Cursor}
	if in.Ticket != "" {
		id, err := c.find(ctx, in.Ticket)
		if err != nil {
			return nil, err
		}
		q.Ticket = id
	}
	page, err := c.desk.AgentNotices(ctx, q)
	if err != nil {
		return nil, err
	}
	unread, err := c.desk.UnreadNotices(ctx)
	if err != nil {
		return nil, err
	}
	out := &noticesOutput{}
	out.Body.Notices, out.Body.Next = []Notice{}, maybe(page.Next)
	for _, n := range unread {
		out.Body.Unread += n
	}
	for _, n := range page.Notices {
		out.Body.Notices = append(out.Body.Notices, Notice{
			Ticket: maybe(string(n.Ticket)), Kind: string(n.Kind), Urgent: n.Urgent, By: maybe(string(n.By)), At: n.At, Read: n.Read,
		})
	}
	return out, nil
}

type readNoticesInput struct {
	Body struct {
		Ticket string    `json:"ticket,omitempty" doc:"Id or reference: only those of this ticket"`
		Until  time.Time `json:"until,omitzero" doc:"Only those of events up to this time; now when nothing is said"`
	}
}

func (h *Handler) readNotices(ctx context.Context, c *call, in *readNoticesInput) (*struct{}, error) {
	var id helpdesk.TicketID
	if in.Body.Ticket != "" {
		var err error
		if id, err = c.find(ctx, in.Body.Ticket); err != nil {
			return nil, err
		}
	}
	return nil, c.desk.ReadNotices(ctx, "", id, in.Body.Until)
}

type noticeWays struct {
	Notices map[string]string `json:"notices" doc:"mail or page by kind of notice; mail is both. A kind that is left out of a request has mail"`
}

type noticeWaysInput struct{ Body noticeWays }

type noticeWaysOutput struct{ Body noticeWays }

func (h *Handler) noticeSettings(ctx context.Context, c *call, _ *struct{}) (*noticeWaysOutput, error) {
	ways, err := c.desk.NoticeWays(ctx, "")
	out := &noticeWaysOutput{noticeWays{map[string]string{}}}
	for kind, way := range ways {
		out.Body.Notices[string(kind)] = string(way)
	}
	return out, err
}

func (h *Handler) saveNoticeSettings(ctx context.Context, c *call, in *noticeWaysInput) (*noticeWaysOutput, error) {
	ways := map[helpdesk.NoticeKind]helpdesk.NoticeWay{}
	for kind, way := range in.Body.Notices {
		ways[helpdesk.NoticeKind(kind)] = helpdesk.NoticeWay(way)
	}
	if err := c.desk.SaveNoticeWays(ctx, "", ways); err != nil {
		return nil, err
	}
	return h.noticeSettings(ctx, c, nil)
}
