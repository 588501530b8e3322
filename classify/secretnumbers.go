package classify

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// ibanLengths is the length of the IBANs of each country, by the registry of SWIFT.
var ibanLengths = func() map[string]int {
	m := map[string]int{}
	for length, countries := range map[int]string{
		15: "NO", 16: "BE", 18: "DK FI FO GL NL SD FK", 19: "MK SI", 20: "AT BA EE KZ LT LU XK MN", 21: "CH HR LI LV",
		22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ TL SO OM", 24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST",
		26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL SV", 29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
	} {
		for _, c := range strings.Fields(countries) {
			m[c] = length
		}
	}
	return m
}()

var ibanStart = regexp.MustCompile(`(?i)[a-z]{2}[ .-]?\d[ .-]?\d`)

func findIBANs(v *view) {
	for _, m := range ibanStart.FindAllStringIndex(v.text, -1) {
		length := ibanLengths[strings.ToUpper(v.text[m[0]:m[0]+2])]
		if length == 0 || v.wordBefore(m[0]) {
			continue
		}
		chars, end := collect(v.text, m[0], length, alnum)
		if len(chars) == length && !v.wordAfter(end) && mod97(strings.ToUpper(chars)) {
			v.add(m[0], end, KindIBAN)
		}
	}
}

// collect gathers n characters from a position on, across single separators between them (two where
// one is a line end).
func collect(text string, at, n int, allowed func(byte) bool) (chars string, end int) {
	b := make([]byte, 0, n)
	for gap := 0; at < len(text) && len(b) < n; at++ {
		switch c := text[at]; {
		case allowed(c):
			b, end, gap = append(b, c), at+1, 0
		case strings.IndexByte(" .-\t\n\r", c) >= 0 && gap < 2:
			gap++
		default:
			return string(b), end
		}
	}
	return string(b), end
}

func digit(c byte) bool { return '0' <= c && c <= '9' }
func alnum(c byte) bool { return digit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' }

// mod97 checks an IBAN: with its first four characters moved to the end, and letters as 10 to 35,
// its remainder is 1.
func mod97(s string) bool {
	rest := 0
	for _, c := range []byte(s[4:] + s[:4]) {
		if digit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return rest == 1
}

// digitRun is digits in groups. The counts below cut runs that are longer than any number.
var (
	digitRun  = regexp.MustCompile(`\d+(?:[ .\-/_]{1,2}\d+|[ \t]?\n\d+)*`)
	cardWords = regexp.MustCompile(`(?:card|karte|carte|tarjeta|cart[aã]o|carta|kaart|karta|karty|visa|master|amex|pan)\D{0,25}$`)
)

// findCards looks at each group of a run as the start of a card number.
func findCards(v *view) {
	for _, run := range digitRun.FindAllStringIndex(v.text, -1) {
		for at := run[0]; at < run[1]; {
			if end := v.cardAt(at, run); end > 0 {
				v.add(at, end, KindCard)
				at = end
				continue
			}
			for at < run[1] && digit(v.text[at]) {
				at++
			}
			for at < run[1] && !digit(v.text[at]) {
				at++
			}
		}
	}
}

// cardAt returns the end of the card number that starts here, 0 if there is none. A number in one
// piece must have the first digits and the length of a brand, since one in ten order numbers has
// valid check digits by chance.
func (v *view) cardAt(at int, run []int) int {
	if v.wordBefore(at) {
		return 0
	}
	var digits []byte
	grouped := false
	for i := at; i < run[1] && len(digits) <= 19; i++ {
		if !digit(v.text[i]) {
			grouped = true
			continue
		}
		digits = append(digits, v.text[i])
		if n := len(digits); n >= 13 && n <= 19 && (i+1 == len(v.text) || !v.wordAfter(i+1)) && luhn(digits) &&
			(branded(string(digits)) || grouped && inFours(v.text[at:i+1]) || matches(cardWords, v.label(at, 60))) {
			return i + 1
		}
	}
	return 0
}

func luhn(digits []byte) bool {
	sum, zero := 0, true
	for i, c := range digits {
		d := int(c - '0')
		zero = zero && d == 0
		if (len(digits)-i)%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 && !zero
}

// inFours reports whether digits stand in groups of four, the last possibly shorter.
func inFours(s string) bool {
	groups := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	for i, g := range groups {
		if len(g) > 4 || i < len(groups)-1 && len(g) != 4 {
			return false
		}
	}
	return true
}

// branded reports whether a number has the first digits and the length of Visa, Mastercard,
// American Express, Diners, Discover, JCB, UnionPay, Maestro or Mir.
func branded(d string) bool {
	two, n := d[:2], len(d)
	switch {
	case d[0] == '4':
		return n == 13 || n == 16 || n == 19
	case two == "34" || two == "37":
		return n == 15
	case two == "30" || two == "36" || two == "38" || two == "39":
		return n == 14 || n == 16
	case two >= "51" && two <= "55", d[:4] >= "2200" && d[:4] <= "2204", d[:4] >= "2221" && d[:4] <= "2720":
		return n == 16
	case two == "35":
		return n == 16
	}
	return two == "50" && n >= 16 || two >= "56" && two <= "69" && n >= 16
}

var (
	ipv4 = regexp.MustCompile(`\d{1,3}(?:\[?\.\]?\d{1,3}){3}`)
	ipv6 = regexp.MustCompile(`(?i)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:(?:\.\d{1,3}){3})?`)
	// versioned stands before four numbers that are a version and not an address.
	versioned = regexp.MustCompile(`(?:\bv|version|release|build|firmware|driver|\bver\.?|versi[oó]n|vers[aã]o|versione|versie|wersja|updated?(?: to)?|upgraded?(?: to)?|chrome|firefox|edge|\bapp)[ :/=]{0,3}$`)
)

func findIPs(v *view) {
	for _, m := range ipv4.FindAllStringIndex(v.text, -1) {
		a, err := netip.ParseAddr(strings.NewReplacer("[", "", "]", "").Replace(v.text[m[0]:m[1]]))
		if err != nil || ordinary(a) || v.wordBefore(m[0]) || v.wordAfter(m[1]) || dotted(v.text, m) || versioned.MatchString(v.before(m[0], 20)) {
			continue
		}
		v.add(m[0], m[1], KindIP)
	}
	for _, m := range ipv6.FindAllStringIndex(v.text, -1) {
		text := v.text[m[0]:m[1]]
		if strings.HasSuffix(text, ":") && !strings.HasSuffix(text, "::") {
			text = text[:len(text)-1] // an address at the end of a clause
		}
		a, err := netip.ParseAddr(text)
		if err != nil || ordinary(a) || v.wordBefore(m[0]) || v.wordAfter(m[0]+len(text)) || !strings.ContainsAny(text, "0123456789") {
			continue
		}
		v.add(m[0], m[0]+len(text), KindIP)
	}
}

// ordinary reports whether an address exists on every machine.
func ordinary(a netip.Addr) bool {
	return a.IsLoopback() || a.IsUnspecified() || a == netip.AddrFrom4([4]byte{255, 255, 255, 255})
}

// dotted reports whether a match is part of a longer row of numbers.
func dotted(text string, m []int) bool {
	return m[0] > 1 && text[m[0]-1] == '.' && digit(text[m[0]-2]) || m[1]+1 < len(text) && text[m[1]] == '.' && digit(text[m[1]+1])
}

// dateOrTime finds dates, times and time stamps, which are no telephone numbers.
var dateOrTime = regexp.MustCompile(`\b\d{4}[-./]\d{1,2}[-./]\d{1,2}\b|\b\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})\b|\b\d{1,2}:\d{2}(?::\d{2})?\b|\b(?:19|20)\d\d ?- ?(?:19|20)\d\d\b`)

// phoneRun is a possible telephone number. phoneWords stand before one, otherNumber before a number
// of another kind, and amount after one.
var (
	phoneRun    = regexp.MustCompile(`(?:\+|\(\+|\b00)?[ ]?\(?\d[\d ().\-/]{4,28}\d`)
	phoneWords  = regexp.MustCompile(`(?:phone|\btel\b|t[eé]l\.|telefon|\bt[eé]l[eé]?f?|mobil|\bcell|celular|cellulare|m[oó]vil|portable|\bfax|handy|rufnummer|whatsapp|signal|\bcall(?: me| us)?(?: back)?|\bring me|\btext me|\breach me|anrufen|zur[uü]ckrufen|erreichbar|appele[rz]|ll[aá]m[ae]|\bligue|chiama|kom[oó]rk|numer tel|zadzwo|telem[oó]vel|\btelefone|\bgsm|\bbel (?:me|mij|ons)|\bbellen|\bsms|\bmy number|contact number|meine nummer|mi n[uú]mero|mon num[eé]ro|mio numero|mijn nummer|meu n[uú]mero|moj numer|телефон|мобильн|позвон|звони|电话|電話|手机|手機|携帯|هاتف|جوال|전화|휴대폰|फ\x{93c}?ोन|मोबाइल)[^\d\n]{0,22}$`)
	otherNumber = regexp.MustCompile(`(?:order|bestell|invoice|rechnung|factura|facture|fattura|fatura|faktur|ticket|case|\bref|reference|\bid|\bsku|serial|serie|tracking|parcel|sendung|version|build|error|code|fehler|account|konto|customer|kunden|pedido|commande|encomenda|ordine|zam[oó]wien|article|artikel|product|model|policy|contract|vertrag|part|isbn|ean|vat|amount|total|invoice no|bytes|line|port|pid|#)[^\d\n+]{0,14}$`)
	amount      = regexp.MustCompile(`(?i)^ ?(?:[€$£¥%]|eur\b|usd\b|gbp\b|chf\b|pln\b|brl\b|bytes\b|kb\b|mb\b|ms\b|rows\b|users\b|items\b|,\d)`)
	// national are numbers without a country code in common forms: trunk zero and groups, North
	// America, Brazil, Spain and Poland in threes, and mobile numbers in one piece.
	national = regexp.MustCompile(`^(?:\(?0[1-9]\d{0,4}\)?[ .\-/]{1,3}\d[\d .\-/]{3,12}\d|\(0\d{1,5}\)[ ]?\d[\d .\-/]{3,12}\d|\([2-9]\d\d\)[ .-]?\d{3}[ .-]\d{4}|(?:1[ .-])?[2-9]\d\d-[2-9]\d\d-\d{4}|(?:1[ .-])?[2-9]\d\d\.[2-9]\d\d\.\d{4}|(?:1 )?[2-9]\d\d [2-9]\d\d \d{4}|` +
		`\(?[1-9]\d\)?[ ]?9\d{4}-\d{4}|[5-9]\d\d([ -])\d{3}[ -]\d{3}|0(?:1[567]\d{8,9}|7\d{9}|[67]\d{8}))$`)
)

// findPhones finds numbers in French grouping first: a run may join one with a number beside it.
func findPhones(v *view) {
	var found [][]int
	for _, m := range pairsIn.FindAllStringIndex(v.text, -1) {
		row := m[0] > 0 && strings.IndexByte("-./", v.text[m[0]-1]) >= 0 || m[1]+1 < len(v.text) && strings.IndexByte("-./", v.text[m[1]]) >= 0 && digit(v.text[m[1]+1])
		if !row && v.phone(m[0], m[1]) {
			found = append(found, m)
		}
	}
	for _, run := range phoneRun.FindAllStringIndex(v.text, -1) {
		start, end := run[0], run[1]
		first := strings.TrimLeft(v.text[start:end], " (")
		international := strings.HasPrefix(first, "+") || strings.HasPrefix(first, "00")
		for len(found) > 0 && found[0][0] < end {
			if found[0][0] >= start && !international {
				v.phonesIn(start, found[0][0])
				start = found[0][1]
			}
			found = found[1:]
		}
		v.phonesIn(start, end)
	}
}

// phonesIn searches a run. A run with too many digits holds several numbers; it takes the longest
// telephone number that begins and ends at a space.
func (v *view) phonesIn(start, end int) {
	for start < end {
		if v.text[start] == ' ' {
			start++
			continue
		}
		if v.phone(start, end) || digits(v.text[start:end]) <= 15 {
			return
		}
		stop := end
		for stop > start && !(v.text[stop-1] == ' ' && v.phone(start, stop-1)) {
			stop--
		}
		if stop == start { // no number begins here
			space := strings.IndexByte(v.text[start:end], ' ')
			if space < 0 {
				return
			}
			stop = start + space
		}
		start = stop
	}
}

func digits(s string) (n int) {
	for _, c := range []byte(s) {
		if digit(c) {
			n++
		}
	}
	return n
}

// phone adds the text between start and end if it is a telephone number.
func (v *view) phone(start, end int) bool {
	text := v.text[start:end]
	n := digits(text)
	if v.wordBefore(start) || v.wordAfter(end) || n < 6 {
		return false
	}
	before, after := v.label(start, 40), v.after(end, 8)
	international := strings.HasPrefix(strings.TrimPrefix(text, "("), "+") || strings.HasPrefix(text, "00") && len(text) > 2 && text[2] != '0'
	word, no := indexOf(phoneWords, before), indexOf(otherNumber, before)
	if no >= 0 && word >= 0 && (word > no || before[no] == '#') {
		no = -1 // the nearer word decides the kind of number
	}
	switch {
	case pairs.MatchString(text) && no < 0: // before dates, which look like its beginning
	case international && n >= 8 && n <= 17 && (text[0] != '0' || n >= 11 && no < 0):
	case n > 15 || v.isDate(start, end) || amount.MatchString(after) || no >= 0:
		return false
	case word >= 0:
	case n >= 8 && national.MatchString(text) && !plainDecimal.MatchString(text):
	default:
		return false
	}
	v.add(start, end, KindPhone)
	return true
}

// label returns up to n bytes of the line before a number, from the last digit before it on. It is
// empty without a letter or a number sign, as between the groups of a long row of numbers.
func (v *view) label(at, n int) string {
	s := v.before(at, n)
	s = s[strings.LastIndexAny(s, "0123456789")+1:]
	if !strings.ContainsFunc(s, func(r rune) bool { return r == '#' || unicode.IsLetter(r) }) {
		return ""
	}
	return s
}

func matches(form *regexp.Regexp, s string) bool { return s != "" && form.MatchString(s) }

// indexOf returns where a match begins, -1 where there is none.
func indexOf(form *regexp.Regexp, s string) int {
	if s == "" {
		return -1
	}
	if m := form.FindStringIndex(s); m != nil {
		return m[0]
	}
	return -1
}

// pairs is a number in French grouping, and pairsIn finds one.
var (
	pairs   = regexp.MustCompile(`^0[1-9](?:[ .-]\d\d){4}$`)
	pairsIn = regexp.MustCompile(`\b0[1-9](?:[ .-]\d\d){4}\b`)
)

// plainDecimal is one number with a point in it.
var plainDecimal = regexp.MustCompile(`^\d+\.\d+$`)

// isDate reports whether a date or time overlaps a part of the view.
func (v *view) isDate(start, end int) bool {
	i, _ := slices.BinarySearchFunc(v.dates, start, func(d []int, at int) int {
		if d[1] <= at {
			return -1
		}
		return 1
	})
	return i < len(v.dates) && v.dates[i][0] < end
}
