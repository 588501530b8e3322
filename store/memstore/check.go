package memstore

import (
	"encoding/json"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// check refuses what a database could not keep as it is: a text with a NUL character or
// with invalid UTF-8, a document that is no JSON, and a ticket of another tenant.
func check(c *helpdesk.Change) error {
	if c.Ticket != nil && c.Ticket.Tenant != c.Tenant {
		return &helpdesk.FieldError{Field: "tenant", Problem: "of the ticket is not that of the change"}
	}
	if err := checkText("tenant", string(c.Tenant)); err != nil {
		return err
	}
	for _, rows := range []any{c.Ticket, c.Messages, c.Events, c.Loads, c.Settings, c.Once, c.Done, c.Tasks} {
		if err := checkTexts("", reflect.ValueOf(rows)); err != nil {
			return err
		}
	}
	return nil
}

// checkTexts looks at every text in v, so that no field a row may get one day is forgotten.
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
