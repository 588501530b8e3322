package email

import (
	"log/slog"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Webhook is what the handlers of packages sendgrid, mailgun, postmark and ses have in common. The zero value works.
type Webhook struct {
	// Route finds the desk by the address a mail was sent to. Nil: all mails are for the one Receiver given to New.
	Route Route

	// MaxSize is the largest post taken, in bytes; larger ones are answered with status 413. 0 means 40 MiB, and 1 MiB for
	// package ses, whose posts are never larger than a quarter of that. A post is held in memory.
	MaxSize int64

	// Timeout is how long a post may take to arrive; 0 means 1 minute.
	Timeout time.Duration

	// Parallel is how many posts are worked on at once; more are answered with status 503, and come again. 0 means 16.
	// Times MaxSize it bounds the memory, about threefold.
	Parallel int

	Clock  helpdesk.Clock // nil means helpdesk.SystemClock; the age of a post is told by it
	Logger *slog.Logger   // nil means slog.Default(); it is told of everything that was refused or failed
}
