package email

import (
	"bufio"
	"io"
	"strings"
)

// decoder decodes a Content-Transfer-Encoding (RFC 2045, 6). An unknown one passes unchanged.
func decoder(encoding string, r io.Reader) io.Reader {
	switch encoding {
	case "base64":
		return newBase64(r)
	case "quoted-printable":
		return newQuoted(r)
	case "x-uuencode", "uuencode", "x-uue", "uue":
		return &uuReader{r: bufio.NewReader(r)}
	}
	return r
}

func transferEncoding(value string) string {
	value, _, _ = strings.Cut(value, ";")
	return strings.ToLower(strings.Trim(value, " \t\"'"))
}

// base64Value is 64 for bytes outside of the alphabet and 65 for padding.
var base64Value = func() (t [256]byte) {
	for i := range t {
		t[i] = 64
	}
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		t[c] = byte(i)
	}
	t['='] = 65
	return t
}()

// base64Reader decodes base64 tolerantly: it skips bytes outside of the alphabet, accepts several
// encodings one after the other, and a last one that is cut short.
type base64Reader struct {
	r       io.Reader
	in      [3072]byte
	out     []byte
	backing [3072]byte
	bits    uint32
	n       uint // digits in bits
	err     error
}

func newBase64(r io.Reader) io.Reader { return &base64Reader{r: r} }

func (d *base64Reader) Read(p []byte) (int, error) {
	for len(d.out) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		d.fill()
	}
	n := copy(p, d.out)
	d.out = d.out[n:]
	return n, nil
}

func (d *base64Reader) fill() {
	n, err := d.r.Read(d.in[:])
	out := d.backing[:0]
	for _, c := range d.in[:n] {
		switch v := base64Value[c]; v {
		case 64:
		case 65:
			out = d.rest(out)
		default:
			d.bits = d.bits<<6 | uint32(v)
			if d.n++; d.n == 4 {
				out = append(out, byte(d.bits>>16), byte(d.bits>>8), byte(d.bits))
				d.bits, d.n = 0, 0
			}
		}
	}
	if err != nil {
		d.err = err
		out = d.rest(out)
	}
	d.out = out
}

// rest appends the bytes of an unfinished group.
func (d *base64Reader) rest(out []byte) []byte {
	switch d.n {
	case 2:
		out = append(out, byte(d.bits>>4))
	case 3:
		out = append(out, byte(d.bits>>10), byte(d.bits>>2))
	}
	d.bits, d.n = 0, 0
	return out
}

// quotedReader decodes quoted-printable; an invalid equals sign stays.
type quotedReader struct {
	r *bufio.Reader
}

func newQuoted(r io.Reader) io.Reader { return &quotedReader{bufio.NewReader(r)} }

func (q *quotedReader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		c, err := q.r.ReadByte()
		if err != nil {
			return n, err
		}
		if c == '=' {
			next, _ := q.r.Peek(2)
			switch {
			case len(next) == 2 && hexDigit(next[0]) < 16 && hexDigit(next[1]) < 16:
				c = hexDigit(next[0])<<4 | hexDigit(next[1])
				_, _ = q.r.Discard(2)
			case q.softBreak():
				continue
			}
		}
		p[n] = c
		n++
	}
	return n, nil
}

// softBreak skips white space and the end of the line, if that is what follows.
func (q *quotedReader) softBreak() bool {
	for _, want := range []int{2, 80} {
		next, _ := q.r.Peek(want)
		for i, c := range next {
			switch c {
			case ' ', '\t', '\r':
				continue
			case '\n':
				_, _ = q.r.Discard(i + 1)
				return true
			}
			return false
		}
		if len(next) < want { // the end of the text
			_, _ = q.r.Discard(len(next))
			return true
		}
	}
	return false
}

func hexDigit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	}
	return 255
}

// uuReader decodes the lines between "begin" and "end" of a uuencoded file (POSIX, uuencode), and
// lines without them.
type uuReader struct {
	r   *bufio.Reader
	out []byte
	err error
}

func (u *uuReader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		var l []byte
		l, u.err = u.r.ReadSlice('\n')
		if s := strings.TrimRight(string(l), "\r\n"); s == "end" || s == "`" {
			u.err = io.EOF
		} else if !strings.HasPrefix(s, "begin ") {
			u.out = uuLine(s)
		}
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

// uuLine decodes a line, whose first character gives the number of bytes.
func uuLine(s string) []byte {
	if s == "" {
		return nil
	}
	want := int(s[0]-' ') & 63
	out := make([]byte, 0, want+2)
	digit := func(i int) byte {
		if i < len(s) {
			return (s[i] - ' ') & 63
		}
		return 0
	}
	for i := 1; len(out) < want; i += 4 {
		a, b, c, d := digit(i), digit(i+1), digit(i+2), digit(i+3)
		out = append(out, a<<2|b>>4, b<<4|c>>2, c<<6|d)
	}
	return out[:want]
}
