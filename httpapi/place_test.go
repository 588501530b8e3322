package httpapi

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAPlaceIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := place{from: rapid.StringN(1, 300, -1).Draw(t, "from")}
		if p.until = rapid.String().Draw(t, "until"); p.until != "" {
			p.n = rapid.Uint64Min(1).Draw(t, "n")
		}
		again, err := parsePlace(p.String())
		require.NoError(t, err)
		require.Equal(t, p, again)
		require.Regexp(t, `^[A-Za-z0-9_-]+$`, p.String(), "it stands in a header and in an address")
	})
}

func TestWhatIsNoPlaceIsRefused(t *testing.T) {
	t.Parallel()
	encode := base64.RawURLEncoding.EncodeToString
	for _, s := range []string{
		"", "x", "01a210f7-1c7d-7784-a8f9-be4f6d420955", "%00", encode([]byte{2}), encode([]byte{2, 0}), encode([]byte{2, 5, 'a'}), encode([]byte("\x02\x01a\x00b")),
		encode([]byte("\x02\x01a\x01")), encode([]byte("\x03\x01a")), encode([]byte("\x01\x00\x06\x00\x00\x00\x00\x00\x00\x00")), encode([]byte("\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")),
		strings.Repeat("A", 100_000), place{from: strings.Repeat("a", 100_000)}.String(),
	} {
		_, err := parsePlace(s)
		require.ErrorIs(t, err, errNoPlace, "%.100q", s)
	}
	for _, s := range []string{"AYAAAAAAAAAA", encode(append([]byte("\x01\x00\x06\x00\x00\x00\x00\x00\x00"), "markedmarked"...))} {
		_, err := parsePlace(s)
		require.ErrorIs(t, err, errOldPlace, s)
	}
}

func FuzzParsePlace(f *testing.F) {
	f.Add(place{from: "p1.2"}.String())
	f.Add(place{from: "p1.2", until: "p3", n: 7}.String())
	f.Add("AYAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePlace(s)
		if err != nil {
			return
		}
		q, err := parsePlace(p.String())
		if err != nil || q != p {
			t.Errorf("%q: %v, then %v (%v)", s, p, q, err)
		}
	})
}
