package httpapi

import (
	"errors"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/instant"
	"github.com/helpdesk-go/helpdesk/report"
)

// PeriodParams says what time a report is about.
type PeriodParams struct {
	Days int    `query:"days" minimum:"1" maximum:"3650" doc:"How many times 24 hours back from now; 30 when nothing is said"`
	From string `query:"from" doc:"Instead of days: a time such as 2026-03-02T09:00:00Z, or a date, which begins in the zone"`
	To   string `query:"to" doc:"Where it ends, not included; without it, now"`
	Zone string `query:"zone" maxLength:"64" doc:"An IANA time zone such as Europe/Paris; UTC when nothing is said"`
}

// period reads it, with the zone.
func (h *Handler) period(in *PeriodParams) (p report.Period, zone *time.Location, err error) {
	if zone, err = zoneNamed(in.Zone); err != nil {
		return p, nil, refuse("query.zone", "is not the name of a time zone")
	}
	if in.From == "" {
		if in.To != "" {
			return p, nil, refuse("query.from", "is missing: to alone says no period")
		}
		days := in.Days
		if days == 0 {
			days = 30
		}
		return h.lastDays(days), zone, nil
	}
	if in.Days != 0 {
		return p, nil, refuse("query.days", "is one way to say a period, and from another")
	}
	p = h.lastDays(1)
	if p.From, err = moment("query.from", in.From, zone); err == nil && in.To != "" {
		p.To, err = moment("query.to", in.To, zone)
	}
	return p, zone, err
}

// zoneNamed returns the time zone of a name; UTC when it is empty.
func zoneNamed(name string) (*time.Location, error) {
	if name == "Local" {
		return nil, errors.New("not a zone of its own")
	}
	return time.LoadLocation(name)
}

// moment reads a time, or a date as the beginning of it.
func moment(at, s string, zone *time.Location) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, refuse(at, "is neither a time such as 2026-03-02T09:00:00Z nor a date such as 2026-03-02")
	}
	return report.DayStart(t.Year(), t.Month(), t.Day(), zone), nil
}

// lastDays is the period of n times 24 hours that ends now. A Period excludes its end, so the end
// is one microsecond later: tickets of this moment count.
func (h *Handler) lastDays(n int) report.Period {
	p := report.LastDays(n, instant.Of(h.cfg.Clock.Now()))
	p.To = p.To.Add(time.Microsecond)
	return p
}

// FilterParams says which tickets a report is about.
type FilterParams struct {
	Category []string `query:"category,explode" doc:"uncategorized stands for none"`
	Priority []string `query:"priority,explode" enum:"low,medium,high,urgent" doc:"Any of these"`
	Team     string   `query:"team" doc:"Tickets that a member holds, or held last"`
	Agent    string   `query:"agent" doc:"Tickets that this agent holds, or held last"`

	OrganisationParam
}

// OrganisationParam narrows a report to an organisation.
type OrganisationParam struct {
	Organisation string `query:"organisation" maxLength:"64" doc:"Tickets of the organisation with this id, but no archived ones"`
}

// reports are the reports of a call about the tickets of the organisation.
func (in *OrganisationParam) reports(c *call) report.Reports {
	return report.New(c.desk).ForOrganisation(helpdesk.OrganisationID(in.Organisation))
}

// query makes a query of a period and a filter.
func (h *Handler) query(in *PeriodParams, f *FilterParams) (q report.Query, err error) {
	if q.Period, q.Zone, err = h.period(in); err != nil {
		return q, err
	}
	q.Team, q.Agent = helpdesk.TeamID(f.Team), helpdesk.AgentID(f.Agent)
	for _, s := range f.Category {
		if s == uncategorized {
			s = ""
		}
		q.Category = append(q.Category, helpdesk.Category(s))
	}
	for _, s := range f.Priority {
		p, err := helpdesk.ParsePriority(s)
		if err != nil {
			return q, err
		}
		q.Priority = append(q.Priority, p)
	}
	return q, nil
}

// wantsCSV is the answer of a request that asks for text/csv and not for JSON.
type wantsCSV struct{}

// accept notes whether CSV is wanted. What cannot be CSV is JSON for everybody.
func accept(ctx huma.Context, next func(huma.Context)) {
	r, _ := humago.Unwrap(ctx)
	if a := strings.Join(r.Header.Values("Accept"), ","); strings.Contains(a, csvType) && !strings.Contains(a, "application/json") {
		ctx = huma.WithValue(ctx, wantsCSV{}, true)
	}
	next(ctx)
}

const csvType = "text/csv"

// csvFormat is the name of CSV in huma. Because it is set by a parameter, Accept cannot choose it
// for other answers.
const csvFormat = csvType + "; charset=utf-8"

// csvResponses says in the OpenAPI document which answers may be CSV.
func csvResponses(doc *huma.OpenAPI) {
	for path, item := range doc.Paths {
		if op := item.Get; op != nil && strings.HasPrefix(path, "/reports/") {
			for _, p := range op.Parameters {
				if p.Name == "format" {
					op.Responses["200"].Content[csvType] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
				}
			}
		}
	}
}
