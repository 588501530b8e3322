package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// importers is how many tickets are triaged at once, which matters when a model is asked.
const importers = 8

// importFile opens and triages each ticket of a file and prints the overview. A ticket that was
// imported before is left as it is, so an import that was cut off can be run again.
func importFile(ctx context.Context, desk *helpdesk.Desk, name string, stdout, stderr io.Writer) error {
	rows, err := readRows(name)
	if err != nil {
		return err
	}
	bar := newProgress(stderr, len(rows), "opening")
	var opened []*helpdesk.Ticket
	for _, r := range rows {
		t, err := desk.Open(ctx, helpdesk.OpenParams{
			Subject: r.Subject, Description: r.Body, Source: helpdesk.SourceAPI,
			Customer:       helpdesk.Contact{Name: r.Name, Email: r.Email},
			IdempotencyKey: filepath.Base(name) + ":" + r.ID,
			TriageAfter:    10 * time.Minute, // done below; should this process die, a later one does it
		})
		if err != nil {
			return &rowError{File: name, Line: r.Line, Err: err}
		}
		if t.TriagedAt.IsZero() {
			opened = append(opened, t)
		}
		bar.add()
	}
	bar = newProgress(stderr, len(opened), "triaging")
	if err := triageAll(ctx, desk, opened, bar); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%d tickets in the file, %d of them triaged now\n\n", len(rows), len(opened))
	o, err := report.New(desk).Overview(ctx, report.LastDays(30, time.Now().Add(time.Second)))
	if err != nil {
		return err
	}
	return report.WriteOverview(stdout, o)
}

// triageAll triages tickets in order, several at once.
func triageAll(ctx context.Context, desk *helpdesk.Desk, tickets []*helpdesk.Ticket, bar *progress) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range importers {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(tickets) {
					return
				}
				if _, err := desk.Triage(ctx, tickets[i].ID); err != nil {
					cancel(err)
				}
				bar.add()
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return errors.Join(errors.New("the import is not complete: run it again"), err)
	}
	return nil
}

// progress shows how far an import is: as a bar on a terminal, else as a line at each tenth.
type progress struct {
	w     io.Writer
	what  string
	total int
	done  atomic.Int64
	bar   *progressbar.ProgressBar
}

func newProgress(w io.Writer, total int, what string) *progress {
	p := &progress{w: w, what: what, total: total}
	if f, ok := w.(*os.File); ok && total > 0 {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
				progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionOnCompletion(func() { fmt.Fprintln(w) }))
		}
	}
	return p
}

func (p *progress) add() {
	n := int(p.done.Add(1))
	switch tenth := max(1, p.total/10); {
	case p.bar != nil:
		p.bar.Add(1)
	case n%tenth == 0 || n == p.total:
		fmt.Fprintf(p.w, "%s %d of %d\n", p.what, n, p.total)
	}
}
