package held_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/held"
)

func TestARowIsLeftAloneForAPauseAndItsHoldIsOneUntilItIsFree(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	rows := held.New()
	require.False(t, rows.Kept("ana", now))
	require.True(t, rows.Keep("ana", now))
	require.True(t, rows.Kept("ana", now.Add(held.Pause-1)))
	require.False(t, rows.Kept("ana", now.Add(held.Pause)), "it is tried again")
	require.False(t, rows.Keep("ana", now.Add(held.Pause)), "it is the same hold")
	kept, was := rows.Free("ana", now.Add(time.Minute))
	require.True(t, was)
	require.Equal(t, time.Minute, kept)
	_, was = rows.Free("ana", now)
	require.False(t, was)
	require.True(t, rows.Keep("ana", now), "this is another")
}
