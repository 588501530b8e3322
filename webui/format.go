package webui

import (
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchtext"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// What templates call on a page.

// T returns a text of the catalogue.
func (v *visit) T(key string, args ...any) string { return v.words.text(key, args...) }

// Said is said for templates.
func (v *visit) Said(kind, text string) string { return v.said(kind, text) }

// Word returns the word for a value, such as the status "new".
func (v *visit) Word(kind string, value any) string { return v.words.word(kind, fmt.Sprint(value)) }

// URL returns the address of another page, relative to this one, so that any prefix works.
func (v *visit) URL(path string) string {
	if path == "" && v.root == "" {
		return "./"
	}
	return v.root + path
}

// Asset returns the address of a static file.
func (v *visit) Asset(name string) string { return v.root + "static/" + v.w.asset + "/" + name }

// Who is the viewer.
func (v *visit) Who() helpdesk.Actor { return v.who }

// SignOut is the address of the host's that ends the session; empty for none.
func (v *visit) SignOut() string { return v.w.cfg.SignOut }

// Admin reports whether the viewer may change settings.
func (v *visit) Admin() bool { return v.who.Role == helpdesk.RoleAdmin }

// Lead reports whether the viewer may edit the macros.
func (v *visit) Lead() bool { return v.Admin() || v.who.Role == helpdesk.RoleLead }

// Reports reports whether the viewer may see the figures of all tickets.
func (v *visit) Reports() bool {
	scope, err := v.scope()
	return err == nil && scope == nil
}

// Persons reports whether the viewer may see the customers, and the store keeps them.
func (v *visit) Persons() bool {
	_, keeps := helpdesk.As[helpdesk.CustomerStore](v.desk.Store())
	return keeps && v.Reports()
}

// Brand is how the tenant's pages look.
func (v *visit) Brand() Brand { return v.brand }

// BrandName is the tenant's name, or the product's.
func (v *visit) BrandName() string {
	if v.brand.Name != "" {
		return v.brand.Name
	}
	return v.T("brand")
}

// Lang is the language of the page, as HTML names it.
func (v *visit) Lang() string { return v.words.name }

// Zone is the viewer's zone, for people.
func (v *visit) Zone() string { return v.zone().String() }

// Time writes an instant in the viewer's zone.
func (v *visit) Time(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	t = t.In(v.zone())
	if t.Year() == v.now.In(v.zone()).Year() {
		return t.Format(v.T("time.near"))
	}
	return t.Format(v.T("time.far"))
}

// Day writes the date of an instant in the viewer's zone.
func (v *visit) Day(t time.Time) string { return t.In(v.zone()).Format(v.T("date.far")) }

// Stamp writes an instant for machines.
func (v *visit) Stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Ago says how long ago an instant was.
func (v *visit) Ago(t time.Time) string {
	d := v.now.Sub(t)
	if d < time.Minute {
		return v.T("time.now")
	}
	return v.T("time.ago", v.span(d))
}

// moment is an instant as pages show it: when, and how long ago.
type moment struct {
	Stamp, Time, Ago string
}

// When is an instant for the template of that name; the zero time has no text.
func (v *visit) When(t time.Time) moment {
	m := moment{v.Stamp(t), v.Time(t), ""}
	if !t.IsZero() && !t.After(v.now) {
		m.Ago = v.Ago(t)
	}
	return m
}

// span writes a duration in its two greatest units.
func (v *visit) span(d time.Duration) string {
	m := int(max(d, 0) / time.Minute)
	switch days, hours := m/(24*60), m/60%24; {
	case days >= 10, days > 0 && hours == 0:
		return v.T("time.d", days)
	case days > 0:
		return v.T("time.dh", days, hours)
	case hours > 0 && m%60 == 0:
		return v.T("time.h", hours)
	case hours > 0:
		return v.T("time.hm", hours, m%60)
	}
	return v.T("time.m", m)
}

// Span is span for templates.
func (v *visit) Span(d time.Duration) string { return v.span(d) }

// dueness is how a due time is shown: in words, with the time itself, and by a class for the
// colour.
type dueness struct {
	Text  string
	Class string // late, soon, fine, none
	At    time.Time
	Stamp string // At for machines
	Time  string // At for people; empty when there is none
}

func (v *visit) dueness(text, class string, at time.Time) dueness {
	d := dueness{Text: text, Class: class, At: at}
	if !at.IsZero() {
		d.Stamp, d.Time = v.Stamp(at), v.Time(at)
	}
	return d
}

// Due says how long there is until a ticket is due.
func (v *visit) Due(t *helpdesk.Ticket) dueness {
	due := t.FirstDue()
	if !t.Status.Open() || due.IsZero() {
		key := "due.none"
		if t.Status == helpdesk.StatusWaiting {
			key = "due.paused"
		}
		return v.dueness(v.T(key), "none", time.Time{})
	}
	return v.dueAt(due)
}

func (v *visit) dueAt(due time.Time) dueness {
	switch d := due.Sub(v.now); {
	case d < 0:
		return v.dueness(v.T("due.late", v.span(-d)), "late", due)
	case d <= helpdesk.RiskAhead:
		return v.dueness(v.T("due.in", v.span(d)), "soon", due)
	default:
		return v.dueness(v.T("due.in", v.span(d)), "fine", due)
	}
}

// Clock says how an SLA clock stands.
func (v *visit) Clock(c helpdesk.SLAClock) dueness {
	switch {
	case !c.MetAt.IsZero() && !c.BreachedAt.IsZero():
		return v.dueness(v.T("clock.late"), "late", c.MetAt)
	case !c.MetAt.IsZero():
		return v.dueness(v.T("clock.met"), "fine", c.MetAt)
	case !c.CancelledAt.IsZero():
		return v.dueness(v.T("clock.cancelled"), "none", c.CancelledAt)
	case c.DueAt.IsZero():
		return v.dueness(v.T("due.paused"), "none", time.Time{})
	}
	return v.dueAt(c.DueAt)
}

// Initials are one or two letters for a person.
func (v *visit) Initials(name string) string {
	name, _, _ = strings.Cut(name, "@")
	var out []rune
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '.' || r == '-' || r == '_' }) {
		if r := []rune(word); len(out) < 2 {
			out = append(out, r[0])
		}
	}
	return strings.ToUpper(string(out))
}

// Query escapes a value for an address.
func (v *visit) Query(s string) string { return url.QueryEscape(s) }

var linkIn = regexp.MustCompile(`https?://[^\s<>"'` + "`" + `]+[^\s<>"'` + "`" + `.,;:!?)\]}]`)

// Text writes a plain text with its links clickable. Everything is escaped but the links made here.
func (v *visit) Text(s string) template.HTML {
	var b strings.Builder
	last := 0
	for _, at := range linkIn.FindAllStringIndex(s, -1) {
		b.WriteString(template.HTMLEscapeString(s[last:at[0]]))
		link := template.HTMLEscapeString(s[at[0]:at[1]])
		b.WriteString(`<a href="` + link + `" rel="noopener noreferrer nofollow" target="_blank">` + link + `</a>`)
		last = at[1]
	}
	b.WriteString(template.HTMLEscapeString(s[last:]))
	return template.HTML(b.String())
}

// Mark writes a text with the words of a search marked.
func (v *visit) Mark(s string, asked searchtext.Query) template.HTML {
	return marked(s, searchwords.Marks(s, asked.Terms, asked.Phrases))
}

// Hits is an excerpt with its hits marked.
func (v *visit) Hits(e helpdesk.Excerpt) template.HTML { return marked(e.Text, e.Hits) }

func marked(s string, marks [][2]int) template.HTML {
	var b strings.Builder
	for _, p := range searchwords.Parts(s, marks) {
		text := template.HTMLEscapeString(p.Text)
		if p.Hit {
			text = "<mark>" + text + "</mark>"
		}
		b.WriteString(text)
	}
	return template.HTML(b.String())
}

// Person is how somebody is called.
func (v *visit) Person(a helpdesk.Actor) string {
	if a.Role == helpdesk.RoleSystem && a.ID == "" && a.Name == "" {
		return v.T("person.desk")
	}
	return a.String()
}

// Sorts are the orders a list may have, as the address names them.
func (v *visit) Sorts() []string { return []string{"due", "urgency", "newest", "oldest"} }

// BulkActions are what may be done to many tickets at once.
func (v *visit) BulkActions() []string {
	return []string{"assign", "take", "tag", "priority", "category", "resolve", "close"}
}

// List returns the address of the inbox with filters, which are encoded as an address's query.
func (v *visit) List(query string) template.URL {
	q, _ := url.ParseQuery(query) // what cannot be read is left out
	return template.URL(v.URL("") + "?" + q.Encode())
}

// Raw is a query that a page has written itself, for an address.
func (v *visit) Raw(query string) template.URL { return template.URL(query) }

// Periods are the periods that the dashboard offers, in days up to today.
func (v *visit) Periods() []int { return []int{7, 30, 90, 365} }
