package smtpnotify

import (
	"fmt"

	"github.com/helpdesk-go/helpdesk"
)

// RefusedError says that a mail can never reach its recipient: the server answered with a permanent
// code (RFC 5321, 4.2.1) to the recipient or the mail. It matches helpdesk.ErrInvalid.
type RefusedError struct {
	Recipient string
	Code      int    // such as 550; 0 without an answer of a server
	Text      string // of the server's answer
}

func (e *RefusedError) Error() string {
	if e.Code == 0 {
		return fmt.Sprintf("mail to %s: %s", e.Recipient, e.Text)
	}
	return fmt.Sprintf("mail to %s refused: %d %s", e.Recipient, e.Code, e.Text)
}

// Is matches helpdesk.ErrInvalid.
func (e *RefusedError) Is(target error) bool { return target == helpdesk.ErrInvalid }
