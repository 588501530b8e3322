package webui_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/browsertest"
)

// emptied is an office in which nothing has happened and nobody works.
func emptied(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	for _, mail := range []string{"ana@example.com", "ben@example.com"} {
		require.NoError(t, o.desk.RemoveAgent(t.Context(), agentID(mail)))
	}
	return o
}

// German words are longer.
func TestEveryPageFitsAPhoneInTheDarkInGerman(t *testing.T) {
	t.Parallel()
	o, none := newOffice(t), emptied(t)
	tab := browsertest.New(t).Tab(t, browsertest.Look{Width: 390, Height: 844, Dark: true, Language: "de"})
	by := ""
	for _, p := range o.gallery() {
		by = p.show(tab, o.site, by)
		require.NotEmpty(t, tab.Text("h1"), p.name)
		tab.Fits()
	}
	by = ""
	for _, p := range emptyPages {
		by = p.show(tab, none.site, by)
		require.True(t, tab.Is("document.querySelector('.empty, svg.plot, .rows, .grid')"), "%s has something to say", p.name)
		tab.Fits()
	}
}
