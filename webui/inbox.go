package webui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchtext"
	"github.com/helpdesk-go/helpdesk/internal/ticketlist"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/transfer"
)

// mostCounted is up to where the numbers beside the views are counted.
const mostCounted = 1000

// view is one of the lists in the sidebar.
type view struct {
	Key   string // "mine", or empty for a saved one
	Name  string
	Query string
	Count int
	More  bool // Count is not all
	Here  bool
}

// sidebar is what stands beside every page.
type sidebar struct {
	Views []view
	Saved []view
	All   bool // the list of all tickets is shown
	Bell  bell

	Beside []int // the numbers that the page has asked for: see visit.beside
}

// builtInViews are the views of everybody that have a number beside them.
func (v *visit) builtInViews() []view {
	var views []view
	for _, b := range ticketlist.Views {
		if b.Name != ticketlist.All { // which the sidebar has without a number
			views = append(views, view{Key: b.Name, Name: v.T("view." + b.Name), Query: "view=" + b.Name})
		}
	}
	return views
}

func (v *visit) sidebar() (*sidebar, error) {
	s := &sidebar{}
	var none error // why there is nothing but the bell
	err := together(
		func() (err error) { s.Bell, err = v.readBell(); return err },
		func() error { none = v.countViews(s); return nil },
	)
	if none != nil {
		return nil, none // not joined: the viewer may not be known
	}
	return s, err
}

// countViews adds the views and their numbers.
func (v *visit) countViews(s *sidebar) error {
	here := v.r.URL.Query()
	s.All = here.Get("view") == "all"
	saved, err := v.desk.Views(v.ctx)
	if errors.Is(err, helpdesk.ErrForbidden) {
		return err // the numbers are kept for all who ask, and so is that they may not be asked for
	}
	ours := false // the list shown is a saved one, and not the built-in one that it comes from
	for _, one := range saved {
		in := v.ofList() == one.Query
		s.Saved, ours = append(s.Saved, view{Name: one.Name, Query: one.Query, Here: in}), ours || in
	}
	s.All = s.All && !ours
	scope, err := v.scope()
	if err != nil {
		return err
	}
	key := fmt.Sprintf("%q %d", v.desk.Tenant(), v.w.live.changes(v.desk.Tenant()))
	if scope != nil {
		key += fmt.Sprintf(" %q %q", scope.Assignee, scope.Categories)
	}
	var counts map[string]int // those of the viewer, if the others were not there: one statement counts both
	others := v.w.counts.get(v.ctx, key, func(ctx context.Context) (map[string]int, error) {
		all, beside, err := v.count(ctx, v.beside, slices.Concat(viewsOfAll, []string{"mine"})...)
		if err == nil {
			counts, s.Beside = map[string]int{"mine": all["mine"]}, beside
			delete(all, "mine")
		}
		return all, err
	})
	everybody, err := others.wait(v.ctx)
	if err == nil && counts == nil {
		counts, s.Beside, err = v.count(v.ctx, v.beside, "mine")
	}
	if err != nil {
		return err
	}
	maps.Copy(counts, everybody)
	for _, b := range v.builtInViews() {
		b.Count = counts[b.Key]
		b.More, b.Here = b.Count == mostCounted, !ours && (here.Get("view") == b.Key || v.r.URL.Path == "/" && !here.Has("view") && b.Key == "open")
		s.Views = append(s.Views, b)
	}
	return err
}

// viewsOfAll are the views with a number that show the same to everybody of one scope.
var viewsOfAll = func() (names []string) {
	for _, b := range ticketlist.Views {
		if b.Name != ticketlist.All && b.Name != "mine" {
			names = append(names, b.Name)
		}
	}
	return names
}()

// count counts what is in some views, by their names, and what fits more queries.
func (v *visit) count(ctx context.Context, more []helpdesk.Query, views ...string) (map[string]int, []int, error) {
	qs := make([]helpdesk.Query, len(views), len(views)+len(more))
	for i, view := range views {
		var err error
		f := filters{View: view}
		if qs[i], err = f.query(v); err != nil {
			return nil, nil, err
		}
	}
	n, err := v.desk.Count(ctx, mostCounted, append(qs, more...)...)
	if err != nil {
		return nil, nil, err
	}
	counts := map[string]int{}
	for i, view := range views {
		counts[view] = n[i]
	}
	return counts, n[len(views):], nil
}

// filters is what the address of the inbox says.
type filters struct {
	View   string
	Values map[string]string // of the filters of the table that are given, by Filter.Page
	Q      string
	Sort   string
	After  string
}

func filtersOf(q url.Values) filters {
	get := func(name string) string { return strings.TrimSpace(q.Get(name)) }
	f := filters{View: get("view"), Values: map[string]string{}, Q: get("q"), Sort: get("sort"), After: get("after")}
	for _, one := range ticketlist.Filters {
		if value := one.Clean(get(one.Page)); value != "" && one.Page != "" {
			f.Values[one.Page] = value
		}
	}
	return f
}

// address is the query of the address with these filters; without the page when first is set.
func (f filters) address(first bool) string {
	q := url.Values{}
	for name, value := range f.Values {
		q.Set(name, value)
	}
	for name, value := range map[string]string{"view": f.View, "q": f.Q, "sort": f.Sort} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.After != "" && !first {
		q.Set("after", f.After)
	}
	return q.Encode()
}

// Any reports whether the list is filtered beside its view.
func (f filters) Any() bool { return len(f.Values) > 0 || f.Q != "" }

// query is what the filters ask of the desk.
func (f *filters) query(v *visit) (helpdesk.Query, error) {
	q := helpdesk.Query{Order: helpdesk.ByDue, After: f.After, Limit: pageSize}
	view := ticketlist.ViewNamed(cmp.Or(f.View, "open"))
	if view == nil {
		return q, &helpdesk.FieldError{Field: "view", Problem: "is not known"}
	}
	var errs []error
	day := func(y int, m time.Month, d int) time.Time { return report.DayStart(y, m, d, v.zone()) }
	for _, one := range ticketlist.Filters {
		if value := f.Values[one.Page]; value != "" {
			errs = append(errs, one.Read(&q, []string{value}, &ticketlist.Reader{None: noCategory, Day: day}))
		}
	}
	closed := func(s helpdesk.Status) bool { return !s.Open() }
	if view.Name == ticketlist.All || slices.ContainsFunc(q.Status, closed) {
		q.Order = helpdesk.Newest
	}
	view.Apply(&q, v.now, helpdesk.AgentID(v.who.ID))
	if f.Sort != "" {
		order, err := helpdesk.ParseOrder(f.Sort)
		q.Order, errs = order, append(errs, err)
	}
	return q, errors.Join(errs...)
}

// noCategory stands for the empty category in an address.
const noCategory = "none"

// control is a filter in the form above the list.
type control struct {
	Name, Value string
	Choice      bool // of Choices; else it is an input
	Choices     []option
	Type        string // of an input; empty for text
}

type option struct{ Value, Text string }

// controls are the filters that the form has.
func (v *visit) controls(f filters, agents []helpdesk.Agent) ([]control, error) {
	var list []control
	for _, one := range ticketlist.Filters {
		if one.Page == "" {
			continue
		}
		c := control{Name: one.Page, Value: f.Values[one.Page], Choice: one.Kind >= ticketlist.Status}
		add := func(value any, text string) { c.Choices = append(c.Choices, option{fmt.Sprint(value), text}) }
		switch one.Kind {
		case ticketlist.Status:
			for _, s := range helpdesk.Statuses {
				add(s, v.Word("status", s))
			}
		case ticketlist.Category:
			for _, info := range v.desk.Categories() {
				add(info.Name, v.Word("category", info.Name))
			}
			add(noCategory, v.T("filter.none"))
		case ticketlist.Priority:
			for _, p := range helpdesk.Priorities {
				add(p, v.Word("priority", p))
			}
		case ticketlist.Agent:
			for _, a := range agents {
				add(a.ID, a.Name)
			}
		case ticketlist.Organisation, ticketlist.Customer:
			named, err := v.nameOf(one.Kind, c.Value)
			if err != nil {
				return nil, err
			}
			if c.Choice = named != ""; c.Choice {
				add(c.Value, named)
			} else if one.Kind == ticketlist.Organisation {
				continue // nobody types an id: its page leads here
			}
		case ticketlist.Time:
			if _, err := time.Parse(time.DateOnly, c.Value); err == nil || c.Value == "" {
				c.Type = "date" // a date input does not show a time of day
			}
		}
		list = append(list, c)
	}
	return list, nil
}

// nameOf is what to call the customer or organisation of a filter; empty for a mail address and for
// no value.
func (v *visit) nameOf(kind ticketlist.Kind, value string) (string, error) {
	if value == "" || strings.Contains(value, "@") {
		return "", nil
	}
	if !v.Persons() {
		return value, nil
	}
	if kind == ticketlist.Organisation {
		o, err := v.organisation(value)
		if errors.Is(err, helpdesk.ErrNotFound) {
			return value, nil
		}
		if err != nil {
			return "", err
		}
		return o.Name, nil
	}
	first, _, _ := strings.Cut(value, ",")
	_, family, err := v.person(first)
	if errors.Is(err, helpdesk.ErrNotFound) {
		return value, nil
	}
	for i := range family.Customers {
		if c := &family.Customers[i]; c.MergedInto == "" {
			return called(c), err
		}
	}
	return value, err
}

// pageSize is how many tickets a page lists.
const pageSize = 30

// listed is one ticket of a list.
type listed struct {
	*helpdesk.Ticket
	Due     dueness
	Agent   string           // the assignee's name
	Excerpt helpdesk.Excerpt // of a search
}

// inboxPage is the list of tickets.
type inboxPage struct {
	form
	Name       string // of a view, as typed
	Act, Value string // of a bulk command, as typed
	Picked     map[helpdesk.TicketID]bool
	Heading    string
	Filters    filters
	Address    string // of this list, without the page
	Back       string // of this page of it
	Tickets    []listed
	Next       string // address of the next page; empty on the last
	Asked      searchtext.Query
	Controls   []control
	Priorities []helpdesk.Priority
	Agents     []helpdesk.Agent
	Done       string // what a form has just done
	Fresh      bool   // there are no tickets at all yet
	Offers     []option
}

// inbox lists tickets.
func (w *workspace) inbox(v *visit) error {
	return v.showInbox(http.StatusOK, filtersOf(v.r.URL.Query()), inboxPage{})
}

// showInbox shows the tickets that filters let through, on a page with what was typed in its other
// forms.
func (v *visit) showInbox(status int, f filters, typed inboxPage) error {
	q, err := f.query(v)
	if err != nil {
		return err
	}
	p := inboxPage{
		form: typed.form, Name: typed.Name, Act: typed.Act, Value: typed.Value, Picked: typed.Picked,
		Filters: f, Address: f.address(true), Back: f.address(false), Heading: v.T("view." + cmp.Or(f.View, "open")), Asked: searchtext.Parse(f.Q),
		Priorities: helpdesk.Priorities,
	}
	if p.Agents, err = v.desk.Agents(v.ctx); err != nil {
		return err
	}
	if p.Controls, err = v.controls(f, p.Agents); err != nil {
		return err
	}
	page, err := v.listed(f, q)
	if wrong, problems := v.obstacle(err); f.Q != "" && problems != nil { // such as the value of an operator
		status, p.Problems, page = wrong, problems, helpdesk.Page{}
	} else if err != nil {
		return err
	}
	tickets, next := page.Tickets, page.Next
	names := map[helpdesk.AgentID]string{}
	for _, a := range p.Agents {
		names[a.ID] = a.Name
	}
	for _, t := range tickets {
		p.Tickets = append(p.Tickets, listed{t, v.Due(t), cmp.Or(names[t.Assignee], string(t.Assignee)), page.Excerpts[t.ID]})
	}
	if len(tickets) == 0 {
		n, err := v.desk.Count(v.ctx, 1, helpdesk.Query{})
		if err != nil {
			return err
		}
		p.Fresh = n[0] == 0
	}
	if next != "" {
		f.After = next
		p.Next = f.address(false)
	}
	if p.Offers, err = v.offers(p.Agents, p.Tickets); err != nil {
		return err
	}
	p.Done = v.listDone()
	v.render(status, "inbox", p.Heading, "inbox", &p)
	return nil
}

// listDone says what a form of the list has just done.
func (v *visit) listDone() string {
	q := v.r.URL.Query()
	switch key := v.tells("bulk", "view", "unview", "left"); key {
	case "left":
		return v.T("done.left")
	case "bulk":
		n, bad := strconv.Atoi(q.Get("n"))
		of, worse := strconv.Atoi(q.Get("of"))
		switch {
		case bad != nil || worse != nil || n < 0 || n > of || of > mostAtOnce:
			return ""
		case of == 0:
			return v.T("bulk.none")
		}
		return v.T("bulk.done", strconv.Itoa(n), strconv.Itoa(of))
	case "":
		return ""
	default:
		return v.T("done." + key)
	}
}

// Query is the Address as it stands in a link.
func (p inboxPage) Query() template.URL { return template.URL(p.Address) }

// listCSV gives out the whole list as CSV.
func (w *workspace) listCSV(v *visit) error {
	f := filtersOf(v.r.URL.Query())
	q, err := f.query(v)
	if err != nil {
		return err
	}
	q.Limit, q.After = 1, ""
	if _, err := v.listed(f, q); err != nil { // before the answer begins
		return err
	}
	v.rw.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.rw.Header().Set("Content-Disposition", `attachment; filename="tickets.csv"`)
	if err := transfer.List(v.ctx, v.desk, v.rw, f.Q, q, helpdesk.RoleAgent); err != nil {
		w.cfg.Logger.WarnContext(v.ctx, "webui: list cut off", "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// listed reads the tickets of one page.
func (v *visit) listed(f filters, q helpdesk.Query) (helpdesk.Page, error) {
	if f.Q != "" {
		return v.desk.Search(v.ctx, f.Q, q)
	}
	return v.desk.Tickets(v.ctx, q)
}

// mostAtOnce is how many tickets one command may be for.
const mostAtOnce = 200

// bulk does one thing to many tickets. Those it cannot be done to stay as they are, and are
// counted.
func (w *workspace) bulk(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	ids := f["id"]
	back, err := url.ParseQuery(f.Get("back"))
	if err != nil {
		back = url.Values{}
	}
	refuse := func(err error) error {
		status, problems := v.obstacle(err)
		if problems == nil {
			return err
		}
		for i := range problems {
			problems[i].Field = "bulk"
		}
		p := inboxPage{form: form{Problems: problems}, Act: f.Get("action"), Value: f.Get("value"), Picked: map[helpdesk.TicketID]bool{}}
		for _, id := range ids {
			p.Picked[helpdesk.TicketID(id)] = true
		}
		return v.showInbox(status, filtersOf(back), p)
	}
	if len(ids) > mostAtOnce {
		return refuse(&helpdesk.FieldError{Field: "id", Problem: fmt.Sprintf("are more than %d tickets", mostAtOnce)})
	}
	if slices.Contains([]string{"assign", "category", "tag"}, f.Get("action")) && strings.TrimSpace(f.Get("value")) == "" {
		return refuse(&helpdesk.FieldError{Field: "value", Problem: "is empty"}) // which would take many tickets from their agents
	}
	do, err := v.command(f)
	if err != nil {
		return refuse(err)
	}
	done := 0
	var wrong error // for one ticket, such as a tag too many
	for _, id := range ids {
		err := do(v.desk, helpdesk.TicketID(id))
		var move *helpdesk.TransitionError
		if errors.As(err, &move) {
			if th, bad := v.desk.Thread(v.ctx, helpdesk.TicketID(id)); bad == nil && v.again(th, f.Get("action"), f.Get("value")) {
				err = nil // the button was pressed twice
			}
		}
		switch {
		case err == nil:
			done++
		case helpdesk.Fields(err) != nil && !errors.Is(err, helpdesk.ErrConflict):
			wrong = err
		case errors.Is(err, helpdesk.ErrInvalid), errors.Is(err, helpdesk.ErrConflict), errors.Is(err, helpdesk.ErrNotFound), errors.Is(err, helpdesk.ErrCapacity):
		default:
			return err
		}
	}
	if done == 0 && wrong != nil {
		return refuse(wrong)
	}
	back.Del("after") // the list begins anew
	back.Set("done", v.told("bulk"))
	back.Set("n", strconv.Itoa(done))
	back.Set("of", strconv.Itoa(len(ids)))
	return v.see("?" + back.Encode())
}

// saveView keeps the filters under a name, or drops a view of that name.
func (w *workspace) saveView(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	views, err := v.desk.Views(v.ctx)
	if err != nil {
		return err
	}
	name, query, drop := strings.TrimSpace(f.Get("name")), f.Get("query"), f.Get("drop") != ""
	kept := slices.DeleteFunc(slices.Clone(views), func(s helpdesk.View) bool { return s.Name == name })
	if drop && len(kept) == len(views) {
		err = &helpdesk.FieldError{Field: "name", Problem: "is not known"}
	}
	if !drop {
		kept = append(kept, helpdesk.View{Name: name, Query: query})
	}
	if err == nil {
		err = v.desk.SaveViews(v.ctx, kept)
	}
	if err != nil {
		status, problems := v.obstacle(err)
		if problems == nil {
			return err
		}
		for i := range problems {
			problems[i].Field = "view"
		}
		back, err := url.ParseQuery(query)
		if err != nil {
			back = url.Values{}
		}
		return v.showInbox(status, filtersOf(back), inboxPage{form: form{Problems: problems}, Name: f.Get("name")})
	}
	said := v.told("view")
	if drop {
		query, said = "", v.told("unview")
	}
	if query != "" {
		query += "&"
	}
	return v.see("?" + query + "done=" + said)
}
