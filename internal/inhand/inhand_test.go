package inhand_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/inhand"
)

func TestWhatIsDroppedIsNotInHand(t *testing.T) {
	t.Parallel()
	s := inhand.New(func(word string) byte { return word[0] })
	s.Add([]string{"ant", "bee", "cow"})
	s.Add([]string{"bat"})
	s.Drop([]string{"cat"})
	require.Equal(t, []string{"ant", "bat"}, slices.Sorted(slices.Values(s.All())))
}
