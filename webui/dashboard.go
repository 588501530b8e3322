package webui

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// dashboard is the reports of a period.
type dashboard struct {
	Days     int
	From, To string // dates, in the viewer's zone
	Parts    []*section
	Query    string

	Organisation helpdesk.OrganisationID // the reports are about its tickets; empty: about all
	Name         string                  // of it
	Offered      []helpdesk.Organisation // to choose from
}

// whole are the sections that are about all tickets whatever the organisation.
var whole = []string{"organisation", "agents", "model"}

// section is figures or plots with the table behind them.
type section struct {
	ID      string
	Title   string
	About   string
	Figures []figure
	Plots   []plot
	Table   table
	Wide    bool
	Later   bool // it takes its time: the page has its address, where it comes by itself
}

// period reads the period of a request: so many days up to now, or whole days of the viewer's zone.
func (v *visit) period() (report.Period, *dashboard, error) {
	q := v.r.URL.Query()
	d := &dashboard{Days: 30, Query: q.Encode(), Organisation: helpdesk.OrganisationID(q.Get("organisation"))}
	day := func(name string) (time.Time, error) {
		if q.Get(name) == "" {
			return time.Time{}, nil
		}
		t, err := time.ParseInLocation(time.DateOnly, q.Get(name), v.zone())
		if err != nil {
			err = &helpdesk.FieldError{Field: name, Problem: "is no date such as 2026-03-02"}
		}
		return t, err
	}
	from, err := day("from")
	if err != nil {
		return report.Period{}, d, err
	}
	to, err := day("to")
	if err != nil {
		return report.Period{}, d, err
	}
	if text := q.Get("days"); text != "" {
		if d.Days, err = strconv.Atoi(text); err != nil || d.Days < 1 || d.Days > 366 {
			return report.Period{}, d, &helpdesk.FieldError{Field: "days", Problem: "is not between 1 and 366"}
		}
	}
	today := v.now.In(v.zone())
	p := report.Period{From: time.Date(today.Year(), today.Month(), today.Day()-d.Days+1, 0, 0, 0, 0, v.zone()), To: v.now}
	if !from.IsZero() {
		p.From, d.Days = from, 0
		p.To = v.now
	}
	if !to.IsZero() {
		p.To = to.AddDate(0, 0, 1)
	}
	switch {
	case !p.From.Before(p.To):
		err = &helpdesk.FieldError{Field: "from", Problem: "is not before to"}
	case p.To.Sub(p.From) > 366*24*time.Hour:
		err = &helpdesk.FieldError{Field: "from", Problem: "is more than 366 days before to"}
	}
	d.From, d.To = p.From.In(v.zone()).Format(time.DateOnly), p.To.Add(-time.Second).In(v.zone()).Format(time.DateOnly)
	return p, d, err
}

// parts are the sections of the dashboard by id, in their order.
var parts = []struct {
	id   string
	make func(*visit, *reads) (*section, error)
	when func(*reads) <-chan struct{} // closed when what it reads is there
	wide bool
}{
	{"figures", (*visit).figuresPart, (*reads).whenFigured, true},
	{"flow", (*visit).flowPart, (*reads).whenDrawn, true},
	{"backlog", (*visit).backlogPart, (*reads).whenDrawn, false},
	{"speed", (*visit).speedPart, (*reads).whenDrawn, false},
	{"category", (*visit).categoryPart, (*reads).whenFigured, false},
	{"priority", (*visit).priorityPart, (*reads).whenFigured, false},
	{"organisation", (*visit).organisationPart, (*reads).whenAll, true},
	{"attainment", (*visit).attainmentPart, (*reads).whenFigured, true},
	{"arrivals", (*visit).arrivalsPart, (*reads).whenHeated, true},
	{"agents", (*visit).agentsPart, (*reads).whenAll, true},
	{"model", (*visit).modelPart, (*reads).whenAll, true},
}

// dashboard shows the reports. Sections that are ready in time are in the page; the others follow.
func (w *workspace) dashboard(v *visit) error {
	p, d, err := v.period()
	if err != nil {
		return err
	}
	r, err := v.reads(p, d.Organisation)
	if err != nil {
		return err
	}
	if err := v.choices(d); err != nil {
		return err
	}
	r.ranks = d.Organisation == "" && len(d.Offered) > 0
	late := time.NewTimer(w.patience)
	defer late.Stop()
	v.aside() // which would wait for what the reports ask
	r.begin(w.owner)
	for _, part := range parts {
		if (d.Organisation != "" && slices.Contains(whole, part.id)) || (part.id == "organisation" && !r.ranks) {
			continue
		}
		s := &section{Later: true}
		if inTime(part.when(r), late) {
			if s, err = part.make(v, r); err != nil {
				return err
			}
		}
		s.Wide = part.wide
		d.Parts = append(d.Parts, v.named(part.id, s))
	}
	v.render(http.StatusOK, "dashboard", v.T("nav.dashboard"), "dashboard", d)
	return nil
}

// choices fills in the organisations that the dashboard offers. One that is not among the first by
// name is read by itself.
func (v *visit) choices(d *dashboard) error {
	if !v.Persons() {
		return nil
	}
	page, err := v.desk.Organisations(v.ctx, helpdesk.OrganisationQuery{Limit: mostOffered})
	if err != nil {
		return err
	}
	d.Offered = page.Organisations
	for _, o := range d.Offered {
		if o.ID == d.Organisation {
			d.Name = o.Name
		}
	}
	if d.Organisation != "" && d.Name == "" {
		o, err := v.organisation(string(d.Organisation))
		if err != nil {
			return err
		}
		d.Name, d.Offered = o.Name, append(d.Offered, *o)
	}
	return nil
}

// inTime waits for what is done until it is late, and not at all from then on.
func inTime(done <-chan struct{}, late *time.Timer) bool {
	select {
	case <-done:
		return true
	case <-late.C:
		late.Reset(0)
	}
	select { // both may have been the case
	case <-done:
		return true
	default:
		return false
	}
}

// named gives a section its texts.
func (v *visit) named(id string, s *section) *section {
	s.ID, s.Title = id, v.T("dash."+id)
	if s.About == "" && !s.Later {
		s.About = v.T("dash." + id + ".about")
	}
	return s
}

// dashboardPart gives out one section: as a page, or its table as CSV or JSON.
func (w *workspace) dashboardPart(v *visit) error {
	p, d, err := v.period()
	if err != nil {
		return err
	}
	name, form, _ := strings.Cut(v.r.PathValue("part"), ".")
	for _, part := range parts {
		if part.id != name {
			continue
		}
		r, err := v.reads(p, d.Organisation)
		if err != nil {
			return err
		}
		s, err := part.make(v, r)
		if err != nil {
			return err
		}
		switch form {
		case "":
			s.Wide = part.wide
			d.Parts = []*section{v.named(name, s)}
			v.render(http.StatusOK, "dashboard", s.Title, "dashboard", d)
			return nil
		case "csv":
			return v.writeCSV(name, s.Table)
		case "json":
			return v.writeJSON(s.Table)
		}
	}
	return helpdesk.ErrNotFound
}

// Export is the address of a section, or with a form that of its table.
func (v *visit) Export(id, form, query string) template.URL {
	if form != "" {
		form = "." + form
	}
	q, _ := url.ParseQuery(query)
	return template.URL(v.URL("dashboard/"+id+form) + "?" + q.Encode())
}
