package webui

import (
	"net/url"

	"github.com/helpdesk-go/helpdesk"
)

// mailPage is the records of mails, and the notices that nobody took.
type mailPage struct {
	Tab   string
	Mails []shownMail
	Next  string
	Dead  []helpdesk.Task
}

// shownMail is a record with what it says, where it is no message of a ticket.
type shownMail struct {
	helpdesk.Mail
	Text     string
	Decision bool // somebody has to decide on it
}

// mailTabs are the lists of the mail page.
var mailTabs = map[string][]helpdesk.MailOutcome{
	"held":       {helpdesk.MailHeld, helpdesk.MailUnreadable},
	"suppressed": {helpdesk.MailSuppressed},
	"failed":     {helpdesk.MailFailed, helpdesk.MailBounced},
	"all":        nil,
}

// Tabs are those lists in their order.
func (p *mailPage) Tabs() []string { return []string{"held", "suppressed", "failed", "all"} }

// mail lists what became of mails.
func (w *workspace) mail(v *visit) error {
	p := &mailPage{Tab: v.r.URL.Query().Get("list")}
	if p.Tab == "" {
		p.Tab = "held"
	}
	outcome, ok := mailTabs[p.Tab]
	if !ok {
		return &helpdesk.FieldError{Field: "list", Problem: "is not known"}
	}
	page, err := v.desk.Mails(v.ctx, helpdesk.MailQuery{Outcome: outcome, Limit: pageSize, After: v.r.URL.Query().Get("after")})
	if err != nil {
		return err
	}
	for _, m := range page.Mails {
		one := shownMail{Mail: m, Decision: m.Outcome == helpdesk.MailHeld || m.Outcome == helpdesk.MailUnreadable || m.Outcome == helpdesk.MailSuppressed}
		in, err := m.Incoming()
		if err != nil {
			return err
		}
		if in != nil {
			one.Text = in.Text
		}
		p.Mails = append(p.Mails, one)
	}
	if page.Next != "" {
		p.Next = url.Values{"list": {p.Tab}, "after": {page.Next}}.Encode()
	}
	if p.Tab == "failed" && v.Admin() {
		if p.Dead, err = v.desk.DeadTasks(v.ctx, 100); err != nil {
			return err
		}
	}
	v.render(200, "mail", v.T("nav.mail"), "mail", p)
	return nil
}

// releaseMail makes a message of a mail.
func (w *workspace) releaseMail(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	var onto helpdesk.TicketID
	if ref := v.r.PostForm.Get("onto"); ref != "" {
		t, err := v.find(ref)
		if err != nil {
			return err
		}
		onto = t.ID
	}
	t, err := v.desk.Release(v.ctx, v.r.PathValue("id"), onto)
	if err != nil {
		return err
	}
	return v.see("tickets/" + t.Ref + "#latest")
}

// dismissMail decides against it.
func (w *workspace) dismissMail(v *visit) error {
	if err := v.desk.Dismiss(v.ctx, v.r.PathValue("id")); err != nil {
		return err
	}
	return v.see("mail")
}

// mailFile serves a file of a mail that is no message.
func (w *workspace) mailFile(v *visit) error {
	a, r, err := v.desk.MailFile(v.ctx, v.r.PathValue("id"), helpdesk.BlobID(v.r.PathValue("file")))
	if err != nil {
		return err
	}
	defer r.Close()
	v.stream(a, r)
	return nil
}

// retryTask has a task tried again that was given up.
func (w *workspace) retryTask(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	if err := v.desk.RetryTask(v.ctx, helpdesk.TaskKind(v.r.PostForm.Get("kind")), v.r.PostForm.Get("key")); err != nil {
		return err
	}
	return v.see("mail?list=failed")
}
