package email

import (
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// forwardOf reads the message that a mail forwards: the headers that mail programs write above it,
// in any of their languages, and its text. It returns nil when there is none, or when it names no
// sender with an address.
func forwardOf(subject, full, charset string) *helpdesk.Forward {
	if !isForward(subject) {
		return nil
	}
	lines := split(full)
	unquoteAll(lines)
	for i := range lines {
		end := headersEnd(lines, i)
		if end <= i {
			continue
		}
		for i > 0 { // Thunderbird's begin with the subject
			if kind, _ := header(lines[i-1].low); kind == noHeader {
				break
			}
			i--
		}
		f := &helpdesk.Forward{}
		for _, l := range lines[i:end] {
			kind, _ := header(l.low)
			_, value, ok := cutHeader(l.seen)
			switch {
			case !ok:
			case kind == fromKind && f.From.Email == "":
				if list := parseAddresses(strings.NewReplacer("[mailto:", "<", "]", ">").Replace(value), charset, 2); len(list) == 1 {
					f.From = helpdesk.Contact{Name: list[0].name, Email: list[0].email}
				}
			case kind == subjectKind && f.Subject == "":
				f.Subject = strings.Trim(value, "* ")
			}
		}
		if f.From.Email == "" {
			return nil
		}
		own := i
		for own > 0 && (lines[own-1].kind == blankLine || isTitle(lines[own-1].low)) {
			own--
		}
		f.Note, f.Text = plain(lines[:own]), plain(lines[end:])
		return f
	}
	return nil
}

func isTitle(low string) bool {
	title := strings.Trim(low, "-_*=~>— :：")
	return forwardWords[title] || originalWords[title] || title == "" || headersInOne(low)
}

// cutHeader cuts a line at its first colon.
func cutHeader(s string) (name, value string, ok bool) {
	at, size := strings.IndexByte(s, ':'), 1
	if wide := strings.Index(s, "："); wide >= 0 && (at < 0 || wide < at) {
		at, size = wide, len("：")
	}
	if at < 0 {
		return "", "", false
	}
	return s[:at], strings.TrimSpace(strings.TrimLeft(s[at+size:], "* ")), true
}

// unquoteAll takes the ">" off the lines below the title of a forwarded message that is quoted, as
// Apple Mail does.
func unquoteAll(lines []line) {
	first := slices.IndexFunc(lines, func(l line) bool { return l.kind == quoteLine })
	if first < 0 {
		return
	}
	for i := first; i < len(lines); i++ {
		if inner, ok := unquoteLine(lines[i]); ok && lines[i].kind == quoteLine {
			lines[i] = inner
		}
	}
}

// plain is the text of lines.
func plain(lines []line) string {
	var all []string
	for _, l := range lines {
		all = append(all, l.raw)
	}
	return strings.TrimRight(strings.TrimLeft(strings.Join(all, "\n"), "\n\r"), " \t\r\n")
}
