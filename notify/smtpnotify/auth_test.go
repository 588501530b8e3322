package smtpnotify_test

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/smtpnotify"
)

const password = "s3cret/&@"

var errAuth = errors.New("wrong")

// cram is the server's side of CRAM-MD5 (RFC 2195).
type cram struct {
	check func(user, pass string) error
	asked bool
}

const challenge = "<1896.697170952@peer.example>"

func (c *cram) Next(response []byte) ([]byte, bool, error) {
	if !c.asked {
		c.asked = true
		return []byte(challenge), false, nil
	}
	user, digest, _ := strings.Cut(string(response), " ")
	mac := hmac.New(md5.New, []byte(password))
	mac.Write([]byte(challenge))
	if digest != hex.EncodeToString(mac.Sum(nil)) {
		return nil, true, errAuth
	}
	return nil, true, c.check(user, password)
}

// scram is the server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding.
type scram struct {
	done        func()
	step        int
	bare, first string
}

func (s *scram) Next(response []byte) ([]byte, bool, error) {
	const salt, rounds = "0123456789abcdef", 4096
	s.step++
	switch {
	case s.step == 1 && response == nil:
		s.step = 0
		return []byte{}, false, nil
	case s.step == 1:
		bare, ok := strings.CutPrefix(string(response), "n,,")
		user, nonce, _ := strings.Cut(bare, ",r=")
		if !ok || user != "n=desk" {
			return nil, true, errAuth
		}
		s.bare = bare
		s.first = "r=" + nonce + "peer,s=" + base64.StdEncoding.EncodeToString([]byte(salt)) + ",i=4096"
		return []byte(s.first), false, nil
	case s.step == 2:
		without, proof, _ := strings.Cut(string(response), ",p=")
		mac := func(key []byte, text string) []byte {
			m := hmac.New(sha256.New, key)
			m.Write([]byte(text))
			return m.Sum(nil)
		}
		salted, err := pbkdf2.Key(sha256.New, password, []byte(salt), rounds, 32)
		if err != nil {
			return nil, true, err
		}
		client, message := mac(salted, "Client Key"), s.bare+","+s.first+","+without
		stored := sha256.Sum256(client)
		for i, b := range mac(stored[:], message) {
			client[i] ^= b
		}
		if proof != base64.StdEncoding.EncodeToString(client) {
			return nil, true, errAuth
		}
		return []byte("v=" + base64.StdEncoding.EncodeToString(mac(mac(salted, "Server Key"), message))), false, nil
	}
	s.done()
	return nil, true, nil
}

func TestTheSafestWayToAuthenticateIsChosenUnlessOneIsAskedFor(t *testing.T) {
	t.Parallel()
	all := []string{"CRAM-MD5", "LOGIN", "PLAIN", "SCRAM-SHA-256"}
	for _, c := range []struct {
		offers []string
		auth   smtpnotify.Auth
		want   string
	}{
		{all, "", "SCRAM-SHA-256"},
		{all, smtpnotify.AuthSCRAMSHA256, "SCRAM-SHA-256"},
		{all, smtpnotify.AuthCRAMMD5, "CRAM-MD5"},
		{all, smtpnotify.AuthLogin, "LOGIN"},
		{[]string{"CRAM-MD5", "LOGIN", "PLAIN"}, "", "PLAIN"},
		{[]string{"CRAM-MD5"}, "", "CRAM-MD5"},
	} {
		p := serve(t, &peer{offers: c.offers}, false)
		cfg := p.config()
		cfg.Auth, cfg.Username, cfg.Password = c.auth, "desk", password
		require.NoError(t, newNotifier(t, cfg).Notify(t.Context(), notice(helpdesk.NoticeReply)), c.want)
		require.Equal(t, []string{c.want}, p.logins)
		require.Len(t, p.all(), 1)

		cfg.Password = "wrong"
		require.ErrorContains(t, newNotifier(t, cfg).Notify(t.Context(), notice(helpdesk.NoticeReply)), "authenticate")
		require.Len(t, p.all(), 1)
	}
}

func TestAPasswordIsNotSentInTheClear(t *testing.T) {
	t.Parallel()
	for offer, ok := range map[string]bool{"PLAIN": false, "LOGIN": false, "CRAM-MD5": true} {
		p := &peer{offers: []string{offer}}
		s := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{peer: p, conn: c}, nil }))
		s.AllowInsecureAuth = true
		cfg := &smtpnotify.Config{Host: "localhost", Port: listen(t, s), TLS: smtpnotify.TLSNone, From: "desk@acme.example", Username: "desk", Password: password}
		err := newNotifier(t, cfg).Notify(t.Context(), notice(helpdesk.NoticeReply))
		if ok {
			require.NoError(t, err)
			continue
		}
		require.ErrorContains(t, err, "no way to authenticate that is safe here")
		require.Empty(t, p.logins)
	}
}
