package webui_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
	"github.com/helpdesk-go/helpdesk/webui"
)

func TestTheHostsSignOutIsLinkedWhereSomebodyIsLoggedIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(ana, prefix+"/").has("ana@example.com").lacks("Sign out")
	pages, err := webui.New(s.Desk.Desk, &webui.Config{Actor: who, Logger: quiet, SignOut: "/logout?from=desk&x=1"})
	require.NoError(t, err)
	a := mounted(s, pages).get(ana, "/tickets/none").is(404)
	require.Equal(t, 2, strings.Count(a.body, `<a href="/logout?from=desk&amp;x=1">Sign out</a>`), "in the side and in the menu of small windows")
	mounted(s, pages).get(nobody, "/").is(401).lacks("Sign out")
	help, err := webui.NewForm(s.Desk.Desk, &webui.FormConfig{Config: webui.Config{Actor: who, Logger: quiet, SignOut: "/logout"}})
	require.NoError(t, err)
	mounted(s, help).get(kim, "/").is(200).has(`<a href="/logout">Sign out</a>`)
	mounted(s, help).get(nobody, "/").is(200).lacks("Sign out")
	for _, bad := range []string{"javascript:alert(1)", "data:text/html,x", "%zz", "JavaScript:x"} {
		_, err := webui.New(s.Desk.Desk, &webui.Config{Actor: who, SignOut: bad})
		require.ErrorIs(t, err, helpdesk.ErrInvalid, bad)
	}
}

func TestThePhonesMenuSaysWhoIsLoggedIn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	b := browsertest.New(t)
	for name, look := range map[string]browsertest.Look{"phone": {Width: 390, Height: 844}, "without JavaScript": {Width: 390, Height: 844, NoScript: true}} {
		tab := b.Tab(t, look)
		login(tab, o.site, theAgent)
		tab.Go(o.site + "/support/")
		require.NotContains(t, tab.Text("body"), "ana@example.com", name)
		tab.Click("button.menu")
		require.Contains(t, tab.Text("#nav"), "ana@example.com", name)
		tab.Fits()
	}
	wide := b.Tab(t, browsertest.Look{})
	login(wide, o.site, theAgent)
	wide.Go(o.site + "/support/")
	require.Equal(t, 1, strings.Count(wide.Text("body"), "ana@example.com"), "once where there is room for it")
}
