package email

import (
	"net/mail"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/mailauth"
)

// identify fills in whose words the mail holds: what says whether it is from the address in From,
// what makes that address doubtful, and the message that it forwards.
func (m *message) identify(in *helpdesk.Incoming, s senders) {
	in.Relayed = s.from.email != s.writer.email
	in.Doubt = m.doubt(s.writer.email)
	in.Forward = forwardOf(in.Subject, in.Full, m.charset)
	fields := m.header["Authentication-Results"]
	for _, field := range fields[:min(len(fields), mostResults)] {
		if server, checks, ok := mailauth.Parse(field); ok {
			in.Results = append(in.Results, resultOf(server, s.writer.email, checks))
		} else {
			// It stays in its place: the server's next field is not its last word.
			id, _, _ := strings.Cut(field, ";")
			in.Results = append(in.Results, helpdesk.SenderResult{Server: strings.ToLower(firstRunes(strings.TrimSpace(id), 255)), State: helpdesk.SenderUnknown})
		}
	}
}

// mostResults is the most Authentication-Results fields that are read.
const mostResults = 50

func resultOf(server, from string, c *mailauth.Checks) helpdesk.SenderResult {
	state, why := mailauth.Judge(from, c)
	return helpdesk.SenderResult{Server: firstRunes(server, 255), State: helpdesk.SenderState(state), Reason: why}
}

// doubt says why From does not name one person, whoever reads it; "" when it does. Programs differ
// in which of several addresses they take for the writer's: one checks the first, another shows the
// last.
func (m *message) doubt(writer string) string {
	var all []string
	for _, v := range m.header["From"] {
		v = fieldText(v, m.charset)
		plain, group := plainFrom(v)
		if group {
			return "its From field names a group"
		}
		for _, a := range parseAddresses(v, m.charset, 20) {
			all = append(all, a.email)
		}
		for _, word := range strings.FieldsFunc(plain, func(r rune) bool { return strings.ContainsRune(" \t<>,;", r) }) {
			all = append(all, cleanAddress(word))
		}
		// A reader that is strict may see another address.
		if list, err := mail.ParseAddressList(v); err == nil {
			for _, a := range list {
				all = append(all, cleanAddress(a.Address))
				if cleanAddress(a.Address) == "" {
					return "its From field can be read in two ways"
				}
			}
		}
	}
	if slices.ContainsFunc(all, func(a string) bool { return a != "" && a != writer }) {
		return "its From field names several addresses"
	}
	return ""
}

// plainFrom returns a field without its comments and quoted texts. group reports whether it names a
// group (RFC 5322, section 3.4): a colon outside an address.
func plainFrom(v string) (plain string, group bool) {
	v, _ = cutComments(v)
	var b strings.Builder
	quoted, angle := false, false
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
			b.WriteByte(' ')
		case quoted:
		case c == '<':
			angle = true
			b.WriteByte(' ')
		case c == '>':
			angle = false
			b.WriteByte(' ')
		case c == ':' && !angle && !strings.HasSuffix(strings.ToLower(b.String()), "mailto"):
			group = true
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), group
}
