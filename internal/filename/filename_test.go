package filename_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/filename"
)

func TestANameIsOneLineWithoutAPath(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"invoice.pdf": "invoice.pdf", "../../etc/passwd": "passwd", `C:\x\a.txt`: "a.txt", " a\nb ": "ab", "\u202egpj.exe": "gpj.exe",
		"\xff": "\uFFFD", "dir/": "", strings.Repeat("ä", 300): strings.Repeat("ä", 200),
	} {
		require.Equal(t, want, filename.Clean(name))
	}
	require.Equal(t, "a/b", filename.Label("a/b\u200f"))
}

func TestATypeIsValidOrUnknown(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{
		" Image/PNG": "image/png", "application/vnd.ms-excel": "application/vnd.ms-excel",
		"": "application/octet-stream", "text": "application/octet-stream", "text/": "application/octet-stream", "text/html; x": "application/octet-stream",
		"text/" + strings.Repeat("x", 123): "application/octet-stream",
	} {
		require.Equal(t, want, filename.MediaType(kind))
	}
}

func TestTextsAreKnownByTypeOrName(t *testing.T) {
	t.Parallel()
	for _, of := range [][2]string{{"a", "TEXT/csv"}, {"a", "message/rfc822"}, {"a.EML", ""}, {"a.html", "application/octet-stream"}} {
		require.True(t, filename.HoldsText(of[0], of[1]), of)
	}
	require.False(t, filename.HoldsText("a.png", "image/png"))
}
