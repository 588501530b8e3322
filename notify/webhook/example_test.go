package webhook_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// A receiver verifies the bytes before it reads them, and a Notifier calls it.
func Example() {
	secret := webhook.NewSecret()
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil {
			http.Error(w, "too long", http.StatusBadRequest)
			return
		}
		if err := webhook.Verify(r.Header, body, []string{secret}, helpdesk.SystemClock.Now()); err != nil {
			http.Error(w, "not from the desk", http.StatusUnauthorized)
			return
		}
		fmt.Println(r.Header.Get("webhook-id"), len(body) > 0)
	}))
	defer receiver.Close()

	notifier, err := webhook.New(&webhook.Config{
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, // the receiver is on this machine
		Endpoints: func(ctx context.Context, tenant helpdesk.TenantID) ([]webhook.Endpoint, error) {
			return []webhook.Endpoint{{URL: receiver.URL, Secrets: []string{secret}}}, nil
		},
	})
	if err != nil {
		panic(err)
	}
	err = notifier.Notify(context.Background(), &helpdesk.Notification{ // as the desk does
		Key: "reply-1", Kind: helpdesk.NoticeReply, Text: "It is on its way.", Ticket: &helpdesk.Ticket{Ref: "7Q2M-X4KD"},
	})
	fmt.Println(err)
	// Output:
	// reply-1 true
	// <nil>
}

func ExampleVerify() {
	header := http.Header{}
	header.Set("webhook-id", "msg_1")
	header.Set("webhook-timestamp", "1614265330")
	header.Set("webhook-signature", "v1,bm90IHRoZSByaWdodCBvbmU=")
	fmt.Println(webhook.Verify(header, []byte(`{}`), []string{secret}, sentAt))
	// Output:
	// webhook: signature does not fit
}

// An admin keeps a webhook, and exchanges its secret: the old one goes on signing beside the new
// one until the receiver knows that.
func ExampleOf() {
	ctx := context.Background()
	desk, err := helpdesk.New(memstore.New(), nil)
	if err != nil {
		panic(err)
	}
	hooks := webhook.Of(desk.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@acme.example"}))
	crm, err := hooks.Save(ctx, webhook.Endpoint{ID: "crm", Name: "CRM", URL: "https://crm.acme.example/in?key=1"})
	if err != nil {
		panic(err)
	}
	fmt.Println(crm, len(crm.Secrets))
	if crm, err = hooks.RotateSecret(ctx, "crm"); err != nil {
		panic(err)
	}
	fmt.Println(crm, len(crm.Secrets))
	if crm, err = hooks.RetireSecret(ctx, "crm"); err != nil {
		panic(err)
	}
	fmt.Println(crm, len(crm.Secrets))
	// Output:
	// webhook "crm" at crm.acme.example 1
	// webhook "crm" at crm.acme.example 2
	// webhook "crm" at crm.acme.example 1
}
