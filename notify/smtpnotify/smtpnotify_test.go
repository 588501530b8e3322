package smtpnotify_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/smtpnotify"
)

var (
	now   = time.Date(2026, 3, 2, 15, 4, 5, 0, time.UTC)
	clock = helpdesk.ClockFunc(func() time.Time { return now })
)

// notice is one of each kind, as a desk makes it.
func notice(kind helpdesk.NoticeKind) *helpdesk.Notification {
	n := &helpdesk.Notification{
		Key: "0197-" + string(kind), Tenant: "acme", Kind: kind, At: now.Add(-time.Second),
		Ticket: &helpdesk.Ticket{
			Ref: "7Q2M-X4KD", Subject: "Refund for order 17", Description: "I was charged twice.\n\nPlease look at https://shop.example/order/17 <soon>.",
			Customer: helpdesk.Contact{Name: "Ben Ito", Email: "ben@mail.example"}, Priority: helpdesk.High, Category: "billing",
			Clocks: []helpdesk.SLAClock{{Metric: "resolution", RunningSince: now, DueAt: now.Add(4 * time.Hour), Target: 4 * time.Hour}},
		},
	}
	switch kind {
	case helpdesk.NoticeReply, helpdesk.NoticeResolved, helpdesk.NoticeReceived, helpdesk.NoticeSurvey, helpdesk.NoticeLink:
		n.To = []helpdesk.Recipient{{Name: "Ben Ito", Email: "ben@mail.example"}}
		n.Mail = &helpdesk.Envelope{
			From: "support@acme.example", ReplyTo: "support+c4kq@acme.example", MessageID: "m2.1f@acme.example",
			InReplyTo: "b2@mail.example", References: []string{"b1@mail.example", "m1.9c@acme.example", "b2@mail.example"},
			Automatic: kind != helpdesk.NoticeReply,
		}
	default:
		n.To = []helpdesk.Recipient{{Agent: "ana", Name: "Ana Lopez", Email: "ana@acme.example"}}
		n.Mail = &helpdesk.Envelope{From: "support@acme.example", MessageID: "m3.7b@acme.example", Automatic: true}
	}
	switch kind {
	case helpdesk.NoticeReply:
		n.Text = "Hello Ben,\n\nthe second charge is on its way back. See https://acme.example/refunds?id=17&x=1.\n\nAna"
	case helpdesk.NoticeResolved:
		n.Text = "The second charge was refunded."
	case helpdesk.NoticeSurvey:
		n.Mail.RateURL = "https://acme.example/rate/tok"
	case helpdesk.NoticeLink:
		n.Mail.TicketURL = "https://acme.example/t/tok"
	case helpdesk.NoticeEscalated:
		n.Text = "The customer threatens to leave."
	case helpdesk.NoticeAtRisk:
		n.Text, n.Urgent = "SLA at risk. 30 minutes remaining.", true
	case helpdesk.NoticeAssigned:
		n.Text = "A ticket was assigned to you."
	case helpdesk.NoticeHeld:
		n.Text = "The mail came from another address: eve@mail.example."
	case helpdesk.NoticeBounced:
		n.Text = "550 no such user"
	case helpdesk.NoticeBudget:
		n.Text = "The model's budget for today is spent. Tickets are classified without it until tomorrow."
	case helpdesk.NoticeUnassigned:
		n.Text = "No agent is free for this ticket."
	case helpdesk.NoticeBreached:
		n.Text = "SLA BREACHED. Auto-escalated to management."
	}
	return n
}

func newNotifier(t *testing.T, cfg *smtpnotify.Config) *smtpnotify.Notifier {
	n, err := smtpnotify.New(cfg)
	require.NoError(t, err)
	return n
}

func TestReplyGoesOutOverSTARTTLSWithItsHeaders(t *testing.T) {
	t.Parallel()
	p := serve(t, &peer{}, false)
	cfg := p.config()
	cfg.Username, cfg.Password = "desk", password
	cfg.Brand = func(context.Context, helpdesk.TenantID) (smtpnotify.Brand, error) {
		return smtpnotify.Brand{Name: `Acme "Support" Ltd.`}, nil
	}
	require.NoError(t, newNotifier(t, cfg).Notify(t.Context(), notice(helpdesk.NoticeReply)))

	require.Equal(t, "support@acme.example", p.all()[0].from)
	require.Equal(t, "ben@mail.example", p.all()[0].to)
	require.Equal(t, []string{"PLAIN"}, p.logins)
	m := p.one(t)
	require.Equal(t, []string{
		"From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "X-Loop", "X-Helpdesk-Ref", "MIME-Version", "Content-Type",
	}, m.names)
	from, err := m.header.AddressList("From")
	require.NoError(t, err)
	require.Equal(t, `Acme "Support" Ltd.`, from[0].Name)
	require.Equal(t, "support@acme.example", from[0].Address)
	require.Equal(t, `"Acme \"Support\" Ltd." <support+c4kq@acme.example>`, m.header.Get("Reply-To"))
	require.Equal(t, "Re: Refund for order 17 [7Q2M-X4KD]", subject(t, m.header))
	require.Equal(t, "<m2.1f@acme.example>", m.header.Get("Message-ID"))
	require.Equal(t, "<b2@mail.example>", m.header.Get("In-Reply-To"))
	require.Equal(t, "<b1@mail.example> <m1.9c@acme.example> <b2@mail.example>", m.header.Get("References"))
	require.Equal(t, "support@acme.example", m.header.Get("X-Loop"))
	date, err := m.header.Date()
	require.NoError(t, err)
	require.True(t, date.Equal(now))
	require.True(t, strings.HasPrefix(m.text, "Hello Ben,\n\nthe second charge"), m.text)
	require.Contains(t, m.html, `<a href="https://acme.example/refunds?id=17&amp;x=1" rel="noopener noreferrer">`)
}

func TestImplicitTLSAndEveryWayToAuthenticate(t *testing.T) {
	t.Parallel()
	for _, auth := range []smtpnotify.Auth{"", smtpnotify.AuthPlain, smtpnotify.AuthLogin} {
		p := serve(t, &peer{}, true)
		cfg := p.config()
		cfg.TLS, cfg.Auth, cfg.Username, cfg.Password = smtpnotify.TLSImplicit, auth, "desk", password
		require.NoError(t, newNotifier(t, cfg).Notify(t.Context(), notice(helpdesk.NoticeReply)), auth)
		want := "PLAIN"
		if auth == smtpnotify.AuthLogin {
			want = "LOGIN"
		}
		require.Equal(t, []string{want}, p.logins)
		require.Len(t, p.all(), 1)
	}
}

func TestWrongPasswordAndMissingMechanismAreTriedAgain(t *testing.T) {
	t.Parallel()
	p := serve(t, &peer{}, false)
	for _, change := range []func(*smtpnotify.Config){
		func(c *smtpnotify.Config) { c.Password = "wrong" },
		func(c *smtpnotify.Config) { c.Auth = smtpnotify.AuthSCRAMSHA256 },
		func(c *smtpnotify.Config) { c.TLSConfig = nil }, // nobody vouches for the certificate
	} {
		cfg := p.config()
		cfg.Username, cfg.Password = "desk", password
		change(cfg)
		err := newNotifier(t, cfg).Notify(t.Context(), notice(helpdesk.NoticeReply))
		require.ErrorContains(t, err, "connect to localhost")
		require.NotErrorIs(t, err, helpdesk.ErrInvalid, "the host can mend it")
		require.NotContains(t, err.Error(), "s3cret")
	}
	require.Empty(t, p.all())
}

func TestNothingIsSentToAServerWithoutTLSUnlessToldSo(t *testing.T) {
	t.Parallel()
	p := &peer{}
	plain := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{peer: p, conn: c}, nil }))
	port := listen(t, plain)
	cfg := &smtpnotify.Config{Host: "localhost", Port: port, From: "desk@acme.example", Clock: clock}
	require.ErrorContains(t, newNotifier(t, cfg).Notify(t.Context(), notice(helpdesk.NoticeReply)), "no STARTTLS")
	require.Empty(t, p.all())
	cfg.TLS = smtpnotify.TLSNone
	require.NoError(t, newNotifier(t, cfg).Notify(t.Context(), notice(helpdesk.NoticeReply)))
	require.Len(t, p.all(), 1)
}

func threeManagers() *helpdesk.Notification {
	n := notice(helpdesk.NoticeBreached)
	n.To = []helpdesk.Recipient{{Agent: "a", Name: "Ana", Email: "a@acme.example"}, {Agent: "b", Name: "Bo", Email: "b@acme.example"}, {Agent: "c", Name: "Cy", Email: "c@acme.example"}}
	return n
}

func TestEachRecipientGetsAMailOfTheirOwnAndNobodySeesAnother(t *testing.T) {
	t.Parallel()
	p := serve(t, &peer{}, false)
	require.NoError(t, newNotifier(t, p.config()).Notify(t.Context(), threeManagers()))
	mails := p.all()
	require.Len(t, mails, 3)
	require.Len(t, p.clients, 1, "one connection for all")
	for i, m := range mails {
		for j, other := range threeManagers().To {
			require.Equal(t, i == j, bytes.Contains(m.raw, []byte("<"+other.Email+">")))
			require.Equal(t, i == j, m.to == other.Email)
		}
	}
}

func TestOneRefusedRecipientKeepsNoOtherAndNobodyIsToldTwice(t *testing.T) {
	t.Parallel()
	answer := error(&smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "later"})
	p := serve(t, &peer{}, false)
	p.rcpt = func(to string) error {
		if to == "b@acme.example" {
			return answer
		}
		return nil
	}
	n, note := newNotifier(t, p.config()), threeManagers()
	note.Progress = &helpdesk.DeliveryProgress{}
	err := n.Notify(t.Context(), note)
	require.ErrorContains(t, err, "450")
	require.NotErrorIs(t, err, helpdesk.ErrInvalid)
	require.Len(t, p.all(), 2)

	answer = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	err = n.Notify(t.Context(), note)
	require.ErrorIs(t, err, helpdesk.ErrInvalid, "all that is left is refused for good")
	var refused *smtpnotify.RefusedError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, 550, refused.Code)
	require.Equal(t, "b@acme.example", refused.Recipient)
	require.Len(t, p.all(), 2)

	answer = nil
	require.ErrorIs(t, n.Notify(t.Context(), note), helpdesk.ErrInvalid, "is not asked again")
	require.Len(t, p.all(), 2)

	answer, note.Progress = &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "later"}, &helpdesk.DeliveryProgress{}
	require.ErrorContains(t, n.Notify(t.Context(), note), "450")
	answer = nil
	require.NoError(t, n.Notify(t.Context(), note))
	require.NoError(t, n.Notify(t.Context(), note))
	require.Len(t, p.all(), 5, "each once")
}

func TestARefusalForGoodBesideATemporaryOneIsNotFinal(t *testing.T) {
	t.Parallel()
	p := serve(t, &peer{rcpt: func(to string) error {
		return map[string]error{
			"a@acme.example": &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"},
			"b@acme.example": &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"},
		}[to]
	}}, false)
	err := newNotifier(t, p.config()).Notify(t.Context(), threeManagers())
	require.ErrorContains(t, err, "550")
	require.ErrorContains(t, err, "451")
	require.NotErrorIs(t, err, helpdesk.ErrInvalid)
	require.Len(t, p.all(), 1)
}

func TestAMailRefusedForItsContentIsRefusedForGood(t *testing.T) {
	t.Parallel()
	p := serve(t, &peer{data: func(*smtp.Conn, string) error {
		return &smtp.SMTPError{Code: 552, EnhancedCode: smtp.EnhancedCode{5, 3, 4}, Message: "too big"}
	}}, false)
	require.ErrorIs(t, newNotifier(t, p.config()).Notify(t.Context(), notice(helpdesk.NoticeReply)), helpdesk.ErrInvalid)
}

func TestACutConnectionIsAnErrorAndTheNextRecipientGetsANewOne(t *testing.T) {
	t.Parallel()
	p := serve(t, &peer{data: func(c *smtp.Conn, to string) error {
		if to == "a@acme.example" {
			c.Conn().Close()
			return errors.New("cut")
		}
		return nil
	}}, false)
	err := newNotifier(t, p.config()).Notify(t.Context(), threeManagers())
	require.Error(t, err)
	require.NotErrorIs(t, err, helpdesk.ErrInvalid)
	require.Len(t, p.all(), 2)
	require.Len(t, p.clients, 2)
}

func TestASlowServerIsLeftWhenTheContextEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	p := serve(t, &peer{data: func(*smtp.Conn, string) error { cancel(); <-release; return nil }}, false)
	defer close(release)
	require.ErrorIs(t, newNotifier(t, p.config()).Notify(ctx, notice(helpdesk.NoticeReply)), context.Canceled)
}

func TestASlowServerIsLeftAfterTheTimeout(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	p := serve(t, &peer{data: func(*smtp.Conn, string) error { <-release; return nil }}, false)
	defer close(release)
	cfg := p.config()
	cfg.Timeout = 300 * time.Millisecond
	require.ErrorIs(t, newNotifier(t, cfg).Notify(t.Context(), notice(helpdesk.NoticeReply)), context.DeadlineExceeded)
}

func TestAddressesOfOtherScriptsAskForSMTPUTF8AndOthersDoNot(t *testing.T) {
	t.Parallel()
	p := serve(t, &peer{}, false)
	n := notice(helpdesk.NoticeBreached)
	n.To = []helpdesk.Recipient{{Agent: "a", Email: "ana@acme.example"}, {Agent: "b", Email: "müller@bücher.example"}}
	require.NoError(t, newNotifier(t, p.config()).Notify(t.Context(), n))
	mails := p.all()
	require.Equal(t, []bool{false, true}, []bool{mails[0].utf8, mails[1].utf8})
	m, err := open(mails[1].raw)
	require.NoError(t, err)
	require.Equal(t, "<müller@bücher.example>", m.header.Get("To"))
}

func TestManyNotificationsAtOnceArriveOnceEach(t *testing.T) {
	t.Parallel()
	p := serve(t, &peer{}, false)
	n := newNotifier(t, p.config())
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			note := notice(kinds[i%len(kinds)])
			note.Key, note.Progress = strings.Repeat("k", i+1), &helpdesk.DeliveryProgress{}
			if err := errors.Join(n.Notify(t.Context(), note), n.Notify(t.Context(), note)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	require.Equal(t, 20, len(p.all()))
}

func TestNobodyToTellMeansNoConnection(t *testing.T) {
	t.Parallel()
	n := newNotifier(t, &smtpnotify.Config{Host: "localhost", Port: 1, From: "desk@acme.example"})
	note := notice(helpdesk.NoticeBreached)
	note.To = nil
	require.NoError(t, n.Notify(t.Context(), note))
	note.To = []helpdesk.Recipient{{Agent: "ana"}}
	require.NoError(t, n.Notify(t.Context(), note))
	note.To = []helpdesk.Recipient{{Agent: "ana", Email: "ana@acme.example>\r\nDATA"}}
	require.ErrorIs(t, n.Notify(t.Context(), note), helpdesk.ErrInvalid)
}

func files(contents ...helpdesk.File) *helpdesk.Notification {
	n := notice(helpdesk.NoticeReply)
	n.Mail.Files = contents
	return n
}

func TestAttachmentsArriveAsTheyAre(t *testing.T) {
	t.Parallel()
	big := bytes.Repeat([]byte("0123456789abcdef\x00\xff"), 100_000)
	p := serve(t, &peer{}, false)
	require.NoError(t, newNotifier(t, p.config()).Notify(t.Context(), files(
		helpdesk.File{Name: "../..\\Rechnung März.pdf", Type: "application/pdf", Open: opener(big)},
		helpdesk.File{Name: "a\r\nX-Evil: 1\".txt", Type: "text/plain; name=\"x\r\n\"", Open: opener([]byte("hi"))},
		helpdesk.File{Type: "message/rfc822", Open: opener(nil)},
		helpdesk.File{Name: strings.Repeat("ü", 300) + ".png", Type: "image/png", Inline: true, Open: opener([]byte("x"))},
	)))
	m := p.one(t)
	require.Equal(t, []string{"_.._Rechnung März.pdf", "a X-Evil_ 1_.txt", "file"}, []string{m.files[0].name, m.files[1].name, m.files[2].name})
	require.Equal(t, "application/pdf", m.files[0].kind)
	require.Equal(t, big, m.files[0].content)
	require.Equal(t, "application/octet-stream", m.files[2].kind)
	require.True(t, strings.HasSuffix(m.files[3].name, "ü.png"), m.files[3].name)
	require.Contains(t, m.text, "second charge")
	for line := range bytes.SplitSeq(p.all()[0].raw, []byte("\r\n")) {
		require.LessOrEqual(t, len(line), 998, "RFC 5322, 2.1.1")
	}
}

func opener(content []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
}

func TestABrokenAttachmentSendsNoHalfMailAndIsTriedAgain(t *testing.T) {
	t.Parallel()
	half := func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader(strings.Repeat("x", 100_000)), broken{})), nil
	}
	none := func() (io.ReadCloser, error) { return nil, helpdesk.ErrNotFound }
	for _, open := range []func() (io.ReadCloser, error){half, none, nil} {
		p := serve(t, &peer{}, false)
		err := newNotifier(t, p.config()).Notify(t.Context(), files(helpdesk.File{Name: "a.bin", Open: open}))
		require.ErrorContains(t, err, "a.bin")
		require.NotErrorIs(t, err, helpdesk.ErrNotFound, "a desk takes that for a ticket that is gone, and lets the mail go")
		require.NotErrorIs(t, err, helpdesk.ErrInvalid)
		require.Empty(t, p.all())
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, helpdesk.ErrNotFound }

func TestNewNamesTheFieldAtFault(t *testing.T) {
	t.Parallel()
	_, err := smtpnotify.New(nil)
	require.Equal(t, []string{"From", "Host"}, fields(err))
	_, err = smtpnotify.New(&smtpnotify.Config{
		Host: "h", From: "a@b.example\r\nBcc: c@d.example", Port: 70000, Timeout: -1, TLS: "maybe", Auth: "magic",
	})
	require.Equal(t, []string{"From", "Port", "Timeout", "TLS", "Auth", "Username"}, fields(err))
}

func fields(err error) (names []string) {
	for _, f := range helpdesk.Fields(err) {
		names = append(names, f.Field)
	}
	return names
}

func TestPeopleInCcGetTheSameMail(t *testing.T) {
	t.Parallel()
	refused := &smtp.SMTPError{Code: 550, Message: "no"}
	var mu sync.Mutex
	var asked []string
	p := serve(t, &peer{rcpt: func(to string) error {
		mu.Lock()
		defer mu.Unlock()
		if asked = append(asked, to); to == "gone@other.example" {
			return refused
		}
		return nil
	}}, false)
	n := notice(helpdesk.NoticeReply)
	n.Cc = []helpdesk.Recipient{{Name: "Ola, N.", Email: "ola@other.example"}, {Email: "gone@other.example"}, {Email: "x\r\nBcc: y@z.example"}}
	require.NoError(t, newNotifier(t, p.config()).Notify(t.Context(), n))
	require.Len(t, p.all(), 1)
	require.Equal(t, `"Ola, N." <ola@other.example>, <gone@other.example>`, p.one(t).header.Get("Cc"))
	mu.Lock()
	defer mu.Unlock()
	require.Equal(t, []string{n.To[0].Email, "ola@other.example", "gone@other.example"}, asked)
}
