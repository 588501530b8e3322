package email

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineKind is the kind of a line of a mail. Rules run in turn, and never change the kind of an
// earlier rule.
type lineKind uint8

const (
	textLine        lineKind = iota
	blankLine                // nothing visible
	quoteLine                // begins with ">"
	attributionLine          // "On ... wrote:" above quoted lines
	// begins a quoted message to the end: headers, "Original Message", an attribution without ">"
	headingLine
	signatureLine // of a signature marked as one in the HTML
)

// line is one line of a mail with the facts known about it.
type line struct {
	raw string // as written in the mail
	// seen is its visible text without spaces around it, or the start of a very long one.
	seen  string
	low   string // seen in lower case
	kind  lineKind
	code  bool   // between ``` fences: only the rule for ">" reads it
	quote bool   // of an attributed quotation
	marks markup // marks of the HTML
	known trait  // the traits that were computed
	has   trait  // and those it has
}

// maxLine is the length in bytes from which a line can only be text or a quotation: programs write
// shorter lines. Rules read no more of a line.
const maxLine = 600

// split divides a text into lines. CR LF and CR end a line as LF does.
func split(text string) []line {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	raw := strings.Split(text, "\n")
	lines := make([]line, len(raw))
	for i, s := range raw {
		lines[i] = newLine(s)
	}
	markCode(lines)
	for i := range lines {
		if lines[i].kind == textLine && quoted(lines, i) {
			lines[i].kind = quoteLine
		}
	}
	joinWrapped(lines)
	return lines
}

func newLine(s string) line {
	l := line{raw: s}
	switch {
	case blank(s):
		l.kind = blankLine
	case len(s) > maxLine:
		l.seen = cmp.Or(strings.TrimSpace(s[:8]), "x") // enough to see a ">"
	default:
		l.seen = strings.TrimSpace(strings.Map(printable, s))
		l.low = strings.ToLower(l.seen)
	}
	return l
}

// blank reports whether s has no visible character, whatever its length.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		r = printable(r)
		return r >= 0 && !unicode.IsSpace(r)
	})
}

// printable drops characters without width (marks of direction, joiners, soft hyphens) and turns
// every space into a plain one.
func printable(r rune) rune {
	switch {
	case r == utf8.RuneError, r == '\u00ad':
		return -1
	case r == '\t', unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.Is(unicode.Cf, r), unicode.IsControl(r):
		return -1
	}
	return r
}

// markCode marks the lines between fences. It ignores a fence that is never closed.
func markCode(lines []line) {
	open := -1
	for i := range lines {
		if !strings.HasPrefix(lines[i].seen, "```") {
			continue
		}
		if open < 0 {
			open = i
			continue
		}
		for ; open <= i; open++ {
			lines[open].code = true
		}
		open = -1
	}
}

// quoted reports whether a line begins with the mark of a quotation. The ">" of a link broken over
// lines is none, and arrows that return at the end are an ornament.
func quoted(lines []line, i int) bool {
	s := lines[i].seen
	if !strings.HasPrefix(s, ">") || lines[i].code {
		return false
	}
	if strings.HasSuffix(s, "<<") {
		return false
	}
	if i > 0 && lines[i-1].kind == textLine {
		before := lines[i-1].seen
		if at := strings.LastIndexByte(before, '<'); at >= 0 && !strings.Contains(before[at:], ">") && strings.Contains(before[at:], "://") {
			return false
		}
	}
	return true
}

// isRule reports whether a line is a rule: two or more of one character with which people and
// programs draw lines. One long dash is enough, and so is the mark of a mail tracker.
func isRule(s string) bool {
	var first rune
	n := 0
	for _, r := range s {
		if r == ' ' {
			continue
		}
		if n == 0 {
			if !strings.ContainsRune("-_=~#*+–—―─━═ー＿＝－ᐧ•·", r) {
				return false
			}
			first = r
		}
		if r != first {
			return false
		}
		n++
	}
	return n >= 2 || n == 1 && (first == '—' || first == 'ᐧ' || first == '―')
}

// containsAny reports whether s holds one of the words.
func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// beginsWithAny reports whether s begins with one of the words as a word.
func beginsWithAny(s string, words []string) bool {
	for _, w := range words {
		if rest, ok := strings.CutPrefix(s, w); ok {
			if r, _ := utf8.DecodeRuneInString(rest); rest == "" || !unicode.IsLetter(r) {
				return true
			}
		}
	}
	return false
}

// next returns the index of the first line from i on that is not blank, or len(lines).
func next(lines []line, i int) int {
	for i < len(lines) && lines[i].kind == blankLine {
		i++
	}
	return i
}
