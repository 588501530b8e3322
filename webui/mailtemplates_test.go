package webui_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/browsertest"
	"github.com/helpdesk-go/helpdesk/notify/smtpnotify"
	"github.com/helpdesk-go/helpdesk/notify/templates"
	"github.com/helpdesk-go/helpdesk/webui"
)

// mails is the notifier that knows what mails say.
func mails(t *testing.T, store helpdesk.Store) *smtpnotify.Notifier {
	n, err := smtpnotify.New(&smtpnotify.Config{Folder: t.TempDir(), From: "support@acme.example", Saved: store})
	require.NoError(t, err)
	return n
}

func TestAnAdminEditsHowMailsLook(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	page := s.get(admin, set+"mail-templates").is(200).has(`placeholder="#1f4e79"`, `fill="#1f4e79"`, "Texts in English", "We have received your message [{{ref}}]", "built in").lacks("your own")
	require.Equal(t, "0", page.value("version"))
	preview := s.post(admin, set+"mail-templates", "do", "preview", "version", "0", "name", "Kern <Bakery>", "colour", "#aa3300", "footer", "Kern GmbH").is(200).
		has(`fill="#aa3300"`, "<text x=\"14\" y=\"32\">Kern &lt;Bakery&gt;</text>", "Kern GmbH").lacks("style=")
	require.Equal(t, "#aa3300", preview.value("colour"))
	w, err := templates.Of(s.Desk.Desk).Read(t.Context())
	require.NoError(t, err)
	require.Zero(t, w.Version, "a preview saves nothing")
	a := s.post(admin, set+"mail-templates", "version", "0", "colour", "red", "name", "Kept").is(422).has("#f-colour", "is not a colour", `fill="#1f4e79"`)
	require.Equal(t, []string{"Kept", "red"}, []string{a.value("name"), a.value("colour")})

	s.post(admin, set+"mail-templates", "version", "0", "name", "Kern", "colour", "#aa3300", "language", "de", "zone", "Europe/Berlin", "footer", "Kern GmbH\r\nBerlin").is(303)
	w, err = templates.Of(s.Desk.Desk).Read(t.Context())
	require.NoError(t, err)
	require.Equal(t, templates.Set{Name: "Kern", Colour: "#aa3300", Language: "de", Zone: "Europe/Berlin", Footer: "Kern GmbH\nBerlin", Version: 1}, w)
	s.get(admin, set+"mail-templates").has("Texts in German", "Ihre Nachricht ist angekommen [{{ref}}]")
	s.get(admin, set+"mail-templates?lang=en").has("Texts in English", "Mails go out in German")
	s.get(admin, set+"mail-templates?lang=<x>").is(200).has("Texts in German")
	a = s.post(admin, set+"mail-templates", "version", "0", "name", "Mine").is(409).has("Somebody else has saved", "<b>Kern</b> #aa3300")
	require.Equal(t, "Mine", a.value("name"))
	s.post(admin, set+"mail-templates", "version", a.value("version"), "name", "Mine").is(303)
}

func TestAnAdminEditsWhatAMailSaysAndGoesBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	edit := set + "mail-templates/edit?kind=reply&lang=de"
	page := s.get(admin, edit).is(200).has("{{customer}}", "Re: Doppelt abgebucht [7Q2M-X4KD]", "Die zweite Zahlung ist auf dem Weg").lacks("{{due}}", "Back to the built-in text")
	require.Equal(t, "Re: {{subject}} [{{ref}}]", page.value("subject"))
	require.Equal(t, "{{text}}\n\nDer ganze Verlauf im Browser:\n{{link}}", page.value("body"))
	fields := func(version, do, subject, body string) []string {
		return []string{"kind", "reply", "lang", "de", "version", version, "do", do, "subject", subject, "body", body}
	}
	a := s.post(admin, set+"mail-templates/edit", fields("0", "preview", "Zu {{subject}}", "Guten Tag {{customer}},\r\n\r\n{{text}}\r\n<b>{{agent}}</b>")...).is(200).
		has("Zu Doppelt abgebucht", "Guten Tag Kim Lee,\n\nDie zweite Zahlung", "&lt;b&gt;Ana Silva&lt;/b&gt;")
	require.Equal(t, "Zu {{subject}}", a.value("subject"))
	a = s.post(admin, set+"mail-templates/edit", fields("0", "save", "x", "{{text}} {{pizza}}")...).is(422).has("#f-body", "has a placeholder that is not for it: &#34;pizza&#34;").lacks("text[")
	require.Equal(t, "{{text}} {{pizza}}", a.value("body"))

	s.post(admin, set+"mail-templates/edit", fields("0", "save", "Ours", "First\n{{text}}")...).is(303)
	s.get(admin, set+"mail-templates?lang=de").has("your own", "First\n{{text}}")
	s.get(admin, set+"mail-templates?lang=en").lacks("your own")
	s.post(admin, set+"mail-templates/edit", "kind", "survey", "lang", "de", "version", "0", "subject", "How?", "body", "{{rate}}").is(303) // another text is no conflict
	s.post(admin, set+"mail-templates", "version", "0", "name", "Kern").is(303)                                                             // nor is the look
	a = s.post(admin, set+"mail-templates/edit", fields("0", "save", "Mine", "Second\n{{text}}")...).is(409).has("Somebody else has saved", "<b>Ours</b>", "First\n{{text}}</pre>")
	require.Equal(t, "Second\n{{text}}", a.value("body"))
	s.post(admin, set+"mail-templates/edit", fields(a.value("version"), "save", "Mine", "Second\n{{text}}")...).is(303)
	w, err := templates.Of(s.Desk.Desk).Read(t.Context())
	require.NoError(t, err)
	require.Equal(t, "Kern", w.Name)
	require.Equal(t, map[string]templates.Text{"de/reply": {Subject: "Mine", Body: "Second\n{{text}}"}, "de/survey": {Subject: "How?", Body: "{{rate}}"}}, w.Texts)

	page = s.get(admin, edit).has("Back to the built-in text")
	s.post(admin, set+"mail-templates/edit", "kind", "reply", "lang", "de", "do", "default", "version", "2").is(409).has("<b>Mine</b>")
	s.post(admin, set+"mail-templates/edit", "kind", "reply", "lang", "de", "do", "default", "version", page.value("version")).is(303)
	s.get(admin, edit).lacks("Back to the built-in text", "Second")
	s.get(admin, set+"mail-templates/edit?kind=pizza").is(404)
	s.get(admin, set+"mail-templates/edit?kind=received&lang=en").has("{{company}}").lacks("{{customer}}")
}

func TestATextInALanguageThatIsNoneGoesIntoNoOther(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	text := func(lang string) []string {
		return []string{"kind", "reply", "lang", lang, "version", "0", "do", "save", "subject", "Re", "body", "{{text}}"}
	}
	for _, lang := range []string{"<x>", "english", "de/reply", "\x00"} {
		s.post(admin, set+"mail-templates/edit", text(lang)...).is(404)
	}
	w, err := templates.Of(s.Desk.Desk).Read(t.Context())
	require.NoError(t, err)
	require.Empty(t, w.Texts)
	s.post(admin, set+"mail-templates/edit", text("pt_BR")...).is(303)
	w, err = templates.Of(s.Desk.Desk).Read(t.Context())
	require.NoError(t, err)
	require.Contains(t, w.Texts, "pt-br/reply")
}

func TestWithoutAnythingToShowMailsThereIsNoPageForThem(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.get(admin, set+"about").has(`settings/mail-templates"`)
	s.get(ana, set+"mail-templates").is(403)
	pages, err := webui.New(s.Desk.Desk, &webui.Config{Actor: who, Logger: quiet})
	require.NoError(t, err)
	bare := mounted(s, pages)
	bare.get(admin, "/settings/about").is(200).lacks("settings/mail-templates")
	bare.get(admin, "/settings/mail-templates").is(404)
	bare.post(admin, "/settings/mail-templates/edit", "kind", "reply").is(404)
}

// TestAnAdminEditsAMailInABrowser edits one and sees the mail that becomes of it.
func TestAnAdminEditsAMailInABrowser(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browsertest.New(t).Tab(t, browsertest.Look{})
	login(tab, o.site, theAdmin)
	tab.Go(o.site + "/support/settings/agents")
	tab.Leave(`.tabs a[href$="mail-templates"]`)
	fill := func(field, text string) {
		tab.Click(field)
		browsertest.Run[int](tab, `document.querySelector("`+field+`").select(); 1`)
		tab.Write(text)
	}
	fill("#f-colour", "#aa3300")
	tab.Leave("button[value=preview]")
	require.True(t, tab.Is(`getComputedStyle(document.querySelectorAll(".letter rect")[1]).fill === "rgb(170, 51, 0)"`), "the swatch, under the policy of the pages")
	tab.Leave("button[value=save]")
	tab.See(".done", "Saved")
	tab.Leave(`.rows a[href*="kind=resolved"]`)
	require.Contains(t, tab.Value("#f-body"), "{{text}}")
	fill("#f-body", "Dear {{customer}}, it is done.\n\n{{text}}")
	tab.Leave("button[value=preview]")
	tab.See(".preview .body", "Dear Kim Lee, it is done.")
	tab.Leave("button[value=save]")
	tab.See(".done", "Saved")
	tab.See(".rows", "Dear {{customer}}, it is done.")
	w, err := templates.Of(o.desk.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"})).Read(t.Context())
	require.NoError(t, err)
	require.Equal(t, "#aa3300", w.Colour)
	require.Contains(t, w.Texts, "en/resolved")
}
