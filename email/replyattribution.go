package email

import (
	"strings"
	"unicode/utf8"
)

// maxAttribution is the greatest number of lines of the announcement of a quoted message.
const maxAttribution = 5

// markAttributions finds the lines that announce a quoted message: "On 3 Feb 2026 at 14:22, Jane
// <jane@example.com> wrote:". It recognises them by a date, an address or a verb of [wroteWords] in
// them, by their end, and by the lines that follow. It ignores the order of these, which differs
// between languages and programs.
func markAttributions(lines []line) {
	for i := range lines {
		if lines[i].kind != textLine || lines[i].code || lines[i].low == "" || !mayEndAttribution(lines, i) {
			continue
		}
		follows := next(lines, i+1)
		quote := follows < len(lines) && (lines[follows].kind == quoteLine || strings.HasPrefix(lines[follows].seen, "|"))
		from := attributionStart(lines, i, quote, follows)
		if from < 0 {
			continue
		}
		kind := headingLine
		if quote {
			kind = attributionLine
			markBars(lines[follows:])
			for j := follows; j < len(lines) && (lines[j].kind == quoteLine || lines[j].kind == blankLine); j++ {
				lines[j].quote = true
			}
		}
		for j := from; j <= i; j++ {
			lines[j].kind = kind
		}
	}
}

// markBars marks lines that begin with "|" as a quotation, as some programs do.
func markBars(lines []line) {
	for i := range lines {
		if !strings.HasPrefix(lines[i].seen, "|") {
			return
		}
		lines[i].kind = quoteLine
	}
}

// mayEndAttribution is the cheap part of the test: it excludes most lines.
func mayEndAttribution(lines []line, i int) bool {
	s := strings.TrimRight(lines[i].low, " *_-–—")
	if strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") {
		return true
	}
	if follows := next(lines, i+1); follows < len(lines) && follows <= i+3 &&
		(lines[follows].kind == quoteLine || strings.HasPrefix(lines[follows].seen, "|")) && strings.ContainsAny(s, "0123456789@") {
		return true
	}
	for _, w := range wroteWords {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// attributionStart returns the first line of the attribution that ends with line end, or -1. A line
// of the writer's may stand directly above it. So it takes the last possible line, or the one above
// that if it has the preposition and the day.
func attributionStart(lines []line, end int, quote bool, follows int) int {
	first := end
	for first > 0 && end-first < maxAttribution-1 && lines[first-1].kind == textLine && !lines[first-1].code && lines[first-1].low != "" {
		first--
	}
	spoken := follows < len(lines) && strings.ContainsAny(firstRune(lines[follows].seen), "\"'“„«»‘「『")
	var said announcement
	length, found := 0, -1
	for s := end; s >= first; s-- {
		l := &lines[s]
		if length += len(l.low); length > 600 {
			break
		}
		said.add(l)
		if found >= 0 && s == found-1 && l.seen == "<" {
			found = s // Gmail's address, broken off behind its bracket
			continue
		}
		if found >= 0 {
			if s == found-1 && goesOn(l, &lines[found]) {
				return s
			}
			break
		}
		if (l.is(earlyDate) || strings.Contains(l.low, "@") || l.is(hasWrote)) && said.announces(l, &lines[end], quote, spoken) {
			found = s
		}
	}
	if found < 0 && quote && saysWhoWrote(&lines[end]) {
		return end
	}
	return found
}

// goesOn reports whether an attribution that is complete from its second line on may begin with
// first. It may if first is a few words with a number or an address or a comma at the end, unless
// second begins as attributions do.
func goesOn(first, second *line) bool {
	end := lastByte(first.low)
	if second.is(opensOnDay) || strings.ContainsAny(end, "!?:") || end == "." && (second.is(hasDate) || !first.is(hasDate)) {
		return false
	}
	return first.is(opensOnDay) || len(strings.Fields(first.low)) <= 12 &&
		(first.is(earlyDate) || strings.Contains(first.low, "@") || strings.HasSuffix(first.low, ","))
}

// announcement collects the parts found in the lines of an attribution.
type announcement struct{ mail, wrote, time, date bool }

func (a *announcement) add(l *line) {
	a.mail = a.mail || strings.Contains(l.low, "@")
	a.wrote = a.wrote || l.is(hasWrote)
	a.time = a.time || l.is(hasTime)
	a.date = a.date || l.is(hasDate)
}

// announces reports whether lines from first to last announce a quoted message. quote means that
// quoted lines follow, spoken that a quotation mark does. Without quoted lines it asks for more
// parts.
func (a *announcement) announces(first, last *line, quote, spoken bool) bool {
	end := strings.TrimRight(last.low, " *_-–—")
	colon := strings.HasSuffix(end, ":") || strings.HasSuffix(end, "：")
	dated := quote && a.mail && first.is(datedFirst)
	switch {
	case !colon && !a.wrote && !dated:
		return false
	case quote && a.wrote:
		return a.date || a.time || a.mail
	case quote:
		return dated || a.mail && (a.date || a.time)
	case spoken || !a.wrote && !last.is(endsInMail):
		return false
	case a.mail:
		return a.date || a.time
	}
	return a.wrote && colon && a.date && a.time && first.is(earlyDate)
}

// saysWhoWrote finds announcements without a date, which need quoted lines below: "Jane wrote:",
// "Quoting Jane:".
func saysWhoWrote(l *line) bool {
	s := l.low
	if len(s) > 160 || !strings.HasSuffix(s, ":") && !strings.HasSuffix(s, "：") {
		return false
	}
	if beginsWithAny(s, quotingWords) || l.is(endsInMail) {
		return true
	}
	s = strings.TrimRight(s, " :：")
	for _, w := range wroteWords {
		if strings.HasSuffix(s, w) {
			return len(strings.Fields(s)) <= 8
		}
	}
	return false
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

func lastByte(s string) string {
	if s == "" {
		return ""
	}
	return s[len(s)-1:]
}
