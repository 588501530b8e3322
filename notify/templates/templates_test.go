package templates_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/notify/templates"
)

func germanReply() templates.Set {
	return templates.Set{
		Name: "Acme Support", Colour: "#1f5fa8", LogoURL: "https://acme.example/logo.png", Footer: "Acme Ltd.\n1 Main Street", Language: "de", Zone: "Europe/Berlin",
		Texts: map[string]templates.Text{"de/reply": {Subject: "Ihre Anfrage {{subject}} [{{ref}}]", Body: "Guten Tag {{customer}},\n\n{{text}}\n\n{{agent}}, {{company}}\n{{link}}"}},
	}
}

func TestAnAdminSavesTheMailTemplatesOfOneTenant(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		admin := d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"})
		none, err := templates.Of(admin).Read(t.Context())
		require.NoError(t, err)
		require.Equal(t, templates.Set{}, none)

		typed := germanReply()
		typed.Name, typed.Footer, typed.Language = " Acme Support ", "Acme Ltd.\r\n1 Main Street\r\n", "DE"
		saved, err := templates.Of(admin).Save(t.Context(), typed)
		require.NoError(t, err)
		want := germanReply()
		want.Version = 1
		require.Equal(t, want, saved, "as it is kept")
		got, err := templates.Of(d.Desk).Read(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, got)
		got, err = templates.Saved(t.Context(), d.Store, "")
		require.NoError(t, err)
		require.Equal(t, want, got)

		_, err = templates.Of(admin).Save(t.Context(), germanReply())
		require.ErrorIs(t, err, helpdesk.ErrConflict, "it was saved since")
		saved.Name = "Acme"
		saved, err = templates.Of(admin).Save(t.Context(), saved)
		require.NoError(t, err)
		require.EqualValues(t, 2, saved.Version)
		_, err = templates.Of(admin).Save(t.Context(), templates.Set{Version: 2})
		require.NoError(t, err, "back to the host's")

		versions, err := templates.Of(admin).History(t.Context(), 0, 2)
		require.NoError(t, err)
		require.Len(t, versions, 2)
		require.EqualValues(t, 3, versions[0].Version)
		require.Equal(t, "boss", versions[1].By.ID)
		_, err = templates.Of(admin).History(t.Context(), -1, 0)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)

		other, err := templates.Of(d.ForTenant("other")).Read(t.Context())
		require.NoError(t, err)
		require.Equal(t, templates.Set{}, other)
		for _, who := range strangers(d) {
			_, err = templates.Of(who).Save(t.Context(), templates.Set{Version: 3})
			require.ErrorIs(t, err, helpdesk.ErrForbidden)
			_, err = templates.Of(who).Read(t.Context())
			require.ErrorIs(t, err, helpdesk.ErrForbidden)
			_, err = templates.Of(who).History(t.Context(), 0, 0)
			require.ErrorIs(t, err, helpdesk.ErrForbidden)
		}
	})
}

func TestMailTemplatesThatAreNoneAreRefusedByName(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	text := func(key, subject, body string) func(*templates.Set) {
		return func(w *templates.Set) { w.Texts = map[string]templates.Text{key: {Subject: subject, Body: body}} }
	}
	for want, change := range map[string]func(*templates.Set){
		"name is longer than 100 characters":                                                                   func(w *templates.Set) { w.Name = strings.Repeat("ä", 101) },
		"name contains a control character":                                                                    func(w *templates.Set) { w.Name = "A\nB" },
		`colour is not a colour such as "#1f5fa8"`:                                                             func(w *templates.Set) { w.Colour = "red" },
		"logo_url is not an address that begins with https://":                                                 func(w *templates.Set) { w.LogoURL = "http://acme.example/logo.png" },
		"footer is longer than 2000 characters":                                                                func(w *templates.Set) { w.Footer = strings.Repeat("x", 2001) },
		`language is not a language such as "de"`:                                                              func(w *templates.Set) { w.Language = "../en" },
		`zone is not a time zone such as "Europe/Berlin"`:                                                      func(w *templates.Set) { w.Zone = "Mars/Base" },
		`texts "de/pizza" is not a language and a kind of notice`:                                              text("de/pizza", "x", "y"),
		`texts "reply" is not a language and a kind of notice`:                                                 text("reply", "x", "y"),
		`texts "../reply" is not a language and a kind of notice`:                                              text("../reply", "x", "{{text}}"),
		`texts "de/at/reply" is not a language and a kind of notice`:                                           text("de/at/reply", "x", "{{text}}"),
		"texts[de/reply].subject is empty":                                                                     text("de/reply", " ", "{{text}}"),
		"texts[de/reply].subject contains a control character":                                                 text("de/reply", "a\nBcc: x@y.example", "{{text}}"),
		"texts[de/reply].subject is longer than 200 characters":                                                text("de/reply", strings.Repeat("x", 201), "{{text}}"),
		"texts[de/reply].body is empty":                                                                        text("de/reply", "x", ""),
		"texts[de/reply].body is longer than 10000 characters":                                                 text("de/reply", "x", "{{text}}"+strings.Repeat("x", 10_000)),
		`texts[de/reply].body has a placeholder that is not for it: "range 1000000000"`:                        text("de/reply", "x", "{{text}}{{range 1000000000}}x{{end}}"),
		`texts[de/reply].body has a placeholder that is not for it: ""`:                                        text("de/reply", "x", "{{text}} {{}}"),
		`texts[de/reply].body has a placeholder that is not for it: "rate"`:                                    text("de/reply", "x", "{{text}} {{rate}}"),
		`texts[de/reply].subject has a placeholder that is not for it: "text"`:                                 text("de/reply", "{{text}}", "{{text}}"),
		`texts[de/resolved].subject has a placeholder that is not for it: "link"`:                              text("de/resolved", "{{link}}", "x"),
		`texts[de/reply].body lacks a placeholder that it needs: "text"`:                                       text("de/reply", "x", "Answered."),
		`texts[en/survey].body lacks a placeholder that it needs: "rate"`:                                      text("en/survey", "x", "How was it?"),
		`texts[en/received].body has a placeholder that is not for it: "customer"`:                             text("en/received", "x", "Hello {{customer}}"),
		`texts[en/received].subject has a placeholder that is not for it: "subject"`:                           text("en/received", "{{subject}}", "Hello"),
		`texts[en/received].body has a placeholder that is not for it: "text"`:                                 text("en/received", "x", "{{text}}"),
		"texts[de/reply].body has the same long text twice":                                                    text("de/reply", "x", "{{text}}\n{{ text }}"),
		"texts[de/reply].body has more than 50 placeholders":                                                   text("de/reply", "x", "{{text}}"+strings.Repeat(" {{subject}}", 50)),
		"texts[de/reply].body has a placeholder of the customer's at a web address: put a space between":       text("de/reply", "x", "{{text}} https://acme.example{{subject}}"),
		"texts[en/reply].body has a placeholder of the customer's at a web address: put a space between":       text("en/reply", "x", "{{text}} {{subject}}{{link}}"),
		"texts[en/survey].body has a placeholder of the customer's at a web address: put a space between":      text("en/survey", "x", "{{rate}}\u00a0{{customer}}"),
		"texts[en/assigned].subject has a placeholder of the customer's at a web address: put a space between": text("en/assigned", "WWW.{{customer}}.example", "x"),
	} {
		w := templates.Set{}
		change(&w)
		_, err := templates.Of(d.Desk).Save(t.Context(), w)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, want)
		var said []string
		for _, f := range helpdesk.Fields(err) {
			said = append(said, f.Field+" "+f.Problem)
		}
		require.Equal(t, []string{want}, said)
	}
	long, more := templates.Set{Texts: map[string]templates.Text{}}, templates.Set{Texts: map[string]templates.Text{}}
	for i := range templates.MaxTexts/9000 + 1 {
		long.Texts[templates.Key([]string{"de", "en", "fr"}[i/len(helpdesk.NoticeKinds)], helpdesk.NoticeKinds[i%len(helpdesk.NoticeKinds)])] = templates.Text{Subject: "x", Body: strings.Repeat("x", 9000)}
	}
	require.EqualError(t, long.Check(), "texts are longer than 262144 bytes together")
	for i := range templates.MaxLanguages*len(helpdesk.NoticeKinds) + 1 {
		more.Texts[fmt.Sprint("de/", i)] = templates.Text{}
	}
	require.EqualError(t, more.Check(), fmt.Sprintf("texts are more than %d", templates.MaxLanguages*len(helpdesk.NoticeKinds)))
	many := templates.Set{Texts: map[string]templates.Text{}}
	for i := range templates.MaxLanguages + 1 {
		many.Texts[templates.Key("a"+string(rune('a'+i)), helpdesk.NoticeHeld)] = templates.Text{Subject: "x", Body: "y"}
	}
	_, err := templates.Of(d.Desk).Save(t.Context(), many)
	require.ErrorContains(t, err, "in more than 20 languages")
}

func TestWhatOnlyLooksLikeAPlaceholderIsWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]templates.Part{
		"":                       nil,
		"a {{ ref }}b":           {{Words: "a "}, {Placeholder: "ref"}, {Words: "b"}},
		"a {{\nref}} {b} }} {{c": {{Words: "a {{\n"}, {Words: "ref}} {b} }} {{c"}},
		"{{}}{{{x}}}":            {{}, {Placeholder: "{x"}, {Words: "}"}},
	} {
		require.Equal(t, want, templates.Split(text), text)
	}
	require.Len(t, templates.Split(strings.Repeat("{{ ", 1<<20)), 1, "in linear time")
}

func TestPartsPutTogetherAreTheText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"{{", "}}", "{", "}", "ref", "x", "\n", "ü", "{{text}}"})).Draw(t, "pieces"), "")
		var b strings.Builder
		for _, p := range templates.Split(text) {
			require.True(t, p.Words == "" || p.Placeholder == "")
			if p.Words == "" {
				require.NotContains(t, p.Placeholder, "\n")
				p.Words = "{{" + p.Placeholder + "}}"
			}
			b.WriteString(p.Words)
		}
		require.Equal(t, text, b.String())
	})
}

func TestNoPlaceholderOfAnAcknowledgementIsWhatAStrangerWrote(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"ref", "company", "link"}, templates.Placeholders(helpdesk.NoticeReceived))
	require.Nil(t, templates.Placeholders("pizza"))
	require.ErrorIs(t, (&templates.Text{Subject: "x", Body: "y"}).Check("pizza"), helpdesk.ErrInvalid)
	for _, kind := range helpdesk.NoticeKinds {
		toCustomer := []helpdesk.NoticeKind{helpdesk.NoticeReceived, helpdesk.NoticeReply, helpdesk.NoticeResolved, helpdesk.NoticeSurvey, helpdesk.NoticeReminder, helpdesk.NoticeLink}
		require.Equal(t, slices.Contains(toCustomer, kind), kind.ToCustomer())
	}
}

func TestNothingThatAMailLeavesOutPartsAWebAddressFromWhatACustomerWrites(t *testing.T) {
	t.Parallel()
	for _, between := range []string{"", "\f", "\v", "\u00a0", "\u200b", "\x1c", "\u0085"} {
		text := templates.Text{Subject: "Re", Body: "{{text}} https://acme.example/" + between + "{{subject}}"}
		require.ErrorContains(t, text.Check(helpdesk.NoticeReply), "at a web address", "%q", between)
	}
	for _, between := range []string{" ", "\t", "\n", "\r\n"} {
		text := templates.Text{Subject: "Re", Body: "{{text}} https://acme.example/" + between + "{{subject}}"}
		require.NoError(t, text.Check(helpdesk.NoticeReply), "%q", between)
	}
}
