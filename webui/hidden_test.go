package webui_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/browsertest"
)

// counted has a page count what it fetches of itself, and what it hears of changes.
func counted(tab *browsertest.Tab, ticket string) {
	browsertest.Run[int](tab, fmt.Sprintf(`(() => {
		window.fetched = window.heard = 0;
		const plain = window.fetch;
		window.fetch = (...a) => { if (!a[1]?.method) window.fetched++; return plain(...a); };
		const source = new EventSource(document.body.dataset.root + "events?ticket=%s");
		source.addEventListener("change", () => window.heard++);
		return new Promise(r => source.addEventListener("open", () => r(1)));
	})()`, ticket))
}

// TestAHiddenPageWaitsUntilItIsLookedAt changes a ticket while its page, or a list, is hidden.
func TestAHiddenPageWaitsUntilItIsLookedAt(t *testing.T) {
	t.Parallel()
	b := browsertest.New(t)
	for name, path := range map[string]string{"a ticket": "tickets/", "a list": "?view=all&q="} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			ticket := o.file("Charged twice")
			tab := b.Tab(t, browsertest.Look{})
			login(tab, o.site, theAgent)
			tab.Go(o.site + "/support/" + path + ticket.Ref)
			counted(tab, ticket.Ref)
			tab.Hide()
			for i := range 3 {
				o.answer(ticket, fmt.Sprintf("Are you there, %d?", i))
				tab.Until(fmt.Sprintf("heard > %d", i))
			}
			// A page that is due to fetch itself does so within two seconds. Timers keep their
			// order: after this one it would have.
			const settled = "new Promise(r => setTimeout(() => r(fetched), 2600))"
			require.Zero(t, browsertest.Run[int](tab, settled))
			tab.Show()
			tab.Until("fetched > 0")
			require.Equal(t, 1, browsertest.Run[int](tab, settled), "once for all that has happened")
			if name == "a ticket" {
				require.Contains(t, tab.Text("#talk"), "Are you there, 2?")
				o.answer(ticket, "One more.")
				tab.See(".m-customer .body", "One more.")
			}
		})
	}
}
