package webui_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/browsertest"
)

func TestTheSearchBoxOffersOperatorsAgentsAndTags(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	_, err := s.SetTags(t.Context(), opened.ID, []string{"very important"})
	require.NoError(t, err)
	s.get(ana, prefix+"/?view=all").is(200).has(`<datalist id="operators"`, `<option value="status:new" label="Status: New">`, `<option value="agent:ana@example.com" label="Ana Silva">`,
		`<option value="agent:me" label="held by: me">`, `<option value="tag:&#34;very important&#34;" label="Tag">`)
	s.inGerman(ana, prefix+"/?q=status:lost").is(422).has("Suche: status: &#34;lost&#34; ist keines von: open")
	for q, text := range map[string]string{
		"-agent:me": "lässt sich nicht ausschließen", "before:soon": "ist weder ein Datum wie 2026-03-02", "has:fun": "ist nicht attachment", "after:x": "noch eine Zeit wie",
	} {
		s.inGerman(ana, prefix+"/?q="+escape(q)).is(422).has(text)
	}
}

func TestASearchIsCompletedByKeyboard(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browsertest.New(t).Tab(t, browsertest.Look{})
	login(tab, o.site, theAgent)
	opened := o.file("Charged twice")
	_, err := o.desk.SetTags(t.Context(), opened.ID, []string{"very important"})
	require.NoError(t, err)
	tab.Go(o.site + "/support/?view=all")
	require.True(t, tab.Is(`document.querySelector("#q").getAttribute("role") === "combobox" && !document.querySelector("datalist#operators")`))
	tab.Press("/")
	tab.Write("charged sta")
	require.True(t, tab.Is(`document.querySelector("#q").getAttribute("aria-expanded") === "true"`))
	tab.Press(kb.ArrowDown)
	require.True(t, tab.Is(`document.getElementById(document.querySelector("#q").getAttribute("aria-activedescendant")).textContent.startsWith("status:open")`))
	tab.Press(kb.Enter)
	require.Equal(t, "charged status:open ", tab.Value("#q"))
	require.True(t, tab.Is(`document.querySelector("#offers").hidden`))
	tab.Write("agent:sil")
	tab.Press(kb.ArrowUp)
	tab.Press(kb.Enter)
	require.Equal(t, "charged status:open agent:ana@example.com ", tab.Value("#q"))
	tab.Write("tag:very")
	tab.Press(kb.ArrowDown)
	tab.Press(kb.Enter)
	require.Equal(t, `charged status:open agent:ana@example.com tag:"very important" `, tab.Value("#q"))
	tab.Write("cust")
	tab.Press(kb.ArrowDown)
	tab.Press(kb.Escape)
	require.True(t, tab.Is(`document.querySelector("#offers").hidden && document.activeElement.id === "q"`))
	tab.LeaveBy(kb.Enter)
	require.Equal(t, `charged status:open agent:ana@example.com tag:"very important" cust`, browsertest.Run[string](tab, `new URL(location).searchParams.get("q")`))
}
