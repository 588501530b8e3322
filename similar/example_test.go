package similar_test

import (
	"context"
	"fmt"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// An agent asks how tickets like a new one were solved.
func Example() {
	ctx := context.Background()
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{Similar: similar.New(nil)})
	if err != nil {
		panic(err)
	}
	open := func(subject string) *helpdesk.Ticket {
		t, err := desk.Open(ctx, helpdesk.OpenParams{Subject: subject})
		if err != nil {
			panic(err)
		}
		return t
	}
	if _, err := desk.Resolve(ctx, open("VPN drops every hour").ID, "Set the keepalive to 20 seconds."); err != nil {
		panic(err)
	}
	if _, err := desk.Resolve(ctx, open("Printer is out of paper").ID, "Filled the tray."); err != nil {
		panic(err)
	}
	if _, err := desk.Tick(ctx); err != nil { // indexes them; a service calls desk.Run
		panic(err)
	}

	solved, err := desk.Similar(ctx, open("My VPN drops").ID, 1)
	if err != nil {
		panic(err)
	}
	for _, s := range solved {
		fmt.Printf("%s: %s\n", s.Subject, s.Resolution)
	}
	// Output:
	// VPN drops every hour: Set the keepalive to 20 seconds.
}
