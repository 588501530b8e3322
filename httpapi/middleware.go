package httpapi

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/helpdesk-go/helpdesk"
)

// call is one request of somebody.
type call struct {
	desk   *helpdesk.Desk // the tenant's, acting for the actor
	host   *helpdesk.Desk // the same, acting for the host itself
	actor  helpdesk.Actor
	op     *huma.Operation
	header http.Header

	conditional bool // the request has an If-Match
}

type (
	callKey      struct{}
	requestIDKey struct{}
)

// writer knows whether an answer has begun. It has no Unwrap on purpose: huma would set a
// read deadline of its own, at whose end net/http cancels a request that is still waiting.
type writer struct {
	http.ResponseWriter
	begun bool
}

func (w *writer) WriteHeader(status int) {
	w.begun = true
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(b []byte) (int, error) {
	w.begun = true
	return w.ResponseWriter.Write(b)
}

// withRequestID gives the request an id, its own if it has a sane one, and answers it.
func withRequestID(w http.ResponseWriter, r *http.Request) *http.Request {
	id := r.Header.Get("X-Request-Id")
	sane := func(c rune) bool {
		return c == '-' || c == '_' || c == '.' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	if id == "" || len(id) > 64 || strings.ContainsFunc(id, func(c rune) bool { return !sane(c) }) {
		id = rand.Text()
	}
	w.Header().Set("X-Request-Id", id)
	return r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id))
}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// recover turns a panic into a 500, or cuts the answer off if it has begun.
func (h *Handler) recover(w *writer, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	h.cfg.Logger.ErrorContext(r.Context(), "httpapi: panic",
		"request_id", requestID(r.Context()), "method", r.Method, "panic", p, "stack", string(debug.Stack()))
	if w.begun {
		panic(http.ErrAbortHandler)
	}
	writeProblem(w, http.StatusInternalServerError, internal(r.Context()))
}

// checkQuery refuses a query string that net/url would read in part only, and a
// parameter given twice of which the second would be ignored.
func checkQuery(ctx huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(ctx)
	lists := map[string]bool{}
	for _, p := range ctx.Operation().Parameters {
		lists[p.Name] = p.In == "query" && p.Schema != nil && p.Schema.Type == huma.TypeArray
	}
	seen := map[string]bool{}
	for pair := range strings.SplitSeq(r.URL.RawQuery, "&") {
		if pair == "" {
			continue
		}
		raw, value, ok := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(raw)
		_, valueErr := url.QueryUnescape(value)
		problem := ""
		switch {
		case !ok:
			problem = "has no value"
		case err != nil || valueErr != nil:
			problem = "is not percent-encoded well"
		case strings.Contains(pair, ";"):
			problem = "has a semicolon that is not percent-encoded"
		case seen[name] && !lists[name]:
			problem = "is given more than once"
		}
		if problem != "" {
			writeProblem(w, http.StatusUnprocessableEntity, name+" "+problem, &huma.ErrorDetail{Location: "query." + name, Message: problem})
			return
		}
		seen[name] = true
	}
	next(ctx)
}

// knownQuery refuses parameters that the OpenAPI document does not have. huma would do so itself,
// but it does not know parameters that a Resolve reads.
func knownQuery(ctx huma.Context, next func(huma.Context)) {
	known := map[string]bool{}
	for _, p := range ctx.Operation().Parameters {
		known[p.Name] = known[p.Name] || p.In == "query"
	}
	u := ctx.URL()
	var errs []*huma.ErrorDetail
	for _, name := range slices.Sorted(maps.Keys(u.Query())) {
		if !known[name] {
			errs = append(errs, &huma.ErrorDetail{Location: "query." + name, Message: "unknown query parameter"})
		}
	}
	if errs != nil {
		_, w := humago.Unwrap(ctx)
		writeProblem(w, http.StatusUnprocessableEntity, "validation failed", errs...)
		return
	}
	next(ctx)
}

// identify asks the host who is asking, and for which tenant, and limits the requests of both.
func (h *Handler) identify(ctx huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(ctx)
	actor, err := h.cfg.Actor(r)
	if err == nil && actor.Role == helpdesk.RoleSystem {
		err = errors.New("the actor has no role")
	}
	var tenant helpdesk.TenantID
	if err == nil {
		tenant, err = h.cfg.Tenant(r)
	}
	if err != nil {
		h.cfg.Logger.InfoContext(ctx.Context(), "httpapi: nobody known", "request_id", requestID(ctx.Context()), "err", err)
		writeProblem(w, http.StatusUnauthorized, "the request does not say who is asking")
		return
	}
	if !h.limitActor(r, w, tenant, actor) {
		return
	}
	desk := h.desk.ForTenant(tenant)
	next(huma.WithValue(ctx, callKey{}, &call{
		desk: desk.As(actor), host: desk.As(helpdesk.Actor{}), actor: actor,
		op: ctx.Operation(), header: r.Header,
	}))
}

// readBody reads the body of a request that may have one and refuses what a JSON
// decoder would accept and silently change.
func (h *Handler) readBody(ctx huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(ctx)
	if r.ContentLength > h.cfg.MaxBody {
		h.tooLarge(w)
		return
	}
	limited := w
	if own, ok := w.(*writer); ok {
		limited = own.ResponseWriter // MaxBytesReader tells net/http's own writer to close the connection
	}
	body, err := io.ReadAll(http.MaxBytesReader(limited, r.Body, h.cfg.MaxBody))
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		h.tooLarge(w)
	case err != nil:
		writeProblem(w, http.StatusBadRequest, "the body could not be read to its end")
	case len(bytes.TrimSpace(body)) == 0:
		r.Body = http.NoBody
		next(ctx)
	case !isJSON(r.Header):
		w.Header().Set("Accept", "application/json")
		writeProblem(w, http.StatusUnsupportedMediaType, "the body has to be application/json, in UTF-8 and not encoded otherwise")
	case !utf8.Valid(body):
		refuseBody(w, "is not valid UTF-8")
	case halfSurrogate(body):
		refuseBody(w, "has one half of a surrogate pair without the other")
	case ctx.Operation().RequestBody == nil && string(bytes.TrimSpace(body)) != "{}":
		refuseBody(w, "is not expected here")
	default:
		r.Body = io.NopCloser(bytes.NewReader(body))
		next(ctx)
	}
}

func (h *Handler) tooLarge(w http.ResponseWriter) {
	writeProblem(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is larger than %d bytes", h.cfg.MaxBody))
}

func refuseBody(w http.ResponseWriter, problem string) {
	writeProblem(w, http.StatusUnprocessableEntity, "the body "+problem, &huma.ErrorDetail{Location: "body", Message: problem})
}

// isJSON reports whether a body is declared as JSON. One without a type is not: an HTML
// form of another site could send it.
func isJSON(h http.Header) bool {
	if enc := h.Get("Content-Encoding"); enc != "" && enc != "identity" {
		return false
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if charset := params["charset"]; err != nil || (charset != "" && !strings.EqualFold(charset, "utf-8")) {
		return false
	}
	return kind == "application/json" || (strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json"))
}

// halfSurrogate reports whether a JSON text escapes a surrogate (RFC 8259, section 8.2) that
// is not part of a pair. encoding/json would replace it by U+FFFD without a word.
func halfSurrogate(text []byte) bool {
	escape := func(i int) uint64 { // the code unit of \uXXXX at i, else 0
		if i+6 > len(text) || text[i] != '\\' || text[i+1] != 'u' {
			return 0
		}
		unit, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 16)
		if err != nil {
			return 0 // the decoder will say so
		}
		return unit
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		c := escape(i)
		switch {
		case c >= 0xDC00 && c <= 0xDFFF:
			return true
		case c >= 0xD800 && c <= 0xDBFF:
			if low := escape(i + 6); low < 0xDC00 || low > 0xDFFF {
				return true
			}
			i += 11
		default:
			i++ // over the escaped character, which may be a backslash
		}
	}
	return false
}
