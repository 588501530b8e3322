package helpdesk

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// linkRemoved stands in kept texts where a token of a desk stood.
const linkRemoved = "[link removed]"

// withoutTokens returns s with each address that holds a token of a desk replaced by linkRemoved. A
// customer quotes the mails of the desk, and whoever reads the token can act as that customer.
// Tokens are known by their form, so those of other tenants and those that ended go too. A token
// whose reference has another form than the desk's own is known only behind an address of the desk.
// A line break or a quote mark may stand within a token. The result is never longer than s.
func (d *Desk) withoutTokens(s string) string {
	if d.cfg.Mail == nil || len(s) < 1+signatureChars {
		return s
	}
	var out strings.Builder
	fronts, done := d.tokenFronts(), 0
	for i := 0; i < len(s); i++ {
		if !strings.ContainsRune("crvCRV", rune(s[i])) {
			continue
		}
		end := tokenEnd(s, i, fronts)
		if end < 0 {
			continue
		}
		begin := i
		for begin > done && inAddress(s[begin-1]) {
			begin--
		}
		for end < len(s) && inAddress(s[end]) {
			end++
		}
		out.WriteString(s[done:begin])
		out.WriteString(linkRemoved)
		done, i = end, end-1
	}
	out.WriteString(s[done:])
	return out.String()
}

// tokenFronts returns the texts that stand before a token in the desk's addresses, in lower case.
func (d *Desk) tokenFronts() []string {
	var fronts []string
	if local, _, ok := strings.Cut(d.mailbox(), "@"); ok {
		fronts = append(fronts, local+"+", local+"%2b", local+"&#43;")
	}
	const mark = "0token0"
	for _, url := range []func(TenantID, string) string{d.cfg.Mail.RateURL, d.cfg.Mail.TicketURL} {
		if url == nil {
			continue
		}
		if front, _, ok := strings.Cut(url(d.tenant, mark), mark); ok && front != "" {
			fronts = append(fronts, strings.ToLower(front))
		}
	}
	return fronts
}

// tokenEnd returns the end of the token that starts at s[i], or -1 when none does.
func tokenEnd(s string, i int, fronts []string) int {
	end := run(s, i+1, signatureChars)
	if end < 0 {
		return -1
	}
	if half := run(s, end, refHalf); half >= 0 {
		if dash := skipDash(s, skipBreak(s, half)); dash >= 0 {
			if whole := run(s, dash, refHalf); whole >= 0 {
				return whole
			}
		}
	}
	for _, front := range fronts {
		if at := i - len(front); at >= 0 && strings.EqualFold(s[at:i], front) {
			for n := 0; n < maxRef; n++ {
				r, size := utf8.DecodeRuneInString(s[end:])
				if r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
					break
				}
				end += size
			}
			return end
		}
	}
	return -1
}

const refHalf = 4 // characters on each side of the hyphen in a reference of newRef

// run returns the end of n characters of a token from s[i], or -1. Breaks may stand before each.
func run(s string, i, n int) int {
	for ; n > 0; n-- {
		if i = skipBreak(s, i); i >= len(s) || strings.IndexByte(crockford, s[i]&^lowerBit(s[i])) < 0 {
			return -1
		}
		i++
	}
	return i
}

// lowerBit is the bit that makes an ASCII letter lower case; 0 for other bytes.
func lowerBit(b byte) byte {
	if 'a' <= b && b <= 'z' {
		return 'a' - 'A'
	}
	return 0
}

// breaks are the texts by which programs break a long word within its line.
var breaks = []string{"\u00ad", "\u200b", "&shy;", "&#173;", "&#8203;", "<wbr>", "<wbr/>", "<wbr />"}

// skipBreak returns the index behind the breaks at s[i]. Behind the end of a line it skips the marks
// of a quotation too.
func skipBreak(s string, i int) int {
	for _, b := range breaks {
		if strings.HasPrefix(s[i:], b) {
			return skipBreak(s, i+len(b))
		}
	}
	rest := strings.TrimLeft(s[i:min(len(s), i+maxBreak)], "= \t\r")
	if !strings.HasPrefix(rest, "\n") {
		return i
	}
	at := min(len(s), i+maxBreak) - len(rest)
	tail := s[at:min(len(s), at+maxBreak)]
	return at + len(tail) - len(strings.TrimLeft(tail, "\n\r\t >|"))
}

const maxBreak = 40 // bytes before the end of a line, and behind it

func skipDash(s string, i int) int {
	for _, dash := range []string{"-", "%2d", "%2D", "&#45;", "&#x2d;", "&#x2D;"} {
		if strings.HasPrefix(s[i:], dash) {
			return i + len(dash)
		}
	}
	return -1
}

// inAddress reports whether b may stand in an address around a token. Quotes and angle brackets end
// an address in HTML. Letters beyond ASCII may be words that stand beside it.
func inAddress(b byte) bool {
	return ' ' < b && b < utf8.RuneSelf && !strings.ContainsRune("<>\"'()[]{}|`,;", rune(b))
}
