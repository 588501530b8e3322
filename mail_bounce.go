package helpdesk

import (
	"cmp"
	"context"
	"fmt"
	"strings"
)

// bounce marks the mail of a delivery report and adds the report to its ticket. It opens no ticket.
func (a *arrival) bounce(ctx context.Context) (*Mail, error) {
	sent, err := a.reported(ctx)
	if err != nil {
		return nil, err
	}
	if sent == nil {
		return a.aside(ctx, MailSuppressed, "it reports on no mail of this desk: "+cmp.Or(a.in.Reason, "delivery report"))
	}
	t, err := a.find(ctx, sent.Ticket)
	if err != nil {
		return nil, err // never ErrNotFound: a record names only existing tickets
	}
	failed := len(a.in.Failed) > 0
	return a.onto(ctx, t, func(f *filing, x *draft) {
		to := cmp.Or(strings.Join(a.in.Failed, ", "), sent.Address)
		text := fmt.Sprintf("A mail to %s has not arrived yet.", to)
		if failed {
			text = fmt.Sprintf("A mail to %s did not arrive.", to)
		}
		m := f.remark(x, text)
		f.record(x, MailNoted, cmp.Or(a.in.Reason, "delivery report"))
		if !failed {
			return
		}
		// Read the record again: it may have been erased. If that fails, so will the commit.
		if back, err := a.mailRecord(ctx, sent.ID); err == nil && back.Outcome != MailBounced {
			back.Outcome, back.Reason = MailBounced, oneLine(text, 500)
			x.c.Mail = append(x.c.Mail, *back)
			x.notify(notice{Key: m, Kind: NoticeBounced, Audience: toAssignee, Text: text})
		}
	})
}

// reported returns the mail of this desk that a delivery report is about; nil when there is none.
func (a *arrival) reported(ctx context.Context) (*Mail, error) {
	about := a.in.Bounced
	if len(about) == 0 {
		about = append(a.in.InReplyTo, a.in.References...)
	}
	if len(about) == 0 {
		return nil, nil
	}
	page, err := a.store.Mails(ctx, MailQuery{Tenant: a.tenant, MessageIDs: about, Limit: mostIDs})
	for _, m := range page.Mails {
		if m.Outcome.out() && m.Ticket != "" {
			return &m, err
		}
	}
	return nil, err
}
