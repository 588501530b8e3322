package likeness_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/likeness"
)

func TestTextsShareTheirWords(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"the", "login", "2", "fails"}, likeness.Words("The LOGIN-2: fails!"))
	require.Equal(t, 2, likeness.Both([]string{"a", "a", "b"}, []string{"a", "b", "c"}), "a stands once in the other")
	require.InDelta(t, 2.0/3, likeness.Shared("reset the password", "Reset password? now"), 1e-9)
	require.InDelta(t, 1, likeness.Shared("", "..."), 0)
	require.Zero(t, likeness.Shared("a", ""))
}

func TestAWordThatDeniesStandsAlone(t *testing.T) {
	t.Parallel()
	for text, denies := range map[string]bool{
		"It does not work": true, "It doesn't": true, "Das geht NICHT.": true, "keine Ahnung": true, "ça ne va pas": true,
		"nothing": false, "notice": false, "": false, "It works": false,
	} {
		require.Equal(t, denies, likeness.Denies(text), text)
	}
}
