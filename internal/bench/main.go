// Command bench measures a desk beside plain SQL that writes or reads the same rows in the
// same tables of the same server, and prints the result as a table. The server is a private
// PostgreSQL that waits for the disk at each commit; it goes when the program ends.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/dbtest"
)

// section is one part of the table; it adds lines to it.
type section struct {
	name string
	run  func(ctx context.Context, b *bench) error
}

var sections = []section{
	{"deadline", deadlines},
	{"open", openTickets},
	{"limits", limits},
	{"mail", receiveMails},
	{"models", openBesideModels},
	{"due", tickDue},
	{"due over tenants", dueOverTenants},
	{"assign", assignTickets},
	{"list", listQueue},
	{"search", searchWords},
	{"similar", similarTickets},
	{"idle", tickIdle},
	{"neighbours", neighbours},
	{"bytes", bytesOfTickets},
	{"overview", overview},
	{"reports", reports},
	{"pages", pages},
	{"streams", streams},
	{"idle streams", idleStreams},
}

// bench is one run.
type bench struct {
	url   string           // of the server
	sizes []int            // numbers of tickets, the largest last
	quick bool             // few rounds
	sites map[string]*site // made so far, by name
	table table            // so far
	round time.Duration    // how long a round of writing takes
}

func main() {
	quick := flag.Bool("quick", false, "at most 20,000 tickets instead of a million")
	only := flag.String("run", "", "only the parts whose name matches this regular expression: deadline, open, limits, models, assign, due, due over tenants, list, search, similar, idle, neighbours, bytes, overview, reports, pages, streams, idle streams")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *quick, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, quick bool, only string) error {
	match, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	b := &bench{sizes: []int{10_000, 100_000, 1_000_000}, quick: quick, sites: map[string]*site{}, round: 2 * time.Second}
	if quick {
		b.sizes, b.round = []int{10_000, 20_000}, 500*time.Millisecond
	}
	progress("starting PostgreSQL")
	if b.url, err = dbtest.Start(true); err != nil {
		return err
	}
	for _, s := range sections {
		if !match.MatchString(s.name) {
			continue
		}
		if err := s.run(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	b.table.print(os.Stdout)
	return machine(ctx, b.url, os.Stdout)
}

// rounds returns how often each side is measured.
func (b *bench) rounds(n int) int {
	if b.quick {
		return min(n, 3)
	}
	return n
}

// largest is the greatest number of tickets of this run.
func (b *bench) largest() int { return b.sizes[len(b.sizes)-1] }

var began = time.Now()

// progress tells a person who waits what is going on.
func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "%6.1fs  %s\n", time.Since(began).Seconds(), fmt.Sprintf(format, args...))
}
