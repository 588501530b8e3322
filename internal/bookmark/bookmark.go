// Package bookmark writes down how far a stream of events has come.
package bookmark

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
)

// Mark is how far a stream has come. It stands in the id of each event and comes back as
// Last-Event-ID. It is complete by itself, so that another process can go on with the stream. All
// that the feed finds up to From was sent, and if there is an Until also the first N events that it
// finds between the two. The places of the feed are those of the store, which tell how many
// transactions the database has had, and nothing of a tenant. So they are not signed: whoever makes
// one up gets events that they may see anyway.
type Mark struct {
	From, Until string
	N           uint64
}

const (
	version      = 2
	timedVersion = 1       // the version before, which said a time
	longest      = 1 << 16 // bytes of an id: a place names the transactions that were open then
)

// The errors of Parse.
var (
	ErrNone = errors.New("is not an id of this stream")
	ErrOld  = errors.New("is of a version before")
)

// String returns the mark as an id.
func (p Mark) String() string {
	text := binary.AppendUvarint([]byte{version}, uint64(len(p.From)))
	text = append(text, p.From...)
	if p.Until != "" {
		text = append(binary.AppendUvarint(text, p.N), p.Until...)
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// Parse reads what String wrote. Its error is ErrOld for what an earlier version wrote.
func Parse(s string) (p Mark, err error) {
	if len(s) > longest {
		return p, ErrNone
	}
	text, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(text) < 2 {
		return p, ErrNone
	}
	written, text := text[0], text[1:]
	if written == timedVersion && len(text) >= 8 && (len(text)-8)%6 == 0 { // a time, and marks of events
		return p, ErrOld
	}
	length, size := binary.Uvarint(text)
	if written != version || size <= 0 || length == 0 || length > uint64(len(text)-size) {
		return p, ErrNone
	}
	text = text[size:]
	p.From, text = string(text[:length]), text[length:]
	if len(text) == 0 {
		return p, nil
	}
	n, size := binary.Uvarint(text)
	if size <= 0 || n == 0 || size == len(text) {
		return p, ErrNone
	}
	p.N, p.Until = n, string(text[size:])
	return p, nil
}
