package gather_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/gather"
)

func TestWhatComesMeanwhileIsTakenTogetherAndAllIsTakenAtTheEnd(t *testing.T) {
	t.Parallel()
	var calls [][]int
	begun, goOn := make(chan struct{}, 1), make(chan struct{})
	g := gather.New(func(some []int) {
		if calls = append(calls, some); len(calls) == 1 {
			begun <- struct{}{}
			<-goOn
		}
	})
	g.Add(0)
	<-begun
	var wg sync.WaitGroup
	for i := range 9 {
		wg.Go(func() { g.Add(i + 1) })
	}
	wg.Wait()
	close(goOn)
	g.End()
	require.Len(t, calls, 2)
	require.Equal(t, []int{0}, calls[0])
	require.Equal(t, []int{1, 2, 3, 4, 5, 6, 7, 8, 9}, slices.Sorted(slices.Values(calls[1])))
}
