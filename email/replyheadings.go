package email

import "strings"

// markHeadings finds the beginning of a quoted message without ">": at "-----Original
// Message-----", at the mail headers that programs show above it, and at the line above which
// answers are to be written.
func markHeadings(lines []line) {
	for i := 0; i < len(lines); i++ {
		if strings.HasPrefix(lines[i].seen, ">>> ") && strings.HasSuffix(lines[i].seen, " >>>") && strings.Contains(lines[i].low, "@") {
			lines[i].kind = headingLine // GroupWise's announcement of an unmarked quotation
			continue
		}
		if lines[i].kind != textLine || lines[i].code || lines[i].low == "" {
			continue
		}
		if isOriginal(lines[i].low) || isReplyAbove(lines[i].low) || headersInOne(lines[i].low) {
			lines[i].kind = headingLine
			continue
		}
		if end := headersEnd(lines, i); end > i {
			for ; i < end; i++ {
				if lines[i].kind == textLine {
					lines[i].kind = headingLine
				}
			}
			i--
		}
	}
}

// isOriginal reports whether a line is the title of a quoted or forwarded message: between dashes,
// or with a colon.
func isOriginal(s string) bool {
	inner := strings.Trim(s, "-_*=~>— ")
	title := strings.Trim(inner, ":： ")
	if inner != title && forwardWords[title] {
		return true
	}
	return originalWords[title] && (strings.HasPrefix(s, "--") || strings.HasPrefix(s, "__") || strings.HasPrefix(s, "==") || strings.HasPrefix(s, "*") ||
		strings.HasPrefix(s, "—") || inner != title)
}

// isReplyAbove finds the line at the head of help desks' mails above which to write an answer.
func isReplyAbove(s string) bool {
	return len(s) < 200 && len(strings.Fields(s)) <= 14 && containsAny(s, aboveWords)
}

// headersInOne reports whether a line holds the headers of a quoted message one after the other, as
// from a program that loses line breaks: the sender, at least two more, and an address.
func headersInOne(s string) bool {
	first, rest := header(s)
	if first != fromKind || !strings.Contains(rest, "@") {
		return false
	}
	var have [otherKind + 1]bool
	n := 0
	for {
		colon := strings.IndexByte(rest, ':')
		if colon < 0 {
			return n >= 2
		}
		before := strings.TrimRight(rest[:colon], "*_ ")
		word := before[strings.LastIndexAny(before, " *>;]")+1:]
		if kind := headerNames[word]; kind != noHeader && kind != fromKind && !have[kind] {
			have[kind] = true
			n++
		}
		rest = rest[colon+1:]
	}
}

// Limits of the search for headers: no program shows more, and their values take few lines.
const (
	maxHeaders   = 14
	maxContinued = 2
)

// headersEnd returns the index behind the headers of a quoted message that begin with line i, or i
// if none do. The first has to give the sender or the date. People also list "From:" and "To:" of
// their journey. So at least three headers must include an address, a subject, or the time of
// sending, or two must include an address and a date.
func headersEnd(lines []line, i int) int {
	first, _ := header(lines[i].low)
	if first != fromKind && first != sentKind && first != dateKind {
		return i
	}
	var have [otherKind + 1]bool
	mail, time, other, end, continued := false, false, 0, i, 0
	for j := i; j < len(lines) && j < i+maxHeaders; j++ {
		l := &lines[j]
		if l.code || l.kind == quoteLine {
			break
		}
		if l.kind == blankLine {
			if k, _ := header(at(lines, j+1)); k == noHeader {
				break
			}
			continue
		}
		kind, value := header(l.low)
		if kind == noHeader || kind == first && j > i && have[kind] && kind == fromKind {
			if continued++; continued > maxContinued {
				break
			}
			mail = mail || strings.Contains(l.low, "@")
			continue
		}
		continued = 0
		end = j + 1
		if kind == otherKind {
			other = 1
		}
		have[kind] = true
		mail = mail || strings.Contains(value, "@") && kind != subjectKind
		time = time || kind == sentKind && clock.MatchString(value)
	}
	who, when, count := have[fromKind], have[sentKind] || have[dateKind], other
	for _, k := range []headerKind{fromKind, toKind, subjectKind} {
		if have[k] {
			count++
		}
	}
	if when {
		count++
	}
	if who && when && mail || count >= 3 && (who || when && have[subjectKind]) && (mail || have[subjectKind] || time) {
		return end
	}
	return i
}

func at(lines []line, i int) string {
	if i < len(lines) {
		return lines[i].low
	}
	return ""
}

// header returns which mail header a line is, by its name in any of the languages, and its value.
// Programs may write the name in asterisks for bold.
func header(s string) (headerKind, string) {
	colon := strings.IndexByte(s, ':')
	if wide := strings.Index(s, "："); wide >= 0 && (colon < 0 || wide < colon) {
		colon = wide
	}
	if colon < 1 || colon > 48 {
		return noHeader, ""
	}
	kind := headerNames[strings.Trim(s[:colon], "*_ |")]
	return kind, strings.TrimLeft(s[colon:], ":：*_ ")
}
