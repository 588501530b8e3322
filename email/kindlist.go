package email

import (
	"slices"
	"strings"

	boxes "github.com/helpdesk-go/helpdesk/internal/mailbox"
)

// mostLists is the greatest number of names of lists that are kept of a mail.
const mostLists = 20

// listNames returns the names of the lists that passed the mail on, in lower case: their addresses,
// and their ids (RFC 2919). Google Groups, Microsoft 365 and mailman write them differently.
func (m *message) listNames() (names []string) {
	add := func(s string) {
		s = strings.Trim(strings.ToLower(s), "<> \t\"'")
		if s != "" && len(s) <= longestAddress && !strings.ContainsAny(s, " \t<>") && !slices.Contains(names, s) && len(names) < mostLists {
			names = append(names, s)
		}
	}
	for _, v := range m.header["List-Id"] {
		v = decodeField(v, m.charset)
		if at := strings.LastIndexByte(v, '<'); at >= 0 {
			v, _, _ = strings.Cut(v[at+1:], ">")
		} else if f := strings.Fields(v); len(f) > 0 {
			v = f[len(f)-1]
		}
		add(v)
	}
	for _, v := range m.header["List-Post"] {
		for f := range strings.FieldsFuncSeq(v, func(r rune) bool { return strings.ContainsRune("<>, \t", r) }) {
			if address, ok := cutFold(f, "mailto:"); ok {
				address, _, _ = strings.Cut(address, "?")
				add(cleanAddress(address))
			}
		}
	}
	for _, key := range []string{"Mailing-List", "X-Mailing-List", "X-Beenthere", "X-Ml-Address"} {
		for _, v := range m.header[key] {
			v, _, _ = strings.Cut(decodeField(v, m.charset), ";") // "list support@...; contact owner@..."
			add(bareAddress(v))
		}
	}
	for _, v := range m.header["Delivered-To"] { // "mailing list support@..."
		if address, ok := cutFold(v, "mailing list "); ok {
			add(cleanAddress(address))
		}
	}
	for _, key := range []string{"Mailing-List", "X-Mailing-List", "X-Ml-Name", "X-Mlserver"} {
		if len(names) == 0 {
			add(strings.ReplaceAll(firstRunes(decodeField(first(m.header, key), m.charset), 100), " ", "-"))
		}
	}
	return names
}

func cutFold(s, prefix string) (rest string, ok bool) {
	if s = strings.TrimSpace(s); len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// list returns the field that names a mailing list, or "".
func (m *message) list() string {
	for _, key := range []string{"List-Id", "Mailing-List", "X-Mailing-List", "X-Ml-Name", "X-Mlserver", "X-Beenthere", "List-Post"} {
		if v := decodeField(first(m.header, key), m.charset); v != "" {
			return key + ": " + firstRunes(v, 100)
		}
	}
	if len(m.lists) > 0 {
		return "a mailing list: " + m.lists[0]
	}
	return ""
}

// original returns the writer of a mail whose From field a list has replaced by its own address, as
// lists do when the writer's domain forbids others to send (DMARC). Lists name the writer in
// X-Original-From or Reply-To, Google Groups also in X-Original-Sender, mailman in X-MailFrom.
func (m *message) original(s senders) (a mailbox) {
	if len(m.lists) == 0 || s.writer.email == "" || !boxes.IsList(m.lists, s.writer.email) {
		return mailbox{}
	}
	person := func(a mailbox) bool {
		return a.email != "" && !boxes.IsList(m.lists, a.email) && automaticMailbox(a.email) == ""
	}
	if a = m.mailbox("X-Original-From"); !person(a) {
		a = mailbox{}
		for _, b := range s.replyTo {
			if person(b) {
				a = b
				break
			}
		}
	}
	for _, key := range []string{"X-Original-Sender", "X-Mailfrom"} {
		if a.email == "" && person(m.mailbox(key)) {
			a = m.mailbox(key)
		}
	}
	if a.email != "" && a.name == "" {
		name, _, via := strings.Cut(s.writer.name, " via ") // "Kim Lee via Support"
		if via {
			a.name = strings.Trim(name, `"' `)
		}
	}
	return a
}
