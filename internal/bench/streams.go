package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/webui"
)

// openStreams is how many pages are open, and streamsWithin what they may cost.
const (
	openStreams   = 500
	streamsWithin = 50 << 20
)

// streams opens n event streams of pages, and changes one ticket that reaches all of them. It
// measures the memory of the server's side without the sockets' buffers in the kernel. One
// goroutine reads the other side.
func streams(ctx context.Context, b *bench) error {
	s, err := b.newSite(ctx, "streamed")
	if err != nil {
		return err
	}
	desk, err := s.desk(nil)
	if err != nil {
		return err
	}
	pages, err := webui.New(desk, &webui.Config{Actor: func(r *http.Request) (helpdesk.Actor, error) {
		return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "admin" + r.URL.RawQuery}, nil
	}})
	if err != nil {
		return err
	}
	server := httptest.NewServer(pages)
	defer server.Close()
	progress("opening %d streams", openStreams)
	before := inUse()
	conns := make([]net.Conn, openStreams)
	for i := range conns {
		if conns[i], err = openStream(ctx, server.Listener.Addr().String(), i); err != nil {
			return err
		}
		defer conns[i].Close()
	}
	used := inUse() - before
	b.table.add(line{
		what: fmt.Sprintf("%d open event streams", openStreams), ours: fmt.Sprintf("%.1f MB", float64(used)/1e6), mark: fmt.Sprintf("at most %d MB", streamsWithin>>20),
		ok: used <= streamsWithin,
	})
	began := time.Now()
	if _, err := desk.Open(ctx, helpdesk.OpenParams{Subject: "For everybody to see"}); err != nil {
		return err
	}
	for i, c := range conns {
		if err := readUntil(c, "event: change"); err != nil {
			return fmt.Errorf("stream %d: %w", i, err)
		}
	}
	b.table.add(line{what: fmt.Sprintf("A new ticket reaches %d streams, looked for once a second", openStreams), ours: short(time.Since(began))})
	return s.drop(ctx)
}

func openStream(ctx context.Context, address string, i int) (net.Conn, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	if err := c.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(c, "GET /events?%d HTTP/1.1\r\nHost: %s\r\n\r\n", i, address); err != nil {
		return nil, err
	}
	return c, readUntil(c, "retry:")
}

// readUntil reads lines up to one with a text.
func readUntil(c net.Conn, text string) error {
	lines := bufio.NewScanner(c) // what it has read beyond the line is of no interest
	for lines.Scan() {
		if strings.Contains(lines.Text(), text) {
			return nil
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return fmt.Errorf("the stream ended before %q", text)
}

// inUse is the memory of the program's heap and stacks that is not free.
func inUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}
