package email

import (
	"strconv"
	"strings"

	"github.com/jhillyerd/enmime/v2/mediatype"
)

// longestParams is how much of a Content-Type or Content-Disposition is read.
const longestParams = 16 << 10

// parseParams reads a Content-Type or Content-Disposition: its value in lower case, and its
// parameters, decoded. It mends errors of mailers, mostly through enmime, and returns "" for a
// value beyond mending.
func parseParams(value, charset string) (string, map[string]string) {
	value = fieldText(value[:min(len(value), longestParams)], charset)
	extended := map[string]string{}
	if strings.Contains(value, "*") {
		value, extended = cutExtended(value, charset)
	}
	typ, params, _, err := mediatype.Parse(value)
	if err != nil {
		typ, _, _ = strings.Cut(value, ";")
		params = nil
	}
	if params == nil {
		params = map[string]string{}
	}
	for k, v := range params {
		params[k] = decodeField(v, charset)
	}
	for k, v := range extended {
		params[k] = v
	}
	if typ = strings.ToLower(strings.TrimSpace(typ)); len(typ) > 127 || strings.ContainsAny(typ, " \t\"',<>()") {
		typ = ""
	}
	return typ, params
}

// cutExtended removes the parameters of RFC 2231 (name*=, name*0=, name*0*=) from a value and
// decodes them, in any charset; enmime and the standard library know two.
func cutExtended(value, charset string) (rest string, params map[string]string) {
	type piece struct {
		text    string
		encoded bool
	}
	pieces := map[string]map[int]piece{}
	var kept []string
	for i, p := range splitOutside(value, ';') {
		key, text, ok := strings.Cut(p, "=")
		name, suffix, starred := strings.Cut(strings.ToLower(strings.TrimSpace(key)), "*")
		suffix, encoded := strings.CutSuffix(suffix, "*")
		n, err := strconv.Atoi(suffix)
		if suffix == "" {
			n, err, encoded = 0, nil, true
		}
		if i == 0 || !ok || !starred || err != nil || n < 0 || n > 999 || name == "" {
			kept = append(kept, p)
			continue
		}
		if pieces[name] == nil {
			pieces[name] = map[int]piece{}
		}
		pieces[name][n] = piece{unquote(text), encoded}
	}
	params = map[string]string{}
	for name, list := range pieces {
		var b []byte
		label := charset
		for n := 0; ; n++ {
			p, ok := list[n]
			if !ok {
				break
			}
			if n == 0 && p.encoded {
				if parts := strings.SplitN(p.text, "'", 3); len(parts) == 3 {
					label, p.text = parts[0], parts[2]
				}
			}
			if p.encoded {
				p.text = percent(p.text)
			}
			b = append(b, p.text...)
		}
		if v := decodeField(decodeText(b, label), ""); v != "" {
			params[name] = v
		}
	}
	return strings.Join(kept, ";"), params
}

// splitOutside splits at separators outside of double quotes.
func splitOutside(s string, sep byte) (parts []string) {
	start, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == sep && !quoted:
			parts = append(parts, s[start:i])
			start = i + 1
		}
	}
	return append(parts, s[start:])
}

// unquote removes the quotes of a quoted string (RFC 5322, 3.2.4).
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	s = s[1 : len(s)-1]
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// percent decodes %XX; an invalid percent sign stays.
func percent(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && hexDigit(s[i+1]) < 16 && hexDigit(s[i+2]) < 16 {
			b.WriteByte(hexDigit(s[i+1])<<4 | hexDigit(s[i+2]))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
