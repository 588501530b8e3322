package httpapi

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
)

// place is how far a stream has come. It stands in the id of each event and comes back as
// Last-Event-ID. It is complete by itself, so that another process can go on with the stream. All
// that the feed finds up to "from" was sent, and if there is an "until" also the first n events
// that it finds between the two. The places of the feed are those of the store, which tell how many
// transactions the database has had, and nothing of a tenant. So they are not signed: whoever makes
// one up gets events that they may see anyway.
type place struct {
	from, until string
	n           uint64
}

const (
	placeVersion = 2
	timedPlace   = 1       // the version before, which said a time
	mostPlace    = 1 << 16 // bytes of an id: a place names the transactions that were open then
)

var (
	errNoPlace  = errors.New("is not an id of this stream")
	errOldPlace = errors.New("is of a version before")
)

// String returns the place as an id.
func (p place) String() string {
	text := binary.AppendUvarint([]byte{placeVersion}, uint64(len(p.from)))
	text = append(text, p.from...)
	if p.until != "" {
		text = append(binary.AppendUvarint(text, p.n), p.until...)
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// parsePlace reads what String wrote. Its error is errOldPlace for what an earlier version wrote.
func parsePlace(s string) (p place, err error) {
	if len(s) > mostPlace {
		return p, errNoPlace
	}
	text, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(text) < 2 {
		return p, errNoPlace
	}
	version, text := text[0], text[1:]
	if version == timedPlace && len(text) >= 8 && (len(text)-8)%6 == 0 { // a time, and marks of events
		return p, errOldPlace
	}
	length, size := binary.Uvarint(text)
	if version != placeVersion || size <= 0 || length == 0 || length > uint64(len(text)-size) {
		return p, errNoPlace
	}
	text = text[size:]
	p.from, text = string(text[:length]), text[length:]
	if len(text) == 0 {
		return p, nil
	}
	n, size := binary.Uvarint(text)
	if size <= 0 || n == 0 || size == len(text) {
		return p, errNoPlace
	}
	p.n, p.until = n, string(text[size:])
	return p, nil
}
