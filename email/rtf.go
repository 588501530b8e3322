package email

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Outlook's own format for a text is RTF, compressed in winmail.dat (MS-OXRTFCP). RTF may hold the
// HTML that the text was made of (MS-OXRTFEX).

// rtfPrimer is the start of the window of compressed RTF (MS-OXRTFCP, 2.1.2.1).
const rtfPrimer = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` +
	"\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

const (
	rtfCompressed   = 0x75465A4C // "LZFu"
	rtfUncompressed = 0x414C454D // "MELA"
)

// unpackRTF returns the RTF of a PidTagRtfCompressed, at most so many bytes; nil when it is none.
// One that is cut short is unpacked as far as it goes.
func unpackRTF(b []byte, most int) []byte {
	if len(b) < 16 {
		return nil
	}
	raw, kind := int(binary.LittleEndian.Uint32(b[4:])), binary.LittleEndian.Uint32(b[8:])
	b = b[16:]
	switch kind {
	case rtfUncompressed:
		return b[:min(len(b), max(raw, 0), most)]
	case rtfCompressed:
	default:
		return nil
	}
	var window [4096]byte
	pos := copy(window[:], rtfPrimer)
	var out []byte
	put := func(c byte) {
		out = append(out, c)
		window[pos] = c
		pos = (pos + 1) % len(window)
	}
	most = min(most, max(raw, 0))
	for len(b) > 0 && len(out) < most {
		control := b[0]
		b = b[1:]
		for bit := 0; bit < 8 && len(b) > 0; bit++ {
			if control>>bit&1 == 0 {
				put(b[0])
				b = b[1:]
				continue
			}
			if len(b) < 2 {
				return out[:min(len(out), most)]
			}
			at, n := int(b[0])<<4|int(b[1])>>4, int(b[1]&15)+2
			b = b[2:]
			if at == pos {
				return out[:min(len(out), most)]
			}
			for range n {
				put(window[at])
				at = (at + 1) % len(window)
			}
		}
	}
	return out[:min(len(out), most)]
}

// rtfState is what a group of RTF inherits.
type rtfState struct {
	skip    bool // a group that holds no text
	tag     bool // \*\htmltag: HTML as it is
	noHTML  bool // \htmlrtf: text for readers of RTF alone
	fonts   bool // the table of fonts
	font    int
	unicode int // \uc: how many characters stand in for one of Unicode
}

// maxGroups is the depth of groups that is followed.
const maxGroups = 200

// rtfReader turns RTF into text, or into the HTML within it.
type rtfReader struct {
	src      []byte
	out      strings.Builder
	held     []byte // bytes in the charset of the present font
	half     uint16 // the first half of a pair of UTF-16
	state    rtfState
	stack    []rtfState
	over     int // groups open beyond maxGroups
	page     encoding.Encoding
	charsets map[int]encoding.Encoding // of fonts
	html     bool                      // \fromhtml
	standIns int                       // characters to pass over behind \u
}

// readRTF returns the text of an RTF document, as HTML if it was made of HTML.
func readRTF(src []byte, most int) (t body, ok bool) {
	if !bytes.HasPrefix(bytes.TrimLeft(src[:min(len(src), 100)], " \t\r\n\x00"), []byte(`{\rtf`)) {
		return body{}, false
	}
	r := &rtfReader{src: src, page: charmap.Windows1252, charsets: map[int]encoding.Encoding{}, state: rtfState{unicode: 1, font: -1}}
	for len(r.src) > 0 && r.out.Len() < most {
		r.next()
	}
	r.flush()
	s := cut(r.out.String(), most)
	if r.html {
		return body{html: s}, true
	}
	return body{plain: strings.TrimRight(s, " \n")}, true
}

func (r *rtfReader) next() {
	c := r.src[0]
	r.src = r.src[1:]
	switch c {
	case '{':
		if len(r.stack) == maxGroups {
			r.over++
			return
		}
		r.stack = append(r.stack, r.state)
	case '}':
		if r.over > 0 {
			r.over--
			return
		}
		r.flush()
		if n := len(r.stack); n > 0 {
			r.state, r.stack = r.stack[n-1], r.stack[:n-1]
		}
	case '\\':
		r.control()
	case '\r', '\n', 0:
	default:
		r.char(c)
	}
}

// char adds a byte of text.
func (r *rtfReader) char(c byte) {
	if r.standIns > 0 {
		r.standIns--
		return
	}
	if r.shown() {
		r.held = append(r.held, c)
	}
}

func (r *rtfReader) shown() bool {
	return !r.state.skip && !r.state.fonts && (!r.html || !r.state.noHTML || r.state.tag)
}

// write adds text, flushing what is held.
func (r *rtfReader) write(s string) {
	r.flush()
	if r.shown() {
		r.out.WriteString(s)
	}
}

func (r *rtfReader) flush() {
	if r.half != 0 {
		r.half = 0
		r.out.WriteRune('\uFFFD')
	}
	if len(r.held) == 0 {
		return
	}
	enc := r.charsets[r.state.font]
	if enc == nil {
		enc = r.page
	}
	r.out.WriteString(newlines(converted(r.held, enc)))
	r.held = r.held[:0]
}

// control reads what follows a backslash.
func (r *rtfReader) control() {
	if len(r.src) == 0 {
		return
	}
	c := r.src[0]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.src = r.src[1:]
		r.symbol(c)
		return
	}
	n := 0
	for n < len(r.src) && n < 40 && r.src[n]|0x20 >= 'a' && r.src[n]|0x20 <= 'z' {
		n++
	}
	word := string(r.src[:n])
	r.src = r.src[n:]
	value, given, negative := 0, false, false
	if len(r.src) > 1 && r.src[0] == '-' && r.src[1] >= '0' && r.src[1] <= '9' {
		negative, r.src = true, r.src[1:]
	}
	for len(r.src) > 0 && r.src[0] >= '0' && r.src[0] <= '9' {
		value, given = min(value*10+int(r.src[0]-'0'), 1<<30), true
		r.src = r.src[1:]
	}
	if negative {
		value = -value
	}
	if len(r.src) > 0 && r.src[0] == ' ' {
		r.src = r.src[1:]
	}
	r.word(word, value, given)
}

// symbol reads a control symbol.
func (r *rtfReader) symbol(c byte) {
	switch c {
	case '\'':
		if len(r.src) >= 2 && hexDigit(r.src[0]) < 16 && hexDigit(r.src[1]) < 16 {
			b := hexDigit(r.src[0])<<4 | hexDigit(r.src[1])
			r.src = r.src[2:]
			r.char(b)
		}
	case '\\', '{', '}':
		r.char(c)
	case '~':
		r.write("\u00A0")
	case '_':
		r.write("\u2011")
	case '\r', '\n':
		r.write("\n")
	case '*':
		r.destination()
	}
}

// destination reads the name of a group that a reader may not know: all are passed over but
// htmltag.
func (r *rtfReader) destination() {
	r.flush()
	rest := bytes.TrimLeft(r.src, " \r\n")
	if after, ok := bytes.CutPrefix(rest, []byte(`\htmltag`)); ok {
		for len(after) > 0 && after[0] >= '0' && after[0] <= '9' {
			after = after[1:]
		}
		if len(after) > 0 && after[0] == ' ' {
			after = after[1:]
		}
		r.src = after
		if r.html {
			r.state.tag = true
			return
		}
	}
	r.state.skip = true
}

// rtfSkipped are groups that hold no text of the document.
var rtfSkipped = set("colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "object", "themedata", "datastore",
	"generator", "listtable", "listoverridetable", "revtbl", "rsidtbl", "xmlnstbl", "filetbl", "fldinst", "template", "nonshppict")

// rtfWords are control words that stand for text.
var rtfWords = map[string]string{
	"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t", "cell": "\t", "nestcell": "\t", "nestrow": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
	"ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "zwj": "\u200D", "zwnj": "\u200C",
}

// rtfCharsets are the code pages of the values of fcharset.
var rtfCharsets = map[int]string{
	77: "macintosh", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
	204: "cp1251", 222: "windows-874", 238: "cp1250", 254: "cp437", 255: "cp850",
}

// word reads a control word with its number.
func (r *rtfReader) word(word string, value int, given bool) {
	if text, ok := rtfWords[word]; ok {
		r.write(text)
		return
	}
	switch word {
	case "fromhtml":
		r.html = !given || value != 0
	case "htmlrtf":
		r.flush()
		r.state.noHTML = !given || value != 0
	case "u":
		r.rune(uint16(value))
		r.standIns = r.state.unicode
	case "uc":
		r.state.unicode = min(max(value, 0), 10)
	case "bin":
		r.src = r.src[min(max(value, 0), len(r.src)):]
	case "ansicpg":
		if enc := encodingOf(charsetLabel("cp" + itoa(uint32(max(value, 0))))); enc != nil {
			r.page = enc
		}
	case "fonttbl":
		r.flush()
		r.state.fonts = true
	case "f":
		r.flush()
		r.state.font = value
	case "fcharset":
		if enc := encodingOf(rtfCharsets[value]); r.state.fonts && enc != nil && len(r.charsets) < 1000 {
			r.charsets[r.state.font] = enc
		}
	case "plain":
		r.flush()
		r.state.font = -1
	default:
		if rtfSkipped[word] {
			r.flush()
			r.state.skip = true
		}
	}
}

// rune adds a unit of UTF-16.
func (r *rtfReader) rune(u uint16) {
	if !r.shown() {
		return
	}
	if half := r.half; half != 0 {
		r.half = 0
		if c := utf16.DecodeRune(rune(half), rune(u)); c != '\uFFFD' {
			r.out.WriteRune(c)
			return
		}
		r.out.WriteRune('\uFFFD')
	}
	r.flush()
	switch {
	case u >= 0xD800 && u < 0xDC00:
		r.half = u
	case utf16.IsSurrogate(rune(u)):
		r.out.WriteRune('\uFFFD')
	default:
		r.out.WriteRune(rune(u))
	}
}
