package webui

import (
	"cmp"
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"golang.org/x/text/message"
)

//go:embed lang/*.json
var builtIn embed.FS

// catalogue has the texts of the pages in every language.
type catalogue struct {
	languages map[string]*language
}

// language is the texts in one language, by key. What it lacks is said in English.
type language struct {
	name    string
	numbers *message.Printer
	texts   map[string]string
	english *language
}

// readCatalogue reads the built-in languages and then more, which may also replace texts of those.
func readCatalogue(more fs.FS) (*catalogue, error) {
	c := &catalogue{map[string]*language{}}
	sub, err := fs.Sub(builtIn, "lang")
	if err == nil {
		err = c.read(sub)
	}
	if err == nil && more != nil {
		err = c.read(more)
	}
	for _, l := range c.languages {
		l.english = c.languages["en"]
	}
	return c, err
}

func (c *catalogue) read(files fs.FS) error {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return err
	}
	for _, file := range names {
		text, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		name := strings.ToLower(strings.TrimSuffix(path.Base(file), ".json"))
		l := c.languages[name]
		if l == nil {
			l = &language{name: name, numbers: printer(name), texts: map[string]string{}}
			c.languages[name] = l
		}
		if err := json.Unmarshal(text, &l.texts); err != nil {
			return &helpdeskField{file, err}
		}
	}
	return nil
}

// helpdeskField names the catalogue that cannot be read.
type helpdeskField struct {
	file string
	err  error
}

func (e *helpdeskField) Error() string { return "Languages: " + e.file + ": " + e.err.Error() }
func (e *helpdeskField) Unwrap() error { return e.err }

// of returns the language of a viewer: the wanted one, else the first choice of Accept-Language
// (RFC 9110, section 12.5.4), else English.
func (c *catalogue) of(r *http.Request, wanted string) *language {
	type choice struct {
		l *language
		q float64
	}
	best := choice{c.languages["en"], 0}
	for _, item := range strings.Split(cmp.Or(wanted, r.Header.Get("Accept-Language")), ",") {
		tag, weight, _ := strings.Cut(strings.TrimSpace(item), ";")
		q := 1.0
		if number, ok := strings.CutPrefix(strings.TrimSpace(weight), "q="); ok {
			q, _ = strconv.ParseFloat(number, 64)
		}
		for tag = strings.ToLower(tag); tag != ""; {
			if l := c.languages[tag]; l != nil && q > best.q {
				best = choice{l, q}
			}
			tag = tag[:max(0, strings.LastIndexByte(tag, '-'))]
		}
	}
	return best.l
}

// text returns the text of a key, with arguments where it has verbs.
func (l *language) text(key string, args ...any) string {
	text, ok := l.texts[key]
	if !ok && l.english != nil {
		text, ok = l.english.texts[key]
	}
	switch {
	case !ok:
		return key
	case len(args) == 0:
		return text
	}
	return l.numbers.Sprintf(text, args...)
}

// name returns the word for a value of a kind, such as the status "new". A value that the catalogue
// does not know is shown as it is.
func (l *language) word(kind, value string) string {
	key := kind + "." + value
	if text := l.text(key); text != key {
		return text
	}
	if value == "" {
		return "–"
	}
	return strings.ToUpper(value[:1]) + strings.ReplaceAll(value[1:], "_", " ")
}
