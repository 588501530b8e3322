package email

import (
	"cmp"
	"fmt"
	"io"

	"github.com/helpdesk-go/helpdesk"
)

// ErrTooLarge is returned for a message of more than Limits.MaxSize bytes. Test for it with
// errors.Is.
var ErrTooLarge = fmt.Errorf("message is too large")

// Limits are the limits of reading one message. A field that is 0 or less has its default.
type Limits struct {
	// MaxSize is the bytes of the message as it comes, attachments encoded; 0 means 25 MiB.
	MaxSize int64
	// MaxParts is the number of parts of all levels, and files; later ones are left out; 0 means
	// 500.
	MaxParts int
	// MaxDepth is the depth of nested multiparts; deeper ones become one attachment; 0 means 20.
	MaxDepth int
	// MaxHeader is the bytes of the header of the message, and of each part; the rest is left out;
	// 0 means 256 KiB.
	MaxHeader    int
	MaxAddresses int // recipients; 0 means 500
	// MaxText is the bytes of each of the texts, after decoding; the rest is cut off; 0 means 2
	// MiB.
	MaxText int
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
