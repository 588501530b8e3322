package similar_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/similar"
)

// sentences returns those of replies to a customer.
func sentences(customer helpdesk.Contact, replies ...string) []similar.Sentence {
	t := &helpdesk.Ticket{ID: "1", Customer: customer, Status: helpdesk.StatusResolved, Resolution: "Done.", ResolvedAt: helpdesk.SystemClock.Now()}
	var messages []helpdesk.Message
	for _, r := range replies {
		messages = append(messages, helpdesk.Message{Ticket: "1", Kind: helpdesk.FromAgent, Body: r, By: helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana.ruiz@desk.example", Name: "Ana Ruiz"}})
	}
	return similar.SentencesOf(t, messages)
}

var kim = helpdesk.Contact{Name: "Kim de Vries", Email: "kim.vries@mail.example"}

func TestSentencesHaveNoNameNumberOrAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ reply, exact, blank string }{
		{"Please clear the cache.", "Please clear the cache.", "Please clear the cache."},
		{"Hello Kim, please clear the cache.", "Please clear the cache.", "Please clear the cache."},
		{"Sehr geehrte Frau de Vries,\nbitte leeren Sie den Cache.", "bitte leeren Sie den Cache.", "bitte leeren Sie den Cache."},
		{"We called Ms de Vries, KIM's mother.", "We called Ms [NAME], [NAME]'s mother.", "We called Ms [NAME], [NAME]'s mother."},
		{"Ana Ruiz will call you back.", "[NAME] will call you back.", "[NAME] will call you back."},
		{"Your new code is (4711).", "Your new code is (4711).", "Your new code is ([NUMBER])."},
		{"The token is tok-9f3c, use it.", "The token is tok-9f3c, use it.", "The token is [NUMBER], use it."},
		{"Call +49 30 1234 567 at once.", "Call +49 30 1234 567 at once.", "Call [NUMBER] at once."},
		{"Open https://shop.example/reset and mail a@b.example about it.", "Open https://shop.example/reset and mail a@b.example about it.", "Open [ADDRESS] and mail [ADDRESS] about it."},
		{"Write to kim.vries@mail.example about the matter.", "Write to [NAME].[NAME]@mail.example about the matter.", "Write to [ADDRESS] about the matter."},
		{"- Close the app.\n", "", ""},
		{"2) Close the app again.\n", "Close the app again.", "Close the app again."},
		{"ブラウザを再起動してください。", "ブラウザを再起動してください。", "ブラウザを再起動してください。"},
	} {
		got := sentences(kim, c.reply)
		if c.exact == "" {
			require.Len(t, got, 1, c.reply)
			continue
		}
		require.Len(t, got, 1, c.reply)
		require.Equal(t, [2]string{c.exact, c.blank}, [2]string{got[0].Exact, got[0].Blank})
		require.Equal(t, got[0].Exact == got[0].Blank, got[0].ExactKey == got[0].BlankKey)
	}
}

func TestAGreetingOrASignOffIsNoSentence(t *testing.T) {
	t.Parallel()
	for _, reply := range []string{
		"", "Hello Kim", "Dear Ms de Vries,", "Guten Tag Frau Vries!", "OK.", "Done so.", "Thank you very much!", "Thanks for contacting our support.", "Vielen Dank für Ihre Nachricht.",
		"Best regards,\nAna Ruiz\nSupport of the desk company", "Mit freundlichen Grüßen\nAna Ruiz aus dem Team von nebenan", "--\nSent from my very smart phone", "4711 0815 12", "...", "[NAME] [NUMBER]",
	} {
		require.Empty(t, sentences(kim, reply), reply)
	}
	require.Empty(t, sentences(helpdesk.Contact{Name: "Kim"}, "Please clear the cache."), "a customer that cannot be told from others")
	ticket := &helpdesk.Ticket{ID: "1", Customer: kim, Status: helpdesk.StatusResolved, Resolution: "Done."}
	for _, m := range []helpdesk.Message{
		{Ticket: "1", Kind: helpdesk.InternalNote}, {Ticket: "1", Kind: helpdesk.FromCustomer}, {Ticket: "1", Kind: helpdesk.FromDesk}, {Ticket: "2", Kind: helpdesk.FromAgent},
	} {
		m.Body = "Please clear the cache."
		require.Empty(t, similar.SentencesOf(ticket, []helpdesk.Message{m}))
	}
}

func TestSentencesAreTheSameWhateverIsBlankedOrFolded(t *testing.T) {
	t.Parallel()
	lee := helpdesk.Contact{Name: "Lee", Email: "lee@mail.example"}
	key := func(c helpdesk.Contact, reply string) [2]similar.SentenceKey {
		got := sentences(c, reply)
		require.Len(t, got, 1, reply)
		return [2]similar.SentenceKey{got[0].ExactKey, got[0].BlankKey}
	}
	first := key(kim, "Hello Kim, the parcel 4711 of Kim de Vries is on its way.")
	for reply, same := range map[string]bool{
		"The parcel 99-A of Lee is on its way.":        true,
		"the  PARCEL 1, of lee: is on its\tway!":       true,
		"The parcel of Lee is on its way.":             false,
		"The parcel 4711 of Lee is not on its way.":    false,
		"The parcel 4711 of Kim is on its way.":        false, // who is not that customer
		"The parcel 4711 of Lee is on its way!?!?.!?.": false, // which may be a password
	} {
		require.Equal(t, same, key(lee, reply)[1] == first[1], reply)
	}
	require.Equal(t, first[0], key(lee, "The parcel 4711 of Lee is on its way.")[0])
	require.NotEqual(t, first[0], key(lee, "The parcel 4712 of Lee is on its way.")[0])
}

func TestSentencesOfALongReplyAreFew(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 3000 {
		b.WriteString("Please press the button of row " + strings.Repeat("x", i%200) + " now. ")
	}
	got := sentences(kim, b.String(), b.String(), "One more sentence here.")
	require.Len(t, got, 60)
}
