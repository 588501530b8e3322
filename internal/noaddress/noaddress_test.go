package noaddress_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/noaddress"
)

func TestAddressesAreTakenOutOfTexts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"mail to kim@mail.example refused: 550 <Kim@mail.example>: no such user": "mail to (address) refused: 550 <(address)>: no such user",
		`for ["ann.o'hara+x@mail.example" "l\u00e9a@mail.example"]: late`:        `for ["(address)" "(address)"]: late`,
		"kim%40mail.example":                                                 "(address)",
		`550 <"kim lee"@mail.example>: no such user`:                         `550 <(address)>: no such user`,
		`to "kim\\\"lee"@mail.example`:                                       "to (address)",
		`error="no \"kim lee\"@mail.example"`:                                `error="no (address)"`,
		`said "hello" to kim@mail.example`:                                   `said "hello" to (address)`,
		"kim@[192.0.2.1] and lee@[IPv6:2001:db8::1].":                        "(address) and (address).",
		`"kim lee"@[192.0.2.1]`:                                              "(address)",
		"kim＠mail.example, ｋｉｍ＠ｍａｉｌ．ｅｘａｍｐｌｅ":                                 "(address), (address)",
		"kim%EF%BC%A0mail.example kim&#64;mail.example":                      "(address) (address)",
		"bounce+kim=example.org@host.example":                                "(address)",
		"for bounces-7-kim=example@host.example, prvs=1a2=kim.lee@x.example": "for (address), (address)",
		"kim.lee=example.org@host":                                           "(address)",
		"to=kim@mail.example from=lee@mail.example":                          "to=(address) from=(address)",
		"a=b c=d, x+y=z":                                                     "a=b c=d, x+y=z",
		`a "quote" @ noon`:                                                   `a "quote" @ noon`,
		"at 12:30 @ noon":                                                    "at 12:30 @ noon",
		"":                                                                   "",
	} {
		require.Equal(t, want, noaddress.In(text))
	}
}

type id string

func TestALoggerWritesNoAddressFromInfoOn(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	plain := slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug}))
	log := noaddress.Logger(plain)
	require.Same(t, log, noaddress.Logger(log))
	write := func(f func(string, ...any)) string {
		b.Reset()
		f("for kim@mail.example", "error", errors.New("no kim@mail.example"), "agent", id("kim@mail.example"), "to", []string{"kim@mail.example"},
			slog.Group("of", "text", "kim%40mail.example", "n", 7), "none", nil)
		return b.String()
	}
	for _, f := range []func(string, ...any){log.Info, log.Warn, log.Error, log.With("who", "kim@mail.example").WithGroup("g").Error} {
		line := write(f)
		require.NotContains(t, line, "kim", line)
		require.Contains(t, line, "n=7")
		require.Contains(t, line, `error="no (address)"`)
	}
	require.Contains(t, write(log.Debug), "agent=kim@mail.example")
}
