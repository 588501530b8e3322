package webui

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/background"
	"github.com/helpdesk-go/helpdesk/report"
)

// reads are the reports behind a dashboard. Each is asked for once, however many sections show it.
// The first call of each function begins it.
type reads struct {
	period report.Period

	// Closed by begin when these are there: compared, points, heat, and all.
	figured, drawn, heated, rest chan struct{}

	compared func() *kept[*report.Comparison]
	points   func() *kept[[]report.SeriesPoint]
	heat     func() *kept[*report.HeatMap]

	// These read single tickets and events, and so are dear when there are many.
	people func() *kept[*report.Agents]
	triage func() *kept[*report.Triage]
	groups func() *kept[[]report.OrganisationGroup]

	ranks bool // there are organisations to compare
}

// cabinet keeps the reports of dashboards.
type cabinet struct {
	compared *keep[*report.Comparison]
	points   *keep[[]report.SeriesPoint]
	heat     *keep[*report.HeatMap]
	people   *keep[*report.Agents]
	triage   *keep[*report.Triage]
	groups   *keep[[]report.OrganisationGroup]
}

func newCabinet(owner *background.Group) *cabinet {
	return &cabinet{
		newKeep[*report.Comparison](owner, freshFactor), newKeep[[]report.SeriesPoint](owner, freshFactor), newKeep[*report.HeatMap](owner, freshFactor),
		newKeep[*report.Agents](owner, keepFactor), newKeep[*report.Triage](owner, keepFactor),
		newKeep[[]report.OrganisationGroup](owner, keepFactor),
	}
}

// reads returns the reports of a period, if the viewer may see any: those that are kept were read
// for others, and somebody who may not see them would be shown them.
func (v *visit) reads(p report.Period, of helpdesk.OrganisationID) (*reads, error) {
	if _, err := v.desk.Unrestricted(v.ctx); err != nil {
		return nil, err
	}
	q := report.Query{Period: p, Zone: v.zone(), Step: granularity(p)}
	desk, cabinet := v.desk, v.w.cabinet
	whole := v.keepKey(p)
	if of != "" {
		whole += fmt.Sprintf(" %q", of)
	}
	fresh := fmt.Sprintf("%s %d", whole, v.w.live.changes(desk.Tenant()))
	offset := func(t time.Time) string { return t.In(v.zone()).Format("-07:00:00") } // a host may call zones of its own alike
	stepped := fmt.Sprintf("%s %q %s %s %s", fresh, v.zone(), offset(p.From), offset(p.To), q.Step)
	alone := fmt.Sprintf("%s %q %q", whole, v.who.Role, v.who.ID) // agents see themselves alone
	return &reads{
		period: p, figured: make(chan struct{}), drawn: make(chan struct{}), heated: make(chan struct{}), rest: make(chan struct{}),
		compared: lazily(v, cabinet.compared, fresh, func(ctx context.Context) (*report.Comparison, error) {
			return report.New(desk).ForOrganisation(of).Compare(ctx, p)
		}),
		points: lazily(v, cabinet.points, stepped, func(ctx context.Context) ([]report.SeriesPoint, error) {
			return report.New(desk).ForOrganisation(of).Series(ctx, q)
		}),
		heat: lazily(v, cabinet.heat, stepped, func(ctx context.Context) (*report.HeatMap, error) {
			return report.New(desk).ForOrganisation(of).HeatMap(ctx, q)
		}),
		people: lazily(v, cabinet.people, alone, func(ctx context.Context) (*report.Agents, error) { return report.New(desk).Agents(ctx, p) }),
		triage: lazily(v, cabinet.triage, alone, func(ctx context.Context) (*report.Triage, error) { return report.New(desk).Triage(ctx, p) }),
		groups: lazily(v, cabinet.groups, whole, func(ctx context.Context) ([]report.OrganisationGroup, error) {
			return report.New(desk).Organisations(ctx, p)
		}),
	}, nil
}

// lazily takes a report from where it is kept, or begins it, at the first call.
func lazily[T any](v *visit, k *keep[T], key string, do func(context.Context) (T, error)) func() *kept[T] {
	return sync.OnceValue(func() *kept[T] { return k.get(v.ctx, key, do) })
}

// begin asks for all reports: first for the figures, then for the plots, and for the expensive ones
// last. It goes on when the request has been answered. After a Shutdown of owner it returns when
// all is read.
func (r *reads) begin(owner *background.Group) {
	compared := r.compared()
	all := func() {
		<-compared.done
		close(r.figured)
		points, heat := r.points(), r.heat()
		<-points.done
		close(r.drawn)
		<-heat.done
		close(r.heated)
		people, triage := r.people(), r.triage()
		if r.ranks {
			<-r.groups().done
		}
		<-people.done
		<-triage.done
		close(r.rest)
	}
	if !owner.Go(all) {
		all()
	}
}

func (r *reads) whenFigured() <-chan struct{} { return r.figured }
func (r *reads) whenDrawn() <-chan struct{}   { return r.drawn }
func (r *reads) whenHeated() <-chan struct{}  { return r.heated }
func (r *reads) whenAll() <-chan struct{}     { return r.rest }

// keepKey names a period of a tenant. One that goes on until now is the same a moment later.
func (v *visit) keepKey(p report.Period) string {
	end := "now"
	if !p.To.Equal(v.now) {
		end = p.To.Format(time.RFC3339Nano)
	}
	return fmt.Sprintf("%q %s %s", v.desk.Tenant(), p.From.UTC().Format(time.RFC3339Nano), end)
}
