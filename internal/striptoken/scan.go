package striptoken

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanner finds the tokens of a text while it reads the text once. It looks at the characters that
// a person sees: an entity or a percent sign with two digits is one character, and a break within
// a word is none. A token is known by its end, so no character is read again for each place where
// a token might begin.
type scanner struct {
	s         string
	fronts    []string  // the ends of the fronts, without equals signs
	frontEnds [256]bool // their last bytes
	found     []span    // in order, without overlaps

	now    *row // the characters being read
	around *row // the characters around the tag being read
	quoted bool // a value of the tag has begun with a quote
	tagEnd int  // the index of the > that ends it, or -1 outside of tags

	nextEnd int  // the index of the first > from a place that was searched before
	openTag bool // a tag near the end of the text may end behind it
	apart   int  // the last place seen that divides no token and no address
	steps   int  // bytes looked at; a test counts them
}

type span struct{ from, to int }

// row is the last characters of a text or of a tag.
type row struct {
	n     int           // characters so far
	chars [history]byte // the last of them, in lower case; 0 stands for those beyond ASCII
	at    [history]int  // where each begins

	alike    int // how many characters of the alphabet end the row
	start    int // where a token begins that has its hyphen
	missing  int // characters that its reference lacks behind the hyphen; 0 without such a token
	behind   int // where a token begins behind a front
	unsigned int // characters that its signature lacks; 0 without such a token
	tail     int // characters that may follow its signature
}

// A row holds a token and the end of a front. frontEnd is how much of a front must stand before a
// token.
const (
	history  = 128
	frontEnd = 40
	longTag  = 4096
)

func newScanner(s string, fronts []string) *scanner {
	x := &scanner{s: s, now: &row{}, around: &row{}, tagEnd: -1, nextEnd: -1}
	for _, f := range fronts {
		f = strings.ReplaceAll(strings.ToLower(decoded(f)), "=", "")
		if f != "" {
			x.fronts, x.frontEnds[f[len(f)-1]] = append(x.fronts, f[max(0, len(f)-frontEnd):]), true
		}
	}
	return x
}

func (x *scanner) scan() {
	for i := 0; i < len(x.s); {
		x.steps++
		if x.tagEnd >= 0 && i >= x.tagEnd {
			i = max(i, x.tagEnd+1)
			if x.quoted { // an attribute goes on
				x.tagEnd = x.endAfter(i)
				continue
			}
			x.now, x.around, x.tagEnd = x.around, x.now, -1
			continue
		}
		c := x.s[i]
		switch c {
		case '=', ' ', '\t', '\r', '\n':
			i = x.blanks(i)
		case '<':
			i = x.tag(i)
		case '&', '%':
			r, size := decode(x.s[i:])
			x.steps += size
			x.char(r, i, i+size)
			i += size
		default:
			if class[c] == inToken && x.now.idle() {
				i = x.word(i)
				continue
			}
			if c >= utf8.RuneSelf {
				r, size := utf8.DecodeRuneInString(x.s[i:])
				x.char(r, i, i+size)
				i += size
				continue
			}
			x.plain(lower[c], i, i+1)
			if !addressByte[c] {
				x.quoted = x.quoted != (c == '"')
				x.divide(i)
			}
			i++
		}
	}
}

// blanks reads blanks and equals signs. The end of a line with the blanks and the equals sign
// before it, and the marks of a quotation behind it, are a break.
func (x *scanner) blanks(i int) int {
	end := i
	for end < len(x.s) && strings.IndexByte("= \t\r", x.s[end]) >= 0 {
		end++
	}
	x.steps += end - i
	if end < len(x.s) && x.s[end] == '\n' {
		if strings.IndexByte(x.s[i:end], '=') < 0 {
			x.now.tail = 0 // the reference of a host has no form, so the next line may be no part of it
		}
		for end < len(x.s) && strings.IndexByte("\n\r\t >|", x.s[end]) >= 0 {
			end++
			x.steps++
		}
		return end
	}
	for ; i < end; i++ {
		if x.s[i] == '=' {
			x.now.end() // not kept: it may be the sign of a front, or that of a divided line
			continue
		}
		x.plain(' ', i, i+1)
		if end < len(x.s) { // else the end of the line may follow
			x.divide(i)
		}
	}
	if x.s[end-1] == '=' && end+2 <= len(x.s) && strings.EqualFold(x.s[end:end+2], "3d") {
		end += 2 // an equals sign in quoted-printable
	}
	return end
}

// tag reads a < and, if it begins a tag, makes the characters of the tag a row of their own.
func (x *scanner) tag(i int) int {
	if i+1 == len(x.s) {
		x.openTag = true
	} else if x.tagEnd < 0 && (letter(x.s[i+1]) || strings.IndexByte("/!?", x.s[i+1]) >= 0) {
		x.endAfter(i)
		n := strings.IndexByte(x.s[i+1:x.nextEnd], '<')
		if n < 0 {
			n = x.nextEnd - i
		}
		x.steps += n
		if x.nextEnd < len(x.s) && i+n == x.nextEnd {
			x.now.tail = 0 // as at the end of a line
			x.now, x.around, x.tagEnd = x.around, x.now, x.nextEnd
			x.now.end()
			x.now.n, x.quoted = 0, false
			return i + 1
		}
		x.openTag = x.openTag || x.nextEnd == len(x.s) && len(x.s)-i < longTag
	}
	x.plain('<', i, i+1)
	x.divide(i)
	return i + 1
}

// endAfter returns the index of the first > from i on, or the length of the text.
func (x *scanner) endAfter(i int) int {
	if x.nextEnd < i {
		x.nextEnd = len(x.s)
		if n := strings.IndexByte(x.s[i:], '>'); n >= 0 {
			x.nextEnd = i + n
		}
		x.steps += x.nextEnd - i
	}
	return x.nextEnd
}

// divide notes that the text may be divided before the character at i.
func (x *scanner) divide(i int) {
	if x.tagEnd < 0 && !x.openTag {
		x.apart = i
	}
}

// char takes a character that may be one of many: a break, a hyphen, or a wide form.
func (x *scanner) char(r rune, from, to int) {
	switch {
	case r == 0x00ad, r == 0x034f, r == 0x180e, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f,
		r >= 0xfe00 && r <= 0xfe0f, r == 0xfeff, r == '\n', r == '\r':
		return
	case r >= 0x2010 && r <= 0x2015, r == 0x2212, r == 0xfe58, r == 0xfe63:
		r = '-'
	case r >= 0xff01 && r <= 0xff5e:
		r -= 0xfee0
	case r == 0x212a: // the Kelvin sign, which is a k in lower case
		r = 'k'
	}
	switch {
	case r == '=':
		x.now.end()
	case r < utf8.RuneSelf:
		x.plain(lower[r], from, to)
	default:
		x.now.other(unicode.IsLetter(r) || unicode.IsDigit(r), x, to)
		x.now.keep(0, from)
	}
}

// word reads characters of the alphabet up to one that is none. No token has begun, except that one
// without a front may begin at each.
func (x *scanner) word(i int) int {
	t := x.now
	begin, n := i, t.n
	for ; i < len(x.s); i++ {
		c := x.s[i]
		if class[c] != inToken {
			break
		}
		c |= 'a' - 'A' // which leaves digits as they are
		if purpose[c] && x.frontEnds[t.chars[(n-1)&(history-1)]] {
			t.n, t.alike = n, t.alike+i-begin
			x.steps += i - begin
			x.plain(c, i, i+1)
			return i + 1
		}
		t.chars[n&(history-1)], t.at[n&(history-1)] = c, i
		n++
	}
	t.n, t.alike = n, t.alike+i-begin
	x.steps += i - begin
	return i
}

// plain takes a character of ASCII in lower case.
func (x *scanner) plain(c byte, from, to int) {
	t := x.now
	switch {
	case class[c] == inToken:
		t.alike++
		if t.unsigned == 0 && t.tail == 0 && purpose[c] && x.behindFront() {
			t.behind, t.unsigned = from, signatureChars+1
		}
		if t.missing > 0 {
			if t.missing--; t.missing == 0 {
				x.add(t.start, to)
			}
		}
		switch {
		case t.unsigned > 0:
			if t.unsigned--; t.unsigned == 0 {
				x.add(t.behind, to)
				t.tail = ratingClaims + maxRef
			}
		case t.tail > 0:
			t.tail--
			x.add(t.behind, to)
		}
	case c == '-':
		alike := t.alike
		t.other(true, x, to)
		for _, claims := range []int{ratingClaims, viewClaims, 0} {
			n := claims + signatureChars + refHalf + 1
			if alike >= n && purpose[t.chars[(t.n-n)&(history-1)]] {
				t.start, t.missing = t.at[(t.n-n)&(history-1)], refHalf
				break
			}
		}
	default:
		t.other(letter(c), x, to)
	}
	t.keep(c, from)
}

// other takes a character that is in no signature. It may be in the reference of a host.
func (t *row) other(inRef bool, x *scanner, to int) {
	if t.tail > 0 && inRef {
		t.tail--
		x.add(t.behind, to)
	} else {
		t.tail = 0
	}
	t.alike, t.missing, t.unsigned = 0, 0, 0
}

// end ends the tokens that the row may hold.
func (t *row) end() { t.alike, t.missing, t.unsigned, t.tail = 0, 0, 0, 0 }

// idle reports whether no token of the row lacks characters.
func (t *row) idle() bool { return t.missing|t.unsigned|t.tail == 0 }

func (t *row) keep(c byte, from int) {
	t.chars[t.n&(history-1)], t.at[t.n&(history-1)] = c, from
	t.n++
}

// behindFront reports whether the row ends with a front.
func (x *scanner) behindFront() bool {
	t := x.now
	for _, f := range x.fronts {
		if len(f) > t.n {
			continue
		}
		i := len(f)
		for i > 0 && t.chars[(t.n-len(f)+i-1)&(history-1)] == f[i-1] {
			i--
			x.steps++
		}
		if i == 0 {
			return true
		}
	}
	return false
}

// add adds a token. It takes the place of those within it.
func (x *scanner) add(from, to int) {
	for len(x.found) > 0 && x.found[len(x.found)-1].from >= from {
		x.found = x.found[:len(x.found)-1]
	}
	x.found = append(x.found, span{from, to})
}

// cut returns a place in the second half of the text that divides no token, or the end of the text
// when there is none, as in a text of breaks alone.
func (x *scanner) cut() int {
	if x.apart > len(x.s)/2 {
		return x.apart
	}
	t := x.now
	if x.tagEnd >= 0 {
		t = x.around
	}
	at := 0
	if t.n >= history {
		at = t.at[t.n&(history-1)]
	}
	if at < len(x.s)/2 {
		return len(x.s)
	}
	for _, f := range x.found {
		if f.from < at && at < f.to {
			at = f.to
		}
	}
	return at
}

// inToken is the class of the characters of a signature or a reference, in either case.
const inToken = 1

// lower is each byte of ASCII in lower case. purpose says which begin a token.
var (
	lower   [utf8.RuneSelf]byte
	class   [256]byte
	purpose [256]bool
)

func init() {
	for b := range lower {
		lower[b] = byte(unicode.ToLower(rune(b)))
	}
	for _, b := range []byte(alphabet + strings.ToUpper(alphabet)) {
		class[b] = inToken
	}
	for _, b := range []byte(purposes) {
		purpose[b] = true
	}
}

func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
