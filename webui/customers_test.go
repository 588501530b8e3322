package webui_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
)

// TestCustomersAreHelped has a stranger ask for help, follow the link in the mail and rate. A known
// customer looks at their own tickets.
func TestCustomersAreHelped(t *testing.T) {
	t.Parallel()
	b := browsertest.New(t)
	for name, way := range map[string]struct {
		look browsertest.Look
		keys bool
	}{
		"on a phone":         {look: browsertest.Look{Width: 390, Height: 844}},
		"in the dark":        {look: browsertest.Look{Dark: true}},
		"without JavaScript": {look: browsertest.Look{Width: 390, NoScript: true}},
		"by keyboard":        {keys: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			h := &hands{t, b.Tab(t, way.look), way.keys}
			h.tab.Go(o.site + "/help/")
			h.tab.Fits()
			h.fill("#f-name", "Kim Lee")
			h.fill("#f-email", "kim@example.com")
			h.fill("#f-subject", "Charged twice")
			h.fill("#f-text", "Please refund it.")
			h.leave("form button")
			h.tab.See("h1", "We got it")
			h.tab.Fits()
			page, err := o.desk.Tickets(t.Context(), helpdesk.Query{})
			require.NoError(t, err)
			require.Len(t, page.Tickets, 1)
			filed := page.Tickets[0]
			h.tab.See(".big-ref", filed.Ref)

			h.tab.Go(o.link(helpdesk.NoticeReceived))
			h.tab.See(".body", "Please refund it.")
			h.fill("#f-text", "It was order 17.")
			h.leave(`form[action$="/reply"] button`)
			h.tab.See(".done", "has arrived")
			h.tab.See(".m-own .body", "It was order 17.")
			h.tab.Fits()

			_, err = o.desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}).Resolve(t.Context(), filed.ID, "Refunded.")
			require.NoError(t, err)
			h.tab.Go(o.link(helpdesk.NoticeSurvey))
			h.choose("#s5", 5)
			h.fill("#f-comment", "Quick")
			h.leave("main form button")
			h.tab.See("h1", "Thank you")
			h.tab.Fits()
			rated, err := o.desk.Ticket(t.Context(), filed.ID)
			require.NoError(t, err)
			require.Equal(t, &helpdesk.Rating{Score: 5, Comment: "Quick", At: rated.Rating.At}, rated.Rating)

			login(h.tab, o.site, customer)
			h.tab.Go(o.site + "/help/")
			h.tab.See(".state", "Solved")
			h.tab.Fits()
			h.leave(".rows a")
			h.tab.See(".solved .body", "Refunded.")
			h.tab.Fits()
			h.leave(`button[formaction$="/reopen"]`)
			h.tab.See(".done", "is open again")
			h.leave(".crumb a")
			h.tab.See("h1", "My requests")
			h.leave(`nav a[href$="new"]`)
			require.False(t, h.tab.Is(`document.querySelector("#f-email")`), "who is known is not asked for an address")
		})
	}
}

// hands fill forms in, by keyboard alone where keys is set.
type hands struct {
	t    *testing.T
	tab  *browsertest.Tab
	keys bool
}

func (h *hands) fill(css, text string) {
	h.t.Helper()
	if h.keys {
		tabTo(h.t, h.tab, css)
		h.tab.Press(text)
	} else {
		h.tab.Click(css)
		h.tab.Write(text)
	}
	require.Equal(h.t, text, h.tab.Value(css))
}

func (h *hands) leave(css string) {
	h.t.Helper()
	if h.keys {
		tabTo(h.t, h.tab, css)
		h.tab.LeaveBy(kb.Enter)
	} else {
		h.tab.Leave(css)
	}
}

// choose picks the nth of some radio buttons.
func (h *hands) choose(css string, n int) {
	h.t.Helper()
	if !h.keys {
		h.tab.Click(css)
		return
	}
	tabTo(h.t, h.tab, "[type=radio]")
	h.tab.Press(" ")
	for range n - 1 {
		h.tab.Press(kb.ArrowRight)
	}
	require.True(h.t, h.tab.Is("document.querySelector('"+css+"').checked"))
}
