package webui_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// Similar tickets come after the rest of the page, stay when the page brings itself up to date, and
// have a link for those without JavaScript.
func TestSimilarTicketsFollowTheirPage(t *testing.T) {
	t.Parallel()
	desk, pages, ref := parcels(t, memstore.New())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("X-Who", ana)
		pages.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	b := browsertest.New(t)
	tab := b.Tab(t, browsertest.Look{})
	tab.Go(server.URL + "/tickets/" + ref)
	tab.See("#of-similar", "It was sent again.")
	require.Regexp(t, "^"+server.URL+"/tickets/....-....$", browsertest.Run[string](tab, "document.querySelector('#of-similar a').href"))

	page, err := desk.Tickets(t.Context(), helpdesk.Query{Refs: []string{ref}})
	require.NoError(t, err)
	_, err = desk.Note(t.Context(), page.Tickets[0].ID, "Called the post office.")
	require.NoError(t, err)
	tab.See("#talk", "Called the post office.")
	tab.See("#of-similar", "It was sent again.")

	odd, err := desk.Open(t.Context(), helpdesk.OpenParams{Subject: "Quantum flux"})
	require.NoError(t, err)
	tab.Go(server.URL + "/tickets/" + odd.Ref)
	tab.Until("!document.querySelector('[data-later]') && !document.querySelector('#of-similar').checkVisibility()")

	plain := b.Tab(t, browsertest.Look{NoScript: true})
	plain.Go(server.URL + "/tickets/" + ref)
	plain.Leave("#of-similar a")
	plain.See("#of-similar", "It was sent again.")
}
