package striptoken

import (
	"strings"
	"unicode/utf8"
)

// entities are the named entities of HTML that may stand within a token or before it.
var entities = map[string]rune{
	"shy": 0xad, "zerowidthspace": 0x200b, "zwnj": 0x200c, "zwj": 0x200d, "nobreak": 0x2060, "lrm": 0x200e, "rlm": 0x200f,
	"hyphen": '-', "dash": '-', "ndash": '-', "minus": '-', "plus": '+', "commat": '@', "equals": '=', "quest": '?', "sol": '/', "colon": ':', "period": '.', "percnt": '%',
	"newline": '\n',
}

// longestEntity is the length of the longest name.
const longestEntity = 14

// decode returns the first character of a text that starts with & or %, and its length. One that
// was encoded several times is decoded as often.
func decode(s string) (rune, int) {
	if s[0] == '%' {
		return percent(s)
	}
	at := 1
	for len(s) > at+4 && strings.EqualFold(s[at:at+4], "amp;") {
		at += 4
	}
	if at < len(s) && s[at] == '#' {
		if r, end := number(s, at+1); r > 0 {
			return r, end
		}
	}
	for end := at; end < min(len(s), at+longestEntity+1); end++ {
		if s[end] == ';' {
			if r, ok := entities[strings.ToLower(s[at:end])]; ok {
				return r, end + 1
			}
			break
		}
		if !letter(s[end]) {
			break
		}
	}
	return '&', at
}

// decoded returns a text with its characters decoded.
func decoded(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '&' || r == '%' {
			r, size = decode(s[i:])
		}
		out.WriteRune(r)
		i += size
	}
	return out.String()
}

// number reads the number of an entity, without its sign. HTML does without the semicolon, too.
func number(s string, at int) (r rune, end int) {
	base := rune(10)
	if at < len(s) && s[at]|0x20 == 'x' {
		base, at = 16, at+1
	}
	end = at
	for ; end < len(s); end++ {
		d := hexDigit(s[end])
		if d < 0 || d >= base || r > utf8.MaxRune {
			break
		}
		r = r*base + d
	}
	if r > utf8.MaxRune {
		return 0, end
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	return r, end
}

// percent reads a character in the encoding of URLs. Its bytes are those of UTF-8.
func percent(s string) (rune, int) {
	var b [utf8.UTFMax]byte
	at := 0
	for n := range b {
		c, end := percentByte(s, at)
		if end < 0 {
			break
		}
		b[n], at = c, end
		if utf8.FullRune(b[:n+1]) {
			if r, _ := utf8.DecodeRune(b[:n+1]); r != utf8.RuneError {
				return r, at
			}
			break
		}
	}
	return '%', 1
}

// percentByte reads one byte, or returns an end of -1. "%25" is a percent sign, so "%2576" is
// "%76".
func percentByte(s string, at int) (b byte, end int) {
	if at >= len(s) || s[at] != '%' {
		return 0, -1
	}
	at++
	for at+4 <= len(s) && s[at:at+2] == "25" && hexDigit(s[at+2]) >= 0 && hexDigit(s[at+3]) >= 0 {
		at += 2
	}
	if at+2 > len(s) || hexDigit(s[at]) < 0 || hexDigit(s[at+1]) < 0 {
		return 0, -1
	}
	return byte(hexDigit(s[at])<<4 | hexDigit(s[at+1])), at + 2
}

func hexDigit(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	}
	return -1
}
