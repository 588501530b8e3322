package main

import (
	"archive/zip"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/transfer"
)

// importFile imports a file, does what is due of it, and prints what came of it and the overview.
// An import that was cut off can be run again.
func importFile(ctx context.Context, desk *helpdesk.Desk, name, source, people string, stdout, stderr io.Writer) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if source == "" {
		source = strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	}
	bar := newProgress(stderr, int(info.Size()), "importing")
	cfg := &transfer.Config{Source: source, Progress: func(r transfer.Result) { bar.to(r.Bytes) }}
	for _, name := range strings.FieldsFunc(people, func(r rune) bool { return r == ',' }) {
		p, err := os.Open(name)
		if err != nil {
			return err
		}
		defer p.Close()
		cfg.People = append(cfg.People, p)
	}
	result, err := transfer.Import(ctx, desk, f, cfg)
	for _, p := range result.Problems {
		fmt.Fprintf(stderr, "%s: %v\n", name, p)
	}
	if err != nil {
		return fmt.Errorf("the import is not complete: run it again: %w", err)
	}
	for done := 1; done > 0; { // triage, assignment, and the index of solved tickets
		if done, err = desk.Tick(ctx); err != nil {
			return err
		}
	}
	fmt.Fprintf(stdout, "%d tickets in the file: %d added, %d updated, %d unchanged, %d skipped, %d failed\n",
		result.Rows, result.Added, result.Updated, result.Unchanged, result.Skipped, result.Failed)
	for what, names := range map[string]map[string]int{"Not kept": result.Ignored, "No agent here": result.Strangers} {
		for _, name := range slices.Sorted(maps.Keys(names)) {
			fmt.Fprintf(stderr, "%s: %s, in %d tickets\n", what, name, names[name])
		}
	}
	fmt.Fprintln(stdout)
	o, err := report.New(desk).Overview(ctx, report.LastDays(30, time.Now().Add(time.Second)))
	if err == nil {
		err = report.WriteOverview(stdout, o)
	}
	if err == nil && result.Failed > 0 {
		err = fmt.Errorf("%d tickets of %s failed", result.Failed, name)
	}
	return err
}

// exportFile writes the desk as JSON Lines, or the data of a person as a zip. It never replaces a
// file.
func exportFile(ctx context.Context, desk *helpdesk.Desk, old *archive.Archive, name, person string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	if person == "" {
		err = transfer.Tenant(ctx, desk, b, &transfer.TenantConfig{Archive: old})
	} else {
		cfg := &transfer.PersonConfig{}
		if old != nil {
			cfg.Archive = old
		}
		z := zip.NewWriter(b)
		if err = transfer.Person(ctx, desk, person, z, cfg); err == nil {
			err = z.Close()
		}
	}
	if err = errors.Join(err, b.Flush(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(name)) // a part of it is of no use
	}
	return nil
}

// progress shows how far something is: as a bar on a terminal, else as a line at each tenth.
type progress struct {
	w     io.Writer
	what  string
	total int64
	done  int64
	bar   *progressbar.ProgressBar
}

func newProgress(w io.Writer, total int, what string) *progress {
	p := &progress{w: w, what: what, total: int64(max(total, 1))}
	if f, ok := w.(*os.File); ok && total > 0 {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.bar = progressbar.NewOptions64(p.total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
				progressbar.OptionOnCompletion(func() { fmt.Fprintln(w) }))
		}
	}
	return p
}

func (p *progress) add() { p.to(p.done + 1) }

func (p *progress) to(n int64) {
	n = min(n, p.total)
	was := p.done * 10 / p.total
	switch p.done = n; {
	case p.bar != nil:
		_ = p.bar.Set64(n)
	case n*10/p.total > was:
		fmt.Fprintf(p.w, "%s %d%%\n", p.what, n*100/p.total)
	}
}
