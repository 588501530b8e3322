package smtpnotify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/textproto"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/wneessen/go-mail/smtp"
)

// TLS is the encryption of a connection.
type TLS string

// The kinds of encryption.
const (
	// TLSStart uses STARTTLS; a server without it gets no mail (RFC 3207).
	TLSStart    TLS = "starttls"
	TLSImplicit TLS = "implicit" // from the first byte (RFC 8314)
	// TLSNone uses no encryption, for a server on the same machine. Passwords are not sent in the
	// clear.
	TLSNone TLS = "none"
)

// Auth is a mechanism of authentication (RFC 4954).
type Auth string

// The mechanisms.
const (
	AuthPlain       Auth = "plain"
	AuthLogin       Auth = "login"
	AuthCRAMMD5     Auth = "cram-md5"
	AuthSCRAMSHA1   Auth = "scram-sha-1"
	AuthSCRAMSHA256 Auth = "scram-sha-256"
)

// mechanisms prepare the mechanisms. PLAIN and LOGIN refuse an unencrypted connection, except to
// localhost.
var mechanisms = map[Auth]func(*Config) smtp.Auth{
	AuthPlain:       func(c *Config) smtp.Auth { return smtp.PlainAuth("", c.Username, c.Password, c.Host, false) },
	AuthLogin:       func(c *Config) smtp.Auth { return smtp.LoginAuth(c.Username, c.Password, c.Host, false) },
	AuthCRAMMD5:     func(c *Config) smtp.Auth { return smtp.CRAMMD5Auth(c.Username, c.Password) },
	AuthSCRAMSHA1:   func(c *Config) smtp.Auth { return smtp.ScramSHA1Auth(c.Username, c.Password) },
	AuthSCRAMSHA256: func(c *Config) smtp.Auth { return smtp.ScramSHA256Auth(c.Username, c.Password) },
}

// preferred is the order in which a mechanism is chosen. CRAM-MD5 comes last: many servers offer it
// without support for it, since they keep hashes of passwords.
var preferred = []Auth{AuthSCRAMSHA256, AuthSCRAMSHA1, AuthPlain, AuthLogin, AuthCRAMMD5}

// line connects when there is something to send, and again when the connection is broken.
type line struct {
	*Notifier
	open *connection
}

func (l *line) send(ctx context.Context, m *letter) error {
	if l.open == nil || l.open.gone {
		c, err := l.dial(ctx)
		if err != nil {
			return fmt.Errorf("connect to %s: %w", l.cfg.Host, err)
		}
		l.open = c
	}
	return l.open.send(ctx, m)
}

func (l *line) end() {
	if l.open != nil && !l.open.gone {
		l.open.end()
	}
}

// connection is a connection to the mail server, greeted, encrypted and authenticated.
type connection struct {
	conn net.Conn
	smtp *smtp.Client
	stop func() bool
	log  *slog.Logger
	gone bool
}

// dial connects. The end of ctx ends the connection at any time.
func (n *Notifier) dial(ctx context.Context) (*connection, error) {
	cfg := &n.cfg
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(cfg.Host, strconv.Itoa(cfg.Port)))
	if err != nil {
		return nil, err
	}
	c := &connection{conn: conn, log: cfg.Logger, stop: context.AfterFunc(ctx, func() { conn.Close() })}
	if err := c.greet(cfg); err != nil {
		c.drop()
		return nil, because(ctx, err)
	}
	return c, nil
}

func (c *connection) greet(cfg *Config) (err error) {
	encryption := &tls.Config{}
	if cfg.TLSConfig != nil {
		encryption = cfg.TLSConfig.Clone()
	}
	if encryption.ServerName == "" {
		encryption.ServerName = cfg.Host
	}
	stream := c.conn
	if cfg.TLS == TLSImplicit {
		stream = tls.Client(c.conn, encryption)
	}
	if c.smtp, err = smtp.NewClient(stream, cfg.Host); err != nil {
		return err
	}
	if err := c.smtp.Hello(localName(cfg)); err != nil {
		return err
	}
	if cfg.TLS == TLSStart {
		if ok, _ := c.smtp.Extension("STARTTLS"); !ok {
			return errors.New("the server has no STARTTLS")
		}
		if err := c.smtp.StartTLS(encryption); err != nil {
			return fmt.Errorf("STARTTLS: %w", err)
		}
	}
	if cfg.Username == "" {
		return nil
	}
	auth, err := c.choose(cfg)
	if err != nil {
		return err
	}
	if err := c.smtp.Auth(mechanisms[auth](cfg)); err != nil {
		return fmt.Errorf("authenticate by %s: %w", auth, err)
	}
	return nil
}

// choose returns the mechanism of authentication.
func (c *connection) choose(cfg *Config) (Auth, error) {
	_, offered := c.smtp.Extension("AUTH")
	list := strings.Fields(strings.ToLower(offered))
	for _, auth := range preferred {
		open := cfg.TLS == TLSNone && (auth == AuthPlain || auth == AuthLogin)
		if slices.Contains(list, string(auth)) && (auth == cfg.Auth || (cfg.Auth == "" && !open)) {
			return auth, nil
		}
	}
	if cfg.Auth != "" {
		return "", fmt.Errorf("the server does not authenticate by %s, but by %q", cfg.Auth, offered)
	}
	return "", fmt.Errorf("the server offers no way to authenticate that is safe here, but %q", offered)
}

func localName(cfg *Config) string {
	if cfg.LocalName != "" {
		return cfg.LocalName
	}
	if name, err := os.Hostname(); err == nil && !strings.ContainsAny(name, " \t\r\n") {
		return name
	}
	return "localhost"
}

// send passes one mail to the server. The mail has left when the server has accepted it after the
// last byte, whatever happens then.
func (c *connection) send(ctx context.Context, m *letter) error {
	err := c.transfer(m)
	if err == nil {
		return nil
	}
	var refused *RefusedError
	var answer *textproto.Error
	if !errors.As(err, &refused) && !errors.As(err, &answer) || c.smtp.Reset() != nil {
		// In the middle of a mail: the part that was sent must not pass for the whole.
		c.drop()
	}
	if refused != nil {
		return refused
	}
	return fmt.Errorf("mail to %s: %w", m.to, because(ctx, err))
}

func (c *connection) transfer(m *letter) error {
	// Needless use makes later servers without it refuse the mail.
	c.smtp.SkipSMTPUTF8(isASCII(m.from + m.to + strings.Join(m.cc, "")))
	if err := c.smtp.Mail("<" + m.from + ">"); err != nil {
		return fmt.Errorf("from %s: %w", m.from, err) // not permanent: the host can mend it
	}
	if err := c.smtp.Rcpt("<" + m.to + ">"); err != nil {
		return refusal(m.to, err)
	}
	for _, copied := range m.cc { // what keeps a copy from one keeps the mail from nobody else
		if err := c.smtp.Rcpt("<" + copied + ">"); err != nil {
			var answer *textproto.Error
			if !errors.As(err, &answer) {
				return err
			}
			c.log.Warn("smtpnotify: the server refuses a recipient in Cc", "code", answer.Code)
		}
	}
	w, err := c.smtp.Data()
	if err != nil {
		return refusal(m.to, err)
	}
	if err := m.write(w); err != nil {
		return err
	}
	return refusal(m.to, w.Close())
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// refusal makes a RefusedError of a permanent answer.
func refusal(to string, err error) error {
	var answer *textproto.Error
	if errors.As(err, &answer) && answer.Code >= 500 {
		return &RefusedError{Recipient: to, Code: answer.Code, Text: answer.Msg}
	}
	return err
}

// end says good-bye; drop does not.
func (c *connection) end() {
	c.smtp.Quit() // the mails have left, whatever it answers
	c.drop()
}

func (c *connection) drop() {
	c.gone = true
	c.stop()
	c.conn.Close()
}

// because returns the error of ctx if its end broke a connection.
func because(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%w: %w", context.Cause(ctx), err)
	}
	return err
}
