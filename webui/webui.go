package webui

import (
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/background"
	"github.com/helpdesk-go/helpdesk/internal/instant"
	"github.com/helpdesk-go/helpdesk/internal/noaddress"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

// Config says how the pages work. Only Actor is required.
type Config struct {
	// Actor returns the actor of a request: an agent or an admin for the workspace, a customer for
	// the form. An error is answered 401, and so is an Actor without a Role. The login is the
	// host's.
	Actor func(*http.Request) (helpdesk.Actor, error)

	// Tenant returns the tenant of a request; an error is answered 401. Nil means the tenant of the
	// desk.
	Tenant func(*http.Request) (helpdesk.TenantID, error)

	// SignOut is the address of the host's page that ends the session, such as "/logout". It is
	// linked beside the viewer's name. Empty: no link.
	SignOut string

	// Brand says how the pages of a tenant look. Nil: the zero Brand.
	Brand func(helpdesk.TenantID) Brand

	// Mails lets admins edit mail templates. It is the *smtpnotify.Notifier of the desk, with the
	// desk's store as Config.Saved. Nil: the settings have no page for that.
	Mails Mails

	// Zone is the viewer's time zone. Nil: the one that the browser tells, else that of the agent
	// in the roster, else UTC.
	Zone func(*http.Request) *time.Location

	// Languages are further message catalogues: files such as "fr.json" beside the built-in English
	// and German. A viewer gets the one that Accept-Language prefers, or that of Brand. Nil adds
	// none.
	Languages fs.FS

	// Frame lists the sites that may show the pages in a frame, as the sources of CSP's
	// frame-ancestors: "'self' https://admin.acme.example". Empty means none. The form is made to
	// be embedded: for it, empty allows the host's own site.
	Frame string

	// CrossOrigin decides about requests that a browser sends from another origin. Nil refuses
	// those that write.
	CrossOrigin *http.CrossOriginProtection

	// TestWebhook delivers one test to a webhook of a tenant, when an admin asks for it, and
	// returns the status of the answer. It is the Test of the desk's webhook.Notifier, which checks
	// the addresses of requests. Nil: the settings offer no test.
	TestWebhook func(ctx context.Context, tenant helpdesk.TenantID, e webhook.Endpoint) (status int, err error)

	// Archive is that of the desk's Config: the data of a person has what it holds. Nil: those are
	// left out.
	Archive helpdesk.Archive

	MaxBody int64          // bytes of a request with its files; 0 means 25 MiB
	Poll    time.Duration  // how often open pages look what others changed; 0 means 1 second
	Clock   helpdesk.Clock // the desk's; nil: helpdesk.SystemClock
	Logger  *slog.Logger   // nil: slog.Default()
}

// Brand is how the pages of a tenant look.
type Brand struct {
	Name     string            // in the corner and in titles; empty means "Help desk"
	Logo     string            // address of a picture beside the name; empty for none. Its site is allowed by the CSP
	Colours  map[string]string // CSS variables to replace, without the dashes in front: {"accent": "#5b21b6"}
	Dark     map[string]string // the same for viewers who prefer dark pages; what it lacks is as in Colours
	Language string            // such as "de"; empty leaves it to the browser
}

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// patience is a workspace's own, but in tests.
var patience = 200 * time.Millisecond

// workspace is the pages for agents and admins.
type workspace struct {
	desk  *helpdesk.Desk
	cfg   Config
	mux   *http.ServeMux
	owner *background.Group // of all goroutines
	words *catalogue
	pages map[string]*template.Template
	live  *hub

	counts   *keep[map[string]int] // beside the views, by tenant and its changes
	cabinet  *cabinet
	patience time.Duration // how long a dashboard waits for its sections

	customers *customers // nil in the agents' workspace
	limiter   ratelimit.Limiter

	asset string // part of the addresses of static files, new when they are
}

// Handler is a set of pages: see [New] and [NewForm]. It is an http.Handler for many goroutines.
type Handler struct{ pages *workspace }

// ServeHTTP serves one request. A mount without its slash is sent to the one with it, so that
// relative addresses work.
func (h *Handler) ServeHTTP(rw http.ResponseWriter, r *http.Request) { h.pages.ServeHTTP(rw, r) }

// Shutdown ends the live updates of open pages, waits for the reports that are being read, and
// returns when no goroutine of the pages runs any more. If ctx ends first, Shutdown cuts these
// reports off and returns the error of ctx. Requests are answered during and after it, without live
// updates.
//
// A host calls it before the Shutdown of its http.Server, which would wait for open pages.
func (h *Handler) Shutdown(ctx context.Context) error { return h.pages.owner.Shutdown(ctx) }

// CacheSizes returns the sizes of what the pages keep of the desks of tenants, for the host's
// metrics. [helpdesk.Desk.CacheSizes] has those of the desk.
func (h *Handler) CacheSizes() []helpdesk.CacheSize {
	w, c := h.pages, h.pages.cabinet
	var sizes []helpdesk.CacheSize
	for _, one := range []struct {
		name string
		size func() (int, int64)
	}{
		{"numbers beside the views", w.counts.of.Size}, {"overviews", c.compared.of.Size}, {"series", c.points.of.Size},
		{"heat maps", c.heat.of.Size}, {"agent reports", c.people.of.Size}, {"triage reports", c.triage.of.Size}, {"organisation reports", c.groups.of.Size}, {"changes", w.live.changed.Size},
	} {
		n, bytes := one.size()
		sizes = append(sizes, helpdesk.CacheSize{Name: one.name, Values: n, Bytes: bytes})
	}
	return sizes
}

// New returns the agents' workspace: inbox, tickets, dashboard and settings. Mount it anywhere
// behind the host's login, with the prefix stripped:
//
//	mux.Handle("/admin/support/", http.StripPrefix("/admin/support", pages))
//
// It copies cfg and does no I/O; an error names the field at fault.
func New(desk *helpdesk.Desk, cfg *Config) (*Handler, error) {
	if cfg == nil || cfg.Actor == nil {
		return nil, fmt.Errorf("webui: new: %w", &helpdesk.FieldError{Field: "Actor", Problem: "is nil: say who is asking"})
	}
	w, err := newWorkspace(desk, cfg)
	if err != nil {
		return nil, fmt.Errorf("webui: new: %w", err)
	}
	w.mount(w.agentPages())
	return &Handler{w}, nil
}

func newWorkspace(desk *helpdesk.Desk, cfg *Config) (*workspace, error) {
	if desk == nil {
		return nil, &helpdesk.FieldError{Field: "desk", Problem: "is nil"}
	}
	owner := background.New()
	w := &workspace{
		desk: desk, cfg: *cfg, mux: http.NewServeMux(), owner: owner,
		counts: newKeep[map[string]int](owner, keepFactor), cabinet: newCabinet(owner), patience: patience,
	}
	c := &w.cfg
	if c.MaxBody < 0 {
		return nil, &helpdesk.FieldError{Field: "MaxBody", Problem: "is negative"}
	}
	if c.Poll < 0 {
		return nil, &helpdesk.FieldError{Field: "Poll", Problem: "is negative"}
	}
	c.MaxBody, c.Poll = cmp.Or(c.MaxBody, 25<<20), cmp.Or(c.Poll, time.Second)
	if u, err := url.Parse(c.SignOut); err != nil || (u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https") {
		return nil, &helpdesk.FieldError{Field: "SignOut", Problem: "is no address of a web page"}
	}
	if c.Tenant == nil {
		c.Tenant = func(*http.Request) (helpdesk.TenantID, error) { return desk.Tenant(), nil }
	}
	if c.Brand == nil {
		c.Brand = func(helpdesk.TenantID) Brand { return Brand{} }
	}
	if c.CrossOrigin == nil {
		c.CrossOrigin = http.NewCrossOriginProtection()
	}
	if c.Clock == nil {
		c.Clock = helpdesk.SystemClock
	}
	c.Logger = noaddress.Logger(c.Logger)
	w.limiter = ratelimit.Memory(&ratelimit.Config{Clock: c.Clock})
	var err error
	if w.words, err = readCatalogue(c.Languages); err != nil {
		return nil, err
	}
	if w.pages, err = parsePages(); err != nil {
		return nil, err
	}
	w.asset = assetVersion()
	w.live = newHub(owner, desk, c.Poll, c.Clock, c.Logger)
	return w, nil
}

// assetVersion is a hash of the static files, so that browsers may keep them for good.
func assetVersion() string {
	h := sha256.New()
	err := fs.WalkDir(staticFiles, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := staticFiles.ReadFile(path)
		h.Write(content)
		return err
	})
	if err != nil {
		panic("webui: embedded files: " + err.Error()) // they are in the program
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// now is the desk's time.
func (w *workspace) now() time.Time { return instant.Of(w.cfg.Clock.Now()) }

// agentPages is the one table of the workspace's pages.
func (w *workspace) agentPages() map[string]func(*visit) error {
	return map[string]func(*visit) error{
		"GET /{$}":                             once(w.inbox),
		"GET /tickets.csv":                     w.listCSV,
		"POST /views":                          w.saveView,
		"POST /bulk":                           w.bulk,
		"GET /new":                             w.newTicket,
		"POST /new":                            w.openTicket,
		"GET /tickets/{id}":                    once(w.ticket, helpdesk.SettingMacro),
		"GET /tickets/{id}/similar":            once(w.similar),
		"POST /tickets/{id}/reply":             w.reply,
		"POST /tickets/{id}/note":              w.note,
		"POST /tickets/{id}/act":               w.act,
		"POST /tickets/{id}/writing":           w.writing,
		"GET /tickets/{id}/files/{file}":       w.file,
		"GET /tickets/{id}/messages/{message}": w.messageHTML,
		"GET /dashboard":                       once(w.dashboard),
		"GET /dashboard/{part}":                once(w.dashboardPart),
		"GET /customers":                       w.persons,
		"GET /customers/new":                   admins(w.newPerson),
		"POST /customers/new":                  admins(w.addPerson),
		"GET /customers/{id}":                  once(w.personPage),
		"POST /customers/{id}/act":             w.personAct,
		"POST /customers/{id}/export":          admins(w.exportPerson),
		"GET /customers/{id}/edit":             admins(w.editPerson),
		"POST /customers/{id}/edit":            admins(w.savePerson),
		"GET /organisations":                   w.organisations,
		"GET /organisations/new":               admins(w.newOrganisation),
		"POST /organisations/new":              admins(w.addOrganisation),
		"GET /organisations/{id}":              once(w.organisationPage),
		"GET /organisations/{id}/edit":         admins(w.editOrganisation),
		"POST /organisations/{id}/edit":        admins(w.saveOrganisation),
		"GET /notices":                         once(w.notices),
		"POST /notices/read":                   w.readNotices,
		"GET /notices/settings":                w.noticeSettings,
		"POST /notices/settings":               w.saveNoticeSettings,
		"GET /mail":                            w.mail,
		"POST /mail/retry":                     w.retryTask,
		"POST /mail/{id}/release":              w.releaseMail,
		"POST /mail/{id}/dismiss":              w.dismissMail,
		"GET /mail/{id}/files/{file}":          w.mailFile,
		"GET /settings":                        admins(w.settingsAgents),
		"GET /settings/agents":                 admins(w.settingsAgents),
		"POST /settings/agents":                admins(w.saveAgent),
		"GET /settings/agents/edit":            admins(w.agentForm),
		"POST /settings/agents/remove":         admins(w.removeAgent),
		"POST /settings/agents/away":           admins(w.setAway),
		"POST /settings/agents/absences":       admins(w.setAbsence),
		"GET /settings/teams":                  admins(w.settingsTeams),
		"POST /settings/teams":                 admins(w.saveTeam),
		"GET /settings/teams/edit":             admins(w.teamForm),
		"POST /settings/teams/remove":          admins(w.removeTeam),
		"GET /settings/categories":             admins(w.settingsCategories),
		"GET /settings/sla":                    admins(w.settingsSLA),
		"POST /settings/sla":                   admins(w.saveSLA),
		"GET /settings/sla/edit":               admins(w.slaForm),
		"GET /settings/sla/history":            admins(w.slaHistory),
		"POST /settings/sla/restore":           admins(w.restoreSLA),
		"POST /settings/sla/apply":             admins(w.applySLA),
		"GET /settings/priority-rules":         admins(w.settingsRules),
		"POST /settings/priority-rules":        admins(w.saveRules),
		"GET /settings/macros":                 leads(w.settingsMacros),
		"POST /settings/macros":                leads(w.saveMacro),
		"GET /settings/macros/edit":            leads(w.macroForm),
		"POST /settings/macros/remove":         leads(w.removeMacro),
		"GET /settings/webhooks":               admins(w.settingsWebhooks),
		"POST /settings/webhooks":              admins(w.saveWebhook),
		"GET /settings/webhooks/edit":          admins(w.webhookForm),
		"POST /settings/webhooks/turn":         admins(w.turnWebhook),
		"POST /settings/webhooks/secret":       admins(w.webhookSecret),
		"POST /settings/webhooks/test":         admins(w.testWebhook),
		"POST /settings/webhooks/remove":       admins(w.removeWebhook),
		"GET /settings/mail-templates":         w.mailTemplates(w.settingsMailTemplates),
		"POST /settings/mail-templates":        w.mailTemplates(w.saveLook),
		"GET /settings/mail-templates/edit":    w.mailTemplates(w.mailTemplateForm),
		"POST /settings/mail-templates/edit":   w.mailTemplates(w.saveMailTemplate),
		"GET /settings/mail":                   admins(w.settingsMail),
		"GET /settings/reads":                  admins(w.settingsReads),
		"GET /settings/about":                  admins(w.settingsAbout),
		"GET /brand.css":                       w.brandCSS,
		"GET /events":                          w.events,
	}
}

// mount serves the pages of a table, and the static files.
func (w *workspace) mount(pages map[string]func(*visit) error) {
	for pattern, serve := range pages {
		w.mux.HandleFunc(pattern, w.serve(serve))
	}
	w.mux.HandleFunc("GET /static/{version}/{file}", w.static)
}

// ServeHTTP is that of the Handler.
func (w *workspace) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "" {
		path, _, _ := strings.Cut(r.RequestURI, "?")
		rw.Header().Set("Location", "./"+path[strings.LastIndexByte(path, '/')+1:]+"/")
		rw.WriteHeader(http.StatusMovedPermanently)
		return
	}
	if _, pattern := w.mux.Handler(r); pattern == "" {
		if to := w.whole(r); to != "" {
			rw.Header().Set("Location", to)
			rw.WriteHeader(http.StatusSeeOther)
			return
		}
		w.serve(func(*visit) error { return helpdesk.ErrNotFound })(rw, r)
		return
	}
	w.mux.ServeHTTP(rw, r)
}
