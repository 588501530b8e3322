// Package noaddress takes mail addresses out of what is written to a log. Logs are kept and read
// elsewhere than tickets, and Desk.Erase does not reach them.
package noaddress

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
)

// Removed stands in a text where an address stood.
const Removed = "(address)"

// address has a local part, which may be quoted (RFC 5321, section 4.1.2), a sign, and a domain or
// an IP address in brackets. A log writes key=value, so what stands before an equals sign belongs
// to the local part only if it has the form of VERP: the one before it has a plus or a hyphen, or
// the one behind it has a dot.
var address = regexp.MustCompile(`(?i)(?:"(?:[^"\\\n]|\\[^\n]){1,128}"|\\"[^"\\\n]{1,128}\\"|` + word + `*[+-]` + verp + `+=` + word + `+|` + verp + `+=` + word + `*\.` + word + `*|` + word + `+)` +
	`(?:@|＠|﹫|%40|%EF%BC%A0|&#64;|&#x40;|&commat;)(?:\[[^\s\]]{1,64}\]|` + word + `+)`)

const (
	word = `[^\s@＠﹫<>"(),;:=\[\]]`
	verp = `[^\s@＠﹫<>"(),;:\[\]]`
)

// In returns a text with each mail address replaced by [Removed].
func In(text string) string { return address.ReplaceAllString(text, Removed) }

// Logger returns a logger that writes to l, and lines of level Info and above without mail
// addresses in the message and the values. Nil means slog.Default().
func Logger(l *slog.Logger) *slog.Logger {
	if l == nil {
		l = slog.Default()
	}
	if _, ok := l.Handler().(handler); ok {
		return l
	}
	return slog.New(handler{l.Handler()})
}

type handler struct{ slog.Handler }

// Handle implements slog.Handler.
func (h handler) Handle(ctx context.Context, r slog.Record) error {
	if r.Level < slog.LevelInfo {
		return h.Handler.Handle(ctx, r)
	}
	clean := slog.NewRecord(r.Time, r.Level, In(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(without(a))
		return true
	})
	return h.Handler.Handle(ctx, clean)
}

// WithAttrs implements slog.Handler.
func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.Handler.WithAttrs(withoutAll(attrs))}
}

// WithGroup implements slog.Handler.
func (h handler) WithGroup(name string) slog.Handler { return handler{h.Handler.WithGroup(name)} }

func without(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindGroup:
		return slog.Attr{Key: a.Key, Value: slog.GroupValue(withoutAll(v.Group())...)}
	case slog.KindString, slog.KindAny:
		text := fmt.Sprint(v.Any())
		if clean := In(text); clean != text {
			return slog.String(a.Key, clean)
		}
	}
	return slog.Attr{Key: a.Key, Value: v}
}

func withoutAll(attrs []slog.Attr) []slog.Attr {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = without(a)
	}
	return clean
}
