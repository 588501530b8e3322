package webui

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

// FormConfig says how the customers' pages work. Its zero value works: a form for everybody,
// without a login.
type FormConfig struct {
	// Config is as for the workspace. Its Actor may be nil. A visitor whom it does not know as a
	// customer is asked for a mail address: then the ticket is filed, and its customer follows it
	// by mail and reaches it by the link in there. See helpdesk.MailConfig.TicketURL.
	Config

	// Key signs the part of the form that tells people from programs. Processes that serve the same
	// form need the same Key. Nil: a random one.
	Key []byte

	// ClientIP returns the address that a request comes from, for PerIP and PagesPerIP. Nil: the
	// other end of the connection. Behind a proxy that is the proxy, and all visitors share one
	// address.
	ClientIP func(*http.Request) string

	// Limiter counts the requests. Nil means a ratelimit.Memory; ratelimit.Unlimited turns all
	// limits off. A visitor beyond a limit is answered 429 with Retry-After, and keeps what was
	// typed.
	Limiter ratelimit.Limiter

	FillTime   time.Duration // how long a person takes at least to fill the form in; 0 means 2 seconds, negative is no time
	PerAddress int           // tickets an hour that one mail address may file; 0 means 5, negative is no limit
	PerIP      int           // forms an hour that one IP address, or an IPv6 network of 64 bits, may send; 0 means 30, negative is no limit
	PerTenant  int           // tickets an hour that visitors without a login may file with a tenant; 0 means 1,000, negative is no limit
	PagesPerIP int           // requests a minute of one IP address, or an IPv6 network of 64 bits; 0 means 300, negative is no limit
	MaxFiles   int           // files of one message; 0 means 5
	MaxFile    int64         // bytes of one file; 0 means 10 MiB
}

// customers is what the workspace's pages for customers need beside.
type customers struct{ cfg FormConfig }

// pages is the rate of requests of one IP address.
func (c *customers) pages() ratelimit.Rate {
	return ratelimit.Rate{Count: c.cfg.PagesPerIP, Per: time.Minute}
}

// NewForm returns the pages for customers: they ask for help, read their own tickets, answer,
// reopen and rate, and see nothing that is internal. Mount it anywhere, with the prefix stripped. A
// page of another site can show it in a frame, with ?embed=1 for less around it and Config.Frame to
// allow that. MailConfig.TicketURL is its address with "t/" and the token behind it,
// MailConfig.RateURL that with "rate/". A nil cfg works. NewForm does no I/O; an error names the
// field at fault.
func NewForm(desk *helpdesk.Desk, cfg *FormConfig) (*Handler, error) {
	c := FormConfig{}
	if cfg != nil {
		c = *cfg
	}
	c.Frame = cmp.Or(c.Frame, "'self'")
	if c.Actor == nil {
		c.Actor = func(*http.Request) (helpdesk.Actor, error) { return helpdesk.Actor{}, errors.New("there is no login") }
	}
	if c.ClientIP == nil {
		c.ClientIP = ratelimit.RemoteIP
	}
	w, err := newWorkspace(desk, &c.Config)
	if err == nil && len(c.Key) > 0 && len(c.Key) < 16 {
		err = &helpdesk.FieldError{Field: "Key", Problem: "is shorter than 16 bytes"}
	}
	if err == nil && (c.MaxFiles < 0 || c.MaxFile < 0) {
		err = &helpdesk.FieldError{Field: "MaxFiles or MaxFile", Problem: "is negative"}
	}
	if err != nil {
		return nil, fmt.Errorf("webui: new form: %w", err)
	}
	if len(c.Key) == 0 {
		c.Key = []byte(rand.Text())
	}
	c.FillTime, c.PerAddress, c.PerIP = cmp.Or(c.FillTime, 2*time.Second), cmp.Or(c.PerAddress, 5), cmp.Or(c.PerIP, 30)
	c.PerTenant, c.PagesPerIP = cmp.Or(c.PerTenant, 1000), cmp.Or(c.PagesPerIP, 300)
	c.MaxFiles, c.MaxFile = cmp.Or(c.MaxFiles, 5), cmp.Or(c.MaxFile, 10<<20)
	if c.Limiter != nil {
		w.limiter = ratelimit.FailOpen(c.Limiter, w.cfg.Clock, w.cfg.Logger)
	}
	w.customers = &customers{cfg: c}
	w.mount(w.customerPages())
	return &Handler{w}, nil
}

// customerPages is the one table of the customers' pages.
func (w *workspace) customerPages() map[string]func(*visit) error {
	return map[string]func(*visit) error{
		"GET /{$}":                       w.help,
		"GET /new":                       w.askForm,
		"POST /new":                      w.ask,
		"GET /sent":                      w.sent,
		"GET /tickets/{id}":              w.ownTicket,
		"POST /tickets/{id}/{act}":       w.ownAct,
		"GET /tickets/{id}/files/{file}": w.ownFile,
		"GET /t/{token}":                 w.ownTicket,
		"POST /t/{token}/{act}":          w.ownAct,
		"GET /t/{token}/files/{file}":    w.ownFile,
		"GET /rate/{token}":              w.rateForm,
		"POST /rate/{token}":             w.rate,
		"POST /t/{token}/renew":          w.renew,
		"POST /rate/{token}/renew":       w.renew,
		"GET /renewed":                   w.renewed,
		"GET /brand.css":                 w.brandCSS,
	}
}

// identifyCustomer is identify where nobody has to be known.
func (v *visit) identifyCustomer() error {
	tenant, err := v.w.cfg.Tenant(v.r)
	if err != nil {
		return err
	}
	who, err := v.w.cfg.Actor(v.r)
	if err != nil || who.Role != helpdesk.RoleCustomer || who.ID == "" {
		who = helpdesk.Actor{Role: helpdesk.RoleCustomer}
	}
	v.who, v.desk, v.brand = who, v.w.desk.ForTenant(tenant).As(who), v.w.cfg.Brand(tenant)
	v.words, v.zone = v.w.words.of(v.r, v.brand.Language), sync.OnceValue(v.zoneOf)
	v.Embed = v.r.URL.Query().Get("embed") == "1"
	return nil
}

// Known reports whether the viewer is a customer whom the host knows.
func (v *visit) Known() bool {
	return v.who.Role == helpdesk.RoleCustomer && v.who.ID != "" && !v.linked
}

// Customers reports whether these are the customers' pages.
func (v *visit) Customers() bool { return v.w.customers != nil }

// Go is URL for the customers' pages, which stay in their frame.
func (v *visit) Go(path string) string {
	if v.Embed {
		return v.URL(path) + "?embed=1"
	}
	return v.URL(path)
}
