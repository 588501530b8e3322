package email

import (
	"strings"
)

// The first mail of a conversation answers nothing. So its quoted lines, and what looks like the
// headers of a mail, are what it is about; and a forwarded message is the matter itself. Only the
// writer's signature is left out, as in an answer.

// opening returns the text of a mail that begins a conversation.
func opening(text string) string {
	visible, _ := openingOf(split(text))
	return visible
}

// openingOf is parted for such a mail.
func openingOf(lines []line) (visible, hidden string) {
	unquoteForward(lines)
	markHeadings(lines)
	markFromHTML(lines)
	markAttributions(lines)
	own := 0
	for own < len(lines) && lines[own].kind != headingLine && lines[own].kind != attributionLine {
		own++
	}
	show := make([]bool, len(lines))
	any := false
	for i := range lines[:own] {
		l := &lines[i]
		if l.kind == textLine && !l.code && any && signatureBegins(lines[:own], i) && (l.seen == "--" || !isRule(l.seen) || footerBelow(lines[:own], i)) {
			break
		}
		show[i] = l.kind == blankLine || l.kind == quoteLine || l.kind == textLine && (any || l.code || !mobileSignature(l.low))
		any = any || l.kind != blankLine && show[i]
	}
	for i := own; i < len(lines); i++ {
		show[i] = true
	}
	any = any || own < len(lines)
	var shown, rest []string
	for i := range lines {
		switch {
		case lines[i].marks&quotedToEnd != 0 && lines[i].seen == "":
			// A mark of the HTML, without text.
		case any && !show[i]:
			rest = append(rest, lines[i].raw)
		case len(shown) > 0 && i > 0 && any && !show[i-1] && lines[i].kind == blankLine && blank(shown[len(shown)-1]):
		default:
			shown = append(shown, lines[i].raw)
		}
	}
	return joined(shown), joined(rest)
}

// footerBelow reports whether an addition of a company, mailing list or virus scanner stands below
// the rule at i. Other rules are the writer's.
func footerBelow(lines []line, i int) bool {
	n := 0
	for _, l := range below(lines, i) {
		if l.kind == textLine && !isRule(l.seen) {
			if n++; n > 4 {
				return false
			}
			if l.is(ofFooter) {
				return true
			}
		}
	}
	return false
}

// unquoteForward removes one ">" from the lines of a forwarded message that a mail program quotes,
// as Apple Mail does.
func unquoteForward(lines []line) {
	for i := range lines {
		if lines[i].kind != quoteLine || lines[i].code {
			continue
		}
		inner, ok := unquoteLine(lines[i])
		if !ok || !isForwardTitle(inner.low) {
			continue
		}
		for ; i < len(lines) && (lines[i].kind == quoteLine || lines[i].kind == blankLine); i++ {
			if inner, ok = unquoteLine(lines[i]); ok {
				lines[i] = inner
			}
		}
		return
	}
}

func unquoteLine(l line) (line, bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(l.raw, " "), ">")
	if !ok {
		return l, false
	}
	inner := newLine(strings.TrimPrefix(rest, " "))
	inner.marks = l.marks &^ inQuoted
	if strings.HasPrefix(inner.seen, ">") {
		inner.kind = quoteLine
	}
	return inner, true
}

// isForwardTitle reports whether a line is the title of a forwarded message: one that mail programs
// write above no message that is answered.
func isForwardTitle(s string) bool {
	inner := strings.Trim(s, "-_*=~>— ")
	title := strings.Trim(inner, ":： ")
	return forwardWords[title] && inner != title || inner != s && (forwardWords[title] || originalWords[title] && containsAny(title, forwardedWords))
}

// hasForward reports whether a text has such a title, in its first 200 lines.
func hasForward(text string) bool {
	n := 0
	for l := range strings.Lines(text) {
		if n++; n > 200 {
			return false
		}
		if s := strings.TrimSpace(l); len(s) < 150 && isForwardTitle(strings.ToLower(strings.TrimLeft(s, "> "))) {
			return true
		}
	}
	return false
}

// forwardedWords are parts of the titles in originalWords that stand above forwarded messages
// alone.
var forwardedWords = []string{
	"forward", "weitergeleitet", "transfér", "transmis", "reenviad", "encaminhad", "reencaminhad", "inoltrat", "doorgestuurd", "przekazan", "vidarebefordra", "videresend", "edelleen", "välitetty",
	"přeposlan", "preposlan", "пересыл", "пересл", "転送", "转发", "轉寄", "전달", "yönlendiril", "iletilen", "معاد", "שהועברה", "továbbított",
}
