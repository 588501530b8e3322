package smtpnotify

import (
	"errors"
	"fmt"

	"github.com/helpdesk-go/helpdesk"
)

// RefusedError says that a mail cannot reach its recipient, however often it is tried: the server answered with a code that is
// permanent (RFC 5321, 4.2.1) to the recipient or the mail. It matches helpdesk.ErrInvalid.
type RefusedError struct {
	Recipient string
	Code      int    // such as 550; 0 when the server was not asked
	Text      string // of the server
}

func (e *RefusedError) Error() string {
	if e.Code == 0 {
		return fmt.Sprintf("mail to %s: %s", e.Recipient, e.Text)
	}
	return fmt.Sprintf("mail to %s refused: %d %s", e.Recipient, e.Code, e.Text)
}

// Is makes it helpdesk.ErrInvalid.
func (e *RefusedError) Is(target error) bool { return target == helpdesk.ErrInvalid }

// together joins what became of several mails. As long as one of them may be tried again the whole may: the others are
// no ErrInvalid then.
func together(errs []error) error {
	again, refused := false, []error(nil)
	for _, err := range errs {
		again = again || (err != nil && !errors.Is(err, helpdesk.ErrInvalid))
	}
	for _, err := range errs {
		if err != nil && again && errors.Is(err, helpdesk.ErrInvalid) {
			err = errors.New(err.Error())
		}
		refused = append(refused, err)
	}
	if err := errors.Join(refused...); err != nil {
		return fmt.Errorf("smtpnotify: %w", err)
	}
	return nil
}
