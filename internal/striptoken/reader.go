package striptoken

import (
	"bytes"
	"errors"
	"io"
)

// partSize is how much of a text a Reader holds, in bytes.
const partSize = 256 << 10

// Reader returns the text of r as [From] does. It reads r in parts, each up to a byte that stands
// in no address. A token across the end of a part that has no such byte may stay.
func Reader(r io.Reader, fronts []string) io.Reader { return &reader{r: r, fronts: fronts} }

type reader struct {
	r      io.Reader
	fronts []string
	in     []byte // read, and not yet in out
	out    []byte
	err    error
}

func (t *reader) Read(p []byte) (int, error) {
	for len(t.out) == 0 && t.err == nil {
		t.part()
	}
	if len(t.out) == 0 {
		return 0, t.err
	}
	n := copy(p, t.out)
	t.out = t.out[n:]
	return n, nil
}

// part fills out with the next part.
func (t *reader) part() {
	part := make([]byte, partSize)
	n := copy(part, t.in)
	more, err := io.ReadFull(t.r, part[n:])
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	part, t.err = part[:n+more], err
	end := len(part)
	if err == nil {
		end = apart(part)
	}
	t.in, t.out = part[end:], []byte(From(string(part[:end]), t.fronts))
}

// apart returns a place near the end of a part at which no token is divided, or a place that may
// divide one when there is none.
func apart(part []byte) int {
	if at := bytes.LastIndexAny(part, "\"'()[]{}`,"); at > 0 {
		return at
	}
	// Blanks around the end of a line, and around the marks of a quotation, may stand within a
	// token.
	within := func(b byte) bool { return bytes.IndexByte([]byte("= \t\r\n>|"), b) >= 0 }
	for i := len(part) - 2; i > 0; i-- {
		if part[i] == ' ' && !within(part[i-1]) && !within(part[i+1]) {
			return i
		}
	}
	return len(part) - 100
}
