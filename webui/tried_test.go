package webui_test

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/webui"
)

var agentAna = helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}

// held is what the field with an id holds: its value, its text, or what is chosen in it.
func (a *answer) held(id string) string {
	a.t.Helper()
	for n := range a.doc().Descendants() {
		if n.Type != html.ElementNode || attr(n, "id") != id {
			continue
		}
		switch n.Data {
		case "textarea":
			if n.FirstChild == nil {
				return ""
			}
			return n.FirstChild.Data
		case "select":
			for o := range n.Descendants() {
				if o.Data == "option" && has(o, "selected") {
					return attr(o, "value")
				}
			}
			return ""
		}
		return attr(n, "value")
	}
	a.t.Fatalf("no field %s in %s", id, a.body)
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// TestAFailedFormIsShownOnItsTicketWithWhatWasTyped sends each form of a ticket's page with
// something wrong in it.
func TestAFailedFormIsShownOnItsTicketWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	path := prefix + "/tickets/" + opened.Ref
	words := strings.Repeat("x", 1<<20+1)
	before, err := s.Ticket(t.Context(), opened.ID)
	require.NoError(t, err)
	for action, value := range map[string]string{
		"tags": "fine, " + strings.Repeat("t", 300), "resolve": " ", "escalate": words, "decline": words, "merge": "7Q2M-NONE",
	} {
		a := s.post(ana, path+"/act", "action", action, "value", value).is(422).has("<h1>Refund</h1>", `<a href="#f-`+action+`">`, `id="write"`)
		require.Equal(t, value, a.held("f-"+action), action)
		require.Regexp(t, `id="f-`+action+`"[^>]* aria-invalid="true" aria-describedby="problems"`, a.body)
		require.Equal(t, 1, strings.Count(a.body, `aria-invalid="true"`), action)
		if action != "tags" {
			require.Contains(t, a.body, `id="open-`+action+`" open>`, "what was typed in is not folded away")
		}
	}
	for action, value := range map[string]string{"assign": "left@example.com", "category": "made up", "priority": "soon"} {
		s.post(ana, path+"/act", "action", action, "value", value).is(422).has(`<a href="#f-`+action+`">`, `id="problems"`, value)
	}
	for _, ref := range []string{"", "7Q2M", strings.Repeat("7", 36), strings.Repeat("7", 300), "a\x00b", "a\xffb"} {
		s.post(ana, path+"/act", "action", "merge", "value", ref).is(422).has(`<a href="#f-merge">Reference: is no ticket`)
	}
	s.post(ana, path+"/act", "action", "dance", "value", "x").is(422).has("<h1>Refund</h1>", `id="problems"`, "dance").lacks(`aria-invalid="true"`)
	s.post(ana, path+"/act").is(422).has("<h1>Refund</h1>")
	now, err := s.Ticket(t.Context(), opened.ID)
	require.NoError(t, err)
	require.Equal(t, before, now, "nothing was done")
}

// TestWhatWasTypedIsKeptWhenTheTicketHasNoPlaceForItAnyMore has the ticket closed while somebody
// writes.
func TestWhatWasTypedIsKeptWhenTheTicketHasNoPlaceForItAnyMore(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened, into := s.open("Refund", "Please."), s.open("Refund again", "Please.")
	path := prefix + "/tickets/" + opened.Ref
	_, err := s.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com"}).Merge(t.Context(), opened.ID, into.ID)
	require.NoError(t, err)
	for action, value := range map[string]string{"resolve": "It was paid back.", "escalate": "Too hard.", "decline": "Not mine.", "merge": into.Ref + "x"} {
		a := s.post(ana, path+"/act", "action", action, "value", value).is(422)
		require.Equal(t, value, a.held("f-"+action), action)
	}
	a := s.post(ana, path+"/reply", "body", "Dear Kim, the money is on its way.").is(422).has("merged into another", `class="problem" role="alert">`)
	require.Equal(t, "Dear Kim, the money is on its way.", a.held("body"))
	s.get(ana, path).is(200).lacks(`id="body"`)
}

func TestMessagesAreSplitOff(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Two things, please.")
	path := prefix + "/tickets/" + opened.Ref
	th, err := s.Thread(t.Context(), opened.ID)
	require.NoError(t, err)
	s.get(ana, path).is(200).has(`id="do-split"`, `value="`+th.Messages[0].ID+`"`, "Two things, please.")
	s.post(ana, path+"/act", "action", "split", "value", "Second").is(422).has("Messages: are not between 1 and 50", `value="Second"`)
	for range 2 { // a double click
		s.post(ana, path+"/act", "action", "split", "value", "Second", "message", th.Messages[0].ID).is(303)
	}
	page, err := s.Tickets(t.Context(), helpdesk.Query{})
	require.NoError(t, err)
	require.Len(t, page.Tickets, 2)
	s.get(ana, path).is(200).has("split ticket")
}

func TestTicketsAreLinkedOnThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	one, two := s.open("Refund", "Please."), s.open("Outage", "It is down.")
	path, other := prefix+"/tickets/"+one.Ref, prefix+"/tickets/"+two.Ref
	typed := strings.ToLower(strings.ReplaceAll(two.Ref, "-", ""))
	s.get(ana, path).is(200).has(`id="do-link"`).lacks("Is caused by</h3>")
	s.post(ana, path+"/act", "action", "link", "kind", "caused_by", "value", typed).is(303)
	s.get(ana, path).is(200).has("Is caused by</h3>", "Outage</a>", two.Ref, "Linked: Is caused by "+two.Ref)
	s.get(ana, other).is(200).has("<h3>Causes</h3>", "Refund</a>", one.Ref, string(one.ID))
	again := s.post(ana, path+"/act", "action", "link", "kind", "causes", "value", typed).is(422).has("Ticket: makes a circle")
	require.Equal(t, typed, again.held("f-link"))
	s.post(ana, path+"/act", "action", "link", "kind", "causes", "value", "nothing").is(422).has("Ticket: is no ticket")
	s.get(kim, form+"/tickets/"+one.Ref).is(200).lacks("Outage")
	s.post(ana, other+"/act", "action", "unlink", "kind", "causes", "other", string(one.ID)).is(303)
	s.get(ana, path).is(200).lacks("Is caused by</h3>")
}

// TestAMergeIsTakenBack: the page right after a merge has a button for it, and the merged ticket's.
func TestAMergeIsTakenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened, into := s.open("Refund", "Please."), s.open("Refund again", "Please.")
	path, survivor := prefix+"/tickets/"+opened.Ref, prefix+"/tickets/"+into.Ref
	s.get(ana, survivor).is(200).lacks("do-unmerge")
	after := s.post(ana, path+"/act", "action", "merge", "value", into.Ref).is(303)
	s.get(ana, prefix+strings.TrimPrefix(after.header.Get("Location"), "../..")).is(200).has(`id="do-unmerge"`, string(opened.ID)+"/act")
	s.get(ana, survivor).is(200).lacks("do-unmerge")
	s.get(ana, path).is(200).has(`id="do-unmerge"`)
	for range 2 { // a double click
		after = s.post(ana, prefix+"/tickets/"+string(opened.ID)+"/act", "action", "unmerge").is(303)
	}
	s.get(ana, prefix+strings.TrimPrefix(after.header.Get("Location"), "../..")).is(200).has("The merge was taken back.").lacks("do-unmerge")
	s.post(ana, survivor+"/act", "action", "unmerge").is(422).has("it was not merged into another ticket")
}

func TestAReplyThatCannotBeSentIsKeptWithAWordOnItsFiles(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *helpdesk.Config, _ *webui.FormConfig) { c.Blobs = nil })
	opened := s.open("Refund", "Please.")
	path := prefix + "/tickets/" + opened.Ref
	_, err := s.As(agentAna).Resolve(t.Context(), opened.ID, "Done.")
	require.NoError(t, err)
	a := s.upload(ana, path+"/reply", map[string]string{"bill.txt": "42"}, "body", "Which card?", "then", "wait").is(422).has("choose your files again")
	require.Equal(t, "Which card?", a.held("body"))
	require.NotEqual(t, "", a.value("key"))
}

// TestANoteWithFilesIsNotSavedWithoutThem uses the field for files, which the forms of a reply and
// of a note share.
func TestANoteWithFilesIsNotSavedWithoutThem(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	a := s.upload(ana, prefix+"/tickets/"+opened.Ref+"/note", map[string]string{"bill.txt": "42"}, "body", "See the bill.").is(422).has("A note keeps no files", "choose your files again")
	require.Equal(t, "See the bill.", a.held("body"))
	th, err := s.Thread(t.Context(), opened.ID)
	require.NoError(t, err)
	require.Len(t, th.Messages, 1)
}

func TestAnotherTextWithTheFormOfASentOneIsKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := prefix + "/tickets/" + s.open("Refund", "Please.").Ref
	page := s.get(ana, path)
	seen, key := page.value("seen"), page.value("key")
	s.post(ana, path+"/reply", "seen", seen, "key", key, "body", "First.").is(303)
	a := s.post(ana, path+"/reply", "seen", seen, "key", key, "body", "Second, after going back.").is(409).has("was sent already")
	require.Equal(t, "Second, after going back.", a.held("body"))
	require.NotEqual(t, key, a.value("key"))
	s.post(ana, path+"/reply", "seen", a.value("seen"), "key", a.value("key"), "body", a.held("body")).is(303)
}

// TestAButtonThatIsPressedTwiceActsOnce sends each form again as it is.
func TestAButtonThatIsPressedTwiceActsOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened, into := s.open("Refund", "Please."), s.open("Another", "Please.")
	path := prefix + "/tickets/" + opened.Ref
	page := s.get(ana, path)
	seen, key := page.value("seen"), page.value("key")
	for _, form := range [][]string{
		{"/note", "seen", seen, "key", key, "body", "Asked the bank."},
		{"/act", "action", "take"}, {"/act", "action", "tags", "value", "vip"}, {"/act", "action", "escalate", "value", "Too hard."}, {"/act", "action", "wait"},
		{"/reply", "seen", seen, "key", key, "body", "It is on its way.", "then", "resolve"},
		{"/act", "action", "reopen"}, {"/act", "action", "resolve", "value", "Paid back."}, {"/act", "action", "reopen"}, {"/act", "action", "merge", "value", into.Ref},
	} {
		for range 2 {
			s.post(ana, path+form[0], form[1:]...).is(303)
		}
	}
	s.post(ana, path+"/note", "seen", seen, "key", "another tab", "body", "Asked the bank.").is(303)
	th, err := s.Thread(t.Context(), opened.ID)
	require.NoError(t, err)
	did := map[helpdesk.EventType]int{}
	for _, e := range th.Events {
		did[e.Type]++
	}
	require.Equal(t, 1, did[helpdesk.EventNoted])
	require.Equal(t, 1, did[helpdesk.EventReplied])
	require.Equal(t, 2, did[helpdesk.EventResolved])
	require.Equal(t, 2, did[helpdesk.EventReopened])
	require.Equal(t, 1, did[helpdesk.EventTags])
	require.Equal(t, 1, did[helpdesk.EventMerged])
	require.Equal(t, 1, th.Ticket.EscalationLevel)
}

// TestTheSecondButtonOfAReplyDoesWhatIsLeft has both pressed, the second as soon as the first.
func TestTheSecondButtonOfAReplyDoesWhatIsLeft(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for second, status := range map[string]helpdesk.Status{"wait": helpdesk.StatusWaiting, "resolve": helpdesk.StatusResolved} {
		opened := s.open("Refund", "Please.")
		path := prefix + "/tickets/" + opened.Ref
		page := s.get(ana, path)
		for _, then := range []string{"", second, second} {
			s.post(ana, path+"/reply", "seen", page.value("seen"), "key", page.value("key"), "body", "Which card?", "then", then).is(303)
		}
		th, err := s.Thread(t.Context(), opened.ID)
		require.NoError(t, err)
		require.Equal(t, status, th.Ticket.Status)
		require.Equal(t, 1, th.Ticket.Replies)
	}
}

// TestAButtonThatIsPressedManyTimesAtOnceActsOnce sends a form several times before the first
// answer has come.
func TestAButtonThatIsPressedManyTimesAtOnceActsOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	path := prefix + "/tickets/" + opened.Ref
	seen := s.get(ana, path).value("seen")
	for _, form := range [][]string{{"/note", "seen", seen, "body", "Asked the bank."}, {"/act", "action", "escalate", "value", "Too hard."}, {"/act", "action", "resolve", "value", "Paid back."}, {"/act", "action", "reopen"}} {
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if a := s.post(ana, path+form[0], form[1:]...); a.status != 303 {
					t.Errorf("%v: %d", form, a.status)
				}
			})
		}
		all.Wait()
	}
	th, err := s.Thread(t.Context(), opened.ID)
	require.NoError(t, err)
	did := map[helpdesk.EventType]int{}
	for _, e := range th.Events {
		did[e.Type]++
	}
	require.Equal(t, []int{1, 1, 1}, []int{did[helpdesk.EventNoted], did[helpdesk.EventResolved], did[helpdesk.EventReopened]})
	require.Equal(t, 1, th.Ticket.EscalationLevel)
}

func TestTheSameMayBeDoneAgainLater(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := prefix + "/tickets/" + s.open("Refund", "Please.").Ref
	seen := s.get(ana, path).value("seen")
	for level := 1; level <= 2; level++ {
		s.post(ana, path+"/act", "action", "escalate", "value", "Too hard.").is(303)
		s.post(ana, path+"/note", "seen", seen, "body", "Called, nobody there.").is(303)
		s.Advance(later)
	}
	a := s.get(ana, path).has("Level 2")
	require.Equal(t, 2, strings.Count(a.body, `<div class="body">Called, nobody there.</div>`))
}

// TestAReplyThatCannotResolveIsNotSentAndKept sends and resolves a ticket that somebody else has
// resolved: both happen or neither.
func TestAReplyThatCannotResolveIsNotSentAndKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	path := prefix + "/tickets/" + opened.Ref
	_, err := s.As(agentAna).Resolve(t.Context(), opened.ID, "Done by somebody.")
	require.NoError(t, err)
	a := s.post(ana, path+"/reply", "body", "All done.", "key", "k", "then", "resolve").is(422).has("cannot become")
	require.Equal(t, "All done.", a.held("body"))
	require.NotContains(t, a.body, `<div class="body">All done.</div>`)
}

func TestSavingAFactIsConfirmedOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened, into := s.open("Refund", "Please."), s.open("Another", "Please.")
	path := prefix + "/tickets/" + opened.Ref
	for _, form := range [][]string{
		{"The priority was saved.", "/act", "action", "priority", "value", "low"}, {"it was so already", "/act", "action", "priority", "value", "low"},
		{"The category was saved.", "/act", "action", "category", "value", "account"}, {"The tags were saved.", "/act", "action", "tags", "value", "vip"},
		{"The agent was saved.", "/act", "action", "assign", "value", ""}, {"The ticket is yours.", "/act", "action", "take"},
		{"Your reply was sent.", "/reply", "body", "Hello."}, {"The internal note was saved.", "/note", "body", "Hm."}, {"was escalated", "/act", "action", "escalate", "value", "x"},
		{"You released the ticket.", "/act", "action", "decline", "value", "x"}, {"was resolved", "/act", "action", "resolve", "value", "x"}, {"is open again", "/act", "action", "reopen"},
		{"waits for the customer", "/act", "action", "wait"}, {"were merged into this one", "/act", "action", "merge", "value", into.Ref},
	} {
		at := s.post(ana, path+form[1], form[2:]...).to(path + form[1])
		require.Contains(t, s.get(ana, at).is(200).done(), form[0], at)
		if !strings.Contains(at, "done=same-") {
			require.Empty(t, s.get(admin, at).is(200).done(), "who has not done it is told nothing: %s", at)
		}
		s.Clock.Advance(3 * time.Minute)
		require.Empty(t, s.get(ana, at).is(200).done(), "it is over: %s", at)
	}
}

// TestNoLinkHasAPageSaySomething tries what a link can be made of.
func TestNoLinkHasAPageSaySomething(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ref := s.open("Refund", "Please.").Ref
	fresh := regexp.MustCompile(`done=same(-[0-9a-z]+)`).FindStringSubmatch(s.post(ana, prefix+"/tickets/"+ref+"/act", "action", "tags", "value", "").is(303).header.Get("Location"))
	require.NotNil(t, fresh)
	for _, path := range []string{"/tickets/" + ref + "?", "/?", "/?view=all&", "/settings/agents?", "/settings/sla?", "/mail?"} {
		for _, done := range []string{
			"done=priority", "done=Call+the+bank", "done=Call+the+bank" + fresh[1], "done=bulk" + fresh[1] + "&n=Call+the+bank&of=3", "done=2&of=3", "done=Call+the+bank&of=us",
			"done=priority" + fresh[1], "done=saved", "done=saved-zzzz", "done=saved-", "done=-", "done=%00" + fresh[1], "done=title" + fresh[1], "done=bulk" + fresh[1] + "&n=2&of=1",
		} {
			a := s.get(admin, prefix+path+done).is(200).lacks(`class="done"`)
			a.lacks("Call the bank")
		}
	}
}

// done is what a page says was done; empty when it says nothing of the sort.
func (a *answer) done() string {
	a.t.Helper()
	found := regexp.MustCompile(`<p class="done" role="status">([^<]*)</p>`).FindStringSubmatch(a.body)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

func TestAFailedFormOfTheInboxIsShownThereWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened, other := s.open("Refund", "Please."), s.open("Another", "Please.")
	long := strings.Repeat("t", 300)
	a := s.post(ana, prefix+"/bulk", "back", "view=all&sort=newest", "action", "tag", "value", long, "id", string(other.ID)).is(422).has("<h1>All tickets</h1>", `<a href="#f-bulk">`)
	require.Equal(t, long, a.held("f-bulk"))
	require.Equal(t, "tag", a.held("act"))
	require.Regexp(t, `value="`+string(other.ID)+`" checked`, a.body)
	require.NotRegexp(t, `value="`+string(opened.ID)+`" checked`, a.body)
	a = s.post(ana, prefix+"/views", "name", strings.Repeat("v", 61), "query", "status=new&view=all").is(422).has("<h1>All tickets</h1>", `<a href="#f-view">`)
	require.Len(t, a.held("f-view"), 61)
	s.post(ana, prefix+"/views", "name", "Not there", "drop", "1", "query", "view=all").is(422).has("is not known")
	require.Equal(t, "The view was saved.", s.get(ana, s.post(ana, prefix+"/views", "name", "New ones", "query", "status=new&view=all").to(prefix+"/views")).has(`aria-current="page">New ones`).done())
	require.Equal(t, "The view was removed.", s.get(ana, s.post(ana, prefix+"/views", "name", "New ones", "drop", "1", "query", "status=new&view=all").to(prefix+"/views")).lacks("New ones").done())
}

// TestWhatOneTicketHasNoRoomForIsDoneToTheOthers has the first of those selected be full of tags.
func TestWhatOneTicketHasNoRoomForIsDoneToTheOthers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	full, free := s.open("Full", "Please."), s.open("Free", "Please.")
	var tags []string
	for i := range helpdesk.MaxTags {
		tags = append(tags, "t"+strconv.Itoa(i))
	}
	_, err := s.As(agentAna).SetTags(t.Context(), full.ID, tags)
	require.NoError(t, err)
	path := prefix + "/bulk"
	at := s.post(ana, path, "action", "tag", "value", "vip", "id", string(full.ID), "id", string(free.ID)).to(path)
	require.Equal(t, "Done for 1 of 2 tickets.", s.get(ana, at).done())
	now, err := s.Ticket(t.Context(), free.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"vip"}, now.Tags)
	s.post(ana, path, "action", "tag", "value", "vip", "id", string(full.ID), "id", "none").is(422).has("are more than 20")
}

// TestAnotherWhoDeclinesAtOnceIsNotTheSameClick has an admin release a ticket for one agent, and at
// once for the next.
func TestAnotherWhoDeclinesAtOnceIsNotTheSameClick(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	ids := []helpdesk.AgentID{"bo@example.com", "cy@example.com"}
	for _, id := range ids {
		s.Hire(helpdesk.Agent{Name: string(id), Email: string(id), Skills: map[helpdesk.Skill]int{"general": 3}})
		_, err := s.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "lead@example.com"}).Reassign(t.Context(), opened.ID, id)
		require.NoError(t, err)
		for range 2 {
			s.post(admin, prefix+"/tickets/"+opened.Ref+"/act", "action", "decline", "value", string(id)+" is ill.").is(303)
		}
	}
	now, err := s.Ticket(t.Context(), opened.ID)
	require.NoError(t, err)
	require.Equal(t, ids, now.Declined)
}

func TestABulkCommandThatIsSentTwiceSaysBothTimesThatItIsDone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := prefix + "/bulk"
	ids := []string{"id", string(s.open("One", "Please.").ID), "id", string(s.open("Two", "Please.").ID)}
	for _, form := range [][]string{{"assign", "ana@example.com"}, {"take", ""}, {"tag", "vip"}, {"priority", "low"}, {"category", "account"}, {"resolve", "Paid back."}, {"close", ""}} {
		for range 2 {
			at := s.post(ana, path, append(ids, "action", form[0], "value", form[1])...).to(path)
			require.Equal(t, "Done for 2 of 2 tickets.", s.get(ana, at).done(), form)
		}
	}
	at := s.post(ana, path, append(ids, "action", "resolve", "value", "Something else.")...).to(path)
	require.Equal(t, "Done for 0 of 2 tickets.", s.get(ana, at).done())
}

// TestAFailedFormOfALaterPageIsShownOnThatPage has more tickets than a page lists.
func TestAFailedFormOfALaterPageIsShownOnThatPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	last := s.open("Last of all", "Please.")
	for range 30 {
		s.Clock.Advance(time.Second)
		s.open("Refund", "Please.")
	}
	found := regexp.MustCompile(`rel="next" href="([^"]*)"`).FindStringSubmatch(s.get(ana, prefix+"/?view=all&sort=newest").body)
	require.NotNil(t, found)
	page := s.get(ana, prefix+"/"+strings.TrimPrefix(html.UnescapeString(found[1]), "./")).is(200).has("Last of all")
	path := prefix + "/bulk"
	a := s.post(ana, path, "back", page.value("back"), "action", "tag", "value", " ", "id", string(last.ID)).is(422)
	require.Regexp(t, `value="`+string(last.ID)+`" checked`, a.body)
	at := s.post(ana, path, "back", a.value("back"), "action", "tag", "value", "vip", "id", string(last.ID)).to(path)
	s.get(ana, at).has("<h1>All tickets</h1>").lacks("Last of all")
}

// heldMail is a mail that answers the last notice to a customer, but is not from them.
func (s *site) heldMail() string {
	s.t.Helper()
	all := s.Notices.Of(helpdesk.NoticeReceived)
	to := all[len(all)-1].Mail.ReplyTo
	m, err := s.Receive(s.t.Context(), &helpdesk.Incoming{
		MessageID: to, From: helpdesk.Contact{Email: "stranger@x.example"}, Recipients: []string{to}, Subject: "Me too", Text: "Me too.", Kind: helpdesk.MailMessage,
	})
	require.NoError(s.t, err)
	require.Equal(s.t, helpdesk.MailHeld, m.Outcome)
	return m.ID
}

func TestADecisionOnAMailIsConfirmedWhereItWasMade(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.open("One", "1")
	first := s.heldMail()
	s.open("Two", "2")
	second := s.heldMail()
	three := s.open("Three", "3")
	third := s.heldMail()
	mails := prefix + "/mail"
	a := s.post(ana, mails+"/"+first+"/release", "list", "all", "onto", "7Q2M-NONE").is(422).has(`<a href="#f-onto-`+first+`">`, `mail?list=all" aria-current="page"`)
	require.Equal(t, "7Q2M-NONE", a.held("f-onto-"+first))
	require.Equal(t, "The mail is part of the conversation now.", s.get(ana, s.post(ana, mails+"/"+first+"/release").to(mails+"/x/y")).has("Me too.").done())
	s.post(ana, mails+"/"+first+"/release").is(409).has("Somebody has decided on this mail already.", "<h1>Mail</h1>")
	require.Equal(t, "The mail was dismissed.", s.get(ana, s.post(ana, mails+"/"+second+"/dismiss").to(mails+"/x/y")).has("<h1>Mail</h1>").done())
	onTicket := s.post(ana, mails+"/"+third+"/dismiss", "ticket", three.Ref).to(mails + "/x/y")
	require.Equal(t, "The mail was dismissed.", s.get(ana, onTicket).has("<h1>Three</h1>").done())
	s.post(ana, mails+"/"+third+"/release", "ticket", three.Ref).is(409).has("Somebody has decided on this mail already.", "<h1>Three</h1>")
	s.post(ana, mails+"/none/release").is(404)
}

// TestTwoWhoEditTheTagsUndoNothingOfEachOthers has both begin with the same page.
func TestTwoWhoEditTheTagsUndoNothingOfEachOthers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	path := prefix + "/tickets/" + opened.Ref
	tags := func() []string {
		now, err := s.Ticket(t.Context(), opened.ID)
		require.NoError(t, err)
		return now.Tags
	}
	save := func(was, value string) *answer {
		return s.post(ana, path+"/act", "action", "tags", "was", was, "value", value)
	}
	save("", "vip, refund").is(303)
	was := s.get(admin, path).value("was")
	require.Equal(t, "refund, vip", was)
	save(was, "vip, refund, bank").is(303)
	save(was, "VIP, card").is(303)
	require.ElementsMatch(t, []string{"vip", "bank", "card"}, tags())
	a := save("vip", "vip, "+strings.Repeat("t", 300)).is(422)
	require.Equal(t, "vip", a.value("was"), "what it was typed over is kept with it")
	save("vip, bank, card", "").is(303)
	require.Empty(t, tags())
}

func TestATicketThatAnAgentOpensBeginsWithTheAgentsWords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for quoted, want := range map[string]string{"": "m-agent", "1": "m-customer"} {
		form := []string{"subject", "Your order", "email", "kim@mail.example", "description", "It is late."}
		if quoted != "" {
			form = append(form, "quoted", quoted)
		}
		s.get(ana, s.post(ana, prefix+"/new", form...).is(303).to(prefix+"/new")).is(200).has(`class="message `+want+`"`, "It is late.")
	}
}
