package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/macro"
	"github.com/helpdesk-go/helpdesk/webui"
)

// Marks of the pages, p95.
const (
	pageWithin      = 100 * time.Millisecond
	dashboardWithin = 300 * time.Millisecond
)

// pages asks for every page of the workspace of a desk that has seen two years, over HTTP.
func pages(ctx context.Context, b *bench) error {
	s, err := b.reported(ctx)
	if err != nil {
		return err
	}
	desk, err := s.desk(nil)
	if err != nil {
		return err
	}
	if err := staff(ctx, desk); err != nil {
		return err
	}
	handler, err := webui.New(desk, &webui.Config{
		Actor: func(*http.Request) (helpdesk.Actor, error) {
			return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "agent7", Name: "Agent 7"}, nil
		},
	})
	if err != nil {
		return err
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	open, err := desk.Tickets(ctx, helpdesk.Query{Status: helpdesk.OpenStatuses, Limit: helpdesk.MaxLimit})
	if err != nil {
		return err
	}
	closed, err := desk.Tickets(ctx, helpdesk.Query{Status: []helpdesk.Status{helpdesk.StatusClosed}, Limit: helpdesk.MaxLimit})
	if err != nil {
		return err
	}
	second, err := desk.Tickets(ctx, helpdesk.Query{Status: helpdesk.OpenStatuses, Order: helpdesk.ByDue, Limit: 30})
	if err != nil {
		return err
	}
	one := func(list []*helpdesk.Ticket) func(i int) string {
		return func(i int) string { return "/tickets/" + list[i*7%len(list)].Ref }
	}
	at := func(path string) func(int) string { return func(int) string { return path } }
	until := func(days int) func(int) string { // so many days that end so many days ago, which nobody has asked for before
		return func(i int) string {
			to := s.base.AddDate(0, 0, -i)
			return fmt.Sprintf("/dashboard?from=%s&to=%s", to.AddDate(0, 0, 1-days).Format(time.DateOnly), to.Format(time.DateOnly))
		}
	}
	for _, p := range []struct {
		name string
		path func(i int) string
		most time.Duration
	}{
		{"inbox", at("/"), pageWithin},
		{"inbox, second page", at("/?after=" + second.Next), pageWithin},
		{"inbox, mine", at("/?view=mine"), pageWithin},
		{"inbox, unassigned", at("/?view=unassigned"), pageWithin},
		{"inbox, at risk", at("/?view=risk"), pageWithin},
		{"inbox, breached", at("/?view=late"), pageWithin},
		{"inbox, waiting", at("/?view=waiting"), pageWithin},
		{"inbox, all", at("/?view=all"), pageWithin},
		{"inbox, to be reviewed", at("/?view=review"), pageWithin},
		{"inbox, one category", at("/?category=billing"), pageWithin},
		{"inbox, one priority", at("/?priority=urgent"), pageWithin},
		{"inbox, one tag", at("/?tag=billing"), pageWithin},
		{"inbox, a tag that none has", at("/?tag=unheard-of"), pageWithin},
		{"inbox, all of a rare tag", at("/?view=all&tag=refund"), pageWithin},
		{"inbox, all of a tag that none has", at("/?view=all&tag=unheard-of"), pageWithin},
		{"inbox, one assignee", func(i int) string { return fmt.Sprintf("/?assignee=agent%d", i%50) }, pageWithin},
		{"inbox, one customer", func(i int) string { return fmt.Sprintf("/?view=all&customer=customer%d@example.com", i*13%1000) }, pageWithin},
		{"inbox, closed", at("/?status=closed"), pageWithin},
		{"inbox, closed of a category", at("/?status=closed&category=account"), pageWithin},
		{"search for a word", func(i int) string { return fmt.Sprintf("/?view=all&q=word%d", i*31%vocabulary) }, pageWithin},
		{"search for a word, open tickets by due time", func(i int) string { return fmt.Sprintf("/?q=word%d", i*31%vocabulary) }, pageWithin},
		{"search for two words", func(i int) string {
			return fmt.Sprintf("/?view=all&q=word%d+word%d", i*31%vocabulary, i*37%vocabulary)
		}, pageWithin},
		{"search for a word of every 16th ticket", at("/?view=all&q=" + commonWord), pageWithin},
		{"search for it, open tickets by due time", at("/?q=" + commonWord), pageWithin},
		{"search for it, closed tickets", at("/?status=closed&q=" + commonWord), pageWithin},
		{"an open ticket", one(open.Tickets), pageWithin},
		{"a closed ticket", one(closed.Tickets), pageWithin},
		{"mail", at("/mail"), pageWithin},
		{"a new ticket", at("/new"), pageWithin},
		{"settings: agents", at("/settings/agents"), pageWithin},
		{"settings: SLA", at("/settings/sla"), pageWithin},
		{"settings: priority rules", at("/settings/priority-rules"), pageWithin},
		{"dashboard of 7 days, first view", until(7), dashboardWithin},
		{"dashboard of 30 days, first view", until(30), dashboardWithin},
		{"dashboard of 90 days, first view", until(90), dashboardWithin},
		{"dashboard of 7 days", at("/dashboard?days=7"), dashboardWithin},
		{"dashboard of 30 days", at("/dashboard?days=30"), dashboardWithin},
		{"dashboard of 90 days", at("/dashboard?days=90"), dashboardWithin},
	} {
		n := b.rounds(20)
		isDashboard := strings.HasPrefix(p.path(0), "/dashboard")
		if isDashboard {
			n = b.rounds(10)
		}
		var times, figures, drawn []time.Duration
		for i := range n + 1 {
			at := server.URL + p.path(i)
			took, err := fetch(ctx, at)
			counted, whole := took, took
			if isDashboard {
				for _, part := range []string{"figures", "flow", "arrivals", "agents", "model"} { // what follows the page must not slow down the next
					more, failed := fetch(ctx, strings.Replace(at, "/dashboard", "/dashboard/"+part, 1))
					err = errors.Join(err, failed)
					if part == "figures" {
						counted += more
					}
					if part != "agents" && part != "model" {
						whole += more
					}
				}
			}
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			if i > 0 { // the first warms up
				times, figures, drawn = append(times, took), append(figures, counted), append(drawn, whole)
			}
		}
		p95 := percentile(times, 95)
		b.table.add(line{what: "Page: " + p.name + ", p95", ours: short(p95), mark: "at most " + short(p.most), ok: p95 <= p.most})
		if isDashboard {
			b.table.add(line{what: "Page: " + p.name + ", until its figures are there, p95", ours: short(percentile(figures, 95))})
			b.table.add(line{what: "Page: " + p.name + ", until all but agents and models is there, p95", ours: short(percentile(drawn, 95))})
		}
	}
	return nil
}

// staff makes the agents that the tickets are with, and a macro.
func staff(ctx context.Context, desk *helpdesk.Desk) error {
	for i := range 50 {
		a := helpdesk.Agent{ID: helpdesk.AgentID(fmt.Sprint("agent", i)), Name: fmt.Sprint("Agent ", i), Capacity: 1000}
		if _, err := desk.SaveAgent(ctx, a); err != nil {
			return err
		}
	}
	_, err := macro.Of(desk).Save(ctx, macro.Macro{ID: "thanks", Name: "Thanks", Body: "Thank you, {{customer}}."})
	return err
}

// fetch reads a page to its end.
func fetch(ctx context.Context, url string) (time.Duration, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	took := time.Since(start)
	if err == nil && (answer.StatusCode != http.StatusOK || n < 1000) {
		err = fmt.Errorf("GET %s: %s, %d bytes", url, answer.Status, n)
	}
	return took, err
}
