package webui_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestAnAgentEditsSubjectAndRequesterOnThePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	act := prefix + "/tickets/" + opened.Ref + "/act"
	s.get(ana, s.post(ana, act, "action", "subject", "value", "Refund for order 18").to(act)).is(200).has("<h1>Refund for order 18</h1>", "The subject was saved.")
	s.get(ana, s.post(ana, act, "action", "customer", "value", "Lee Ann <lee@mail.example>").to(act)).is(200).
		has("The requester was changed.", "Kim &lt;kim@mail.example&gt; → Lee Ann &lt;lee@mail.example&gt;")
	s.post(ana, act, "action", "customer", "value", "nobody").is(422).has(`id="f-customer" name="value" value="nobody"`)
	s.post(ana, act, "action", "subject", "value", " ").is(422).has("Subject: is empty")
	s.get(kim, form+"/tickets/"+opened.Ref).is(404)
	s.get(lee, form+"/tickets/"+opened.Ref).is(200).has("Please.")
}

// TestWhoSeesAndAnswersOnThePages is the table of docs/customers.md, over the pages.
func TestWhoSeesAndAnswersOnThePages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	org, err := s.SaveOrganisation(t.Context(), helpdesk.Organisation{Name: "Acme", HostID: "acme"})
	require.NoError(t, err)
	for email, sees := range map[string]bool{"kim@mail.example": false, "lee@mail.example": true} {
		_, err := s.SaveCustomer(t.Context(), helpdesk.Customer{Addresses: []helpdesk.Address{{Value: email}}, Organisation: org.ID, Colleagues: sees})
		require.NoError(t, err)
	}
	opened := s.open("Refund", "Please pay it back.")
	act := prefix + "/tickets/" + opened.Ref + "/act"
	s.post(ana, act, "action", "cc", "value", "MAILER-DAEMON@x.example").is(422).has(`id="f-cc" name="value" value="MAILER-DAEMON@x.example"`, "which no person reads")
	s.get(ana, s.post(ana, act, "action", "cc", "value", "Ola <ola@other.example>").to(act)).is(200).has("They take part now.", "ola@other.example", `name="cc" value="ola@other.example" checked`)
	s.get(ana, s.post(ana, act, "action", "follow", "value", "ana@example.com").to(act)).is(200).has("The follower was added.")
	s.get(ana, s.post(ana, act, "action", "unfollow", "value", "ana@example.com").to(act)).is(200).has("The follower was removed.")
	s.post(ana, prefix+"/tickets/"+opened.Ref+"/note", "body", "A secret.").is(303)
	s.post(ana, prefix+"/tickets/"+opened.Ref+"/reply", "body", "Which order?", "choose_cc", "1").is(303)
	s.Drain()
	require.Empty(t, s.Notices.Of(helpdesk.NoticeReply)[0].Cc, "nobody was chosen")
	page := form + "/tickets/" + opened.Ref
	for _, who := range []struct {
		by            string
		sees, leaving bool
	}{{kim, true, false}, {lee, true, false}, {"customer:ola@other.example", true, true}, {"customer:sam@gmail.com", false, false}} {
		if !who.sees {
			s.get(who.by, page).is(404)
			s.get(who.by, form+"/").is(200).lacks("Refund")
			s.post(who.by, page+"/reply", "text", "Hello").is(404)
			s.post(who.by, page+"/leave").is(404)
			continue
		}
		s.get(who.by, form+"/").is(200).has("Refund")
		a := s.get(who.by, page).is(200).has("Please pay it back.", "Which order?", "Ola").lacks("A secret.")
		require.Equal(t, who.leaving, strings.Contains(a.body, "Leave this conversation"))
		s.post(who.by, page+"/reply", "text", "From "+who.by).is(303)
	}
	_, err = s.Open(t.Context(), helpdesk.OpenParams{Subject: "Of Lee", Customer: helpdesk.Contact{Email: "lee@mail.example"}})
	require.NoError(t, err)
	s.get(lee, form+"/").is(200).has("Refund", "Of Lee", "Mine alone")
	s.get(lee, form+"/?whose=own").is(200).has("Of Lee", "All of my organisation").lacks("Refund")
	s.get(lee, form+"/?whose=own&q=refund").is(200).has("Nothing found", `name="whose" value="own"`)
	s.get(kim, form+"/?whose=own").is(200).has("Refund").lacks("Mine alone")
	s.get("customer:ola@other.example", page).has("<b>Kim</b>", "<b>You</b>")
	s.post(kim, page+"/leave").is(422)
	s.get("customer:ola@other.example", s.post("customer:ola@other.example", page+"/leave").to(page+"/leave")).is(200).has("You left the conversation.").lacks("Refund")
	s.get("customer:ola@other.example", page).is(404)
}
