package memstore_test

import (
	"context"
	"fmt"
	"log"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// A desk for a test or a trial: it is gone when the process ends.
func Example() {
	ctx := context.Background()
	desk, err := helpdesk.New(memstore.New(), nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, subject := range []string{"Charged twice", "Refund for order 17"} {
		if _, err := desk.Open(ctx, helpdesk.OpenParams{Subject: subject}); err != nil {
			log.Fatal(err)
		}
	}
	for t, err := range desk.All(ctx, helpdesk.Query{Order: helpdesk.Oldest}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(t.Subject, t.Status)
	}
	// Output:
	// Charged twice new
	// Refund for order 17 new
}
