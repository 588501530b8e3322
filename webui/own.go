package webui

import (
	"cmp"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchtext"
)

// ownList is the list of a customer's tickets, or of those that a search finds.
type ownList struct {
	form
	helpdesk.Page
	Q     string // as typed
	Done  string
	Asked searchtext.Query

	Both bool // the viewer sees tickets of colleagues too
	Mine bool // the list is without them
}

// ownTickets lists the tickets of the customer who is known.
func (w *workspace) ownTickets(v *visit) (err error) {
	given := v.r.URL.Query()
	q := helpdesk.Query{Order: helpdesk.Newest, Limit: pageSize, After: given.Get("after")}
	p := &ownList{Q: strings.TrimSpace(given.Get("q"))}
	if v.tells("leave") != "" {
		p.Done = v.T("help.done.leave")
	}
	desk := v.desk
	if p.Both, err = desk.SeesColleagues(v.ctx); err != nil {
		return err
	}
	if p.Mine = p.Both && given.Get("whose") == "own"; p.Mine {
		desk = desk.Own()
	}
	status := http.StatusOK
	if p.Q == "" {
		p.Page, err = desk.Tickets(v.ctx, q)
	} else {
		p.Asked = searchtext.Parse(p.Q)
		p.Page, err = desk.Search(v.ctx, p.Q, q)
		if wrong, problems := v.obstacle(err); problems != nil { // such as the value of an operator
			status, p.Problems, err = wrong, problems, nil
		}
	}
	if err != nil {
		return err
	}
	v.render(status, "help_tickets", v.T("help.own"), "own", p)
	return nil
}

// ownPage is a ticket as its customer sees it.
type ownPage struct {
	form
	*helpdesk.Ticket
	fold       // of the messages
	Messages   []ownMessage
	Base       string // address of the ticket: "tickets/REF" or "t/TOKEN"
	Text       string // as typed
	Score      int    // as chosen; 0 for none
	Comment    string // as typed
	Lost       bool   // files have to be chosen again
	Key        string
	Reopenable bool
	Ratable    bool
	Copied     bool // the viewer is in Cc, and may leave
	Done       string
}

// ownMessage is a message of it. Of the desk's people it has no more than the name.
type ownMessage struct {
	helpdesk.Message
	Name string
	Own  bool
}

// findOwn finds the ticket of a page and acts for its customer from then on: the host's customer,
// or the holder of a link. The link is good for that one ticket.
func (v *visit) findOwn() (*helpdesk.Ticket, string, error) {
	if token := v.r.PathValue("token"); token != "" {
		desk, id, err := v.desk.ViewLink(v.ctx, token)
		if err != nil {
			return nil, "", err
		}
		v.desk, v.linked = desk, true
		t, err := v.desk.Ticket(v.ctx, id)
		return t, "t/" + token, err
	}
	if !v.Known() {
		return nil, "", errLogin
	}
	t, err := v.find(v.r.PathValue("id"))
	if err != nil {
		return nil, "", err
	}
	return t, "tickets/" + t.Ref, nil
}

// errLogin says that a page is for customers whom the host knows.
var errLogin = errors.New("no customer is logged in")

// ownTicket shows a ticket to its customer.
func (w *workspace) ownTicket(v *visit) error {
	t, base, err := v.findOwn()
	if err != nil {
		return err
	}
	p := &ownPage{}
	if done := v.tells("reply", "reopen", "rate"); done != "" {
		p.Done = v.T("help.done." + done)
	}
	return v.showOwn(http.StatusOK, t, base, p)
}

func (v *visit) showOwn(status int, t *helpdesk.Ticket, base string, p *ownPage) error {
	th, err := v.desk.Thread(v.ctx, t.ID)
	if err != nil {
		return err
	}
	p.Ticket, p.Base, p.Key = th.Ticket, base, rand.Text()
	if r := t.Rating; r != nil && p.Score == 0 && p.Comment == "" {
		p.Score, p.Comment = r.Score, r.Comment
	}
	p.Reopenable = t.Status == helpdesk.StatusResolved
	rated := t.Rating != nil && !t.Rating.At.Before(t.ResolvedAt)
	p.Copied = !v.linked && p.Customer.Email != v.who.ID && slices.ContainsFunc(p.Cc, func(c helpdesk.Contact) bool { return c.Email == strings.ToLower(v.who.ID) })
	p.Ratable = !p.Copied && !t.Status.Open() && t.MergedInto == "" && !(v.linked && rated)
	for _, m := range th.Messages {
		one := ownMessage{Message: m, Own: m.By.Role == helpdesk.RoleCustomer, Name: m.By.Name}
		switch me := strings.ToLower(v.who.ID); {
		case one.Own && v.linked && m.By.ID != p.Customer.Email, one.Own && !v.linked && m.By.ID != me:
			one.Name = cmp.Or(one.Name, m.By.ID, v.T("person.customer"))
		case one.Own:
			one.Name = v.T("help.you")
		case one.Name == "" || strings.Contains(one.Name, "@"): // an agent's address is not for customers
			one.Name = v.BrandName()
		}
		p.Messages = append(p.Messages, one)
	}
	p.fold = folded(len(p.Messages), manyOwnMessages, shownOwnLast)
	v.render(status, "help_ticket", p.Subject, "own", p)
	return nil
}

// ownAct does what a customer may: answer, reopen, rate.
func (w *workspace) ownAct(v *visit) error {
	if err := v.mayWrite(); err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	t, base, err := v.findOwn()
	if err != nil {
		return err
	}
	act, f := v.r.PathValue("act"), v.r.PostForm
	p := &ownPage{Text: text(f, "text")}
	p.Score, _ = strconv.Atoi(f.Get("score"))
	p.Comment, p.Lost = text(f, "comment"), len(files(v.r.MultipartForm)) > 0
	if act == "reopen" && (p.Text != "" || p.Lost) {
		act = "reply" // which reopens: what was written beside the button is not to be lost
	}
	after := t
	switch act {
	case "reply":
		if p.Text == "" {
			err = &helpdesk.FieldError{Field: "text", Problem: "is empty"}
		} else if err = v.checkFiles(v.r.MultipartForm); err == nil {
			after, err = v.desk.Reply(v.ctx, t.ID, helpdesk.ReplyParams{Body: p.Text, IdempotencyKey: f.Get("key"), Files: files(v.r.MultipartForm)})
		}
	case "reopen":
		if !v.reopened(t.ID) {
			_, err = v.desk.Reopen(v.ctx, t.ID)
		}
	case "leave":
		if err = v.desk.Leave(v.ctx, t.ID); err == nil {
			return v.goTo("", "done", v.told("leave"))
		}
	case "rate":
		_, err = v.desk.Rate(v.ctx, t.ID, p.Score, p.Comment)
	default:
		return helpdesk.ErrNotFound
	}
	status, problems := v.obstacle(err)
	switch {
	case errors.Is(err, helpdesk.ErrConflict):
		if helpdesk.Fields(err) != nil {
			problems = []problem{{"", v.T("write.twice")}}
		}
		p.Problems = problems
		return v.showOwn(status, t, base, p)
	case errors.Is(err, helpdesk.ErrInvalid):
		p.Problems = v.wrongAsked(err)
		return v.showOwn(status, t, base, p)
	case err != nil:
		return err
	case after.ID != t.ID && v.linked: // the old one was closed; the link is not good for the new one
		return v.goTo("sent", "ref", after.Ref)
	case after.ID != t.ID:
		base = "tickets/" + after.Ref
	}
	return v.goTo(base, "done", v.told(act))
}

// reopened reports whether a ticket of the customer's has just been reopened: the button was
// pressed twice. Customers do not see how often a ticket was reopened.
func (v *visit) reopened(id helpdesk.TicketID) bool {
	t, err := v.w.desk.ForTenant(v.desk.Tenant()).Ticket(v.ctx, id)
	return err == nil && t.Status.Open() && t.Reopened > 0 && v.now.Sub(t.PublicAt) <= toldFor
}

// ownFile serves an attachment to its customer.
func (w *workspace) ownFile(v *visit) error {
	t, _, err := v.findOwn()
	if err != nil {
		return err
	}
	return v.sendFile(v.desk.Attachment(v.ctx, t.ID, v.fileID()))
}

// ratePage is the form for a rating.
type ratePage struct {
	form
	*helpdesk.Ticket
	Token   string
	Score   int
	Comment string
	Done    bool
}

// rateForm asks how the help was. A link that has ended says thank you to who has just rated by it.
func (w *workspace) rateForm(v *visit) error {
	p := &ratePage{}
	p.Score, _ = strconv.Atoi(v.r.URL.Query().Get("score"))
	err := v.showRate(http.StatusOK, p)
	if errors.Is(err, helpdesk.ErrLinkEnded) && v.tells("rate") != "" {
		v.render(http.StatusOK, "help_rate", v.T("rate.title"), "", &ratePage{Done: true})
		return nil
	}
	return err
}

func (v *visit) showRate(status int, p *ratePage) error {
	p.Token = v.r.PathValue("token")
	t, err := v.desk.RateLinkTicket(v.ctx, p.Token)
	if err != nil {
		return err
	}
	p.Ticket = t
	v.render(status, "help_rate", v.T("rate.title"), "", p)
	return nil
}

// rate records a rating by link.
func (w *workspace) rate(v *visit) error {
	if err := v.mayWrite(); err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	p := &ratePage{Comment: text(f, "comment")}
	p.Score, _ = strconv.Atoi(f.Get("score"))
	_, err := v.desk.RateLink(v.ctx, v.r.PathValue("token"), p.Score, p.Comment)
	if errors.Is(err, helpdesk.ErrInvalid) {
		p.Problems = v.wrongAsked(err)
		return v.showRate(http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return v.goTo("rate/"+v.r.PathValue("token"), "done", v.told("rate"))
}

// renew mails a new link in place of one that has ended. The answer is the same whether or not a
// mail was sent.
func (w *workspace) renew(v *visit) error {
	if err := v.mayWrite(); err != nil {
		return err
	}
	if err := v.desk.RenewLink(v.ctx, v.r.PathValue("token")); err != nil {
		return err
	}
	return v.goTo("renewed")
}

// renewed says that a new link may be on its way.
func (w *workspace) renewed(v *visit) error {
	v.render(http.StatusOK, "help_renewed", v.T("renew.title"), "", nil)
	return nil
}

// Scores are those of a rating.
func (v *visit) Scores() []int { return []int{1, 2, 3, 4, 5} }

// stars is what the template of that name needs.
type stars struct {
	Page  *visit
	Score int
}

// Rating is the stars with one of them chosen; 0 is none.
func (v *visit) Rating(score int) stars { return stars{v, score} }
