package email

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineKind is what a line of a mail is. Rules run in turn, and a line that one has named stays what it is.
type lineKind uint8

const (
	textLine        lineKind = iota
	blankLine                // nothing to be seen
	quoteLine                // begins with ">"
	attributionLine          // "On ... wrote:" above quoted lines
	headingLine              // begins a quoted message to the end of the mail: headers, "Original Message", an attribution without ">"
	signatureLine            // of a signature that the mail's HTML marks as one
)

// line is one line of a mail with what is known about it.
type line struct {
	raw   string // as it stands in the mail
	seen  string // what a reader sees of it: without characters of no width, spaces around it, or the start of a very long one
	low   string // seen in lower case
	kind  lineKind
	code  bool   // stands between ``` fences: no rule but that for ">" looks at it
	quote bool   // of an attributed quotation
	marks markup // what the HTML says about it
	known trait  // which traits were asked for
	has   trait  // and which it has
}

// maxLine is the length in bytes from which on a line can be text or a quotation only: what programs write is shorter.
// It bounds what a rule reads of a line.
const maxLine = 600

// split makes lines of a text. CR LF and CR end a line as LF does.
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

// blank reports that a reader sees nothing of s, however long it is.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		r = printable(r)
		return r >= 0 && !unicode.IsSpace(r)
	})
}

// printable drops what has no width (marks of direction, joiners, soft hyphens) and makes every space a plain one.
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

// markCode marks the lines between fences. A fence that is never closed is none.
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

// quoted reports whether a line begins with the mark of a quotation. A link that was broken over lines may begin one
// with its ">", and arrows that come back at the end are an ornament.
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

// isRule reports whether a line is a rule: two or more of one character that people and programs draw lines with. One
// long dash is enough, and so is the mark that a tracker of mails leaves.
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

// next returns the index of the first line from i on that is not blank, len(lines) if there is none.
func next(lines []line, i int) int {
	for i < len(lines) && lines[i].kind == blankLine {
		i++
	}
	return i
}
