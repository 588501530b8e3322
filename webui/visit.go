package webui

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// visit is one request of somebody, with all that a page needs to know of the viewer.
type visit struct {
	w      *workspace
	rw     http.ResponseWriter
	r      *http.Request
	ctx    context.Context
	desk   *helpdesk.Desk // the tenant's, acting for the viewer
	who    helpdesk.Actor
	brand  Brand
	words  *language
	zone   func() *time.Location // the viewer's
	now    time.Time
	head   *head                           // of the form that was sent; nil for none
	side   *sidebar                        // see aside
	opened helpdesk.TicketID               // the ticket that the page shows; empty for any other page
	beside []helpdesk.Query                // counted in the statement that counts the viewer's own tickets
	scope  func() (*helpdesk.Scope, error) // the tickets that the viewer may see: read at the first call
	linked bool                            // the viewer holds the link to one ticket
	idle   bool                            // what was sent changes nothing that is read
	Embed  bool                            // the page is shown in a frame of another
	root   string                          // from the page to the pages' root: "", "../", "../../"
}

// serve wraps a page: who is asking, what may be sent, and what an error looks like.
func (w *workspace) serve(page func(*visit) error) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		v := &visit{w: w, rw: rw, r: r, ctx: r.Context(), now: w.now(), root: rootFrom(r)}
		v.words = w.words.of(r, "")
		defer v.recover()
		v.headers()
		if err := w.cfg.CrossOrigin.Check(r); err != nil {
			v.refuse(http.StatusForbidden, "error.origin")
			return
		}
		if r.Method == http.MethodPost {
			v.head = headOf(http.MaxBytesReader(rw, r.Body, w.cfg.MaxBody), r.Header.Get("Content-Type"))
			r.Body = v.head
		}
		identify := v.identify
		if v.Customers() {
			if err := v.limit("page", v.from(), w.customers.pages()); err != nil {
				v.fail(err)
				return
			}
			identify = v.identifyCustomer
		}
		if err := identify(); err != nil {
			w.cfg.Logger.InfoContext(v.ctx, "webui: nobody known", "error", err)
			v.refuse(http.StatusUnauthorized, "error.login")
			return
		}
		v.headers() // now that the tenant is known
		if v.who.Role == helpdesk.RoleCustomer && !v.Customers() {
			v.refuse(http.StatusForbidden, "error.agents")
			return
		}
		if r.Method != http.MethodGet {
			defer func() {
				if !v.idle {
					w.live.change(v.desk.Tenant())
				}
			}()
		}
		if err := page(v); err != nil {
			v.fail(err)
		}
	}
}

// once makes a page that reads each row once, with the settings of some kinds in the statement that
// reads the agents. It is for pages that are soon done: they do not see what others commit
// meanwhile.
func once(page func(*visit) error, ahead ...helpdesk.SettingKind) func(*visit) error {
	return func(v *visit) error {
		v.desk = v.desk.ForRequest(ahead...)
		return page(v)
	}
}

// rootFrom leads from the page of a request to the pages' root. A slash in an id is none of the
// address.
func rootFrom(r *http.Request) string {
	return strings.Repeat("../", strings.Count(strings.Trim(r.URL.EscapedPath(), "/"), "/"))
}

// identify asks the host who is looking.
func (v *visit) identify() error {
	who, err := v.w.cfg.Actor(v.r)
	if err == nil && who.Role == helpdesk.RoleSystem {
		err = errors.New("the actor has no role")
	}
	if err != nil {
		return err
	}
	tenant, err := v.w.cfg.Tenant(v.r)
	if err != nil {
		return err
	}
	v.who, v.desk, v.brand = who, v.w.desk.ForTenant(tenant).As(who), v.w.cfg.Brand(tenant)
	v.words, v.zone = v.w.words.of(v.r, v.brand.Language), sync.OnceValue(v.zoneOf)
	v.scope = sync.OnceValues(func() (*helpdesk.Scope, error) { return v.desk.Scope(v.ctx) })
	return nil
}

// zoneCookie is in which zone the browser is; app.js sets it.
const zoneCookie = "helpdesk_zone"

func (v *visit) zoneOf() *time.Location {
	if v.w.cfg.Zone != nil {
		if z := v.w.cfg.Zone(v.r); z != nil {
			return z
		}
	}
	if c, err := v.r.Cookie(zoneCookie); err == nil {
		name, err := url.QueryUnescape(c.Value)
		if z, bad := time.LoadLocation(name); err == nil && bad == nil && name != "Local" {
			return z
		}
	}
	if v.who.Role != helpdesk.RoleCustomer {
		agents, err := v.desk.Agents(v.ctx)
		for _, a := range agents {
			if z, bad := time.LoadLocation(a.Zone); err == nil && bad == nil && string(a.ID) == v.who.ID && a.Zone != "" && a.Zone != "Local" {
				return z
			}
		}
	}
	return time.UTC
}

// headers are those of every page. Nothing inline runs, nothing comes from another site but the
// tenant's logo.
func (v *visit) headers() {
	h := v.rw.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"+v.logoSite()+"; font-src 'self'; connect-src 'self'; "+
		"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "+cmp.Or(v.w.cfg.Frame, "'none'"))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// logoSite is the site of the tenant's logo, as a CSP source behind a space; empty when it is the
// host's own site, or not known yet.
func (v *visit) logoSite() string {
	u, err := url.Parse(v.brand.Logo)
	if err != nil || u.Host == "" || strings.ContainsAny(u.Host, " ;,'") {
		return ""
	}
	return " " + cmp.Or(u.Scheme, "https") + "://" + u.Host
}

func (v *visit) recover() {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	v.w.cfg.Logger.ErrorContext(v.ctx, "webui: panic", "page", v.r.Pattern, "panic", p, "stack", string(debug.Stack()))
	v.refuse(http.StatusInternalServerError, "error.internal")
}

// fail answers an error.
func (v *visit) fail(err error) {
	if o := often(0); errors.As(err, &o) {
		v.refuse(http.StatusTooManyRequests, "error.often", v.T("error.often.wait", o.seconds()))
		return
	}
	var big *http.MaxBytesError
	status, key := http.StatusInternalServerError, "error.internal"
	switch {
	case errors.As(err, &big):
		status, key = http.StatusRequestEntityTooLarge, "error.large"
	case errors.Is(err, helpdesk.ErrLinkEnded):
		status, key = http.StatusGone, "error.ended"
	case errors.Is(err, helpdesk.ErrNotFound):
		status, key = http.StatusNotFound, "error.missing"
	case errors.Is(err, errLogin):
		status, key = http.StatusUnauthorized, "error.login"
	case errors.Is(err, helpdesk.ErrForbidden):
		status, key = http.StatusForbidden, "error.forbidden"
	case errors.Is(err, helpdesk.ErrConflict):
		status, key = http.StatusConflict, "error.conflict"
	case errors.Is(err, helpdesk.ErrCapacity):
		status, key = http.StatusUnprocessableEntity, "error.capacity"
	case errors.Is(err, helpdesk.ErrInvalid):
		status, key = http.StatusUnprocessableEntity, "error.invalid"
	case v.ctx.Err() != nil:
		return // nobody reads the answer
	default:
		v.w.cfg.Logger.ErrorContext(v.ctx, "webui: internal error", "page", v.r.Pattern, "error", err)
	}
	v.refuse(status, key, v.problems(err)...)
}

// refuse answers a page that says what is wrong, and nothing else.
func (v *visit) refuse(status int, key string, details ...string) {
	if v.fragment() {
		http.Error(v.rw, v.words.text(key), status)
		return
	}
	p := errorPage{Text: v.words.text(key), Details: details, Login: status == http.StatusUnauthorized && v.r.Method == http.MethodGet, Kept: v.kept()}
	if p.Kept != nil {
		p.Again = status != http.StatusForbidden && status != http.StatusNotFound && status != http.StatusGone
		p.Hint = v.words.text("error.kept")
		if status == http.StatusUnauthorized {
			p.Hint = v.words.text("error.kept.login")
		}
	}
	if status == http.StatusGone {
		kind, _, _ := strings.Cut(strings.Trim(v.r.URL.Path, "/"), "/")
		p.Renew = kind + "/" + v.r.PathValue("token") + "/renew"
	}
	title := fmt.Sprint("error.title.", status)
	if v.words.text(title) == title {
		title = "error.title"
	}
	if id := v.r.PathValue("id"); id != "" && status != http.StatusNotFound && strings.HasPrefix(strings.Trim(v.r.URL.Path, "/"), "tickets/") {
		p.Ticket = id
	}
	v.render(status, "error", v.words.text(title), "", p)
}

// errorPage says what is wrong, and where to go from there.
type errorPage struct {
	Text    string
	Details []string
	Login   bool   // the host's login may be in between: the page can be asked for again
	Ticket  string // what it was about; empty when it was no ticket
	Renew   string // where the link that has ended is renewed; empty for any other error
	Kept    []keptField
	Again   bool   // the form can be sent again
	Hint    string // what to do with it
}

// fragment reports whether the page asks for a part of itself, to be put in the place of an older
// one.
func (v *visit) fragment() bool { return v.r.Header.Get("X-Fragment") != "" }

// see sends the browser on, relative to the page, so that any prefix of a proxy stays.
func (v *visit) see(to string) error {
	if v.root == "" && strings.HasPrefix(to, "?") {
		to = "./" + to // a query alone would be one of this page
	}
	v.rw.Header().Set("Location", v.root+to)
	v.rw.WriteHeader(http.StatusSeeOther)
	return nil
}

// page is what a template gets.
type page struct {
	*visit
	Title string
	Nav   string
	Data  any
	Side  *sidebar
}

// render writes a page whole, or the error instead.
func (v *visit) render(status int, name, title, nav string, data any) {
	p := page{visit: v, Title: title, Nav: nav, Data: data, Side: v.aside()}
	var b bytes.Buffer
	part := "layout"
	switch {
	case v.fragment():
		part = "fragment"
	case v.Customers():
		part = "plain"
	}
	if err := v.w.pages[name].ExecuteTemplate(&b, part, &p); err != nil {
		v.w.cfg.Logger.ErrorContext(v.ctx, "webui: template", "name", name, "error", err)
		http.Error(v.rw, "internal error", http.StatusInternalServerError)
		return
	}
	v.rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.rw.Header().Set("Content-Language", v.words.name)
	v.rw.WriteHeader(status)
	v.rw.Write(b.Bytes())
}

// aside returns what stands beside the page, read at the first call; nil where nothing does.
func (v *visit) aside() *sidebar {
	if v.side != nil || v.desk == nil || v.fragment() || v.who.Role == helpdesk.RoleCustomer {
		return v.side
	}
	var err error
	if v.side, err = v.sidebar(); err != nil && v.ctx.Err() == nil && !errors.Is(err, helpdesk.ErrForbidden) {
		v.w.cfg.Logger.ErrorContext(v.ctx, "webui: sidebar", "error", err)
	}
	return v.side
}

// form reads the fields of a request, with its files when it has some.
func (v *visit) form() error {
	err := v.r.ParseMultipartForm(1 << 20)
	if errors.Is(err, http.ErrNotMultipart) {
		err = v.r.ParseForm()
	}
	var big *http.MaxBytesError
	if err != nil && !errors.As(err, &big) {
		err = fmt.Errorf("%w: the form cannot be read: %w", helpdesk.ErrInvalid, err)
	}
	return err
}
