package webui_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/webui"
)

// TestARefusedFormIsShownWithWhatWasTypedAndCanBeSentAgain has a session end, and files that are
// too large.
func TestARefusedFormIsShownWithWhatWasTypedAndCanBeSentAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := prefix + "/tickets/" + s.open("Refund", "Please.").Ref
	const words = "Dear Kim,\n\n<b>it</b> is on its way & \"sent\"."
	for _, a := range []*answer{
		s.post(nobody, path+"/reply", "key", "k", "seen", "x", "then", "wait", "body", words).is(401),
		s.upload(nobody, path+"/reply", map[string]string{"a.txt": "A"}, "key", "k", "seen", "x", "then", "wait", "body", words).is(401),
		s.upload(nobody, path+"/reply", map[string]string{"a.txt": strings.Repeat("A", 4<<20)}, "key", "k", "seen", "x", "then", "wait", "body", words).is(401),
		s.upload(ana, path+"/reply", map[string]string{"a.txt": strings.Repeat("A", 26<<20)}, "key", "k", "seen", "x", "then", "wait", "body", words).is(413),
	} {
		a.has("Send it again").lacks("AAAA")
		require.Equal(t, []string{words, "k", "x", "wait"}, []string{a.value("body"), a.value("key"), a.value("seen"), a.value("then")})
	}
	s.post(nobody, path+"/act", "action", "resolve", "value", words).is(401).has("What you wrote").lacks("<b>it")
	s.post(nobody, set+"macros", "name", "Sent", "body", words).is(401).has("Log in in another tab")
	s.post(nobody, path+"/act", "action", "take").is(401).lacks("<textarea", "Send it again")
	s.post(ana, prefix+"/tickets/7Q2M-NONE/reply", "body", words).is(404).has("<textarea", "readonly").lacks("Send it again")
	s.post(kim, path+"/reply", "body", words).is(403).has("readonly").lacks("Send it again")
	s.post(nobody, form+"/tickets/x/reply", "text", words).is(401).has("Send it again")
	a := s.post(nobody, path+"/reply", "body", strings.Repeat("long ", 1<<18)).is(401)
	require.Greater(t, len(a.value("body")), 1<<20)
}

func TestALongTextIsKeptWholeInAnyLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := prefix + "/tickets/" + s.open("Refund", "Please.").Ref
	for _, letter := range []string{"x", "ж", "€", "😀"} {
		words := strings.Repeat(letter, helpdesk.MaxText/len(letter))
		require.True(t, words == s.post(nobody, set+"macros", "name", "Sent", "body", words).is(401).has("Send it again").value("body"), letter)
		require.True(t, words == s.post(nobody, path+"/act", "action", "resolve", "value", words).is(401).has("Send it again").value("value"), letter)
		require.True(t, words == s.upload(nobody, path+"/reply", nil, "body", words).is(401).has("Send it again").value("body"), letter)
	}
}

func TestAFormFromAnotherSiteIsNotRepeated(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, by := range []string{nobody, ana} {
		r := s.request(by, "POST", prefix+"/tickets/x/reply", strings.NewReader("body=Call+the+bank"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		s.send(r).is(403).lacks("Call the bank")
	}
}

func TestOddFormsAreAnsweredLikeAnyOther(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := prefix + "/tickets/" + s.open("Refund", "Please.").Ref
	for _, kind := range []string{"", "text/plain", "application/json", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; x", ";;;"} {
		for _, body := range []string{"", "body=%zz", "--x\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\ncut o", "--x", strings.Repeat("a=1&", 2000), "body=a&body=b", "{}"} {
			for _, by := range []string{nobody, ana} {
				for _, to := range []string{path + "/reply", path + "/act", prefix + "/bulk", prefix + "/views", set + "sla", form + "/new"} {
					r := s.request(by, "POST", to, strings.NewReader(body))
					r.Header.Set("Content-Type", kind)
					a := s.send(r)
					require.Less(t, a.status, 500, "%q %q %s: %s", kind, body, to, a.body)
				}
			}
		}
	}
}

// TestTheAddressOfAFormLeadsToItsPage is for a viewer who loads it anew, or whose login sends them
// back there.
func TestTheAddressOfAFormLeadsToItsPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	opened := s.open("Refund", "Please.")
	link := s.link(helpdesk.NoticeReceived)
	for at, page := range map[string]string{
		prefix + "/tickets/" + opened.Ref + "/act": prefix + "/tickets/" + opened.Ref, prefix + "/tickets/" + opened.Ref + "/reply": prefix + "/tickets/" + opened.Ref,
		prefix + "/bulk": prefix + "/", prefix + "/views": prefix + "/", prefix + "/mail/retry": prefix + "/mail", prefix + "/mail/x%2Fy/release": prefix + "/mail",
		set + "sla/restore": set + "sla", set + "agents/remove": set + "agents", form + "/tickets/" + opened.Ref + "/reply?embed=1": form + "/tickets/" + opened.Ref + "?embed=1",
		link + "/rate": link,
	} {
		require.Equal(t, page, s.get(nobody, at).to(at), at)
	}
	for _, nowhere := range []string{prefix + "/tickets/x/y/z", prefix + "/bulk/x", prefix + "/nowhere"} {
		require.NotEqual(t, http.StatusSeeOther, s.get(ana, nowhere).status, nowhere)
	}
}

func TestASlashInAnIdIsNoneOfTheAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(ana, prefix+"/tickets/a%2Fb").is(404).has(`data-root="../"`)
	s.get(ana, prefix+"/tickets/"+strings.Repeat("a", 99)).is(404)
	s.get(ana, prefix+"/tickets/a%FF%00").is(404)
	s.get(ana, prefix+"/tickets/a/b").is(404).has(`data-root="../../"`)
}

func TestAFormThatFailsInsideIsShownWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	pages, err := webui.New(s.Desk.Desk, &webui.Config{Actor: func(r *http.Request) (helpdesk.Actor, error) {
		if r.Method == "POST" {
			panic("the login is broken")
		}
		return who(r)
	}, Logger: quiet})
	require.NoError(t, err)
	a := mounted(s, pages).post(ana, "/tickets/x/reply", "body", "Dear Kim").is(500).has("Send it again")
	require.Equal(t, "Dear Kim", a.value("body"))
}
