package smtpnotify_test

import (
	"bytes"
	"context"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/smtpnotify"
	"github.com/helpdesk-go/helpdesk/notify/templates"
)

var update = flag.Bool("update", false, "write testdata anew")

var kinds = []helpdesk.NoticeKind{
	helpdesk.NoticeAssigned, helpdesk.NoticeAtRisk, helpdesk.NoticeBreached, helpdesk.NoticeUnassigned, helpdesk.NoticeUnanswered,
	helpdesk.NoticeEscalated, helpdesk.NoticeHeld, helpdesk.NoticeBounced, helpdesk.NoticeBudget,
	helpdesk.NoticeReceived, helpdesk.NoticeReply, helpdesk.NoticeResolved, helpdesk.NoticeSurvey, helpdesk.NoticeLink,
}

// written writes a notification into a folder and returns its mails.
func written(t testing.TB, cfg *smtpnotify.Config, n *helpdesk.Notification) [][]byte {
	dir, err := os.MkdirTemp(t.TempDir(), "")
	require.NoError(t, err)
	c := *cfg
	c.Folder, c.From, c.Clock = dir, "desk@acme.example", clock
	notifier, err := smtpnotify.New(&c)
	require.NoError(t, err)
	require.NoError(t, notifier.Notify(t.Context(), n))
	names, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	require.NoError(t, err)
	var mails [][]byte
	for _, name := range names {
		raw, err := os.ReadFile(name)
		require.NoError(t, err)
		mails = append(mails, raw)
	}
	return mails
}

func look(language string) *smtpnotify.Config {
	return &smtpnotify.Config{
		Brand: func(context.Context, helpdesk.TenantID) (smtpnotify.Brand, error) {
			return smtpnotify.Brand{Name: "Acme", Colour: "#ffcc00", Language: language, Footer: "Acme Ltd.\n1 Main Street", LogoURL: "https://acme.example/logo.png"}, nil
		},
		TicketURL:      func(_ helpdesk.TenantID, t *helpdesk.Ticket) string { return "https://acme.example/desk/" + t.Ref },
		UnsubscribeURL: func(helpdesk.TenantID, helpdesk.Recipient) string { return "https://acme.example/unsubscribe/tok" },
	}
}

func one(t testing.TB, cfg *smtpnotify.Config, n *helpdesk.Notification) *read {
	mails := written(t, cfg, n)
	require.Len(t, mails, 1)
	m, err := open(mails[0])
	require.NoError(t, err)
	return m
}

func TestEveryKindInEveryLanguageIsAsInTestdata(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"en", "de"} {
		for _, kind := range kinds {
			mails := written(t, look(language), notice(kind))
			require.Len(t, mails, 1)
			name := filepath.Join("testdata", language+"_"+string(kind)+".eml")
			if *update {
				require.NoError(t, os.WriteFile(name, mails[0], 0o644))
			}
			want, err := os.ReadFile(name)
			require.NoError(t, err)
			require.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), strings.ReplaceAll(string(mails[0]), "\r\n", "\n"), name)
		}
	}
}

func TestGermanMailsHoldNoEnglish(t *testing.T) {
	t.Parallel()
	english := regexp.MustCompile(`(?i)\b(the|your|you|ticket is|mail|customer|due|priority|answer|was|has)\b`)
	for _, kind := range kinds {
		n := notice(kind)
		n.Text, n.Ticket.Subject, n.Ticket.Description = "Text", "Betreff", "Text"
		m := one(t, look("de-AT"), n)
		text := strings.ReplaceAll(m.text, "E-Mail", "") // the German word
		require.NotRegexp(t, english, text, kind)
		require.NotRegexp(t, english, strings.ReplaceAll(subject(t, m.header), "E-Mail", ""), kind)
		require.Contains(t, m.html, `<html lang="de">`)
	}
}

func TestAutomaticMailsSaySoAndASurveyCanBeStopped(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		h := one(t, look("en"), notice(kind)).header
		auto, suppress := "auto-generated", "All"
		switch kind {
		case helpdesk.NoticeReply:
			auto, suppress = "", ""
		case helpdesk.NoticeReceived:
			auto = "auto-replied"
		}
		require.Equal(t, auto, h.Get("Auto-Submitted"), kind)
		require.Equal(t, suppress, h.Get("X-Auto-Response-Suppress"), kind)
		require.Equal(t, kind == helpdesk.NoticeSurvey, h.Get("List-Unsubscribe") == "<https://acme.example/unsubscribe/tok>", kind)
		require.Equal(t, kind == helpdesk.NoticeSurvey, h.Get("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click", kind)
		require.Equal(t, kind == helpdesk.NoticeAtRisk, h.Get("Importance") == "high", kind)
		require.Equal(t, "7Q2M-X4KD", h.Get("X-Helpdesk-Ref"))
		require.Empty(t, h.Get("Precedence"))
		require.Equal(t, 1, strings.Count(subject(t, h), "7Q2M-X4KD"))
	}
}

func TestWithoutAnEnvelopeAMailComesFromTheConfigWithAStableID(t *testing.T) {
	t.Parallel()
	n := notice(helpdesk.NoticeAssigned)
	n.Mail = nil
	h := one(t, &smtpnotify.Config{}, n).header
	require.Equal(t, "<desk@acme.example>", h.Get("From"))
	require.Equal(t, "auto-generated", h.Get("Auto-Submitted"))
	require.Equal(t, "desk@acme.example", h.Get("X-Loop"))
	require.Regexp(t, `^<[0-9a-f]{32}@acme\.example>$`, h.Get("Message-ID"))
	require.Equal(t, h.Get("Message-ID"), one(t, &smtpnotify.Config{}, n).header.Get("Message-ID"))
	n.Tenant = "other"
	require.NotEqual(t, h.Get("Message-ID"), one(t, &smtpnotify.Config{}, n).header.Get("Message-ID"))
}

func TestTheReferenceStandsOnceInASubject(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Refund":                              "Re: Refund [7Q2M-X4KD]",
		"Re: AW: RE : Refund [7Q2M-X4KD]":     "Re: Refund [7Q2M-X4KD]",
		"[7Q2M-X4KD] Re: Refund [7Q2M-X4KD] ": "Re: Refund [7Q2M-X4KD]",
		"Read me: now":                        "Re: Read me: now [7Q2M-X4KD]",
		"":                                    "Re: [7Q2M-X4KD]",
	} {
		n := notice(helpdesk.NoticeReply)
		n.Ticket.Subject = in
		require.Equal(t, want, subject(t, one(t, &smtpnotify.Config{}, n).header), in)
	}
}

func TestReferencesKeepTheFirstAndTheLatest(t *testing.T) {
	t.Parallel()
	n := notice(helpdesk.NoticeReply)
	n.Mail.References = nil
	for i := range 50 {
		n.Mail.References = append(n.Mail.References, "m"+strings.Repeat("x", 20)+string(rune('A'+i))+"@a.example")
	}
	n.Mail.References = append(n.Mail.References, "no id", "a\r\nX: y", "<b>", strings.Repeat("x", 900)+"@a.example")
	n.Mail.InReplyTo = "last@a.example"
	ids := strings.Fields(one(t, &smtpnotify.Config{}, n).header.Get("References"))
	require.Len(t, ids, 20)
	require.Equal(t, "<m"+strings.Repeat("x", 20)+"A@a.example>", ids[0])
	require.Equal(t, "<last@a.example>", ids[19])

	for i := range n.Mail.References {
		n.Mail.References[i] = strings.Repeat("x", 300) + string(rune('A'+i%50)) + "@a.example"
	}
	refs := one(t, &smtpnotify.Config{}, n).header.Get("References")
	require.LessOrEqual(t, len(refs), 2000)
	require.Len(t, strings.Fields(refs), 7)
}

func TestAnAcknowledgementRepeatsNothingOfItsSender(t *testing.T) {
	t.Parallel()
	n := notice(helpdesk.NoticeReceived)
	evil := "CHEAP-PILLS https://evil.example/"
	n.Ticket.Subject, n.Ticket.Description, n.Ticket.Customer.Name, n.Text = evil, evil, evil, evil
	n.To[0].Name = evil
	n.Ticket.Tags, n.Ticket.Category, n.Ticket.Resolution = []string{evil}, helpdesk.Category(evil), evil
	cfg := look("en")
	cfg.Templates = fstest.MapFS{"fr/received.txt": {Data: []byte(
		"Subject: {{.Subject}}{{.Text}}{{.Customer}} Merci\n{{.Recipient}}{{.Description}}{{.Category}} Bonjour")}}
	for _, language := range []string{"en", "de", "fr"} {
		brand := look(language).Brand
		cfg.Brand = brand
		for _, raw := range written(t, cfg, n) {
			m, err := open(raw)
			require.NoError(t, err)
			for _, part := range []string{string(raw), m.text, m.html, subject(t, m.header)} {
				require.NotContains(t, part, "PILLS")
				require.NotContains(t, part, "evil")
			}
			require.Equal(t, "<ben@mail.example>", m.header.Get("To"))
		}
	}
}

func TestOnlyAddressesThatAnAgentWroteBecomeLinks(t *testing.T) {
	t.Parallel()
	n := notice(helpdesk.NoticeAssigned)
	require.NotContains(t, one(t, &smtpnotify.Config{}, n).html, "<a ", "a customer wrote it")

	n = notice(helpdesk.NoticeReply)
	n.Text = "See (https://a.example/x_(y)), javascript:alert(1) or ftp://b.example.\n" +
		"http://bank.example@evil.example/ https://c.example/?q=\"onclick=x&amp;<b>\n\n\nhttps://d.example/path."
	html := one(t, &smtpnotify.Config{}, n).html
	var links []string
	for _, m := range regexp.MustCompile(`<a href="([^"]*)"`).FindAllStringSubmatch(html, -1) {
		links = append(links, m[1])
	}
	require.Equal(t, []string{"https://a.example/x_(y)", "https://c.example/?q=", "https://d.example/path"}, links)
	require.Contains(t, html, "&lt;b&gt;")
	require.NotContains(t, html, "<b>")
}

func TestLongHostileTextsTakeNoLongTime(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"https://a.example/" + strings.Repeat(")", 1<<18), "https://a.example/" + strings.Repeat("(", 1<<18), strings.Repeat("https://a.example/.,) ", 1<<13),
		strings.Repeat("\n \n", 1<<16), strings.Repeat("Re: ", 1<<16), strings.Repeat("<", 1<<17), strings.Repeat("\xff", 1<<18),
	} {
		n := notice(helpdesk.NoticeReply)
		n.Text, n.Ticket.Subject, n.To[0].Name = text, text, text
		one(t, look("de"), n)
		n = notice(helpdesk.NoticeAssigned)
		n.Ticket.Description, n.Ticket.Customer.Name = text, text
		one(t, look("en"), n)
	}
}

func TestABrandThatIsHostileOrWrongDoesNotBreakTheMail(t *testing.T) {
	t.Parallel()
	cfg := &smtpnotify.Config{Brand: func(context.Context, helpdesk.TenantID) (smtpnotify.Brand, error) {
		return smtpnotify.Brand{Name: "A\r\nBcc: x@y.example", Colour: "red;}</style><script>", LogoURL: "javascript:x", Language: "../../x"}, nil
	}}
	m := one(t, cfg, notice(helpdesk.NoticeReply))
	from, err := m.header.AddressList("From")
	require.NoError(t, err)
	require.Equal(t, "A Bcc: x@y.example", from[0].Name)
	require.Empty(t, m.header.Get("Bcc"))
	require.NotContains(t, m.html, "script")
	require.NotContains(t, m.html, "ZgotmplZ")
}

func TestColoursAreWrittenOnInWhatCanBeRead(t *testing.T) {
	t.Parallel()
	for colour, want := range map[string]string{"#ffffff": "#000000", "#ffcc00": "#000000", "#000000": "#ffffff", "#1f4e79": "#ffffff", "": "#ffffff"} {
		require.Equal(t, want, smtpnotify.Brand{Colour: colour}.Contrast(), colour)
	}
}

func TestAnyHostileTextMakesAMailOfTheSameShape(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{
		"\r\n", "\n", "\r", "\r\n\r\n", ".\r\n", "Bcc: eve@evil.example", "\r\nBcc: eve@evil.example\r\n", "=?utf-8?Q?=0D=0ABcc:_x?=", "=?utf-8?B?", "?=",
		"<script>alert(1)</script>", "</style>", "\"", "\\", "<", ">", "@", ",", ";", ":", "\x00", "\x1b[2J", "\u202e", "\u2028", "\xff\xfe", "ü", "日本語", "🙂",
		"{{.Text}}", "{{template \"x\"}}", "--=_", "[7Q2M-X4KD]", "Re:", " ", "\t", "x", strings.Repeat("a", 500), "Subject: x\n", "https://evil.example/\"x", "-- \n", "<!--", "]]>",
	})
	hostile := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(piece, rapid.String()), 0, 12).Draw(t, "pieces"), "")
	})
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(kinds).Draw(t, "kind")
		language := rapid.SampledFrom([]string{"en", "de"}).Draw(t, "language")
		calm := one(outer, look(language), notice(kind))
		n := notice(kind)
		n.Ticket.Subject, n.Ticket.Description = hostile.Draw(t, "subject"), hostile.Draw(t, "description")
		n.Ticket.Customer.Name, n.To[0].Name = hostile.Draw(t, "customer"), hostile.Draw(t, "to")
		n.Ticket.Category = helpdesk.Category(hostile.Draw(t, "category"))
		n.Text, n.Mail.RateURL = hostile.Draw(t, "text"), hostile.Draw(t, "rate")
		if len(n.Mail.References) > 0 {
			n.Mail.References[1] = hostile.Draw(t, "reference")
		}
		mails := written(outer, look(language), n)
		require.Len(t, mails, 1)
		m, err := open(mails[0])
		require.NoError(t, err, "%q", mails[0])
		require.Equal(t, calm.names, m.names)
		for _, name := range []string{"From", "Reply-To", "Message-ID", "In-Reply-To", "X-Loop", "Content-Type", "Auto-Submitted", "Date"} {
			require.Equal(t, calm.header[name], m.header[name])
		}
		to, err := m.header.AddressList("To")
		require.NoError(t, err, "%q", m.header.Get("To"))
		require.Len(t, to, 1)
		require.Equal(t, n.To[0].Email, to[0].Address)
		s := subject(outer, m.header)
		require.NotContains(t, s, "\n")
		require.NotContains(t, s, "\r")
		require.True(t, utf8.ValidString(s) && utf8.ValidString(m.text) && utf8.ValidString(m.html))
		require.NotContains(t, m.html, "<script")
		for _, a := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(m.html, -1) {
			require.Regexp(t, `^https?://`, a[1])
		}
		head, _, _ := strings.Cut(string(mails[0]), "\r\n\r\n")
		for _, line := range strings.Split(string(mails[0]), "\r\n") {
			require.LessOrEqual(t, len(line), 998)
			require.NotContains(t, line, "\n")
			require.NotContains(t, line, "\r")
		}
		for _, b := range []byte(head) {
			require.True(t, b == '\r' || b == '\n' || (b >= ' ' && b <= '~'), "%q", head)
		}
	})
}

func quietly(buf *bytes.Buffer) *slog.Logger { return slog.New(slog.NewTextHandler(buf, nil)) }

func TestATenantsTemplatesOverrideTheHostsAndThoseTheBuiltInOnes(t *testing.T) {
	t.Parallel()
	host := fstest.MapFS{
		"en/reply.txt":   {Data: []byte("Subject: Host {{.Ref}}\n\nHost says: {{.Text}}")},
		"en/footer.txt":  {Data: []byte("Host footer")},
		"fr/agent.txt":   {Data: []byte("Subject: Billet {{.Ref}}\n\nUn billet: {{.Kind}}, https://evil.example/")},
		"en/survey.html": {Data: []byte("<p>Host HTML</p>")},
	}
	tenant := fstest.MapFS{"en/reply.txt": {Data: []byte("Subject: Tenant\n\nTenant says: {{.Text}}")}}
	brand := smtpnotify.Brand{}
	cfg := &smtpnotify.Config{Templates: host, Brand: func(context.Context, helpdesk.TenantID) (smtpnotify.Brand, error) { return brand, nil }}

	m := one(t, cfg, notice(helpdesk.NoticeReply))
	require.Equal(t, "Host 7Q2M-X4KD", subject(t, m.header))
	require.Contains(t, m.html, "Host says: Hello Ben,", "HTML is made of the text that has none of its own")
	require.Contains(t, m.html, `<a href="https://acme.example/refunds`)
	require.Contains(t, m.text, "Host footer")
	require.Contains(t, one(t, cfg, notice(helpdesk.NoticeSurvey)).html, "Host HTML")

	brand.Templates = tenant
	m = one(t, cfg, notice(helpdesk.NoticeReply))
	require.Equal(t, "Tenant", subject(t, m.header))
	require.Contains(t, m.html, "Tenant says")

	brand.Language = "fr_CA"
	m = one(t, cfg, notice(helpdesk.NoticeAtRisk))
	require.Contains(t, m.text, "Un billet: at_risk")
	require.Contains(t, m.html, "Un billet: at_risk")
	require.NotContains(t, m.html, "<a ")
	require.Contains(t, one(t, cfg, notice(helpdesk.NoticeReceived)).text, "Thank you", "no French file: English")
}

// TestACustomerIsWrittenToInTheirLanguage has a German ticket.
func TestACustomerIsWrittenToInTheirLanguage(t *testing.T) {
	t.Parallel()
	const german, english = "Ihre Nachricht ist angekommen", "Your message has arrived"
	brand := smtpnotify.Brand{}
	cfg := &smtpnotify.Config{Brand: func(context.Context, helpdesk.TenantID) (smtpnotify.Brand, error) { return brand, nil }}
	said := func(kind helpdesk.NoticeKind, language string) string {
		n := notice(kind)
		ticket := n.Ticket.Clone()
		ticket.Language, n.Ticket = language, ticket
		return one(t, cfg, n).text
	}
	for _, language := range []string{"de", "de-at"} {
		require.Contains(t, said(helpdesk.NoticeReceived, language), german)
	}
	for _, language := range []string{"", "en", "fr"} {
		require.Contains(t, said(helpdesk.NoticeReceived, language), english, "no French text: that of the tenant")
	}
	require.NotContains(t, said(helpdesk.NoticeAtRisk, "de"), "Kunde", "agents read that of the tenant")
	brand.Language = "de"
	require.Contains(t, said(helpdesk.NoticeReceived, "en"), english)
	require.Contains(t, said(helpdesk.NoticeReceived, "fr"), german)
	brand.Language = ""

	own := templates.Text{Subject: "Hi", Body: "We have it."}
	brand.Texts = map[string]templates.Text{"en/received": own}
	require.Contains(t, said(helpdesk.NoticeReceived, "de"), "We have it.", "the tenant has no German words")
	brand.Texts = map[string]templates.Text{"en/received": own, "de/reply": own}
	require.Contains(t, said(helpdesk.NoticeReceived, "de"), german)
	brand.Texts = nil
	cfg.Templates = fstest.MapFS{"en/received.txt": {Data: []byte("Subject: Hi\n\nThe host has it.")}}
	require.Contains(t, said(helpdesk.NoticeReceived, "de"), "The host has it.")
}

func TestABrokenTemplateOfATenantIsLoggedAndLosesNoMail(t *testing.T) {
	t.Parallel()
	for _, source := range []string{"{{.Nothing}}", "{{if}}", "{{range $i := .Text}}", `{{template "x"}}`, "Subject: x\n{{.Prose 1 2}}"} {
		var log bytes.Buffer
		cfg := &smtpnotify.Config{Logger: quietly(&log), Brand: func(context.Context, helpdesk.TenantID) (smtpnotify.Brand, error) {
			return smtpnotify.Brand{Templates: fstest.MapFS{"en/reply.txt": {Data: []byte(source)}, "layout.html": {Data: []byte(source)}}}, nil
		}}
		m := one(t, cfg, notice(helpdesk.NoticeReply))
		require.Equal(t, "Re: Refund for order 17 [7Q2M-X4KD]", subject(t, m.header))
		require.Contains(t, m.text, "second charge")
		require.Contains(t, m.html, "second charge")
		require.Contains(t, log.String(), "en/reply.txt", source)
		require.Contains(t, log.String(), "layout.html", source)
	}
}

func TestNewAndCheckNameTheTemplateAtFault(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"en/reply.txt": {Data: []byte("Subject: {{.Oops}}")}, "en/agent.html": {Data: []byte("<p>{{end}}")}, "de/survy.txt": {Data: []byte("x")},
		"en/resolved.txt": {Data: []byte("Subject: fine\n{{.Text}}")}, "layout.html": {Data: []byte(`{{if eq .Kind "survey"}}{{.Oops}}{{end}}`)},
	}
	_, err := smtpnotify.New(&smtpnotify.Config{Folder: "x", From: "a@b.example", Templates: files})
	require.Equal(t, []string{"Templates"}, fields(err))
	for _, name := range []string{"en/reply.txt", "en/agent.html", "de/survy.txt", "layout.html"} {
		require.ErrorContains(t, err, name)
	}
	require.NotContains(t, err.Error(), "resolved")
	require.NoError(t, smtpnotify.Check(nil))
	require.NoError(t, smtpnotify.Check(smtpnotify.Builtin()))
}

func TestAFolderHoldsEachMailOnceByTheTimeOfItsNotice(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mails")
	for range 3 { // as after a restart, without memory
		n := newNotifier(t, &smtpnotify.Config{Folder: dir, From: "desk@acme.example", Clock: clock})
		require.NoError(t, n.Notify(t.Context(), threeManagers()))
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 3)
	require.Regexp(t, `^20260302T150404Z-breached-[0-9a-f]{32}\.eml$`, entries[0].Name())

	n := newNotifier(t, &smtpnotify.Config{Folder: dir, From: "desk@acme.example", Clock: clock})
	require.Error(t, n.Notify(t.Context(), files(helpdesk.File{Name: "a.bin"})))
	after, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, after, 3, "no half mail is left")
}

func TestParseReadsWhereMailsGo(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]smtpnotify.Config{
		"smtp://desk:s3cret%2F&%40@mail.example": {Host: "mail.example", Username: "desk", Password: "s3cret/&@"},
		"smtps://mail.example:4465/":             {Host: "mail.example", Port: 4465, TLS: smtpnotify.TLSImplicit},
		"smtp://[::1]:25?tls=none&name=desk.x":   {Host: "::1", Port: 25, TLS: smtpnotify.TLSNone, LocalName: "desk.x"},
		"smtp://u:p@h?auth=cram-md5&timeout=90s": {Host: "h", Username: "u", Password: "p", Auth: smtpnotify.AuthCRAMMD5, Timeout: 90e9},
		"smtp://h?tls=implicit":                  {Host: "h", TLS: smtpnotify.TLSImplicit},
		"file:///var/spool/helpdesk":             {Folder: "/var/spool/helpdesk"},
	} {
		got, err := smtpnotify.Parse(in)
		require.NoError(t, err, in)
		require.Equal(t, &want, got, in)
	}
	for _, in := range []string{
		"", "mail.example:587", "http://h", "smtp://", "smtp:h", "smtp://u:s3cret@h:99999", "smtp://u:s3cret@h:x", "smtp://h/path", "smtp://h?tls=maybe",
		"smtps://h?tls=none", "smtp://h?auth=magic", "smtp://h?timeout=-1s", "smtp://h?port=25", "smtp://u:s3cret@h#x", "file://host/x", "file:",
		"smtp://u:s3cret%zz@h", "smtp://h?a=%zz",
	} {
		_, err := smtpnotify.Parse(in)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, in)
		require.NotContains(t, err.Error(), "s3cret")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("smtp://desk:pw@mail.example:587?tls=starttls")
	f.Fuzz(func(t *testing.T, in string) {
		cfg, err := smtpnotify.Parse(in)
		require.True(t, (cfg == nil) != (err == nil))
	})
}

func TestBuiltinHoldsEveryKindInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		n := notice(kind)
		en, de := one(t, look("en"), n), one(t, look("de"), n)
		require.NotEqual(t, en.html, de.html, kind)
		require.NotContains(t, slices.Concat(strings.Fields(en.text), strings.Fields(de.text)), "<no")
	}
}

// TestALongWordStaysInTheCard looks for the style that breaks it. A browser makes the card as wide
// as the word without: by its table's layout, and by how the cells break words.
func TestALongWordStaysInTheCard(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		n := notice(kind)
		n.Text = "please open https://files.example.com/" + strings.Repeat("a", 900)
		html := one(t, look("en"), n).html
		require.Regexp(t, `class="card"[^>]*table-layout:fixed`, html, kind)
		for _, cell := range regexp.MustCompile(`<td align="left" style="padding:[^"]*|<td class="quiet" align="left"[^>]*`).FindAllString(html, -1) {
			require.Contains(t, cell, "overflow-wrap:anywhere", kind)
		}
	}
}
