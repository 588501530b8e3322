package httpapi

import (
	"context"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// OrganisationReport tells how the tickets of each organisation fared.
type OrganisationReport struct {
	From          time.Time           `json:"from"`
	To            time.Time           `json:"to"`
	Organisations []OrganisationGroup `json:"organisations" nullable:"false" doc:"The one with the most tickets first"`

	sheet
}

// OrganisationGroup is the tickets of one organisation.
type OrganisationGroup struct {
	Organisation string `json:"organisation" doc:"The id"`
	Name         string `json:"name"`
	Group
}

type organisationReportInput struct {
	PeriodParams
	FormatParams
	OrganisationParam
	Limit int `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"At most so many organisations"`
}

func (h *Handler) organisationReport(ctx context.Context, c *call, in *organisationReportInput) (*reportOutput[OrganisationReport], error) {
	p, _, err := h.period(&in.PeriodParams)
	if err != nil {
		return nil, err
	}
	groups, err := in.reports(c).Organisations(ctx, p)
	if err != nil {
		return nil, err
	}
	groups = groups[:min(in.Limit, len(groups))]
	q := helpdesk.OrganisationQuery{Limit: helpdesk.MaxLimit}
	for _, g := range groups {
		q.IDs = append(q.IDs, g.Organisation)
	}
	names := map[helpdesk.OrganisationID]string{}
	if len(groups) > 0 {
		page, err := c.desk.Organisations(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, o := range page.Organisations {
			names[o.ID] = o.Name
		}
	}
	w := OrganisationReport{From: p.From, To: p.To, Organisations: []OrganisationGroup{}}
	table := &report.Table{Columns: []string{"organisation", "name", "tickets", "resolved", "breached", "compliance_pct", "resolution_p50_hours"}}
	for _, g := range groups {
		one := OrganisationGroup{string(g.Organisation), names[g.Organisation], groupOf(g.Group)}
		w.Organisations = append(w.Organisations, one)
		table.Rows = append(table.Rows, []string{
			one.Organisation, one.Name, strconv.Itoa(one.Total), strconv.Itoa(one.Resolved), strconv.Itoa(one.Breached), decimal(one.Compliance), decimal(one.Resolution.P50),
		})
	}
	return answered(ctx, in.FormatParams, "organisations", &w, &w.sheet, func() *report.Table { return table }), nil
}

// decimal writes a number of a table; nothing when there is none.
func decimal(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}
