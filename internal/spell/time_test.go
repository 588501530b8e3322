package spell_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/spell"
)

func TestTimesHaveTheNameOfTheirZone(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 9, 14, 30, 0, 0, time.UTC)
	for zone, want := range map[string]string{
		"UTC": "Monday 14:30 UTC", "America/New_York": "Monday 10:30 EDT", "Europe/Berlin": "Monday 15:30 CET", "America/Sao_Paulo": "Monday 11:30 America/Sao_Paulo",
	} {
		loc, err := time.LoadLocation(zone)
		require.NoError(t, err)
		require.Equal(t, want, spell.Time(at.In(loc), at.Add(-64*time.Hour)))
	}
	require.Equal(t, "Monday, 9 March 2026, 14:30 UTC", spell.Time(at, at.Add(-7*24*time.Hour)))
}
