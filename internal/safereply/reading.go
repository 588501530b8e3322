package safereply

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// readings returns the ways a person may read a text, with entities decoded and disguises undone.
// There are several, because a backslash may be part of a path or an invisible sign of Markdown,
// and an entity is one character in HTML and plain letters elsewhere.
func readings(s string) []string {
	texts := []string{s}
	if shown := html.UnescapeString(html.UnescapeString(s)); shown != s {
		texts = append(texts, shown)
	}
	var all []string
	for _, text := range texts {
		text = plain(text)
		paths := undisguise(strings.ReplaceAll(text, `\`, "/"))
		if shown := undisguise(formatting.ReplaceAllString(text, "")); shown != paths {
			all = append(all, shown)
		}
		all = append(all, paths)
	}
	return all
}

// formatting matches the marks of HTML and Markdown that a page does not show.
var formatting = regexp.MustCompile("(?s)<!--.{0,500}?-->|</?(?:a|b|i|u|s|em|strong|span|font|mark|small|big|sub|sup|code|wbr)(?:\\s[^<>]{0,200})?/?>|[\\\\*`]|~~")

// plain drops invisible characters and lowers the rest, and it replaces other Unicode forms of
// ASCII characters by ASCII. golang.org/x/text would do more, but the root package does without
// that module and imports this package.
func plain(s string) string {
	runes := []rune(strings.ToLower(s)) // and again below: mathematical capitals have no lower case
	var b strings.Builder
	for i, r := range runes {
		switch {
		case r == '\n':
		case unicode.In(r, unicode.Cc, unicode.Zs, unicode.Zl, unicode.Zp):
			r = ' '
			if unicode.Is(unicode.Cc, runes[i]) && runes[i] != '\t' && runes[i] != '\r' {
				continue
			}
		case unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
			continue
		case r >= '\uff01' && r <= '\uff5e': // full width
			r -= 0xfee0
		case r == '\u2024', r == '\ufe52', (r == '\u3002' || r == '\uff61') && i > 0 && i+1 < len(runes) && latin(runes[i-1]) && latin(runes[i+1]):
			r = '.' // the ideographic full stop ends sentences elsewhere
		case r == '\u2044', r == '\u2215', r == '\u29f8':
			r = '/'
		case unicode.Is(unicode.Pd, r), r == '\u2212':
			r = '-'
		case r >= 0x1d400 && r <= 0x1d6a3: // mathematical letters, 26 capitals and 26 small ones in each style
			r = 'a' + (r-0x1d400)%26
		case r >= 0x1d7ce && r <= 0x1d7ff:
			r = '0' + (r-0x1d7ce)%10
		case r >= 0x24d0 && r <= 0x24e9: // in circles
			r += 'a' - 0x24d0
		case unicode.Is(unicode.Nd, r) && r > unicode.MaxASCII:
			r = decimal(r)
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

func latin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= '\uff10' && r <= '\uff5a'
}

// decimal returns the ASCII digit for a digit of another script. Unicode keeps the ten digits of a
// script together.
func decimal(r rune) rune {
	zero := r
	for zero > 0 && r-zero < 9 && unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return '0' + r - zero
}

var (
	dotSign = regexp.MustCompile(`\s{0,2}[\[({<]\s?(?:\.|dot|punkt|punto|point|ponto)\s?[\])}>]\s{0,2}`)
	atSign  = regexp.MustCompile(`\s{0,2}[\[({<]\s?(?:@|at|ät|arroba)\s?[\])}>]\s{0,2}`)
	dotWord = regexp.MustCompile(`([\p{L}\p{N}])\s{1,3}(?:dot|punkt|punto|point|ponto|punt|kropka)\s{1,3}(\p{L}{2,})\b`)
	dotFree = regexp.MustCompile(`([\p{L}\p{N}])(?:\s{1,3}\.\s{0,3}|\.\s{1,3})(\p{L}{2,})\b`)
	spelled = func() *regexp.Regexp {
		one := `\b(?:` + strings.Join(digitWords, "|") + `)\b`
		return regexp.MustCompile(one + `(?:[\s,.-]{1,3}` + one + `){6,}`)
	}()
	word = regexp.MustCompile(`\p{L}+`)
)

// lettersApart is a row of single characters with a space between each two.
var lettersApart = regexp.MustCompile(`(?:^|\s)(?:\S[ \t]){8,}\S(?:\s|$)`)

// joinLetters appends to a text the rows of letters written apart in it, without their spaces.
func joinLetters(s string) string {
	var b strings.Builder
	b.WriteString(s)
	for _, row := range lettersApart.FindAllString(s, -1) {
		b.WriteByte('\n')
		b.WriteString(strings.Join(strings.Fields(row), ""))
	}
	return b.String()
}

// undisguise joins the parts of a link that was written apart, as in "evil dot com", and writes
// digits for words such as "seven".
func undisguise(s string) string {
	s = atSign.ReplaceAllString(dotSign.ReplaceAllString(s, "."), "@")
	for _, dot := range []*regexp.Regexp{dotWord, dotFree} { // in turn: a match of one may hide a match of the other
		s = dot.ReplaceAllStringFunc(s, func(m string) string {
			g := dot.FindStringSubmatch(m)
			between := strings.TrimSpace(m[len(g[1]) : len(m)-len(g[2])])
			switch full := between == "."; {
			case full && m[len(g[1])] == '.' && g[2] != "com" && g[2] != "org", // a sentence ends, and the next may begin with "net" or "at"
				domainWords[g[2]] || !domainEnding(g[2]):
				return m
			}
			return g[1] + "." + g[2]
		})
	}
	return spelled.ReplaceAllStringFunc(s, func(m string) string {
		return word.ReplaceAllStringFunc(m, func(w string) string { return digitOf[w] })
	})
}

// digitWords are the words for the digits, and digitOf the digit of each, in English, German,
// French, Spanish, Portuguese, Italian, Dutch and Polish.
var digitWords, digitOf = func() (list []string, digits map[string]string) {
	digits = map[string]string{}
	for d, words := range []string{
		"zero oh null zéro cero nul", "one eins ein un uno um uma een jeden", "two zwei zwo deux dos dois due twee dwa", "three drei trois tres três tre drie trzy",
		"four vier quatre cuatro quatro quattro cztery", "five fünf cinq cinco cinque vijf pięć", "six sechs seis sei zes sześć", "seven sieben sept siete sete sette zeven siedem",
		"eight acht huit ocho oito otto osiem", "nine neun neuf nueve nove negen dziewięć",
	} {
		for _, w := range strings.Fields(words) {
			list, digits[w] = append(list, w), string(rune('0'+d))
		}
	}
	return list, digits
}()
