package striptoken

import (
	"errors"
	"io"
)

// partSize is how much of a text a Reader holds, in bytes.
const partSize = 256 << 10

// Reader returns the text of r as [From] does. It reads r in parts, each up to a place that divides
// no token. A token across the end of a part that has no such place in its second half may stay.
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
	x := newScanner(string(part), t.fronts)
	x.scan()
	end := len(part)
	if err == nil {
		end = x.cut()
	}
	t.in, t.out = part[end:], []byte(x.without(end))
}
