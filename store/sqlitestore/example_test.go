package sqlitestore_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/sqlitestore"
)

// A desk in a file, which is still there when the program starts again.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	for _, subject := range []string{"Charged twice", "Refund for order 17"} {
		store, err := sqlitestore.Open(filepath.Join(dir, "helpdesk.db"))
		if err != nil {
			log.Fatal(err)
		}
		desk, err := helpdesk.New(store, nil)
		if err != nil {
			log.Fatal(err)
		}
		if _, err := desk.Open(ctx, helpdesk.OpenParams{Subject: subject}); err != nil {
			log.Fatal(err)
		}
		page, err := desk.Tickets(ctx, helpdesk.Query{})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(len(page.Tickets))
		if err := store.Close(); err != nil {
			log.Fatal(err)
		}
	}
	// Output:
	// 1
	// 2
}
