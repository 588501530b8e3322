package helpdesk_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// timed is a store with a clock of its own.
type timed struct {
	helpdesk.Store
	ahead time.Duration
}

func (s *timed) Unwrap() helpdesk.Store                  { return s.Store }
func (s *timed) Time(context.Context) (time.Time, error) { return time.Now().Add(s.ahead), nil }

func TestAFastProcessTakesNobodysTasksAndASlowOneLeavesNone(t *testing.T) {
	for _, ahead := range []time.Duration{-10 * time.Minute, 10 * time.Minute} { // of the database
		synctest.Test(t, func(t *testing.T) {
			store := &timed{memstore.New(), ahead}
			db := func() time.Time { return time.Now().Add(ahead) }
			o := &telling{}
			right := worker(t, store, helpdesk.Config{Clock: helpdesk.ClockFunc(db)})
			wrong := worker(t, store, helpdesk.Config{Notifier: o})
			_, err := wrong.Tick(t.Context())
			require.NoError(t, err)
			require.Equal(t, db().UTC().Truncate(time.Microsecond), wrong.Now())
			replied(t, wrong, "kim@mail.example")
			leased, err := store.Lease(t.Context(), right.Now(), 30*time.Second, 10)
			require.NoError(t, err)
			require.NotEmpty(t, leased)
			_, err = wrong.Tick(t.Context())
			require.NoError(t, err)
			require.Empty(t, o.counts(), "they are another's")
			time.Sleep(31 * time.Second)
			_, err = wrong.Tick(t.Context())
			require.NoError(t, err)
			require.Len(t, o.counts(), 1)

			store.ahead = 0 // somebody has set the machine's clock
			time.Sleep(61 * time.Second)
			_, err = wrong.Tick(t.Context())
			require.NoError(t, err)
			require.Equal(t, time.Now().UTC().Truncate(time.Microsecond), wrong.Now())
		})
	}
}

func TestAClockThatIsNearlyRightIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := worker(t, &timed{memstore.New(), 9 * time.Second}, helpdesk.Config{})
		_, err := d.Tick(t.Context())
		require.NoError(t, err)
		require.Equal(t, time.Now().UTC().Truncate(time.Microsecond), d.Now())
	})
}
