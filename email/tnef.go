package email

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Outlook puts text and attachments into one part, winmail.dat, when it takes the recipient for an
// Outlook too (MS-OXTNEF). It is a run of attributes: level (1 byte), id (4), length (4), data,
// checksum (2), all little-endian.
const (
	tnefSignature  = 0x223E9F78
	tnefBody       = 0x0002800C
	tnefMessage    = 0x00069003 // MAPI properties of the message
	tnefRenderData = 0x00069002 // begins an attachment
	tnefTitle      = 0x00018010
	tnefData       = 0x0006800F
	tnefAttachment = 0x00069005 // MAPI properties of an attachment
	tnefCodePage   = 0x00069007

	propBody     = 0x1000
	propRTF      = 0x1009
	propHTML     = 0x1013
	propLongName = 0x3707
	propMIMEType = 0x370E
	propCID      = 0x3712

	// longestRTF is how much RTF of a message is read: it holds many marks for little text.
	longestRTF = 8 << 20
)

// tnefFile is an attachment within.
type tnefFile struct {
	name, typ, cid string
	data           []byte
}

// tnef unpacks Outlook's own part. It reports false for an unreadable one, which stays a file.
func (b *builder) tnef(p *part) (body, bool) {
	raw, err := io.ReadAll(b.content(p))
	if err != nil {
		return body{}, false
	}
	t, files, ok := readTNEF(raw, b.limits.MaxParts)
	if !ok || len(files) == 0 && blank(t.plain) && blank(t.html) {
		return body{}, false
	}
	for _, f := range files {
		b.attach(f.name, f.typ, func() io.Reader { return bytes.NewReader(f.data) }, attached{})
		if n := len(b.m.files); n > 0 {
			b.m.files[n-1].ContentID = msgID(f.cid)
		}
	}
	left := max(0, b.limits.MaxText-b.text)
	t.plain, t.html = newlines(cut(t.plain, left)), newlines(cut(t.html, left))
	b.text += len(t.plain) + len(t.html)
	b.spare = append(b.spare, t)
	return body{}, true
}

// withSpare adds the texts of winmail.dat to that of the message. Outlook mostly writes the same
// text beside winmail.dat; then it is there once.
func (t body) withSpare(spare []body) body {
	all := []body{t}
	if blank(t.plain) && blank(t.html) {
		all = nil
	}
	said := lettersOf(t.plain + " " + HTMLText(t.html))
	for _, s := range spare {
		if own := firstRunes(lettersOf(s.plain+HTMLText(s.html)), 80); own != "" && !strings.Contains(said, own) {
			all = append(all, s)
		}
	}
	return inSequence(all)
}

// lettersOf returns the letters and digits of a text.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func readTNEF(raw []byte, most int) (t body, files []tnefFile, ok bool) {
	if len(raw) < 6 || binary.LittleEndian.Uint32(raw) != tnefSignature {
		return t, nil, false
	}
	charset := "windows-1252"
	var rtf []byte
	defer func() {
		// Outlook's "rich text" has no other form.
		if len(rtf) > 0 && blank(t.plain) && blank(t.html) {
			if read, isRTF := readRTF(unpackRTF(rtf, longestRTF), longestRTF); isRTF {
				t, ok = read, true
			}
		}
	}()
	for raw = raw[6:]; len(raw) >= 9; {
		id, n := binary.LittleEndian.Uint32(raw[1:]), binary.LittleEndian.Uint32(raw[5:])
		if raw = raw[9:]; uint64(n)+2 > uint64(len(raw)) {
			return t, files, len(files) > 0 || t != body{}
		}
		data := raw[:n]
		raw = raw[n+2:]
		switch id {
		case tnefCodePage:
			if len(data) >= 4 {
				charset = "cp" + itoa(binary.LittleEndian.Uint32(data))
			}
		case tnefBody:
			t.plain = decodeText(bytes.TrimRight(data, "\x00"), charset)
		case tnefMessage:
			props := mapiProps(data, charset)
			if s := props[propHTML]; s.text != "" || len(s.raw) > 0 {
				if t.html = s.text; t.html == "" {
					t.html = decodeText(s.raw, charset)
				}
			}
			if s := props[propBody].text; s != "" {
				t.plain = s
			}
			rtf = props[propRTF].raw
		case tnefRenderData:
			if len(files) >= most {
				return t, files, true
			}
			files = append(files, tnefFile{})
		}
		if len(files) == 0 {
			continue
		}
		switch f := &files[len(files)-1]; id {
		case tnefTitle:
			if f.name == "" {
				f.name = decodeText(bytes.TrimRight(data, "\x00"), charset)
			}
		case tnefData:
			f.data = data
		case tnefAttachment:
			props := mapiProps(data, charset)
			if s := props[propLongName].text; s != "" {
				f.name = s
			}
			f.typ, f.cid = props[propMIMEType].text, props[propCID].text
		}
	}
	return t, files, true
}

func itoa(n uint32) string {
	var b []byte
	for ; n > 0 || b == nil; n /= 10 {
		b = append([]byte{byte('0' + n%10)}, b...)
	}
	return string(b)
}

type mapiValue struct {
	text string
	raw  []byte
}

// mapiProps reads a list of MAPI properties (MS-OXTNEF, 2.1.3.4) as far as possible, and keeps
// texts and binaries.
func mapiProps(b []byte, charset string) map[uint16]mapiValue {
	props := map[uint16]mapiValue{}
	u32 := func() (n uint32, ok bool) {
		if len(b) < 4 {
			return 0, false
		}
		n, b = binary.LittleEndian.Uint32(b), b[4:]
		return n, true
	}
	skip := func(n uint64) bool {
		if n > uint64(len(b)) {
			return false
		}
		b = b[n:]
		return true
	}
	count, ok := u32()
	for ; ok && count > 0; count-- {
		tag, ok := u32()
		if !ok {
			return props
		}
		typ, id := uint16(tag), uint16(tag>>16)
		if id >= 0x8000 { // named: a GUID, then a number or a name
			if !skip(16) {
				return props
			}
			kind, _ := u32()
			n, ok := u32()
			if !ok || kind == 1 && !skip((uint64(n)+3)&^3) {
				return props
			}
		}
		values := uint32(1)
		variable := false
		switch typ &^ 0x1000 {
		case 0x001E, 0x001F, 0x0102, 0x000D:
			variable = true
		}
		if variable || typ&0x1000 != 0 {
			if values, ok = u32(); !ok {
				return props
			}
		}
		for ; values > 0; values-- {
			n := uint64(4)
			switch typ &^ 0x1000 {
			case 0x0005, 0x0006, 0x0007, 0x0014, 0x0040:
				n = 8
			case 0x0048:
				n = 16
			}
			if variable {
				size, ok := u32()
				if !ok {
					return props
				}
				n = uint64(size)
			}
			if n > uint64(len(b)) {
				return props
			}
			v := mapiValue{raw: b[:n]}
			switch typ {
			case 0x001E:
				v.text = decodeText(bytes.TrimRight(v.raw, "\x00"), charset)
			case 0x001F:
				units := make([]uint16, n/2)
				for i := range units {
					units[i] = binary.LittleEndian.Uint16(v.raw[2*i:])
				}
				v.text = strings.TrimRight(string(utf16.Decode(units)), "\x00")
			}
			if typ == 0x001E || typ == 0x001F || typ == 0x0102 {
				props[id] = v
			}
			if !skip((n + 3) &^ 3) {
				return props
			}
			if len(b) == 0 {
				return props
			}
		}
	}
	return props
}
