package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
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

	mails *smtpnotify.Notifier // what notifier has made
}

// desk is the desk's side of mail. The store has the mail templates of admins. Webhooks get the
// same notices.
func (m *mailFlags) desk(store helpdesk.Store, logger *slog.Logger, hooks helpdesk.Notifier) (helpdesk.Config, error) {
	mail, err := m.config()
	if err != nil {
		return helpdesk.Config{}, err
	}
	notifier, err := m.notifier(store, notify.Multi(notify.Log(logger), hooks))
	return helpdesk.Config{Mail: mail, Notifier: notifier}, err
}

func (m *mailFlags) config() (*helpdesk.MailConfig, error) {
	key, err := signingKey(os.Getenv("HELPDESK_KEY"), m.keys)
	if err != nil {
		return nil, err
	}
	site := strings.TrimSuffix(m.site, "/")
	return &helpdesk.MailConfig{
		Address:   func(helpdesk.TenantID) string { return m.address },
		Keys:      [][]byte{key},
		Survey:    m.survey,
		TicketURL: func(_ helpdesk.TenantID, token string) string { return site + "/help/t/" + token },
		RateURL:   func(_ helpdesk.TenantID, token string) string { return site + "/help/rate/" + token },
	}, nil
}

// signingKey signs links. Without a secret a new key is kept in a file, so that links outlive the
// process.
func signingKey(secret, file string) ([]byte, error) {
	if secret != "" {
		sum := sha256.Sum256([]byte(secret))
		return sum[:], nil
	}
	key, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		key = make([]byte, 32)
		rand.Read(key)
		err = os.WriteFile(file, key, 0o600)
	}
	if err == nil && len(key) < 32 {
		err = fmt.Errorf("%s: is shorter than 32 bytes", file)
	}
	return key, err
}

// notifier sends mails, or writes them into a folder where a newcomer can read them, and calls the
// webhooks.
func (m *mailFlags) notifier(store helpdesk.Store, others helpdesk.Notifier) (helpdesk.Notifier, error) {
	cfg := &smtpnotify.Config{Folder: m.outbox}
	if to := os.Getenv("SMTP_URL"); to != "" {
		var err error
		if cfg, err = smtpnotify.Parse(to); err != nil {
			return nil, fmt.Errorf("SMTP_URL: %w", err)
		}
	}
	cfg.From, cfg.Saved = m.address, store
	site := strings.TrimSuffix(m.site, "/")
	cfg.TicketURL = func(_ helpdesk.TenantID, t *helpdesk.Ticket) string { return site + "/support/tickets/" + t.Ref }
	var err error
	if m.mails, err = smtpnotify.New(cfg); err != nil {
		return nil, err
	}
	return notify.Multi(others, m.mails), nil
}

// providers are the webhooks of mail services that have their secrets in the environment. The
// others answer with the name of the missing variable.
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
