package safereply

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRepliesLeadNowhereOfTheirOwn(t *testing.T) {
	t.Parallel()
	for _, foreign := range []string{
		"See https://evil.example/pay", "See EVIL.com", "write to help@evil.example.", "[click](https://evil.example)", "call +1 555 010 9999",
		"evil dot com", "hxxps://evil.com/x", "ev\u200bil.com", "//evil.com/x", "<a href=\"http://evil.com\">here</a>", "evil&#46;com", "http://203.0.113.9/",
		"203.0.113.9", "mailto:x@evil.com", "еvil.com", "ｅｖｉｌ．ｃｏｍ", "evil[.]com", "support (at) evil (dot) com", "javascript:alert(1)", "\\\\evil.com\\share",
		"xn--evl-8la.com", "(0211) 555 0199", "https://shop.example.evil.com/", "http://shop.example@evil.com/", "setup.zip",
	} {
		require.False(t, Allowed("Thank you. "+foreign, "Our shop is https://shop.example/pay, phone 030 1234567"), foreign)
	}
	for _, fine := range []string{
		"Thank you for your message.", "Please update to v2.1.", "We use node.js, e.g. 3.5 or 4.0.", "Mr.Smith has sent report.csv and config.yaml.", "It costs 1.500,00 EUR.",
		"Opening hours are 9:00-17:00.", "Yes, https://shop.example/pay is ours.", "Is it HTTPS://SHOP.EXAMPLE/pay?", "We call you at 030 1234567.", "Invoice 2026-03-02 is paid.",
		"Error 0x80070057 means that the disk is full.", "",
	} {
		require.True(t, Allowed(fine, "Our shop is https://shop.example/pay, phone 030 1234567"), fine)
	}
}

// The texts make a careless pattern read the same bytes again and again. Such a pattern would take
// longer than a test may.
func TestALongReplyIsCheckedInTime(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for _, part := range []string{"a.", "@", "1 ", "//", "dot ", "[", "&#46;", "one ", "\\", "a@", ":", "<a ", "a.It "} {
		long := strings.Repeat(part, 30_000/len(part))
		require.False(t, Allowed(long+" https://evil.example/x", long), part)
	}
	for _, part := range []string{"pin ", "send us ", "please ", "never ", "we need ", "code ", "password page ", "密码", "x pin page, ", "pin. "} {
		long := strings.Repeat(part, 30_000/len(part))
		require.True(t, AsksSecret(long+"\nPlease send us your PIN."), part)
		require.False(t, OfPrompt(long), part)
	}
}

func FuzzAllowed(f *testing.F) {
	f.Add("Thank you.", "text")
	f.Add("see evil dot com", "https://a.example")
	f.Fuzz(func(t *testing.T, response, own string) {
		if Allowed(response+"\n\nhttps://q7z.example/x", own) && !strings.Contains(own, "q7z") {
			t.Errorf("what stands before a link hides it: %q", response)
		}
	})
}
