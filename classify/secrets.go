package classify

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The kinds of secrets that Secrets finds. A Find of a host may have others.
const (
	KindEmail    = "EMAIL"
	KindPhone    = "PHONE"
	KindIBAN     = "IBAN"
	KindCard     = "CARD"
	KindIP       = "IP"
	KindKey      = "KEY"      // a token, a private key, or a long text that looks random
	KindPassword = "PASSWORD" // also a PIN, a one-time code or the check digits of a card
	KindID       = "ID"       // a number of a person, such as that of a passport or for taxes
	KindBank     = "BANK"     // a sort code, the number of a bank account, or the address of a wallet
	KindBirth    = "BIRTH"    // a date of birth
	KindAddress  = "ADDRESS"  // a street with its number, or a postal code with its town
	KindName     = "NAME"     // a name of the customer; Secrets does not know it
	KindNumber   = "NUMBER"   // any other number of another ticket; Secrets does not look for it
)

// Secret is a part of a text that should not leave the house.
type Secret struct {
	Start, End int    // in bytes, End exclusive
	Kind       string // names its placeholder: letters A to Z
}

// Secrets finds the secrets of a text, in order and without overlaps: mail addresses, telephone
// numbers, IBANs (by their check digits, ISO 13616), payment cards (by theirs, ISO/IEC 7812), IP
// addresses, keys and tokens in known forms or of random characters, credentials within URLs, and
// words after a word for a password in sixteen languages, PINs and one-time codes after theirs,
// seed phrases of wallets, numbers of persons (by their check digits, their form or the word
// before), dates of birth after their word, sort codes, bank accounts and wallets, and street
// addresses. docs/triage.md has a table with
// examples and with what it misses. It recognises them in full-width characters, in digits of other
// scripts and among invisible characters. It leaves order numbers, dates, prices and versions alone
// as far as it can tell them apart.
func Secrets(text string) []Secret {
	v := viewOf(text)
	v.dates = dateOrTime.FindAllStringIndex(v.text, -1)
	for _, find := range []func(*view){findKeys, findURLs, findPasswords, findForeignPasswords, findCodes, findSeeds, findEmails, findIBANs, findCards,
		findIDs, findBirths, findBank, findIPs, findPhones, findAddresses} {
		find(v)
	}
	for i, s := range v.found {
		v.found[i].Start, v.found[i].End = v.starts[s.Start], v.ends[s.End-1]
	}
	return tidy(v.found, text)
}

// tidy sorts secrets, joins overlapping ones under the kind of the first, widens them to whole
// characters, and drops those outside of the text.
func tidy(found []Secret, text string) []Secret {
	type ranked struct {
		Secret
		rank int
	}
	var all []ranked
	for i, s := range found {
		if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
			continue
		}
		for s.Start > 0 && !utf8.RuneStart(text[s.Start]) {
			s.Start--
		}
		for s.End < len(text) && !utf8.RuneStart(text[s.End]) {
			s.End++
		}
		all = append(all, ranked{s, i})
	}
	slices.SortFunc(all, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.rank, b.rank)) })
	var joined []ranked
	for _, s := range all {
		if n := len(joined) - 1; n >= 0 && s.Start < joined[n].End {
			joined[n].End = max(joined[n].End, s.End)
			if s.rank < joined[n].rank {
				joined[n].Kind, joined[n].rank = s.Kind, s.rank
			}
			continue
		}
		joined = append(joined, s)
	}
	var list []Secret
	for _, s := range joined {
		list = append(list, s.Secret)
	}
	return list
}

// view is a text as a reader understands it, with positions in the original.
type view struct {
	text         string
	starts, ends []int // of the original character behind each byte of text
	dates        [][]int
	hosts        map[int]bool // positions of the at-sign before the host of a URL
	found        []Secret     // in positions of the view
}

func (v *view) add(start, end int, kind string) {
	if start < end {
		v.found = append(v.found, Secret{start, end, kind})
	}
}

// before returns up to n bytes of the line before a position, in lower case.
func (v *view) before(at, n int) string {
	s := v.text[max(0, at-n):at]
	return strings.ToLower(s[strings.LastIndexByte(s, '\n')+1:])
}

// after returns up to n bytes from a position on.
func (v *view) after(at, n int) string { return v.text[at:min(len(v.text), at+n)] }

// viewOf resolves compatibility characters and digits of other scripts, and drops invisible
// characters.
func viewOf(text string) *view {
	v := &view{hosts: map[int]bool{}, starts: make([]int, 0, len(text)), ends: make([]int, 0, len(text))}
	var b strings.Builder
	b.Grow(len(text))
	for at, r := range text {
		end := at + 1
		switch {
		case r < utf8.RuneSelf:
			if r != '\r' && seen(r) < 0 {
				continue
			}
			b.WriteRune(r)
		default:
			if r == utf8.RuneError {
				_, size := utf8.DecodeRuneInString(text[at:])
				end = at + size
			} else {
				end = at + utf8.RuneLen(r)
			}
			if seen(r) < 0 {
				continue
			}
			for _, c := range norm.NFKC.String(string(r)) {
				if seen(c) >= 0 {
					b.WriteRune(asciiDigit(c))
				}
			}
		}
		for range b.Len() - len(v.starts) {
			v.starts, v.ends = append(v.starts, at), append(v.ends, end)
		}
	}
	v.text = b.String()
	return v
}

// asciiDigit returns the digit 0 to 9 for a decimal digit of another script. Unicode keeps the ten
// of each script together, so a range of the table starts with a zero. Dashes become one dash.
func asciiDigit(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case unicode.Is(unicode.Pd, r), r == '\u2212':
		return '-'
	case !unicode.Is(unicode.Nd, r):
		return r
	}
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}

// wordBefore reports whether the character before a position is a letter or digit. Letters of
// scripts without spaces do not count: a number stands right beside them.
func (v *view) wordBefore(at int) bool {
	r, _ := utf8.DecodeLastRuneInString(v.text[:at])
	return at > 0 && ofWord(r)
}

func (v *view) wordAfter(at int) bool {
	r, _ := utf8.DecodeRuneInString(v.text[at:])
	return at < len(v.text) && ofWord(r)
}

func ofWord(r rune) bool {
	return unicode.IsDigit(r) || unicode.IsLetter(r) &&
		(r < 0x0E00 || !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai))
}

// emails are addresses, plain and in common disguises: with words between underscores, between
// spaces (for both signs then), or within brackets.
var emails = []*regexp.Regexp{
	regexp.MustCompile(`(?i)[\w.+-]{1,64}%40[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}`),
	regexp.MustCompile(`(?i)\b[\p{L}\p{N}.+-]+_at_[\p{L}\p{N}-]+(?:(?:_dot_|\.)[\p{L}\p{N}-]+)+`),
	regexp.MustCompile(`[\p{L}\p{N}][\p{L}\p{N}._%+'-]*[ \t]?@[ \t]?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}[\p{L}\p{N}-]+`),
	regexp.MustCompile(`(?i)[\p{L}\p{N}][\p{L}\p{N}._%+-]*\s{1,3}(?:at|@|arroba|chez|chiocciola)\s{1,3}[\p{L}\p{N}-]+(?:\s{1,3}(?:dot|punkt|point|punto|ponto|punt|kropka)\s{1,3}[\p{L}\p{N}-]+)*\s{1,3}(?:dot|punkt|point|punto|ponto|punt|kropka)\s{1,3}(?:com|net|org|edu|gov|info|biz|de|fr|es|nl|pl|pt|br|ch|uk|eu|io|app|dev|example|test)\b`),
	regexp.MustCompile(`(?i)[\p{L}\p{N}][\p{L}\p{N}._%+-]*(?:\s{0,2}[(\[{<]\s?(?:dot|punkt|point|punto|ponto|\.)\s?[)\]}>]\s{0,2}[\p{L}\p{N}_%+-]+)*\s{0,2}[(\[{<]\s?(?:at|@|ät|arroba|chez)\s?[)\]}>]\s{0,2}[\p{L}\p{N}-]+(?:(?:\.|\s{0,2}[(\[{<]\s?(?:dot|punkt|point|punto|ponto|\.)\s?[)\]}>]\s{0,2}|\s(?:dot|punkt|point|punto|ponto)\s)[\p{L}\p{N}-]+)+`),
}

func findEmails(v *view) {
	for _, form := range emails {
		for _, m := range form.FindAllStringIndex(v.text, -1) {
			if sign := m[0] + strings.IndexByte(v.text[m[0]:m[1]], '@'); !v.hosts[sign] {
				v.add(m[0], m[1], KindEmail)
			}
		}
	}
}

// credentials are a user and password within a URL. secretParameter is a parameter with a secret
// value.
var (
	credentials     = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]{1,20}://([^\s/@:]*:[^\s/@]+)@`)
	secretParameter = regexp.MustCompile(`(?i)[?&#;](?:[\w.-]{0,40}(?:token|secret|signature|password|passwd|pwd|apikey|api_key|api-key|access_key|accesskey|credential|session|sessionid|session_id)|auth|key|sig|sid|jwt|otp|pass|code|x-amz-signature|x-goog-signature)=([^\s&#"'<>)\]]{4,})`)
	curlUser        = regexp.MustCompile(`(?i)\bcurl\b[^\n]{0,200}?\s(?:-u|--user)[ =]["']?[^\s:"']{1,64}:([^\s"']{3,64})`)
	slackHook       = regexp.MustCompile(`(?i)\bhooks\.slack\.com/(?:services|workflows)/([\w/]{8,})`)
)

func findURLs(v *view) {
	for _, m := range credentials.FindAllStringSubmatchIndex(v.text, -1) {
		v.add(m[2], m[3], KindPassword)
		v.hosts[m[3]] = true
	}
	for _, m := range curlUser.FindAllStringSubmatchIndex(v.text, -1) {
		v.add(m[2], m[3], KindPassword)
	}
	for _, form := range []*regexp.Regexp{secretParameter, slackHook} {
		for _, m := range form.FindAllStringSubmatchIndex(v.text, -1) {
			v.add(m[2], m[3], KindKey)
		}
	}
}
