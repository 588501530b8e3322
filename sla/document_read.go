package sla

import (
	"cmp"
	"encoding"
	"encoding/json"
	"errors"
	"reflect"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// unreadable explains to the author of a document why it cannot be read as a Document. The errors
// of package json name Go types.
func unreadable(err error) error {
	var kind *json.UnmarshalTypeError
	name, unknown := strings.CutPrefix(err.Error(), "json: unknown field ")
	switch {
	case helpdesk.Fields(err) != nil:
		return err
	case errors.As(err, &kind):
		return &helpdesk.FieldError{Field: cmp.Or(kind.Field, "sla"), Problem: "is no " + written(kind.Type)}
	case unknown:
		return &helpdesk.FieldError{Field: "sla", Problem: "has a field " + name + " that is not known"}
	}
	return &helpdesk.FieldError{Field: "sla", Problem: "cannot be read: " + err.Error()}
}

// written describes the JSON form of a type.
func written(t reflect.Type) string {
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) {
		return "text in quotes"
	}
	switch t.Kind() {
	case reflect.String:
		return "text in quotes"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "list in brackets"
	case reflect.Int, reflect.Int64:
		return "whole number"
	case reflect.Float64:
		return "number"
	}
	return "object in braces"
}
