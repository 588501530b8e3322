// Package notify has notifiers to tell people with, and to put together.
package notify

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// Log returns a Notifier that writes a line for each notification: at level Warn when it is urgent,
// else at Info. The line has kind, ticket and number of recipients. A logger of level Debug also
// gets their addresses, subject and text, which are personal data. A nil logger is slog.Default().
func Log(logger *slog.Logger) helpdesk.Notifier {
	if logger == nil {
		logger = slog.Default()
	}
	return helpdesk.NotifierFunc(func(ctx context.Context, n *helpdesk.Notification) error {
		level := slog.LevelInfo
		if n.Urgent {
			level = slog.LevelWarn
		}
		line := []slog.Attr{
			slog.String("kind", string(n.Kind)), slog.String("ticket", n.Ticket.Ref), slog.Int("recipients", len(n.To)),
			slog.String("tenant", string(n.Tenant)), slog.String("key", n.Key),
		}
		if logger.Enabled(ctx, slog.LevelDebug) {
			to := make([]string, len(n.To))
			for i, r := range n.To {
				to[i] = r.Email
			}
			line = append(line, slog.Any("to", to), slog.String("subject", n.Ticket.Subject), slog.String("text", n.Text))
		}
		logger.LogAttrs(ctx, level, "notice", line...)
		return nil
	})
}

// Multi returns a Notifier that calls each of the others, and all of them even when some fail.
// After any failure the desk calls all of them again, with the same Key, unless each failure is
// ErrInvalid: see [Join].
func Multi(notifiers ...helpdesk.Notifier) helpdesk.Notifier {
	notifiers = slices.Clone(notifiers)
	return helpdesk.NotifierFunc(func(ctx context.Context, n *helpdesk.Notification) error {
		var errs []error
		for _, to := range notifiers {
			errs = append(errs, to.Notify(ctx, n))
		}
		return Join(errs...)
	})
}

// Join joins the results of several deliveries of one notification; nil when there is no error. The
// result is ErrInvalid, by which a Notifier says that another try is of no use, when all of its
// errors are. As long as one error may go away, none is final.
func Join(errs ...error) error {
	final := func(err error) bool { return err == nil || errors.Is(err, helpdesk.ErrInvalid) }
	err := errors.Join(errs...)
	if err == nil || !slices.ContainsFunc(errs, func(err error) bool { return !final(err) }) {
		return err
	}
	errs = slices.Clone(errs)
	for i, err := range errs {
		if err != nil && final(err) {
			errs[i] = errors.New(err.Error())
		}
	}
	return errors.Join(errs...)
}

// Only returns a Notifier that passes on notifications of the given kinds, and drops others.
func Only(to helpdesk.Notifier, kinds ...helpdesk.NoticeKind) helpdesk.Notifier {
	kinds = slices.Clone(kinds)
	return helpdesk.NotifierFunc(func(ctx context.Context, n *helpdesk.Notification) error {
		if !slices.Contains(kinds, n.Kind) {
			return nil
		}
		return to.Notify(ctx, n)
	})
}
