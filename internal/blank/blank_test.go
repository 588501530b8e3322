package blank_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/blank"
)

func TestNamesGoAndLongerOnesStay(t *testing.T) {
	t.Parallel()
	b := blank.New([]string{"im@example.com", "", "Kim Lee"}, "(x)")
	for text, want := range map[string]string{
		"":                                      "",
		"im@example.com":                        "(x)",
		"To IM@Example.com.":                    "To (x).",
		"<im@example.com>, kim lee wrote":       "<(x)>, (x) wrote",
		"kim@example.com":                       "kim@example.com",
		"im@example.community":                  "im@example.community",
		`{"to":"im@example.com"}`:               `{"to":"(x)"}`,
		"Kim Leeds and Kim Lee, im@example.com": "Kim Leeds and (x), (x)",
	} {
		require.Equal(t, want, b.Text(text), text)
	}
	require.True(t, b.Has("Kim Lee"))
	require.False(t, blank.New(nil, "x").Has("anything"))
}
