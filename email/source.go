package email

import (
	"bufio"
	"fmt"
	"io"
	"sort"
	"sync"
)

// A source is a message as it came, in pieces: a growing slice would hold it twice for a moment.
type source struct {
	pieces [][]byte
	starts []int64 // of each piece
	size   int64
}

const (
	firstPiece = 8 << 10
	nextPieces = 256 << 10
)

func readSource(r io.Reader, limit int64) (*source, error) {
	s := &source{}
	for n := firstPiece; ; n = nextPieces {
		piece := make([]byte, n)
		got, err := io.ReadFull(r, piece)
		if err == io.ErrUnexpectedEOF && got < n/2 {
			piece = append([]byte(nil), piece[:got]...)
		}
		if got > 0 {
			s.pieces = append(s.pieces, piece[:got])
			s.starts = append(s.starts, s.size)
			s.size += int64(got)
		}
		if s.size > limit {
			return nil, fmt.Errorf("more than %d bytes: %w", limit, ErrTooLarge)
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return s, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// ReadAt is io.ReaderAt.
func (s *source) ReadAt(p []byte, off int64) (n int, err error) {
	if off < 0 || off >= s.size {
		return 0, io.EOF
	}
	i := sort.Search(len(s.starts), func(i int) bool { return s.starts[i] > off }) - 1
	for ; n < len(p) && i < len(s.pieces); i++ {
		n += copy(p[n:], s.pieces[i][off+int64(n)-s.starts[i]:])
	}
	if n < len(p) {
		err = io.EOF
	}
	return n, err
}

func (s *source) section(start, end int64) io.Reader { return io.NewSectionReader(s, start, end-start) }

// A rawLine lies at off, without its end of line. That is eol bytes long and may be CRLF, LF, or
// nothing at the end of the range. The rest of a line longer than the buffer follows as further
// lines whose start is false.
type rawLine struct {
	off   int64
	text  []byte // valid until the next line
	eol   int
	start bool
}

func (l rawLine) next() int64 { return l.off + int64(len(l.text)+l.eol) }

var buffers = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 16<<10) }}

// lines calls f with the lines between two offsets until f returns false.
func (s *source) lines(start, end int64, f func(rawLine) bool) {
	buf := buffers.Get().(*bufio.Reader)
	defer buffers.Put(buf)
	buf.Reset(s.section(start, end))
	defer buf.Reset(nil)
	whole := true
	for off := start; ; {
		b, err := buf.ReadSlice('\n')
		if len(b) == 0 {
			return
		}
		l := rawLine{off: off, text: b, start: whole}
		if b[len(b)-1] == '\n' {
			l.eol = 1
			if len(b) > 1 && b[len(b)-2] == '\r' {
				l.eol = 2
			}
			l.text = b[:len(b)-l.eol]
		}
		whole = err != bufio.ErrBufferFull
		off += int64(len(b))
		if !f(l) || err != nil && err != bufio.ErrBufferFull {
			return
		}
	}
}
