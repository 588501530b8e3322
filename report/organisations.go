package report

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// OrganisationGroup is the tickets of one organisation.
type OrganisationGroup struct {
	Organisation helpdesk.OrganisationID
	Group
}

// Organisations sums up the tickets created in a period by organisation, as of now: the organisation
// with the most tickets first, of equals by id. Tickets merged into another are left out, and so are
// those without an organisation, as archived ones are. It reads every ticket of the period.
func (r Reports) Organisations(ctx context.Context, p Period) ([]OrganisationGroup, error) {
	const op = "organisations"
	q := Query{Period: p}
	f, err := r.filter(ctx, &q)
	if err != nil {
		return nil, fail(op, err)
	}
	stored := r.desk.All(ctx, helpdesk.Query{From: q.From, To: q.To, Organisation: f.Organisation, Limit: pageSize})
	list, err := ComputeOrganisations(stored, r.desk.Now())
	return list, fail(op, err)
}

// ComputeOrganisations is the definition of that report. It reads the tickets created in the period,
// in any order.
func ComputeOrganisations(tickets iter.Seq2[*helpdesk.Ticket, error], now time.Time) ([]OrganisationGroup, error) {
	groups, took := map[helpdesk.OrganisationID]Group{}, map[helpdesk.OrganisationID][]time.Duration{}
	for t, err := range tickets {
		if err != nil {
			return nil, err
		}
		if t.Organisation == "" || t.MergedInto != "" {
			continue
		}
		groups[t.Organisation] = groups[t.Organisation].plus(groupOf(t, now))
		if !t.ResolvedAt.IsZero() {
			took[t.Organisation] = append(took[t.Organisation], t.ResolvedAt.Sub(t.CreatedAt))
		}
	}
	var list []OrganisationGroup
	for id := range maps.Keys(groups) {
		g := groups[id]
		g.Resolution = Summarize(took[id])
		list = append(list, OrganisationGroup{id, g})
	}
	slices.SortFunc(list, func(a, b OrganisationGroup) int {
		return cmp.Or(b.Total-a.Total, cmp.Compare(a.Organisation, b.Organisation))
	})
	return list, nil
}
