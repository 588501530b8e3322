package chaos

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

const (
	clients     = 8
	patience    = 3 * time.Second // for one answer
	perseverant = time.Minute     // for one command
)

// errRefused is the answer to a command that another was faster than.
var errRefused = errors.New("refused")

// token is a word that no other command has. Its form is known to invariants.sql.
func token() string {
	b := []byte("chaos")
	for range 11 {
		b = append(b, byte('a'+rand.IntN(26)))
	}
	return string(b)
}

// client sends commands until ctx ends. It writes down each that is acknowledged.
func (w *world) client(ctx context.Context) {
	for ctx.Err() == nil {
		time.Sleep(time.Duration(20+rand.IntN(200)) * time.Millisecond) // people think
		c := w.think()
		first := time.Now()
		id, err := w.persist(ctx, c)
		if err != nil {
			continue
		}
		w.acknowledged.Add(1)
		if c.Kind == opens {
			c.Ticket = id
			w.mu.Lock()
			w.tickets = append(w.tickets, ticket{c.Tenant, id})
			w.mu.Unlock()
		}
		w.book.add("INSERT INTO chaos_acknowledged (token, kind, tenant_id, ticket_id, sent_at, at) VALUES (?, ?, ?, ?, ?, ?)",
			c.Token, c.Kind, string(c.Tenant), string(id), first, time.Now())
	}
}

type ticket struct {
	tenant helpdesk.TenantID
	id     helpdesk.TicketID
}

// think chooses a command: about a new ticket or one of the latest.
func (w *world) think() *command {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := &command{Kind: opens, Tenant: tenants[rand.IntN(len(tenants))], Token: token(), Level: helpdesk.Priorities[rand.IntN(len(helpdesk.Priorities))]}
	if kind := rand.IntN(12); len(w.tickets) > 20 && kind > 2 {
		t := w.tickets[len(w.tickets)-1-rand.IntN(min(len(w.tickets), 150))]
		c.Tenant, c.Ticket = t.tenant, t.id
		c.Kind = []string{asks, answers, answers, waits, resolves, resolves, resolves, reopens, raises}[kind-3]
	}
	return c
}

// persist sends a command to one process after another until one answers. One that has no
// idempotency key is sent once.
func (w *world) persist(ctx context.Context, c *command) (helpdesk.TicketID, error) {
	again := c.Kind == opens || c.Kind == asks || c.Kind == answers || c.Kind == waits
	for begun := time.Now(); ; {
		id, err := w.send(ctx, c)
		if err == nil || errors.Is(err, errRefused) || !again || time.Since(begun) > perseverant || ctx.Err() != nil {
			return id, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (w *world) send(ctx context.Context, c *command) (id helpdesk.TicketID, err error) {
	w.mu.Lock()
	var to *process
	for _, i := range rand.Perm(len(w.live)) { // like a load balancer
		if to = w.live[i]; !time.Now().Before(to.avoid) {
			break
		}
	}
	w.mu.Unlock()
	if to == nil {
		return "", errors.New("no process")
	}
	body, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	ctx, end := context.WithTimeout(ctx, patience)
	defer end()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+to.addr, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		w.mu.Lock()
		to.avoid = time.Now().Add(patience)
		w.mu.Unlock()
		return "", err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	switch {
	case err != nil:
		return "", err
	case res.StatusCode == http.StatusConflict:
		return "", errRefused
	case res.StatusCode != http.StatusOK:
		return "", fmt.Errorf("%s: %s", res.Status, answer)
	}
	return id, json.Unmarshal(answer, &id)
}
