package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email/imap"
	"github.com/helpdesk-go/helpdesk/email/lmtp"
	"github.com/helpdesk-go/helpdesk/email/mailgun"
	"github.com/helpdesk-go/helpdesk/email/postmark"
	"github.com/helpdesk-go/helpdesk/email/sendgrid"
	"github.com/helpdesk-go/helpdesk/email/ses"
	"github.com/helpdesk-go/helpdesk/notify"
	"github.com/helpdesk-go/helpdesk/notify/smtpnotify"
)

// mailFlags say how mail comes in and goes out, beside the environment.
type mailFlags struct {
	address string // where customers write to
	outbox  string // folder for mails when there is no SMTP_URL
	site    string // where this server is reached, for links
	lmtp    string // address to listen on; empty for none
	smtp    bool   // SMTP there instead of LMTP
	imap    string // imaps://user:password@host[:port]/folder; empty for none
	keys    string // file with the key that signs; made when it is not there
	survey  time.Duration
}

// desk is the desk's side of it.
func (m *mailFlags) desk(logger *slog.Logger) (helpdesk.Config, error) {
	mail, err := m.config()
	if err != nil {
		return helpdesk.Config{}, err
	}
	notifier, err := m.notifier(notify.Log(logger))
	return helpdesk.Config{Mail: mail, Notifier: notifier}, err
}

func (m *mailFlags) config() (*helpdesk.MailConfig, error) {
	key := []byte(os.Getenv("HELPDESK_KEY"))
	if len(key) == 0 {
		var err error
		if key, err = m.key(); err != nil {
			return nil, err
		}
	}
	site := strings.TrimSuffix(m.site, "/")
	return &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return m.address },
		Keys:    [][]byte{key},
		Survey:  m.survey,
		RateURL: func(_ helpdesk.TenantID, token string) string { return site + "/rate?t=" + url.QueryEscape(token) },
	}, nil
}

// key reads the key that signs reply addresses, or makes it: answers to mails of yesterday have to find their tickets.
func (m *mailFlags) key() ([]byte, error) {
	key, err := os.ReadFile(m.keys)
	if errors.Is(err, fs.ErrNotExist) {
		key = []byte(rand.Text() + rand.Text())
		err = os.WriteFile(m.keys, key, 0o600)
	}
	return key, err
}

// notifier sends mails, or writes them into a folder so that a newcomer can look at them, and logs every notice.
func (m *mailFlags) notifier(log helpdesk.Notifier) (helpdesk.Notifier, error) {
	cfg := &smtpnotify.Config{Folder: m.outbox}
	if to := os.Getenv("SMTP_URL"); to != "" {
		var err error
		if cfg, err = smtpnotify.Parse(to); err != nil {
			return nil, fmt.Errorf("SMTP_URL: %w", err)
		}
	}
	cfg.From = m.address
	site := strings.TrimSuffix(m.site, "/")
	cfg.TicketURL = func(_ helpdesk.TenantID, t *helpdesk.Ticket) string { return site + "/support/tickets/" + t.Ref }
	mails, err := smtpnotify.New(cfg)
	if err != nil {
		return nil, err
	}
	return notify.Multi(log, mails), nil
}

// providers are the webhooks of mail services, each where its secrets are in the environment. The others answer what is missing.
func providers(desk *helpdesk.Desk) (http.Handler, error) {
	env := os.Getenv
	mux := http.NewServeMux()
	for _, p := range []struct {
		name   string
		needs  string
		ready  bool
		handle func() (http.Handler, error)
	}{
		{"mailgun", "MAILGUN_KEY", env("MAILGUN_KEY") != "", func() (http.Handler, error) {
			return mailgun.New(desk, &mailgun.Config{Keys: strings.Fields(env("MAILGUN_KEY"))})
		}},
		{"sendgrid", "SENDGRID_KEY, or SENDGRID_USER and SENDGRID_PASSWORD", env("SENDGRID_KEY")+env("SENDGRID_PASSWORD") != "", func() (http.Handler, error) {
			return sendgrid.New(desk, &sendgrid.Config{Keys: strings.Fields(env("SENDGRID_KEY")), User: env("SENDGRID_USER"), Password: env("SENDGRID_PASSWORD")})
		}},
		{"postmark", "POSTMARK_USER and POSTMARK_PASSWORD", env("POSTMARK_PASSWORD") != "", func() (http.Handler, error) {
			return postmark.New(desk, &postmark.Config{User: env("POSTMARK_USER"), Password: env("POSTMARK_PASSWORD")})
		}},
		{"ses", "SES_TOPICS", env("SES_TOPICS") != "", func() (http.Handler, error) {
			return ses.New(desk, &ses.Config{Topics: strings.Fields(env("SES_TOPICS"))})
		}},
	} {
		if !p.ready {
			mux.HandleFunc("POST /"+p.name, func(w http.ResponseWriter, _ *http.Request) {
				http.Error(w, "not configured: set "+p.needs, http.StatusNotFound)
			})
			continue
		}
		h, err := p.handle()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		mux.Handle("POST /"+p.name, h)
	}
	return mux, nil
}

// listen takes mails from mail servers until ctx ends, where the flags say so.
func (m *mailFlags) listen(ctx context.Context, desk *helpdesk.Desk, say func(format string, args ...any)) (wait func() error, err error) {
	var running []chan error
	start := func(run func() error) {
		done := make(chan error, 1)
		running = append(running, done)
		go func() { done <- run() }()
	}
	if m.lmtp != "" {
		server, err := lmtp.New(desk, &lmtp.Config{SMTP: m.smtp})
		if err != nil {
			return nil, err
		}
		l, err := net.Listen("tcp", m.lmtp)
		if err != nil {
			return nil, err
		}
		say("mail by %s on %s\n", map[bool]string{true: "SMTP", false: "LMTP"}[m.smtp], l.Addr())
		start(func() error { return server.Serve(ctx, l) })
	}
	if m.imap != "" {
		cfg, err := imapConfig(m.imap)
		if err != nil {
			return nil, fmt.Errorf("-imap: %w", err)
		}
		box, err := imap.New(desk, cfg)
		if err != nil {
			return nil, err
		}
		say("mail from %s at %s\n", cmp.Or(cfg.Folder, "INBOX"), cfg.Address)
		start(func() error { return box.Run(ctx) })
	}
	return func() error {
		var errs []error
		for _, done := range running {
			if err := <-done; ctx.Err() == nil || (err != nil && !errors.Is(err, context.Canceled)) {
				errs = append(errs, err)
			}
		}
		return errors.Join(errs...)
	}, nil
}

// imapConfig reads imaps://user:password@host[:port]/folder.
func imapConfig(text string) (*imap.Config, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "imaps" || u.Hostname() == "" {
		return nil, errors.New("is not imaps://user:password@host/folder")
	}
	password, _ := u.User.Password()
	return &imap.Config{
		Address: net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), "993")), User: u.User.Username(), Password: password, Folder: strings.Trim(u.Path, "/"),
	}, nil
}

// rate is the page behind the link in the mail that asks how the help was.
func rate(desk *helpdesk.Desk) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
		w.Header().Set("Referrer-Policy", "no-referrer") // the address holds the token
		token := r.FormValue("t")
		t, err := desk.RateLinkTicket(r.Context(), token)
		if r.Method == http.MethodPost && err == nil {
			score, _ := strconv.Atoi(r.PostFormValue("score"))
			t, err = desk.RateLink(r.Context(), token, score, r.PostFormValue("comment"))
		}
		switch {
		case errors.Is(err, helpdesk.ErrNotFound):
			w.WriteHeader(http.StatusNotFound)
		case errors.Is(err, helpdesk.ErrInvalid):
			w.WriteHeader(http.StatusUnprocessableEntity)
		case err != nil:
			w.WriteHeader(http.StatusInternalServerError)
		}
		_ = ratePage.Execute(w, map[string]any{"Ticket": t, "Failed": err != nil, "Done": r.Method == http.MethodPost && err == nil, "Token": token, "Scores": []int{1, 2, 3, 4, 5}})
	}
}

var ratePage = template.Must(template.New("").Parse(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>How was the help you got?</title>
<style>body{font:16px/1.5 system-ui;max-width:34rem;margin:12vh auto;padding:0 1rem}label{display:inline-block;margin-right:1.2rem}textarea{width:100%;font:inherit}button{font:inherit;padding:.5rem 1rem}</style>
{{if .Done}}<h1>Thank you</h1><p>You rated {{.Ticket.Ref}} with {{.Ticket.Rating.Score}} of 5.</p>
{{else if .Failed}}<h1>That did not work</h1><p>The link is not valid, the ticket is not resolved, or no number was chosen.</p>
{{else}}<h1>How was the help you got?</h1><p>{{.Ticket.Ref}}: {{.Ticket.Subject}}</p>
<form method="post"><input type="hidden" name="t" value="{{.Token}}"><p>{{range .Scores}}<label><input type="radio" name="score" value="{{.}}" required> {{.}}</label>{{end}} (5 is best)</p>
<p><label for="c">Anything you would like to add?</label><textarea id="c" name="comment" rows="3"></textarea></p><p><button>Send</button></p></form>{{end}}`))
