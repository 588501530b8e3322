package atonce_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/atonce"
)

func TestAllAreDoneAndNoMoreThanAllowedAtOnce(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	now, most, sum := 0, 0, 0
	atonce.Do(100, 3, nil, func(i int) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		mu.Lock()
		defer mu.Unlock()
		now--
		sum += i
	})
	require.LessOrEqual(t, most, 3)
	require.Equal(t, 99*100/2, sum)
	require.Zero(t, now)
}

// With one at a time, stop is asked when the call before has returned.
func TestNothingBeginsAfterStop(t *testing.T) {
	t.Parallel()
	var done []int
	atonce.Do(10, 1, func() bool { return len(done) == 4 }, func(i int) { done = append(done, i) })
	require.Equal(t, []int{0, 1, 2, 3}, done)
}
