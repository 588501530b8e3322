package webui

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

// askPage is the form for help, with what was typed.
type askPage struct {
	form
	Name, Email, Subject, Text string
	Stamp                      string
	MaxFiles                   int
	MaxFile                    int64
	Lost                       bool // files have to be chosen again
}

// help is the first page: the own tickets of a customer who is known, else the form.
func (w *workspace) help(v *visit) error {
	if v.Known() {
		return w.ownTickets(v)
	}
	return w.askForm(v)
}

func (w *workspace) askForm(v *visit) error { return v.showAsk(http.StatusOK, &askPage{}) }

func (v *visit) showAsk(status int, p *askPage) error {
	c := &v.w.customers.cfg
	p.Stamp, p.MaxFiles, p.MaxFile = v.stamp(), c.MaxFiles, c.MaxFile
	v.render(status, "help_new", v.T("help.title"), "new", p)
	return nil
}

// stamp is the time at which a form was made, signed, with a random part that makes a second
// sending harmless.
func (v *visit) stamp() string {
	text := strconv.FormatInt(v.now.UnixMilli(), 36) + "." + rand.Text()
	return text + "." + v.seal(text)
}

func (v *visit) seal(text string) string {
	mac := hmac.New(sha256.New, v.w.customers.cfg.Key)
	fmt.Fprintf(mac, "webui form 1\n%q\n%s", v.desk.Tenant(), text)
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// staleAfter is how long a form may stay open.
const staleAfter = 24 * time.Hour

// check returns the key of a form if this desk made it, no program filled it in, and it comes in
// time. Otherwise it returns a key of the catalogue that says why not.
func (v *visit) checkStamp(stamp string) (key, problem string) {
	at := strings.LastIndexByte(stamp, '.')
	if at < 0 || !hmac.Equal([]byte(stamp[at+1:]), []byte(v.seal(stamp[:at]))) {
		return "", "help.stale"
	}
	when, key, _ := strings.Cut(stamp[:at], ".")
	ms, err := strconv.ParseInt(when, 36, 64)
	switch age := v.now.Sub(time.UnixMilli(ms)); {
	case err != nil, age > staleAfter:
		return "", "help.stale"
	case age < v.w.customers.cfg.FillTime:
		return "", "help.fast"
	}
	return key, ""
}

// ask files a ticket.
func (w *workspace) ask(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	p := &askPage{Name: f.Get("name"), Email: strings.TrimSpace(f.Get("email")), Subject: f.Get("subject"), Text: text(f, "text")}
	p.Lost = v.r.MultipartForm != nil && len(files(v.r.MultipartForm)) > 0
	if f.Get("website") != "" { // no person sees that field
		w.cfg.Logger.InfoContext(v.ctx, "webui: form filled in by a program", "tenant", v.desk.Tenant())
		return v.goTo("sent")
	}
	key, wrong := v.checkStamp(f.Get("stamp"))
	if wrong != "" {
		p.Problems = []problem{{"", v.T(wrong)}}
		return v.showAsk(http.StatusUnprocessableEntity, p)
	}
	t, err := v.file(p, key)
	var o often
	switch {
	case errors.As(err, &o):
		p.Problems = []problem{{"", v.T("help.often", o.seconds())}}
		return v.showAsk(http.StatusTooManyRequests, p)
	case errors.Is(err, helpdesk.ErrConflict):
		p.Problems = []problem{{"", v.T("help.twice")}}
		return v.showAsk(http.StatusConflict, p)
	case errors.Is(err, helpdesk.ErrInvalid):
		p.Problems = v.wrongAsked(err)
		return v.showAsk(http.StatusUnprocessableEntity, p)
	case err != nil:
		return err
	}
	if v.Known() {
		return v.goTo("tickets/" + t.Ref)
	}
	return v.goTo("sent", "ref", t.Ref)
}

// file opens the ticket that was asked for.
func (v *visit) file(p *askPage, key string) (*helpdesk.Ticket, error) {
	who := v.who
	if !v.Known() {
		who = helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: p.Email, Name: strings.TrimSpace(p.Name)}
	}
	var errs []error
	if who.ID == "" {
		errs = append(errs, &helpdesk.FieldError{Field: "email", Problem: "is empty"})
	}
	if strings.TrimSpace(p.Subject) == "" {
		errs = append(errs, &helpdesk.FieldError{Field: "subject", Problem: "is empty"})
	}
	if p.Text == "" {
		errs = append(errs, &helpdesk.FieldError{Field: "text", Problem: "is empty"})
	}
	if err := errors.Join(append(errs, v.checkFiles(v.r.MultipartForm))...); err != nil {
		return nil, err
	}
	if err := v.mayFile(who); err != nil {
		return nil, err
	}
	return v.desk.As(who).Open(v.ctx, helpdesk.OpenParams{
		Subject: p.Subject, Description: p.Text, Customer: helpdesk.Contact{Name: who.Name}, Source: helpdesk.SourceForm,
		IdempotencyKey: key, Files: files(v.r.MultipartForm),
	})
}

// mayFile checks the limits of a new ticket.
func (v *visit) mayFile(who helpdesk.Actor) error {
	c := &v.w.customers.cfg
	if err := v.mayWrite(); err != nil {
		return err
	}
	if err := v.limit("mail", fmt.Sprintf("%q %s", v.desk.Tenant(), strings.ToLower(who.ID)), hourly(c.PerAddress)); err != nil {
		return err
	}
	if v.Known() {
		return nil
	}
	return v.limit("tenant", string(v.desk.Tenant()), hourly(c.PerTenant))
}

// mayWrite checks the limit of forms of one IP address.
func (v *visit) mayWrite() error {
	return v.limit("form", v.from(), hourly(v.w.customers.cfg.PerIP))
}

func (v *visit) from() string { return ratelimit.Network(v.w.customers.cfg.ClientIP(v.r)) }

// checkFiles refuses files that are too many or too large.
func (v *visit) checkFiles(m *multipart.Form) error {
	c := &v.w.customers.cfg
	list := files(m)
	if len(list) > c.MaxFiles {
		return &helpdesk.FieldError{Field: "files", Problem: v.T("help.files.many", c.MaxFiles)}
	}
	for _, f := range list {
		if f.Size > c.MaxFile {
			return &helpdesk.FieldError{Field: "files", Problem: v.T("help.files.large", f.Name, v.Size(c.MaxFile))}
		}
	}
	return nil
}

// wrongAsked is wrong with the fields as this form calls them.
func (v *visit) wrongAsked(err error) []problem {
	called := map[string]string{"actor": "email", "customer_email": "email", "customer_name": "name", "description": "text", "body": "text"}
	var list []error
	for _, f := range helpdesk.Fields(err) {
		field := f.Field
		if name, ok := called[field]; ok {
			field = name
		}
		list = append(list, &helpdesk.FieldError{Field: field, Problem: f.Problem})
	}
	if list == nil {
		return v.wrong(err)
	}
	problems := v.wrong(errors.Join(list...))
	for i, p := range problems {
		name := "help.field." + p.Field
		if _, rest, ok := strings.Cut(p.Text, ": "); ok && v.T(name) != name {
			problems[i].Text = v.label(name, p.Field) + ": " + rest
		}
	}
	return problems
}

var reference = regexp.MustCompile(`^[0-9A-Za-z-]{1,20}$`)

// sent says that a ticket was filed. The reference tells nobody anything but its customer.
func (w *workspace) sent(v *visit) error {
	ref := v.r.URL.Query().Get("ref")
	if !reference.MatchString(ref) {
		ref = ""
	}
	v.render(http.StatusOK, "help_sent", v.T("help.sent.title"), "", ref)
	return nil
}

// goTo is see for the customers' pages, with the parts of a query in pairs.
func (v *visit) goTo(path string, query ...string) error {
	if v.Embed {
		query = append(query, "embed", "1")
	}
	for i := 0; i+1 < len(query); i += 2 {
		mark := "&"
		if i == 0 {
			mark = "?"
		}
		path += mark + query[i] + "=" + v.Query(query[i+1])
	}
	return v.see(path)
}
