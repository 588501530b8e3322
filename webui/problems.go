package webui

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// problem is what is wrong with a field.
type problem struct {
	Field string // the id of the field is "f-" and this
	Text  string
}

// wrong lists the problems of a form, field by field, in the viewer's language as far as it is
// known.
func (v *visit) wrong(err error) []problem {
	var list []problem
	for _, f := range helpdesk.Fields(err) {
		base, _, _ := strings.Cut(f.Field, "[")
		list = append(list, problem{base, v.label("field."+base, f.Field) + ": " + v.said("problem", f.Problem)})
	}
	var move *helpdesk.TransitionError
	if errors.As(err, &move) {
		list = append(list, problem{"", v.T("problem.move", v.Word("status", move.From), v.Word("status", move.To))})
	}
	if list == nil {
		list = append(list, problem{"", v.said("problem", reason(err))})
	}
	return list
}

// label is the name of a field on a form, without the hint behind it. A field that no form names
// keeps its name.
func (v *visit) label(key, name string) string {
	label := v.T(key)
	if label == key {
		return strings.ReplaceAll(name, "_", " ")
	}
	if at := strings.IndexAny(label, ",("); at > 0 {
		label = strings.TrimSpace(label[:at])
	}
	return label
}

// tails begin what differs down to the end of a sentence of the desk's.
var tails = []string{"one of ", "declined: ", "put back by ", "its SLA: ", "Resolved by "}

// differing matches the parts in which two equal sentences of the desk may differ: quotations,
// windows of a day, dates, numbers, and tails.
var differing = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[0-9]{2}:[0-9:]{2,5}-[0-9]{2}:[0-9:]{2,5}(?: of [a-z]+day)?|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+Z)?|[0-9]+|\b(?:` + strings.Join(tails, "|") + `)(?s:.+)$`)

// said is a sentence of the desk in the viewer's language. The catalogue has it under the kind and
// the English text, with %s for each part that differs: "problem.is longer than %s characters". The
// exact sentence is looked up first. A sentence that the catalogue does not have stays English.
func (v *visit) said(kind, text string) string {
	if words := v.T(kind + "." + text); words != kind+"."+text {
		return words
	}
	var args []any
	key := kind + "." + differing.ReplaceAllStringFunc(text, func(part string) string {
		for _, tail := range tails {
			if rest, ok := strings.CutPrefix(part, tail); ok {
				args = append(args, rest)
				return tail + "%s"
			}
		}
		if window, day, ok := strings.Cut(part, " of "); ok && window[0] != '"' {
			part = window + " (" + day + ")" // the day as the document has it
		}
		args = append(args, part)
		return "%s"
	})
	words := v.T(key)
	switch {
	case words == key:
		return text
	case len(args) != strings.Count(words, "%s"):
		return words
	}
	return fmt.Sprintf(words, args...)
}

// problems are the same for a page that says nothing else.
func (v *visit) problems(err error) []string {
	if !errors.Is(err, helpdesk.ErrInvalid) {
		return nil
	}
	var list []string
	for _, p := range v.wrong(err) {
		list = append(list, p.Text)
	}
	return list
}

// reason is what is wrong without the chain of what was being done.
func reason(err error) string {
	_, text, ok := strings.Cut(err.Error(), "invalid: ")
	if !ok {
		text = err.Error()
	}
	return text
}
