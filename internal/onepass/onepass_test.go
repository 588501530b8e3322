package onepass_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/onepass"
)

// Ten callers come while a pass is under way. One pass after it serves them all.
func TestACompletePassServesAllWhoWaitedForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		passes, made := onepass.New[string](), 0
		first, goOn := make(chan struct{}), make(chan struct{})
		go func() {
			_ = passes.Do(t.Context(), "acme", func() error {
				close(first)
				<-goOn
				made++
				return nil
			})
		}()
		<-first
		for range 10 {
			go func() { _ = passes.Do(t.Context(), "acme", func() error { made++; return nil }) }()
		}
		synctest.Wait()
		require.Zero(t, made)
		require.NoError(t, passes.Do(t.Context(), "other", func() error { return nil }), "another queue waits for nobody")
		close(goOn)
		synctest.Wait()
		require.Equal(t, 2, made)
	})
}

func TestAFailedPassServesOnlyItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		passes, made := onepass.New[string](), 0
		free, end := passes.Try([]string{"acme", "other"})
		require.Equal(t, []string{"acme", "other"}, free)
		again, none := passes.Try([]string{"acme", "new"})
		require.Equal(t, []string{"new"}, again, "somebody goes through the other queue")
		none(nil)
		for range 2 {
			go func() {
				_ = passes.Do(t.Context(), "acme", func() error {
					made++
					return errors.New("failed")
				})
			}()
		}
		synctest.Wait()
		end(nil)
		synctest.Wait()
		require.Equal(t, 2, made)
		ctx, stop := context.WithCancel(t.Context())
		_, end = passes.Try([]string{"acme"})
		stop()
		require.ErrorIs(t, passes.Do(ctx, "acme", nil), context.Canceled)
		end(map[string]bool{"acme": true})
	})
}
