package ticketlist

import (
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// View is one of the lists that everybody has.
type View struct {
	Name   string
	Doc    string
	Status []helpdesk.Status // the list has tickets in these only, unless a filter names others; nil: in all
	Sets   string            // the Name of the filter that the view sets itself; empty: none, or one that does no harm
	Staff  bool              // it tells what customers do not see
	set    func(q *helpdesk.Query, now time.Time, who helpdesk.AgentID)
}

// Views are all views, in the order of documents and of the sidebar.
var Views = []View{
	{Name: "open", Doc: "open tickets", Status: helpdesk.OpenStatuses},
	{Name: "mine", Doc: "those of the acting agent", Status: helpdesk.OpenStatuses, Sets: "assignee", Staff: true,
		set: func(q *helpdesk.Query, _ time.Time, who helpdesk.AgentID) { q.Assignee = who }},
	{Name: "unassigned", Doc: "those that no agent holds", Status: helpdesk.OpenStatuses, Staff: true,
		set: func(q *helpdesk.Query, _ time.Time, _ helpdesk.AgentID) { q.Unassigned = true }},
	{Name: "risk", Doc: "due within half an hour", Status: helpdesk.OpenStatuses, Sets: "due_before", Staff: true,
		set: func(q *helpdesk.Query, now time.Time, _ helpdesk.AgentID) { q.DueBefore = now.Add(helpdesk.RiskAhead) }},
	{Name: "late", Doc: "with a breached SLA", Status: helpdesk.OpenStatuses, Sets: "late_before", Staff: true,
		set: func(q *helpdesk.Query, now time.Time, _ helpdesk.AgentID) { q.LateBefore = now }},
	{Name: "waiting", Doc: "waiting for the customer", Status: []helpdesk.Status{helpdesk.StatusWaiting}, Sets: "status"},
	{Name: "review", Doc: "to be looked at by a person", Status: helpdesk.OpenStatuses, Staff: true,
		set: func(q *helpdesk.Query, _ time.Time, _ helpdesk.AgentID) { q.Review = true }},
	{Name: All, Doc: "and all"},
}

// All is the view of all tickets. It is the only one without statuses.
const All = "all"

// ViewDoc documents the choice of a view.
func ViewDoc() string {
	var docs []string
	for _, v := range Views {
		docs = append(docs, v.Doc)
	}
	return "One of the lists that everybody has: " + strings.Join(docs, ", ") +
		". All but the last are open tickets unless status says otherwise"
}

// ViewNamed returns the view of a name, or nil.
func ViewNamed(name string) *View {
	for i := range Views {
		if Views[i].Name == name {
			return &Views[i]
		}
	}
	return nil
}

// Apply adds the view to q, which has the filters already. It overrides the filter Sets, but not
// the statuses.
func (v *View) Apply(q *helpdesk.Query, now time.Time, who helpdesk.AgentID) {
	if v.set != nil {
		v.set(q, now, who)
	}
	if len(q.Status) == 0 {
		q.Status = v.Status
	}
}

// Clash reports whether q has the filter that the view sets itself.
func (v *View) Clash(q *helpdesk.Query) bool {
	for i := range Filters {
		if f := &Filters[i]; f.Name == v.Sets && f.Given(q) {
			return true
		}
	}
	return false
}
