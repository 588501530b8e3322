package httpapi

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/feed"
)

// A stream is cut anywhere and goes on from the last id that it gave. Events reach the store late
// by less than the overlap, and by clocks that differ.
func TestAStreamCutAnywhereGetsEachEventOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
		p := place{at: now}
		var store []helpdesk.Event // in the order in which they are committed
		got := map[string]int{}
		n := 0
		for range rapid.IntRange(1, 16).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 20_000).Draw(t, "ms")) * time.Millisecond)
			for range rapid.IntRange(0, 4).Draw(t, "commits") {
				off := time.Duration(rapid.IntRange(-14_000, 14_000).Draw(t, "off")) * time.Millisecond
				store = append(store, helpdesk.Event{ID: fmt.Sprint("event ", n), At: now.Add(off)})
				n++
			}
			send := func() { // as catchUp and run do
				for i := range store {
					if e := &store[i]; !e.At.Before(p.at.Add(-feed.Overlap)) && !p.knows(e) {
						p.sent(e, now)
						got[e.ID]++
					}
				}
			}
			send()
			switch rapid.IntRange(0, 2).Draw(t, "then") {
			case 0: // cut
				again, err := parsePlace(p.String())
				require.NoError(t, err)
				require.Equal(t, p.at, again.at)
				p = again
			case 1: // idle
				p.reach(now)
			}
		}
		for _, e := range store {
			require.Equal(t, 1, got[e.ID], "%s", e.ID)
		}
	})
}

func TestAPlaceIsShortHoweverMuchHappens(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	p := place{at: now}
	for i := range 100_000 {
		now = now.Add(time.Millisecond)
		p.sent(&helpdesk.Event{ID: fmt.Sprint(i), At: now}, now)
		require.LessOrEqual(t, len(p.marks), 2*mostMarks+1)
	}
	require.Len(t, p.String(), 524)
	again, err := parsePlace(p.String())
	require.NoError(t, err)
	require.Len(t, again.marks, mostTold)
	now = now.Add(time.Minute)
	p.sent(&helpdesk.Event{ID: "alone", At: now}, now)
	require.Len(t, p.String(), 20)
}

func FuzzParsePlace(f *testing.F) {
	f.Add((&place{at: time.UnixMicro(1)}).String())
	f.Add("AYAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePlace(s)
		if err != nil {
			return
		}
		q, err := parsePlace(p.String())
		if err != nil || !q.at.Equal(p.at) || len(q.marks) != len(p.marks) {
			t.Errorf("%q: %v, then %v (%v)", s, p, q, err)
		}
	})
}
