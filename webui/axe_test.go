package webui_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/browsertest"
)

// TestAxeFindsNothing has axe-core look for barriers on every page. `make axe` fetches it and sets
// AXE_CORE to its script.
func TestAxeFindsNothing(t *testing.T) {
	t.Parallel()
	path := os.Getenv("AXE_CORE")
	if path == "" {
		t.Skip("AXE_CORE names no axe.min.js: run make axe")
	}
	axe, err := os.ReadFile(path)
	require.NoError(t, err)
	o, none := newOffice(t), emptied(t)
	pages, b := o.gallery(), browsertest.New(t)
	for _, look := range []struct {
		name string
		browsertest.Look
	}{
		{"light", browsertest.Look{}}, {"dark", browsertest.Look{Dark: true}},
		{"phone", browsertest.Look{Width: 390, Height: 844}}, {"phone in the dark", browsertest.Look{Width: 390, Height: 844, Dark: true}},
	} {
		tab, by := b.Tab(t, look.Look), ""
		for _, p := range pages {
			by = p.show(tab, o.site, by)
			barriers(t, tab, string(axe), look.name+" "+p.name)
		}
		by = ""
		for _, p := range emptyPages {
			by = p.show(tab, none.site, by)
			barriers(t, tab, string(axe), look.name+" "+p.name)
		}
	}
}

// barriers looks at a page as it opens, with everything opened on it, and with what lies over it.
func barriers(t *testing.T, tab *browsertest.Tab, axe, where string) {
	t.Helper()
	browsertest.Run[int](tab, "document.querySelectorAll('details').forEach(d => d.open = true); 1")
	browsertest.Run[int](tab, axe+"; 1")
	for _, over := range []string{"", "#nav", "#keys"} {
		if over != "" && !tab.Is(`(e => e && getComputedStyle(e).display === "none" && (e.showPopover(), true))(document.querySelector("`+over+`"))`) {
			continue
		}
		for _, found := range browsertest.Run[[]string](tab, `axe.run(document, {iframes: false}).then(r => r.violations.map(v => v.id + " (" + v.impact + "): " + v.help + "\n  " +
			v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + "\n    " + [...n.any, ...n.all].map(c => c.message).join("; ").slice(0, 240)).join("\n  ")))`) {
			t.Errorf("%s%s: %s", where, over, found)
		}
		if over != "" {
			browsertest.Run[int](tab, `document.querySelector("`+over+`").hidePopover(); 1`)
		}
	}
}
