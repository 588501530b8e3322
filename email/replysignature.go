package email

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isolated reports whether a line stands by itself, or among lines without text.
func isolated(lines []line, i int) bool {
	alone := func(j int) bool {
		return j < 0 || j >= len(lines) || lines[j].kind != textLine || isRule(lines[j].seen)
	}
	return alone(i-1) || alone(i+1)
}

// signatureBegins reports whether a signature begins with line i: a rule with one below it, or the
// line of a telephone.
func signatureBegins(lines []line, i int) bool {
	l := &lines[i]
	if isRule(l.seen) {
		return !underlines(lines, i) && signatureBelow(lines, i)
	}
	return isolated(lines, i) && mobileSignature(l.low)
}

// underlines reports whether a rule makes the line above it a heading, as in Markdown.
func underlines(lines []line, i int) bool {
	if i == 0 || lines[i-1].kind != textLine || !strings.ContainsAny(lines[i].seen[:1], "=-~") {
		return false
	}
	n, title := len(lines[i].seen), utf8.RuneCountInString(lines[i-1].seen)
	return n >= 3 && n >= title-1 && n <= title+1 && (i == 1 || lines[i-2].kind == blankLine)
}

// below iterates over the lines of text and the blank ones below line i, up to another kind of line
// and within the reach of a signature.
func below(lines []line, i int) iter.Seq2[int, *line] {
	return func(yield func(int, *line) bool) {
		for j := i + 1; j < min(len(lines), i+4*maxMarked) && lines[j].kind <= blankLine; j++ {
			if !yield(j, &lines[j]) {
				return
			}
		}
	}
}

// The greatest number of lines of a signature below "-- " (RFC 3676, section 4.3), below "--", and
// below another rule.
const (
	maxMarked    = 60
	maxDashed    = 20
	maxSignature = 12
)

// signatureBelow reports whether the text below the rule at i, up to the next quotation, can be a
// signature or an addition of a company, mailing list or virus scanner. Below two dashes a short
// text is one. People draw other rules between their paragraphs: below these the text has to look
// like a signature.
func signatureBelow(lines []line, i int) bool {
	limit := maxSignature
	switch {
	case strings.TrimRight(lines[i].raw, "\r") == "-- ":
		limit = maxMarked
	case lines[i].seen == "--":
		limit = maxDashed
	}
	n, top, looks, footer := 0, -1, false, false
	for j, l := range below(lines, i) {
		if l.kind == blankLine || isRule(l.seen) {
			continue
		}
		if n++; n > maxMarked {
			break
		}
		if top < 0 {
			top = j
			looks = nameLike(l.seen)
		}
		looks = looks || l.is(ofSignature)
		footer = footer || n <= 4 && l.is(ofFooter)
	}
	switch {
	case n == 0 || footer:
		return true
	case n > limit || top >= 0 && listItem(lines[top].seen):
		return false
	case limit > maxSignature:
		return true
	}
	return looks && shortLines(lines, i, 70)
}

// shortLines reports whether the lines of text below i have at most n characters and are no
// sentences, as in a signature.
func shortLines(lines []line, i, n int) bool {
	for _, l := range below(lines, i) {
		if l.low == "" && l.kind == textLine || utf8.RuneCountInString(l.seen) > n || isSentence(l.seen) {
			return false
		}
	}
	return true
}

// isSentence reports whether a line has the length and the end of a sentence.
func isSentence(s string) bool {
	return strings.ContainsAny(lastByte(s), ".!?") && len(strings.Fields(s)) >= 7
}

func listItem(s string) bool {
	return strings.HasPrefix(s, "- ") || strings.HasPrefix(s, "* ") && !strings.HasSuffix(s, "*") && !strings.Contains(s[2:], "*") ||
		len(s) > 2 && s[0] >= '0' && s[0] <= '9' && (s[1] == '.' || s[1] == ')') || strings.HasPrefix(s, "#")
}

// nameLike reports whether a line may be a name: up to five words that begin with capitals, or few
// characters of a script without capitals, and no sign of a sentence.
func nameLike(s string) bool {
	words := strings.Fields(strings.Trim(s, "*_ "))
	if len(words) == 0 || len(words) > 5 || strings.ContainsAny(s, "?!:;。？！") || strings.HasSuffix(s, ".") {
		return false
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsLetter(r) && r != '|' && r != '/' && r != '(' && r != '&' || unicode.IsLower(r) && utf8.RuneCountInString(w) > 3 {
			return false
		}
	}
	return true
}
