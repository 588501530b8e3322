package httpapi

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/background"
	"github.com/helpdesk-go/helpdesk/internal/feed"
	"github.com/helpdesk-go/helpdesk/internal/noaddress"
)

// Config says how a Handler works. Only Actor is required.
type Config struct {
	// Actor says who is asking: a customer, an agent or an admin. An error is
	// answered 401, and so is an Actor without a Role: that is the host itself, which
	// no request can be. Health and the OpenAPI document are served without asking.
	Actor func(*http.Request) (helpdesk.Actor, error)

	// Tenant says whose desk a request is for; an error is answered 401. Nil
	// means the tenant of the desk. It must not believe what the caller could have
	// made up: the tenant belongs to the identity.
	Tenant func(*http.Request) (helpdesk.TenantID, error)

	// Login says how the OpenAPI document describes this; the zero Login is a bearer token.
	Login Login

	// Ready is asked by /readyz, which answers 503 on an error. Nil is always ready.
	Ready func(context.Context) error

	// CrossOrigin decides about requests that a browser sends from another
	// origin, which would carry the cookies of the host's login. Nil refuses those
	// that write; clients other than browsers are never concerned.
	CrossOrigin *http.CrossOriginProtection

	// RateLimits says how many requests are answered. Its zero value is the defaults.
	RateLimits RateLimits

	// Archive is that of the desk's Config: the export of a person brings back what it holds. Nil:
	// such an export is answered 409 if an archive has taken tickets of the person.
	Archive helpdesk.Archive

	MaxBody int64          // bytes of a request body; 0 means 1 MiB
	Wait    time.Duration  // how long a new ticket waits for triage unless asked otherwise; 0 means 5 seconds, negative not at all
	Poll    time.Duration  // how often streams of events look for new ones; 0 means 1 second
	Clock   helpdesk.Clock // the desk's; nil: helpdesk.SystemClock
	Logger  *slog.Logger   // nil: slog.Default()
}

// maxWait is the longest that a client can make a request wait for triage.
const maxWait = 30 * time.Second

// Handler is the API of a desk. It is an http.Handler for many goroutines.
type Handler struct {
	desk *helpdesk.Desk
	cfg  Config
	mux  *http.ServeMux
	feed *feed.Feed

	owner *background.Group // of all goroutines
}

// New returns the API of a desk. It copies cfg and does no I/O; an error names the
// field at fault.
func New(desk *helpdesk.Desk, cfg *Config) (*Handler, error) {
	if desk == nil {
		return nil, fmt.Errorf("httpapi: new: %w", &helpdesk.FieldError{Field: "desk", Problem: "is nil"})
	}
	if cfg == nil || cfg.Actor == nil {
		return nil, fmt.Errorf("httpapi: new: %w", &helpdesk.FieldError{Field: "Actor", Problem: "is nil: say who is asking"})
	}
	h := &Handler{desk: desk, cfg: *cfg, mux: http.NewServeMux(), owner: background.New()}
	if h.cfg.MaxBody < 0 {
		return nil, fmt.Errorf("httpapi: new: %w", &helpdesk.FieldError{Field: "MaxBody", Problem: "is negative"})
	}
	if h.cfg.Poll < 0 {
		return nil, fmt.Errorf("httpapi: new: %w", &helpdesk.FieldError{Field: "Poll", Problem: "is negative"})
	}
	h.cfg.MaxBody = cmp.Or(h.cfg.MaxBody, 1<<20)
	h.cfg.Wait = min(cmp.Or(h.cfg.Wait, 5*time.Second), maxWait)
	if h.cfg.CrossOrigin == nil {
		h.cfg.CrossOrigin = http.NewCrossOriginProtection()
	}
	if h.cfg.Tenant == nil {
		h.cfg.Tenant = func(*http.Request) (helpdesk.TenantID, error) { return desk.Tenant(), nil }
	}
	if h.cfg.Ready == nil {
		h.cfg.Ready = func(context.Context) error { return nil }
	}
	if h.cfg.Clock == nil {
		h.cfg.Clock = helpdesk.SystemClock
	}
	h.cfg.Logger = noaddress.Logger(h.cfg.Logger)
	if err := h.cfg.RateLimits.complete(&h.cfg); err != nil {
		return nil, fmt.Errorf("httpapi: new: %w", err)
	}
	h.feed = feed.New(h.owner, desk, cmp.Or(h.cfg.Poll, time.Second), h.cfg.Clock, h.cfg.Logger)
	if err := h.mount(); err != nil {
		return nil, fmt.Errorf("httpapi: new: %w", err)
	}
	return h, nil
}

// Shutdown ends the streams of events and returns when no goroutine of the handler runs any more.
// If ctx ends first, it returns the error of ctx. Requests are answered during and after it; a
// stream that is opened then ends at once.
//
// A host calls it before the Shutdown of its http.Server, which would wait for the streams.
func (h *Handler) Shutdown(ctx context.Context) error { return h.owner.Shutdown(ctx) }

// mount registers the routes, and those of the documents that describe them.
func (h *Handler) mount() error {
	api := humago.New(h.mux, h.humaConfig())
	for _, r := range h.routes() {
		r.serve(api, h.operation(r))
	}
	doc := api.OpenAPI()
	if err := h.describe(doc); err != nil {
		return err
	}
	opened := doc.Paths["/tickets"].Post.Responses
	accepted := *opened["201"]
	accepted.Description = "Opened; triage is pending, as respond-async allows"
	opened["202"] = &accepted
	csvResponses(doc)
	var one sync.Mutex // writes the document that is asked for first, then the other
	h.mux.HandleFunc("GET /openapi.json", serveDocument(&one, "application/openapi+json", func() ([]byte, error) {
		return json.MarshalIndent(doc, "", "  ")
	}))
	h.mux.HandleFunc("GET /openapi-3.0.json", serveDocument(&one, "application/json", doc.Downgrade))
	return nil
}

// serveDocument serves a description of the API: to everybody, as health is. It writes it once,
// when somebody asks, since that takes longer than the rest of New.
func serveDocument(one *sync.Mutex, kind string, write func() ([]byte, error)) http.HandlerFunc {
	written := sync.OnceValues(func() ([]byte, error) {
		one.Lock()
		defer one.Unlock()
		return write()
	})
	return func(w http.ResponseWriter, _ *http.Request) {
		doc, err := written()
		if err != nil {
			panic(fmt.Errorf("write %s: %w", kind, err)) // answered as any panic is
		}
		w.Header().Set("Content-Type", kind)
		w.Write(doc)
	}
}

// humaConfig has everything of huma switched off that is not needed: its document
// handlers, which load scripts from elsewhere, and the $schema links in answers.
func (h *Handler) humaConfig() huma.Config {
	c := huma.DefaultConfig("Help desk", "1")
	c.Info.Description = "Tickets that are classified, assigned, watched by their SLA clocks, worked on, resolved and reported."
	c.Servers = []*huma.Server{{URL: ".", Description: "where this document is"}}
	c.CreateHooks = nil
	c.DocsPath, c.SchemasPath, c.OpenAPIPath = "", "", ""
	c.Formats = map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat, csvFormat: csvMarshaler}
	c.Transformers = []huma.Transformer{tidy}
	return c
}

// ServeHTTP serves one request. Whatever goes wrong on the way is a problem+json.
func (h *Handler) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w := &writer{ResponseWriter: rw}
	r = withRequestID(w, r)
	for name, value := range map[string]string{
		"X-Content-Type-Options":  "nosniff",
		"Cache-Control":           "no-store",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
	} {
		w.Header().Set(name, value)
	}
	defer h.recover(w, r)
	if !h.limitAddress(r, w) {
		return
	}
	if err := h.cfg.CrossOrigin.Check(r); err != nil {
		writeProblem(w, http.StatusForbidden, err.Error())
		return
	}
	// The mux would redirect to a cleaned path, without the prefix it knows nothing of.
	if p := r.URL.EscapedPath(); !strings.HasPrefix(p, "/") || path.Clean(p) != p {
		writeProblem(w, http.StatusNotFound, "there is no such route")
		return
	}
	if found, pattern := h.mux.Handler(r); pattern == "" {
		unrouted(w, r, found)
		return
	}
	h.mux.ServeHTTP(w, r)
}

// unrouted answers what no route takes. The mux's own answer tells which methods the path has.
func unrouted(w *writer, r *http.Request, refusal http.Handler) {
	probe := &probe{header: http.Header{}}
	refusal.ServeHTTP(probe, r)
	allow := probe.header.Get("Allow")
	if allow == "" {
		writeProblem(w, http.StatusNotFound, "there is no such route")
		return
	}
	w.Header().Set("Allow", allow+", OPTIONS")
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	writeProblem(w, http.StatusMethodNotAllowed, "this route has "+allow+", OPTIONS")
}

// probe is a ResponseWriter that keeps the header alone.
type probe struct{ header http.Header }

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(int)             {}
