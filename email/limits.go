package email

import (
	"cmp"
	"fmt"
	"io"

	"github.com/helpdesk-go/helpdesk"
)

// ErrTooLarge is returned for a message of more than Limits.MaxSize bytes. Test for it with errors.Is.
var ErrTooLarge = fmt.Errorf("message is too large")

// Limits bounds what is read of one message. A field that is 0 or less has its default.
type Limits struct {
	MaxSize      int64 // bytes of the message as it comes, attachments encoded; 0 is 25 MiB
	MaxParts     int   // parts of all levels, and files; what comes after them is left out; 0 is 500
	MaxDepth     int   // multiparts within multiparts; what lies deeper becomes one attachment; 0 is 20
	MaxHeader    int   // bytes of the header of the message, and of each part; the rest is left out; 0 is 256 KiB
	MaxAddresses int   // recipients; 0 is 500
	MaxText      int   // bytes of each of the texts, after decoding; the rest is cut off; 0 is 2 MiB
}

func (l Limits) orDefaults() Limits {
	for _, f := range []struct {
		field *int
		def   int
	}{{&l.MaxParts, 500}, {&l.MaxDepth, 20}, {&l.MaxHeader, 256 << 10}, {&l.MaxAddresses, 500}, {&l.MaxText, 2 << 20}} {
		*f.field = cmp.Or(max(*f.field, 0), f.def)
	}
	l.MaxSize = cmp.Or(max(l.MaxSize, 0), 25<<20)
	return l
}

// Parse reads a message (RFC 5322, MIME) from r with the default limits: see [Limits.Parse].
func Parse(r io.Reader) (*helpdesk.Incoming, error) { return Limits{}.Parse(r) }
