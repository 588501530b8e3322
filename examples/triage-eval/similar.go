package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/classifytest"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/store/sqlitestore"
)

// similarResult is the output of -json for -similar.
type similarResult struct {
	*classifytest.SimilarReport
	Store       string  `json:"store"`
	Tickets     int     `json:"tickets"`      // the tickets that are searched
	LoadSeconds float64 `json:"load_seconds"` // time to open, resolve and index all of them
}

// ranked is the number of similar tickets to ask for: the deepest rank that is measured.
const ranked = 10

// evalSimilar resolves all tickets of -data on a desk and measures what it finds for each pair.
func (o *options) evalSimilar(ctx context.Context) error {
	tickets, err := readTickets(o.data)
	if err != nil {
		return err
	}
	relevant, err := readPairs(o.similar)
	if err != nil {
		return err
	}
	store, done, err := o.openStore()
	if err != nil {
		return err
	}
	defer done()
	quiet := slog.New(slog.DiscardHandler)
	desk, err := helpdesk.New(store, &helpdesk.Config{
		CloseAfter: -1, Logger: quiet, Similar: similar.New(&similar.Config{Logger: quiet}),
	})
	if err != nil {
		return err
	}
	start := time.Now()
	all, err := load(ctx, desk, tickets, progress(o.stderr, "loading"))
	if err != nil {
		return fmt.Errorf("%s: %w", o.data, err)
	}
	loaded := time.Since(start)
	report, err := classifytest.SimilarScore(ctx, tickets, relevant, all.rank, &classifytest.Config{
		Workers: o.workers, Progress: progress(o.stderr, "searching"),
	})
	if err != nil {
		return fmt.Errorf("%s: %w", o.similar, err)
	}
	if report.Failed == report.N {
		return fmt.Errorf("each of the %d queries failed; the first: %s", report.N, report.Failures[0].Error)
	}
	if o.json {
		return o.printJSON(&similarResult{report, o.store, len(tickets), loaded.Seconds()})
	}
	if err := o.more("%d resolved tickets of %s, in %s, loaded in %.1f s", len(tickets), o.data, o.store, loaded.Seconds()); err != nil {
		return err
	}
	return report.WriteText(o.stdout)
}

// readPairs reads which tickets belong together; the error names the file.
func readPairs(name string) (map[string][]string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err // has the name of the file
	}
	var pairs map[string][]string
	if err := json.Unmarshal(text, &pairs); err != nil {
		return nil, fmt.Errorf("%s is not an object of ids and lists of ids: %w", name, err)
	}
	return pairs, nil
}

// openStore makes an empty store, and returns a function that removes it.
func (o *options) openStore() (helpdesk.Store, func(), error) {
	if o.store == "memory" {
		return memstore.New(), func() {}, nil
	}
	dir, err := os.MkdirTemp("", "triage-eval-")
	if err != nil {
		return nil, nil, err
	}
	store, err := sqlitestore.Open(filepath.Join(dir, "desk.db"))
	if err != nil {
		os.RemoveAll(dir)
		return nil, nil, err
	}
	return store, func() {
		store.Close()
		os.RemoveAll(dir)
	}, nil
}

// loaded are tickets on a desk.
type loaded struct {
	desk   *helpdesk.Desk
	byID   map[string]helpdesk.TicketID
	nameOf map[helpdesk.TicketID]string
}

// load opens and resolves each ticket, and has the desk index all of them.
func load(ctx context.Context, desk *helpdesk.Desk, tickets []classifytest.Ticket, tell func(done, total int)) (*loaded, error) {
	l := &loaded{desk, map[string]helpdesk.TicketID{}, map[helpdesk.TicketID]string{}}
	for i, t := range tickets {
		p := openParams(t)
		opened, err := desk.Open(ctx, p)
		if err == nil {
			_, err = desk.Resolve(ctx, opened.ID, "resolved")
		}
		if err != nil {
			return nil, fmt.Errorf("ticket %q: %w", t.ID, err)
		}
		l.byID[t.ID], l.nameOf[opened.ID] = opened.ID, t.ID
		if tell != nil {
			tell(i+1, len(tickets))
		}
	}
	_, err := desk.Tick(ctx)
	return l, errors.Join(err, ctx.Err())
}

// openParams makes a ticket acceptable to a desk: a subject of one non-empty line, and a text of at
// most a MiB.
func openParams(t classifytest.Ticket) helpdesk.OpenParams {
	subject, text := line(t.Subject), strings.ReplaceAll(t.Body, "\x00", "")
	if subject == "" {
		subject = line(text)
	}
	if subject == "" {
		subject = "(no text)"
	}
	if runes := []rune(subject); len(runes) > helpdesk.MaxSubject {
		subject = string(runes[:helpdesk.MaxSubject-1]) + "…"
	}
	if len(text) > helpdesk.MaxText {
		text = text[:helpdesk.MaxText]
		for !utf8.ValidString(text[max(0, len(text)-utf8.UTFMax):]) && len(text) > 0 {
			text = text[:len(text)-1]
		}
	}
	return helpdesk.OpenParams{Subject: subject, Description: text}
}

func line(s string) string {
	if len(s) > 4096 {
		s = strings.ToValidUTF8(s[:4096], "")
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// rank returns the ids of the tickets most like this one.
func (l *loaded) rank(ctx context.Context, t classifytest.Ticket) ([]string, error) {
	found, err := l.desk.Similar(ctx, l.byID[t.ID], ranked)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found))
	for i, s := range found {
		ids[i] = l.nameOf[s.Ticket]
	}
	return ids, nil
}
