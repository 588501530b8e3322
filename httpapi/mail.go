package httpapi

import (
	"context"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Mail is the record of one mail that came in or went out.
type Mail struct {
	ID        string       `json:"id"`
	MessageID *string      `json:"message_id"`
	Address   *string      `json:"address" doc:"Of the other side"`
	Subject   string       `json:"subject"`
	Outcome   string       `json:"outcome" enum:"opened,appended,noted,held,suppressed,unreadable,released,dismissed,queued,sent,failed,bounced" doc:"From queued on it is a mail that went out"`
	Reason    string       `json:"reason" doc:"Why"`
	Notice    *string      `json:"notice" doc:"What a mail that went out told"`
	Sender    *string      `json:"sender" enum:"authenticated,failed,unknown" doc:"Of a mail that came in: whether it is from the address"`
	Ticket    *string      `json:"ticket_id"`
	Message   *string      `json:"message_id_in_thread" doc:"What it became in the ticket's conversation"`
	At        time.Time    `json:"at"`
	Text      *string      `json:"text" doc:"What it says, while it is no message of a conversation"`
	Files     []Attachment `json:"files" nullable:"false"`
}

// Attachment is a file of a message. Its content is at attachments/{id} below the ticket.
type Attachment struct {
	ID     string `json:"id"`
	Name   string `json:"name" doc:"As its sender calls it"`
	Type   string `json:"type" doc:"What its sender says it is"`
	Size   int64  `json:"size" doc:"Bytes"`
	Inline bool   `json:"inline" doc:"The HTML of the message shows it"`
}

func attachmentsOf(files []helpdesk.Attachment) []Attachment {
	list := []Attachment{}
	for _, a := range files {
		list = append(list, Attachment{string(a.ID), a.Name, a.Type, a.Size, a.Inline})
	}
	return list
}

func mailOf(m *helpdesk.Mail) (Mail, error) {
	w := Mail{
		ID: m.ID, MessageID: maybe(m.MessageID), Address: maybe(m.Address), Subject: m.Subject, Outcome: string(m.Outcome), Reason: m.Reason,
		Notice: maybe(string(m.Notice)), Sender: maybe(string(m.Sender)), Ticket: maybe(string(m.Ticket)), Message: maybe(m.Message), At: m.At, Files: attachmentsOf(m.Attachments),
	}
	in, err := m.Incoming()
	if in != nil {
		w.Text = maybe(in.Text)
	}
	return w, err
}

type mailsInput struct {
	Outcome []string  `query:"outcome,explode" doc:"Any of these: held,unreadable,suppressed are those that no ticket has"`
	Ticket  string    `query:"ticket" doc:"Id or reference"`
	Address string    `query:"address" doc:"Of the other side"`
	Since   time.Time `query:"since" doc:"At this time or later"`
	Limit   int       `query:"limit" minimum:"1" maximum:"100" default:"25" doc:"At most so many on a page"`
	Cursor  string    `query:"cursor" doc:"next_cursor of the page before, with the same filters"`
}

type mailsOutput struct {
	Body struct {
		Mails []Mail  `json:"mails" nullable:"false" doc:"Latest first"`
		Next  *string `json:"next_cursor" doc:"Null on the last page"`
	}
}

func (h *Handler) mails(ctx context.Context, c *call, in *mailsInput) (*mailsOutput, error) {
	outcome, err := parseList(in.Outcome, helpdesk.ParseMailOutcome)
	if err != nil {
		return nil, err
	}
	q := helpdesk.MailQuery{Outcome: outcome, Address: in.Address, Since: in.Since, Limit: in.Limit, After: in.Cursor}
	if in.Ticket != "" {
		id, err := c.find(ctx, in.Ticket)
		if err != nil {
			return nil, err
		}
		q.Ticket = id
	}
	page, err := c.desk.Mails(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &mailsOutput{}
	out.Body.Mails, out.Body.Next = []Mail{}, maybe(page.Next)
	for i := range page.Mails {
		m, err := mailOf(&page.Mails[i])
		if err != nil {
			return nil, err
		}
		out.Body.Mails = append(out.Body.Mails, m)
	}
	return out, nil
}

type releaseInput struct {
	ID   string    `path:"id" doc:"The mail's id"`
	Body *released // nil for none
}

type released struct {
	Onto string `json:"onto,omitempty" doc:"Id or reference of the ticket to add it to; else the one it was held on, or a new one"`
	As   string `json:"as,omitempty" enum:"participant,customer,new" doc:"What else is done: the sender takes part in the ticket from now on; the address becomes one of the ticket's customer; or the mail opens a new ticket. Left out, the sender's next mail is held again"`
}

func (h *Handler) release(ctx context.Context, c *call, in *releaseInput) (*ticketOutput, error) {
	var onto helpdesk.TicketID
	if in.Body != nil && in.Body.Onto != "" {
		id, err := c.find(ctx, in.Body.Onto)
		if err != nil {
			return nil, err
		}
		onto = id
	}
	var as []helpdesk.ReleaseAs
	if in.Body != nil && in.Body.As != "" {
		as = append(as, helpdesk.ReleaseAs(in.Body.As))
	}
	t, err := c.desk.Release(ctx, in.ID, onto, as...)
	if err != nil {
		return nil, err
	}
	return &ticketOutput{etag(t), ticketOf(t, c.actor.Role)}, nil
}

type mailID struct {
	ID string `path:"id" doc:"The mail's id"`
}

func (h *Handler) dismiss(ctx context.Context, c *call, in *mailID) (*struct{}, error) {
	return nil, c.desk.Dismiss(ctx, in.ID)
}

// DeadTask is a task that was given up after failing again and again.
type DeadTask struct {
	Kind     string    `json:"kind" doc:"notify is a notification that nobody accepted"`
	Key      string    `json:"key"`
	Ticket   *string   `json:"ticket_id"`
	DueAt    time.Time `json:"due_at" doc:"Of the last attempt"`
	Attempts int       `json:"attempts"`
	Error    string    `json:"error" doc:"What the last attempt said"`
}

type deadInput struct {
	Limit int `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"At most so many"`
}

type deadOutput struct {
	Body struct {
		Tasks []DeadTask `json:"tasks" nullable:"false" doc:"Latest first"`
	}
}

func (h *Handler) dead(ctx context.Context, c *call, in *deadInput) (*deadOutput, error) {
	tasks, err := c.desk.DeadTasks(ctx, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &deadOutput{}
	out.Body.Tasks = []DeadTask{}
	for _, t := range tasks {
		out.Body.Tasks = append(out.Body.Tasks, DeadTask{string(t.Kind), t.Key, maybe(string(t.Ticket)), t.DueAt, t.Attempts, t.Error})
	}
	return out, nil
}

type retryInput struct {
	Body struct {
		Kind string `json:"kind"`
		Key  string `json:"key"`
	}
}

func (h *Handler) retry(ctx context.Context, c *call, in *retryInput) (*struct{}, error) {
	return nil, c.desk.RetryTask(ctx, helpdesk.TaskKind(in.Body.Kind), in.Body.Key)
}

type retryAllInput struct {
	Body struct {
		Kinds    []string `json:"kinds,omitempty" doc:"None: every kind"`
		Contains string   `json:"contains,omitempty" maxLength:"200" doc:"Only tasks whose error contains this text"`
	}
}

type retryAllOutput struct {
	Body struct {
		Retried int `json:"retried" doc:"How many tasks are due again"`
	}
}

func (h *Handler) retryAll(ctx context.Context, c *call, in *retryAllInput) (*retryAllOutput, error) {
	f := helpdesk.TaskFilter{Contains: in.Body.Contains}
	for _, kind := range in.Body.Kinds {
		f.Kinds = append(f.Kinds, helpdesk.TaskKind(kind))
	}
	n, err := c.desk.RetryTasks(ctx, f)
	out := &retryAllOutput{}
	out.Body.Retried = n
	return out, err
}

type eraseInput struct {
	Body struct {
		Email string `json:"email" doc:"The customer's mail address"`
	}
}

type eraseOutput struct {
	Body struct {
		Tickets  int `json:"tickets"`
		Messages int `json:"messages"`
		Mails    int `json:"mails"`
		Files    int `json:"files"`
		Views    int `json:"views" doc:"Saved lists of agents that looked for the customer, which are removed"`
	}
}

func (h *Handler) erase(ctx context.Context, c *call, in *eraseInput) (*eraseOutput, error) {
	n, err := c.desk.Erase(ctx, in.Body.Email)
	if err != nil {
		return nil, err
	}
	out := &eraseOutput{}
	out.Body.Tickets, out.Body.Messages, out.Body.Mails, out.Body.Files, out.Body.Views = n.Tickets, n.Messages, n.Mails, n.Files, n.Views
	return out, nil
}
