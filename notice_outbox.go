package helpdesk

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// notice is the payload of a notify task. Its recipients are looked up at delivery, so that a
// manager who has left is not told.
type notice struct {
	Key      string        `json:"key,omitempty"` // empty is the id of its mail
	task     string        // the key of its task; a later notice with the same replaces it; empty is Key
	Kind     NoticeKind    `json:"kind"`
	Urgent   bool          `json:"urgent,omitempty"`
	Audience audience      `json:"audience"`
	Agent    AgentID       `json:"agent,omitempty"` // for toAgent
	Text     string        `json:"text"`
	By       Actor         `json:"by,omitzero"` // the writer of a text to the customer
	At       time.Time     `json:"at"`
	Files    []Attachment  `json:"files,omitempty"`
	Wait     time.Duration `json:"-"`                 // until its first delivery
	Replies  int           `json:"replies,omitempty"` // of NoticeAnswered: those before the customer wrote

	// Of a notice to a customer that goes out as a mail.
	Mail      string `json:"mail,omitempty"`       // its record
	MessageID string `json:"message_id,omitempty"` // drawn once: every attempt sends the same

	Settled map[string]string `json:"settled,omitempty"` // finished parts: see DeliveryProgress
}

type audience string

const (
	toAgent    audience = "agent"    // the agent named in the notice
	toAssignee audience = "assignee" // the ticket's holder at delivery; managers when there is none
	toHolders  audience = "holders"  // the ticket's holder; its teams when there is none, else managers
	toManagers audience = "managers"
	toCustomer audience = "customer"
)

// notify puts a notice into the outbox. Tick delivers it after the commit.
func (x *draft) notify(n notice) {
	if x.cfg.Notifier == nil || (n.Audience == toCustomer && x.t.Customer.Email == "") {
		return
	}
	n.At = x.now
	if n.Audience == toCustomer {
		x.record(&n)
	}
	n.Key, n.Text = cmp.Or(n.Key, n.Mail), x.withoutTokens(n.Text)
	x.c.Tasks = append(x.c.Tasks, Task{
		Tenant: x.c.Tenant, Kind: TaskNotify, Key: cmp.Or(n.task, n.Key), Ticket: x.t.ID, DueAt: x.now.Add(n.Wait), Payload: n.payload(),
	})
}

func (n *notice) payload() json.RawMessage {
	payload, err := json.Marshal(n)
	if err != nil {
		panic("helpdesk: notice: " + err.Error()) // our own plain struct: cannot happen
	}
	return payload
}

// tellAssignee tells the agent who just got the ticket. Call it after assign.
func (x *draft) tellAssignee() {
	x.notify(notice{
		Key: fmt.Sprintf("%s/assigned/%d", x.t.ID, x.t.Version), Kind: NoticeAssigned, Urgent: x.t.Priority == Urgent,
		Audience: toAgent, Agent: x.t.Assignee, Text: "A ticket was assigned to you.",
	})
}

// answeredWait is how long the notice of a customer's message waits for further ones.
const answeredWait = 2 * time.Minute

// tellHolders tells whoever looks after the ticket of what its customer did. Of several within two
// minutes they are told once, of the last.
func (x *draft) tellHolders(text string) {
	x.notify(notice{
		Key: x.cfg.NewID(), task: string(x.t.ID) + "/answered", Kind: NoticeAnswered, Urgent: x.t.Priority == Urgent,
		Audience: toHolders, Text: text, Wait: answeredWait, Replies: x.t.Replies,
	})
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

// recipients finds the people that a notice is for.
func (n *notice) recipients(t *Ticket, agents []Agent, teams []Team) []Recipient {
	if n.Audience == toCustomer {
		return []Recipient{{Name: t.Customer.Name, Email: t.Customer.Email}}
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
	var to []Recipient
	for _, a := range people {
		to = append(to, Recipient{Agent: a.ID, Name: a.Name, Email: a.Email})
	}
	return to
}
