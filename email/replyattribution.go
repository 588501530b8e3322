package email

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxAttribution is over how many lines programs wrap the line that announces a quoted message.
const maxAttribution = 5

// markAttributions finds the lines that announce a quoted message: "On 3 Feb 2026 at 14:22, Jane <jane@example.com>
// wrote:". It knows them by a date, an address or a verb of [wroteWords] in them, by their end, and by what follows;
// the order of these differs between languages and programs, so it is not looked at.
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

// markBars takes lines that begin with "|" for a quotation, as some programs mark it.
func markBars(lines []line) {
	for i := range lines {
		if !strings.HasPrefix(lines[i].seen, "|") {
			return
		}
		lines[i].kind = quoteLine
	}
}

// mayEndAttribution is the cheap part of the test: most lines end here.
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

// attributionStart returns the first line of the attribution that ends with line end, -1 if none does. A line of
// the writer's may stand right above it, so the last line that can be its start is, or the one above that if it has the
// preposition and the day.
func attributionStart(lines []line, end int, quote bool, follows int) int {
	first := end
	for first > 0 && end-first < maxAttribution-1 && lines[first-1].kind == textLine && !lines[first-1].code && lines[first-1].low != "" {
		first--
	}
	spoken := follows < len(lines) && strings.ContainsAny(firstRune(lines[follows].seen), "\"'“„«»‘「『")
	var joined string
	found := -1
	for s := end; s >= first; s-- {
		joined = strings.TrimSpace(lines[s].low + " " + joined)
		if utf8.RuneCountInString(joined) > 400 {
			break
		}
		if found >= 0 {
			if s == found-1 && opensWithDay.MatchString(lines[s].low) && !strings.ContainsAny(lastByte(lines[s].low), ".!?:") && announces(joined, quote, spoken) {
				return s
			}
			break
		}
		if startsAttribution(lines[s].low) && announces(joined, quote, spoken) {
			found = s
		}
	}
	if found < 0 && quote && saysWhoWrote(lines[end].low) {
		return end
	}
	return found
}

var (
	// A date or weekday comes early in the line, or a name with an address.
	earlyDigit   = regexp.MustCompile(`^[^\pL\d]*(?:[\pL\pM'’׳]+[.,]?\s+){0,4}\(?\d`)
	opensWithDay = regexp.MustCompile(`^\W*(?:on|am|le|el|em|il|op|dnia|w dniu|den|d\.|på|at|dne)\s[^<>@]*\d`)

	clock    = regexp.MustCompile(`\b\d{1,2}[:.h]\d\d\b|\d时|\d時|\d시`)
	fullYear = regexp.MustCompile(`\b(?:19|20)\d\d\b|(?:19|20)\d\d ?[年년]`)
	numbers  = regexp.MustCompile(`\b\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b`)
	dayMonth = regexp.MustCompile(`\b\d{1,2}(?:st|nd|rd|th|\.|er|º)?,? (?:de |d')?[\pL]{3,12}|[\pL]{3,12}\.? \d{1,2}\b|\d{1,2}[月월]`)

	endsWithAddress = regexp.MustCompile(`@[^\s<>()]+[>)\]"']+[^\pL\d]{0,6}$|@[^\s<>()]+ ?:$`)
	dateFirst       = regexp.MustCompile(`^\W*(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b`)
)

func startsAttribution(s string) bool {
	return earlyDigit.MatchString(s) || strings.Contains(s, "@") || containsAny(s, wroteWords)
}

// announces reports whether s, all lines of it in lower case, announces a quoted message. quote tells that quoted lines
// follow, spoken that a quotation mark does. Without quoted lines it takes more to be sure.
func announces(s string, quote, spoken bool) bool {
	s = strings.TrimRight(s, " *_-–—")
	colon := strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：")
	bare := address.ReplaceAllString(links.ReplaceAllString(s, ""), "")
	mail := strings.Contains(s, "@")
	wrote := containsAny(bare, wroteWords)
	time := clock.MatchString(bare)
	date := numbers.MatchString(bare) || fullYear.MatchString(bare) || dayMonth.MatchString(bare)
	switch {
	case !colon && !wrote && !(quote && dateFirst.MatchString(s) && mail):
		return false
	case quote && wrote:
		return date || time
	case quote:
		return mail && (date || time) || dateFirst.MatchString(s) && mail
	case spoken || !wrote && !endsWithAddress.MatchString(s):
		return false
	case mail:
		return date || time
	}
	return wrote && colon && date && time && earlyDigit.MatchString(s)
}

// saysWhoWrote finds announcements without a date, which quoted lines have to follow: "Jane wrote:", "Quoting Jane:".
func saysWhoWrote(s string) bool {
	if len(s) > 160 || !strings.HasSuffix(s, ":") && !strings.HasSuffix(s, "：") {
		return false
	}
	if beginsWithAny(s, quotingWords) || endsWithAddress.MatchString(s) {
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
