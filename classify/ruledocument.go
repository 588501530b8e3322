package classify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// The greatest number of rules of a tenant, and of characters of a phrase.
const (
	MaxRules  = 5000
	MaxPhrase = 200
)

// written is the JSON form of Keywords:
//
//	{"rules": [{"phrase": "system down", "priority": "urgent"}]}
type written struct {
	Rules []Rule `json:"rules"`
}

// MarshalJSON writes the rules in the form that Read reads.
func (k *Keywords) MarshalJSON() ([]byte, error) {
	w := written{k.rules}
	if w.Rules == nil {
		w.Rules = []Rule{}
	}
	return json.Marshal(w)
}

// Read implements helpdesk.PriorityRulesDocument. It returns the priority rules in a document such
// as
//
//	{"rules": [{"phrase": "system down", "priority": "urgent"}]}
//
// An empty list means no rules. The rules replace those of the host's configuration; to add to
// those, read them first. The error names each invalid rule.
func (k *Keywords) Read(value json.RawMessage) (helpdesk.PriorityRulesDocument, error) {
	var w written
	d := json.NewDecoder(bytes.NewReader(value))
	d.DisallowUnknownFields()
	err := d.Decode(&w)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("there is something after its end")
		}
	}
	switch {
	case err != nil:
		return nil, &helpdesk.FieldError{Field: "rules", Problem: "cannot be read: " + err.Error()}
	case w.Rules == nil:
		return nil, &helpdesk.FieldError{Field: "rules", Problem: "are missing; [] is for none"}
	case len(w.Rules) > MaxRules:
		return nil, &helpdesk.FieldError{Field: "rules", Problem: fmt.Sprintf("are more than %d", MaxRules)}
	}
	var errs []error
	for i, r := range w.Rules {
		if utf8.RuneCountInString(r.Phrase) > MaxPhrase {
			errs = append(errs, &helpdesk.FieldError{Field: fmt.Sprintf("rules[%d].phrase", i), Problem: fmt.Sprintf("is longer than %d characters", MaxPhrase)})
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	rules, err := NewKeywords(w.Rules)
	if err != nil {
		return nil, err
	}
	return rules, nil
}
