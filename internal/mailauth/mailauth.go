// Package mailauth decides from the results of SPF, DKIM and DMARC whether a mail is from the
// address that it names, and reads such results out of Authentication-Results fields (RFC 8601).
package mailauth

import (
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Checks are the results of the checks of one mail, by one server. Results are those of RFC 8601,
// as "pass", in lower case; an empty one means that the check is not named.
type Checks struct {
	DMARC  string
	Author string // the domain of From that DMARC was asked about; empty when it is not named
	SPF    string
	Path   string // the domain of the envelope's sender; for SPF
	DKIM   []Signature
}

// Signature is the result of a DKIM signature.
type Signature struct{ Result, Domain string }

// The states of a sender.
const (
	Authenticated = "authenticated"
	Failed        = "failed"
	Unknown       = "unknown"
)

// Judge returns whether a mail is from an address, with the result that says so. DMARC decides (RFC
// 7489). Without it, a mail is authenticated by SPF or DKIM for the domain of the address or for
// another one of the same organisation. Nothing but DMARC says that a mail is not from its address:
// mail that is passed on breaks SPF.
func Judge(from string, c *Checks) (state, why string) {
	domain := DomainOf(from)
	switch {
	case c.DMARC == "fail":
		return Failed, "dmarc=fail"
	case domain == "":
		return Unknown, ""
	case c.DMARC == "pass" && DomainOf(c.Author) == domain:
		return Authenticated, "dmarc=pass"
	case c.SPF == "pass" && Aligned(domain, c.Path):
		return Authenticated, "spf=pass"
	}
	for _, s := range c.DKIM {
		if s.Result == "pass" && Aligned(domain, s.Domain) {
			return Authenticated, "dkim=pass"
		}
	}
	return Unknown, ""
}

// Aligned reports whether two domains, or the domains of two addresses, are of one organisation:
// the relaxed alignment of DMARC (RFC 7489, section 3.1).
func Aligned(a, b string) bool {
	a, b = DomainOf(a), DomainOf(b)
	if a == "" || b == "" {
		return false
	}
	if a == b {
		return true
	}
	of, err := publicsuffix.EffectiveTLDPlusOne(a)
	if err != nil {
		return false // a is no organisation's: anybody may have a domain below it
	}
	other, err := publicsuffix.EffectiveTLDPlusOne(b)
	return err == nil && of == other
}

// DomainOf returns the domain of an address, or a domain, in lower case ASCII; "" for none.
func DomainOf(s string) string {
	s = s[strings.LastIndexByte(s, '@')+1:]
	s = strings.ToLower(strings.TrimSuffix(strings.Trim(s, " \t<>"), "."))
	if s == "" || strings.HasPrefix(s, "[") || strings.ContainsAny(s, " \t\"();:,") {
		return ""
	}
	if ascii, err := idna.Lookup.ToASCII(s); err == nil {
		return ascii
	}
	return s
}

// SignedBy returns the domain of a DKIM-Signature field (RFC 6376, section 3.5): its tag d.
func SignedBy(field string) string {
	for tag := range strings.SplitSeq(field, ";") {
		if name, value, ok := strings.Cut(tag, "="); ok && strings.TrimSpace(name) == "d" {
			return DomainOf(strings.TrimSpace(value))
		}
	}
	return ""
}
