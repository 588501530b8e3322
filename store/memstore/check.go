package memstore

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/helpdesk-go/helpdesk"
)

// check refuses what a database could not keep as it is: a text with a NUL character or with
// invalid UTF-8, an invalid JSON document, and a ticket of another tenant.
func check(c *helpdesk.Change) error {
	if c.Ticket != nil && c.Ticket.Tenant != c.Tenant {
		return &helpdesk.FieldError{Field: "tenant", Problem: "of the ticket is not that of the change"}
	}
	if err := checkText("tenant", string(c.Tenant)); err != nil {
		return err
	}
	for _, rows := range []any{c.Ticket, c.Messages, c.Events, c.Loads, c.Settings, c.Once, c.Done, c.Tasks, c.Mail, c.Customers, c.Organisations, c.Notices, c.NoticeEdits} {
		if err := checkTexts("", reflect.ValueOf(rows)); err != nil {
			return err
		}
	}
	if err := checkRewrite(c); err != nil {
		return err
	}
	for i := range c.Mail {
		if err := checkMail(&c.Mail[i]); err != nil {
			return err
		}
	}
	return nil
}

// checkRewrite refuses a Change that replaces a row twice: either version could win.
func checkRewrite(c *helpdesk.Change) error {
	switch {
	case !c.Rewrite:
		return nil
	case repeats(c.Messages, func(m *helpdesk.Message) string { return m.ID }):
		return &helpdesk.FieldError{Field: "message_id", Problem: "comes twice in a rewrite"}
	case repeats(c.Events, func(e *helpdesk.Event) string { return e.ID }):
		return &helpdesk.FieldError{Field: "event_id", Problem: "comes twice in a rewrite"}
	}
	return nil
}

func repeats[T any](rows []T, id func(*T) string) bool {
	seen := map[string]bool{}
	for i := range rows {
		seen[id(&rows[i])] = true
	}
	return len(seen) < len(rows)
}

// checkMail refuses records that could not be found again. Pages of mails go by time and id, and an
// index has no room for a long text.
func checkMail(m *helpdesk.Mail) error {
	switch _, err := uuid.Parse(m.ID); {
	case err != nil || len(m.ID) != 36:
		return &helpdesk.FieldError{Field: "mail_id", Problem: "is not a UUID"}
	case m.At.IsZero():
		return &helpdesk.FieldError{Field: "at", Problem: "is not set"}
	case len(m.MessageID) > maxKey:
		return &helpdesk.FieldError{Field: "message_id", Problem: fmt.Sprintf("is longer than %d bytes", maxKey)}
	case len(m.Address) > maxKey:
		return &helpdesk.FieldError{Field: "address", Problem: fmt.Sprintf("is longer than %d bytes", maxKey)}
	}
	return nil
}

// maxKey is the greatest length in bytes of a text by which mails are found. It is the length of
// the longest line of a mail (RFC 5322, 2.1.1).
const maxKey = 998

// checkTexts checks every text in v by reflection, so a new field of a row is checked too.
func checkTexts(field string, v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		return checkText(field, v.String())
	case reflect.Pointer:
		if !v.IsNil() {
			return checkTexts(field, v.Elem())
		}
	case reflect.Slice:
		if doc, ok := v.Interface().(json.RawMessage); ok {
			return checkDocument(field, doc)
		}
		for i := range v.Len() {
			if err := checkTexts(field, v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			name := snake(f.Name)
			if field != "" {
				name = field + "_" + name
			}
			if err := checkTexts(name, v.Field(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkText(field, s string) error {
	switch {
	case !utf8.ValidString(s):
		return &helpdesk.FieldError{Field: field, Problem: "is not valid UTF-8"}
	case strings.ContainsRune(s, 0):
		return &helpdesk.FieldError{Field: field, Problem: "contains a NUL character"}
	}
	return nil
}

func checkDocument(field string, doc json.RawMessage) error {
	if len(doc) > 0 && !json.Valid(doc) {
		return &helpdesk.FieldError{Field: field, Problem: "is not JSON"}
	}
	return checkText(field, string(doc))
}

// snake returns MergedInto as merged_into and ID as id.
func snake(name string) string {
	var b strings.Builder
	lower := false
	for _, r := range name {
		if unicode.IsUpper(r) && lower {
			b.WriteByte('_')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
