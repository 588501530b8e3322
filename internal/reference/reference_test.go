package reference_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/reference"
)

func TestSpellings(t *testing.T) {
	ref := reference.New()
	require.NotEqual(t, ref, reference.New())
	require.Regexp(t, `^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$`, ref)
	for _, typed := range []string{"7Q2M-X4K1", "7q2m-x4k1", "7q2mx4k1", "[7Q2M-X4K1]", "#7q2m-x4ki", " 7Q2M x4kl", "7Q2M–X4K1"} {
		require.Contains(t, reference.Spellings(typed), "7Q2M-X4K1", typed)
	}
	require.Equal(t, []string{"INV/2026-1", "inv/2026-1"}, reference.Spellings("INV/2026-1"), "a host's own")
	require.NotContains(t, reference.Spellings("7q2m-x4k1a"), "7Q2M-X4K1")
}

func TestInASentence(t *testing.T) {
	require.Contains(t, reference.In("what became of 7q2m-x4k1, please?"), "7Q2M-X4K1")
	require.Contains(t, reference.In("about (inv/2026-1)."), "inv/2026-1")
	require.Contains(t, reference.In("Case-12"), "Case-12", "as a host has it")
	require.Len(t, reference.In("aaaa1111 aaaa1112 aaaa1113 aaaa1114 aaaa1115 aaaa1116 aaaa1117 aaaa1118 aaaa1119 aaaa1120 aaaa1121"), 10)
}
