package bunstore

import (
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store"
)

// The rows of the tables. Types are named where an UPDATE takes rows from a list of
// values: PostgreSQL could not tell the type of a NULL there.

type ticketRow struct {
	bun.BaseModel `bun:"table:helpdesk_tickets,alias:t"`

	Tenant      string  `bun:"tenant_id,type:text"`
	ID          string  `bun:"id,type:uuid"`
	Version     int64   `bun:"version,type:bigint"`
	Ref         string  `bun:"ref,type:text"`
	Description string  `bun:"description,type:text"`
	CreatedAt   instant `bun:"created_at,type:timestamptz"`
	ticketState
	Clocks document `bun:"clocks,scanonly"`
}

// ticketUpdate is what a later Change writes.
type ticketUpdate struct {
	bun.BaseModel `bun:"table:helpdesk_tickets,alias:t"`

	Tenant  string `bun:"tenant_id,type:text"`
	ID      string `bun:"id,type:uuid"`
	Version int64  `bun:"version,type:bigint"` // the one it replaces
	ticketState
}

// ticketRewrite is what a Change writes that rewrites a ticket.
type ticketRewrite struct {
	bun.BaseModel `bun:"table:helpdesk_tickets,alias:t"`

	Tenant      string `bun:"tenant_id,type:text"`
	ID          string `bun:"id,type:uuid"`
	Version     int64  `bun:"version,type:bigint"` // the one it replaces
	Description string `bun:"description,type:text"`
	ticketState
}

// ticketKeyRow is a ticket that must exist.
type ticketKeyRow struct {
	bun.BaseModel `bun:"table:helpdesk_tickets,alias:t"`

	Tenant string `bun:"tenant_id,type:text"`
	ID     string `bun:"id,type:uuid"`
}

type ticketState struct {
	Subject         string   `bun:"subject,type:text"`
	CustomerName    string   `bun:"customer_name,type:text"`
	CustomerEmail   string   `bun:"customer_email,type:text"`
	CustomerTags    list     `bun:"customer_tags,type:jsonb"`
	Customer        link     `bun:"customer_id,type:uuid"`
	Organisation    link     `bun:"organisation_id,type:uuid"`
	Cc              list     `bun:"cc,type:jsonb"`
	CcNames         list     `bun:"cc_names,type:jsonb"` // in the order of Cc
	CcKeys          list     `bun:"cc_keys,type:jsonb"`  // PostgreSQL alone
	Followers       list     `bun:"followers,type:jsonb"`
	Links           document `bun:"links,type:json"`
	ReplyTo         string   `bun:"reply_to,type:text"`
	Unverified      bool     `bun:"unverified,type:boolean"`
	Source          string   `bun:"source,type:text"`
	Language        string   `bun:"language,type:text"`
	Tags            list     `bun:"tags,type:jsonb"`
	TagKeys         list     `bun:"tag_keys,type:jsonb"` // PostgreSQL alone
	Status          string   `bun:"status,type:text"`
	Open            bool     `bun:"open,type:boolean"`
	Category        string   `bun:"category,type:text"`
	Priority        int8     `bun:"priority,type:smallint"`
	Urgency         int8     `bun:"urgency,type:smallint"`
	CategoryBy      string   `bun:"category_by,type:text"`
	PriorityBy      string   `bun:"priority_by,type:text"`
	Floor           int8     `bun:"floor,type:smallint"`
	Suggestion      document `bun:"suggestion,type:json"`
	NeedsReview     bool     `bun:"needs_review,type:boolean"`
	Assignee        string   `bun:"assignee,type:text"`
	Declined        list     `bun:"declined,type:jsonb"`
	QueuedAt        instant  `bun:"queued_at,type:timestamptz"`
	TakenBack       list     `bun:"taken_back,type:jsonb"`
	EscalationLevel int      `bun:"escalation_level,type:integer"`
	DueAt           due      `bun:"due_at,type:timestamptz"`
	FirstDue        due      `bun:"first_due,type:timestamptz"`
	UpdatedAt       instant  `bun:"updated_at,type:timestamptz"`
	PublicAt        instant  `bun:"public_at,type:timestamptz"`
	TriagedAt       instant  `bun:"triaged_at,type:timestamptz"`
	AssignedAt      instant  `bun:"assigned_at,type:timestamptz"`
	BegunAt         instant  `bun:"begun_at,type:timestamptz"`
	FirstReplyAt    instant  `bun:"first_reply_at,type:timestamptz"`
	ToldAt          instant  `bun:"told_at,type:timestamptz"`
	ResolvedAt      instant  `bun:"resolved_at,type:timestamptz"`
	ClosedAt        instant  `bun:"closed_at,type:timestamptz"`
	Resolution      string   `bun:"resolution,type:text"`
	Reopened        int      `bun:"reopened,type:integer"`
	MergedInto      link     `bun:"merged_into,type:uuid"`
	LinksEnded      int      `bun:"links_ended,type:integer"`
	Rating          document `bun:"rating,type:json"`
	Replies         int      `bun:"replies,type:integer"`
	Score           optional `bun:"score,type:smallint"`
	Tally           string   `bun:"tally,type:text"`
	FirstOpen       optional `bun:"first_open,type:bigint"`
	ResolutionOpen  optional `bun:"resolution_open,type:bigint"`
}

func stateOf(tenant helpdesk.TenantID, t *helpdesk.Ticket) (ticketState, error) {
	r := ticketState{
		Subject: t.Subject, CustomerName: t.Customer.Name, CustomerEmail: t.Customer.Email, CustomerTags: t.Customer.Tags, Customer: link(t.CustomerID), Organisation: link(t.Organisation), Source: string(t.Source), Language: t.Language, Tags: t.Tags, TagKeys: tagKeys(tenant, t.Tags),
		Status: string(t.Status), Open: t.Status.Open(), Category: string(t.Category),
		Priority: int8(t.Priority), Urgency: -int8(t.Priority), CategoryBy: string(t.CategoryBy), PriorityBy: string(t.PriorityBy),
		Floor: int8(t.MinPriority), NeedsReview: t.NeedsReview, Assignee: string(t.Assignee), Declined: listOf(t.Declined), EscalationLevel: t.EscalationLevel,
		QueuedAt: at(t.QueuedAt), TakenBack: listOfTimes(t.TakenBack),
		DueAt: due{at(t.Due())}, FirstDue: due{at(t.FirstDue())}, UpdatedAt: at(t.UpdatedAt), PublicAt: at(t.PublicAt), TriagedAt: at(t.TriagedAt), AssignedAt: at(t.AssignedAt), BegunAt: at(t.BegunAt),
		FirstReplyAt: at(t.FirstReplyAt), ToldAt: at(t.ToldAt), ResolvedAt: at(t.ResolvedAt), ClosedAt: at(t.ClosedAt),
		Resolution: t.Resolution, Reopened: t.Reopened, MergedInto: link(t.MergedInto), LinksEnded: t.LinksEnded,
		Replies: t.Replies, Score: scoreOf(t), Tally: tallyOf(t.Clocks).String(),
		FirstOpen: openTime(t, helpdesk.FirstResponse), ResolutionOpen: openTime(t, helpdesk.Resolution),
	}
	r.ReplyTo, r.Unverified = t.ReplyTo, t.Unverified
	for _, c := range t.Cc {
		r.Cc, r.CcNames = append(r.Cc, c.Email), append(r.CcNames, c.Name)
	}
	r.CcKeys, r.Followers = tagKeys(tenant, r.Cc), listOf(t.Followers)
	var err error
	if t.Suggestion != nil {
		if r.Suggestion, err = json.Marshal(t.Suggestion); err != nil {
			return r, &helpdesk.FieldError{Field: "suggestion", Problem: "cannot be written as JSON: " + err.Error()}
		}
	}
	if len(t.Links) > 0 {
		if r.Links, err = json.Marshal(t.Links); err != nil {
			return r, &helpdesk.FieldError{Field: "links", Problem: "cannot be written as JSON: " + err.Error()}
		}
	}
	if t.Rating != nil {
		rating := *t.Rating
		rating.At = store.Instant(rating.At)
		if r.Rating, err = json.Marshal(rating); err != nil {
			return r, &helpdesk.FieldError{Field: "rating", Problem: "cannot be written as JSON: " + err.Error()}
		}
	}
	return r, nil
}

func (r *ticketRow) ticket() (*helpdesk.Ticket, error) {
	t := &helpdesk.Ticket{
		Tenant: helpdesk.TenantID(r.Tenant), ID: helpdesk.TicketID(r.ID), Ref: r.Ref, Version: r.Version,
		Subject: r.Subject, Description: r.Description,
		Customer: helpdesk.Contact{Name: r.CustomerName, Email: r.CustomerEmail, Tags: r.CustomerTags.slice()}, CustomerID: helpdesk.CustomerID(r.Customer), Organisation: helpdesk.OrganisationID(r.Organisation), Source: helpdesk.Source(r.Source), Language: r.Language, Tags: r.Tags.slice(),
		Status: helpdesk.Status(r.Status), Category: helpdesk.Category(r.Category), Priority: helpdesk.Priority(r.Priority),
		CategoryBy: helpdesk.Origin(r.CategoryBy), PriorityBy: helpdesk.Origin(r.PriorityBy),
		MinPriority: helpdesk.Priority(r.Floor), NeedsReview: r.NeedsReview,
		Assignee: helpdesk.AgentID(r.Assignee), Declined: idsOf[helpdesk.AgentID](r.Declined), EscalationLevel: r.EscalationLevel, QueuedAt: r.QueuedAt.Time,
		CreatedAt: r.CreatedAt.Time, UpdatedAt: r.UpdatedAt.Time, PublicAt: r.PublicAt.Time, TriagedAt: r.TriagedAt.Time, AssignedAt: r.AssignedAt.Time, BegunAt: r.BegunAt.Time,
		FirstReplyAt: r.FirstReplyAt.Time, ToldAt: r.ToldAt.Time, ResolvedAt: r.ResolvedAt.Time, ClosedAt: r.ClosedAt.Time,
		Resolution: r.Resolution, Reopened: r.Reopened, MergedInto: helpdesk.TicketID(r.MergedInto), LinksEnded: r.LinksEnded, Replies: r.Replies,
	}
	t.ReplyTo, t.Unverified = r.ReplyTo, r.Unverified
	for i, email := range r.Cc {
		c := helpdesk.Contact{Email: email}
		if i < len(r.CcNames) {
			c.Name = r.CcNames[i]
		}
		t.Cc = append(t.Cc, c)
	}
	t.Followers = idsOf[helpdesk.AgentID](r.Followers)
	if t.PublicAt.IsZero() { // written by a process from before migration 0003
		t.PublicAt = t.UpdatedAt
	}
	if len(r.Suggestion) > 0 {
		t.Suggestion = new(helpdesk.Suggestion)
		if err := json.Unmarshal(r.Suggestion, t.Suggestion); err != nil {
			return nil, fmt.Errorf("suggestion of ticket %s: %w", r.ID, err)
		}
	}
	if len(r.Links) > 0 {
		if err := json.Unmarshal(r.Links, &t.Links); err != nil {
			return nil, fmt.Errorf("links of ticket %s: %w", r.ID, err)
		}
	}
	if len(r.Rating) > 0 {
		t.Rating = new(helpdesk.Rating)
		if err := json.Unmarshal(r.Rating, t.Rating); err != nil {
			return nil, fmt.Errorf("rating of ticket %s: %w", r.ID, err)
		}
	}
	var err error
	if t.TakenBack, err = timesOf(r.TakenBack); err != nil {
		return nil, fmt.Errorf("taken_back of ticket %s: %w", r.ID, err)
	}
	if t.Clocks, err = clocksOf(r.Clocks); err != nil {
		return nil, fmt.Errorf("clocks of ticket %s: %w", r.ID, err)
	}
	return t, nil
}

type messageRow struct {
	bun.BaseModel `bun:"table:helpdesk_messages,alias:m"`

	Tenant string  `bun:"tenant_id,type:text"`
	ID     string  `bun:"id,type:uuid"`
	Ticket string  `bun:"ticket_id,type:uuid"`
	Kind   string  `bun:"kind,type:text"`
	ByRole string  `bun:"by_role,type:text"`
	ByID   string  `bun:"by_id,type:text"`
	ByName string  `bun:"by_name,type:text"`
	Body   string  `bun:"body,type:text"`
	At     instant `bun:"at,type:timestamptz"`
	Sender link    `bun:"sender,type:text"`
	Reply  link    `bun:"reply_to,type:text"`
	Full   link    `bun:"full_text,type:text"`
	HTML   link    `bun:"html,type:text"`
	Files  files   `bun:"attachments,type:json"`
}

// rarely are the columns that most messages leave NULL. An insert of such messages does not name
// them.
var rarely = []string{"sender", "reply_to", "full_text", "html", "attachments"}

// plain reports whether there is nothing in them.
func (r *messageRow) plain() bool {
	return r.Sender == "" && r.Reply == "" && r.Full == "" && r.HTML == "" && len(r.Files) == 0
}

func messageRowOf(tenant helpdesk.TenantID, m *helpdesk.Message) messageRow {
	return messageRow{
		Tenant: string(tenant), ID: m.ID, Ticket: string(m.Ticket), Kind: string(m.Kind),
		ByRole: string(m.By.Role), ByID: m.By.ID, ByName: m.By.Name, Body: m.Body, At: at(m.At),
		Sender: link(m.Sender), Reply: link(m.ReplyTo), Full: link(m.Full), HTML: link(m.HTML), Files: m.Attachments,
	}
}

func (r *messageRow) message() helpdesk.Message {
	return helpdesk.Message{
		ID: r.ID, Ticket: helpdesk.TicketID(r.Ticket), Kind: helpdesk.MessageKind(r.Kind),
		By: actor(r.ByRole, r.ByID, r.ByName), Body: r.Body, At: r.At.Time,
		Sender: helpdesk.SenderState(r.Sender), ReplyTo: string(r.Reply), Full: string(r.Full), HTML: string(r.HTML), Attachments: r.Files,
	}
}

type mailRow struct {
	bun.BaseModel `bun:"table:helpdesk_mail,alias:m"`

	Tenant    string   `bun:"tenant_id,type:text"`
	ID        string   `bun:"id,type:uuid"`
	MessageID string   `bun:"message_id,type:text"`
	Address   string   `bun:"address,type:text"`
	Subject   string   `bun:"subject,type:text"`
	Outcome   string   `bun:"outcome,type:text"`
	Reason    string   `bun:"reason,type:text"`
	Notice    string   `bun:"notice,type:text"`
	Sender    string   `bun:"sender,type:text"`
	Answers   list     `bun:"answers,type:jsonb"`
	Ticket    link     `bun:"ticket_id,type:uuid"`
	Message   link     `bun:"message,type:uuid"`
	At        instant  `bun:"at,type:timestamptz"`
	Content   document `bun:"content,type:json"`
	Files     files    `bun:"attachments,type:json"`
	Raw       link     `bun:"raw,type:text"`
}

func mailRowOf(tenant helpdesk.TenantID, m *helpdesk.Mail) mailRow {
	return mailRow{
		Tenant: string(tenant), ID: m.ID, MessageID: m.MessageID, Address: m.Address, Subject: m.Subject, Outcome: string(m.Outcome), Reason: m.Reason,
		Notice: string(m.Notice), Sender: string(m.Sender), Answers: m.Answers, Ticket: link(m.Ticket), Message: link(m.Message), At: at(m.At),
		Content: document(m.Content), Files: m.Attachments, Raw: link(m.Raw),
	}
}

func (r *mailRow) mail() helpdesk.Mail {
	return helpdesk.Mail{
		ID: r.ID, MessageID: r.MessageID, Address: r.Address, Subject: r.Subject, Outcome: helpdesk.MailOutcome(r.Outcome), Reason: r.Reason,
		Notice: helpdesk.NoticeKind(r.Notice), Sender: helpdesk.SenderState(r.Sender), Answers: r.Answers.slice(), Ticket: helpdesk.TicketID(r.Ticket), Message: string(r.Message), At: r.At.Time,
		Content: r.Content.raw(), Attachments: r.Files, Raw: helpdesk.BlobID(r.Raw),
	}
}

type eventRow struct {
	bun.BaseModel `bun:"table:helpdesk_events,alias:e"`

	Tenant string   `bun:"tenant_id,type:text"`
	ID     string   `bun:"id,type:uuid"`
	Ticket string   `bun:"ticket_id,type:uuid"`
	Type   string   `bun:"type,type:text"`
	ByRole string   `bun:"by_role,type:text"`
	ByID   string   `bun:"by_id,type:text"`
	ByName string   `bun:"by_name,type:text"`
	Old    string   `bun:"old,type:text"`
	New    string   `bun:"new,type:text"`
	Data   document `bun:"data,type:json"`
	At     instant  `bun:"at,type:timestamptz"`
	Move   optional `bun:"move,type:smallint"`
}

func eventRowOf(tenant helpdesk.TenantID, e *helpdesk.Event) eventRow {
	return eventRow{
		Tenant: string(tenant), ID: e.ID, Ticket: string(e.Ticket), Type: string(e.Type),
		ByRole: string(e.By.Role), ByID: e.By.ID, ByName: e.By.Name, Old: e.From, New: e.To, Data: document(e.Data), At: at(e.At), Move: unlessZero(int64(report.FlowOf(e))),
	}
}

func (r *eventRow) event() helpdesk.Event {
	return helpdesk.Event{
		ID: r.ID, Ticket: helpdesk.TicketID(r.Ticket), Type: helpdesk.EventType(r.Type),
		By: actor(r.ByRole, r.ByID, r.ByName), From: r.Old, To: r.New, Data: r.Data.raw(), At: r.At.Time,
	}
}

type taskRow struct {
	bun.BaseModel `bun:"table:helpdesk_tasks,alias:k"`

	Tenant      string   `bun:"tenant_id,type:text"`
	Kind        string   `bun:"kind,type:text"`
	Key         string   `bun:"key,type:text"`
	Ticket      link     `bun:"ticket_id,type:uuid"`
	DueAt       instant  `bun:"due_at,type:timestamptz"`
	Payload     document `bun:"payload,type:json"`
	Attempts    int      `bun:"attempts,type:integer"`
	Error       string   `bun:"error,type:text"`
	Dead        bool     `bun:"dead,type:boolean"`
	Token       int64    `bun:"token,type:bigint"`
	LeasedUntil instant  `bun:"leased_until,type:timestamptz"`
}

func (r *taskRow) task() helpdesk.Task {
	return helpdesk.Task{
		Tenant: helpdesk.TenantID(r.Tenant), Kind: helpdesk.TaskKind(r.Kind), Key: r.Key, Ticket: helpdesk.TicketID(r.Ticket),
		DueAt: r.DueAt.Time, Payload: r.Payload.raw(), Attempts: r.Attempts, Error: r.Error, Dead: r.Dead, Token: r.Token,
	}
}

type settingRow struct {
	bun.BaseModel `bun:"table:helpdesk_settings,alias:g"`

	Tenant  string   `bun:"tenant_id,type:text"`
	Kind    string   `bun:"kind,type:text"`
	Key     string   `bun:"key,type:text"`
	Version int64    `bun:"version,type:bigint"`
	Value   document `bun:"value,type:json"`
	Deleted bool     `bun:"deleted,type:boolean"`
	ByRole  string   `bun:"by_role,type:text"`
	ByID    string   `bun:"by_id,type:text"`
	ByName  string   `bun:"by_name,type:text"`
	At      instant  `bun:"at,type:timestamptz"`
}

type loadRow struct {
	bun.BaseModel `bun:"table:helpdesk_loads,alias:l"`

	Tenant string `bun:"tenant_id,type:text"`
	Agent  string `bun:"agent,type:text"`
	Open   int64  `bun:"open,type:bigint"`
	Room   int64  `bun:"room,type:bigint"`
}

type onceRow struct {
	bun.BaseModel `bun:"table:helpdesk_once,alias:o"`

	Tenant string `bun:"tenant_id,type:text"`
	Scope  string `bun:"scope,type:text"`
	Key    string `bun:"key,type:text"`
	Ticket link   `bun:"ticket_id,type:uuid"`
}

func actor(role, id, name string) helpdesk.Actor {
	return helpdesk.Actor{Role: helpdesk.Role(role), ID: id, Name: name}
}
