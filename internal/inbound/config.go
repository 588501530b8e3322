package inbound

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/helpdesk-go/helpdesk"
)

// Required returns what is wrong with a list of a Config that needs at least one text and no empty
// one.
func Required(field string, list []string) error {
	if len(list) == 0 {
		return &helpdesk.FieldError{Field: field, Problem: "is empty"}
	}
	var errs []error
	for i, s := range list {
		if s == "" {
			errs = append(errs, &helpdesk.FieldError{Field: fmt.Sprintf("%s[%d]", field, i), Problem: "is empty"})
		}
	}
	return errors.Join(errs...)
}

// NotNegative returns what is wrong with a number or duration of a Config that must not be
// negative.
func NotNegative[N ~int64](field string, n N) error {
	if n < 0 {
		return &helpdesk.FieldError{Field: field, Problem: "is negative"}
	}
	return nil
}

// Handler completes the Hook and returns it as the handler of a provider. Otherwise it returns
// everything that is wrong with the provider's Config: problems, of which nil values are ignored,
// and those of [Hook.Complete].
func (h *Hook) Handler(maxSize int64, problems ...error) (http.Handler, error) {
	if err := errors.Join(append(problems, h.Complete(maxSize))...); err != nil {
		return nil, err
	}
	return h, nil
}
