package webui

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// mostKept is how many bytes of a form are kept for a page that refuses it: the longest text and
// the fields beside it. Texts come before files.
const mostKept = helpdesk.MaxText + 1<<16

// head is the body of a request that keeps its beginning.
type head struct {
	io.ReadCloser
	most int // bytes that are kept
	kept bytes.Buffer
}

func headOf(body io.ReadCloser, contentType string) *head {
	h := &head{ReadCloser: body, most: mostKept}
	if kind, _, _ := mime.ParseMediaType(contentType); kind == "application/x-www-form-urlencoded" {
		h.most += 2 * helpdesk.MaxText // it writes a byte as three
	}
	return h
}

func (h *head) Read(p []byte) (int, error) {
	n, err := h.ReadCloser.Read(p)
	if room := h.most - h.kept.Len(); room > 0 {
		h.kept.Write(p[:min(n, room)])
	}
	return n, err
}

// rest reads on until enough is kept: of a form that was refused before anybody looked at it.
func (h *head) rest() []byte {
	_, _ = io.CopyN(io.Discard, h, int64(h.most-h.kept.Len())) // one that ends early is kept as far as it came
	return h.kept.Bytes()
}

// keptField is a field of a form that was refused.
type keptField struct {
	Name, Label, Value string
	Typed              bool // by the viewer, who wants to see it
}

// machine are the fields that no person fills in.
var machine = []string{
	"key", "seen", "was", "stamp", "action", "then", "version", "id", "do", "back", "query", "list", "ticket", "drop", "away", "kind", "website", "team", "manager", "restricted", "category", "score",
}

// mostFields is how many fields of a form are kept. No page has so many but the list of tickets.
const mostFields = 300

// kept are the fields of the form that the viewer has sent, so that a refusal loses nothing; nil
// when nothing was typed.
func (v *visit) kept() []keptField {
	if v.head == nil {
		return nil
	}
	var list []keptField
	typed := false
	for name, values := range fieldsOf(v.r.Header.Get("Content-Type"), v.head.rest()) {
		for _, value := range values {
			f := keptField{Name: name, Value: value, Label: v.label("field."+name, v.T("error.kept.text"))}
			f.Typed = !slices.Contains(machine, name) && strings.TrimSpace(value) != ""
			typed = typed || f.Typed
			list = append(list, f)
		}
	}
	if !typed || len(list) > mostFields {
		return nil
	}
	slices.SortStableFunc(list, func(a, b keptField) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// fieldsOf reads as much of a form as there is, without its files.
func fieldsOf(contentType string, body []byte) url.Values {
	kind, params, _ := mime.ParseMediaType(contentType)
	if kind == "application/x-www-form-urlencoded" {
		fields, _ := url.ParseQuery(string(body))
		return fields
	}
	fields := url.Values{}
	if kind != "multipart/form-data" || params["boundary"] == "" {
		return fields
	}
	for r := multipart.NewReader(bytes.NewReader(body), params["boundary"]); len(fields) <= mostFields; {
		part, err := r.NextPart()
		if err != nil {
			break
		}
		if part.FileName() != "" || part.FormName() == "" {
			continue
		}
		value, _ := io.ReadAll(part)
		fields.Add(part.FormName(), string(value))
	}
	return fields
}

// whole is the page of a form, for a viewer who opens the form's own address: by a reload in the
// address bar, or sent back there after a login. It is empty when no form has that address.
func (w *workspace) whole(r *http.Request) string {
	form := r.Clone(r.Context())
	form.Method = http.MethodPost
	if _, pattern := w.mux.Handler(form); pattern == "" || r.Method != http.MethodGet {
		return ""
	}
	page := r.Clone(r.Context())
	for pattern := ""; pattern == ""; _, pattern = w.mux.Handler(page) {
		page.URL.Path = page.URL.Path[:max(0, strings.LastIndexByte(page.URL.Path, '/'))]
		if page.URL.Path == "" {
			page.URL.Path = "/"
			break
		}
	}
	to := rootFrom(r) + strings.TrimPrefix(page.URL.EscapedPath(), "/")
	if to == "" {
		to = "./"
	}
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	return to
}
