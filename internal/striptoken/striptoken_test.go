package striptoken_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/striptoken"
)

const token = "v0123456789abcdefghjkmnpqrs7Q2M-X4KD"

func TestTokensAreTakenOut(t *testing.T) {
	t.Parallel()
	fronts := []string{"https://acme.example/t/"}
	for text, want := range map[string]string{
		"See https://acme.example/t/" + token + " please": "See [link removed] please",
		"a+" + token + "@acme.example":                    "[link removed]",
		strings.ToUpper(token):                            "[link removed]",
		token[:9] + "\r\n> " + token[9:] + " end":         "[link removed] end",
		token[:9] + "\u00ad\u00ad<wbr>" + token[9:]:       "[link removed]",
		"https://acme.example/t/" + token[:27] + "4711 ":  "[link removed] ",
		"https://other.example/" + token[:27] + "4711":    "https://other.example/" + token[:27] + "4711",
		token[:30]: token[:30],
		"":         "",
	} {
		require.Equal(t, want, striptoken.From(text, fronts), text)
	}
}

// TestAFloodOfBreaksIsRead has as many breaks as a mail may hold: code that calls itself for each
// runs out of stack, which ends the process.
func TestAFloodOfBreaksIsRead(t *testing.T) {
	t.Parallel()
	for unit, size := range map[string]int{"\u00ad": 24 << 20, "<wbr>": 24 << 20, "c\u00ad": 1 << 20, "v\n": 1 << 20, "c&shy;": 1 << 20} {
		text := "c" + strings.Repeat(unit, size/len(unit))
		require.Equal(t, len(text), len(striptoken.From(text, nil)), unit)
	}
}

func FuzzFrom(f *testing.F) {
	f.Add("See https://acme.example/t/" + token)
	f.Fuzz(func(t *testing.T, text string) {
		got := striptoken.From(text, []string{"https://acme.example/t/"})
		require.LessOrEqual(t, len(got), len(text))
		require.Equal(t, got, striptoken.From(got, []string{"https://acme.example/t/"}), "once is enough")
	})
}
