package smtpnotify_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/notify/smtpnotify"
	"github.com/helpdesk-go/helpdesk/notify/templates"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

var germanReply = templates.Set{
	Name: "Bäckerei Kern", Colour: "#aa3300", Footer: "Bäckerei Kern GmbH", Language: "de", Zone: "Europe/Berlin",
	Texts: map[string]templates.Text{"de/reply": {
		Subject: "Zu {{subject}} [{{ref}}]", Body: "Guten Tag {{customer}},\n\n{{text}}\n\nIhre {{agent}}\n{{company}}, https://kern.example/hilfe",
	}},
}

// savedDesk is a desk of many tenants whose mails are as their admins save them.
func savedDesk(t *testing.T, p *peer, store helpdesk.Store) *helpdesk.Desk {
	cfg := p.config()
	c := helpdesktest.NewClock(now)
	cfg.Clock, cfg.Saved = c, store
	cfg.Brand = func(context.Context, helpdesk.TenantID) (smtpnotify.Brand, error) {
		return smtpnotify.Brand{Name: "The Host", Footer: "By the host"}, nil
	}
	d, err := helpdesk.New(store, &helpdesk.Config{
		Clock: c, Notifier: newNotifier(t, cfg), Logger: slog.New(slog.DiscardHandler),
		Mail: &helpdesk.MailConfig{
			Address: func(helpdesk.TenantID) string { return "support@acme.example" }, Keys: [][]byte{bytes.Repeat([]byte("k"), 32)},
		},
	})
	require.NoError(t, err)
	return d
}

// answer opens a ticket of a tenant and has Ana answer it.
func answer(t *testing.T, d *helpdesk.Desk, subject string) *helpdesk.Ticket {
	_, err := d.SaveAgent(t.Context(), helpdesk.Agent{ID: "ana", Name: "Ana Silva", Email: "ana@acme.example"})
	require.True(t, err == nil || errors.Is(err, helpdesk.ErrConflict), "%v", err)
	ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: subject, Customer: helpdesk.Contact{Name: "Ben Ito", Email: "ben@mail.example"}})
	require.NoError(t, err)
	_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana"}).Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: "Das Geld ist unterwegs: https://bank.example/17"})
	require.NoError(t, err)
	_, err = d.Tick(t.Context())
	require.NoError(t, err)
	return ticket
}

func TestAMailShowsTheTemplatesOfItsTenantAndOfNoOther(t *testing.T) {
	t.Parallel()
	p := serve(t, &peer{}, false)
	d := savedDesk(t, p, memstore.New()).ForTenant("kern")
	saved, err := templates.Of(d).Save(t.Context(), germanReply)
	require.NoError(t, err)
	ticket := answer(t, d, "Zwei Brote")
	m := find(t, p, "Zu Zwei Brote ["+ticket.Ref+"]")
	require.Equal(t, "Guten Tag Ben Ito,\n\nDas Geld ist unterwegs: https://bank.example/17\n\nIhre Ana Silva\nBäckerei Kern, https://kern.example/hilfe\n\n-- \n"+
		"Bäckerei Kern, Vorgang "+ticket.Ref+". Ihre Antwort auf diese E-Mail erreicht uns.\nBäckerei Kern GmbH\n", m.text)
	require.Contains(t, m.html, "Ihre Ana Silva<br>")
	require.Contains(t, m.html, "background-color:#aa3300")
	require.Equal(t, []string{"https://bank.example/17", "https://kern.example/hilfe"}, hrefs(m.html), "of the agent and of the admin")
	from, err := m.header.AddressList("From")
	require.NoError(t, err)
	require.Equal(t, "Ana Silva (Bäckerei Kern)", from[0].Name, "who wrote")
	require.Contains(t, m.header.Get("Date"), "+0100", "in its zone")

	other := answer(t, d.ForTenant("other"), "Two loaves")
	m = find(t, p, "Re: Two loaves ["+other.Ref+"]")
	require.NotContains(t, m.text+m.html, "Kern")
	require.Contains(t, m.text, "By the host")
	from, err = m.header.AddressList("From")
	require.NoError(t, err)
	require.Equal(t, "Ana Silva (The Host)", from[0].Name)

	_, err = templates.Of(d).Save(t.Context(), templates.Set{Impersonal: true, Version: saved.Version})
	require.NoError(t, err)
	ticket = answer(t, d, "Drei Brote")
	m = find(t, p, "Re: Drei Brote ["+ticket.Ref+"]")
	require.NotContains(t, m.text, "Kern")
	from, err = m.header.AddressList("From")
	require.NoError(t, err)
	require.Equal(t, "The Host", from[0].Name, "the desk alone, as its admin wants")
}

func TestWhatIsNotSavedStaysBuiltIn(t *testing.T) {
	t.Parallel()
	cfg := with(germanReply)
	m := one(t, cfg, notice(helpdesk.NoticeResolved))
	require.Contains(t, m.text, "Ihr Anliegen ist gelöst.", "in the language saved")
	w := germanReply
	w.Language = "fr"
	m = one(t, with(w), notice(helpdesk.NoticeReply))
	require.Equal(t, "Re: Refund for order 17 [7Q2M-X4KD]", subject(t, m.header), "no text in that language")
	w.Language = "de-AT"
	m = one(t, with(w), notice(helpdesk.NoticeReply))
	require.Equal(t, "Zu Refund for order 17 [7Q2M-X4KD]", subject(t, m.header), "the language it is a kind of")
}

// with is a Config for a tenant with those mail templates, with nothing but its texts from the
// host.
func with(w templates.Set) *smtpnotify.Config {
	cfg := look(w.Language)
	brand := cfg.Brand
	cfg.Brand = func(ctx context.Context, tenant helpdesk.TenantID) (smtpnotify.Brand, error) {
		b, err := brand(ctx, tenant)
		b.Texts = w.Texts
		return b, err
	}
	return cfg
}

// unread is a store whose settings cannot be read for a while.
type unread struct {
	helpdesk.Store
	err error
}

func (b *unread) Settings(ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
	if q.Kind == helpdesk.SettingMailTemplates && b.err != nil {
		return nil, b.err
	}
	return b.Store.Settings(ctx, q)
}

func TestWhileMailTemplatesCannotBeReadNothingGoesOutByOthers(t *testing.T) {
	t.Parallel()
	p := serve(t, &peer{}, false)
	store := &unread{Store: memstore.New()}
	cfg := p.config()
	cfg.Saved = store
	n := newNotifier(t, cfg)
	store.err = errors.New("no connection")
	err := n.Notify(t.Context(), notice(helpdesk.NoticeReply))
	require.ErrorIs(t, err, store.err)
	require.NotErrorIs(t, err, helpdesk.ErrInvalid, "it is tried again")
	require.Empty(t, p.all())
	store.err = nil
	require.NoError(t, n.Notify(t.Context(), notice(helpdesk.NoticeReply)))
	require.Len(t, p.all(), 1)

	cfg.Brand = func(context.Context, helpdesk.TenantID) (smtpnotify.Brand, error) {
		return smtpnotify.Brand{}, context.DeadlineExceeded
	}
	n = newNotifier(t, cfg)
	require.ErrorIs(t, n.Notify(t.Context(), notice(helpdesk.NoticeReply)), context.DeadlineExceeded)
	_, err = n.Preview(t.Context(), "", templates.Set{}, helpdesk.NoticeReply)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	_, err = n.Original(t.Context(), "", "en", helpdesk.NoticeReply)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	_, err = n.Look(t.Context(), "", templates.Set{})
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestLinesOfEmptyPlaceholdersGo(t *testing.T) {
	t.Parallel()
	w := templates.Set{Language: "en", Texts: map[string]templates.Text{"en/reply": {
		Subject: "x", Body: "Hello {{customer}},\nyou wrote: {{subject}}\n\n{{text}}\nMore: {{link}}\n\nAll of it,\nin your browser:\n{{link}}\n\nBy {{agent}} of {{company}}",
	}}}
	n := notice(helpdesk.NoticeReply)
	n.Text, n.By, n.Ticket.Subject = "Done.", "Ana", ""
	require.True(t, strings.HasPrefix(one(t, with(w), n).text, "Hello Ben Ito,\n\nDone.\n\nBy Ana of Acme\n\n-- \n"), one(t, with(w), n).text)
	n.Mail.TicketURL, n.Ticket.Subject, n.By = "https://acme.example/t/1", "Refund", ""
	require.True(t, strings.HasPrefix(one(t, with(w), n).text,
		"Hello Ben Ito,\nyou wrote: Refund\n\nDone.\nMore: https://acme.example/t/1\n\nAll of it,\nin your browser:\nhttps://acme.example/t/1\n\nBy  of Acme\n"), one(t, with(w), n).text)
}

func TestTextsToAgentsSayPriorityAndTimesInTheirLanguage(t *testing.T) {
	t.Parallel()
	text := templates.Text{Subject: "{{priority}}: {{subject}}", Body: "{{agent}}: {{text}}\n{{priority}}, {{category}}, {{due}}\n{{description}}"}
	for language, want := range map[string]string{"de": "hoch, billing, 02.03.2026, 19:04 UTC", "en": "high, billing, Mon 2 Mar 2026, 19:04 UTC"} {
		m := one(t, with(templates.Set{Language: language, Texts: map[string]templates.Text{language + "/assigned": text}}), notice(helpdesk.NoticeAssigned))
		require.Contains(t, m.text, "Ana Lopez: A ticket was assigned to you.\n"+want+"\nI was charged twice.")
		require.Empty(t, hrefs(m.html), "the customer wrote an address")
	}
}

func TestATextThatIsNoMailOfItsKindIsLoggedAndLosesNone(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"{{range 1000000000}}x{{end}}", "{{text}}{{text}}", "nothing", "{{text}} https://acme.example{{subject}}"} {
		var log bytes.Buffer
		cfg := with(templates.Set{Language: "en", Texts: map[string]templates.Text{"en/reply": {Subject: "x", Body: body}}})
		cfg.Logger = quietly(&log)
		require.Contains(t, one(t, cfg, notice(helpdesk.NoticeReply)).text, "second charge")
		require.Contains(t, log.String(), "key=en/reply")
	}
}

func TestEveryBuiltInTextIsShownWithPlaceholdersAndSaysTheSameWhenItIsSaved(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "de"} {
		cfg := look(language)
		cfg.Folder, cfg.From = t.TempDir(), "desk@acme.example"
		n := newNotifier(t, cfg)
		for _, kind := range kinds {
			text, err := n.Original(t.Context(), "acme", language, kind)
			require.NoError(t, err)
			require.NoError(t, text.Check(kind), "%s/%s: %v", language, kind, text)
			for _, p := range templates.Split(text.Subject + text.Body) {
				require.True(t, p.Words != "" || slices.Contains(templates.Placeholders(kind), p.Placeholder), p)
			}
			require.Contains(t, text.Subject, "[{{ref}}]")
			saved := templates.Set{Language: language, Texts: map[string]templates.Text{templates.Key(language, kind): text}}
			full := notice(kind)
			if kind.ToCustomer() {
				full.Mail.TicketURL = "https://acme.example/t/1"
			}
			want, got := one(t, look(language), full), one(t, with(saved), full)
			require.Equal(t, subject(t, want.header), subject(t, got.header), kind)
			if !slices.Contains([]helpdesk.NoticeKind{helpdesk.NoticeUnanswered}, kind) { // without a sentence of the desk it is the template's
				require.Equal(t, bare(want.text), bare(got.text), kind)
			}
			plain, err := n.Preview(t.Context(), "acme", templates.Set{Language: language}, kind)
			require.NoError(t, err)
			mine, err := n.Preview(t.Context(), "acme", saved, kind)
			require.NoError(t, err)
			require.Equal(t, plain.Subject, mine.Subject)
			require.NotContains(t, mine.Subject+mine.Body, "{{")
			require.Contains(t, mine.Body, "-- \n", "with its footer")
		}
	}
}

// bare is a text without the lines that only other kinds have.
func bare(text string) string { return regexp.MustCompile(`\s+`).ReplaceAllString(text, " ") }

func TestALookIsTheHostsWhereNothingIsSaved(t *testing.T) {
	t.Parallel()
	cfg := look("de")
	cfg.Folder, cfg.From = t.TempDir(), "desk@acme.example"
	got, err := newNotifier(t, cfg).Look(t.Context(), "acme", templates.Set{Name: "Kern", Version: 3})
	require.NoError(t, err)
	require.Equal(t, templates.Set{
		Name: "Kern", Colour: "#ffcc00", LogoURL: "https://acme.example/logo.png", Footer: "Acme Ltd.\n1 Main Street", Language: "de", Zone: "UTC", Version: 3,
	}, got)
}

func hrefs(html string) (links []string) {
	for _, m := range regexp.MustCompile(`<a [^>]*href="([^"]*)"`).FindAllStringSubmatch(html, -1) {
		links = append(links, m[1])
	}
	return links
}

// adminPieces are what an admin may write, adminLinks the addresses in it.
var adminPieces = []string{
	"{{ref}}", "{{company}}", "{{link}}", "{{rate}}", "{{subject}}", "{{customer}}", "{{agent}}", "{{text}}", "{{description}}", "{{priority}}", "{{category}}", "{{due}}",
	"{{", "}}", "{{range 1000000000}}", `{{printf "%1000000d" 1}}`, "{{template \"x\"}}", "{{.Text}}", " ", "\n", "\n\n", ".", "x", "ü", "<b>", "</p>", "&amp;", "\"", "'", "\\", "`",
	"https://acme.example/help", "https://acme.example", "www.", "https://", "http:", "//", "\u202e", "\r\nBcc: eve@evil.example\r\n", "Subject: x", "\t", "\x00", "\xff",
}

var customerPieces = []string{
	"https://evil.example/", "evil.example", ".evil.example/", "/../evil", "@evil.example", "\n", " ", "\r\nBcc: eve@evil.example\r\n", "<script>alert(1)</script>", "<a href=\"https://evil.example\">", "\"", "'",
	"{{text}}", "{{link}}", "{{range 1000000000}}", "{{", "}}", "x", "ü", "\x00", "\u202e", strings.Repeat("a", 300), "javascript:alert(1)",
}

// hold checks a mail made of an admin's text and a customer's data.
func hold(t *testing.T, admin templates.Text, kind helpdesk.NoticeKind, stranger string) {
	w := templates.Set{Language: "en", Texts: map[string]templates.Text{templates.Key("en", kind): admin}}
	d, err := helpdesk.New(memstore.New(), nil)
	require.NoError(t, err)
	saved, err := templates.Of(d).Save(context.Background(), w)
	if err != nil {
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.NotEmpty(t, helpdesk.Fields(err))
		return
	}
	n := notice(kind)
	n.Ticket.Subject, n.Ticket.Customer.Name, n.Ticket.Description = stranger, stranger, stranger
	n.Mail.TicketURL = "https://acme.example/t/1"
	if kind == helpdesk.NoticeHeld || kind == helpdesk.NoticeBounced || kind == helpdesk.NoticeReceived {
		n.Text = stranger
	}
	var log bytes.Buffer
	cfg := with(saved)
	cfg.Logger = quietly(&log)
	calm := one(t, look("en"), func() *helpdesk.Notification { c := notice(kind); c.Mail.TicketURL = n.Mail.TicketURL; return c }())
	mails := written(t, cfg, n)
	require.Len(t, mails, 1)
	m, err := open(mails[0])
	require.NoError(t, err)
	require.Empty(t, log.String(), "no error of a template or of the text")
	require.Equal(t, calm.names, m.names, "no header is added")
	require.NotContains(t, subject(t, m.header), "\n")
	require.Less(t, len(mails[0]), 200_000)
	require.NotContains(t, m.html, "<script")
	require.NotContains(t, m.html, "<b>")
	for _, tag := range regexp.MustCompile(`<(\w+)`).FindAllStringSubmatch(m.html, -1) {
		require.Contains(t, []string{"html", "head", "meta", "title", "style", "body", "table", "tr", "td", "img", "p", "br", "a", "strong"}, tag[1])
	}
	allowed := []string{"https://acme.example/help", "https://acme.example", "https://acme.example/t/1", "https://acme.example/rate/tok", "https://acme.example/desk/7Q2M-X4KD"}
	for _, link := range regexp.MustCompile(`https?://[^\s<>"'`+"`"+`{}]+`).FindAllString(admin.Body, -1) {
		allowed = append(allowed, strings.TrimRight(link, ".:,"))
	}
	for _, link := range hrefs(m.html) {
		if kind == helpdesk.NoticeReply && strings.HasPrefix(link, "https://acme.example/refunds") {
			continue // the agent's
		}
		require.True(t, slices.ContainsFunc(allowed, func(a string) bool { return strings.HasPrefix(link, a) }), "%q of %q", link, admin.Body)
		require.NotContains(t, link, "evil")
	}
	if kind == helpdesk.NoticeReceived && len(strings.Trim(stranger, " x\n.")) > 3 && !strings.Contains(admin.Subject+admin.Body, stranger) {
		require.NotContains(t, m.text+subject(t, m.header), stranger)
	}
}

func TestNoTextOfAnAdminAndNoDataOfACustomerDoHarm(t *testing.T) {
	t.Parallel()
	outer := t
	text := func(pieces []string, most int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.String()), 0, most).Draw(t, "pieces"), "")
		})
	}
	fair := rapid.Custom(func(t *rapid.T) string { // what is saved more often than refused
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(append([]string{" ", " ", "\n"}, adminPieces[:12]...)), 1, 12).Draw(t, "pieces"), rapid.SampledFrom([]string{" ", "\n", "", "https://acme.example/help "}).Draw(t, "between"))
	})
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(kinds).Draw(t, "kind")
		body := rapid.OneOf(fair, text(adminPieces, 12)).Draw(t, "body")
		if needs := templates.Needs(kind); needs != "" && !strings.Contains(body, "{{"+needs+"}}") {
			body += "\n{{" + needs + "}}"
		}
		hold(outer, templates.Text{Subject: rapid.OneOf(rapid.Just("Hello {{ref}}"), text(adminPieces, 6)).Draw(t, "subject"), Body: body}, kind,
			text(customerPieces, 6).Draw(t, "stranger"))
	})
}

func FuzzMailTemplates(f *testing.F) {
	f.Add("Re: {{subject}}", "Hello {{customer}},\n\n{{text}}\n{{link}}", "evil https://evil.example", uint8(9))
	f.Add("{{ref}}", "https://acme.example/{{ref}} {{subject}}", ".evil.example\r\nBcc: x@y", uint8(0))
	f.Add("x", "{{range 1000000000}}x{{end}}", "{{text}}", uint8(11))
	f.Fuzz(func(t *testing.T, subject, body, stranger string, kind uint8) {
		if strings.Contains(body, "evil") || strings.Contains(body, "<b>") {
			t.Skip("it is the admin's own")
		}
		hold(t, templates.Text{Subject: subject, Body: body}, kinds[int(kind)%len(kinds)], stranger)
	})
}

func TestWhatACustomerWroteIsNeitherAPlaceholderNorALink(t *testing.T) {
	t.Parallel()
	for _, kind := range []helpdesk.NoticeKind{helpdesk.NoticeReply, helpdesk.NoticeAssigned, helpdesk.NoticeHeld} {
		n := notice(kind)
		n.Ticket.Subject, n.Ticket.Customer.Name = "https://evil.example/a {{ref}}", "{{text}} https://evil.example/b"
		n.Ticket.Description = "{{link}} https://evil.example/c"
		body := "{{subject}} {{customer}}\n{{text}}\n\nSee https://acme.example/help?for={{ref}}. https://acme.example/hours"
		if kind != helpdesk.NoticeReply {
			body += "\n{{description}}"
		}
		w := templates.Set{Language: "en", Texts: map[string]templates.Text{templates.Key("en", kind): {Subject: "{{subject}}", Body: body}}}
		m := one(t, with(w), n)
		require.Equal(t, "https://evil.example/a {{ref}}", subject(t, m.header))
		require.Contains(t, m.text, "https://evil.example/a {{ref}} {{text}} https://evil.example/b\n")
		want := []string{"https://acme.example/help?for=7Q2M-X4KD", "https://acme.example/hours"}
		if kind == helpdesk.NoticeReply {
			want = append([]string{"https://acme.example/refunds?id=17&amp;x=1"}, want...)
		}
		require.Equal(t, want, hrefs(m.html), kind)
	}
}
