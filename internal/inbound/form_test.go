package inbound_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/internal/inbound"
	"github.com/helpdesk-go/helpdesk/internal/inboundtest"
)

func TestAFormIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[a-z][a-z0-9-]{0,10}`)
		parts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) inboundtest.Part {
			return inboundtest.Part{Field: name.Draw(t, "field"), File: rapid.SampledFrom([]string{"", "a.txt", "b c.png"}).Draw(t, "file"),
				Type: rapid.SampledFrom([]string{"", "text/plain", "image/png"}).Draw(t, "type"), Content: string(rapid.SliceOf(rapid.Byte()).Draw(t, "content"))}
		}), 1, 8).Draw(t, "parts")
		form, err := inbound.ReadForm(inboundtest.Form(parts...))
		require.NoError(t, err)
		require.Len(t, form, len(parts))
		for i, p := range parts {
			require.Equal(t, inbound.Part{Field: p.Field, File: p.File, Type: p.Type, Content: []byte(p.Content)}, form[i])
		}
	})
}

func TestAFormOfEndlessFieldsIsRefused(t *testing.T) {
	t.Parallel()
	_, err := inbound.ReadForm("application/x-www-form-urlencoded", []byte(strings.Repeat("a&", 1_000_000)))
	var answer *inbound.Answer
	require.True(t, errors.As(err, &answer))
	require.Equal(t, 400, answer.Status)
	form, err := inbound.ReadForm("application/x-www-form-urlencoded; charset=utf-8", []byte("a=1%202+3&b&a=%ff"))
	require.NoError(t, err)
	require.Equal(t, "1 2 3", form.Text("a"))
	require.NotNil(t, form.Get("b"))
	require.Nil(t, form.Get("c"))
	require.Equal(t, "\xff", string(form[2].Content))
}
