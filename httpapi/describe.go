package httpapi

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/helpdesk-go/helpdesk"
)

// Login describes in the OpenAPI document how the host authenticates a request. It only describes
// [Config.Actor].
type Login struct {
	Type        string // "http" or "apiKey", as in OpenAPI's Security Scheme Object; empty means "http"
	Scheme      string // of "http", such as "basic"; empty means "bearer"
	In, Name    string // of "apiKey": "header", "query" or "cookie", and its name
	Description string // for people; empty says that identity is the host's
}

func (l Login) scheme() (*huma.SecurityScheme, error) {
	s := &huma.SecurityScheme{
		Type: cmp.Or(l.Type, "http"), Scheme: l.Scheme, In: l.In, Name: l.Name,
		Description: cmp.Or(l.Description, "Who is asking, and for which tenant, is found out by the service that this API is part of: see its documentation."),
	}
	switch {
	case s.Type == "http":
		s.Scheme = cmp.Or(s.Scheme, "bearer")
	case s.Type != "apiKey":
		return nil, &helpdesk.FieldError{Field: "Login.Type", Problem: "is neither http nor apiKey"}
	case !slices.Contains([]string{"header", "query", "cookie"}, s.In):
		return nil, &helpdesk.FieldError{Field: "Login.In", Problem: "is not one of header, query, cookie"}
	case s.Name == "":
		return nil, &helpdesk.FieldError{Field: "Login.Name", Problem: "is empty"}
	}
	return s, nil
}

const (
	loginName   = "host"
	jsonType    = "application/json"
	problemType = "application/problem+json"
)

// refusals are the errors of the API, by status, with an example each.
var refusals = map[int]struct{ what, detail, location, message string }{
	400: {"The body is missing or no JSON", "request body is required", "", ""},
	401: {"Nobody whom the host knows", "the request does not say who is asking", "", ""},
	403: {"Known, but not allowed, or sent by a browser from another origin", "save team: forbidden: for admins only", "", ""},
	404: {"There is no such thing for who asks", "read ticket \"0000-0000\": not found", "", ""},
	409: {"The state, an idempotency key or another writer is against it", "status cannot go from closed to in_progress", "", ""},
	412: {"If-Match is not the version any more", "it has changed: If-Match is not its version any more", "", ""},
	413: {"The body is too large", "the body is larger than 1048576 bytes", "", ""},
	415: {"The body is not declared as JSON", "the body has to be application/json, in UTF-8 and not encoded otherwise", "", ""},
	422: {"Fields at fault, each with its place", "open ticket: subject is empty", "body.subject", "is empty"},
	429: {"Too many requests of this actor, tenant or address: Retry-After says when the next one is answered", "there are too many requests: try again in 3 s", "", ""},
	503: {"Not ready", "the desk is not ready; the log says why", "", ""},
}

// describe completes the document that huma has made of the routes: errors, examples, security.
func (h *Handler) describe(doc *huma.OpenAPI) error {
	login, err := h.cfg.Login.scheme()
	if err != nil {
		return err
	}
	doc.Components.SecuritySchemes = map[string]*huma.SecurityScheme{loginName: login}
	doc.Components.Responses = map[string]*huma.Response{}
	schema := &huma.Schema{Ref: "#/components/schemas/ErrorModel"}
	for status, r := range refusals {
		example := map[string]any{"title": http.StatusText(status), "status": status, "detail": r.detail}
		if r.location != "" {
			example["errors"] = []any{map[string]any{"location": r.location, "message": r.message}}
		}
		doc.Components.Responses[responseName(status)] = &huma.Response{
			Description: r.what, Content: map[string]*huma.MediaType{problemType: {Schema: schema, Example: example}},
		}
	}
	doc.Components.Responses[responseName(http.StatusTooManyRequests)].Headers = map[string]*huma.Param{"Retry-After": {
		Description: "Seconds, rounded up (RFC 9110)", Schema: &huma.Schema{Type: huma.TypeInteger}, Example: 3,
	}}
	s := &sampler{schemas: doc.Components.Schemas}
	for _, r := range h.routes() {
		op := operationOf(doc.Paths[r.path], r.method)
		op.Tags = []string{strings.Split(r.path, "/")[1]}
		op.Security = []map[string][]string{}
		if !r.public {
			op.Security = append(op.Security, map[string][]string{loginName: {}})
		}
		for _, status := range r.refusals(op) {
			op.Responses[strconv.Itoa(status)] = &huma.Response{Ref: "#/components/responses/" + responseName(status)}
		}
		op.Responses["default"].Description = "Any other problem: a 500 has the id under which the log tells more"
		op.Responses["default"].Content[problemType].Example = map[string]any{
			"title": "Internal Server Error", "status": 500, "detail": "something went wrong here; the log has it under request id 4GJ2C3",
		}
		s.operation(op, r)
	}
	return s.err()
}

func responseName(status int) string { return strings.ReplaceAll(http.StatusText(status), " ", "") }

func operationOf(item *huma.PathItem, method string) *huma.Operation {
	return map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodPatch: item.Patch, http.MethodDelete: item.Delete,
	}[method]
}

// refusals are the statuses with which a route may refuse.
func (r route) refusals(op *huma.Operation) []int {
	has := func(in, name string) bool {
		return slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == in && (name == "" || p.Name == name) })
	}
	var list []int
	if !r.public {
		list = append(list, 401, 403)
	}
	adds := r.method == http.MethodPut && slices.Contains([]string{"save-agent", "save-team", "save-macro", "save-webhook"}, r.id)
	if has("path", "") && !adds || has("query", "ticket") || r.id == "retry-dead-task" {
		list = append(list, 404)
	}
	if r.method != http.MethodGet {
		list = append(list, 409)
	}
	if has("header", "If-Match") {
		list = append(list, 412)
	}
	if op.RequestBody != nil {
		list = append(list, 400, 413, 415)
	}
	if op.RequestBody != nil || r.method != http.MethodGet || has("query", "") || has("header", "") {
		list = append(list, 422)
	}
	if r.path != healthPath {
		list = append(list, 429)
	}
	if r.id == "ready" {
		list = append(list, 503)
	}
	return list
}

// headers say what the headers of answers are.
var headers = map[string]string{
	"ETag":                "The version, for If-Match",
	"Location":            "Where what is new is, relative to the address of the request",
	"Preference-Applied":  "What of Prefer was followed (RFC 7240)",
	"Content-Type":        "text/csv when that was asked for",
	"Content-Disposition": "The name of a CSV file",
}

// operation gives examples to an operation.
func (s *sampler) operation(op *huma.Operation, r route) {
	for _, p := range op.Parameters {
		if p.In == "path" {
			p.Example = pathSample(r.path, p.Name)
		}
	}
	if op.RequestBody != nil {
		m := op.RequestBody.Content[jsonType]
		if m.Example = bodies[r.id]; m.Example == nil {
			m.Example = s.of(m.Schema, "", "")
		}
	}
	answer := op.Responses[strconv.Itoa(r.status)]
	for name, header := range answer.Headers {
		header.Description = headers[name]
	}
	if m := answer.Content[jsonType]; m != nil {
		m.Example = s.of(m.Schema, "", "")
	}
	switch {
	case r.id == "stream-events":
		e := s.object(s.schemas.Map()["Event"], "Event")
		answer.Description = "Events, until the stream ends: after 15 minutes at the latest. See the Event schema for the data of each"
		answer.Content = map[string]*huma.MediaType{eventStream: {Schema: &huma.Schema{Type: huma.TypeString}, Example: sampleStream(e)}}
	case strings.HasSuffix(r.path, "/{file}"):
		answer.Description = "The content; of the type it was sent with when that is an image or plain text"
		answer.Content = map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}
	}
}

// pathSample is an example of a parameter of a path.
func pathSample(path, name string) any {
	switch {
	case name == "version":
		return 2
	case name == "macro":
		return "sorry"
	case name == "webhook":
		return "crm"
	case name == "file":
		return sampleID
	case strings.HasPrefix(path, "/agents/"):
		return ana
	case strings.HasPrefix(path, "/teams/"):
		return "money"
	case strings.HasPrefix(path, "/mails/"):
		return sampleID
	}
	return sampleRef
}
