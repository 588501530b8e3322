package report_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// A diary is what a test itself knows of a desk: when its tickets were seen to begin and end to be
// open.
type diary struct {
	t     *rapid.T
	clock *helpdesktest.Clock
	desks []*helpdesk.Desk
	ids   [][]helpdesk.TicketID // by desk
	open  map[int]bool          // by ticket, as last seen
	moves []diaryMove
}

type diaryMove struct {
	at     time.Time
	ticket int
	what   string
}

func newDiary(t *rapid.T, tenant helpdesk.TenantID, stores []helpdesk.Store) *diary {
	start := rapid.SampledFrom([]time.Time{
		time.Date(2026, 3, 6, 21, 30, 0, 0, time.UTC), time.Date(2026, 10, 30, 20, 0, 0, 1000, time.UTC), time.Date(2026, 4, 3, 12, 0, 0, 0, time.UTC),
	}).Draw(t, "start")
	d := &diary{t: t, clock: helpdesktest.NewClock(start), open: map[int]bool{}, ids: make([][]helpdesk.TicketID, len(stores))}
	for _, store := range stores {
		desk, err := helpdesk.New(store, &helpdesk.Config{Clock: d.clock, SLA: sla.Standard(), Logger: quiet, Notifier: &helpdesktest.Recorder{}})
		require.NoError(t, err)
		desk = desk.ForTenant(tenant)
		for _, a := range []helpdesk.Agent{{Name: "Ana", Email: string(ana), Teams: []helpdesk.TeamID{"one"}}, {Name: "Ben", Email: string(ben)}} {
			_, err := desk.SaveAgent(t.Context(), a)
			require.NoError(t, err)
		}
		d.desks = append(d.desks, desk)
	}
	return d
}

// do has every desk do the same to a ticket, and notes what became of all of them.
func (d *diary) do(act func(desk *helpdesk.Desk, id func(int) helpdesk.TicketID) error) {
	var first error
	for i, desk := range d.desks {
		err := act(desk, func(n int) helpdesk.TicketID { return d.ids[i][n] })
		if i == 0 {
			first = err
		}
		require.Equal(d.t, first == nil, err == nil, "%v, but %v", first, err)
	}
	d.look()
}

func (d *diary) look() {
	now := d.clock.Now()
	for n, id := range d.ids[0] {
		t, err := d.desks[0].Ticket(d.t.Context(), id)
		require.NoError(d.t, err)
		was, known := d.open[n]
		is := t.Status.Open()
		switch {
		case !known:
			d.moves = append(d.moves, diaryMove{now, n, "created"})
		case was && !is && t.Status == helpdesk.StatusResolved:
			d.moves = append(d.moves, diaryMove{now, n, "resolved"})
		case was && !is:
			d.moves = append(d.moves, diaryMove{now, n, "removed"})
		case !was && is:
			d.moves = append(d.moves, diaryMove{now, n, "reopened"})
		}
		d.open[n] = is
	}
}

// live does random things.
func (d *diary) live() {
	d.add()
	actions := map[string]func(*rapid.T){
		"open": func(*rapid.T) { d.add() },
		"advance": func(t *rapid.T) {
			d.clock.Advance(rapid.SampledFrom([]time.Duration{time.Microsecond, 20 * time.Minute, 90 * time.Minute, 7 * time.Hour, 30 * time.Hour}).Draw(t, "by"))
		},
		"tick": func(t *rapid.T) {
			d.do(func(desk *helpdesk.Desk, _ func(int) helpdesk.TicketID) error {
				_, err := desk.Tick(t.Context())
				return err
			})
		},
	}
	actions["later"] = actions["advance"]
	for _, kind := range []string{"resolve", "resolve again", "reopen", "merge", "unmerge", "spam", "answer", "ask", "write", "rate", "take", "priority", "category"} {
		actions[kind] = func(t *rapid.T) {
			n, m := d.draw("ticket"), d.draw("other")
			who := rapid.SampledFrom([]helpdesk.AgentID{ana, ben}).Draw(t, "who")
			priority, score := rapid.SampledFrom(helpdesk.Priorities).Draw(t, "priority"), rapid.IntRange(1, 5).Draw(t, "score")
			d.do(func(desk *helpdesk.Desk, id func(int) helpdesk.TicketID) (err error) {
				ctx, agent := t.Context(), desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(who)})
				customer := desk.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim})
				switch kind {
				case "resolve", "resolve again":
					_, err = agent.Resolve(ctx, id(n), "done")
				case "reopen":
					_, err = agent.Reopen(ctx, id(n))
				case "merge":
					_, err = agent.Merge(ctx, id(n), id(m))
				case "unmerge":
					_, err = agent.Unmerge(ctx, id(n))
				case "spam":
					_, err = agent.SetStatus(ctx, id(n), helpdesk.StatusClosed)
				case "answer", "ask":
					_, err = agent.Reply(ctx, id(n), helpdesk.ReplyParams{Body: "So.", Waiting: kind == "ask"})
				case "write":
					if was, failed := desk.Ticket(ctx, id(n)); failed != nil || was.Status == helpdesk.StatusClosed {
						return failed // that would open another
					}
					_, err = customer.Reply(ctx, id(n), helpdesk.ReplyParams{Body: "And?"})
				case "rate":
					_, err = customer.Rate(ctx, id(n), score, "")
				case "take":
					_, err = agent.Take(ctx, id(n))
				case "priority":
					_, err = agent.SetPriority(ctx, id(n), priority)
				case "category":
					_, err = agent.SetCategory(ctx, id(n), helpdesk.Billing)
				}
				return err
			})
		}
	}
	d.t.Repeat(actions)
}

func (d *diary) draw(what string) int { return rapid.IntRange(0, len(d.ids[0])-1).Draw(d.t, what) }

func (d *diary) add() {
	p := helpdesk.OpenParams{Subject: "x", Priority: rapid.SampledFrom(helpdesk.Priorities).Draw(d.t, "priority"), Customer: helpdesk.Contact{Email: kim}}
	for i, desk := range d.desks {
		t, err := desk.Open(d.t.Context(), p)
		require.NoError(d.t, err)
		d.ids[i] = append(d.ids[i], t.ID)
	}
	d.look()
}

// tickets returns those of the first desk.
func (d *diary) tickets() []*helpdesk.Ticket {
	var all []*helpdesk.Ticket
	for _, id := range d.ids[0] {
		t, err := d.desks[0].Ticket(d.t.Context(), id)
		require.NoError(d.t, err)
		all = append(all, t)
	}
	return all
}

func TestSeriesCountsWhatHappened(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	stores := []helpdesk.Store{memstore.New(), migrated(t, dbtest.SQLite(t)), migrated(t, dbtest.Postgres(t))}
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		d := newDiary(t, helpdesk.TenantID(fmt.Sprint("series", run)), stores)
		begin := d.clock.Now()
		d.live()
		q := report.Query{
			Period: report.Period{From: begin.Add(rapid.SampledFrom([]time.Duration{-5 * time.Hour, 0, 26 * time.Hour}).Draw(t, "from"))},
			Zone:   zone(t, rapid.SampledFrom(reportZones).Draw(t, "zone")),
			Step:   rapid.SampledFrom([]report.Granularity{report.Day, report.Week, report.Month}).Draw(t, "step"),
		}
		q.To = q.From.Add(time.Duration(rapid.IntRange(1, 24*12).Draw(t, "hours")) * time.Hour)
		switch rapid.IntRange(0, 4).Draw(t, "filter") {
		case 1:
			q.Priority = []helpdesk.Priority{helpdesk.High, helpdesk.Urgent}
		case 2:
			q.Category = []helpdesk.Category{""}
		case 3:
			q.Agent = ben
		case 4:
			q.Team = "one"
		}
		points, err := report.New(d.desks[0]).Series(t.Context(), q)
		require.NoError(t, err)
		heat, err := report.New(d.desks[0]).HeatMap(t.Context(), q)
		require.NoError(t, err)
		whole, err := report.New(d.desks[0]).Overview(t.Context(), q.Period)
		require.NoError(t, err)
		agents, err := report.New(d.desks[0]).Agents(t.Context(), q.Period)
		require.NoError(t, err)
		for _, other := range d.desks[1:] {
			same, err := report.New(other).Series(t.Context(), q)
			require.NoError(t, err)
			require.Equal(t, points, same)
			sameHeat, err := report.New(other).HeatMap(t.Context(), q)
			require.NoError(t, err)
			require.Equal(t, heat, sameHeat)
			sameWhole, err := report.New(other).Overview(t.Context(), q.Period)
			require.NoError(t, err)
			require.Equal(t, whole, sameWhole)
			sameAgents, err := report.New(other).Agents(t.Context(), q.Period)
			require.NoError(t, err)
			require.Equal(t, agents.Results, sameAgents.Results)
		}
		d.checkSeries(q, points)
		d.checkHeat(q, heat)
		d.checkOverview(q.Period, whole)
	})
}

// fits says which tickets a query is about.
func fits(q report.Query, t *helpdesk.Ticket) bool {
	return (q.Priority == nil || slices.Contains(q.Priority, t.Priority)) && (q.Category == nil || t.Category == "") &&
		(q.Agent == "" || t.Assignee == q.Agent) && (q.Team == "" || t.Assignee == ana)
}

// checkSeries counts day by day what the diary says.
func (d *diary) checkSeries(q report.Query, points []report.SeriesPoint) {
	all := d.tickets()
	require.Equal(d.t, q.From, points[0].From)
	require.Equal(d.t, q.To, points[len(points)-1].To)
	for i, p := range points {
		require.Equal(d.t, p.End, p.Start+p.Created+p.Reopened-p.Resolved-p.Removed)
		if i > 0 {
			require.Equal(d.t, points[i-1].To, p.From)
			require.Equal(d.t, points[i-1].End, p.Start)
		}
		got := map[string]int{"created": p.Created, "resolved": p.Resolved, "reopened": p.Reopened, "removed": p.Removed}
		want := map[string]int{"created": 0, "resolved": 0, "reopened": 0, "removed": 0}
		open := map[int]bool{}
		for _, m := range d.moves {
			if !fits(q, all[m.ticket]) || !m.at.Before(q.To) {
				continue
			}
			if !m.at.Before(q.From) && pieceOf(m.at, q.Step, q.Zone) == pieceOf(p.From, q.Step, q.Zone) {
				want[m.what]++
			}
			if m.at.Before(p.To) {
				open[m.ticket] = m.what == "created" || m.what == "reopened"
			}
		}
		require.Equal(d.t, want, got, "%d of %v", i, d.moves)
		backlog := 0
		for _, is := range open {
			if is {
				backlog++
			}
		}
		require.Equal(d.t, backlog, p.End)
		first, resolved := 0, 0
		for _, t := range all {
			if fits(q, t) && t.MergedInto == "" && !t.CreatedAt.Before(p.From) && t.CreatedAt.Before(p.To) {
				if !t.FirstReplyAt.IsZero() {
					first++
				}
				if !t.ResolvedAt.IsZero() {
					resolved++
				}
			}
		}
		require.Equal(d.t, []int{first, resolved}, []int{p.FirstResponse.N, p.Resolution.N})
	}
}

func (d *diary) checkHeat(q report.Query, m *report.HeatMap) {
	want := [7][24]int{}
	for _, t := range d.tickets() {
		if at := t.CreatedAt.In(q.Zone); fits(q, t) && !at.Before(q.From) && at.Before(q.To) {
			want[at.Weekday()][at.Hour()]++
		}
	}
	require.Equal(d.t, want, m.Created)
	var covered time.Duration
	for _, day := range m.Time {
		for _, hour := range day {
			covered += hour
		}
	}
	require.Equal(d.t, q.To.Sub(q.From), covered)
}

// checkOverview counts again what an overview is the sum of.
func (d *diary) checkOverview(p report.Period, o *report.Overview) {
	var want struct{ total, replied, touched, reopened, ever, rated, good int }
	var toResolution []int
	for _, t := range d.tickets() {
		if t.CreatedAt.Before(p.From) || !t.CreatedAt.Before(p.To) || t.MergedInto != "" {
			continue
		}
		want.total++
		th, err := d.desks[0].Thread(d.t.Context(), t.ID)
		require.NoError(d.t, err)
		replies, resolved := 0, 0
		for _, m := range th.Messages {
			if m.Ticket == t.ID && m.Kind == helpdesk.FromAgent {
				replies++
			}
		}
		for _, e := range th.Events {
			if e.Ticket == t.ID && e.Type == helpdesk.EventResolved {
				resolved++
			}
		}
		require.Equal(d.t, replies, t.Replies)
		if replies > 0 || resolved > 0 { // the resolution is the first response then
			want.replied++
		}
		if resolved > 0 {
			want.ever++
		}
		if resolved > 1 || (resolved == 1 && t.ResolvedAt.IsZero()) {
			want.reopened++
		}
		if !t.ResolvedAt.IsZero() {
			toResolution = append(toResolution, replies)
		}
		if replies == 1 && !t.ResolvedAt.IsZero() {
			want.touched++
		}
		if t.Rating != nil {
			want.rated++
			if t.Rating.Score >= 4 {
				want.good++
			}
		}
	}
	require.Equal(d.t, want.total, o.Total)
	require.Equal(d.t, want.replied, o.FirstResponse.N)
	require.Equal(d.t, report.Proportion{N: want.reopened, Of: want.ever}, o.Reopened)
	require.Equal(d.t, want.touched, o.OneTouch.N)
	d.checkMedian(toResolution, o.MedianReplies)
	require.Equal(d.t, want.rated, o.Satisfaction.Rated)
	require.Equal(d.t, want.good, o.Satisfaction.Good)
	require.LessOrEqual(d.t, o.Satisfaction.Rated, o.Satisfaction.Asked)
	sum := 0
	for _, g := range o.ByCategory {
		sum += g.Total
		require.LessOrEqual(d.t, g.Breached, g.Decided)
	}
	require.Equal(d.t, o.Total, sum)
}

// checkMedian checks what a median by nearest rank is: it is in the list, at least half of the list
// is not greater, and less than half of the list is smaller.
func (d *diary) checkMedian(list []int, median *float64) {
	if len(list) == 0 {
		require.Nil(d.t, median)
		return
	}
	require.NotNil(d.t, median)
	require.Contains(d.t, list, int(*median))
	smaller, notGreater := 0, 0
	for _, n := range list {
		if float64(n) < *median {
			smaller++
		}
		if float64(n) <= *median {
			notGreater++
		}
	}
	require.GreaterOrEqual(d.t, 2*notGreater, len(list))
	require.Less(d.t, 2*smaller, len(list))
}
