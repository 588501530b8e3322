package webhook

import (
	"context"
	"crypto/rand"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// testKind is what Test sends; no notice of a desk has it.
const testKind helpdesk.NoticeKind = "test"

// Test posts one signed notification of the type "test", about a made-up ticket, to an endpoint as
// it is given, whether it is Off or not, and returns the status of the answer. Requests go where
// those of Notify may. An error is an [*Error] that says why there was no answer; ErrAddress may be
// among it. Nothing is tried again or recorded.
//
// It is what webui.Config.TestWebhook takes. Who may call it is the caller's to see to.
func (n *Notifier) Test(ctx context.Context, tenant helpdesk.TenantID, e Endpoint) (status int, err error) {
	now := instant.Of(n.cfg.Clock.Now())
	note := &helpdesk.Notification{
		Key: "test/" + rand.Text(), Tenant: tenant, Kind: testKind, Text: "This is a test of the webhook.", At: now,
		Ticket: &helpdesk.Ticket{
			ID: "00000000-0000-0000-0000-000000000000", Ref: "0000-0000", Subject: "Test", Source: helpdesk.SourceAPI, Status: helpdesk.StatusNew,
			Priority: helpdesk.Medium, Customer: helpdesk.Contact{Name: "Kim Lee", Email: "kim@example.com"}, CreatedAt: now, UpdatedAt: now,
		},
	}
	body, err := encode(note)
	if err != nil {
		return 0, err
	}
	if status, err = n.post(ctx, &e, note.Key, body); err != nil {
		err = (&target{e, true}).failed(err)
	}
	return status, err
}
