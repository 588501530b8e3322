package webui_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
	"github.com/helpdesk-go/helpdesk/webui"
)

func TestADashboardDoesNotWaitForWhatIsDear(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.file("Charged twice")
	pages, err := webui.Handler(o.desk, &webui.Config{Actor: func(*http.Request) (helpdesk.Actor, error) {
		return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"}, nil
	}})
	require.NoError(t, err)
	server := httptest.NewServer(pages)
	t.Cleanup(server.Close)
	b := browsertest.New(t)

	release := webui.Hold(pages)
	plain := b.Tab(t, browsertest.Look{NoScript: true})
	plain.Go(server.URL + "/dashboard?days=7")
	plain.Until("document.querySelector('#flow svg.plot')")
	require.Equal(t, []string{"agents", "model"}, browsertest.Run[[]string](plain, "[...document.querySelectorAll('[data-later]')].map(e => e.id)"))

	live := b.Tab(t, browsertest.Look{})
	live.Go(server.URL + "/dashboard")
	live.See("#agents[aria-busy] a", "Show")
	release()
	live.Until("!document.querySelector('[data-later]')")
	browsertest.Run[int](live, "document.querySelectorAll('details').forEach(d => d.open = true); 1")
	live.See("#agents tbody", "Ana Silva")
	live.See("#model tbody", "office 1")
	require.Equal(t, server.URL+"/dashboard/agents.csv?", browsertest.Run[string](live, "document.querySelector('#agents details a').href"))

	plain.Leave("#model a")
	plain.Click("#model summary")
	plain.See("#model tbody", "office 1")
	require.Equal(t, []string{"model"}, browsertest.Run[[]string](plain, "[...document.querySelectorAll('main section')].map(e => e.id)"))
	require.Contains(t, browsertest.Run[string](plain, "location.href"), "/dashboard/model?days=7")
}
