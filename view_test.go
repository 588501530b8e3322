package helpdesk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestEachAgentHasViews(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	views := []helpdesk.View{{Name: "Hot", Query: "priority=urgent"}}
	require.NoError(t, asAgent(d, ana).SaveViews(t.Context(), views))
	got, err := asAgent(d, ana).Views(t.Context())
	require.NoError(t, err)
	require.Equal(t, views, got)
	got, err = asAgent(d, ben).Views(t.Context())
	require.NoError(t, err)
	require.Empty(t, got)
	require.ErrorIs(t, asAgent(d, ana).SaveViews(t.Context(), make([]helpdesk.View, 31)), helpdesk.ErrInvalid)
	require.ErrorIs(t, d.SaveViews(t.Context(), views), helpdesk.ErrInvalid, "the host is no agent")
}
