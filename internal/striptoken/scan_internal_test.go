package striptoken

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEachByteIsLookedAtAFewTimes counts: code that looks ahead from each place at the same bytes
// would count many times as much.
func TestEachByteIsLookedAtAFewTimes(t *testing.T) {
	t.Parallel()
	token := "v0123456789abcdefghjkmnpqrs7q2m-x4kd"
	for _, unit := range []string{
		"c", "cv-", "c\u00ad", "c&shy;", "&amp;", "&#0", "&#x0", "&", "%", "%25", "%c2", "<", "<b", "<b ", "<b>", "c<b>", "</", "<!", "=", "= ", " ", "\n", "> ", "\r", "c=\n> ",
		token, token + " ", token[:35], token[:27] + "-", "<b " + token + ">", "t=" + token[:27] + "-oil-", "t=c", "tt=", "word ",
	} {
		x := newScanner(strings.Repeat(unit, 100_000/len(unit))+">", []string{"t=", "tttttttttttttttt="})
		x.scan()
		x.without(len(x.s))
		require.Less(t, x.steps, 6*len(x.s), "%q", unit)
	}
}
