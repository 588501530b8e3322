package inbound

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Login is a name and password of HTTP basic authentication (RFC 7617).
type Login struct {
	User, Password string
}

// Set reports whether a password is set. Without one nobody gets in.
func (l Login) Set() bool { return l.Password != "" }

// Fits reports whether the request has the name and the password. Its time depends on neither.
func (l Login) Fits(r *http.Request) bool {
	user, password, ok := r.BasicAuth()
	return l.Set() && ok && equal(user, l.User)&equal(password, l.Password) == 1
}

// equal compares hashes, so that not even a length is told by the time it takes.
func equal(a, b string) int {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:])
}

// Recent reports whether a time, in seconds since 1970, is at most tolerance before or after now.
func Recent(clock helpdesk.Clock, seconds string, tolerance time.Duration) bool {
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || n < 0 || n > 1<<40 {
		return false
	}
	return clock.Now().Sub(time.Unix(n, 0)).Abs() <= tolerance
}

// The refusals of requests that are not the provider's.
var (
	NoSignature  = Refuse(http.StatusUnauthorized, "request is not signed")
	BadSignature = Refuse(http.StatusUnauthorized, "signature is not right")
	Late         = Refuse(http.StatusUnauthorized, "request was signed too long ago, or ahead of time")
	NoLogin      = Refuse(http.StatusUnauthorized, "name or password is not right")
)
