package helpdesk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/mention"
	"github.com/helpdesk-go/helpdesk/internal/parts"
	"github.com/helpdesk-go/helpdesk/internal/spell"
)

// Notifier tells people of events. Tick calls it after the commit, from many goroutines. Tick calls
// it again when it returned an error, or when the process died before the delivery was recorded. So
// each notice is delivered at least once, always with the same Key. A call is given up after 25
// seconds: heed the context, or the call may overlap with the next one. A Notifier that tells
// several recipients keeps in Notification.Progress which of them it has told. An ErrInvalid error
// is final: the task is dead at once.
type Notifier interface {
	Notify(ctx context.Context, n *Notification) error
}

// NotifierFunc makes a Notifier of a function.
type NotifierFunc func(ctx context.Context, n *Notification) error

// Notify calls f.
func (f NotifierFunc) Notify(ctx context.Context, n *Notification) error { return f(ctx, n) }

// Notification is one event to tell people of. Ticket and To are read at delivery.
type Notification struct {
	Key    string // the same at every attempt; unique to this notification
	Tenant TenantID
	Kind   NoticeKind
	Urgent bool
	// To is empty when there is nobody, such as in a tenant without managers. Agents who read this
	// Kind in the pages alone are not in it.
	To     []Recipient
	Cc     []Recipient // customers who get the mail to the one in To as well; see [Ticket].Cc
	Ticket *Ticket
	Text   string    // one or more sentences for the recipient; see [Notification.TextFor]
	By     string    // name of the writer of a Text to a customer; empty when not known
	At     time.Time // time of the event
	Mail   *Envelope // the data of a mail; nil without Config.Mail

	Progress *DeliveryProgress // parts that need no further delivery; nil outside a Desk

	said saidTime // see TextFor
}

// DeliveryProgress records which parts of a Notification are finished, such as the mail to each
// recipient and the call of each webhook, at this attempt and at earlier ones, in any process. A
// Notifier with several recipients makes a part of each, so that one failing part does not repeat
// the others. Many goroutines may use one DeliveryProgress. A nil one knows nothing and keeps
// nothing.
type DeliveryProgress struct {
	parts parts.Progress
	clean func(string) string // of a reason, before it is kept; nil changes nothing
}

// mostSent is how many delivered parts a Desk remembers, so that a failed commit does not deliver
// them again.
const mostSent = 10_000

// PartMailTo names the part of a Notification that is the mail to an address. A customer's mail is
// recorded as sent when this part was delivered and as failed when this part failed for good,
// whatever the other parts do.
func PartMailTo(address string) string { return parts.MailTo(address) }

// Once delivers a part, unless an earlier attempt has settled it. A delivered part is settled, and
// Once returns nil again. A part that failed with ErrInvalid is settled too, and Once returns such
// an error again. Any other error settles nothing. The name of a part stays the same at each
// attempt; it is stored.
func (p *DeliveryProgress) Once(part string, deliver func() error) error {
	if p == nil {
		return deliver()
	}
	return p.parts.Once(part, deliver, ErrInvalid, p.reason)
}

// reason is why a part failed, as it is kept. It is never empty: that would mean delivered.
func (p *DeliveryProgress) reason(err error) string {
	why := err.Error()
	if p.clean != nil {
		why = p.clean(why)
	}
	return cmp.Or(clipTo(cleanText(why), 500), ErrInvalid.Error())
}

// Envelope is what a mail of a notification needs beside its text.
type Envelope struct {
	From       string   // the tenant's mailbox; empty when it has none
	ReplyTo    string   // an address with the ticket's token, for the customer or for agents
	MessageID  string   // without angle brackets; the same at every attempt
	InReplyTo  string   // the mail it answers; empty when it answers none
	References []string // of the conversation, oldest first
	Automatic  bool     // no person wrote it, as its headers say; never an answer to automatic mail
	RateURL    string   // where the customer rates; empty unless it is a survey
	TicketURL  string   // where the customer reads and answers; empty to agents, and with people in Cc
	Files      []File   // attachments
}

// NoticeKind says what a Notification is about.
type NoticeKind string

// The kinds of notice. Each comment names the recipient. A notice for the assignee goes to managers
// when nobody holds the ticket; NoticeAnswered goes to the teams of its category first. Nobody is
// told of own doings.
// NoticeReceived and NoticeLink hold no words of the ticket's writer: that may be a stranger that
// claims the customer's address.
const (
	NoticeReceived NoticeKind = "received" // the customer: the ticket has arrived
	NoticeReply    NoticeKind = "reply"    // the customer: an agent replied
	NoticeResolved NoticeKind = "resolved" // the customer: it is solved
	NoticeSurvey   NoticeKind = "survey"   // the customer: how was it? See Envelope.RateURL
	NoticeReminder NoticeKind = "reminder" // the customer: the ticket waits for an answer
	NoticeLink     NoticeKind = "link"     // the customer: a new link, asked for by [Desk.RenewLink]

	NoticeAssigned   NoticeKind = "assigned"   // the assignee: a ticket is yours
	NoticeAnswered   NoticeKind = "answered"   // the assignee and followers: the customer wrote, it was reopened, another was merged into it
	NoticeMentioned  NoticeKind = "mentioned"  // agents whom a note names
	NoticeTaken      NoticeKind = "taken"      // the agent whose ticket another took or was given
	NoticeFollowed   NoticeKind = "followed"   // followers: it was resolved
	NoticeAtRisk     NoticeKind = "at_risk"    // the assignee, urgent: a due time is near
	NoticeBreached   NoticeKind = "breached"   // managers: a due time has passed
	NoticeUnassigned NoticeKind = "unassigned" // managers: no agent could take it
	NoticeUnanswered NoticeKind = "unanswered" // managers: the customer waits for a reply
	NoticeEscalated  NoticeKind = "escalated"  // managers: somebody escalated by hand
	NoticeHeld       NoticeKind = "held"       // the assignee: a mail waits for a decision
	NoticeBounced    NoticeKind = "bounced"    // the assignee: a mail did not arrive
	NoticeBudget     NoticeKind = "budget"     // managers: the model's money for the day is spent
)

// NoticeKinds are all kinds of notice.
var NoticeKinds = []NoticeKind{
	NoticeReceived, NoticeReply, NoticeResolved, NoticeSurvey, NoticeReminder, NoticeLink, NoticeAssigned, NoticeAnswered,
	NoticeMentioned, NoticeTaken, NoticeFollowed, NoticeAtRisk,
	NoticeBreached, NoticeUnassigned, NoticeUnanswered, NoticeEscalated, NoticeHeld, NoticeBounced,
	NoticeBudget,
}

// ToCustomer reports whether notices of the kind go to customers; others go to agents.
func (k NoticeKind) ToCustomer() bool {
	switch k {
	case NoticeReceived, NoticeReply, NoticeResolved, NoticeSurvey, NoticeReminder, NoticeLink:
		return true
	}
	return false
}

// Recipient is one person to tell.
type Recipient struct {
	Agent AgentID // empty for a customer
	Name  string
	Email string

	Zone     string // an IANA time zone; empty when not known
	Language string // of a customer, as a BCP 47 tag; empty when not known
}

// TextFor returns Text with its times in the recipient's zone, by the name of the zone. Without a
// known zone they are in that of the SLA's calendar, as in Text.
func (n *Notification) TextFor(r Recipient) string {
	zone, err := spell.Zone(r.Zone)
	if err != nil || zone == nil || n.said.Text == "" {
		return n.Text
	}
	return strings.ReplaceAll(n.Text, n.said.Text, spell.Time(n.said.Time.In(zone), n.said.Now))
}

// saidTime is a time in the text of a notice.
type saidTime struct {
	Text string    `json:"text"` // as it stands there
	Time time.Time `json:"time"`
	Now  time.Time `json:"now"` // when it was said
}

// say writes a time in the zone of a calendar, and keeps it for readers in other zones.
func (n *notice) say(hours Calendar, at, now time.Time) string {
	n.Said = saidTime{spell.Time(at.In(zoneOf(hours, at)), now), at, now}
	return n.Said.Text
}

// notice is the payload of a notify task. Its recipients are looked up at delivery, so that a
// manager who has left is not told.
type notice struct {
	Key      string        `json:"key,omitempty"` // empty is the id of its mail
	task     string        // the key of its task; a later notice with the same replaces it; empty is Key
	Kind     NoticeKind    `json:"kind"`
	Urgent   bool          `json:"urgent,omitempty"`
	Audience audience      `json:"audience"`
	Agent    AgentID       `json:"agent,omitempty"`  // for toAgent
	Agents   []AgentID     `json:"agents,omitempty"` // for toAgents
	Not      AgentID       `json:"not,omitempty"`    // who did it, and is not told
	Doer     AgentID       `json:"doer,omitempty"`   // of a notice to agents: the agent who did it
	Text     string        `json:"text"`
	Said     saidTime      `json:"said,omitzero"` // the time in Text
	By       Actor         `json:"by,omitzero"`   // the writer of a text to the customer
	At       time.Time     `json:"at"`
	Files    []Attachment  `json:"files,omitempty"`
	Wait     time.Duration `json:"-"`                 // until its first delivery
	Replies  int           `json:"replies,omitempty"` // of NoticeAnswered: those before the customer wrote
	Clock    *clockRef     `json:"clock,omitempty"`   // of NoticeAtRisk: the clock

	// Of a reply to a customer: those in Cc who get it, as nameOf has them; nil with AllCc is all.
	Cc []string `json:"cc,omitempty"`
	// AllCc says that the participants of the ticket at delivery get it.
	AllCc bool `json:"all_cc,omitempty"`

	// Of a notice to a customer that goes out as a mail.
	Mail      string `json:"mail,omitempty"`       // its record
	MessageID string `json:"message_id,omitempty"` // drawn once: every attempt sends the same

	Settled map[string]string `json:"settled,omitempty"` // finished parts: see DeliveryProgress
}

type audience string

const (
	toAgent    audience = "agent"    // the agent named in the notice
	toAssignee audience = "assignee" // the ticket's holder at delivery; managers when there is none
	toHolders  audience = "holders"  // the ticket's holder; its teams when there is none, else managers; and its followers
	toManagers audience = "managers"

	toAgents    audience = "agents"    // those named in the notice who see the ticket
	toFollowers audience = "followers" // the ticket's followers at delivery who see it
	toCustomer  audience = "customer"
)

// notify puts a notice into the outbox. Tick delivers it after the commit.
func (x *draft) notify(n notice) {
	if x.cfg.Notifier == nil || (n.Audience == toCustomer && x.t.Customer.Email == "") {
		return
	}
	n.At = x.now
	if n.Audience == toCustomer {
		if n.Kind == NoticeReply || n.Kind == NoticeResolved {
			n.Cc, n.AllCc = x.chosen, x.chosen == nil
		}
		x.record(&n)
	} else {
		n.Doer = x.doer()
	}
	n.Key, n.Text = cmp.Or(n.Key, n.Mail), x.withoutTokens(n.Text)
	x.c.Tasks = append(x.c.Tasks, Task{
		Tenant: x.c.Tenant, Kind: TaskNotify, Key: cmp.Or(n.task, n.Key), Ticket: x.t.ID, DueAt: x.now.Add(n.Wait), Payload: encoded(n),
	})
}

// tellAssignee tells the agent who just got the ticket. Call it after assign.
func (x *draft) tellAssignee() {
	x.notify(notice{
		Key: fmt.Sprintf("%s/assigned/%d", x.t.ID, x.t.Version), Kind: NoticeAssigned, Urgent: x.t.Priority == Urgent,
		Audience: toAgent, Agent: x.t.Assignee, Text: "A ticket was assigned to you.",
	})
}

// toldFor is how long a notice of what a customer did speaks for what follows.
const toldFor = 2 * time.Minute

// answeredKey is the key of the task with the notice of what a ticket's customer did.
func answeredKey(id TicketID) string { return string(id) + "/answered" }

// tellHolders tells whoever looks after the ticket, and its followers, of what its customer did. Of
// several within two minutes they are told once, of the first, unless an agent has acted on the
// ticket in between.
func (x *draft) tellHolders(text string) {
	if x.cfg.Notifier == nil || x.now.Before(x.t.ToldAt.Add(toldFor)) {
		return
	}
	x.t.ToldAt = x.now
	x.notify(notice{
		Key: x.cfg.NewID(), task: answeredKey(x.t.ID), Kind: NoticeAnswered, Urgent: x.t.Priority == Urgent,
		Audience: toHolders, Not: x.doer(), Text: text, Replies: x.t.Replies,
	})
}

// Ends of the keys of notices to agents of what a message says, behind its id.
const (
	mentionedEnd = "/mentioned"
	followedEnd  = "/followed"
)

// doer returns the acting agent; empty for anybody else.
func (x *draft) doer() AgentID {
	if x.by.Role == RoleCustomer || x.by.Role == RoleSystem {
		return ""
	}
	return AgentID(x.by.ID)
}

// tellFollowers tells the followers that the ticket was resolved.
func (x *draft) tellFollowers(message, text string) {
	if len(x.t.Followers) > 0 {
		x.notify(notice{Key: message + followedEnd, Kind: NoticeFollowed, Audience: toFollowers, Not: x.doer(), Text: text})
	}
}

// tellLoser tells an agent that the ticket went to another. Call it before assign.
func (x *draft) tellLoser(to AgentID) {
	if old := x.t.Assignee; old != "" && old != to && old != x.doer() {
		x.notify(notice{Key: fmt.Sprintf("%s/taken/%d", x.t.ID, x.t.Version), Kind: NoticeTaken, Audience: toAgent, Agent: old, Text: x.by.String() + " gave the ticket to another agent."})
	}
}

// tellMentioned has the agents whom a note names follow the ticket, and tells them. They are named
// by their names, by those of their teams, or by the local part of an address if it is only theirs.
func (x *draft) tellMentioned(ctx context.Context, message, text string) error {
	if !strings.Contains(text, "@") {
		return nil
	}
	agents, err := x.agents(ctx)
	if err != nil {
		return fmt.Errorf("roster: %w", err)
	}
	teams, err := x.teams(ctx)
	if err != nil {
		return fmt.Errorf("teams: %w", err)
	}
	var names []string
	named := map[string][]AgentID{}
	add := func(name string, ids ...AgentID) {
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			names, named[name] = append(names, name), append(named[name], ids...)
		}
	}
	locals := map[string][]AgentID{}
	for i := range agents {
		a := &agents[i]
		add(a.Name, a.ID)
		local, _, _ := strings.Cut(cleanEmail(a.Email), "@")
		locals[local] = append(locals[local], a.ID)
	}
	for _, t := range teams {
		for i := range agents {
			if slices.Contains(agents[i].Teams, t.ID) {
				add(t.Name, agents[i].ID)
			}
		}
	}
	for local, ids := range locals {
		if _, taken := named[local]; !taken && len(ids) == 1 {
			add(local, ids...)
		}
	}
	var told []AgentID
	for _, name := range mention.Find(text, names) {
		for i := range agents {
			if a := &agents[i]; slices.Contains(named[name], a.ID) && a.ID != x.doer() && scopeOf(a, teams).Has(x.t) {
				told = append(told, a.ID)
			}
		}
	}
	if len(told) == 0 {
		return nil
	}
	told = slices.Compact(slices.Sorted(slices.Values(told)))
	x.notify(notice{Key: message + mentionedEnd, Kind: NoticeMentioned, Audience: toAgents, Agents: told, Text: clipRunes(text, noticeText)})
	followers := slices.Clone(x.t.Followers)
	for _, id := range told {
		if !slices.Contains(followers, id) && len(followers) < MaxParticipants {
			followers = append(followers, id)
		}
	}
	x.setFollowers(slices.Sorted(slices.Values(followers)))
	return nil
}

func noticeOf(task *Task) (*notice, error) {
	var n notice
	if err := json.Unmarshal(task.Payload, &n); err != nil {
		return nil, fmt.Errorf("notice: %w", err)
	}
	n.Key = cmp.Or(n.Key, task.Key)
	return &n, nil
}

// idle reports whether the notice has lost its purpose: the resolution is rated already or is no
// longer the ticket's, somebody has replied to the customer, or the customer was erased after the
// notice was leased.
func (n *notice) idle(t *Ticket) bool {
	if n.Audience == toCustomer && t.Customer.Email == "" || n.Kind == NoticeAnswered && t.Replies > n.Replies {
		return true
	}
	if n.Clock != nil && !slices.ContainsFunc(t.Clocks, func(c SLAClock) bool {
		return c.Metric == n.Clock.Metric && c.Instance == n.Clock.Instance && !c.Ended()
	}) {
		return true // met while the desk was closed
	}
	return n.Kind == NoticeSurvey && (t.Status.Open() || t.rated() || t.MergedInto != "" || n.At.Before(t.ResolvedAt))
}

// forStranger removes the words of the ticket's writer. Anybody can claim to be the customer, and
// the notice goes to the real owner of the address.
func (n *Notification) forStranger() {
	t := n.Ticket
	t.Subject, t.Description, t.Customer.Name, t.Tags, t.Suggestion = "", "", "", nil, nil
	for i := range n.To {
		n.To[i].Name = ""
	}
}

// author returns the name of the text's writer: from the roster, else as the host gave it.
func (n *notice) author(agents []Agent) string {
	for i := range agents {
		if string(agents[i].ID) == n.By.ID {
			return agents[i].Name
		}
	}
	return n.By.Name
}

// copies returns the participants who get the mail to the customer too.
func (n *notice) copies(t *Ticket) (cc []Recipient) {
	for _, c := range t.Cc {
		if n.AllCc || slices.Contains(n.Cc, nameOf(string(t.Tenant), c.Email)) {
			cc = append(cc, Recipient{Name: c.Name, Email: c.Email})
		}
	}
	return cc
}

// recipients finds the people that a notice is for.
func (n *notice) recipients(t *Ticket, agents []Agent, teams []Team) []Recipient {
	if n.Audience == toCustomer {
		return []Recipient{{Name: t.Customer.Name, Email: t.answersTo(n.Kind)}}
	}
	who := n.Agent
	if n.Audience == toAssignee || n.Audience == toHolders {
		who = t.Assignee
	}
	bound := teamsOf(teams, t.Category)
	people := slices.DeleteFunc(managersOf(agents, bound), func(a Agent) bool { return !scopeOf(&a, teams).Has(t) })
	if n.Audience == toHolders && slices.ContainsFunc(agents, func(a Agent) bool { return len(bound) > 0 && mayHave(bound, &a) }) {
		people = slices.DeleteFunc(slices.Clone(agents), func(a Agent) bool { return !mayHave(bound, &a) })
	}
	if who != "" {
		people = slices.DeleteFunc(slices.Clone(agents), func(a Agent) bool { return a.ID != who })
	}
	also := n.Agents
	switch n.Audience {
	case toAgents:
		people = nil
	case toFollowers:
		people, also = nil, t.Followers
	case toHolders:
		also = t.Followers
	}
	for i := range agents {
		a := &agents[i]
		if slices.Contains(also, a.ID) && scopeOf(a, teams).Has(t) && !slices.ContainsFunc(people, func(b Agent) bool { return b.ID == a.ID }) {
			people = append(slices.Clone(people), *a)
		}
	}
	if n.Not != "" {
		people = slices.DeleteFunc(slices.Clone(people), func(a Agent) bool { return a.ID == n.Not })
	}
	var to []Recipient
	for _, a := range people {
		to = append(to, Recipient{Agent: a.ID, Name: a.Name, Email: a.Email, Zone: a.Zone})
	}
	return to
}
