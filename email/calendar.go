package email

import (
	"strings"
	"time"
)

// event is what a mail says of an appointment (iCalendar, RFC 5545; in mails RFC 6047).
type event struct {
	method, status               string // upper case
	title, place, text           string
	from, to                     moment
	lasts                        string // the duration, when there is no end
	organiser, answerer, partial string // mailboxes, and the answer in upper case
	repeats                      bool
}

// moment is a time as the calendar writes it: "20261201T090000Z", with a zone or a day alone.
type moment struct{ value, zone string }

const (
	mostEvents     = 5
	longestEvent   = 256 << 10
	longestSummary = 300 // characters of a title or place
)

// readEvents returns the appointments of a calendar.
func readEvents(text string) (list []event) {
	var e *event
	method, depth := "", 0 // depth: of other components within an event
	for _, l := range unfoldedLines(text) {
		name, params, value, ok := calendarLine(l)
		switch {
		case !ok:
		case name == "METHOD":
			method = strings.ToUpper(strings.TrimSpace(value))
		case name == "BEGIN" && e == nil:
			if v := strings.ToUpper(strings.TrimSpace(value)); (v == "VEVENT" || v == "VTODO") && len(list) < mostEvents {
				e, depth = &event{}, 0
			}
		case name == "BEGIN":
			depth++
		case name == "END" && e != nil && depth > 0:
			depth--
		case name == "END" && e != nil:
			if e.method = method; e.title+e.from.value+e.text != "" {
				list = append(list, *e)
			}
			e = nil
		case e != nil && depth == 0:
			e.set(name, params, value)
		}
	}
	return list
}

func (e *event) set(name string, params map[string]string, value string) {
	switch name {
	case "SUMMARY":
		e.title = firstRunes(oneLine(calendarText(value)), longestSummary)
	case "LOCATION":
		e.place = firstRunes(oneLine(calendarText(value)), longestSummary)
	case "DESCRIPTION":
		e.text = strings.TrimSpace(calendarText(value))
	case "STATUS":
		e.status = strings.ToUpper(strings.TrimSpace(value))
	case "DTSTART":
		e.from = moment{strings.TrimSpace(value), params["TZID"]}
	case "DTEND", "DUE":
		e.to = moment{strings.TrimSpace(value), params["TZID"]}
	case "DURATION":
		e.lasts = strings.TrimSpace(value)
	case "RRULE":
		e.repeats = true
	case "ORGANIZER":
		e.organiser = calendarMailbox(params, value)
	case "ATTENDEE":
		if answer := strings.ToUpper(params["PARTSTAT"]); answer != "" && answer != "NEEDS-ACTION" {
			e.answerer, e.partial = calendarMailbox(params, value), answer
		}
	}
}

// String returns the event as lines of text.
func (e *event) String() string {
	var b strings.Builder
	put := func(label, value string) {
		if value != "" {
			b.WriteString(label + ": " + value + "\n")
		}
	}
	switch {
	case e.method == "CANCEL" || e.status == "CANCELLED":
		put("Cancelled", e.title)
	case e.method == "REPLY":
		put("Answer to the invitation", e.title)
		put("Answer", strings.TrimSpace(e.answerer+" "+strings.ToLower(e.partial)))
	case e.method == "COUNTER":
		put("Another time is proposed for", e.title)
	case e.method == "REQUEST":
		put("Invitation", e.title)
	default:
		put("Appointment", e.title)
	}
	put("Time", e.time())
	put("Place", e.place)
	put("Organiser", e.organiser)
	if e.text != "" {
		b.WriteString("\n" + e.text)
	}
	return strings.TrimSpace(b.String())
}

// time returns the time of the event with its zone, as the calendar names it.
func (e *event) time() string {
	from, day, ok := e.from.read()
	if !ok {
		return oneLine(firstRunes(e.from.value, 40))
	}
	to, _, ends := e.to.read()
	layout := "2006-01-02 15:04"
	if day {
		layout = time.DateOnly
		if ends {
			to = to.AddDate(0, 0, -1) // the first day after
		}
	}
	s := from.Format(layout)
	switch {
	case ends && to.After(from) && !day && to.Format(time.DateOnly) == from.Format(time.DateOnly) && e.to.place() == e.from.place():
		s += " to " + to.Format("15:04")
	case ends && to.After(from):
		if e.to.place() != e.from.place() {
			s += " " + e.from.place()
		}
		s += " to " + to.Format(layout)
	case !ends && e.lasts != "":
		if d, ok := calendarDuration(e.lasts); ok {
			s += " to " + from.Add(d).Format(layout)
		}
	}
	if ends && e.to.place() != "" {
		s += " " + e.to.place()
	} else {
		s = strings.TrimSpace(s + " " + e.from.place())
	}
	if e.repeats {
		s += ", repeated"
	}
	return s
}

// read returns the time on the clock of its zone, and whether it is a day alone.
func (m moment) read() (t time.Time, day, ok bool) {
	v := strings.TrimSuffix(m.value, "Z")
	if t, err := time.Parse("20060102T150405", v); err == nil {
		return t, false, true
	}
	if t, err := time.Parse("20060102T1504", v); err == nil {
		return t, false, true
	}
	t, err := time.Parse("20060102", v)
	return t, true, err == nil
}

func (m moment) place() string {
	if strings.HasSuffix(m.value, "Z") {
		return "UTC"
	}
	return firstRunes(oneLine(strings.Trim(m.zone, `"/`)), 80)
}

// calendarDuration reads a duration such as "PT1H30M" or "P1D".
func calendarDuration(s string) (d time.Duration, ok bool) {
	s, ok = strings.CutPrefix(strings.ToUpper(strings.TrimPrefix(s, "+")), "P")
	n, digits := 0, 0
	for _, c := range s {
		unit := map[rune]time.Duration{'W': 7 * 24 * time.Hour, 'D': 24 * time.Hour, 'H': time.Hour, 'M': time.Minute, 'S': time.Second, 'T': 0}
		by, known := unit[c]
		switch {
		case c >= '0' && c <= '9' && digits < 6:
			n, digits = n*10+int(c-'0'), digits+1
		case known:
			d += time.Duration(n) * by
			n, digits = 0, 0
		default:
			return 0, false
		}
	}
	return d, ok && d > 0
}

// unfoldedLines returns the content lines of a calendar (RFC 5545, 3.1).
func unfoldedLines(text string) (lines []string) {
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, "\r\n")
		if n := len(lines); n > 0 && l != "" && (l[0] == ' ' || l[0] == '\t') {
			lines[n-1] += l[1:]
			continue
		}
		lines = append(lines, l)
	}
	return lines
}

// calendarLine reads "NAME;PARAM=value:text".
func calendarLine(l string) (name string, params map[string]string, value string, ok bool) {
	quoted, colon := false, -1
	for i := 0; i < len(l) && colon < 0; i++ {
		switch {
		case l[i] == '"':
			quoted = !quoted
		case l[i] == ':' && !quoted:
			colon = i
		}
	}
	if colon < 0 {
		return "", nil, "", false
	}
	params = map[string]string{}
	for i, p := range splitOutside(l[:colon], ';') {
		if i == 0 {
			name = strings.ToUpper(strings.TrimSpace(p))
			continue
		}
		key, v, _ := strings.Cut(p, "=")
		params[strings.ToUpper(strings.TrimSpace(key))] = strings.Trim(v, `" `)
	}
	return name, params, l[colon+1:], true
}

// calendarText undoes the escapes of a text (RFC 5545, 3.3.11).
func calendarText(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";").Replace(s)
}

// calendarMailbox returns "Name <address>" of a person.
func calendarMailbox(params map[string]string, value string) string {
	email := cleanAddress(value)
	if email == "" {
		email = cleanAddress(params["EMAIL"])
	}
	name := cleanName(params["CN"], "")
	switch {
	case name == "" || strings.EqualFold(name, email):
		return email
	case email == "":
		return name
	}
	return name + " <" + email + ">"
}

// isCalendar reports whether a type is that of a calendar.
func isCalendar(typ string) bool {
	return typ == "text/calendar" || typ == "application/ics" || typ == "text/x-vcalendar" || typ == "application/calendar"
}

// addEvents keeps the appointments of a calendar.
func (m *message) addEvents(calendar string) {
	m.events = append(m.events, readEvents(newlines(calendar))...)
}

// withEvents adds the appointments to a text. Of one that has a text, those that were only attached
// are left out, and so are descriptions that it repeats.
func (m *message) withEvents(text string) string {
	alone, said := blank(text), lettersOf(text)
	for i, e := range m.events {
		if !alone && e.method == "" || i >= mostEvents {
			continue
		}
		if own := lettersOf(e.text); own != "" && strings.Contains(said, firstRunes(own, 80)) {
			e.text = ""
		}
		if s := e.String(); s != "" && !strings.Contains(text, s) {
			text = strings.TrimSpace(text + "\n\n" + s)
		}
	}
	return text
}
