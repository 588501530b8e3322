// Package safereply decides what a suggested reply may hold. A reply comes from a model, which may
// invent a link or be talked into one by the text of a ticket. A customer must never get such a
// link.
package safereply

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// Allowed reports whether a suggested reply leads only where own texts lead. Every link, mail
// address, IP address, bare domain and number of seven or more digits in the reply must stand,
// whole, in one of the own texts. A model may invent such a thing, or a hostile ticket may talk the
// model into it, and it must not reach a customer. Allowed rather refuses a harmless reply than
// lets a harmful one pass.
//
// A word with a dot in it is a domain when its last label is a country code or one of
// domainEndings. So "report.csv", "node.js", "e.g.", "v2.1" and "Mr.Smith" are not domains. Some
// endings belong to domains and to files, such as zip, mov, md, py and sh. They count as domains,
// because a lost reply costs less than a harmful one. A long number is a telephone number unless it
// is a date.
func Allowed(response string, own ...string) bool {
	links, numbers := leads(response)
	if len(links)+len(numbers) == 0 {
		return true
	}
	allowed := map[string]bool{}
	for _, text := range own {
		l, n := leads(text)
		for _, link := range l {
			allowed[link] = true
		}
		for _, run := range n {
			for _, part := range parts(run) {
				allowed[part] = true
			}
		}
	}
	return !slices.ContainsFunc(links, func(l string) bool { return !allowed[l] }) &&
		!slices.ContainsFunc(numbers, func(run []string) bool { return !numberAllowed(run, allowed) })
}

// numberAllowed reports whether a run of digits is one allowed number or a row of allowed numbers.
func numberAllowed(run []string, allowed map[string]bool) bool {
	return allowed[strings.Join(run, "")] ||
		!slices.ContainsFunc(run, func(group string) bool { return len(group) < leastDigits || !allowed[group] })
}

// A number of fewer than leastDigits digits leads nowhere. Telephone numbers have at most 15 digits
// (ITU-T E.164), some other numbers a few more.
const (
	leastDigits = 7
	mostDigits  = 24
)

// parts returns the numbers that a run may be read as: each one or more neighbouring groups joined.
func parts(run []string) []string {
	var list []string
	for i := range run {
		number := ""
		for _, group := range run[i:] {
			if number += group; len(number) > mostDigits && number != group {
				break
			}
			if len(number) >= leastDigits {
				list = append(list, number)
			}
		}
	}
	return list
}

// lead finds whatever a mail program, browser or telephone may make clickable in a plain text. The
// counts bound the text before each required sign, so that a hostile text cannot make it read the
// same bytes again and again.
var lead = regexp.MustCompile(`\b(?:bc1[a-z0-9]{25,60}|0x[0-9a-f]{40})\b` + // wallets
	`|(?:^|[\s("'])@[a-z][a-z0-9_]{3,}` + // names in messengers
	`|[a-z][a-z0-9+.-]{1,30}:/+[^\s<>"'()\[\]{}|]+` + // any scheme; one letter would be a drive
	`|\b(?:mailto|tel|sms|javascript|vbscript|data|callto|skype|whatsapp|sips?|xmpp|facetime|geo|intent|market|magnet|bitcoin):[^\s<>"'()\[\]{}|]+` +
	`|[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*` +
	`|\d{1,3}(?:\.\d{1,3}){3}\b(?:[:/?#][^\s<>"'()\[\]{}|]*)?` +
	`|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}\b` + // IPv6, or a time
	`|//[\p{L}\p{N}_.-]+[^\s<>"'()\[\]{}|]*` + // without a scheme, and the names of shares
	`|[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.(?:\p{L}{2,}|xn--[a-z0-9-]+)\.?(?::\d+)?(?:[/?#][^\s<>"'()\[\]{}|]*)?`)

// leads returns the links and addresses of a text, in canonical form, and its long numbers as
// groups of digits.
func leads(s string) (links []string, numbers [][]string) {
	for _, text := range readings(joinLetters(s)) {
		for _, m := range lead.FindAllString(text, -1) {
			if l := canonical(m); l != "" {
				links = append(links, l)
			}
		}
		for _, m := range number.FindAllStringIndex(text, -1) {
			if before := text[max(0, m[0]-2):m[0]]; before == "0x" || before == "kb" {
				continue // an error code, an article of a knowledge base
			}
			for _, run := range strings.Split(dates.ReplaceAllString(text[m[0]:m[1]], "|"), "|") {
				groups := strings.FieldsFunc(run, func(r rune) bool { return r < '0' || r > '9' })
				if digits := strings.Join(groups, ""); len(digits) >= leastDigits {
					numbers = append(numbers, groups)
				}
			}
		}
	}
	return links, numbers
}

var (
	number = regexp.MustCompile(`\d(?:[()./ \t+_-]{0,4}\d){6,}`)
	dates  = regexp.MustCompile(`\b(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])\b|` +
		`\b(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:19|20)\d\d\b|\b(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d\b`)
)

// canonical returns the form in which two matches are compared, or "" for a match that leads
// nowhere.
func canonical(m string) string {
	m = strings.Trim(m, " \t\n(\"'")
	m = strings.TrimRight(m, ".,;:!?*_~`&=-/")
	if len(m) >= 28 && !strings.ContainsFunc(m, notWord) {
		return m // a wallet
	}
	if rest, ok := strings.CutPrefix(m, "hxxp"); ok {
		m = "http" + rest
	}
	host, _, path := strings.Cut(m, "/")
	switch scheme, number, ok := strings.Cut(m, ":"); {
	case ok && (scheme == "tel" || scheme == "sms" || scheme == "callto") && len(strings.Trim(number, "+0123456789-.")) == 0:
		return "" // found as a number
	case strings.ContainsAny(host, "@:") && !path && strings.Count(m, ":") > 1 && !strings.Contains(m, "@"):
		if a, err := netip.ParseAddr(m); err == nil {
			return a.String()
		}
		return "" // a time
	case ok, strings.HasPrefix(m, "//"), strings.Contains(m, "@"):
		return m
	}
	host, _, _ = strings.Cut(host, "?")
	host, _, _ = strings.Cut(host, "#")
	if _, err := netip.ParseAddr(host); err == nil {
		return m
	}
	_, rest, _ := strings.Cut(host, ".")
	if host == "asp.net" || host == "vb.net" || !slices.ContainsFunc(strings.Split(rest, "."), domainEnding) {
		return "" // an ending in the middle counts: some programs make a link of the part before the next dot
	}
	return m
}
