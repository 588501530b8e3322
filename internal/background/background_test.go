package background_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/background"
)

func TestShutdownEndsWhatIsLiveAndWaitsForWork(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, began := background.New(), time.Now()
		worked := false
		require.True(t, g.Go(func() { <-g.Live().Done() }))
		require.True(t, g.Go(func() {
			select {
			case <-time.After(time.Minute):
				worked = true
			case <-g.Work().Done():
			}
		}))
		require.NoError(t, g.Shutdown(t.Context()))
		require.True(t, worked)
		require.Equal(t, time.Minute, time.Since(began))
		require.Error(t, g.Work().Err())
		require.False(t, g.Go(func() { t.Error("runs after Shutdown") }))
		require.NoError(t, g.Shutdown(t.Context()), "a second call has nothing to wait for")
	})
}

func TestShutdownCutsWorkOffWhenItsContextEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, began := background.New(), time.Now()
		g.Go(func() {
			<-g.Work().Done()
			time.Sleep(time.Second) // to tidy up
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		require.ErrorIs(t, g.Shutdown(ctx), context.DeadlineExceeded)
		require.Equal(t, time.Minute, time.Since(began))
		require.NoError(t, g.Shutdown(t.Context()))
		require.Equal(t, time.Minute+time.Second, time.Since(began))
	})
}
