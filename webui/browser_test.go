package webui_test

import (
	"log"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
)

// row finds a ticket in the inbox, link its link.
func row(t *helpdesk.Ticket) string  { return `.queue li[data-id="` + string(t.ID) + `"]` }
func link(t *helpdesk.Ticket) string { return row(t) + " .what a" }

const (
	send    = `#write .send button[value=""]`
	resolve = `#write .send button[value=resolve]`
)

func TestAWholeDayOfTwoAgentsInTheBrowser(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	b := browsertest.New(t)
	ana, ben := b.Tab(t, browsertest.Look{}), b.Tab(t, browsertest.Look{})
	login(ana, o.site, "agent:ana@example.com")
	login(ben, o.site, "agent:ben@example.com")

	ana.Go(o.site + "/support/dashboard")
	before := ana.Text(".figures")
	ana.Go(o.site + "/support/?view=all")
	mark(ana)
	ticket := o.file("Charged twice")
	ana.See(link(ticket), "Charged twice")
	unloaded(t, ana)

	ana.Leave(link(ticket))
	ana.Press("s")
	suggested := ana.Value("#body")
	require.NotEmpty(t, suggested)
	require.Equal(t, strings.TrimSpace(ana.Text("#suggested")), suggested)
	ana.Write("\n\nBest regards, Ana")
	ana.Leave(send)
	ana.See(".m-agent .body", "Best regards, Ana")
	require.Equal(t, []string{suggested + "\n\nBest regards, Ana"}, o.messages(ticket, helpdesk.FromAgent))
	require.Empty(t, ana.Value("#body"), "what was sent is no draft any more")

	mark(ana)
	o.answer(ticket, "Thank you, that was quick.")
	ana.See(".m-customer .body", "Thank you, that was quick.")
	unloaded(t, ana)

	ben.Go(o.site + "/support/tickets/" + ticket.Ref)
	ana.See("#presence", "ben@example.com")
	ben.See("#presence", "ana@example.com")
	ana.Click("#body")
	ana.Write("You are welcome.")
	ben.Click("#body")
	ben.Write("Let me add something.")
	ana.See("#presence", "writ")
	ana.Leave(send)
	ben.See(".m-agent .body", "You are welcome.") // live, and the text in the field stays
	require.Equal(t, "Let me add something.", ben.Value("#body"))
	ben.Allow("409 (Conflict)") // the browser's own line
	ben.Leave(send)
	ben.See(".composer .problem", "")
	require.Contains(t, ben.Text("#talk"), "You are welcome.")
	require.Equal(t, "Let me add something.", ben.Value("#body"))
	require.Len(t, o.messages(ticket, helpdesk.FromAgent), 2, "the rival text was not sent")
	ben.Leave(send)
	require.Len(t, o.messages(ticket, helpdesk.FromAgent), 3, "having seen both, he sends it")

	ana.See(".m-agent .body", "Let me add something.")
	ana.Click(".facts summary:has(+ form button[value=resolve])")
	ana.Click(".facts form:has(button[value=resolve]) textarea")
	ana.Write("The second payment was refunded.")
	ana.Leave(".facts button[value=resolve]")
	ana.See(".ticket .top .state", "Resolved")
	_, err := o.desk.As(kimLee).Rate(t.Context(), ticket.ID, 5, "Great")
	require.NoError(t, err)

	ana.Go(o.site + "/support/dashboard")
	after := ana.Text(".figures")
	require.NotEqual(t, before, after)
	require.Regexp(t, `(?s)Created\s+1\b.*Resolved\s+1\b.*Open at the end\s+0\b.*5\.00`, after)
}

// mark notes something in the page that a reload would lose; unloaded says that there was none.
func mark(tab *browsertest.Tab) { browsertest.Run[int](tab, "window.kept = 1") }

func unloaded(t *testing.T, tab *browsertest.Tab) {
	t.Helper()
	require.True(t, tab.Is("window.kept === 1"), "the page was loaded again")
}

// TestTheMainStepsWork takes the steps that make up most of a day, in all the ways that people look
// at pages.
func TestTheMainStepsWork(t *testing.T) {
	t.Parallel()
	b := browsertest.New(t)
	for name, way := range map[string]struct {
		look  browsertest.Look
		proxy bool
	}{
		"on a phone":              {look: browsertest.Look{Width: 390, Height: 844}},
		"in the dark":             {look: browsertest.Look{Dark: true, Zone: "Europe/Berlin"}},
		"on a phone in the dark":  {look: browsertest.Look{Width: 390, Height: 844, Dark: true}},
		"behind a prefix":         {proxy: true},
		"without JavaScript":      {look: browsertest.Look{NoScript: true}},
		"behind and without both": {look: browsertest.Look{Width: 390, NoScript: true}, proxy: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			site, root := o.site, "/support/"
			if way.proxy {
				site, root = proxied(t, o.site), "/admin/support/"
			}
			mainSteps(t, o, b.Tab(t, way.look), site, root, !way.look.NoScript)
		})
	}
}

// proxied is a host in front that serves everything under /admin, and nothing else but the login.
func proxied(t *testing.T, site string) string {
	t.Helper()
	target, err := url.Parse(site)
	require.NoError(t, err)
	server := httptest.NewServer(&httputil.ReverseProxy{ErrorLog: log.New(problemsOf{t}, "", 0), Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.SetXForwarded()
		switch path := r.In.URL.Path; {
		case strings.HasPrefix(path, "/admin/support/"):
			r.Out.URL.Path = strings.TrimPrefix(path, "/admin")
		case !strings.HasPrefix(path, "/login/"):
			r.Out.URL.Path = "/outside" + path
		}
	}})
	t.Cleanup(server.Close)
	return server.URL
}

func mainSteps(t *testing.T, o *office, tab *browsertest.Tab, site, root string, live bool) {
	t.Helper()
	login(tab, site, "agent:ana@example.com")
	tab.Go(site + root + "?view=all")
	tab.Fits()
	ticket := o.file("Charged twice for a subscription with a name that is rather long: Premium-Jahresabonnement-Plus-2026")
	if !live {
		tab.Go(site + root + "?view=all")
	}
	tab.See(link(ticket), "Charged twice")
	tab.Fits()

	tab.Leave(link(ticket))
	require.True(t, tab.Is("location.pathname === '"+root+"tickets/"+ticket.Ref+"'"))
	tab.Fits()
	if live {
		tab.Click("#use")
	} else {
		tab.Leave("#use")
	}
	suggested := strings.TrimSpace(tab.Value("#body"))
	require.Equal(t, strings.TrimSpace(tab.Text("#suggested")), suggested)
	tab.Leave(send)
	tab.See(".m-agent .body", suggested)
	tab.Fits()

	o.answer(ticket, "Thank you: https://shop.example/orders/"+strings.Repeat("0123456789", 12))
	if !live {
		tab.Go(site + root + "tickets/" + ticket.Ref)
	}
	tab.See(".m-customer .body", "Thank you")
	tab.Fits()
	tab.Click("#body")
	tab.Write("Refunded.")
	tab.Leave(resolve)
	tab.See(".ticket .top .state", "Resolved")
	require.Equal(t, []string{suggested, "Refunded."}, o.messages(ticket, helpdesk.FromAgent)[:2])

	for _, page := range []string{"dashboard", "mail", "new", "?status=resolved"} {
		tab.Go(site + root + page)
		tab.Fits()
	}
	tab.See(link(ticket), "Charged twice")
	tab.Allow("404 (Not Found)")
	tab.Go(site + root + "tickets/NONE-0000")
	tab.See("h1", "Not found")
	tab.Fits()
	tab.Leave("main a.button")
	require.True(t, tab.Is("location.pathname === '"+root+"'"))
}

func TestTheKeyboardIsEnough(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browsertest.New(t).Tab(t, browsertest.Look{})
	ticket := o.file("Charged twice")
	login(tab, o.site, "agent:ana@example.com")
	tab.Go(o.site + "/support/?view=all")
	tab.Press(kb.Tab)
	require.True(t, tab.Is(`document.activeElement.matches(".skip")`), "the first stop leads past the navigation")
	tab.Press(kb.Enter)
	tab.Press("j")
	require.True(t, tab.Is("document.activeElement.closest('.queue li.at')"))
	tab.LeaveBy(kb.Enter)
	tab.See("h1", ticket.Subject)
	tab.Press("r")
	require.True(t, tab.Is("document.activeElement.id === 'body'"))
	tab.Press("Hello Kim, r j s k x / stay letters here.")
	tabTo(t, tab, send)
	tab.LeaveBy(kb.Enter)
	tab.See(".m-agent .body", "stay letters here.")
	require.Equal(t, []string{"Hello Kim, r j s k x / stay letters here."}, o.messages(ticket, helpdesk.FromAgent))
	tab.Press("s")
	require.NotEmpty(t, tab.Value("#body"))
	tabTo(t, tab, resolve)
	tab.LeaveBy(kb.Enter)
	tab.See(".ticket .top .state", "Resolved")
	tab.Press("g")
	tab.LeaveBy("i")
	require.True(t, tab.Is("location.pathname === '/support/'"))
}

// tabTo presses Tab until an element has the focus, which has to be seen.
func tabTo(t *testing.T, tab *browsertest.Tab, css string) {
	t.Helper()
	for range 30 {
		tab.Press(kb.Tab)
		if tab.Is("document.activeElement.matches('" + css + "')") {
			require.True(t, tab.Is("getComputedStyle(document.activeElement).outlineStyle !== 'none'"), "the focus is seen")
			return
		}
	}
	t.Fatalf("Tab never comes to %s", css)
}
