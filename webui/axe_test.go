package webui_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
)

// TestAxeFindsNothing has axe-core look for barriers on every page. `make axe` fetches it and sets AXE_CORE to its script.
func TestAxeFindsNothing(t *testing.T) {
	t.Parallel()
	path := os.Getenv("AXE_CORE")
	if path == "" {
		t.Skip("AXE_CORE names no axe.min.js: run make axe")
	}
	axe, err := os.ReadFile(path)
	require.NoError(t, err)
	o := newOffice(t)
	ticket := o.file("Charged twice")
	o.answer(ticket, "Are you there?")
	_, err = o.desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}).Note(t.Context(), ticket.ID, "Asked the bank.")
	require.NoError(t, err)
	done := o.file("Charged twice again")
	_, err = o.desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}).Resolve(t.Context(), done.ID, "Refunded.")
	require.NoError(t, err)
	_, err = o.desk.Receive(t.Context(), &helpdesk.Incoming{
		MessageID: "offers@news.example", From: helpdesk.Contact{Email: "news@news.example"}, Subject: "Our offers", Text: "Everything must go.", Kind: helpdesk.MailList, Reason: "List-Id",
	})
	require.NoError(t, err)
	b := browsertest.New(t)
	for name, look := range map[string]browsertest.Look{"light": {}, "dark": {Dark: true}, "phone": {Width: 390, Height: 844}} {
		tab := b.Tab(t, look)
		login(tab, o.site, "admin:dev@example.com")
		for _, page := range []string{"", "?view=all&status=assigned", "?status=resolved", "tickets/" + ticket.Ref, "tickets/" + done.Ref, "dashboard", "mail?list=all", "mail?list=failed", "new", "settings", "settings/agents", "settings/agents/edit", "settings/teams", "settings/teams/edit", "settings/categories", "settings/sla", "settings/sla/edit", "settings/sla/history", "settings/floors", "settings/macros", "settings/macros/edit", "settings/mail", "settings/about", "tickets/none"} {
			if page == "tickets/none" {
				tab.Allow("404 (Not Found)")
			}
			tab.Go(o.site + "/support/" + page)
			browsertest.Run[int](tab, "document.querySelectorAll('details').forEach(d => d.open = true); 1")
			browsertest.Run[int](tab, string(axe)+"; 1")
			for _, found := range browsertest.Run[[]string](tab, `axe.run(document, {iframes: false}).then(r => r.violations.map(v => v.id + " (" + v.impact + "): " + v.help + "\n  " +
				v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + "\n    " + [...n.any, ...n.all].map(c => c.message).join("; ").slice(0, 240)).join("\n  ")))`) {
				t.Errorf("%s %s: %s", name, page, found)
			}
		}
	}
}
