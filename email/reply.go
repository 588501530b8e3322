package email

import (
	"strings"
	"unicode/utf8"
)

// Visible divides the text of a plain-text mail into the writer's own text and the rest. The rest
// is messages quoted below or above it with the lines that announce them, signatures, and the line
// above which answers are to be written. Both consist of whole lines of the text, in their order,
// with LF ends and without blank lines around them. Every line that is not blank is in one of them.
//
// A quotation with the writer's text on both sides is the subject of an answer, so it stays,
// without the line that announces it. A quotation above all of the text is hidden. All text is
// hidden below the beginning of a quotation to the end (headers of a mail, "Original Message", a
// signature). If nothing else remains, a forwarded message is visible without its headers. If the
// whole text would be hidden, it is visible: visible is empty only for a text of blank lines.
//
// Visible knows quotations in some thirty languages. Its time grows with the length of the text.
func Visible(text string) (visible, hidden string) {
	lines := split(text)
	return parted(lines)
}

// parted is Visible for lines with possible marks from the HTML.
func parted(lines []line) (visible, hidden string) {
	show := reply(lines)
	var shown, rest []string
	for i := range lines {
		switch {
		case !show[i]:
			rest = append(rest, lines[i].raw)
		case i > 0 && !show[i-1] && lines[i].kind == blankLine && len(shown) > 0 && strings.TrimSpace(shown[len(shown)-1]) == "":
			// The blank line above the hidden lines is enough.
		default:
			shown = append(shown, lines[i].raw)
		}
	}
	return joined(shown), joined(rest)
}

// joined makes a text of lines without the blank ones at its ends.
func joined(lines []string) string {
	for len(lines) > 0 && blank(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && blank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines, "\n")
}

// reply returns for each line whether the writer wrote it.
func reply(lines []line) []bool {
	markHeadings(lines)
	markFromHTML(lines)
	markAttributions(lines)
	show := make([]bool, len(lines))
	end := replyEnd(lines, show)
	chooseQuotes(lines[:end], show[:end])
	for i := range lines {
		if show[i] && lines[i].kind != blankLine {
			return show
		}
	}
	for i := range show {
		show[i] = true
	}
	return show
}

// replyEnd finds the line from which the rest is a quotation or a signature, and marks the lines of
// text before it as shown.
func replyEnd(lines []line, show []bool) int {
	// wrote: text stands above. any: text or a quotation does.
	wrote, any := false, false
	for i := range lines {
		l := &lines[i]
		switch l.kind {
		case headingLine:
			if wrote {
				return withoutTitle(lines, show, i)
			}
		case quoteLine:
			any = true
		case textLine:
			if !l.code && any && signatureBegins(lines, i) {
				return i
			}
			if !l.code && isRule(l.seen) && !any || !l.code && isolated(lines, i) && mobileSignature(l.low) {
				continue // nothing stands above it: the message may follow
			}
			show[i] = true
			wrote, any = true, true
		}
	}
	return len(lines)
}

// withoutTitle hides the rules and titles between dashes directly above a heading at i.
func withoutTitle(lines []line, show []bool, i int) int {
	end := i
	for j := i - 1; j >= 0; j-- {
		if s := lines[j].seen; lines[j].kind != blankLine && !isRule(s) && !(strings.HasPrefix(s, "--") && strings.HasSuffix(s, "--")) {
			break
		}
		show[j] = false
		end = j
	}
	return end
}

// chooseQuotes hides quotations below the last line of text and above the first, and shows those
// between.
func chooseQuotes(lines []line, show []bool) {
	first, last := -1, -1
	for i := range lines {
		if show[i] {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return
	}
	last = withoutClosing(lines, show, first, last)
	between, announced := false, false
	for i := range lines[:last] {
		switch {
		case lines[i].kind == quoteLine && i > first:
			between = true
		case lines[i].kind == attributionLine && i < first:
			announced = true
		}
	}
	from := first
	if between || !announced {
		from = 0
	}
	to := last
	if introduced(lines, last) {
		to = len(lines) - 1
	}
	for i := from; i <= to && i < len(lines); i++ {
		if lines[i].kind == quoteLine || lines[i].kind == blankLine {
			show[i] = true
		}
	}
	for i := last + 1; i < len(show); i++ {
		if lines[i].kind == textLine && show[i] {
			show[i-1] = show[i-1] || lines[i-1].kind == blankLine
		}
	}
	hideByline(lines, show, first)
}

// withoutClosing returns the last line before the final quotation if only a closing formula and a
// name, or a signature without a line above it, stand below. The quotation then has no answer below
// it. The signature is hidden.
func withoutClosing(lines []line, show []bool, first, last int) int {
	quote, count, top, signs := -1, 0, -1, false
	for i := last; i > first && count <= maxTail; i-- {
		if lines[i].kind == quoteLine {
			quote = i
			break
		}
		if show[i] {
			count++
			top = i
			signs = signs || lines[i].is(ofSignature)
			if isSentence(lines[i].seen) || utf8.RuneCountInString(lines[i].seen) > 70 {
				return last
			}
		}
	}
	if quote < 0 || top < 0 || !lines[quote].quote {
		return last
	}
	closing := beginsWithAny(lines[top].low, closingWords) && utf8.RuneCountInString(lines[top].seen) <= 30
	signs = signs && count > 1 && (closing || nameLike(lines[top].seen))
	if !signs && (!closing || count > 3) {
		return last
	}
	for i := top; i <= last && signs; i++ {
		show[i] = false
	}
	for i := quote; i >= first; i-- {
		if lines[i].kind == textLine && show[i] {
			return i
		}
	}
	return last
}

// maxTail is the greatest number of lines of a signature without a line above it.
const maxTail = 8

// introduced reports whether the text ends with a colon above an apparent quotation to the end
// without an announcement: the output of a program, a listing.
func introduced(lines []line, last int) bool {
	quote := next(lines, last+1)
	if quote == len(lines) || lines[quote].kind != quoteLine || !strings.HasSuffix(lines[last].seen, ":") && !strings.HasSuffix(lines[last].seen, "：") {
		return false
	}
	for i := quote; i < len(lines); i++ {
		if lines[i].kind == attributionLine || strings.HasPrefix(lines[i].seen, ">>") || strings.HasPrefix(lines[i].seen, "> >") ||
			lines[i].kind == quoteLine && containsAny(lines[i].low, wroteWords) {
			return false
		}
	}
	return true
}

// hideByline hides "Sent from ..." without a known device when it is the last paragraph of several.
func hideByline(lines []line, show []bool, first int) {
	for i := len(show) - 1; i > first; i-- {
		if !show[i] || lines[i].kind == blankLine {
			continue
		}
		if lines[i].kind == textLine && lines[i-1].kind == blankLine && byline(lines[i].low) {
			show[i] = false
		}
		return
	}
}
