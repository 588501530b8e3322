package crosslink_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/crosslink"
)

func TestEachKindHasAnOppositeWhoseOppositeItIs(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{crosslink.Related, crosslink.DuplicateOf, crosslink.DuplicatedBy, crosslink.CausedBy, crosslink.Causes} {
		require.Equal(t, kind, crosslink.Opposite(crosslink.Opposite(kind)))
		require.Equal(t, kind == crosslink.Related, kind == crosslink.Opposite(kind))
	}
	require.Empty(t, crosslink.Opposite("cousin"))
}

func TestWalkFindsATicketOverOthersAndStopsInACircle(t *testing.T) {
	t.Parallel()
	links := map[int][]int{1: {2, 3}, 3: {4}, 4: {1, 5}, 6: {7}}
	next := func(of []int) (list []int, err error) {
		for _, id := range of {
			list = append(list, links[id]...)
		}
		return list, nil
	}
	for _, c := range []struct {
		from, to, most int
		want           crosslink.Answer
	}{
		{1, 1, 9, crosslink.Yes}, {1, 5, 9, crosslink.Yes}, {1, 6, 9, crosslink.No}, {5, 1, 9, crosslink.No}, {1, 5, 3, crosslink.TooFar}, {1, 5, 4, crosslink.Yes},
	} {
		got, err := crosslink.Walk(c.from, c.to, c.most, next)
		require.NoError(t, err)
		require.Equal(t, c.want, got, "%+v", c)
	}
	_, err := crosslink.Walk(1, 5, 9, func([]int) ([]int, error) { return nil, errors.ErrUnsupported })
	require.ErrorIs(t, err, errors.ErrUnsupported)
}
