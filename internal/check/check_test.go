package check_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/check"
)

func TestWhatIsWrongWithATextIsSaid(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":             "is empty",
		" \n":          "is empty",
		"a\nb":         "",
		"ääää":         "is longer than 7 bytes",
		"a\xff":        "is not valid UTF-8",
		"a\x00":        "contains a NUL character",
		"1234567":      "",
		"12345678":     "is longer than 7 bytes",
		"12345678\x0f": "is longer than 7 bytes",
	} {
		require.Equal(t, want, check.Text(s, 7, true), "%q", s)
	}
	require.Empty(t, check.Text("", 7, false))
}

func TestWhatIsWrongWithALineIsSaid(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"":                          "is empty",
		"ääää":                      "",
		"äääää":                     "is longer than 4 characters",
		strings.Repeat("x", 10_000): "is longer than 4 characters",
		"a\nb":                      "contains a control character",
		"a\x7f":                     "contains a control character",
		"a\u0085":                   "contains a control character",
		"a\x00":                     "contains a NUL character",
		"\xff":                      "is not valid UTF-8",
	} {
		require.Equal(t, want, check.Line(s, 4, true), "%q", s)
	}
	require.Empty(t, check.Line("", 4, false))
}
