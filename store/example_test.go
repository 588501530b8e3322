package store_test

import (
	"fmt"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// A Store ends a page with the place of the last ticket, and begins the next page after that place.
func Example() {
	shown := &helpdesk.Ticket{ID: "0198c2a4-0000-7000-8000-000000000001", Priority: helpdesk.High}
	more := &helpdesk.Ticket{ID: "0198c2a4-0000-7000-8000-000000000002", Priority: helpdesk.Low}
	next := store.CursorAt(helpdesk.Urgency, shown).String()

	after, err := store.ParseCursor(next, helpdesk.Urgency)
	fmt.Println(after.Compare(store.CursorAt(helpdesk.Urgency, more)) < 0, err)
	_, err = store.ParseCursor(next, helpdesk.Newest)
	fmt.Println(err)
	// Output:
	// true <nil>
	// cursor belongs to another order
}

func ExampleWords() {
	fmt.Printf("%q\n", store.Words("Can't log in: LOG attached (2 files)"))
	// Output: ["can" "t" "log" "in" "attached" "2" "files"]
}
