package webui_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/webui"
)

func TestTheDocumentationListsTheColours(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/webui.md")
	require.NoError(t, err)
	css, err := os.ReadFile("static/app.css")
	require.NoError(t, err)
	light, dark, ok := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	require.True(t, ok)
	dark, _, _ = strings.Cut(dark, "\n}\n")
	variable := regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`)
	of := func(css string) map[string]string {
		colours := map[string]string{}
		for _, m := range variable.FindAllStringSubmatch(css, -1) {
			colours[m[1]] = m[2]
		}
		return colours
	}
	inLight, inDark := map[string]string{}, map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z0-9-]+)` +\\| .*\\| `(#[0-9a-f]{6})` \\| `(#[0-9a-f]{6})` \\|$").FindAllStringSubmatch(string(page), -1) {
		inLight[row[1]], inDark[row[1]] = row[2], row[3]
	}
	require.Equal(t, of(light), inLight)
	require.Equal(t, of(dark), inDark)
}

func TestTheDocumentationListsTheKeys(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/webui.md")
	require.NoError(t, err)
	_, table, ok := strings.Cut(string(page), "## Keyboard")
	require.True(t, ok)
	table, _, _ = strings.Cut(table, "\n## ")
	s := newSite(t)
	var keys []string
	for n := range s.get(ana, prefix+"/").is(200).doc().Descendants() {
		if n.Data == "kbd" && n.FirstChild != nil && n.Parent.Data == "dt" {
			keys = append(keys, n.FirstChild.Data)
		}
	}
	require.Len(t, keys, 14)
	var listed []string
	for _, row := range regexp.MustCompile("(?m)^\\| (`.*?) +\\|").FindAllStringSubmatch(table, -1) {
		for _, key := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			listed = append(listed, key[1])
		}
	}
	slices.Sort(keys)
	slices.Sort(listed)
	require.Equal(t, keys, listed)
}

func TestATenantsColoursAreAlsoThoseOfTheDark(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	pages, err := webui.New(s.Desk.Desk, &webui.Config{Actor: who, Logger: quiet, Brand: func(helpdesk.TenantID) webui.Brand {
		return webui.Brand{
			Colours: map[string]string{"accent": "#5b21b6", "line": "red; } body { display: none", "Bad": "#fff", "text": "url(https://evil.example)"},
			Dark:    map[string]string{"accent": "#c4b5fd", "x} body": "red"},
		}
	}})
	require.NoError(t, err)
	a := mounted(s, pages).get(admin, "/brand.css").is(200)
	require.Equal(t, ":root {\n  --accent: #5b21b6;\n}\n@media (prefers-color-scheme: dark) {\n:root {\n  --accent: #c4b5fd;\n}\n}\n", a.body)
}
