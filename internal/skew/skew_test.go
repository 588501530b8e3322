package skew_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/skew"
)

// shared is a clock that is some time ahead of the machine's, and counts how often it is asked.
type shared struct {
	ahead time.Duration
	asked int
	err   error
}

func (s *shared) time(context.Context) (time.Time, error) {
	s.asked++
	return time.Now().Add(s.ahead).Round(0), s.err
}

func TestAWrongClockIsCorrectedAndARightOneLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s skew.Skew
		theirs := &shared{ahead: time.Hour}
		measure := func() time.Duration {
			s.Measure(t.Context(), slog.New(slog.DiscardHandler), time.Now, theirs.time)
			return s.Of(time.Now()).Sub(time.Now())
		}
		require.Zero(t, s.Of(time.Now()).Sub(time.Now()), "nothing is known")
		require.Equal(t, time.Hour, measure())
		theirs.ahead = 0
		require.Equal(t, time.Hour, measure(), "it was measured just now")
		require.Equal(t, 1, theirs.asked)
		time.Sleep(time.Minute)
		require.Zero(t, measure())
		time.Sleep(time.Minute)
		theirs.ahead = 9 * time.Second
		require.Zero(t, measure(), "so little does no harm")
		time.Sleep(time.Minute)
		theirs.ahead, theirs.err = time.Hour, errors.New("no answer")
		require.Zero(t, measure())
	})
}
