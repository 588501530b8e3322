package webui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// toldFor is how long an address has its page say what was just done. Later the page does not:
// somebody comes back, or has kept or sent the address.
const toldFor = 2 * time.Minute

// told is the value of "done" in the address of the page after a form: a key of the catalogue for
// the sentence, and the time.
func (v *visit) told(key string) string { return key + "-" + strconv.FormatInt(v.now.Unix(), 36) }

// tells returns the key in the address if it is a known one and recent; else it is empty. So a link
// can make no page say anything but these few sentences.
func (v *visit) tells(known ...string) string {
	key, at, _ := strings.Cut(v.r.URL.Query().Get("done"), "-")
	when, err := strconv.ParseInt(at, 36, 64)
	age := v.now.Sub(time.Unix(when, 0))
	if err != nil || age > toldFor || age < -toldFor || !slices.Contains(known, key) {
		return ""
	}
	return key
}

// deeds are the commands on a ticket, with the events that each leaves; none where it leaves none.
var deeds = map[string][]helpdesk.EventType{
	"opened": {helpdesk.EventOpened}, "reply": {helpdesk.EventReplied}, "note": {helpdesk.EventNoted}, "released": {helpdesk.EventMail}, "dismissed": nil,
	"take": {helpdesk.EventAssigned, helpdesk.EventStatus}, "assign": {helpdesk.EventAssigned, helpdesk.EventUnassigned}, "decline": {helpdesk.EventUnassigned},
	"resolve": {helpdesk.EventResolved}, "reopen": {helpdesk.EventReopened}, "escalate": {helpdesk.EventEscalated}, "wait": {helpdesk.EventStatus}, "close": {helpdesk.EventStatus},
	"category": {helpdesk.EventCategory}, "priority": {helpdesk.EventPriority}, "tags": {helpdesk.EventTags}, "tag": {helpdesk.EventTags}, "merge": {helpdesk.EventMerged}, "unmerge": {helpdesk.EventUnmerged}, "split": {helpdesk.EventSplit},
	"link": {helpdesk.EventLinked}, "unlink": {helpdesk.EventUnlinked},
	"accept": {helpdesk.EventSender}, "links": {helpdesk.EventLinksEnded}, "subject": {helpdesk.EventSubject}, "language": {helpdesk.EventLanguage}, "customer": {helpdesk.EventCustomer},
	"cc": {helpdesk.EventCc}, "uncc": {helpdesk.EventCc}, "follow": {helpdesk.EventFollowers}, "unfollow": {helpdesk.EventFollowers},
}

// deed returns what the viewer has just done to a ticket, if the address says so and the events
// confirm it. A command that changed nothing leaves no event.
func (v *visit) deed(events []helpdesk.Event) string {
	if v.tells("same") != "" {
		return v.T("done.same")
	}
	for key, types := range deeds {
		if v.tells(key) != "" && (types == nil || v.did(events, toldFor, types...) != nil) {
			return v.T("done." + key)
		}
	}
	return ""
}

// did returns the latest event of some types that the viewer has caused within the time, or nil.
func (v *visit) did(events []helpdesk.Event, within time.Duration, types ...helpdesk.EventType) *helpdesk.Event {
	for i := range slices.Backward(events) {
		if e := &events[i]; e.By.ID == v.who.ID && e.By.Role == v.who.Role && slices.Contains(types, e.Type) && v.now.Sub(e.At) <= within {
			return e
		}
	}
	return nil
}

// ofList is the query of an address without its note of a finished command. Lists and saved views
// are told apart by it.
func (v *visit) ofList() string {
	parts := strings.Split(v.r.URL.RawQuery, "&")
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool {
		name, _, _ := strings.Cut(p, "=")
		return name == "done" || name == "n" || name == "of"
	}), "&")
}
