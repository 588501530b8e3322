package webui_test

import (
	"testing"
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
