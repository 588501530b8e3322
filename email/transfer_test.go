package email_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestABase64TextIsDecodedWhateverStandsAroundIt(t *testing.T) {
	t.Parallel()
	const text = "The printer is broken and nobody came. Bitte kommen Sie schnell: größer, 注文.\nKim"
	code := base64.StdEncoding.EncodeToString([]byte(text))
	var lines []string
	for s := code; s != ""; s = s[min(len(s), 40):] {
		lines = append(lines, s[:min(len(s), 40)])
	}
	wrapped := strings.Join(lines, "\n")
	footer := "_______________________________________________\nhelp mailing list\nhelp@lists.example\nhttps://lists.example/listinfo/help"
	for name, c := range map[string][2]string{
		"as it should be":       {wrapped, text},
		"in one line":           {code, text},
		"without padding":       {strings.TrimRight(wrapped, "="), text},
		"a footer":              {wrapped + "\n" + footer, text + "\n" + footer},
		"a footer, CRLF":        {strings.ReplaceAll(wrapped+"\n\n"+footer, "\n", "\r\n"), text + "\n\n" + footer},
		"a footer of words":     {wrapped + "\n\nUnsubscribe\nhere", text + "\n\nUnsubscribe\nhere"},
		"a banner":              {"CAUTION: This mail is from outside.\n\n" + wrapped, "CAUTION: This mail is from outside.\n\n" + text},
		"blanks between":        {strings.ReplaceAll(wrapped, "\n", "\n\n"), text},
		"blanks at line starts": {"  " + strings.ReplaceAll(wrapped, "\n", " \n  "), text},
		"blanks within":         {lines[0][:20] + " " + lines[0][20:] + "\n" + strings.Join(lines[1:], "\n"), text},
		"short, a footer":       {"SGVsbG8=\n-- \nScanned by x", "Hello\n-- \nScanned by x"},
		"not encoded":           {"Hello,\nmy printer is broken.\nKim", "Hello,\nmy printer is broken.\nKim"},
		"one word":              {"Hello, Kim", "Hello, Kim"},
	} {
		in := parsed(t, []byte("From: kim@cust.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"+c[0]+"\n"))
		require.Equal(t, strings.Join(strings.Fields(c[1]), " "), strings.Join(strings.Fields(in.Full), " "), name)
	}
}
