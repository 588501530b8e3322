package transfer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
)

// comment is a message of a file.
type comment struct {
	id     string
	author user
	at     time.Time
	public bool
	ours   bool // by an agent
	body   string
	html   string
}

// ticket reads a ticket of one of the formats, and hands it to a worker.
func (r *reader) ticket(ctx context.Context, line int, format string, f *fields) {
	r.mu.Lock()
	if r.result.Format == "" {
		r.result.Format = format
	}
	r.mu.Unlock()
	in := helpdesk.Imported{Source: r.cfg.Source, External: f.text("id")}
	if in.Source == "" {
		in.Source = format
	}
	var err error
	var here bool
	switch format {
	case "zendesk":
		here, err = r.zendesk(f, &in)
	case "freshdesk":
		here, err = r.freshdesk(f, &in)
	default:
		here, err = r.flat(f, &in)
	}
	switch {
	case err != nil:
		r.bad(line, in.External, err)
		return
	case !here:
		r.settle(line, in.External, "", nil)
		return
	}
	r.ignore(f.rest()...)
	t := &in.Ticket
	if strings.TrimSpace(t.Subject) == "" {
		t.Subject = firstLine(t.Description)
	}
	if in.External == "" {
		sum := sha256.Sum256([]byte(strings.Join([]string{t.Subject, t.Description, t.Customer.Email, t.CreatedAt.UTC().Format(time.RFC3339)}, "\x00")))
		in.External = "row " + hex.EncodeToString(sum[:12])
	}
	r.put(ctx, job{line: line, in: in})
}

// common reads the fields that all formats have under the same names.
func (r *reader) common(f *fields, in *helpdesk.Imported, status, priority string) (here bool, err error) {
	t := &in.Ticket
	var errs []error
	set := func(err error) { errs = append(errs, err) }
	t.Subject, t.Description = strings.Join(strings.Fields(f.text("subject", "raw_subject")), " "), f.text("description")
	t.Status, here, err = r.status(status)
	set(err)
	t.Priority, err = r.priority(priority)
	set(err)
	if t.Tags = tags(f.value("tags")); len(t.Tags) > helpdesk.MaxTags {
		slices.Sort(t.Tags)
		t.Tags = slices.Compact(t.Tags)
		if len(t.Tags) > helpdesk.MaxTags {
			t.Tags = t.Tags[:helpdesk.MaxTags]
			r.ignore(fmt.Sprintf("tags beyond %d", helpdesk.MaxTags))
		}
	}
	t.Cc = r.cc(f)
	for _, at := range []struct {
		field string
		to    *time.Time
		names []string
	}{
		{"created_at", &t.CreatedAt, nil}, {"updated_at", &t.UpdatedAt, nil},
		{"resolved_at", &t.ResolvedAt, []string{"resolved_at", "solved_at"}}, {"closed_at", &t.ClosedAt, nil},
		{"first_reply_at", &t.FirstReplyAt, nil},
	} {
		if at.names == nil {
			at.names = []string{at.field}
		}
		*at.to, err = r.moment(at.field, f.text(at.names...))
		set(err)
	}
	return here, errors.Join(errs...)
}

// cc reads the people in Cc: addresses, or ids of users of the file. What is no address, and who has
// none, is ignored by name.
func (r *reader) cc(f *fields) (list []helpdesk.Contact) {
	var given []string
	for _, name := range []string{"cc", "cc_email", "cc_emails"} {
		if o := f.object(name); o != nil {
			given = append(given, texts(o.value("cc_emails"))...)
		} else {
			given = append(given, texts(f.value(name))...)
		}
	}
	for _, line := range given {
		for _, one := range strings.FieldsFunc(line, func(c rune) bool { return c == ',' || c == ';' || c == '\n' }) {
			if a, err := mail.ParseAddress(strings.TrimSpace(one)); err == nil {
				list = append(list, helpdesk.Contact{Name: a.Name, Email: strings.ToLower(a.Address)})
			} else if strings.TrimSpace(one) != "" {
				r.ignore("cc that is no address")
			}
		}
	}
	for _, name := range []string{"email_cc_ids", "collaborator_ids"} {
		for _, id := range texts(f.value(name)) {
			if u := r.people.users[id]; u.email != "" && !u.agent {
				list = append(list, helpdesk.Contact{Name: u.name, Email: u.email})
			} else if u.id == "" {
				r.ignore(name + " of unknown users")
			}
		}
	}
	if len(list) > helpdesk.MaxParticipants {
		r.ignore(fmt.Sprintf("cc beyond %d", helpdesk.MaxParticipants))
		list = list[:helpdesk.MaxParticipants]
	}
	return list
}

// customer sets the requester.
func (r *reader) customer(in *helpdesk.Imported, u user, c company) {
	in.Ticket.Customer = helpdesk.Contact{Name: u.name, Email: u.email}
	in.Person, in.Organisation = u.person(), c.organisation(in.Source)
}

// owner sets the agent.
func (r *reader) owner(in *helpdesk.Imported, names ...string) {
	id, known := r.agent(names...)
	if in.Ticket.Assignee = id; id != "" && !known {
		r.mu.Lock()
		count(r.result.Strangers, string(id))
		r.mu.Unlock()
	}
}

// converse sets the messages. The first is the description, which is not among the comments.
func (r *reader) converse(in *helpdesk.Imported, html string, comments []comment) {
	t := &in.Ticket
	requester := helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: t.Customer.Email, Name: t.Customer.Name}
	if t.Customer.Email == "" {
		requester = helpdesk.Actor{Name: t.Customer.Name}
	}
	in.Messages = []helpdesk.Message{{ID: "first", Kind: helpdesk.FromCustomer, By: requester, Body: t.Description, HTML: html, At: t.CreatedAt}}
	replied := false
	for _, c := range comments {
		m := helpdesk.Message{ID: c.id, Kind: helpdesk.FromCustomer, Body: c.body, HTML: c.html, At: c.at, By: requester}
		if c.id != "" {
			m.ID = "comment " + c.id
		}
		if c.body == "" && c.html != "" {
			m.Body = email.HTMLText(c.html)
		}
		if c.ours || !c.public {
			id, _ := r.agent(c.author.email, c.author.id, c.author.name)
			m.By = helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(id), Name: c.author.name}
			m.Kind, replied = helpdesk.FromAgent, replied || c.public
		} else if c.author.email != "" && c.author.email != t.Customer.Email {
			m.By = helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: c.author.email, Name: c.author.name}
		}
		if !c.public {
			m.Kind = helpdesk.InternalNote
		}
		in.Messages = append(in.Messages, m)
	}
	if t.Status == helpdesk.StatusNew && t.Assignee != "" && replied {
		t.Status = helpdesk.StatusProgress
	}
}

// flat reads a row of CSV, or an object with the same names. "comments" is a list there.
func (r *reader) flat(f *fields, in *helpdesk.Imported) (bool, error) {
	for from, to := range columnNames { // CSV has them already
		if v, ok := f.m[from]; ok && f.m[to] == nil && from != "comments" {
			f.m[to] = v
			f.used[from] = true
		}
	}
	in.External = f.text("id")
	here, err := r.common(f, in, f.text("status"), f.text("priority"))
	t := &in.Ticket
	t.Category = r.category(f.text("category"))
	t.Source, t.Language, t.Resolution = sources[strings.ToLower(f.text("source"))], f.text("language"), f.text("resolution")
	r.customer(in, user{name: f.text("customer_name"), email: strings.ToLower(strings.TrimSpace(f.text("customer_email")))}, company{name: f.text("organisation")})
	r.owner(in, f.text("agent"))
	var comments []comment
	if s, ok := f.m["comment"].(string); ok && strings.TrimSpace(s) != "" { // a column
		f.used["comment"] = true
		comments = append(comments, comment{id: "column", public: false, ours: true, body: s, at: later(t.UpdatedAt, t.CreatedAt)})
	}
	for i, c := range f.objects("comments") {
		at, bad := r.moment(fmt.Sprintf("comments[%d]", i), c.text("created_at", "at"))
		err = errors.Join(err, bad)
		one := comment{
			id: c.text("id"), at: at, body: c.text("body", "text"), html: c.text("html"), public: !c.has("public") || c.is("public"),
			author: user{email: strings.ToLower(c.text("author_email", "author")), name: c.text("author_name")},
		}
		_, known := r.agent(one.author.email)
		one.ours = c.text("by") == "agent" || (c.text("by") == "" && (known || (one.author.email != "" && one.author.email != t.Customer.Email)))
		comments = append(comments, one)
		for _, name := range c.rest() {
			r.ignore("comments." + name)
		}
	}
	r.converse(in, "", comments)
	return here, err
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// zendesk reads a ticket of Zendesk: of its JSON export, whose tickets hold their comments, or of
// its API.
func (r *reader) zendesk(f *fields, in *helpdesk.Imported) (bool, error) {
	f.value("url", "generated_timestamp", "is_public", "from_messaging_channel") // say nothing of the ticket
	if m := f.object("metric_set"); m != nil && f.text("resolved_at", "solved_at") == "" {
		f.m["resolved_at"] = m.m["solved_at"]
	}
	here, err := r.common(f, in, f.text("status"), f.text("priority"))
	t := &in.Ticket
	t.Category = r.category(f.text("type"))
	if via := f.object("via"); via != nil {
		t.Source = sources[strings.ToLower(via.text("channel"))]
	}
	requester, assignee := r.people.user(f, "requester", "requester_id"), r.people.user(f, "assignee", "assignee_id")
	r.people.user(f, "submitter", "submitter_id")
	if o := f.object("organization"); o != nil {
		r.people.add(o, companyKind)
	}
	organisation := f.text("organization_id")
	if organisation == "" {
		organisation = requester.company
	}
	r.customer(in, requester, r.people.companies[organisation])
	r.owner(in, assignee.email, assignee.id, assignee.name)
	if s := f.object("satisfaction_rating"); s != nil {
		t.Rating = zendeskRating(s)
	}
	var comments []comment
	html := ""
	for i, c := range f.objects("comments") {
		at, bad := r.moment(fmt.Sprintf("comments[%d]", i), c.text("created_at"))
		err = errors.Join(err, bad)
		author := r.people.user(c, "author", "author_id")
		one := comment{
			id: c.text("id"), author: author, at: at, public: !c.has("public") || c.is("public"), body: c.text("plain_body", "body"), html: c.text("html_body"),
			ours: author.agent || (author.id != requester.id && (author.email == "" || author.email == assignee.email)),
		}
		c.value("body", "type", "audit_id", "via", "uploads")
		for _, name := range c.rest() {
			r.ignore("comments." + name)
		}
		if i == 0 && one.public && strings.TrimSpace(c.text("body", "plain_body")) == strings.TrimSpace(t.Description) {
			html = one.html // the description again
			continue
		}
		comments = append(comments, one)
	}
	r.converse(in, html, comments)
	return here, err
}

// zendeskRating is a rating, which is good or bad there; nil for none.
func zendeskRating(s *fields) *helpdesk.Rating {
	score, ok := map[string]int{"good": 5, "good_with_comment": 5, "bad": 1, "bad_with_comment": 1}[s.text("score")]
	if !ok {
		return nil
	}
	return &helpdesk.Rating{Score: score, Comment: s.text("comment")}
}

// freshdesk reads a ticket of Freshdesk: of its account export, of its API, or a row of its CSV.
func (r *reader) freshdesk(f *fields, in *helpdesk.Imported) (bool, error) {
	if id := f.text("display_id", "id"); id != "" {
		in.External = id
	}
	states := f.object("ticket_states", "stats")
	if states != nil {
		for to, from := range map[string]string{"resolved_at": "resolved_at", "closed_at": "closed_at", "first_reply_at": "first_response_time", "first_responded_at": "first_responded_at"} {
			if !f.has(to) && !empty(states.m[from]) {
				f.m[to] = states.m[from]
			}
		}
		if !f.has("first_reply_at") {
			f.m["first_reply_at"] = f.m["first_responded_at"]
		}
		f.used["first_responded_at"] = true
	}
	html := ""
	if text := f.text("description_text"); text != "" {
		html = f.text("description")
		f.m["description"] = text
	} else if html = f.text("description_html"); html == "" && strings.Contains(f.text("description"), "<") && f.has("responder_id") {
		html = f.text("description")
		f.m["description"] = email.HTMLText(html)
	}
	status, priority := f.text("status_name"), f.text("priority_name")
	if status == "" {
		status = f.text("status")
		if name, ok := freshStatus[status]; ok && r.cfg.Statuses[status] == "" {
			status = name
		}
	}
	if priority == "" {
		priority = f.text("priority")
		if name, ok := freshPriority[priority]; ok && r.cfg.Priorities[priority] == 0 {
			priority = name
		}
	}
	f.value("status", "priority", "status_name", "priority_name", "source_name", "deleted", "spam", "responder_name", "requester_name", "email")
	if f.is("deleted") || f.is("spam") {
		status = "deleted"
	}
	here, err := r.common(f, in, status, priority)
	t := &in.Ticket
	t.Category = r.category(f.text("ticket_type", "type", "category"))
	t.Source = sources[strings.ToLower(f.text("source"))]
	requester, responder := r.people.user(f, "requester", "requester_id"), r.people.user(f, "responder", "responder_id")
	fill := func(to *string, names ...string) {
		if text := strings.TrimSpace(f.text(names...)); *to == "" {
			*to = text
		}
	}
	fill(&requester.name, "requester_name", "customer_name")
	fill(&requester.email, "email", "customer_email")
	requester.email = strings.ToLower(requester.email)
	fill(&responder.name, "responder_name", "agent")
	known := map[string]user{requester.id: requester, responder.id: responder}
	c := r.people.companies[f.text("company_id")]
	if c.id == "" {
		c = r.people.companies[requester.company]
	}
	if name := f.text("organisation"); c.name == "" {
		c.name = name
	}
	r.customer(in, requester, c)
	r.owner(in, responder.email, responder.id, responder.name)
	var comments []comment
	list := f.objects("notes")
	if list == nil {
		list = f.objects("conversations")
	}
	for i, c := range list {
		if inner := c.object("note"); inner != nil {
			c = inner
		}
		at, bad := r.moment(fmt.Sprintf("notes[%d]", i), c.text("created_at"))
		err = errors.Join(err, bad)
		author := r.people.user(c, "user", "user_id")
		if u, ok := known[author.id]; ok && author.id != "" {
			author = u
		}
		one := comment{
			id: c.text("id"), author: author, at: at, public: !c.is("private"), ours: !c.is("incoming"),
			body: c.text("body_text"), html: c.text("body_html"),
		}
		if body := c.text("body"); one.body == "" && one.html == "" && c.has("body_text") {
			one.html = body
		} else if one.body == "" {
			one.body = body
		} else if one.html == "" {
			one.html = body
		}
		c.value("private", "incoming", "updated_at", "ticket_id", "source", "support_email", "deleted")
		for _, name := range c.rest() {
			r.ignore("notes." + name)
		}
		if !c.is("deleted") {
			comments = append(comments, one)
		}
	}
	r.converse(in, html, comments)
	return here, err
}
