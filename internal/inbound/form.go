package inbound

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
)

// Form is the fields and files of a posted form, in their order.
type Form []Part

// Part is one field or file.
type Part struct {
	Field   string
	File    string // name of the file; empty for a plain field
	Type    string // the declared content type; empty when there is none
	Content []byte
}

// maxParts is the greatest number of fields and files in a form.
const maxParts = 1000

// FormTypes are the content types of forms.
var FormTypes = []string{"multipart/form-data", "application/x-www-form-urlencoded"}

// ReadForm reads a form of either type.
func ReadForm(contentType string, body []byte) (Form, error) {
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, Refuse(http.StatusUnsupportedMediaType, "content type cannot be read")
	}
	if media == FormTypes[1] {
		return readURLEncoded(string(body))
	}
	if params["boundary"] == "" {
		return nil, Refuse(http.StatusBadRequest, "multipart form without a boundary")
	}
	var form Form
	r := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		p, err := r.NextPart()
		if err == io.EOF {
			return form, nil
		}
		if err != nil {
			return nil, Refuse(http.StatusBadRequest, "form is broken: "+err.Error())
		}
		if len(form) == maxParts {
			return nil, Refuse(http.StatusBadRequest, "form has too many fields")
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return nil, Refuse(http.StatusBadRequest, "form is broken: "+err.Error())
		}
		form = append(form, Part{p.FormName(), p.FileName(), p.Header.Get("Content-Type"), content})
	}
}

func readURLEncoded(body string) (Form, error) {
	var form Form
	for pair := range strings.SplitSeq(body, "&") {
		if len(form) == maxParts {
			return nil, Refuse(http.StatusBadRequest, "form has too many fields")
		}
		key, value, _ := strings.Cut(pair, "=")
		key, err1 := url.QueryUnescape(key)
		value, err2 := url.QueryUnescape(value)
		if err := errors.Join(err1, err2); err != nil {
			return nil, Refuse(http.StatusBadRequest, "form is broken: bad escape")
		}
		form = append(form, Part{Field: key, Content: []byte(value)})
	}
	return form, nil
}

// Get returns the first value of a field; nil when there is none.
func (f Form) Get(field string) []byte {
	for _, p := range f {
		if p.Field == field {
			if p.Content == nil {
				return []byte{}
			}
			return p.Content
		}
	}
	return nil
}

// Text returns the first value of a field as a string of valid UTF-8.
func (f Form) Text(field string) string { return strings.ToValidUTF8(string(f.Get(field)), "\uFFFD") }

// Numbered reports whether the name of the field is prefix and a number, such as "attachment1".
func (p Part) Numbered(prefix string) bool {
	n, ok := strings.CutPrefix(p.Field, prefix)
	return ok && n != "" && strings.Trim(n, "0123456789") == ""
}
