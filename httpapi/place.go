package httpapi

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/feed"
	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// place is how far a stream has come. It stands in the id of each event and comes back as
// Last-Event-ID. It is complete by itself, so that another process can go on with the stream.
// Everything older than "at" less the overlap was sent. Of what is younger, the events with a mark
// were sent. The id of an event would not be enough: an event that is committed late comes after
// younger ones.
type place struct {
	at    time.Time
	marks []mark // in the order in which they were sent
	prune int    // how many marks there may be before old ones are looked for
}

// mark stands for an event that was sent.
type mark struct {
	at   time.Time
	hash uint64 // 48 bits
}

const (
	placeVersion = 1
	markBytes    = 6
	mostTold     = 64   // marks in a Last-Event-ID: 528 characters with them. Where more events happen within the overlap some may come twice
	mostMarks    = 1024 // marks of one stream
)

func hashOf(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64() & (1<<(8*markBytes) - 1)
}

// knows reports whether an event was sent.
func (p *place) knows(e *helpdesk.Event) bool {
	hash := hashOf(e.ID)
	return slices.ContainsFunc(p.marks, func(m mark) bool { return m.hash == hash })
}

// sent records that an event was sent. The place moves on to the event's time, but not past now:
// the clock of another machine may be ahead.
func (p *place) sent(e *helpdesk.Event, now time.Time) {
	p.marks = append(p.marks, mark{e.At, hashOf(e.ID)})
	at := e.At
	if at.After(now) {
		at = now
	}
	p.reach(at)
	if len(p.marks) > max(p.prune, mostTold) {
		p.marks = slices.DeleteFunc(p.marks, func(m mark) bool { return m.at.Before(p.at.Add(-feed.Overlap)) })
		p.marks = slices.Delete(p.marks, 0, max(0, len(p.marks)-mostMarks))
		p.prune = 2 * len(p.marks)
	}
}

// reach moves the place on to a time up to which all is sent.
func (p *place) reach(at time.Time) {
	if at.After(p.at) {
		p.at = at
	}
}

// String returns the place as an id.
func (p *place) String() string {
	text := binary.BigEndian.AppendUint64([]byte{placeVersion}, uint64(p.at.UnixMicro()))
	for _, m := range p.marks[max(0, len(p.marks)-mostTold):] {
		if !m.at.Before(p.at.Add(-feed.Overlap)) {
			text = append(text, binary.BigEndian.AppendUint64(nil, m.hash)[8-markBytes:]...)
		}
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// parsePlace reads what String wrote.
func parsePlace(s string) (place, error) {
	const head, most = 1 + 8, 1 + 8 + mostTold*markBytes
	text, err := base64.RawURLEncoding.Strict().DecodeString(s[:min(len(s), base64.RawURLEncoding.EncodedLen(most)+1)])
	if err != nil || len(text) < head || len(text) > most || text[0] != placeVersion || (len(text)-head)%markBytes != 0 {
		return place{}, errors.New("is not an id of this stream")
	}
	p := place{at: instant.Of(time.UnixMicro(int64(binary.BigEndian.Uint64(text[1:]))))}
	for rest := text[head:]; len(rest) > 0; rest = rest[markBytes:] {
		hash := append(make([]byte, 8-markBytes, 8), rest[:markBytes]...)
		p.marks = append(p.marks, mark{p.at.Add(feed.Overlap), binary.BigEndian.Uint64(hash)}) // as if by a clock that is ahead: kept long enough
	}
	return p, nil
}
