package main

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

func TestTheDemosMonthIsTheSameEachTimeAndLooksLikeOne(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 20, 15, 0, 0, 0, time.UTC)
	var seen []*report.Overview
	for range 2 {
		store := memstore.New()
		require.NoError(t, fillDemo(t.Context(), store, now, io.Discard))
		desk, err := newDesk(store, nil, func(c *helpdesk.Config) { c.Clock = helpdesk.ClockFunc(func() time.Time { return now }) })
		require.NoError(t, err)
		o, err := report.New(desk).Overview(t.Context(), report.Period{From: now.AddDate(0, 0, -30), To: now})
		require.NoError(t, err)
		seen = append(seen, o)
		require.NoError(t, fillDemo(t.Context(), store, now, io.Discard), "a second time it leaves everything as it is")
		n, err := desk.Count(t.Context(), 10_000, helpdesk.Query{})
		require.NoError(t, err)
		require.Equal(t, []int{o.Total}, n)
	}
	require.Equal(t, seen[0], seen[1])
	o := seen[0]
	require.Greater(t, o.Total, 350)
	require.Greater(t, o.Open, 5)
	require.Greater(t, o.Breached, 5)
	require.Greater(t, *o.Compliance, 70.0)
	require.Greater(t, o.Satisfaction.Rated, 50)
	require.Greater(t, len(o.ByCategory), 4)
}
