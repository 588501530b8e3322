package email

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

// Webhook is the common configuration of the handlers of packages sendgrid, mailgun, postmark and
// ses. The zero value works.
type Webhook struct {
	// Route finds the desk by the recipient's address. Nil means that all mails are for the one
	// Receiver given to New.
	Route Route

	// MaxSize is the size limit of a post in bytes; a larger one is answered with status 413. 0
	// means 40 MiB, and 1 MiB for package ses, whose posts are never larger than a quarter of that.
	// A post is held in memory.
	MaxSize int64

	// Timeout is how long a post may take to arrive; 0 means 1 minute.
	Timeout time.Duration

	// Parallel is the number of posts processed at once. More are answered with status 503, and
	// providers send them again. 0 means 16. Memory is bounded by about three times Parallel times
	// MaxSize.
	Parallel int

	// Failures is the number of posts that one client address may send without a valid signature or
	// password. Further ones are answered with status 429 and Retry-After, and are logged at level
	// Debug, so that nobody can fill the log. Zero means 30 a minute, a negative Count is no limit.
	// Only failures count, and they are counted when the signature has been checked: a valid post
	// is accepted from any address at any time.
	Failures ratelimit.Rate
	// Limiter counts the failures; nil means a ratelimit.Memory.
	Limiter ratelimit.Limiter
	// ClientIP returns the address that a request comes from. Nil means the other end of the
	// connection, which is the proxy behind a proxy.
	ClientIP func(*http.Request) string

	// Clock gives the age of a post; nil means helpdesk.SystemClock.
	Clock helpdesk.Clock
	// Logger logs everything that was refused or failed; nil means slog.Default().
	Logger *slog.Logger
}
