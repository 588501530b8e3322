package bunstore

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/helpdesk-go/helpdesk"
)

// storable reports whether both databases take a text: PostgreSQL knows neither NUL nor
// anything but UTF-8. No row holds another text, so asking for one finds nothing.
func storable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// canonical reports whether s is a UUID as it is written back. Anything else is nowhere stored,
// and must not reach a uuid column.
func canonical(s string) bool {
	id, err := uuid.Parse(s)
	return err == nil && id.String() == s
}

// checker collects the first field at fault.
type checker struct{ err error }

func (c *checker) refuse(field, problem string) {
	if c.err == nil {
		c.err = &helpdesk.FieldError{Field: field, Problem: problem}
	}
}

func (c *checker) text(field, s string) {
	switch {
	case c.err != nil:
	case !utf8.ValidString(s):
		c.refuse(field, "is not valid UTF-8")
	case strings.IndexByte(s, 0) >= 0:
		c.refuse(field, "contains a NUL character")
	}
}

func (c *checker) id(field, s string) {
	if !canonical(s) {
		c.refuse(field, "is not a UUID in canonical form")
	}
}

func (c *checker) json(field string, v json.RawMessage) {
	if len(v) == 0 {
		return
	}
	c.text(field, string(v))
	if c.err == nil && !json.Valid(v) {
		c.refuse(field, "is not JSON")
	}
}

func (c *checker) actor(a helpdesk.Actor) {
	c.text("by", string(a.Role))
	c.text("by", a.ID)
	c.text("by", a.Name)
}

// checkChange refuses what cannot be stored as it is.
func checkChange(c *helpdesk.Change) error {
	var k checker
	k.text("tenant", string(c.Tenant))
	if c.Ticket != nil {
		k.ticket(c.Tenant, c.Ticket)
	}
	for i := range c.Messages {
		m := &c.Messages[i]
		k.id("message_id", m.ID)
		k.text("kind", string(m.Kind))
		k.text("body", m.Body)
		k.text("sender", string(m.Sender))
		k.text("reply_to", m.ReplyTo)
		k.text("full", m.Full)
		k.text("html", m.HTML)
		k.attachments(m.Attachments)
		k.actor(m.By)
	}
	for i := range c.Events {
		e := &c.Events[i]
		k.id("event_id", e.ID)
		k.text("type", string(e.Type))
		k.text("from", e.From)
		k.text("to", e.To)
		k.json("data", e.Data)
		k.actor(e.By)
	}
	if c.Rewrite {
		k.once("message_id", len(c.Messages), func(i int) string { return c.Messages[i].ID })
		k.once("event_id", len(c.Events), func(i int) string { return c.Events[i].ID })
	}
	for i := range c.Mail {
		k.mail(&c.Mail[i])
	}
	for i := range c.Customers {
		k.customer(&c.Customers[i])
	}
	for i := range c.Organisations {
		k.organisation(&c.Organisations[i])
	}
	k.notices(c)
	for _, l := range c.Loads {
		k.text("agent", string(l.Agent))
	}
	for i := range c.Settings {
		g := &c.Settings[i]
		k.text("kind", string(g.Kind))
		k.text("key", g.Key)
		k.json("value", g.Value)
		k.actor(g.By)
	}
	for _, o := range c.Once {
		k.text("scope", o.Scope)
		k.text("key", o.Key)
	}
	for i := range c.Done {
		k.task(&c.Done[i])
	}
	for i := range c.Tasks {
		k.task(&c.Tasks[i])
	}
	return k.err
}

func (c *checker) ticket(tenant helpdesk.TenantID, t *helpdesk.Ticket) {
	if t.Tenant != tenant {
		c.refuse("tenant", fmt.Sprintf("of the ticket is %q, of the change %q", t.Tenant, tenant))
	}
	c.id("id", string(t.ID))
	if t.MergedInto != "" {
		c.id("merged_into", string(t.MergedInto))
	}
	if t.CustomerID != "" {
		c.id("customer_id", string(t.CustomerID))
	}
	if t.Organisation != "" {
		c.id("organisation", string(t.Organisation))
	}
	for _, f := range [...]struct{ field, text string }{
		{"ref", t.Ref},
		{"subject", t.Subject},
		{"description", t.Description},
		{"customer_name", t.Customer.Name},
		{"customer_email", t.Customer.Email},
		{"source", string(t.Source)},
		{"status", string(t.Status)},
		{"category", string(t.Category)},
		{"category_by", string(t.CategoryBy)},
		{"priority_by", string(t.PriorityBy)},
		{"assignee", string(t.Assignee)},
		{"resolution", t.Resolution},
	} {
		c.text(f.field, f.text)
	}
	for _, tag := range t.Tags {
		c.text("tags", tag)
	}
	for _, tag := range t.Customer.Tags {
		c.text("customer_tags", tag)
	}
	for _, person := range t.Cc {
		c.text("cc", person.Email)
		c.text("cc", person.Name)
	}
	c.text("reply_to", t.ReplyTo)
	for _, agent := range t.Followers {
		c.text("followers", string(agent))
	}
	for _, l := range t.Links {
		c.text("links", string(l.Kind))
		c.text("links", string(l.Ticket))
		c.text("links", l.Ref)
	}
	for _, agent := range t.Declined {
		c.text("declined", string(agent))
	}
	if s := t.Suggestion; s != nil {
		c.text("suggestion", string(s.Category))
		c.text("suggestion", s.Response)
		c.text("suggestion", s.Classifier)
		for _, tag := range s.Tags {
			c.text("suggestion", tag)
		}
		c.priority("suggestion", s.Priority)
	}
	c.priority("priority", t.Priority)
	c.priority("floor", t.MinPriority)
	if t.Rating != nil {
		c.text("rating", t.Rating.Comment)
	}
	if t.CreatedAt.IsZero() {
		c.refuse("created_at", "is not set")
	}
	type key struct {
		metric   helpdesk.Metric
		instance int
	}
	seen := make(map[key]bool, len(t.Clocks))
	for i := range t.Clocks {
		clock := &t.Clocks[i]
		c.text("clocks", string(clock.Metric))
		c.text("clocks", clock.Policy)
		c.text("clocks", clock.Cause)
		for _, s := range clock.Ran {
			c.text("clocks", string(s.Until))
		}
		for _, step := range clock.Fired {
			c.text("clocks", step)
		}
		k := key{clock.Metric, clock.Instance}
		if seen[k] {
			c.refuse("clocks", fmt.Sprintf("name %s %d twice", k.metric, k.instance))
		}
		seen[k] = true
	}
}

// once refuses to replace a row twice: it could be either afterwards.
func (c *checker) once(field string, n int, id func(i int) string) {
	seen := make(map[string]bool, n)
	for i := range n {
		seen[id(i)] = true
	}
	if len(seen) < n {
		c.refuse(field, "comes twice in a rewrite")
	}
}

// maxKey is the most bytes of a text by which mails are found. A line of a mail is no longer (RFC
// 5322, 2.1.1), and an index entry of PostgreSQL is not much longer.
const maxKey = 998

func (c *checker) mail(m *helpdesk.Mail) {
	c.id("mail_id", m.ID)
	if m.Message != "" {
		c.id("message", m.Message)
	}
	for _, f := range [...]struct{ field, text string }{
		{"message_id", m.MessageID},
		{"address", m.Address},
		{"subject", m.Subject},
		{"outcome", string(m.Outcome)},
		{"reason", m.Reason},
		{"notice", string(m.Notice)},
		{"sender", string(m.Sender)},
		{"answers", strings.Join(m.Answers, " ")},
		{"raw", string(m.Raw)},
	} {
		c.text(f.field, f.text)
	}
	for field, n := range map[string]int{"message_id": len(m.MessageID), "address": len(m.Address)} {
		if n > maxKey {
			c.refuse(field, fmt.Sprintf("is longer than %d bytes", maxKey))
		}
	}
	if m.At.IsZero() {
		c.refuse("at", "is not set")
	}
	c.json("content", m.Content)
	c.attachments(m.Attachments)
}

func (c *checker) attachments(list []helpdesk.Attachment) {
	for i := range list {
		a := &list[i]
		c.text("attachments", string(a.ID))
		c.text("attachments", a.Name)
		c.text("attachments", a.Type)
		c.text("attachments", a.ContentID)
	}
}

func (c *checker) priority(field string, p helpdesk.Priority) {
	if p < 0 || p > helpdesk.Urgent {
		c.refuse(field, "is no priority")
	}
}

func (c *checker) task(t *helpdesk.Task) {
	c.text("task_kind", string(t.Kind))
	c.text("task_key", t.Key)
	c.text("task_error", t.Error)
	c.json("task_payload", t.Payload)
	if t.Ticket != "" {
		c.id("task_ticket", string(t.Ticket))
	}
}

func (c *checker) customer(u *helpdesk.Customer) {
	c.id("customer_id", string(u.ID))
	if u.Organisation != "" {
		c.id("organisation", string(u.Organisation))
	}
	if u.MergedInto != "" {
		c.id("merged_into", string(u.MergedInto))
	}
	for _, f := range [...]struct{ field, text string }{
		{"host_id", u.HostID}, {"name", u.Name}, {"note", u.Note}, {"language", u.Language}, {"zone", u.Zone},
	} {
		c.text(f.field, f.text)
	}
	for _, tag := range u.Tags {
		c.text("tags", tag)
	}
	for _, a := range u.Addresses {
		c.text("addresses", string(a.Channel))
		c.text("addresses", a.Value)
	}
	seen := map[helpdesk.Address]bool{}
	for _, a := range u.Addresses {
		seen[helpdesk.Address{Channel: a.Channel, Value: a.Value}] = true
	}
	if len(seen) < len(u.Addresses) {
		c.refuse("addresses", "name one twice")
	}
}

func (c *checker) organisation(o *helpdesk.Organisation) {
	c.id("organisation_id", string(o.ID))
	for _, f := range [...]struct{ field, text string }{{"host_id", o.HostID}, {"name", o.Name}, {"note", o.Note}} {
		c.text(f.field, f.text)
	}
	for _, tag := range o.Tags {
		c.text("tags", tag)
	}
	for _, d := range o.Domains {
		c.text("domains", d)
	}
	if len(slices.Compact(slices.Sorted(slices.Values(o.Domains)))) < len(o.Domains) {
		c.refuse("domains", "name one twice")
	}
}
