package email_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestSenderHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]helpdesk.Contact{
		`ada@b.example`:                              {Email: "ada@b.example"},
		`<ADA@B.Example>`:                            {Email: "ada@b.example"},
		`Ada Brook <ada@b.example>`:                  {Name: "Ada Brook", Email: "ada@b.example"},
		`"Brook, Ada" <ada@b.example>`:               {Name: "Brook, Ada", Email: "ada@b.example"},
		`ada@b.example (Ada Brook)`:                  {Name: "Ada Brook", Email: "ada@b.example"},
		`'Ada' <ada@b.example>`:                      {Name: "Ada", Email: "ada@b.example"},
		`"ada@b.example" <ada@b.example>`:            {Email: "ada@b.example"},
		`"'ada@b.example' via Desk" <d@b.example>`:   {Name: "'ada@b.example' via Desk", Email: "d@b.example"},
		`Ada <ada@b.example`:                         {Name: "Ada", Email: "ada@b.example"},
		`Ada ada@b.example`:                          {Email: "ada@b.example"},
		`Ada <mailto:ada@b.example>`:                 {Name: "Ada", Email: "ada@b.example"},
		`Ada <<ada@b.example>>, Bob <b@b.example>`:   {Name: "Ada", Email: "ada@b.example"},
		`"Ada <ada@b.example>`:                       {Name: "Ada", Email: "ada@b.example"},
		`team: Ada <ada@b.example>, b@b.example;`:    {Name: "Ada", Email: "ada@b.example"},
		`"ada"@b.example`:                            {Email: "ada@b.example"},
		`"ada@home"@b.example`:                       {Email: `"ada@home"@b.example`},
		`ada@[192.0.2.1]`:                            {Email: "ada@[192.0.2.1]"},
		`用户@例子.example`:                              {Email: "用户@例子.example"},
		`=?utf-8?b?0JDQtNCw?= <ada@xn--e1aybc.test>`: {Name: "Ада", Email: "ada@xn--e1aybc.test"},
		"\"\u202eada\" <ada@b.example>":              {Name: "ada", Email: "ada@b.example"},
		`Ada (the "one") Brook <ada@b.example>`:      {Name: "Ada Brook", Email: "ada@b.example"},
		`MAILER-DAEMON`:                              {Name: "MAILER-DAEMON"},
		`MAILER-DAEMON <>`:                           {Name: "MAILER-DAEMON"},
		`undisclosed-recipients:;`:                   {},
		`@`:                                          {Name: "@"},
		`Ada <ada@>`:                                 {Name: "Ada"},
		`Ada <a b@c d>`:                              {Name: "Ada"},
		``:                                           {},
	} {
		in := parsed(t, []byte("Subject: x\nFrom: "+from+"\n\nx"))
		require.Equal(t, want, in.From, from)
	}
}
