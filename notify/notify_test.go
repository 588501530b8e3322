package notify_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify"
)

func notice(kind helpdesk.NoticeKind) *helpdesk.Notification {
	return &helpdesk.Notification{
		Key: "k1", Kind: kind, Urgent: kind == helpdesk.NoticeAtRisk, Text: "It is due in 30 minutes.",
		To:     []helpdesk.Recipient{{Agent: "ana", Email: "ana@example.com"}},
		Ticket: &helpdesk.Ticket{Ref: "7Q2M-X4KD", Subject: "Refund"},
	}
}

func ExampleLog() {
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
	notify.Log(logger).Notify(context.Background(), notice(helpdesk.NoticeAtRisk))
	// Output:
	// level=WARN msg=notice kind=at_risk ticket=7Q2M-X4KD recipients=1 tenant="" key=k1
}

func TestLogWritesUnhurriedNoticesAtInfo(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, notify.Log(slog.New(slog.NewTextHandler(&out, nil))).Notify(t.Context(), notice(helpdesk.NoticeReply)))
	require.Contains(t, out.String(), "level=INFO")
	require.NotContains(t, out.String(), "@")
	out.Reset()
	debug := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	require.NoError(t, notify.Log(debug).Notify(t.Context(), notice(helpdesk.NoticeReply)))
	require.Contains(t, out.String(), "to=[ana@example.com]")
}

func TestMultiTellsEverybodyAndReportsWhoFailed(t *testing.T) {
	t.Parallel()
	told := 0
	ok := helpdesk.NotifierFunc(func(context.Context, *helpdesk.Notification) error { told++; return nil })
	broken := errors.New("mail server is down")
	down := helpdesk.NotifierFunc(func(context.Context, *helpdesk.Notification) error { return broken })
	require.ErrorIs(t, notify.Multi(down, ok, ok).Notify(t.Context(), notice(helpdesk.NoticeReply)), broken)
	require.Equal(t, 2, told)
	require.NoError(t, notify.Multi(ok).Notify(t.Context(), notice(helpdesk.NoticeReply)))
}

func TestJoinIsFinalOnlyWhenAllItsErrorsAre(t *testing.T) {
	t.Parallel()
	final, later := &helpdesk.FieldError{Field: "to", Problem: "is nobody"}, errors.New("mail server is down")
	require.NoError(t, notify.Join(nil, nil))
	require.ErrorIs(t, notify.Join(nil, final, final), helpdesk.ErrInvalid)
	for _, err := range []error{notify.Join(final, later), notify.Join(later, nil, final)} {
		require.NotErrorIs(t, err, helpdesk.ErrInvalid)
		require.ErrorIs(t, err, later)
		require.ErrorContains(t, err, "to is nobody")
	}
}

func TestOnlyPassesOnItsKinds(t *testing.T) {
	t.Parallel()
	told := 0
	count := helpdesk.NotifierFunc(func(context.Context, *helpdesk.Notification) error { told++; return nil })
	n := notify.Only(count, helpdesk.NoticeReply, helpdesk.NoticeResolved)
	for _, kind := range []helpdesk.NoticeKind{helpdesk.NoticeReply, helpdesk.NoticeBreached, helpdesk.NoticeResolved} {
		require.NoError(t, n.Notify(t.Context(), notice(kind)))
	}
	require.Equal(t, 2, told)
}
