package excerpt_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/internal/excerpt"
)

func TestLongTextKeepsItsEnds(t *testing.T) {
	t.Parallel()
	head, tail := strings.Repeat("ä", 4500), strings.Repeat("ö", 1500)
	require.Equal(t, head+tail, excerpt.Of(head+tail), "6,000 characters stay whole")
	require.Equal(t, head+"\n[2 characters left out]\n"+tail, excerpt.Of(head+"mm"+tail))
	require.Equal(t, head+"\n\n"+tail, excerpt.Lines(head+"mm"+tail))
}

func TestExcerptIsShortAndStaysAsItIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]string{"a", "ä", "語", "🎫", "\xff", "\n[7 characters left out]\n"}).Draw(t, "unit")
		text := strings.Repeat(unit, rapid.IntRange(0, 9000).Draw(t, "n")) + rapid.String().Draw(t, "end")
		short := excerpt.Of(text)
		require.LessOrEqual(t, utf8.RuneCountInString(short), excerpt.Head+excerpt.Tail+40)
		require.Equal(t, short, excerpt.Of(short))
		require.Equal(t, utf8.ValidString(text), utf8.ValidString(short))
	})
}
