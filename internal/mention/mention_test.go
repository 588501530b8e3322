package mention_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/mention"
)

func TestNamesBehindAnAtSignAreFound(t *testing.T) {
	t.Parallel()
	names := []string{"Ana", "Ana Silva", "ben", "Öz", "Money", ""}
	for text, want := range map[string][]string{
		"":                              nil,
		"Ana, please":                   nil,
		"@ana, please":                  {"Ana"},
		"@ANA SILVA: look, and @ben.":   {"Ana Silva", "ben"},
		"@Ana Silvas":                   {"Ana"},
		"(@öz) @money @Money @@ben":     {"Öz", "Money", "ben"},
		"kim@ben.example @ben2 @nobody": nil,
		"@":                             nil,
	} {
		require.Equal(t, want, mention.Find(text, names), text)
	}
}
