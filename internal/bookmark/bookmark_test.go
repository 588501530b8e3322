package bookmark_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/internal/bookmark"
)

func TestAMarkIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := bookmark.Mark{From: rapid.StringN(1, 300, -1).Draw(t, "from")}
		if p.Until = rapid.String().Draw(t, "until"); p.Until != "" {
			p.N = rapid.Uint64Min(1).Draw(t, "n")
		}
		again, err := bookmark.Parse(p.String())
		require.NoError(t, err)
		require.Equal(t, p, again)
		require.Regexp(t, `^[A-Za-z0-9_-]+$`, p.String(), "it stands in a header and in an address")
	})
}

func TestWhatIsNoMarkIsRefused(t *testing.T) {
	t.Parallel()
	encode := base64.RawURLEncoding.EncodeToString
	for _, s := range []string{
		"", "x", "01a210f7-1c7d-7784-a8f9-be4f6d420955", "%00", encode([]byte{2}), encode([]byte{2, 0}), encode([]byte{2, 5, 'a'}), encode([]byte("\x02\x01a\x00b")),
		encode([]byte("\x02\x01a\x01")), encode([]byte("\x03\x01a")), encode([]byte("\x01\x00\x06\x00\x00\x00\x00\x00\x00\x00")), encode([]byte("\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")),
		strings.Repeat("A", 100_000), bookmark.Mark{From: strings.Repeat("a", 100_000)}.String(),
	} {
		_, err := bookmark.Parse(s)
		require.ErrorIs(t, err, bookmark.ErrNone, "%.100q", s)
	}
	for _, s := range []string{"AYAAAAAAAAAA", encode(append([]byte("\x01\x00\x06\x00\x00\x00\x00\x00\x00"), "markedmarked"...))} {
		_, err := bookmark.Parse(s)
		require.ErrorIs(t, err, bookmark.ErrOld, s)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(bookmark.Mark{From: "p1.2"}.String())
	f.Add(bookmark.Mark{From: "p1.2", Until: "p3", N: 7}.String())
	f.Add("AYAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := bookmark.Parse(s)
		if err != nil {
			return
		}
		q, err := bookmark.Parse(p.String())
		if err != nil || q != p {
			t.Errorf("%q: %v, then %v (%v)", s, p, q, err)
		}
	})
}
