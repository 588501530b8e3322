package archive_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/blobs"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// A program has the archive in its desk's Config, for Erase, and runs it beside the desk.
func Example() {
	folder, _ := os.MkdirTemp("", "archive")
	defer os.RemoveAll(folder)
	files, _ := blobs.Dir(folder)
	old, _ := archive.New(&archive.Config{Blobs: files, After: 365 * 24 * time.Hour})
	clock := helpdesktest.NewClock(helpdesktest.Start)
	desk, _ := helpdesk.New(memstore.New(), &helpdesk.Config{Archive: old, Clock: clock})
	// go old.Run(ctx, desk)

	ctx := context.Background()
	t, _ := desk.Open(ctx, helpdesk.OpenParams{Subject: "Refund", Customer: helpdesk.Contact{Email: "kim@example.com"}})
	_, _ = desk.Resolve(ctx, t.ID, "Paid back.")
	clock.Advance(7 * 24 * time.Hour)
	_, _ = desk.Tick(ctx) // which closes it

	clock.Advance(400 * 24 * time.Hour)
	n, err := old.Sweep(ctx, desk)
	fmt.Println(n, err)
	r, _ := old.Read(ctx, desk, "2026-03")
	lines, _ := io.ReadAll(r)
	fmt.Println(strings.Contains(string(lines), "kim@example.com"))
	n, err = old.Restore(ctx, desk, "2026-03", clock.Now().Add(7*24*time.Hour))
	fmt.Println(n, err)
	// Output:
	// 1 <nil>
	// true
	// 1 <nil>
}
