package email_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
)

// FuzzParse parses arbitrary bytes: the answer is in UTF-8, within its limits, and consistent.
func FuzzParse(f *testing.F) {
	names, err := filepath.Glob("testdata/*.eml")
	require.NoError(f, err)
	for _, name := range names {
		raw, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		in := parsed(t, raw)
		require.NotContains(t, in.Problem, "parser broke", "the net is for bugs nobody found yet")
		require.NotEmpty(t, in.ID)
		require.NotNil(t, in.Raw)
		require.Contains(t, []helpdesk.MailKind{helpdesk.MailMessage, helpdesk.MailAutomatic, helpdesk.MailBounce, helpdesk.MailList}, in.Kind)
		require.Equal(t, in.Kind == helpdesk.MailMessage, in.Reason == "")
		for _, s := range slices.Concat([]string{in.MessageID, in.From.Name, in.From.Email, in.ReplyTo, in.Subject, in.Text, in.Full, in.HTML, in.Reason, in.Problem},
			in.InReplyTo, in.References, in.Recipients, in.Loops, in.Bounced, in.Failed) {
			require.True(t, utf8.ValidString(s), "%q", s)
		}
		for _, s := range slices.Concat([]string{in.From.Name, in.From.Email, in.Subject, in.ReplyTo, in.MessageID}, in.Recipients, in.Failed, in.References) {
			require.NotContains(t, s, "\n")
		}
		require.LessOrEqual(t, len(in.Files), 500)
		for _, f := range in.Files {
			require.NotEmpty(t, f.Name)
			require.NotContains(t, f.Name, "/")
			require.NotContains(t, f.Name, `\`)
			require.False(t, slices.ContainsFunc([]rune(f.Name), unicode.IsControl), "%q", f.Name)
			require.NotEmpty(t, f.Type)
		}
		contents(t, in)
		m := email.Compose(nil, in.Full, in.HTML, in.Files) // accepts the output of Parse
		require.Len(t, m.Files, len(in.Files))
	})
}
