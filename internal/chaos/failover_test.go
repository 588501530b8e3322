package chaos

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// The primary ends, the standby takes over, and clients go on with one URL that names both. With a
// synchronous standby no acknowledged command is lost. Without, those are lost whose rows had not
// arrived: all of the last two seconds where the link was silent for so long. docs/scale.md has the
// numbers that this prints.
func TestFailoverLosesNothingThatASynchronousStandbyHas(t *testing.T) {
	if os.Getenv("HELPDESK_CHAOS") == "" {
		t.Skip("make chaos runs it: it starts six servers")
	}
	for _, c := range []struct {
		synchronous bool
		silent      time.Duration
	}{{true, 0}, {true, 2 * time.Second}, {false, 0}, {false, 2 * time.Second}} {
		t.Run(fmt.Sprintf("synchronous %v, link silent for %v", c.synchronous, c.silent), func(t *testing.T) {
			acknowledged, lost, doubled, gap := failover(t, c.synchronous, c.silent)
			fmt.Printf("failover: synchronous %v, link silent for %v: %d commands acknowledged, %d lost, %d doubled, longest time without an answer %v\n",
				c.synchronous, c.silent, acknowledged, lost, doubled, gap.Round(10*time.Millisecond))
			require.Zero(t, doubled)
			if c.synchronous {
				require.Zero(t, lost)
			} else if c.silent > 0 {
				require.NotZero(t, lost, "the test would see a loss")
			}
		})
	}
}

func failover(t *testing.T, synchronous bool, silent time.Duration) (acknowledged, lost, doubled int, gap time.Duration) {
	var link *proxy
	pair := dbtest.NewPair(t, synchronous, func(address string) string {
		link, address = newProxy(t, "postgres://"+address)
		return link.listener.Addr().String()
	})
	defer link.close()
	db := dbtest.Open(t, pair.URL)
	store, err := bunstore.New(db, nil)
	require.NoError(t, err)
	require.NoError(t, store.Migrate(t.Context()))
	desk, err := helpdesk.New(store, &helpdesk.Config{Similar: nil})
	require.NoError(t, err)

	var mu sync.Mutex
	at := map[string]time.Time{} // by token, when it was acknowledged
	last := time.Now()
	load, stop := context.WithCancel(t.Context())
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			for load.Err() == nil {
				word := token()
				for load.Err() == nil { // again and again, with the same key
					ctx, end := context.WithTimeout(load, 3*time.Second)
					_, err := desk.Open(ctx, helpdesk.OpenParams{Subject: word, IdempotencyKey: word})
					end()
					if err == nil {
						mu.Lock()
						at[word] = time.Now()
						gap, last = max(gap, time.Since(last)), time.Now()
						mu.Unlock()
						break
					}
					time.Sleep(20 * time.Millisecond)
				}
			}
		})
	}
	time.Sleep(3 * time.Second)
	if silent > 0 {
		link.silence(true)
		time.Sleep(silent)
	}
	require.NoError(t, pair.Fail())
	time.Sleep(6 * time.Second)
	stop()
	clients.Wait()
	var there []string
	require.NoError(t, db.NewRaw("SELECT subject FROM helpdesk_tickets").Scan(t.Context(), &there))
	found := map[string]int{}
	for _, word := range there {
		if found[word]++; found[word] > 1 {
			doubled++
		}
	}
	for word := range at {
		if found[word] == 0 {
			lost++
		}
	}
	return len(at), lost, doubled, gap
}
