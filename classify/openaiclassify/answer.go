package openaiclassify

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

// Limits of an answer, above those in the prompt.
const (
	maxTags     = 10
	maxTag      = 40   // characters
	maxResponse = 4000 // characters
)

// parse reads the model's message and checks all of it again: a server may ignore the schema.
func parse(text string, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, *classify.Failure) {
	object, f := object(text)
	if f != nil {
		return nil, f
	}
	var a struct {
		Category   string            `json:"category"`
		Priority   helpdesk.Priority `json:"priority"`
		Tags       []string          `json:"tags"`
		Response   string            `json:"suggested_response"`
		Confidence float64           `json:"confidence"`
		Suspicious bool              `json:"suspicious"`
	}
	if err := json.Unmarshal(object, &a); err != nil {
		return nil, malformed("a field of the answer has the wrong type or value")
	}
	c := &helpdesk.Classification{Priority: a.Priority, Confidence: a.Confidence, Suspicious: a.Suspicious}
	switch known := slices.ContainsFunc(r.Categories, func(i helpdesk.CategoryInfo) bool { return string(i.Name) == a.Category }); {
	case known:
		c.Category = helpdesk.Category(a.Category)
	case a.Category != unknown:
		return nil, refusedAnswer("the answer's category is not in the list")
	}
	if !slices.Contains(helpdesk.Priorities, a.Priority) {
		return nil, malformed("the answer has no priority")
	}
	if !(a.Confidence >= 0 && a.Confidence <= 1) { // NaN fails too
		return nil, malformed("the answer's confidence is not between 0 and 1")
	}
	if len(a.Tags) > maxTags {
		return nil, malformed("the answer has %d tags", len(a.Tags))
	}
	for _, tag := range a.Tags {
		tag = strings.ToLower(strings.TrimSpace(visible(tag)))
		if tag == "" || utf8.RuneCountInString(tag) > maxTag || strings.ContainsAny(tag, "\n\t\uFFFD") {
			return nil, malformed("a tag of the answer is not a short text")
		}
		if !slices.Contains(c.Tags, tag) {
			c.Tags = append(c.Tags, tag)
		}
	}
	if utf8.RuneCountInString(a.Response) > maxResponse || strings.ContainsRune(a.Response, utf8.RuneError) {
		return nil, malformed("the answer's suggested response is too long or not UTF-8")
	}
	c.Response = strings.TrimSpace(visible(a.Response))
	return c, nil
}

// object returns the one JSON object of text, which must have exactly our fields. encoding/json
// alone would accept repeated fields, any case and missing fields.
func object(text string) ([]byte, *classify.Failure) {
	d := json.NewDecoder(strings.NewReader(text))
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil || !bytes.HasPrefix(raw, []byte("{")) {
		return nil, malformed("the answer is not a JSON object")
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, malformed("the answer goes on after its JSON object")
	}
	var seen []string
	d = json.NewDecoder(bytes.NewReader(raw))
	d.Token() // the opening brace; raw is valid
	for d.More() {
		name, err := d.Token()
		var value json.RawMessage
		if err == nil {
			err = d.Decode(&value)
		}
		if err != nil || bytes.Equal(value, []byte("null")) {
			return nil, malformed("a field of the answer is empty")
		}
		seen = append(seen, name.(string))
	}
	slices.Sort(seen)
	if !slices.Equal(seen, slices.Sorted(slices.Values(fields))) {
		return nil, malformed("the answer does not have the required fields")
	}
	return raw, nil
}
