package smtpnotify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/wneessen/go-mail/smtp"
)

// TLS says how a connection is encrypted.
type TLS string

// How connections may be encrypted.
const (
	TLSStart    TLS = "starttls" // by STARTTLS, and not used when the server has none (RFC 3207)
	TLSImplicit TLS = "implicit" // from the first byte (RFC 8314)
	TLSNone     TLS = "none"     // not at all: for a server on the same machine. Passwords are not sent in the clear
)

// Auth says how to authenticate (RFC 4954).
type Auth string

// The mechanisms there are.
const (
	AuthPlain       Auth = "plain"
	AuthLogin       Auth = "login"
	AuthCRAMMD5     Auth = "cram-md5"
	AuthSCRAMSHA1   Auth = "scram-sha-1"
	AuthSCRAMSHA256 Auth = "scram-sha-256"
)

// mechanisms makes what the mechanisms need. PLAIN and LOGIN refuse to go over a connection that is not encrypted, save to localhost.
var mechanisms = map[Auth]func(*Config) smtp.Auth{
	AuthPlain:       func(c *Config) smtp.Auth { return smtp.PlainAuth("", c.Username, c.Password, c.Host, false) },
	AuthLogin:       func(c *Config) smtp.Auth { return smtp.LoginAuth(c.Username, c.Password, c.Host, false) },
	AuthCRAMMD5:     func(c *Config) smtp.Auth { return smtp.CRAMMD5Auth(c.Username, c.Password) },
	AuthSCRAMSHA1:   func(c *Config) smtp.Auth { return smtp.ScramSHA1Auth(c.Username, c.Password) },
	AuthSCRAMSHA256: func(c *Config) smtp.Auth { return smtp.ScramSHA256Auth(c.Username, c.Password) },
}

// preferred is the order in which a mechanism is chosen. CRAM-MD5 comes last: many servers offer it that cannot do it, since
// they keep hashes of passwords.
var preferred = []Auth{AuthSCRAMSHA256, AuthSCRAMSHA1, AuthPlain, AuthLogin, AuthCRAMMD5}

// line connects when there is something to send, and again when the connection broke.
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

// connection is one to the mail server, greeted, encrypted and authenticated.
type connection struct {
	conn net.Conn
	smtp *smtp.Client
	stop func() bool
	gone bool
}

// dial connects. The connection ends when ctx does, in whatever it is doing then.
func (n *Notifier) dial(ctx context.Context) (*connection, error) {
	cfg := &n.cfg
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(cfg.Host, strconv.Itoa(cfg.Port)))
	if err != nil {
		return nil, err
	}
	c := &connection{conn: conn, stop: context.AfterFunc(ctx, func() { conn.Close() })}
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

// choose returns the mechanism to authenticate by.
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

// send hands one mail to the server. The mail has left when the server has taken it after the last byte, whatever comes then.
func (c *connection) send(ctx context.Context, m *letter) error {
	err := c.transfer(m)
	if err == nil {
		return nil
	}
	var refused *RefusedError
	var answer *textproto.Error
	if !errors.As(err, &refused) && !errors.As(err, &answer) || c.smtp.Reset() != nil {
		c.drop() // before the end of a mail: what came of it must not be taken for the whole
	}
	if refused != nil {
		return refused
	}
	return fmt.Errorf("mail to %s: %w", m.to, because(ctx, err))
}

func (c *connection) transfer(m *letter) error {
	c.smtp.SkipSMTPUTF8(isASCII(m.from + m.to)) // asking for it without need makes later servers refuse the mail that have it not
	if err := c.smtp.Mail("<" + m.from + ">"); err != nil {
		return fmt.Errorf("from %s: %w", m.from, err) // never for good: it is the host's to mend
	}
	if err := c.smtp.Rcpt("<" + m.to + ">"); err != nil {
		return refusal(m.to, err)
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

// end says good-bye, and drop does not.
func (c *connection) end() {
	c.smtp.Quit() // the mails are there whatever it answers
	c.drop()
}

func (c *connection) drop() {
	c.gone = true
	c.stop()
	c.conn.Close()
}

// because returns the end of ctx when that is why a connection broke.
func because(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%w: %w", context.Cause(ctx), err)
	}
	return err
}
