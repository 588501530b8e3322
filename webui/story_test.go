package webui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
)

// TestAnAdminSetsTheDeskUp goes through the settings, and sees in tickets that they hold.
func TestAnAdminSetsTheDeskUp(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browsertest.New(t).Tab(t, browsertest.Look{})
	fill := func(css, text string) {
		t.Helper()
		tab.Click(css)
		browsertest.Run[int](tab, "document.querySelector('"+css+"').select?.(); 1")
		tab.Write(text)
	}
	login(tab, o.site, theAdmin)
	tab.Go(o.site + "/support/settings")

	tab.Leave(`.tabs a[href$="teams"]`)
	tab.Leave(".lead .button")
	fill("#f-name", "Lawyers")
	tab.Click(`[name=category][value=account]`)
	tab.Leave("main .stack button")
	tab.See(".rows .what", "Lawyers")

	tab.Leave(`.tabs a[href$="agents"]`)
	tab.Leave(".lead .button")
	fill("#f-name", "Eva Lang")
	fill("#f-email", "eva@example.com")
	fill("#f-skills", "contracts 5")
	tab.Click(`[name=team][value=lawyers]`)
	tab.Leave("main .stack button")
	tab.See(".rows .what", "contracts 5")
	tab.See(".rows .what", "Lawyers")

	tab.Leave(`.tabs a[href$="sla"]`)
	tab.Leave(".lead .button")
	book := tab.Value("#f-book")
	require.Contains(t, book, `"first_response": "30m"`)
	fill("#f-book", strings.Replace(book, `"first_response": "30m"`, `"first_response": "7m"`, 1))
	tab.Leave("main form button")
	tab.See(".targets", "7m")
	tab.Leave(`.lead a[href$="history"]`)
	tab.See(".rows", "Version 1")
	tab.Go(o.site + "/support/settings/sla/edit")
	fill("#f-book", strings.Replace(tab.Value("#f-book"), `"first_response": "7m"`, `"first_response": "9m"`, 1))
	tab.Leave("main form button")
	tab.See(".targets", "9m")
	tab.Leave(`.lead a[href$="history"]`)
	tab.Leave(`.rows button[value="1"]`)
	tab.See(".done", "Restored")
	tab.See(".targets", "7m")
	require.False(t, tab.Is(`document.body.innerText.includes("9m")`))

	tab.Leave(`.tabs a[href$="priority-rules"]`)
	fill("#f-phrase", "bailiff at the door")
	tab.Leave("main form button")
	tab.See(".done", "Saved")
	fill("#fq", "bailiff")
	tab.Leave(".search button")
	tab.See(".rows", "bailiff at the door")

	tab.Leave(`.tabs a[href$="macros"]`)
	tab.Leave(".lead .button")
	fill("#f-name", "On its way")
	fill("#f-body", "Hello {{customer}}, {{ref}} is with our lawyers.")
	tab.Leave("button[value=preview]")
	tab.See(".message .body", "Hello Kim, 7Q2M-X4KD is with our lawyers.")
	tab.Leave("button[value=save]")
	tab.See(".rows", "On its way")

	ticket := o.file("There is a bailiff at the door")
	require.Equal(t, helpdesk.Urgent, ticket.Priority, "the floor holds")
	tab.Go(o.site + "/support/tickets/" + ticket.Ref)
	require.WithinDuration(t, ticket.CreatedAt.Add(7*time.Minute), ticket.Clocks[0].DueAt, time.Second, "and so do the deadlines")
	browsertest.Run[int](tab, `document.querySelector("#macro").value = [...document.querySelectorAll("#macro option")].find(o => o.text === "On its way").value;
		document.querySelector("#macro").dispatchEvent(new Event("change")); 1`)
	require.Equal(t, "Hello Kim Lee, "+ticket.Ref+" is with our lawyers.", tab.Value("#body"))
	tab.Leave(send)
	tab.See(".m-agent .body", "is with our lawyers.")
	browsertest.Run[int](tab, `document.querySelector("#do-assign select").value = "eva@example.com"; 1`)
	tab.Leave("#do-assign button")
	tab.See(".why", "dev@example.com gave it to Eva Lang")
}

// TestARefreshLeavesWhatSomebodyIsDoing changes a ticket while somebody looks at it. Opened parts
// stay open, typed text stays, and everything else is brought up to date.
func TestARefreshLeavesWhatSomebodyIsDoing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ticket := o.file("Charged twice")
	tab := browsertest.New(t).Tab(t, browsertest.Look{Width: 390, Height: 844})
	login(tab, o.site, theAgent)
	tab.Go(o.site + "/support/tickets/" + ticket.Ref)
	mark(tab)
	tab.Click("#why-first_response-1 > summary")
	tab.Click("#open-merge > summary")
	tab.Click("#open-escalate > summary")
	tab.Click("#do-tags [name=value]")
	tab.Write("vip, refu")
	tab.Click("#do-escalate [name=value]")
	tab.Write("The bank is clo")
	tab.Click("button.menu")
	require.True(t, tab.Is(`document.querySelector("#nav").matches(":popover-open")`))
	tab.Click("#do-escalate [name=value]")
	o.answer(ticket, "Are you there?")
	tab.See(".m-customer .body", "Are you there?")
	browsertest.Run[int](tab, `document.activeElement.kept = document.querySelector(".message").kept = 1`)
	boss := o.desk.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "dev@example.com"})
	_, err := boss.SetPriority(t.Context(), ticket.ID, helpdesk.Low)
	require.NoError(t, err)
	_, err = boss.SetCategory(t.Context(), ticket.ID, helpdesk.Account)
	require.NoError(t, err)
	tab.See(".ticket .top", "Low")
	tab.Until(`document.querySelector("#do-priority select").value === "low" && document.querySelector("#do-category select").value === "account"`)
	for _, id := range []string{"why-first_response-1", "open-merge", "open-escalate"} {
		require.True(t, tab.Is(`document.getElementById("`+id+`").open`), id)
	}
	require.False(t, tab.Is(`document.getElementById("open-resolve").open`))
	require.True(t, tab.Is(`document.querySelector("#nav").matches(":popover-open")`), "the menu stays open")
	require.Equal(t, "vip, refu", tab.Value("#do-tags [name=value]"))
	require.True(t, tab.Is(`document.activeElement.closest("#do-escalate") && document.activeElement.kept === 1`), "the field with the focus is not even replaced")
	require.True(t, tab.Is(`document.querySelector(".message").kept === 1`), "nor is a message that is as it was")
	tab.Write("sed.")
	require.Equal(t, "The bank is closed.", tab.Value("#do-escalate [name=value]"))

	tab.Click("#do-tags [name=value]")
	_, err = boss.SetPriority(t.Context(), ticket.ID, helpdesk.Urgent)
	require.NoError(t, err)
	tab.See(".ticket .top", "Urgent")
	require.Equal(t, "low", tab.Value("#do-priority select"), "what stands beside waits too")
	browsertest.Run[int](tab, "document.activeElement.blur(); 1")
	tab.Until(`document.querySelector("#do-priority select").value === "urgent"`)
	require.Equal(t, "vip, refu", tab.Value("#do-tags [name=value]"))
	unloaded(t, tab)
	tab.Leave("#do-escalate button")
	tab.See(".ticket .top .state", "Escalated")
}

func TestAQuestionMarkShowsTheKeys(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ticket := o.file("Charged twice")
	tab := browsertest.New(t).Tab(t, browsertest.Look{})
	login(tab, o.site, theAgent)
	tab.Go(o.site + "/support/?view=all")
	const shown = `document.querySelector("#keys").matches(":popover-open")`
	require.False(t, tab.Is(shown))
	tab.Press("?")
	require.True(t, tab.Is(shown))
	require.True(t, tab.Is(`document.querySelector("#keys").contains(document.activeElement)`), "the focus is in it")
	tab.Press("j")
	require.False(t, tab.Is(`document.querySelector(".queue li.at")`), "keys wait until it is closed")
	tab.Press("?")
	require.False(t, tab.Is(shown))
	tab.Press("j")
	require.True(t, tab.Is(`document.querySelector(".queue li.at")`))
	o.answer(ticket, "Hello?")
	o.file("Another one")
	tab.See(".queue", "Another one")
	require.True(t, tab.Is(`document.activeElement.closest(".queue li.at")`), "a refresh leaves the focus on its ticket")

	tab.Click(".who button")
	require.True(t, tab.Is(shown))
	tab.Click("#keys-off")
	tab.Click("#keys button")
	require.False(t, tab.Is(shown))
	tab.Go(o.site + "/support/?view=all")
	tab.Press("j?")
	require.False(t, tab.Is(`document.querySelector(".queue li.at") || `+shown), "who does not want single keys has none")
}
