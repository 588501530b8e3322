package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync/atomic"

	"github.com/helpdesk-go/helpdesk/email"
)

// receiveMails compares receiving mails, from their bytes to the commit, with the rows that one
// Open writes.
func receiveMails(ctx context.Context, b *bench) error {
	s, err := b.newSite(ctx, "mails")
	if err != nil {
		return err
	}
	desk, err := s.desk(nil)
	if err != nil {
		return err
	}
	t, err := desk.Open(ctx, request)
	if err != nil {
		return err
	}
	inserts, err := s.insertsOf(ctx, t)
	if err != nil {
		return err
	}
	var serial atomic.Int64
	run := fmt.Sprint(os.Getpid())
	text := func() string {
		n := serial.Add(1)
		return fmt.Sprintf("From: Kim <kim%d@customers.example>\r\nTo: support@acme.example\r\nSubject: %s\r\nMessage-ID: <%d.%s@customers.example>\r\n"+
			"Date: Mon, 02 Mar 2026 09:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n\r\nOn Mon, Mar 2, 2026 at 8:00 AM Ana <ana@acme.example> wrote:\r\n> Hello\r\n",
			n, request.Subject, n, run, request.Description)
	}
	parse := func(context.Context) error {
		_, err := email.Parse(strings.NewReader(text()))
		return err
	}
	parsed, err := throughput(ctx, 1, b.round, parse)()
	if err != nil {
		return err
	}
	b.table.add(line{what: "Parse a short mail, 1 at once", ours: rate(parsed)})
	for _, workers := range []int{1, 8} {
		progress("receiving mails, %d at once", workers)
		v, err := versus(b.rounds(5), throughput(ctx, workers, b.round, func(ctx context.Context) error {
			in, err := email.Parse(strings.NewReader(text()))
			if err == nil {
				_, err = desk.Receive(ctx, in)
			}
			return err
		}), throughput(ctx, workers, b.round, func(ctx context.Context) error { return s.insert(ctx, inserts) }))
		if err != nil {
			return err
		}
		b.table.add(faster(fmt.Sprintf("Receive a mail that opens a ticket, %d at once", workers), v[0], v[1], 0.3))
	}
	return s.drop(ctx)
}
