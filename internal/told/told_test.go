package told_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/told"
)

func TestMemoryHoldsTheLastAndForgetsTheOldest(t *testing.T) {
	t.Parallel()
	m := told.New(3)
	for i := range 5 {
		require.False(t, m.Has("k", strconv.Itoa(i)))
		m.Add("k", strconv.Itoa(i))
		m.Add("k", strconv.Itoa(i)) // takes no second place
	}
	for i := range 5 {
		require.Equal(t, i >= 2, m.Has("k", strconv.Itoa(i)), i)
	}
	require.False(t, m.Has("k4"), "parts do not run together")
}
