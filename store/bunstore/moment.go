package bunstore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// moment is the set of PostgreSQL's transactions that have ended: those with a number less than
// next, without the open ones. It is a pg_snapshot as a place in the stream of events.
type moment struct {
	next uint64
	open []uint64 // ascending, each less than next
}

// moment returns the present. A transaction of the host that the Store is in has not ended.
func (s *Store) moment(ctx context.Context) (m moment, err error) {
	var snapshot, own string
	err = s.run.NewRaw("SELECT pg_current_snapshot()::text, coalesce(pg_current_xact_id_if_assigned()::text, '')").Scan(ctx, &snapshot, &own)
	if err != nil {
		return m, err
	}
	parts := strings.Split(snapshot, ":")
	if len(parts) != 3 {
		return m, fmt.Errorf("the snapshot %q has not three parts", snapshot)
	}
	if m.next, err = strconv.ParseUint(parts[1], 10, 64); err != nil {
		return m, err
	}
	for text := range strings.SplitSeq(parts[2]+","+own, ",") {
		if text == "" {
			continue
		}
		x, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			return m, err
		}
		if x < m.next {
			m.open = append(m.open, x)
		}
	}
	slices.Sort(m.open)
	return m, nil
}

// String writes the moment as a place: next, and how far below it each open transaction is.
func (m moment) String() string {
	b := append([]byte{'p'}, strconv.FormatUint(m.next, 36)...)
	for _, x := range m.open {
		b = strconv.AppendUint(append(b, '.'), m.next-x, 36)
	}
	return string(b)
}

// mostOpen is how many open transactions a place may name. A server has hardly more connections.
const mostOpen = 10_000

// parseMoment reads a place. One that lies after now is of another server, or made up.
func parseMoment(field, text string, now moment) (m moment, err error) {
	first, rest, some := strings.Cut(strings.TrimPrefix(text, "p"), ".")
	if m.next, err = strconv.ParseUint(first, 36, 64); err != nil || m.next > now.next || strings.Count(rest, ".") >= mostOpen {
		return m, noPlace(field)
	}
	if some {
		for below := range strings.SplitSeq(rest, ".") {
			n, err := strconv.ParseUint(below, 36, 64)
			x := m.next - n
			if err != nil || n == 0 || n > m.next || len(m.open) > 0 && x <= m.open[len(m.open)-1] {
				return m, noPlace(field)
			}
			m.open = append(m.open, x)
		}
	}
	if m.String() != text {
		return m, noPlace(field)
	}
	return m, nil
}

// to returns the moment between m and a later one at which, of the transactions that end meanwhile,
// those with a number less than x have ended.
func (m moment) to(later moment, x uint64) moment {
	between := moment{next: max(m.next, x)}
	for _, o := range m.open {
		if o >= x || slices.Contains(later.open, o) {
			between.open = append(between.open, o)
		}
	}
	for _, o := range later.open {
		if o >= m.next && o < between.next {
			between.open = append(between.open, o)
		}
	}
	return between
}
