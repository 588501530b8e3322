package typedref_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/typedref"
)

func TestReferencesAreFoundHoweverTheyAreTyped(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"7Q2M-X4KD", "7q2mx4kd", " [#7q2m-x4kd] ", "7Q2M–X4KD", "see 7q2m-X4KD, please"} {
		require.Contains(t, typedref.Of(typed), "7Q2M-X4KD", typed)
	}
	require.Contains(t, typedref.Of("o0i1-l2ab"), "0011-12AB")
	require.Contains(t, typedref.Of("about acme/2026-17."), "ACME/2026-17")
	require.Equal(t, []string{"HELLO"}, typedref.Of("hello"))
	require.Empty(t, typedref.Of(" # "))
}
