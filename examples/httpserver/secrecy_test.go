package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"
)

// journal is a log that many goroutines write.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// refusing is a mail server that knows nobody, and names the address in its answer.
func refusing(t *testing.T) (url string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &strict{}, nil }))
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return "smtp://" + l.Addr().String() + "?tls=none"
}

type strict struct{ postman }

func (*strict) Rcpt(to string, _ *smtp.RcptOptions) error {
	return &smtp.SMTPError{Code: 550, Message: "<" + to + "> is not known here"}
}

// A ticket is opened by mail, answered and solved, and nothing that is logged on the way, nor the
// name of a mail in the folder, holds an address.
func TestNoLogAndNoFileNameOfTheReferenceAppHoldsAnAddress(t *testing.T) {
	for name, to := range map[string]string{"into the folder": "", "to a server that refuses": refusing(t)} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("SMTP_URL", to)
			log, before := &journal{}, slog.Default()
			slog.SetDefault(slog.New(slog.NewTextHandler(log, nil)))
			t.Cleanup(func() { slog.SetDefault(before) })
			ctx, cancel := context.WithCancel(t.Context())
			stopped := make(chan error, 1)
			outbox := t.TempDir()
			go func() {
				stopped <- run(ctx, []string{"-addr", "127.0.0.1:0", "-db", filepath.Join(t.TempDir(), "desk.db"), "-lmtp", "127.0.0.1:0", "-survey", "1ns", "-outbox", outbox}, io.Discard, log)
			}()
			c := &conversation{t: t}
			find := func(pattern string) (found string) {
				require.Eventually(t, func() bool {
					m := regexp.MustCompile(pattern).FindStringSubmatch(log.String())
					if m != nil {
						found = m[1]
					}
					return m != nil
				}, time.Minute, time.Millisecond, pattern)
				return found
			}
			c.base, c.lmtp = find(`help desk on (http://[0-9.:]+)`), find(`LMTP on ([0-9.:]+)`)
			c.send("support@example.com", "From: Kim <kim@customers.example>\nTo: support@example.com\nSubject: Mail for kim@customers.example\nMessage-ID: <1@customers.example>\n\nMy address is kim@customers.example.\n")
			const agent = "agent:ana@example.com"
			ref := c.api(agent, "GET", "/api/tickets", "")["tickets"].([]any)[0].(map[string]any)["ref"].(string)
			c.api(agent, "POST", "/api/tickets/"+ref+"/take", "")
			c.api(agent, "POST", "/api/tickets/"+ref+"/replies", `{"body":"Write to ana@example.com.","waiting":true}`)
			c.api(agent, "POST", "/api/tickets/"+ref+"/escalate", `{"reason":"kim@customers.example is angry"}`)
			c.api(agent, "PATCH", "/api/tickets/"+ref+"/resolve", `{"resolution_note":"Told kim@customers.example."}`)
			find(`(kind=survey)`)
			mails := func() []os.DirEntry {
				files, err := os.ReadDir(outbox)
				require.NoError(t, err)
				return files
			}
			if to != "" {
				find(`(is not known here)`)
			} else { // they are told side by side: the survey need not be the last
				require.Eventually(t, func() bool { return len(mails()) >= 3 }, time.Minute, time.Millisecond)
			}
			cancel()
			require.NoError(t, <-stopped)
			said := regexp.MustCompile(`\S*(@|%40|customers\.example)\S*`).FindAllString(log.String(), -1)
			require.Empty(t, said)
			require.Equal(t, to != "", len(mails()) == 0)
			for _, f := range mails() {
				require.NotContains(t, f.Name(), "@")
				require.NotContains(t, strings.ToLower(f.Name()), "kim")
			}
		})
	}
}
