package chaos

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// world is one run of the test.
type world struct {
	t       testing.TB
	url     string // of the database
	db      *bun.DB
	store   *bunstore.Store
	checker string   // URL of the host's parts
	log     *os.File // of all processes
	book    book

	mu      sync.Mutex
	live    []*process        // that clients send commands to
	tickets []ticket          // opened so far
	broken  map[string]string // answers of parts that do not work
	ahead   map[string]int64  // seconds by which the clock of a process is ahead
	deaf    atomic.Bool       // some recipients do not answer

	started, acknowledged, deliveries, faults, faultNumber atomic.Int64
	samples, away                                          int // looks at the invariants, and those that found no database
	kinds                                                  map[string]int
}

const processes = 5

// Processes serve commands and run tasks while everything around them breaks. What is acknowledged
// is kept, nothing happens twice, and nothing is forgotten: see invariants.sql.
func TestNothingIsLostOrDoneTwiceWhateverBreaks(t *testing.T) {
	length := 32 * time.Second
	if text := os.Getenv("HELPDESK_CHAOS"); text != "" { // make chaos
		var err error
		length, err = time.ParseDuration(text)
		require.NoError(t, err)
	}
	w := &world{t: t, url: dbtest.PostgresDurableURL(t), broken: map[string]string{}, ahead: map[string]int64{}, kinds: map[string]int{}}
	w.db = dbtest.Open(t, w.url)
	w.db.SetMaxIdleConns(2) // after a crash each costs a sample
	w.store = prepare(t, w.db)
	host := w.host()
	t.Cleanup(host.Close)
	t.Cleanup(host.CloseClientConnections)
	w.checker = host.URL
	var err error
	w.log, err = os.CreateTemp("", "helpdesk-chaos-*.log")
	require.NoError(t, err)
	defer w.log.Close()
	stream, err := newReader(t.Context(), w.store)
	require.NoError(t, err)

	w.ahead["p001"], w.ahead["p002"] = 600, -600
	for range processes {
		w.start()
	}
	t.Cleanup(w.killAll)
	load, stop := context.WithTimeout(t.Context(), length)
	defer stop()
	var working sync.WaitGroup
	for range clients {
		working.Go(func() { w.client(load) })
	}
	working.Go(func() { w.breakThings(load, length) })
	ended := make(chan struct{})
	go func() {
		working.Wait()
		close(ended)
	}()
	for running := true; running && !t.Failed(); {
		begun := time.Now()
		w.sample(stream, false)
		select {
		case <-ended:
			running = false
		case <-time.After(max(time.Second, 4*time.Since(begun))):
		}
	}
	stop()
	<-ended
	w.settle(stream)
	w.killAll()
	if t.Failed() {
		t.Logf("the log of the processes is %s", w.log.Name())
	} else if os.Getenv("HELPDESK_CHAOS") == "" {
		os.Remove(w.log.Name())
	}
	var kinds []string
	for _, kind := range slices.Sorted(maps.Keys(w.kinds)) {
		kinds = append(kinds, fmt.Sprintf("%s %d", kind, w.kinds[kind]))
	}
	line := fmt.Sprintf("chaos: %v, %d commands acknowledged, %d tickets, %d notices, %d samples of %d invariants (%d without a database), %d processes, %d faults: %s",
		length, w.acknowledged.Load(), len(w.tickets), w.deliveries.Load(), w.samples, len(invariants), w.away, w.started.Load(), w.faults.Load(), strings.Join(kinds, ", "))
	fmt.Println(line)
	require.Greater(t, w.samples-w.away, int(length/time.Minute)+4)
	require.Greater(t, w.acknowledged.Load(), int64(length/time.Second))
}

// sample writes down what has happened and looks at the invariants. It returns what is broken.
func (w *world) sample(stream *reader, atEnd bool) map[string][]string {
	ctx, end := context.WithTimeout(context.Background(), time.Minute)
	defer end()
	err := stream.read(ctx, &w.book)
	if err == nil {
		err = w.book.write(ctx, w.db)
	}
	var found map[string][]string
	if err == nil {
		err = w.db.RunInTx(ctx, repeatable, func(ctx context.Context, tx bun.Tx) (err error) {
			found, err = broken(ctx, tx, atEnd)
			return err
		})
	}
	if w.samples++; err != nil {
		w.away++
		fmt.Fprintf(w.log, "sample: %v\n", err)
		if _, out := w.kinds["crash of the database"]; !out {
			w.t.Errorf("look at the invariants: %v", err)
		}
		return map[string][]string{"sample": {err.Error()}}
	}
	if !atEnd {
		w.report(found)
	}
	return found
}

func (w *world) report(found map[string][]string) {
	for _, i := range invariants {
		if rows := found[i.name]; len(rows) > 0 {
			w.t.Errorf("%s: %s\n\t%s", i.name, i.proves, strings.Join(rows, "\n\t"))
		}
	}
}

// settle waits until the desk has caught up.
func (w *world) settle(stream *reader) {
	var found map[string][]string
	for begun := time.Now(); time.Since(begun) < 75*time.Second; time.Sleep(500 * time.Millisecond) {
		if found = w.sample(stream, true); len(found) == 0 {
			w.t.Logf("caught up after %v", time.Since(begun).Round(time.Second))
			return
		}
	}
	w.report(found)
	w.t.Errorf("the desk has not caught up: %v", slices.Sorted(maps.Keys(found)))
}

func (w *world) killAll() {
	w.mu.Lock()
	all := slices.Clone(w.live)
	w.mu.Unlock()
	for _, p := range all {
		_ = p.cmd.Process.Signal(syscall.SIGKILL)
		w.end(p)
	}
}
