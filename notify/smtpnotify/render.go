package smtpnotify

import (
	"errors"
	"html/template"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"github.com/helpdesk-go/helpdesk/notify/templates"
)

// content is what a mail says.
type content struct{ subject, text, html string }

// render makes the content of a mail. It logs a fault in a host's template and takes the next one:
// a mail with the built-in words is better than none.
func (n *Notifier) render(d *Data) content {
	books := n.booksFor(d)
	c, from := n.words(d, books)
	d.Body = c.text
	d.Footer = n.footer(books, d)

	// HTML of a book that comes after that of the text would say something else.
	fragment, _, ok := n.first(books[:from+1], names(d, ".html"), d)
	if d.Content = template.HTML(fragment); !ok {
		d.Content = d.Prose(d.Body)
	}
	c.text, _, _ = n.first(books, []string{"layout.txt"}, d)
	c.html, _, _ = n.first(books, []string{"layout.html"}, d)
	c.text = plainText(c.text) + "\n"
	return c
}

// booksFor returns the templates that there are for a mail, first those of its tenant.
func (n *Notifier) booksFor(d *Data) []*book {
	if d.Brand.Templates == nil {
		return n.books
	}
	return append([]*book{newBook(d.Brand.Templates)}, n.books...)
}

// words makes subject and text, without the frame around them. It also returns the number of their
// book: -1 for a text of the Brand. The book decides the language.
func (n *Notifier) words(d *Data, books []*book) (c content, from int) {
	var body string
	from = len(books) - 1
	for _, language := range n.languagesOf(d) {
		d.Language = language
		if t, ok := n.text(d); ok {
			c.subject, body, from = d.fill(t.Subject), d.fill(t.Body), -1
			d.own = d.ours(t.Body)
			break
		}
		var text string
		var ok bool
		if text, from, ok = n.first(books, names(d, ".txt"), d); ok {
			c.subject, body = split(text)
			break
		}
	}
	if c.subject = oneLine(c.subject, 400); c.subject == "" {
		c.subject = "[" + d.Ref + "]"
	}
	c.text = plainText(body)
	return c, from
}

// text returns that of the Brand for a mail.
func (n *Notifier) text(d *Data) (templates.Text, bool) {
	key := templates.Key(d.Language, d.Kind)
	t, ok := d.Brand.Texts[key]
	if !ok {
		return t, false
	}
	if err := t.Check(d.Kind); err != nil {
		n.cfg.Logger.Warn("smtpnotify: text", "key", key, "error", err)
		return t, false
	}
	return t, true
}

// first runs the first file that works, and returns its book. An earlier book wins, and within a
// book an earlier name.
func (n *Notifier) first(books []*book, names []string, d *Data) (text string, in int, ok bool) {
	for i, b := range books {
		for _, name := range names {
			text, err := b.run(name, d)
			if err == nil {
				return text, i, true
			}
			if !errors.Is(err, fs.ErrNotExist) {
				n.cfg.Logger.Warn("smtpnotify: template", "file", name, "error", err)
			}
		}
	}
	return "", len(books) - 1, false
}

// names returns the files that may hold what a mail says in the language of d.
func names(d *Data, ext string) []string {
	list := []string{d.Language + "/" + string(d.Kind) + ext}
	if d.Agent {
		list = append(list, d.Language+"/agent"+ext)
	}
	return list
}

func (n *Notifier) footer(books []*book, d *Data) (lines []string) {
	text, _, _ := n.first(books, []string{d.Language + "/footer.txt", "en/footer.txt"}, d)
	for line := range strings.Lines(plainText(text) + "\n" + d.Brand.Footer) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// languagesOf returns the languages to look for a text in. That of the ticket comes first, unless
// the host or the tenant has words of its own and none of them in that language: a mail with their
// words in another language is better than one without.
func (n *Notifier) languagesOf(d *Data) []string {
	list := languages(d.Brand.Language)
	if d.written == "" {
		return list
	}
	written, own := languages(d.written)[:2], len(d.Brand.Texts) > 0
	for key := range d.Brand.Texts {
		if tag, _, _ := strings.Cut(key, "/"); slices.Contains(written, tag) {
			return append(written, list...)
		}
	}
	for _, files := range []fs.FS{d.Brand.Templates, n.cfg.Templates} {
		if files == nil {
			continue
		}
		own = true
		for _, tag := range written {
			if _, err := fs.Stat(files, tag); err == nil {
				return append(written, list...)
			}
		}
	}
	if own {
		return list
	}
	return append(written, list...)
}

// languages returns a language, the one it is a kind of, and English.
func languages(tag string) []string {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	if tag == "" || strings.ContainsFunc(tag, func(r rune) bool {
		return r != '-' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	}) {
		return []string{"en"}
	}
	base, _, _ := strings.Cut(tag, "-")
	return []string{tag, base, "en"}
}

// split takes the subject off what a text template made.
func split(s string) (subject, body string) {
	first, rest, _ := strings.Cut(strings.TrimLeft(s, " \t\r\n"), "\n")
	if subject, ok := strings.CutPrefix(first, "Subject:"); ok {
		return subject, rest
	}
	return "", s
}
