package random_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/random"
)

func TestNamesHaveTheirFormAndDiffer(t *testing.T) {
	t.Parallel()
	require.Regexp(t, "^[0-9a-f]{32}$", random.Hex())
	require.NotEqual(t, random.Hex(), random.Hex())
}
