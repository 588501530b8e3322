package email

import (
	"regexp"
	"strings"
)

// trait is a property of the words of a line. The rules read the same lines many times, so the
// results of expressions are kept with the line.
type trait uint16

const (
	// has an address, a site or a telephone number, or is the line of a telephone
	ofSignature trait = 1 << iota
	ofFooter          // has words of companies and mailing lists
	hasDate
	hasTime
	hasWrote   // has a verb that announces quotations
	earlyDate  // has a digit after at most four words
	opensOnDay // begins with a preposition and a number
	endsInMail // ends with an address
	datedFirst // begins with a numeric date
)

var (
	links   = regexp.MustCompile(`[<(\[]?(?:https?://|mailto:)[^\s>)\]]*[>)\]]?`)
	address = regexp.MustCompile(`[^\s<>()\[\]:;,"']+@[^\s<>()\[\]:;,"']+`)
	phone   = regexp.MustCompile(`(?:\+|\b0|\(\d|\b\d{3}[-. ])[\d() ./-]{6,}`)
	aSite   = regexp.MustCompile(`\b(?:www\.|https?://)\S+`)

	earlyDigit   = regexp.MustCompile(`^[^\pL\d]*(?:[\pL\pM'’׳]+[.,،]{0,2}\s+){0,4}\(?\d`)
	opensWithDay = regexp.MustCompile(`^\W*(?:on|am|le|el|em|il|op|dnia|w dniu|den|d\.|på|at|dne)\s[^<>@]*\d`)

	clock    = regexp.MustCompile(`\b\d{1,2}[:.h]\d\d\b|\d时|\d時|\d시`)
	fullYear = regexp.MustCompile(`\b(?:19|20)\d\d\b|(?:19|20)\d\d ?[年년]`)
	numbers  = regexp.MustCompile(`\b\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b`)
	dayMonth = regexp.MustCompile(`\b\d{1,2}(?:st|nd|rd|th|\.|er|º)?,? (?:de |d')?[\pL]{3,12}|[\pL]{3,12}\.? \d{1,2}\b|\d{1,2}[月월]`)

	endsWithAddress = regexp.MustCompile(`@[^\s<>()]+[>)\]"']+[^\pL\d]{0,6}$|@[^\s<>()]+ ?:$`)
	dateFirst       = regexp.MustCompile(`^\W*(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b`)
)

// is reports whether a line has a trait.
func (l *line) is(t trait) bool {
	if l.known&t == 0 {
		l.known |= t
		if l.looksFor(t) {
			l.has |= t
		}
	}
	return l.has&t != 0
}

func (l *line) looksFor(t trait) bool {
	s := l.low
	digits := strings.ContainsAny(s, "0123456789")
	switch t {
	case ofSignature:
		return strings.Contains(s, "@") && address.MatchString(s) || digits && phone.MatchString(s) || aSite.MatchString(s) || mobileSignature(s)
	case ofFooter:
		return containsAny(s, footerWords)
	case hasTime:
		return digits && clock.MatchString(s)
	case hasDate:
		if !digits {
			return false
		}
		s = bareText(s)
		return numbers.MatchString(s) || fullYear.MatchString(s) || dayMonth.MatchString(clock.ReplaceAllString(s, ""))
	case hasWrote:
		return containsAny(bareText(s), wroteWords)
	case earlyDate:
		return digits && earlyDigit.MatchString(s)
	case opensOnDay:
		return digits && opensWithDay.MatchString(s)
	case endsInMail:
		return strings.Contains(s, "@") && endsWithAddress.MatchString(strings.TrimRight(s, " *_-–—"))
	case datedFirst:
		return digits && dateFirst.MatchString(s)
	}
	return false
}

// bareText is s without addresses, which hold unrelated numbers and words.
func bareText(s string) string {
	if strings.Contains(s, "://") || strings.Contains(s, "mailto:") {
		s = links.ReplaceAllString(s, "")
	}
	if strings.Contains(s, "@") {
		s = address.ReplaceAllString(s, "")
	}
	return s
}
