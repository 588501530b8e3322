package smtpnotify_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/notify/smtpnotify"
)

// peer is a mail server on this machine that keeps its mails.
type peer struct {
	host    string
	port    int
	roots   *x509.CertPool
	mu      sync.Mutex
	mails   []arrived
	logins  []string
	clients map[string]bool // addresses that connected

	offers []string // mechanisms of authentication; nil means PLAIN and LOGIN

	rcpt func(to string) error // nil accepts all
	// data is called at the end of a mail, before it is kept; nil accepts all.
	data func(c *smtp.Conn, to string) error
}

type arrived struct {
	from, to string
	utf8     bool // SMTPUTF8 (RFC 6531) was asked for
	raw      []byte
}

// serve starts a peer; with implicit it speaks TLS from the first byte.
func serve(t *testing.T, p *peer, implicit bool) *peer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	now := time.Now()
	cert := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	require.NoError(t, err)
	parsed, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	p.roots, p.clients = x509.NewCertPool(), map[string]bool{}
	p.roots.AddCert(parsed)

	s := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.clients[c.Conn().RemoteAddr().String()] = true
		return &session{peer: p, conn: c}, nil
	}))
	s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	s.EnableSMTPUTF8 = true
	s.ErrorLog = quiet{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	_, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	p.host = "localhost"
	p.port, err = strconv.Atoi(port)
	require.NoError(t, err)
	if implicit {
		l = tls.NewListener(l, s.TLSConfig)
	}
	done := make(chan struct{})
	go func() { defer close(done); s.Serve(l) }()
	t.Cleanup(func() { s.Close(); <-done })
	return p
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// config returns a Config that sends to the peer.
func (p *peer) config() *smtpnotify.Config {
	return &smtpnotify.Config{Host: p.host, Port: p.port, TLSConfig: &tls.Config{RootCAs: p.roots}, From: "desk@acme.example", Clock: clock}
}

func (p *peer) all() []arrived {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]arrived(nil), p.mails...)
}

type session struct {
	*peer
	conn     *smtp.Conn
	from, to string
	utf8     bool
}

func (s *session) AuthMechanisms() []string {
	if s.offers != nil {
		return s.offers
	}
	return []string{sasl.Plain, sasl.Login}
}

func (s *session) Auth(mech string) (sasl.Server, error) {
	check := func(user, pass string) error {
		if user != "desk" || pass != password {
			return smtp.ErrAuthFailed
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.logins = append(s.logins, mech)
		return nil
	}
	switch mech {
	case sasl.Login:
		return &login{check: check}, nil
	case "CRAM-MD5":
		return &cram{check: check}, nil
	case "SCRAM-SHA-256":
		return &scram{done: func() { check("desk", password) }}, nil
	}
	return sasl.NewPlainServer(func(_, user, pass string) error { return check(user, pass) }), nil
}

// login is the server's side of AUTH LOGIN.
type login struct {
	check func(user, pass string) error
	user  string
	step  int
}

func (l *login) Next(response []byte) ([]byte, bool, error) {
	l.step++
	switch l.step {
	case 1:
		return []byte("Username:"), false, nil
	case 2:
		l.user = string(response)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.user, string(response))
}

func (s *session) Mail(from string, opts *smtp.MailOptions) error {
	s.from, s.utf8 = from, opts.UTF8
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if s.rcpt != nil {
		return s.rcpt(to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.data != nil {
		if err := s.data(s.conn, s.to); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, arrived{s.from, s.to, s.utf8, raw})
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// read is a parsed mail.
type read struct {
	header     mail.Header
	names      []string // of header fields, in order
	text, html string
	files      []readFile
}

type readFile struct {
	name, kind string
	content    []byte
}

var errShape = errors.New("not the shape of our mails")

// open parses a mail with the standard library.
func open(raw []byte) (*read, error) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	r := &read{header: m.Header}
	head, _, _ := strings.Cut(string(raw), "\r\n\r\n")
	for _, line := range strings.Split(head, "\r\n") {
		if name, _, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t") {
			r.names = append(r.names, name)
		}
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	if kind == "multipart/alternative" {
		return r, r.alternative(m.Body, params["boundary"])
	}
	if kind != "multipart/mixed" {
		return nil, errShape
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for i := 0; ; i++ {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return r, nil
		} else if err != nil {
			return nil, err
		}
		kind, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil {
			return nil, err
		}
		if i == 0 {
			if kind != "multipart/alternative" {
				return nil, errShape
			}
			if err := r.alternative(part, params["boundary"]); err != nil {
				return nil, err
			}
			continue
		}
		content, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		if err != nil {
			return nil, err
		}
		r.files = append(r.files, readFile{part.FileName(), kind, content})
	}
}

func (r *read) alternative(body io.Reader, boundary string) error {
	parts := multipart.NewReader(body, boundary)
	for i, kind := range []string{"text/plain; charset=utf-8", "text/html; charset=utf-8"} {
		part, err := parts.NextRawPart()
		if err != nil {
			return err
		}
		if part.Header.Get("Content-Type") != kind {
			return errShape
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			return err
		}
		*[]*string{&r.text, &r.html}[i] = strings.ReplaceAll(string(text), "\r\n", "\n")
	}
	if _, err := parts.NextRawPart(); err != io.EOF {
		return errShape
	}
	return nil
}

// one returns the only mail that the peer has.
func (p *peer) one(t *testing.T) *read {
	mails := p.all()
	require.Len(t, mails, 1)
	r, err := open(mails[0].raw)
	require.NoError(t, err)
	return r
}

func subject(t *testing.T, h mail.Header) string {
	s, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
	require.NoError(t, err)
	return s
}

// listen starts a server without TLS.
func listen(t *testing.T, s *smtp.Server) (port int) {
	s.ErrorLog = quiet{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan struct{})
	go func() { defer close(done); s.Serve(l) }()
	t.Cleanup(func() { s.Close(); <-done })
	return l.Addr().(*net.TCPAddr).Port
}
