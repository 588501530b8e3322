package classify

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/helpdesk-go/helpdesk"
)

// Normalize returns a Classifier that passes a cleaned copy of the request to inner. Clean prepares
// the texts of the ticket and of similar tickets, and subjects stand on one line. The request
// itself does not change.
func Normalize(inner helpdesk.Classifier) helpdesk.Classifier { return &normalizer{inner} }

type normalizer struct{ inner helpdesk.Classifier }

// Unwrap returns the classifier that gets the cleaned request.
func (n *normalizer) Unwrap() helpdesk.Classifier { return n.inner }

// Classify implements helpdesk.Classifier.
func (n *normalizer) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	return n.inner.Classify(ctx, rewritten(r, cleanLine, Clean))
}

// rewritten returns a copy of a request with its texts rewritten, those of similar tickets
// included.
func rewritten(r *helpdesk.ClassifyRequest, subject, text func(string) string) *helpdesk.ClassifyRequest {
	c := *r
	c.Subject, c.Text = subject(r.Subject), text(r.Text)
	c.Similar = nil
	for _, s := range r.Similar {
		s.Subject, s.Text, s.Resolution = subject(s.Subject), text(s.Text), text(s.Resolution)
		c.Similar = append(c.Similar, s)
	}
	return &c
}

// Clean returns the writer's own words, in the form in which a model should read them: without
// quoted messages and signature, in NFKC, without invisible characters. It shortens a text to its
// first 4,500 and last 1,500 characters, with a note between them that counts the characters left
// out. It never strips the whole text: a text that is only a quotation stays. A message marked as
// forwarded stays too, since it is what the ticket is about.
func Clean(text string) string {
	text = visible(text)
	for _, lines := range [][]string{
		withoutSignature(withoutQuotes(strings.Split(text, "\n"))),
		withoutSignature(strings.Split(text, "\n")),
	} {
		if s := strings.TrimSpace(strings.Join(lines, "\n")); s != "" {
			return cut(s)
		}
	}
	return cut(strings.TrimSpace(text))
}

func cleanLine(s string) string {
	return cut(strings.Join(strings.Fields(visible(s)), " "))
}

// The kept parts of a long text: the subject of a ticket stands at its beginning or end.
const (
	headRunes = 4500
	tailRunes = 1500
)

// cutNote is the note of cut at the cut. A text that was cut once is not cut again.
var cutNote = regexp.MustCompile(`^\n\[\d{1,9} characters left out\]\n`)

// cut shortens a text to its first and last characters, with a note between them.
func cut(s string) string {
	n := utf8.RuneCountInString(s)
	if n <= headRunes+tailRunes {
		return s
	}
	from, to := 0, len(s)
	for range headRunes {
		_, size := utf8.DecodeRuneInString(s[from:])
		from += size
	}
	for range tailRunes {
		_, size := utf8.DecodeLastRuneInString(s[:to])
		to -= size
	}
	if len(cutNote.FindString(s[from:])) == to-from {
		return s
	}
	return fmt.Sprintf("%s\n[%d characters left out]\n%s", s[:from], n-headRunes-tailRunes, s[to:])
}

// visible converts a text to NFKC and drops characters that a person does not see: control,
// zero-width, bidirectional and tag characters, variation selectors and fillers. They can carry
// hidden words or split a word that rules look for. Line and paragraph separators become line ends.
func visible(s string) string {
	s = strings.Map(seen, newlines.Replace(s))
	if norm.NFKC.IsNormalString(s) {
		return s
	}
	// again, since NFKC makes a filler of a half-width filler
	return strings.Map(seen, norm.NFKC.String(s))
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n\n")

// seen returns r, or -1 when r is invisible.
func seen(r rune) rune {
	switch {
	case r == '\n', r == '\t', r >= ' ' && r < 0x7f:
		return r
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return -1
	case r == '\u2800': // a braille pattern without dots
		return ' '
	}
	return r
}
