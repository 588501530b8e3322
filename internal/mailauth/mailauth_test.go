package mailauth_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/mailauth"
)

func TestResultsOfATrustedServerSayWhoWrote(t *testing.T) {
	t.Parallel()
	const from = "kim@cust.example"
	for field, want := range map[string]string{
		"mx.desk.example; dmarc=pass (p=reject) header.from=cust.example":                                                   "authenticated",
		"mx.desk.example; dmarc=pass header.from=CUST.example.":                                                             "authenticated",
		"mx.desk.example 1; spf=pass smtp.mailfrom=bounce@mail.cust.example":                                                "authenticated",
		"mx.desk.example; dkim=fail header.d=cust.example; dkim=pass header.i=@news.cust.example":                           "authenticated",
		"mx.desk.example; spf=fail smtp.mailfrom=a@evil.example; dkim=none; dmarc=fail (p=reject) header.from=cust.example": "failed",
		"mx.desk.example; dkim=pass header.d=cust.example; dmarc=fail header.from=cust.example":                             "failed",
		"mx.desk.example; none": "unknown",
		"mx.desk.example":       "unknown",
		"mx.desk.example; spf=pass smtp.mailfrom=a@evil.example":                                    "unknown",
		"mx.desk.example; spf=pass smtp.helo=cust.example":                                          "unknown",
		"mx.desk.example; dkim=pass header.d=notcust.example":                                       "unknown",
		"mx.desk.example; dkim=pass header.d=example":                                               "unknown",
		"mx.desk.example; dmarc=pass":                                                               "unknown", // of what?
		"mx.desk.example; dmarc=pass header.from=evil.example":                                      "unknown",
		"mx.desk.example; dmarc=none; dmarc=pass header.from=cust.example":                          "unknown",
		"mx.desk.example; dmarc=pass header.from=cust.example; dmarc=fail header.from=cust.example": "failed",
		// What a sender may write into the envelope or the name of its computer.
		`mx.desk.example; spf=none smtp.mailfrom="x; dmarc=pass header.from=cust.example; y"@evil.example`:                     "unknown",
		`mx.desk.example; spf=none (helo is (cust.example); dmarc=pass header.from=cust.example) smtp.mailfrom=a@evil.example`: "unknown",
		`mx.desk.example; spf=none smtp.mailfrom=x;dmarc=pass header.from=cust.example@evil.example`:                           "unknown",
		`mx.desk.example; spf=pass smtp.mailfrom=cust.example smtp.mailfrom=evil.example`:                                      "",
		`mx.desk.example; spf=pass ("smtp.mailfrom=cust.example`:                                                               "",
		`mx.desk.example; dmarc=pass header.from="cust.example`:                                                                "",
		`""; dmarc=pass header.from=cust.example`:                                                                              "",
		`dmarc=pass header.from=cust.example`:                                                                                  "",
		"":                                                                                                                     "",
	} {
		server, checks, ok := mailauth.Parse(field)
		if want == "" {
			require.False(t, ok, field)
			continue
		}
		require.True(t, ok, field)
		require.Equal(t, "mx.desk.example", server)
		state, _ := mailauth.Judge(from, checks)
		require.Equal(t, want, state, field)
	}
}

func TestDomainsOfOneOrganisationAreAligned(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"kim@cust.co.uk", "mail.cust.co.uk", true}, {"a.cust.example", "b.cust.example", true}, {"bücher.example", "mail.xn--bcher-kva.example", true},
		{"kim@cust.co.uk", "evil.co.uk", false}, {"co.uk", "evil.co.uk", false}, {"kim@cust.example", "cust.example.evil.example", false},
		{"kim@one.github.io", "two.github.io", false}, {"", "", false}, {"kim@[192.0.2.1]", "[192.0.2.1]", false},
	} {
		require.Equal(t, c.want, mailauth.Aligned(c.a, c.b), c)
		require.Equal(t, c.want, mailauth.Aligned(c.b, c.a), c)
	}
}

// FuzzParse holds that what a sender can write inside a quote, a comment or a value of a trusted
// server's field does not authenticate the mail.
func FuzzParse(f *testing.F) {
	f.Add("a; dmarc=pass header.from=cust.example")
	f.Add(`\"; dmarc=pass header.from=cust.example; x="`)
	f.Add("((a)) = b")
	f.Fuzz(func(t *testing.T, text string) {
		mailauth.Parse(text)
		quoted := ""
		for _, r := range text {
			if r == '"' || r == '\\' {
				quoted += `\`
			}
			quoted += string(r)
		}
		_, c, ok := mailauth.Parse(`mx.desk.example; spf=none smtp.mailfrom="` + quoted + `"@evil.example; dmarc=none header.from=evil.example`)
		if ok {
			state, _ := mailauth.Judge("kim@cust.example", c)
			require.Equal(t, "unknown", state)
		}
	})
}
