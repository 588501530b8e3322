package email_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/email"
)

// These tests start no goroutines and read megabytes, so they run without the race detector, which
// would take minutes.

// hostile returns texts of about 1 MiB in which a rule could read the same lines many times. Such a
// rule takes hours for one of them.
func hostile() map[string]string {
	return map[string]string{
		"attributions":         strings.Repeat("On 3 Feb 2026 14:22:\n", 50_000),
		"verbs":                strings.Repeat("he wrote 2020:\n", 70_000),
		"quotes and text":      strings.Repeat("> x\ny\n", 170_000),
		"dashes":               "x\n" + strings.Repeat("--\na b c d, e.\n", 60_000),
		"rules above text":     "x\n" + strings.Repeat("===\n\n", 190_000) + strings.Repeat("some text of a line\n", 40),
		"telephones":           strings.Repeat("sent from my x.\n\n", 60_000),
		"headers":              strings.Repeat("From: a\n", 130_000),
		"headers and blanks":   strings.Repeat("Date: a\n\n", 110_000),
		"colons over blanks":   strings.Repeat("x:\n\n\n\n", 170_000),
		"bars":                 strings.Repeat("On 3 Feb 2026 14:22 x wrote:\n| \n", 30_000),
		"one line":             strings.Repeat("a@b.example ", 90_000),
		"one quoted line":      strings.Repeat(">", 1<<20),
		"fences":               strings.Repeat("```\n", 250_000),
		"quoted attributions":  strings.Repeat("> On 3 Feb 2026 14:22 x wrote:\n\n", 30_000),
		"addresses":            strings.Repeat("<<<<a@b>>>>:\n", 80_000),
		"one colon after text": strings.Repeat("a 1\n", 250_000) + "wrote:",
	}
}

func TestHostileTextsTakeLinearTime(t *testing.T) {
	t.Parallel()
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			visible, _ := email.Visible(text)
			require.NotEmpty(t, visible)
		})
	}
}

// hostileHTML returns documents of about 1 MiB on which a reader that keeps a tree, or searches the
// start of each end tag, needs a deep stack or hours.
func hostileHTML() map[string]string {
	return map[string]string{
		"deep":           strings.Repeat("<div>", 200_000) + "x",
		"deep inline":    strings.Repeat("<b><i>", 150_000) + "x" + strings.Repeat("</b></i>", 60_000),
		"misnested":      strings.Repeat("<b><div></b>x", 80_000),
		"only ends":      "x" + strings.Repeat("</div>", 170_000),
		"quotes":         strings.Repeat("<blockquote>x", 80_000),
		"tables":         strings.Repeat("<table><tr><td>x", 60_000),
		"links":          strings.Repeat("<a href=http://x>y", 50_000),
		"lists":          strings.Repeat("<ul><li>x", 100_000),
		"attributes":     "<p " + strings.Repeat("a=1 ", 250_000) + ">x",
		"style":          `<p style="` + strings.Repeat("color:red;", 100_000) + `">x`,
		"style brackets": `<p style="` + strings.Repeat("(", 1<<20) + `">x`,
		"styles":         strings.Repeat(`<p style="`+strings.Repeat("((", 200)+`">x`, 2_400),
		"open tags":      "x" + strings.Repeat("<", 1<<20),
		"comments":       "x" + strings.Repeat("<!--", 250_000),
		"entities":       strings.Repeat("&amp", 250_000),
		"one word":       strings.Repeat("x", 1<<20),
		"signatures":     "x" + strings.Repeat("<div class=gmail_signature>y", 35_000),
		"cut marks":      "x" + strings.Repeat("<hr id=stopSpelling>y", 48_000),
	}
}

func TestHostileHTMLTakesLinearTime(t *testing.T) {
	t.Parallel()
	for name, html := range hostileHTML() {
		t.Run(name, func(t *testing.T) {
			require.NotEmpty(t, email.HTMLText(html))
			require.NotEmpty(t, email.VisibleHTML(html))
			require.NotEmpty(t, email.SanitizeHTML(html, nil))
		})
	}
}
