package webui

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	languages "github.com/helpdesk-go/helpdesk/internal/language"
	"github.com/helpdesk-go/helpdesk/macro"
	"github.com/helpdesk-go/helpdesk/sla"
)

// draft is what the viewer was about to say.
type draft struct {
	Body     string
	Note     string   // of the resolution
	Problem  string   // why it was not sent
	Conflict bool     // somebody else wrote meanwhile
	Lost     bool     // files have to be chosen again
	Cc       []string // of those in Cc, who gets the reply; nil is all
}

// Sends reports whether one in Cc gets the reply.
func (d *draft) Sends(email string) bool { return d.Cc == nil || slices.Contains(d.Cc, email) }

// Kept reports whether there is something to say or to keep.
func (d *draft) Kept() bool { return d.Body != "" || d.Problem != "" }

// ticketPage is one ticket with all there is to know of it.
type ticketPage struct {
	*helpdesk.Ticket
	tried
	Done       string // what the viewer has just done
	Due        dueness
	Agent      string
	Messages   []shownMessage
	History    []shownEvent
	fold              // of the messages
	Urge       bool   // one of those folded waits for a decision
	Last       string // id of the last message shown
	Draft      draft
	Key        string // makes sending the same form twice harmless
	Categories []helpdesk.CategoryInfo
	Priorities []helpdesk.Priority
	Languages  []string
	Agents     []helpdesk.Agent
	Macros     []filled
	Card       customerCard
	Others     []listed // the customer's other tickets
	Clocks     []clockWords
	Steps      []step // why it is with this agent
	Overrides  []shownEvent
	Tags       string
	Reopenable bool
	Links      []linkGroup
	LinkKinds  []helpdesk.LinkKind
	Merge      string // id of a ticket whose merge the viewer may take back from this page
}

// filled is a macro with its placeholders filled in.
type filled struct {
	macro.Macro
	Text string
}

// shownMessage is a message as the page shows it.
type shownMessage struct {
	helpdesk.Message
	Name   string
	Mine   bool
	Latest bool
	Mail   string // id of the mail, while it is held
	Why    string // the reason for that
}

// Splits reports whether the message may become a part of another ticket.
func (m shownMessage) Splits() bool {
	return m.Kind == helpdesk.FromCustomer || m.Kind == helpdesk.InternalNote
}

// Start returns the beginning of the text, on one line.
func (m shownMessage) Start() string {
	words := []rune(strings.Join(strings.Fields(m.Body), " "))
	if len(words) > 60 {
		words = append(words[:59], '…')
	}
	return string(words)
}

// shownEvent is a line of the history.
type shownEvent struct {
	helpdesk.Event
	Name string
	Text string
}

// ticket shows one ticket.
func (w *workspace) ticket(v *visit) error {
	t, err := v.find(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	d := draft{}
	if v.r.URL.Query().Get("use") == "suggestion" && t.Suggestion != nil { // without JavaScript the button is a link
		d.Body = t.Suggestion.Response
	}
	return v.showTicket(http.StatusOK, t, d, tried{})
}

// languages are the ones that the desk tells apart, and that of a ticket, by their names.
func (v *visit) languages(own string) []string {
	tags := slices.Clone(languages.Tags)
	if own != "" && !slices.Contains(tags, own) {
		tags = append(tags, own)
	}
	slices.SortFunc(tags, func(a, b string) int { return strings.Compare(v.Word("language", a), v.Word("language", b)) })
	return tags
}

func (v *visit) showTicket(status int, t *helpdesk.Ticket, d draft, failed tried) error {
	p := &ticketPage{tried: failed, Draft: d, Key: rand.Text(), Categories: v.desk.Categories(), Priorities: helpdesk.Priorities, Languages: v.languages(t.Language), LinkKinds: helpdesk.LinkKinds}
	v.opened = t.ID
	var th *helpdesk.Thread
	var family helpdesk.CustomerPage
	if q := theirs(t); q.Customer != "" || q.CustomerIDs != nil {
		v.beside = p.Card.counts(q)
	}
	err := together(
		func() (err error) { th, err = v.desk.Thread(v.ctx, t.ID); return err },
		func() (err error) { p.Agents, err = v.desk.Agents(v.ctx); return err },
		func() (err error) { p.Others, err = v.others(t, theirs(t)); return err },
		func() (err error) { p.Links, err = v.linksOf(t); return err },
		func() (err error) { family, err = v.family(t); return err },
		func() error { v.aside(); return nil },
	)
	if err != nil {
		return err
	}
	p.Ticket = th.Ticket
	p.Done, p.Due, p.Tags, p.Reopenable = v.deed(th.Events), v.Due(p.Ticket), strings.Join(p.Ticket.Tags, ", "), p.Ticket.Status == helpdesk.StatusResolved
	p.Merge = v.undoable(th)
	names := map[string]string{}
	for _, a := range p.Agents {
		names[string(a.ID)] = a.Name
	}
	p.Agent = cmp.Or(names[string(p.Assignee)], string(p.Assignee))
	if err := v.conversation(p, th, names); err != nil {
		return err
	}
	if err := v.around(p, names); err != nil {
		return err
	}
	if err := v.cardOf(p, family); err != nil {
		return err
	}
	v.render(status, "ticket", p.Ref+" "+p.Subject, "inbox", p)
	return nil
}

// undoable returns the id of the merged ticket that is shown, or that the viewer has just merged
// into the shown one.
func (v *visit) undoable(th *helpdesk.Thread) string {
	if th.Ticket.MergedInto != "" {
		return string(th.Ticket.ID)
	}
	if e := v.did(th.Events, toldFor, helpdesk.EventMerged, helpdesk.EventUnmerged); v.tells("merge") != "" && e != nil && e.Type == helpdesk.EventMerged {
		return e.From
	}
	return ""
}

// others returns the latest tickets that fit a query but the one shown. A query without a customer
// finds none.
func (v *visit) others(t *helpdesk.Ticket, q helpdesk.Query) (list []listed, err error) {
	if q.Customer == "" && q.CustomerIDs == nil {
		return nil, nil
	}
	q.Limit = 6
	page, err := v.desk.Tickets(v.ctx, q)
	for _, other := range page.Tickets {
		if other.ID != t.ID {
			list = append(list, listed{Ticket: other, Due: v.Due(other)})
		}
	}
	return list, err
}

// linkGroup is the links of a ticket of one kind.
type linkGroup struct {
	Kind  helpdesk.LinkKind
	Links []helpdesk.LinkedTicket
}

// linksOf returns the links of a ticket by kind.
func (v *visit) linksOf(t *helpdesk.Ticket) (groups []linkGroup, err error) {
	if len(t.Links) == 0 {
		return nil, nil
	}
	links, err := v.desk.Links(v.ctx, t.ID)
	for _, l := range links {
		if n := len(groups); n == 0 || groups[n-1].Kind != l.Kind {
			groups = append(groups, linkGroup{Kind: l.Kind})
		}
		g := &groups[len(groups)-1]
		g.Links = append(g.Links, l)
	}
	return groups, err
}

// waiting returns the mails that are held, by their messages in a thread.
func (v *visit) waiting(th *helpdesk.Thread) (map[string]helpdesk.Mail, error) {
	if !slices.ContainsFunc(th.Messages, func(m helpdesk.Message) bool { return m.Kind == helpdesk.HeldMessage }) {
		return nil, nil
	}
	held, err := v.desk.Mails(v.ctx, helpdesk.MailQuery{Ticket: th.Ticket.ID, Outcome: []helpdesk.MailOutcome{helpdesk.MailHeld}, Limit: 100})
	waits := map[string]helpdesk.Mail{}
	for _, m := range held.Mails {
		waits[m.Message] = m
	}
	return waits, err
}

// conversation fills in what was said and done.
func (v *visit) conversation(p *ticketPage, th *helpdesk.Thread, names map[string]string) error {
	waits, err := v.waiting(th)
	if err != nil {
		return err
	}
	called := func(a helpdesk.Actor) string { return cmp.Or(a.Name, names[a.ID], v.Person(a)) }
	for _, m := range th.Messages {
		if m.Kind == helpdesk.SystemNote {
			m.Body = v.said("system", m.Body)
		}
		p.Messages = append(p.Messages, shownMessage{Message: m, Name: called(m.By), Mine: m.By.ID == v.who.ID && m.By.Role == v.who.Role, Mail: waits[m.ID].ID, Why: waits[m.ID].Reason})
		p.Last = m.ID
	}
	if n := len(p.Messages); n > 0 {
		p.Messages[n-1].Latest = true
	}
	p.fold = folded(len(p.Messages), manyMessages, shownLast)
	for _, m := range p.Messages[p.From:p.To] {
		p.Urge = p.Urge || m.Mail != ""
	}
	for _, e := range slices.Backward(th.Events) {
		one := shownEvent{e, called(e.By), v.eventText(&e, names)}
		p.History = append(p.History, one)
		if e.Type == helpdesk.EventOverride && !slices.ContainsFunc(p.Overrides, func(o shownEvent) bool { return o.Text == one.Text }) {
			p.Overrides = append(p.Overrides, one)
		}
	}
	return nil
}

// eventText says what an event changed, with old and new values.
func (v *visit) eventText(e *helpdesk.Event, names map[string]string) string {
	from, to := e.From, e.To
	switch e.Type {
	case helpdesk.EventStatus:
		from, to = v.Word("status", from), v.Word("status", to)
	case helpdesk.EventPriority, helpdesk.EventOverride:
		from, to = v.Word("priority", from), v.Word("priority", to)
	case helpdesk.EventFeedback:
		switch helpdesk.ReplyUse(to) {
		case helpdesk.ReplySent, helpdesk.ReplyEdited, helpdesk.ReplyUnused:
			from, to = "", v.Word("use", to)
		default:
			from, to = v.Word("category", from), v.Word("category", to)
		}
	case helpdesk.EventCategory, helpdesk.EventTriaged:
		from, to = v.Word("category", from), v.Word("category", to)
	case helpdesk.EventAssigned:
		from, to = cmp.Or(names[from], from), cmp.Or(names[to], to)
	case helpdesk.EventFollowers:
		from, to = namesOf(names, from), namesOf(names, to)
	case helpdesk.EventUnassigned:
		from, to = cmp.Or(names[from], from), v.said("reason", to)
	case helpdesk.EventReplied, helpdesk.EventNoted, helpdesk.EventMerged, helpdesk.EventUnmerged, helpdesk.EventSplit:
		from, to = "", "" // ids say nothing to people
	case helpdesk.EventLinked, helpdesk.EventUnlinked:
		kind, ref, _ := strings.Cut(from+to, " ")
		from, to = "", v.Word("link", kind)+" "+ref
	case helpdesk.EventSLAMet, helpdesk.EventSLAAtRisk, helpdesk.EventSLABreached:
		from = v.Word("metric", from)
	}
	name := v.Word("event", e.Type)
	if e.Type == helpdesk.EventOverride && e.From == e.To {
		name, from, to = v.T("event.priority_limited"), "", ""
	}
	switch {
	case from != "" && to != "":
		return fmt.Sprintf("%s: %s → %s", name, from, to)
	case from+to != "":
		return fmt.Sprintf("%s: %s", name, from+to)
	default:
		return name
	}
}

// namesOf names the agents of a list.
func namesOf(names map[string]string, ids string) string {
	list := strings.Split(ids, ", ")
	for i, id := range list {
		list[i] = cmp.Or(names[id], id)
	}
	return strings.Join(list, ", ")
}

// Following reports whether the viewer follows the ticket.
func (p *ticketPage) Following(who string) bool {
	return slices.Contains(p.Followers, helpdesk.AgentID(who))
}

// Called is the name of an agent.
func (p *ticketPage) Called(id helpdesk.AgentID) string {
	for _, a := range p.Agents {
		if a.ID == id {
			return a.Name
		}
	}
	return string(id)
}

// around fills in what stands beside the conversation.
func (v *visit) around(p *ticketPage, names map[string]string) error {
	macros, err := macro.Of(v.desk).List(v.ctx)
	if err != nil {
		return err
	}
	me := cmp.Or(v.who.Name, v.who.ID)
	for _, a := range p.Agents {
		if string(a.ID) == v.who.ID {
			me = a.Name
		}
	}
	for _, m := range macros {
		p.Macros = append(p.Macros, filled{m, m.Fill(p.Ticket, me)})
	}
	clocks, err := sla.Explain(v.ctx, v.desk, p.ID)
	if err != nil {
		return err
	}
	for _, e := range clocks {
		p.Clocks = append(p.Clocks, v.clockWords(e))
	}
	story, err := assign.Explain(v.ctx, v.desk, p.ID)
	if err != nil {
		return err
	}
	p.Steps = v.steps(story, names)
	return nil
}

// similar shows solved tickets that are like a ticket. They take longer to find than the rest of
// the ticket's page, which has them come by themselves.
func (w *workspace) similar(v *visit) error {
	t, err := v.find(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	solved, err := v.desk.Similar(v.ctx, t.ID, 3)
	if err != nil {
		return err
	}
	v.render(http.StatusOK, "similar", v.T("similar.title"), "inbox", solved)
	return nil
}

// newPage is the form for a ticket, with what was typed.
type newPage struct {
	form
	Subject, Email, Name, Text string
	Key                        string // makes sending the same form twice harmless
	Lost                       bool   // files have to be chosen again
	Quoted                     bool   // the words are the customer's
}

// newTicket is the form for a ticket that an agent opens for a customer.
func (w *workspace) newTicket(v *visit) error {
	return v.showNew(http.StatusOK, &newPage{Key: rand.Text()})
}

func (v *visit) showNew(status int, p *newPage) error {
	v.render(status, "new", v.T("new.title"), "new", p)
	return nil
}

// openTicket opens it.
func (w *workspace) openTicket(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	p := &newPage{Subject: f.Get("subject"), Email: f.Get("email"), Name: f.Get("name"), Text: text(f, "description"), Key: f.Get("key"), Quoted: f.Has("quoted")}
	with := files(v.r.MultipartForm)
	t, err := v.desk.Open(v.ctx, helpdesk.OpenParams{
		Subject: p.Subject, Description: p.Text, Customer: helpdesk.Contact{Name: p.Name, Email: p.Email}, Quoted: p.Quoted, IdempotencyKey: p.Key, Files: with,
	})
	if err == nil {
		return v.seeDone(t, "opened")
	}
	status, problems := v.obstacle(err)
	if problems == nil {
		return err
	}
	if status == http.StatusConflict { // the form was sent before, with other words: this is another ticket
		problems, p.Key = []problem{{"", v.T("write.twice")}}, rand.Text()
	}
	p.Problems, p.Lost = problems, len(with) > 0
	return v.showNew(status, p)
}
