package openaiclassify

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
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

// parse reads the model's message and checks all of it: a server may ignore the schema. How an
// answer is written does not matter, see [findAnswer] and the readers of its fields. What it says
// does: the category and the priority are on their lists, and texts have their lengths. A field
// that is missing says nothing.
func parse(text string, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, *classify.Failure) {
	a, f := findAnswer(text)
	if f != nil {
		return nil, f
	}
	c := &helpdesk.Classification{}
	if c.Category, f = a.category(r.Categories); f != nil {
		return nil, f
	}
	if c.Priority, f = a.priority(); f != nil {
		return nil, f
	}
	if c.Tags, f = a.tags(); f != nil {
		return nil, f
	}
	if c.Response, f = a.response(); f != nil {
		return nil, f
	}
	if c.Confidence, f = a.confidence(); f != nil {
		return nil, f
	}
	if c.Suspicious, f = a.suspicious(); f != nil {
		return nil, f
	}
	return c, nil
}

// answer has the fields of an answer by the names in fields. One that is missing or null is not in
// it.
type answer map[string]any

// findAnswer returns the one answer in a text: a JSON object with at least two of our fields, on
// its own or inside of a code fence, a list, another object or prose, and after the thoughts of a
// model that thinks aloud. Other objects do not count.
func findAnswer(text string) (answer, *classify.Failure) {
	rest := withoutThoughts(text)
	var found []answer
	for range maxBraces {
		i := strings.IndexByte(rest, '{')
		if i < 0 {
			break
		}
		rest = rest[i:]
		object, n := decode(rest)
		if n == 0 {
			rest = rest[1:] // a brace in prose
			continue
		}
		rest = rest[n:]
		within, f := answers(object, 2)
		if f != nil {
			return nil, f
		}
		found = append(found, within...)
	}
	switch len(found) {
	case 0:
		return nil, malformed("the answer is not a JSON object with the fields asked for")
	case 1:
		return found[0], nil
	}
	return nil, malformed("there are %d answers", len(found))
}

// maxBraces is how many opening braces are tried, so that a text of braces takes no long time.
const maxBraces = 64

// thoughts are the names of the tags in which models think aloud. Some servers cut off the first.
var thoughts = []string{"think", "thinking", "thought", "reasoning", "reflection"}

// withoutThoughts returns the text after the last thought. A thought that does not end is the whole
// answer.
func withoutThoughts(text string) string {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		lower = text // letters whose lower case has another length: go by the case as it is
	}
	for _, name := range thoughts {
		end := "</" + name + ">"
		if i := strings.LastIndex(lower, end); i >= 0 {
			text, lower = text[i+len(end):], lower[i+len(end):]
		}
	}
	trimmed := strings.TrimSpace(lower)
	for _, name := range thoughts {
		if strings.HasPrefix(trimmed, "<"+name+">") {
			return ""
		}
	}
	return text
}

// member is a field of a JSON object in the order of the text. encoding/json alone would drop all
// but the last of fields with the same name.
type member struct {
	name  string
	value any // another []member for an object
}

// maxDepth is how deep the values of an answer may lie in each other.
const maxDepth = 20

// decode reads the JSON object at the beginning of a text, and returns its members and its length;
// 0 if there is none. Line ends within a text and commas after the last value are read as meant.
func decode(text string) (object []member, length int) {
	length = ending(text)
	if length == 0 {
		return nil, 0
	}
	d := json.NewDecoder(strings.NewReader(repaired(text[:length])))
	d.UseNumber()
	value, ok := readValue(d, 0)
	object, isObject := value.([]member)
	if !ok || !isObject || d.More() {
		return nil, 0
	}
	return object, length
}

// ending returns the length of the object at the beginning of a text, by its braces outside of
// texts. It is 0 if the object does not end.
func ending(text string) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{', c == '[':
			depth++
		case c == '}', c == ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// repaired returns JSON without commas before a closing brace, and with escapes for line ends and
// tabs within texts.
func repaired(text string) string {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '\\' && i+1 < len(text):
			b.WriteByte(c)
			i++
			c = text[i]
		case c == '"':
			quoted = !quoted
		case quoted && c == '\n':
			b.WriteString(`\n`)
			continue
		case quoted && c == '\r':
			continue
		case quoted && c == '\t':
			b.WriteString(`\t`)
			continue
		case !quoted && c == ',':
			rest := strings.TrimLeft(text[i+1:], " \t\r\n")
			if rest != "" && (rest[0] == '}' || rest[0] == ']') {
				continue
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// readValue reads one value: a []member, a []any, a string, a json.Number, a bool or nil.
func readValue(d *json.Decoder, depth int) (value any, ok bool) {
	token, err := d.Token()
	if err != nil || depth > maxDepth {
		return nil, false
	}
	switch token {
	case json.Delim('{'):
		object := []member{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, false
			}
			value, ok := readValue(d, depth+1)
			if !ok {
				return nil, false
			}
			object = append(object, member{name.(string), value})
		}
		_, err = d.Token()
		return object, err == nil
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, ok := readValue(d, depth+1)
			if !ok {
				return nil, false
			}
			list = append(list, value)
		}
		_, err = d.Token()
		return list, err == nil
	}
	return token, true
}

// answers returns the answers in an object: itself, or those in its values, to a depth. A field
// that is there twice with different values is no answer of ours to choose.
func answers(object []member, depth int) (found []answer, f *classify.Failure) {
	a := answer{}
	ours := 0
	for _, m := range object {
		i := slices.IndexFunc(fields, func(field string) bool { return plain(field) == plain(m.name) })
		if i < 0 {
			continue
		}
		if _, isObject := m.value.([]member); !isObject { // as in a schema
			ours++
		}
		if m.value == nil {
			continue
		}
		if before, twice := a[fields[i]]; twice && !equal(before, m.value) {
			return nil, malformed("the answer has its %s twice", fields[i])
		}
		a[fields[i]] = m.value
	}
	if ours >= 2 {
		return []answer{a}, nil
	}
	if depth == 0 {
		return nil, nil
	}
	for _, m := range object {
		values, isList := m.value.([]any)
		if !isList {
			values = []any{m.value}
		}
		for _, value := range values {
			if inner, ok := value.([]member); ok {
				within, f := answers(inner, depth-1)
				if f != nil {
					return nil, f
				}
				found = append(found, within...)
			}
		}
	}
	return found, nil
}

func equal(a, b any) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}

// plain returns the letters and digits of a name in lower case: "Suggested-Response" and
// "suggestedResponse" are suggested_response.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// word returns the one text of a field, also of a list of one; ok is false for anything else.
func (a answer) word(field string) (text string, ok bool) {
	value := a[field]
	if list, isList := value.([]any); isList && len(list) == 1 {
		value = list[0]
	}
	switch v := value.(type) {
	case nil:
		return "", true
	case string:
		return strings.TrimSpace(visible(v)), true
	}
	return "", false
}

// none are the words for no category.
var none = []string{"", unknown, "none", "null", "n/a"}

// category returns a category of the list, however it is capitalised and its words are joined. It
// is empty for none of them.
func (a answer) category(list []helpdesk.CategoryInfo) (helpdesk.Category, *classify.Failure) {
	text, ok := a.word("category")
	if !ok {
		return "", malformed("the answer's category is not a text")
	}
	var like []helpdesk.Category
	for _, info := range list {
		switch {
		case string(info.Name) == text:
			return info.Name, nil
		case plain(string(info.Name)) == plain(text):
			like = append(like, info.Name)
		}
	}
	switch {
	case len(like) == 1 && plain(text) != "":
		return like[0], nil
	case slices.Contains(none, strings.ToLower(text)):
		return "", nil
	}
	return "", refusedAnswer("the answer's category is not in the list")
}

// priorities are the other words that models use.
var priorities = map[string]helpdesk.Priority{
	"critical": helpdesk.Urgent, "emergency": helpdesk.Urgent, "immediate": helpdesk.Urgent, "highest": helpdesk.Urgent,
	"major": helpdesk.High, "important": helpdesk.High,
	"normal": helpdesk.Medium, "moderate": helpdesk.Medium, "standard": helpdesk.Medium,
	"minor": helpdesk.Low, "trivial": helpdesk.Low, "lowest": helpdesk.Low,
	"": 0, "none": 0, "null": 0, unknown: 0,
}

// priority returns a priority, or 0 if the answer has none.
func (a answer) priority() (helpdesk.Priority, *classify.Failure) {
	text, ok := a.word("priority")
	text = strings.ToLower(text)
	if ok {
		for _, p := range helpdesk.Priorities {
			if p.String() == text {
				return p, nil
			}
		}
		if p, known := priorities[text]; known {
			return p, nil
		}
	}
	return 0, malformed("the answer's priority is not in the list")
}

// tags returns the tags of a list, or of one text with commas.
func (a answer) tags() (tags []string, f *classify.Failure) {
	values, isList := a["tags"].([]any)
	if !isList && a["tags"] != nil {
		text, ok := a["tags"].(string)
		if !ok {
			return nil, malformed("the answer's tags are no list")
		}
		for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;\n", r) }) {
			values = append(values, part)
		}
	}
	if len(values) > maxTags {
		return nil, malformed("the answer has %d tags", len(values))
	}
	for _, value := range values {
		if number, ok := value.(json.Number); ok {
			value = number.String()
		}
		text, ok := value.(string)
		tag := strings.ToLower(strings.TrimLeft(strings.TrimSpace(visible(text)), "#"))
		if !ok || utf8.RuneCountInString(tag) > maxTag || strings.ContainsAny(tag, "\n\t\uFFFD") {
			return nil, malformed("a tag of the answer is not a short text")
		}
		if tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags, nil
}

// response returns the suggested reply, of a text or of a list of paragraphs.
func (a answer) response() (string, *classify.Failure) {
	values, isList := a["suggested_response"].([]any)
	if !isList && a["suggested_response"] != nil {
		values = []any{a["suggested_response"]}
	}
	var parts []string
	for _, value := range values {
		if value == false {
			continue // for none
		}
		part, ok := value.(string)
		if !ok {
			return "", malformed("the answer's suggested response is not a text")
		}
		parts = append(parts, part)
	}
	text := strings.Join(parts, "\n\n")
	if utf8.RuneCountInString(text) > maxResponse || strings.ContainsRune(text, utf8.RuneError) {
		return "", malformed("the answer's suggested response is too long or not UTF-8")
	}
	return strings.TrimSpace(visible(text)), nil
}

// confidence returns a number from 0 to 1. A number above 1 is per cent; a text is read as the
// number that it is. Without a number it is 0: the category is a suggestion and is not applied.
func (a answer) confidence() (float64, *classify.Failure) {
	text, perCent := "", false
	switch v := a["confidence"].(type) {
	case nil:
		return 0, nil
	case json.Number:
		text = v.String()
	case string:
		found := numbers.FindAllString(v, 2)
		if len(found) == 0 {
			return 0, nil // "high"
		}
		text, perCent = strings.Replace(found[0], ",", ".", 1), strings.Contains(v, "%")
		if len(found) > 1 {
			text = v
		}
	}
	n, err := strconv.ParseFloat(text, 64)
	if n > 1 || perCent {
		n /= 100
	}
	if err != nil || n < 0 || n > 1 {
		return 0, malformed("the answer's confidence is not a number between 0 and 1")
	}
	return n, nil
}

// numbers finds the numbers in a text.
var numbers = regexp.MustCompile(`-?[0-9]+(?:[.,][0-9]+)?`)

// suspicious reports whether the model suspects the ticket.
func (a answer) suspicious() (bool, *classify.Failure) {
	switch v := a["suspicious"].(type) {
	case nil:
		return false, nil
	case bool:
		return v, nil
	case json.Number:
		return v != "0", nil
	case string:
		switch strings.ToLower(strings.TrimSpace(v)) {
		case "true", "yes", "1":
			return true, nil
		case "false", "no", "0", "", "null", "none":
			return false, nil
		}
	}
	return false, malformed("the answer does not say whether the ticket is suspicious")
}
