package webui_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
	"github.com/helpdesk-go/helpdesk/webui"
)

func TestADashboardDoesNotWaitForSectionsThatTakeTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.file("Charged twice")
	pages, err := webui.New(o.desk, &webui.Config{Actor: func(*http.Request) (helpdesk.Actor, error) {
		return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"}, nil
	}})
	require.NoError(t, err)
	asked := make(chan string, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/dashboard/") {
			asked <- r.URL.Path
		}
		pages.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	b := browsertest.New(t)

	release := webui.Hold(pages)
	plain := b.Tab(t, browsertest.Look{NoScript: true})
	plain.Go(server.URL + "/dashboard?days=7")
	require.Equal(t, []string{"figures", "flow", "backlog", "speed", "category", "priority", "attainment", "arrivals", "agents", "model"}, browsertest.Run[[]string](plain, "[...document.querySelectorAll('[data-later]')].map(e => e.id)"))

	other := b.Tab(t, browsertest.Look{NoScript: true})
	other.Go(server.URL + "/dashboard?days=7")

	live := b.Tab(t, browsertest.Look{})
	live.Go(server.URL + "/dashboard")
	live.See("#agents[aria-busy] a", "Show")
	require.Equal(t, "/dashboard/figures", <-asked)
	require.Empty(t, asked, "what follows shares the database with nothing before the figures are there")
	release()
	live.Until("!document.querySelector('[data-later]')")
	live.Until("document.querySelector('#flow svg.plot')")
	live.See("#figures", "Created")
	live.Until("document.querySelector('#category .bars li')")
	browsertest.Run[int](live, "document.querySelectorAll('details').forEach(d => d.open = true); 1")
	live.See("#agents tbody", "Ana Silva")
	live.See("#model tbody", "office 1")
	require.Equal(t, server.URL+"/dashboard/agents.csv?", browsertest.Run[string](live, "document.querySelector('#agents details a').href"))

	plain.Leave("#model a")
	plain.Click("#model summary")
	plain.See("#model tbody", "office 1")
	require.Equal(t, []string{"model"}, browsertest.Run[[]string](plain, "[...document.querySelectorAll('main section')].map(e => e.id)"))
	require.Contains(t, browsertest.Run[string](plain, "location.href"), "/dashboard/model?days=7")
	other.Leave("#figures a")
	other.See("#figures", "Created")
	require.Contains(t, browsertest.Run[string](other, "location.href"), "/dashboard/figures?days=7")
}

// overlapping are the texts of drawings that lie on another or reach out of the page.
const overlapping = `[...document.querySelectorAll("svg.plot")].flatMap(svg => {
	const seen = [...svg.querySelectorAll("text")].filter(e => getComputedStyle(e).display !== "none").map(e => ({text: e.textContent, box: e.getBoundingClientRect()}));
	return seen.flatMap(({text, box}, i) => seen.slice(0, i).filter(o => o.box.left < box.right && box.left < o.box.right && o.box.top < box.bottom - 1 && box.top < o.box.bottom - 1)
		.map(o => text + " lies on " + o.text).concat(box.left < 0 || box.right > document.documentElement.clientWidth ? [text + " is cut off"] : []));
})`

func TestTheTextsOfDrawingsKeepTheirSizeAndLieOnNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.file("Charged twice")
	ana := o.desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
	_, err := ana.Reply(t.Context(), first.ID, helpdesk.ReplyParams{Body: "Which one?"})
	require.NoError(t, err)
	_, err = ana.Resolve(t.Context(), first.ID, "Paid back.")
	require.NoError(t, err)
	for range 12 {
		o.file("Charged twice again")
	}
	b := browsertest.New(t)
	for _, width := range []int64{390, 1024, 1920} {
		tab := b.Tab(t, browsertest.Look{Width: width, Height: 900, Language: "de"})
		login(tab, o.site, theAdmin)
		for _, days := range []string{"7", "30", "46", "90", "365"} {
			tab.Go(o.site + "/support/dashboard?days=" + days)
			tab.Until("!document.querySelector('[data-later]')")
			require.Equal(t, []string{"12px"}, browsertest.Run[[]string](tab, `[...new Set([...document.querySelectorAll("svg.plot text")].map(e => getComputedStyle(e).fontSize))]`))
			require.GreaterOrEqual(t, browsertest.Run[int](tab, `document.querySelectorAll("svg.plot").length`), 5)
			require.Equal(t, []float64{1}, browsertest.Run[[]float64](tab, `[...new Set([...document.querySelectorAll("svg.plot text")].map(e => e.getScreenCTM().a))]`), "nothing is scaled")
			require.Empty(t, browsertest.Run[[]string](tab, overlapping), "%d pixels, %s days", width, days)
			tab.Fits()
		}
	}
}
