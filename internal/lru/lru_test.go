package lru_test

import (
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/lru"
)

const each = 250 // bytes beside a value

func TestItDropsWhatWasUsedLongestAgo(t *testing.T) {
	t.Parallel()
	c := lru.New[string, int](3 * (each + 100))
	for i, key := range []string{"a", "b", "c"} {
		c.Put(key, i, 100)
	}
	_, _ = c.Get("a")
	c.Put("d", 3, 100)
	for key, want := range map[string]bool{"a": true, "b": false, "c": true, "d": true} {
		_, ok := c.Get(key)
		require.Equal(t, want, ok, key)
	}
	n, bytes := c.Size()
	require.Equal(t, 3, n)
	require.EqualValues(t, 3*(each+100), bytes)
}

func TestALargerValueTakesThePlaceOfSeveral(t *testing.T) {
	t.Parallel()
	c := lru.New[string, int](1000)
	c.Put("a", 1, 100)
	c.Put("b", 2, 100)
	c.Put("a", 3, 700)
	_, ok := c.Get("b")
	require.False(t, ok)
	v, _ := c.Get("a")
	require.Equal(t, 3, v, "the last value stays")
	_, bytes := c.Size()
	require.EqualValues(t, each+700, bytes)

	c.Put("huge", 4, 1_000_000)
	v, ok = c.Get("huge")
	require.True(t, ok, "even alone it is too large, and it stays")
	require.Equal(t, 4, v)
	c.Delete("huge")
	c.Delete("unknown")
	n, bytes := c.Size()
	require.Zero(t, n)
	require.Zero(t, bytes)
}

func TestSizeOfCountsWhatIsPointedTo(t *testing.T) {
	t.Parallel()
	type node struct {
		name string
		next *node
	}
	text := strings.Repeat("x", 1000)
	ring := &node{name: text}
	ring.next = &node{name: text, next: ring}
	for name, c := range map[string]struct {
		v    any
		want int64
	}{
		"nil":     {nil, 0},
		"number":  {int64(1), 8},
		"string":  {text, 16 + 1000},
		"bytes":   {make([]int8, 1000), 24 + 1000},
		"strings": {[]string{text, text}, 24 + 2*(16+1000)},
		"pointer": {&text, 8 + 16 + 1000},
		"ring":    {ring, 8 + 2*(24+1000)},
		"any":     {[]any{text, nil}, 24 + 2*16 + 16 + 1000},
		"map":     {map[string]int64{"a": 1}, 8 + 27 + 1 + 1},
		"time":    {time.Time{}, 24},
	} {
		require.Equal(t, c.want, lru.SizeOf(c.v), name)
	}
}

// The size of a value of many parts is near what the garbage collector says.
func TestSizeOfIsNearTheHeap(t *testing.T) {
	made := func() []*regexp.Regexp {
		list := make([]*regexp.Regexp, 300)
		for i := range list {
			list[i] = regexp.MustCompile(`(?i)(urgent|immediately|as soon as possible) ?[a-z]{3,9}`)
		}
		return list
	}
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	made()
	before := heap()
	list := made()
	after := heap()
	require.InEpsilon(t, float64(after-before), float64(lru.SizeOf(list)), 0.4)
	runtime.KeepAlive(list)
}
