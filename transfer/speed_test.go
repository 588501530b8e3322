package transfer_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/transfer"
)

// TestSpeed prints the numbers of docs/transfer.md. make soak runs it.
func TestSpeed(t *testing.T) {
	if os.Getenv("HELPDESK_SOAK") == "" {
		t.Skip("HELPDESK_SOAK is not set")
	}
	n := 10_000
	if v, err := strconv.Atoi(os.Getenv("TRANSFER_TICKETS")); err == nil {
		n = v
	}
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%d","subject":"Ticket %d","description":"The printer on floor %d eats paper.","status":"solved","category":"technical","customer_name":"Kim","customer_email":"kim%d@example.com","agent":"ana@example.com","created_at":"2024-01-01T09:00:00Z","resolved_at":"2024-01-02T09:00:00Z","comments":[`, i, i, i%40, i%2000)
		for c := range 5 {
			fmt.Fprintf(&b, `%s{"id":"%d","author_email":"%s","body":"Words of comment %d of ticket %d: does it still happen?","created_at":"2024-01-01T1%d:00:00Z"}`,
				map[bool]string{true: ","}[c > 0], c, []string{"ana@example.com", fmt.Sprintf("kim%d@example.com", i%2000)}[c%2], c, i, c)
		}
		b.WriteString("]}\n")
	}
	onEveryStoreInTurn(t, func(t *testing.T, store helpdesk.Store) {
		d := newDesk(t, store)
		for _, what := range []string{"first", "again"} {
			start := time.Now()
			result, err := transfer.Import(t.Context(), d.Desk, strings.NewReader(b.String()), nil)
			require.NoError(t, err)
			require.Equal(t, n, result.Added+result.Unchanged)
			t.Logf("import, %s: %.0f tickets a minute", what, float64(n)/time.Since(start).Minutes())
		}
		start := time.Now()
		require.NoError(t, transfer.Tenant(t.Context(), d.Desk, discard{}, nil))
		t.Logf("export: %.0f tickets a minute", float64(n)/time.Since(start).Minutes())
		for callers, n := range map[int]int{1: 2000, 8: 8000} {
			start := time.Now()
			var wg sync.WaitGroup
			for c := range callers {
				wg.Go(func() { saveCustomers(t.Context(), t, d, callers, c, n) })
			}
			wg.Wait()
			t.Logf("SaveCustomer, %d callers: %.0f a minute", callers, float64(n)/time.Since(start).Minutes())
		}
	})
}

func saveCustomers(ctx context.Context, t *testing.T, d *helpdesktest.Desk, callers, c, n int) {
	for i := c; i < n; i += callers {
		_, err := d.SaveCustomer(ctx, helpdesk.Customer{
			HostID: fmt.Sprintf("%d-%d", callers, i), Name: "Lee", Addresses: []helpdesk.Address{{Value: fmt.Sprintf("lee%d.%d@example.org", callers, i)}},
		})
		if err != nil {
			t.Error(err)
			return
		}
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
