package webui_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
)

func TestTheSearchBoxOffersOperatorsAgentsTagsAndOrganisations(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	_, err := s.SetTags(t.Context(), opened.ID, []string{"very important"})
	require.NoError(t, err)
	s.get(ana, prefix+"/?view=all").is(200).has(`<datalist id="operators"`, `<option value="status:new" label="Status: New">`, `<option value="agent:ana@example.com" label="Ana Silva">`,
		`<option value="agent:me" label="held by: me">`, `<option value="tag:&#34;very important&#34;" label="Tag">`)
	acme, err := s.SaveOrganisation(t.Context(), helpdesk.Organisation{Name: `Acme "North" Ltd`})
	require.NoError(t, err)
	_, err = s.SaveCustomer(t.Context(), helpdesk.Customer{Organisation: acme.ID, Addresses: []helpdesk.Address{{Channel: helpdesk.ChannelEmail, Value: "lee@mail.example"}}})
	require.NoError(t, err)
	_, err = s.Open(t.Context(), helpdesk.OpenParams{Subject: "Of Acme", Customer: helpdesk.Contact{Email: "lee@mail.example"}})
	require.NoError(t, err)
	s.get(ana, prefix+"/?view=all").is(200).has(`<option value="org:&#34;Acme  North  Ltd&#34;" label="Organisation or mail domain">`)
	s.get(ana, prefix+"/?q="+escape(`org:"Acme  North  Ltd"`)).is(200).has("Of Acme").lacks(">Refund<")
	policy := `{"policies":[{"name":"acme","for":{"organisation":["` + string(acme.ID) + `","01a20f2b-7c1e-7a41-9d0a-5b7f6f0c9e11"]},"first_response":"15m"}]}`
	s.post(admin, set+"sla", "book", policy, "version", "0").is(303)
	s.get(admin, set+"sla").is(200).has("Organisation: Acme &#34;North&#34; Ltd, 01a20f2b-7c1e-7a41-9d0a-5b7f6f0c9e11").lacks(string(acme.ID))
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
