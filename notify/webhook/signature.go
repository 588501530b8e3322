package webhook

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// The headers of Standard Webhooks.
const (
	headerID        = "Webhook-Id"
	headerTimestamp = "Webhook-Timestamp"
	headerSignature = "Webhook-Signature"
)

// Tolerance is by how much a timestamp may differ from the receiver's time, before and after.
const Tolerance = 5 * time.Minute

// ErrSignature says that a request is not from who it should be, or is too old or too new.
var ErrSignature = errors.New("webhook: signature does not fit")

// How a secret begins, and how many bytes it has (Standard Webhooks, "Signature scheme").
const (
	secretPrefix = "whsec_"
	leastSecret  = 24
	mostSecret   = 64
)

// NewSecret returns a random secret of 32 bytes, in the form that [Endpoint] takes.
func NewSecret() string {
	var key [32]byte
	rand.Read(key[:]) // never fails: see crypto/rand
	return secretPrefix + base64.StdEncoding.EncodeToString(key[:])
}

// Verify checks a request that a Notifier made, by its headers and the bytes of its body before
// anything else is done with them, and with any of the secrets. Its error is ErrSignature, or names
// a secret that is none. Whoever needs each notification once remembers the header webhook-id.
func Verify(h http.Header, body []byte, secrets []string, now time.Time) error {
	id, at := h.Get(headerID), h.Get(headerTimestamp)
	keys, err := keysOf(secrets)
	if err != nil {
		return err
	}
	sent, err := strconv.ParseInt(at, 10, 64)
	if err != nil || id == "" || strings.Contains(id, ".") {
		return ErrSignature
	}
	if age := now.Unix() - sent; age > int64(Tolerance/time.Second) || age < -int64(Tolerance/time.Second) {
		return ErrSignature
	}
	fits := false
	for _, key := range keys {
		want := digest(key, id, at, body)
		list := h.Get(headerSignature)
		for range mostSignatures {
			var one string
			one, list, _ = strings.Cut(list, " ")
			given, ok := strings.CutPrefix(one, "v1,")
			got, err := base64.StdEncoding.DecodeString(given)
			if hmac.Equal(got, want) && ok && err == nil {
				fits = true
			}
		}
	}
	if !fits {
		return ErrSignature
	}
	return nil
}

// mostSignatures is how many of a request are looked at.
const mostSignatures = 16

// sign returns the signatures of a request, by each of the secrets.
func sign(secrets []string, id, at string, body []byte) (string, error) {
	keys, err := keysOf(secrets)
	if err != nil {
		return "", err
	}
	list := make([]string, len(keys))
	for i, key := range keys {
		list[i] = "v1," + base64.StdEncoding.EncodeToString(digest(key, id, at, body))
	}
	return strings.Join(list, " "), nil
}

func digest(key []byte, id, at string, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + at + "."))
	mac.Write(body)
	return mac.Sum(nil)
}

// keysOf reads secrets. Its errors do not repeat them.
func keysOf(secrets []string) ([][]byte, error) {
	if len(secrets) == 0 {
		return nil, &helpdesk.FieldError{Field: "Secrets", Problem: "is empty"}
	}
	keys := make([][]byte, len(secrets))
	for i, s := range secrets {
		wrong := func(problem string) error {
			return &helpdesk.FieldError{Field: fmt.Sprintf("Secrets[%d]", i), Problem: problem}
		}
		text, ok := strings.CutPrefix(s, secretPrefix)
		if !ok {
			return nil, wrong("does not begin with whsec_")
		}
		key, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, wrong("is not base64")
		}
		if len(key) < leastSecret || len(key) > mostSecret {
			return nil, wrong(fmt.Sprintf("does not have %d to %d bytes", leastSecret, mostSecret))
		}
		keys[i] = key
	}
	return keys, nil
}
