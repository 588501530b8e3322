package webui_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
)

// TestAFailedFormComesBackToItsTicketInTheBrowser sends a form in vain, with and without
// JavaScript, wide and on a phone.
func TestAFailedFormComesBackToItsTicketInTheBrowser(t *testing.T) {
	t.Parallel()
	b := browsertest.New(t)
	for name, look := range map[string]browsertest.Look{"live": {}, "without JavaScript": {NoScript: true}, "on a phone": {Width: 390, Height: 844, Language: "de"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			ticket := o.file("Charged twice")
			tab := b.Tab(t, look)
			login(tab, o.site, theAgent)
			tab.Go(o.site + "/support/tickets/" + ticket.Ref)
			if !look.NoScript {
				tab.Click("#body")
				tab.Write("Half a reply")
			}
			tab.Click("#open-merge > summary")
			tab.Click("#f-merge")
			tab.Write("7Q2M-NONE")
			tab.Allow("422 (Unprocessable")
			tab.Leave("#do-merge button")
			tab.See("h1", "Charged twice")
			tab.Fits()
			require.Equal(t, "7Q2M-NONE", tab.Value("#f-merge"))
			require.True(t, tab.Is(`document.querySelector("#open-merge").open && document.querySelector("#f-merge").ariaInvalid === "true"`))
			if look.NoScript {
				return
			}
			require.Equal(t, "Half a reply", tab.Value("#body"), "a draft of another form")
			o.answer(ticket, "Are you there?")
			tab.See(".m-customer .body", "Are you there?")
			require.Equal(t, "7Q2M-NONE", tab.Value("#f-merge"), "a refresh leaves it")
			require.True(t, tab.Is(`document.querySelector("#open-merge").open && document.querySelector("#f-merge").ariaInvalid === "true"`))
		})
	}
}

func TestWhatWasDoneIsSaidOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ticket := o.file("Charged twice")
	tab := browsertest.New(t).Tab(t, browsertest.Look{})
	login(tab, o.site, theAgent)
	tab.Go(o.site + "/support/tickets/" + ticket.Ref)
	browsertest.Run[int](tab, `document.querySelector("#f-priority").value = "low"; 1`)
	tab.Leave("#do-priority button")
	tab.See(".done[role=status]", "The priority was saved.")
	require.True(t, tab.Is("!location.search"), "the address forgets it")
	mark(tab)
	o.answer(ticket, "Are you there?")
	tab.See(".m-customer .body", "Are you there?")
	tab.See(".done[role=status]", "The priority was saved.")
	unloaded(t, tab)
	tab.Go(o.site + "/support/tickets/" + ticket.Ref)
	require.False(t, tab.Is(`document.querySelector(".done")`))
}

// logout ends the session of a page that stays open. The page fetches nothing by itself any more:
// that would be refused and reported in the console.
func logout(tab *browsertest.Tab) {
	browsertest.Run[int](tab, `window.fetch = () => new Promise(() => {}); document.cookie = "who=; path=/; max-age=0"; 1`)
}

// TestAReplyIsNotLostWithTheSession has the login end while somebody writes.
func TestAReplyIsNotLostWithTheSession(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ticket := o.file("Charged twice")
	tab := browsertest.New(t).Tab(t, browsertest.Look{})
	login(tab, o.site, theAgent)
	tab.Go(o.site + "/support/tickets/" + ticket.Ref)
	tab.Click("#body")
	tab.Write("A long and careful reply.")
	logout(tab)
	tab.Allow("401 (Unauthorized)")
	tab.Leave(send)
	tab.See("h1", "Please log in")
	require.Equal(t, "A long and careful reply.", tab.Value("textarea"), "it is still here")
	login(tab, o.site, theAgent)
	tab.Go(o.site + "/support/tickets/" + ticket.Ref)
	require.Equal(t, "A long and careful reply.", tab.Value("#body"))
	tab.Leave(send)
	require.Equal(t, []string{"A long and careful reply."}, o.messages(ticket, helpdesk.FromAgent))
	require.Empty(t, tab.Value("#body"))
}

// TestANoteTypedForATicketThatIsResolvedMeanwhileStays has a form go away under somebody's hands.
func TestANoteTypedForATicketThatIsResolvedMeanwhileStays(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ticket := o.file("Charged twice")
	tab := browsertest.New(t).Tab(t, browsertest.Look{})
	login(tab, o.site, theAgent)
	tab.Go(o.site + "/support/tickets/" + ticket.Ref)
	tab.Click("#open-resolve > summary")
	tab.Click("#f-resolve")
	tab.Write("The bank has paid it back.")
	tab.Click("#body")
	_, err := o.desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ben@example.com"}).Resolve(t.Context(), ticket.ID, "Done.")
	require.NoError(t, err)
	tab.See(".ticket .top .state", "Resolved")
	require.Equal(t, "The bank has paid it back.", tab.Value("#f-resolve"))
	tab.Allow("422 (Unprocessable")
	tab.Leave("#do-resolve button")
	require.Equal(t, "The bank has paid it back.", tab.Value("#f-resolve"))
}

// TestAButtonThatIsPressedTwiceInTheBrowserSendsOnce counts what arrives.
func TestAButtonThatIsPressedTwiceInTheBrowserSendsOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ticket := o.file("Charged twice")
	tab := browsertest.New(t).Tab(t, browsertest.Look{})
	login(tab, o.site, theAgent)
	tab.Go(o.site + "/support/tickets/" + ticket.Ref)
	tab.Click("#body")
	tab.Write("Asked the bank.")
	browsertest.Run[int](tab, `window.sent = 0; addEventListener("submit", e => { if (!e.defaultPrevented) sent++; e.preventDefault(); });
		for (let i = 0; i < 3; i++) document.querySelector("#write .note").click(); 1`)
	require.True(t, tab.Is("sent === 1"))
}

// TestTagsThatAreTypedWhileSomebodyElseEditsThemAreAddedToTheirs has a refresh come in between.
func TestTagsThatAreTypedWhileSomebodyElseEditsThemAreAddedToTheirs(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ticket := o.file("Charged twice")
	tab := browsertest.New(t).Tab(t, browsertest.Look{})
	login(tab, o.site, theAgent)
	tab.Go(o.site + "/support/tickets/" + ticket.Ref)
	tab.Click("#f-tags")
	tab.Write("vip")
	tab.Click("#body")
	ben := o.desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ben@example.com"})
	_, err := ben.SetTags(t.Context(), ticket.ID, []string{"bank"})
	require.NoError(t, err)
	_, err = ben.SetPriority(t.Context(), ticket.ID, helpdesk.Low)
	require.NoError(t, err)
	tab.Until(`document.querySelector("#f-priority").value === "low"`)
	require.Equal(t, "vip", tab.Value("#f-tags"))
	tab.Leave("#do-tags button")
	tab.See(".done", "The tags were saved.")
	require.Equal(t, "bank, vip", tab.Value("#f-tags"))
}
