package classify

import (
	"context"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/boilerplate"
	"github.com/helpdesk-go/helpdesk/internal/excerpt"
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
	c := rewritten(r, cleanLine, Clean)
	c.Text = CleanFrom(r.Source, r.Text)
	return n.inner.Classify(ctx, c)
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
// quoted messages and signature, in NFKC, without invisible characters, and without the parts of an
// issue form that were not filled in. It reads the first 4,500
// and last 1,500 characters of a text and puts a note between them that counts the characters left
// out. It never strips the whole text: a text that is only a quotation stays. A message marked as
// forwarded stays too, since it is what the ticket is about.
func Clean(text string) string { return clean(text, withoutQuotes) }

// CleanFrom is Clean for the description of a ticket that came in by source. The desk takes the
// quotations out of a mail by what the mail answers, and keeps a forwarded message and the quoted
// lines of a first mail, since they are what the ticket is about. So they stay here too.
func CleanFrom(source helpdesk.Source, description string) string {
	if source == helpdesk.SourceEmail {
		return clean(description, func(lines []string) []string { return lines })
	}
	return Clean(description)
}

func clean(text string, withoutQuotes func([]string) []string) string {
	text = boilerplate.Form(visible(excerpt.Of(text)))
	for _, lines := range [][]string{
		withoutSignature(withoutQuotes(strings.Split(text, "\n"))),
		withoutSignature(strings.Split(text, "\n")),
	} {
		if s := strings.TrimSpace(strings.Join(lines, "\n")); s != "" {
			return excerpt.Of(s) // again, since NFKC makes some characters longer
		}
	}
	return excerpt.Of(strings.TrimSpace(text))
}

func cleanLine(s string) string {
	return excerpt.Of(strings.Join(strings.Fields(visible(excerpt.Of(s))), " "))
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
