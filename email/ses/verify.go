package ses

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/inbound"
)

// amazonHost matches the hosts of SNS's certificates, by region.
var amazonHost = regexp.MustCompile(`^sns\.[a-z]{2}(-[a-z]+)+-\d{1,2}\.amazonaws\.com(\.cn)?$`)

func amazonURL(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, errors.New("cannot be read")
	case u.Scheme != "https" || u.User != nil || !amazonHost.MatchString(u.Host):
		return nil, errors.New("is not an https address of SNS at amazonaws.com")
	}
	return u, nil
}

// verify checks that a message is of an accepted topic, recent, and signed by Amazon. Checks
// without the certificate come first, so that strangers cannot make us fetch one.
func (h *handler) verify(ctx context.Context, n *message) error {
	if !slices.Contains(h.cfg.Topics, n.TopicArn) {
		return inbound.Refuse(http.StatusUnauthorized, "topic is not one we listen to")
	}
	if n.Signature == "" || n.SigningCertURL == "" {
		return inbound.NoSignature
	}
	signature, err := base64.StdEncoding.DecodeString(n.Signature)
	if err != nil {
		return inbound.BadSignature
	}
	at, err := time.Parse(time.RFC3339, n.Timestamp)
	now := h.hook.Config.Clock.Now()
	if err != nil || now.Sub(at).Abs() > h.cfg.Tolerance {
		return inbound.Late
	}
	u, err := amazonURL(n.SigningCertURL)
	if err != nil || !strings.HasSuffix(u.Path, ".pem") {
		return inbound.Refuse(http.StatusUnauthorized, "SigningCertURL is not one of SNS")
	}
	cert, err := h.certs.of(u.String(), func(address string) ([]byte, error) { return h.get(ctx, address) })
	if err != nil {
		return fmt.Errorf("certificate of %s: %w", u.Host, err)
	}
	key, ok := cert.PublicKey.(*rsa.PublicKey)
	if !ok || now.Before(cert.NotBefore) || now.After(cert.NotAfter) {
		return inbound.Refuse(http.StatusUnauthorized, "certificate is not valid now")
	}
	if err := checkSignature(key, n, signature); err != nil {
		return inbound.BadSignature
	}
	return nil
}

// checkSignature checks RSA PKCS #1 v1.5 over SHA-1 (version 1, the default of SNS) or SHA-256
// (version 2).
func checkSignature(key *rsa.PublicKey, n *message, signature []byte) error {
	text := []byte(n.canonical())
	switch n.SignatureVersion {
	case "1":
		sum := sha1.Sum(text)
		return rsa.VerifyPKCS1v15(key, crypto.SHA1, sum[:], signature)
	case "2":
		sum := sha256.Sum256(text)
		return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature)
	}
	return errors.New("signature is of an unknown version")
}

// certificates caches the fetched certificates by address. SNS gives a new certificate a new
// address.
type certificates struct {
	mu sync.Mutex
	at map[string]*x509.Certificate
}

// maxCertificates is enough for one of each region, and its successor.
const maxCertificates = 32

func (c *certificates) of(address string, get func(string) ([]byte, error)) (*x509.Certificate, error) {
	c.mu.Lock()
	cert := c.at[address]
	c.mu.Unlock()
	if cert != nil {
		return cert, nil
	}
	text, err := get(address)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("is not PEM")
	}
	if cert, err = x509.ParseCertificate(block.Bytes); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at == nil || len(c.at) >= maxCertificates {
		c.at = map[string]*x509.Certificate{}
	}
	c.at[address] = cert
	return cert, nil
}
