package webui

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// mailPage is the records of mails, and the notices that nobody took.
type mailPage struct {
	form
	Tried string // the mail of a form that could not be done
	Onto  string // as typed in it
	Done  string // what a form has just done
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
	p := &mailPage{Tab: cmp.Or(v.r.URL.Query().Get("list"), "held")}
	if done := v.tells("dismissed", "retried", "retried-all"); done != "" {
		p.Done = v.T("done." + done)
	}
	return v.showMails(http.StatusOK, p)
}

func (v *visit) showMails(status int, p *mailPage) error {
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
	v.render(status, "mail", v.T("nav.mail"), "mail", p)
	return nil
}

// releaseMail makes a message of a mail.
func (w *workspace) releaseMail(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	ref := strings.TrimSpace(v.r.PostForm.Get("onto"))
	t, err := v.release(ref)
	if err == nil {
		return v.seeDone(t, "released")
	}
	return v.mailRefused(ref, err)
}

func (v *visit) release(onto string) (*helpdesk.Ticket, error) {
	var id helpdesk.TicketID
	if onto != "" {
		t, err := v.find(onto)
		if errors.Is(err, helpdesk.ErrNotFound) {
			err = &helpdesk.FieldError{Field: "onto", Problem: "is no ticket"}
		}
		if err != nil {
			return nil, err
		}
		id = t.ID
	}
	var as []helpdesk.ReleaseAs
	if way := v.r.PostForm.Get("as"); way != "" {
		as = append(as, helpdesk.ReleaseAs(way))
	}
	return v.desk.Release(v.ctx, v.r.PathValue("id"), id, as...)
}

// mailRefused shows the list of mails, or the ticket whose page has the form, with the reason of
// the refusal. A mail that waits for no decision any more was decided by somebody else, or by the
// same button before.
func (v *visit) mailRefused(onto string, err error) error {
	status, problems := v.obstacle(err)
	if problems == nil {
		return err
	}
	if errors.Is(err, helpdesk.ErrConflict) {
		problems = []problem{{"", v.T("mail.decided")}}
	}
	id := v.r.PathValue("id")
	if ref := v.r.PostForm.Get("ticket"); ref != "" {
		t, err := v.find(ref)
		if err != nil {
			return err
		}
		return v.showTicket(status, t, draft{}, tried{form: form{Problems: unlinked(problems)}})
	}
	for i, p := range problems {
		if p.Field == "onto" {
			problems[i].Field += "-" + id
		}
	}
	p := &mailPage{form: form{Problems: problems}, Tried: id, Onto: onto, Tab: "held"}
	if list := v.r.PostForm.Get("list"); mailTabs[list] != nil || list == "all" {
		p.Tab = list
	}
	return v.showMails(status, p)
}

// unlinked are problems that belong to no field of their page.
func unlinked(problems []problem) []problem {
	for i := range problems {
		problems[i].Field = ""
	}
	return problems
}

// dismissMail decides against it.
func (w *workspace) dismissMail(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	if err := v.desk.Dismiss(v.ctx, v.r.PathValue("id")); err != nil {
		return v.mailRefused(v.r.PostForm.Get("onto"), err)
	}
	if ref := v.r.PostForm.Get("ticket"); ref != "" {
		t, err := v.find(ref)
		if err != nil {
			return err
		}
		return v.seeDone(t, "dismissed")
	}
	return v.see("mail?done=" + v.told("dismissed"))
}

// mailFile serves a file of a mail that is no message.
func (w *workspace) mailFile(v *visit) error {
	return v.sendFile(v.desk.MailFile(v.ctx, v.r.PathValue("id"), v.fileID()))
}

// retryTask has a task tried again that was given up.
func (w *workspace) retryTask(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	if v.r.PostForm.Get("all") != "" {
		if _, err := v.desk.RetryTasks(v.ctx, helpdesk.TaskFilter{}); err != nil {
			return err
		}
		return v.see("mail?list=failed&done=" + v.told("retried-all"))
	}
	if err := v.desk.RetryTask(v.ctx, helpdesk.TaskKind(v.r.PostForm.Get("kind")), v.r.PostForm.Get("key")); err != nil {
		return err
	}
	return v.see("mail?list=failed&done=" + v.told("retried"))
}
