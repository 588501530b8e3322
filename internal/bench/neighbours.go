package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/webui"
)

// neighbourMark is the most that others may add to what a tenant pays.
const neighbourMark = 1.2

// neighbours compares a tenant of 1,000 tickets that has a database almost to itself with the same
// tenant beside 2,000 others, which have half as many tickets as the largest database of this run.
// The two take turns.
func neighbours(ctx context.Context, b *bench) error {
	const own = 1000
	crowd := b.largest() / 2
	var small, large *neighbour
	for _, side := range []struct {
		to    **neighbour
		name  string
		crowd int
	}{{&small, "alone", 0}, {&large, "beside", crowd}} {
		progress("filling %s tickets beside %s of others", count(own), count(side.crowd))
		n, err := b.neighbour(ctx, side.name, own, side.crowd)
		if err != nil {
			return err
		}
		*side.to = n
	}
	for _, part := range []struct {
		name string
		n    int // calls in a round
		do   func(n *neighbour) func(ctx context.Context) error
	}{
		{"list 25", 100, func(n *neighbour) func(context.Context) error { return n.list }},
		{"ticket page", 30, func(n *neighbour) func(context.Context) error { return n.page }},
		{"search", 50, func(n *neighbour) func(context.Context) error { return n.search }},
		{"idle Tick", 100, func(n *neighbour) func(context.Context) error { return n.idle }},
		{"Tick with 50 due", 3, func(n *neighbour) func(context.Context) error { return n.due }},
		{"open", 30, func(n *neighbour) func(context.Context) error { return n.open }},
	} {
		sides := []func() (time.Duration, error){latency(ctx, part.n, part.do(large)), latency(ctx, part.n, part.do(small))}
		if _, err := versus(1, sides...); err != nil { // warm up
			return fmt.Errorf("%s: %w", part.name, err)
		}
		v, err := versus(b.rounds(15), sides...)
		if err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
		b.table.add(slower(fmt.Sprintf("A tenant of %s tickets beside %s of %d others: %s, p50", count(own), count(crowd), crowdTenants, part.name), v[0], v[1], neighbourMark))
	}
	return small.drop(ctx)
}

// neighbour is a tenant with others around it.
type neighbour struct {
	*site
	desk  *helpdesk.Desk
	pages http.Handler
	refs  []string
	calls int
}

func (b *bench) neighbour(ctx context.Context, name string, own, crowd int) (*neighbour, error) {
	s, err := b.newSite(ctx, name)
	if err != nil {
		return nil, err
	}
	s.days, s.crowd = 90, crowd
	if err := s.fill(ctx, own, 10); err != nil {
		return nil, err
	}
	n := &neighbour{site: s}
	if n.desk, err = s.desk(nil); err != nil {
		return nil, err
	}
	if err := staff(ctx, n.desk); err != nil {
		return nil, err
	}
	n.pages, err = webui.New(n.desk, &webui.Config{Actor: func(*http.Request) (helpdesk.Actor, error) {
		return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "agent7", Name: "Agent 7"}, nil
	}})
	if err != nil {
		return nil, err
	}
	page, err := n.desk.Tickets(ctx, helpdesk.Query{Limit: 100})
	for _, t := range page.Tickets {
		n.refs = append(n.refs, t.Ref)
	}
	if err == nil {
		_, err = n.desk.Tick(ctx) // what the staff left to do
	}
	return n, err
}

func (n *neighbour) open(ctx context.Context) error {
	_, err := n.desk.Open(ctx, helpdesk.OpenParams{
		Subject: "Where is my parcel", Description: "It should have come on Monday.", Customer: helpdesk.Contact{Email: "kim@example.com"},
	})
	return err
}

func (n *neighbour) list(ctx context.Context) error {
	_, err := n.desk.Tickets(ctx, helpdesk.Query{Status: helpdesk.OpenStatuses, Order: helpdesk.Urgency, Limit: pageSize})
	return err
}

func (n *neighbour) page(ctx context.Context) error {
	n.calls++
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/tickets/"+n.refs[n.calls*7%len(n.refs)], nil)
	n.pages.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return fmt.Errorf("the page says %d", w.Code)
	}
	return nil
}

func (n *neighbour) search(ctx context.Context) error {
	n.calls++
	_, err := n.desk.Search(ctx, fmt.Sprintf("word%d", n.calls*31%vocabulary), helpdesk.Query{})
	return err
}

// idle is a Tick that finds nothing.
func (n *neighbour) idle(ctx context.Context) error {
	_, err := n.desk.Tick(ctx)
	return err
}

// due lets 50 deadlines of the tenant come, and does them.
func (n *neighbour) due(ctx context.Context) error {
	_, err := n.pool.Exec(ctx, `UPDATE helpdesk_tasks SET due_at = now() - interval '1 second' WHERE (tenant_id, kind, key) IN
(SELECT tenant_id, kind, key FROM helpdesk_tasks WHERE tenant_id = $1 AND kind = 'deadline' ORDER BY key LIMIT 50)`, string(tenant))
	if err != nil {
		return err
	}
	done, err := n.desk.Tick(ctx)
	if err == nil && done < 50 {
		err = fmt.Errorf("%d tasks were due", done)
	}
	return err
}
