package email

import (
	"context"

	"github.com/helpdesk-go/helpdesk"
)

// Receiver takes mails in. A *helpdesk.Desk is one.
//
// An error always means a temporary fault of ours: nothing was kept, and the caller has to deliver
// the same mail again. It may also deliver a mail again after a success, which changes nothing.
type Receiver interface {
	Receive(ctx context.Context, in *helpdesk.Incoming) (*helpdesk.Mail, error)
}

// ReceiverFunc makes a Receiver from a function.
type ReceiverFunc func(ctx context.Context, in *helpdesk.Incoming) (*helpdesk.Mail, error)

// Receive calls f.
func (f ReceiverFunc) Receive(ctx context.Context, in *helpdesk.Incoming) (*helpdesk.Mail, error) {
	return f(ctx, in)
}

// Route returns the Receiver of mails to an address. The address is in lower case and may hold a
// reply token: "support+c4k@acme.example". The error helpdesk.ErrNotFound says that the address is
// unknown; any other error is temporary. A mail to several addresses is given once to each
// Receiver; two that are equal by == are one.
type Route func(ctx context.Context, recipient string) (Receiver, error)

// Tenants returns a Route for the desks of many tenants. tenant returns the tenant of an address,
// by the rules of Route, and desk returns that tenant's desk:
//
//	email.Tenants(lookup, func(t helpdesk.TenantID) email.Receiver { return desk.ForTenant(t) })
func Tenants(tenant func(ctx context.Context, recipient string) (helpdesk.TenantID, error), desk func(helpdesk.TenantID) Receiver) Route {
	all := &tenants{desk}
	return func(ctx context.Context, recipient string) (Receiver, error) {
		t, err := tenant(ctx, recipient)
		if err != nil {
			return nil, err
		}
		return tenantDesk{all, t}, nil
	}
}

type tenants struct {
	desk func(helpdesk.TenantID) Receiver
}

// tenantDesk is equal to another one of the same tenant; the desks themselves may not be.
type tenantDesk struct {
	*tenants
	tenant helpdesk.TenantID
}

func (d tenantDesk) Receive(ctx context.Context, in *helpdesk.Incoming) (*helpdesk.Mail, error) {
	return d.desk(d.tenant).Receive(ctx, in)
}
