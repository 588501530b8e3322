package email

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// message is a parsed mail, from Parse or Compose. Its meaning is decided here and in kind.go,
// bounce.go.
type message struct {
	header   mail.Header
	limits   Limits
	charset  string // for header fields that name none
	typ      string
	params   map[string]string
	text     body
	status   []report // delivery reports and the like
	returned []string // messages within it, or their headers
	files    []attached
	problem  string
	remark   string // for agents, beside the text
	events   []event
	lists    []string // that passed it on: see [message.listNames]
}

// report is a part for machines.
type report struct{ typ, text string }

func (m *message) incoming() *helpdesk.Incoming {
	if m.typ == "" {
		m.typ, m.params = parseParams(first(m.header, "Content-Type"), m.charset)
	}
	in := &helpdesk.Incoming{
		MessageID:  msgID(first(m.header, "Message-Id")),
		InReplyTo:  msgIDs(m.header["In-Reply-To"]),
		References: msgIDs(m.header["References"]),
		Subject:    decodeField(first(m.header, "Subject"), m.charset),
		HTML:       m.text.html,
		SentAt:     sentAt(first(m.header, "Date")),
		Problem:    m.problem,
		Remark:     m.remark,
	}
	for _, v := range m.header["X-Loop"] {
		if v = decodeField(v, m.charset); v != "" {
			in.Loops = append(in.Loops, v)
		}
	}
	if m.setText(in); len(m.events) > 0 {
		in.Full, in.Text = m.withEvents(in.Full), m.withEvents(in.Text)
		if in.Opening != "" {
			in.Opening = m.withEvents(in.Opening)
		}
	}
	in.Files = m.inline()
	m.lists = m.listNames()
	s := m.senders()
	in.From, in.ReplyTo = s.contact()
	in.Recipients, in.Cc = m.recipients(), m.copied(in.From.Email)
	m.decide(in, s)
	m.identify(in, s)
	return in
}

// texts returns all of a message as plain text, and what its writer wrote: as an answer to another
// message, and as the first of a conversation.
func (t body) texts() (full, answer string, first func() string) {
	if t.html != "" && (blank(t.plain) || isStub(t.plain)) {
		lines := htmlLines(t.html)
		if full = strings.TrimRight(textOf(lines), " \t\n"); !blank(full) {
			return full, visibleOf(lines, parted), func() string { return visibleOf(lines, openingOf) }
		}
	}
	if blank(t.plain) {
		return "", "", nil
	}
	full = strings.TrimRight(t.plain, " \t\n")
	answer, _ = Visible(full)
	return full, answer, func() string { return opening(full) }
}

// setText sets the texts. A mail answers another if it names it or its subject says so. A
// provider's fields without a header are read as an answer.
func (m *message) setText(in *helpdesk.Incoming) {
	full, answer, first := m.text.texts()
	in.Full, in.Text = full, answer
	if len(answer) == len(strings.TrimSpace(full)) {
		return // nothing is hidden
	}
	begins := len(m.header["From"]) > 0 && !m.answers(in) && !isReply(in.Subject)
	if begins || isForward(in.Subject) || hasForward(full) {
		if in.Opening = first(); in.Opening == answer {
			in.Opening = ""
		}
	}
}

// isStub reports whether a plain text only says that the mail is HTML.
func isStub(s string) bool {
	if len(s) > 500 {
		return false
	}
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	if !strings.Contains(s, "html") {
		return false
	}
	for _, phrase := range []string{
		"not support html", "n't support html", "unable to display html", "cannot display html", "can't show html", "can't display html",
		"cannot show html", "not display html", "html-capable", "html capable", "html compatible", "html-compatible", "html enabled", "html-enabled",
		"html version", "view this message in html", "html email", "html mail", "html e-mail", "html message", "html-nachricht", "html-format",
		"format html", "formato html", "in html",
	} {
		if strings.Contains(s, phrase) {
			return len(s) < 200 || strings.Contains(s, "support") || strings.Contains(s, "view") || strings.Contains(s, "display")
		}
	}
	return false
}

// inline returns the files, and marks those that the HTML shows.
func (m *message) inline() (files []helpdesk.File) {
	shown := contentIDs(m.text.html)
	for _, f := range m.files {
		f.Inline = f.ContentID != "" && !f.beside && shown[strings.ToLower(f.ContentID)]
		files = append(files, f.File)
	}
	return files
}

// contentIDs returns the ids that an HTML text refers to by the scheme cid (RFC 2392), in lower
// case.
func contentIDs(doc string) map[string]bool {
	ids := map[string]bool{}
	for len(ids) < 1000 {
		i := indexFold(doc, "cid:")
		if i < 0 {
			break
		}
		doc = doc[i+4:]
		end := strings.IndexAny(doc[:min(len(doc), longestID)], "\"'<> \t\r\n)")
		if end < 0 {
			continue
		}
		id := doc[:end]
		ids[strings.ToLower(id)] = true
		if un, err := url.PathUnescape(id); err == nil {
			ids[strings.ToLower(un)] = true
		}
	}
	return ids
}

// indexFold is strings.Index for a word of lower case letters, ignoring the case of the text.
func indexFold(s, word string) int {
	for i := 0; ; {
		j := strings.IndexByte(s[i:], word[len(word)-1])
		if j < 0 {
			return -1
		}
		i += j + 1
		if i >= len(word) && strings.EqualFold(s[i-len(word):i], word) {
			return i - len(word)
		}
	}
}

// recipients returns all recipient addresses in the header.
func (m *message) recipients() (list []string) {
	for _, key := range []string{"To", "Cc", "Bcc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To",
		"X-Forwarded-To", "Resent-To", "Resent-Cc", "Apparently-To"} {
		for _, v := range m.header[key] {
			for _, a := range parseAddresses(v, m.charset, m.limits.MaxAddresses) {
				if a.email != "" && !slices.Contains(list, a.email) {
					list = append(list, a.email)
				}
				if len(list) >= m.limits.MaxAddresses {
					return list
				}
			}
		}
	}
	return list
}

// copied returns whom the writer wrote to, beside the writer.
func (m *message) copied(writer string) (list []helpdesk.Contact) {
	for _, key := range []string{"To", "Cc"} {
		for _, v := range m.header[key] {
			for _, a := range parseAddresses(v, m.charset, m.limits.MaxAddresses) {
				if a.email == "" || a.email == writer || slices.ContainsFunc(list, func(c helpdesk.Contact) bool { return c.Email == a.email }) {
					continue
				}
				if len(list) == m.limits.MaxAddresses {
					return list
				}
				list = append(list, helpdesk.Contact{Name: a.name, Email: a.email})
			}
		}
	}
	return list
}

var dateLayouts = []string{
	"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05", "2 Jan 06 15:04:05 -0700", "2 Jan 2006 15:04 -0700", "2 Jan 06 15:04 -0700",
	"Jan 2 15:04:05 2006", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", time.RFC3339,
}

// sentAt returns a Date field in UTC, or zero. A date without a zone is read as UTC.
func sentAt(value string) time.Time {
	value, _ = cutComments(value[:min(len(value), 200)])
	value = strings.Join(strings.Fields(value), " ")
	if t, err := mail.ParseDate(value); err == nil {
		return t.UTC()
	}
	if day, rest, ok := strings.Cut(value, " "); ok && len(day) <= 10 && strings.Trim(day, ",.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		value = rest
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, value); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
