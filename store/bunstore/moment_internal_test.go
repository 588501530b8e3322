package bunstore

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
)

func TestAMomentIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := moment{next: rapid.Uint64().Draw(t, "next")}
		if m.next > 0 {
			m.open = rapid.SliceOfDistinct(rapid.Uint64Max(m.next-1), rapid.ID).Draw(t, "open")
		}
		if slices.Sort(m.open); len(m.open) == 0 {
			m.open = nil
		}
		again, err := parseMoment("after", m.String(), m)
		require.NoError(t, err)
		require.Equal(t, m, again)
		if m.next > 0 {
			_, err = parseMoment("after", m.String(), moment{next: m.next - 1})
			require.ErrorIs(t, err, helpdesk.ErrInvalid, "it lies in the future")
		}
	})
}

func TestWhatIsNoMomentIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "p", "5", "px-1", "p5.", "p5..1", "p5.1.2", "p5.6", "p5.0", "p05", "P5", "p5.1 ", "p5.1,2", "p5.1.1", "p5.-1"} {
		_, err := parseMoment("after", text, moment{next: 100})
		require.ErrorIs(t, err, helpdesk.ErrInvalid, text)
	}
}

func TestAMomentBetweenTwoKeepsWhatIsOpen(t *testing.T) {
	t.Parallel()
	m, later := moment{next: 10, open: []uint64{3, 5, 7}}, moment{next: 20, open: []uint64{5, 12, 15}}
	require.Equal(t, moment{next: 10, open: []uint64{5, 7}}, m.to(later, 4), "3 has ended, and 7 is not asked for")
	require.Equal(t, moment{next: 14, open: []uint64{5, 12}}, m.to(later, 14))
	require.Equal(t, later, m.to(later, 20))
}
