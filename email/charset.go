package email

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decodeText returns bytes as text. It does not trust label, the charset that the mail names. Valid
// UTF-8 beyond ASCII is UTF-8, since text in another charset hardly ever is valid. Text labelled
// UTF-8 that is invalid is in the Windows charset of western Europe, unless only a few characters
// are broken.
func decodeText(b []byte, label string) string {
	label = charsetLabel(label)
	// In other charsets the bytes of a mark are letters.
	wide := label == "" || strings.HasPrefix(label, "utf") || label == "unicode"
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		b, label = b[3:], "utf-8"
	case wide && bytes.HasPrefix(b, []byte("\xFF\xFE")):
		b, label = b[2:], "utf-16le"
	case wide && bytes.HasPrefix(b, []byte("\xFE\xFF")):
		b, label = b[2:], "utf-16be"
	}
	switch {
	case label == "utf-7" && !high(b):
		return decodeUTF7(string(b))
	case bytes.Contains(b, []byte("\x1B$")) && (label == "" || label == "us-ascii" || label == "utf-8"):
		return converted(b, encodingOf("iso-2022-jp"))
	case bytes.IndexByte(b, 0x0E) >= 0 && strings.HasPrefix(label, "iso-2022-") && eightBit[label] != "":
		return converted(unshifted(b), encodingOf(eightBit[label]))
	case stateful(label) && !mislabelled(b, label):
	case utf8.Valid(b):
		return string(b)
	case label == "" || label == "us-ascii" || label == "utf-8":
		if label == "utf-8" && fewBroken(b) {
			return strings.ToValidUTF8(string(b), "\uFFFD")
		}
		return converted(b, charmap.Windows1252)
	}
	if named := eightBit[label]; named != "" && mislabelled(b, label) {
		label = named
	}
	enc := encodingOf(label)
	if enc == nil {
		enc = charmap.Windows1252
	}
	return converted(b, enc)
}

// eightBit are the charsets that programs label as the stateful ones of the same language.
var eightBit = map[string]string{"iso-2022-jp": "shift_jis", "iso-2022-kr": "euc-kr", "iso-2022-cn": "gb18030", "hz-gb-2312": "gb18030"}

// mislabelled reports whether bytes cannot be in a charset that uses those of ASCII for other
// characters: the 7-bit ones have no bytes beyond ASCII, and in UTF-16 each space has a zero.
func mislabelled(b []byte, label string) bool {
	switch {
	case strings.HasPrefix(label, "iso-2022"), strings.HasPrefix(label, "hz"):
		return high(b) && !bytes.Contains(b, []byte("\x1B$"))
	case strings.HasPrefix(label, "utf-16"), strings.HasPrefix(label, "utf-32"), strings.HasPrefix(label, "ucs-"):
		return bytes.IndexByte(b, 0) < 0 && utf8.Valid(b)
	}
	return false
}

// unshifted turns the shifts of ISO-2022-KR (RFC 1557) and ISO-2022-CN (RFC 1922) into the high bit
// of the 8-bit charset with the same characters.
func unshifted(b []byte) []byte {
	out, shift := make([]byte, 0, len(b)), byte(0)
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == 0x1B && i+3 < len(b) && b[i+1] == '$':
			i += 3 // the name of the characters that SO shifts to
		case c == 0x0E:
			shift = 0x80
		case c == 0x0F:
			shift = 0
		case c == '\n':
			shift = 0
			out = append(out, c)
		default:
			if c > ' ' {
				c |= shift
			}
			out = append(out, c)
		}
	}
	return out
}

// high reports whether there are bytes beyond ASCII.
func high(b []byte) bool {
	return bytes.ContainsFunc(b, func(r rune) bool { return r >= utf8.RuneSelf })
}

// stateful reports whether a charset uses the bytes of ASCII for other characters.
func stateful(label string) bool {
	return strings.HasPrefix(label, "iso-2022") || strings.HasPrefix(label, "hz") || strings.HasPrefix(label, "utf-16") ||
		strings.HasPrefix(label, "utf-32") || strings.HasPrefix(label, "ucs-") || strings.Contains(label, "ebcdic")
}

// fewBroken reports whether most characters beyond ASCII are valid UTF-8.
func fewBroken(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			good++
		}
		b = b[n:]
	}
	return good >= 3*bad
}

func converted(b []byte, enc encoding.Encoding) string {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}

// charsetLabel mends common misspellings of charsets by mailers, such as "charset=utf-8", "UTF8"
// and "x-cp932".
func charsetLabel(label string) string {
	label = strings.ToLower(strings.Trim(label, " \t\r\n\"'`;,"))
	if i := strings.LastIndexByte(label, '='); i >= 0 {
		label = strings.Trim(label[i+1:], " \"'")
	}
	label, _, _ = strings.Cut(label, "*") // RFC 2231: a language
	label, _, _ = strings.Cut(label, ":") // a year: iso_8859-1:1987
	label = strings.ReplaceAll(label, "_", "-")
	if named, ok := misspelled[label]; ok {
		return named
	}
	switch {
	case label == "utf8" || label == "utf-8mb4" || label == "utf8mb4" || label == "x-utf-8" || label == "unicode-1-1-utf-8":
		return "utf-8"
	case label == "ascii" || label == "us" || label == "ansi-x3.4-1968" || label == "7bit" || label == "us-ascii-7-bit":
		return "us-ascii"
	case strings.HasSuffix(label, "utf-7") || label == "utf7":
		return "utf-7"
	case strings.HasPrefix(label, "iso-2022-jp"):
		return "iso-2022-jp"
	}
	return label
}

// misspelled are labels of mailers that neither the table of the WHATWG nor that of the IANA has,
// with hyphens for underscores.
var misspelled = map[string]string{
	"ks-c-5601-1987": "euc-kr", "ks-c-5601": "euc-kr", "ks-c-5601-1989": "euc-kr", "ksc5601": "euc-kr", "ksc-5601": "euc-kr", "ks-x-1001": "euc-kr", "ks-x-1001:1992": "euc-kr",
	"ksc5601-1987": "euc-kr", "kcs5601": "euc-kr", "euckr": "euc-kr", "euc-kr-windows": "euc-kr", "uhc": "euc-kr", "x-windows-949": "euc-kr", "csksc56011987": "euc-kr",
	"gb2312-80": "gb18030", "gb-2312-80": "gb18030", "gb-2312": "gb18030", "gb": "gb18030", "gb231280": "gb18030", "x-gbk": "gb18030", "chinesesimplified": "gb18030", "euc-cn": "gb18030",
	"euccn": "gb18030", "cn-gb": "gb18030", "gb18030-2000": "gb18030", "gb18030-2005": "gb18030", "gb-18030": "gb18030", "gbk2312": "gb18030", "iso-ir-58": "gb18030", "csgb2312": "gb18030",
	"big5-hkscs": "big5", "big5hkscs": "big5", "big-5": "big5", "cn-big5": "big5", "x-x-big5": "big5", "big5-eten": "big5", "x-big5": "big5", "eten-b5": "big5", "chinesebig5": "big5",
	"shift-jis": "shift_jis", "shiftjis": "shift_jis", "shift": "shift_jis", "sjis": "shift_jis", "x-sjis": "shift_jis", "s-jis": "shift_jis", "ms-kanji": "shift_jis", "windows-31j": "shift_jis",
	"sjis-win": "shift_jis", "cp932-win": "shift_jis", "x-ms-cp932": "shift_jis", "mskanji": "shift_jis", "cswindows31j": "shift_jis",
	"eucjp": "euc-jp", "x-euc-jp": "euc-jp", "x-euc": "euc-jp", "eucjp-ms": "euc-jp", "ujis": "euc-jp", "eucjp-win": "euc-jp", "cp51932": "euc-jp",
	"jis": "iso-2022-jp", "jis7": "iso-2022-jp", "iso2022jp": "iso-2022-jp", "iso2022-jp": "iso-2022-jp", "iso-2022jp": "iso-2022-jp", "csiso2022jp": "iso-2022-jp", "cp50220": "iso-2022-jp",
	"cp50221": "iso-2022-jp", "cp50222": "iso-2022-jp", "x-iso-2022-jp": "iso-2022-jp", "iso2022kr": "iso-2022-kr", "cp50225": "iso-2022-kr",
	"koi8r": "koi8-r", "koi": "koi8-r", "koi8": "koi8-r", "koi-8-r": "koi8-r", "koi8-ru": "koi8-u", "koi8u": "koi8-u", "x-koi8-r": "koi8-r",
	"latin1": "windows-1252", "latin-1": "windows-1252", "l1": "windows-1252", "iso-latin-1": "windows-1252", "iso8859": "windows-1252", "iso-8859": "windows-1252", "iso": "windows-1252", "8859-1": "windows-1252",
	"ansi": "windows-1252", "8bit": "windows-1252", "x-ansi": "windows-1252", "west": "windows-1252", "latin9": "iso-8859-15", "latin-9": "iso-8859-15", "latin2": "iso-8859-2", "latin-2": "iso-8859-2",
	"iso-8859-8-i": "iso-8859-8", "iso8859-8i": "iso-8859-8", "visual": "iso-8859-8", "logical": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "hebrew": "iso-8859-8", "iso-8859-6-i": "iso-8859-6", "arabic": "iso-8859-6",
	"tis620": "windows-874", "tis-620": "windows-874", "iso-8859-11": "windows-874", "iso8859-11": "windows-874", "dos-874": "windows-874", "thai": "windows-874", "greek": "iso-8859-7", "cyrillic": "iso-8859-5",
	"mac": "macintosh", "macroman": "macintosh", "x-mac-roman": "macintosh", "x-macroman": "macintosh", "apple-macintosh": "macintosh", "mac-cyrillic": "x-mac-cyrillic", "x-mac-ukrainian": "x-mac-cyrillic",
	"win1251": "windows-1251", "1251": "windows-1251", "1252": "windows-1252", "1250": "windows-1250", "cp-1251": "windows-1251", "windows1251": "windows-1251", "utf": "utf-8", "utf-": "utf-8", "utf 8": "utf-8", "utf-8-sig": "utf-8", "utf8n": "utf-8",
	"uft-8": "utf-8", "uft8": "utf-8", "utf-08": "utf-8", "unicode-utf-8": "utf-8", "utf8-strict": "utf-8", "cp65001": "utf-8", "cesu-8": "utf-8", "unicode-1-1-utf-7": "utf-7", "cp65000": "utf-7", "cp-850": "cp850", "cp1200": "utf-16le", "ucs-2": "utf-16be", "ucs2": "utf-16be", "iso-10646-ucs-2": "utf-16be", "utf16": "utf-16", "unicodefffe": "utf-16be",
}

var codePage = regexp.MustCompile(`^(?:x-)?(?:cp|windows|win|ms|ibm)-?(\d{3,5})$`)

// encodingOf returns the encoding of a label, or nil.
func encodingOf(label string) encoding.Encoding {
	if len(label) > 60 || label == "" {
		return nil
	}
	if _, err := htmlindex.Get(label); err == nil {
		// The table of the WHATWG has it.
	} else if m := codePage.FindStringSubmatch(label); m != nil {
		switch n := m[1]; {
		case n == "932" || n == "943":
			label = "shift_jis"
		case n == "936" || n == "1386":
			label = "gbk"
		case n == "949":
			label = "euc-kr"
		case n == "950":
			label = "big5"
		case n == "65001":
			return unicode.UTF8
		case len(n) == 4 && strings.HasPrefix(n, "125"):
			label = "windows-" + n
		default:
			label = "ibm" + n
		}
	}
	switch label {
	case "utf-32", "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	}
	for _, l := range []string{label, strings.ReplaceAll(label, "-", "_"), strings.ReplaceAll(label, "iso", "iso-"), "iso-" + label} {
		if l == "gb2312" || l == "gbk" {
			l = "gb18030" // contains both
		}
		if enc, err := htmlindex.Get(l); err == nil && enc != encoding.Replacement {
			return enc
		}
		if enc, err := ianaindex.MIME.Encoding(l); err == nil && enc != nil {
			return enc
		}
		if enc, err := ianaindex.IANA.Encoding(l); err == nil && enc != nil {
			return enc
		}
	}
	return nil
}

// decodeUTF7 decodes UTF-7 (RFC 2152). Invalid parts stay as they are.
func decodeUTF7(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '+')
		if i < 0 {
			b.WriteString(s)
			return strings.ToValidUTF8(b.String(), "\uFFFD")
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		n := 0
		for n < len(s) && base64Value[s[n]] < 64 {
			n++
		}
		digits := n
		if digits%4 == 1 {
			digits-- // six bits are less than a byte
		}
		raw, err := base64.RawStdEncoding.DecodeString(s[:digits])
		switch {
		case n == 0:
			b.WriteByte('+')
		case err != nil:
			b.WriteString("+" + s[:n])
		default:
			units := make([]uint16, len(raw)/2)
			for i := range units {
				units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
			}
			b.WriteString(string(utf16.Decode(units)))
		}
		if s = s[n:]; strings.HasPrefix(s, "-") {
			s = s[1:]
		}
	}
}

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?([a-z0-9_:.-]{2,40})`)

// htmlCharset returns the charset that an HTML document names itself, or "".
func htmlCharset(b []byte) string {
	if m := metaCharset.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}
