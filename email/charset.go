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
	case label == "utf-7":
		return decodeUTF7(string(b))
	case bytes.Contains(b, []byte("\x1B$")) && (label == "" || label == "us-ascii" || label == "utf-8"):
		return converted(b, encodingOf("iso-2022-jp"))
	case stateful(label):
	case utf8.Valid(b):
		return string(b)
	case label == "" || label == "us-ascii" || label == "utf-8":
		if label == "utf-8" && fewBroken(b) {
			return strings.ToValidUTF8(string(b), "\uFFFD")
		}
		return converted(b, charmap.Windows1252)
	}
	enc := encodingOf(label)
	if enc == nil {
		enc = charmap.Windows1252
	}
	return converted(b, enc)
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
	label = strings.ReplaceAll(label, "_", "-")
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

var codePage = regexp.MustCompile(`^(?:x-)?(?:cp|windows|win|ms|ibm)-?(\d{3,5})$`)

// encodingOf returns the encoding of a label, or nil.
func encodingOf(label string) encoding.Encoding {
	if len(label) > 60 || label == "" {
		return nil
	}
	if m := codePage.FindStringSubmatch(label); m != nil {
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
