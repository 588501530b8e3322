package email_test

import (
	"fmt"
	"net/mail"
	"strings"

	"github.com/helpdesk-go/helpdesk/email"
)

func ExampleParse() {
	in, err := email.Parse(strings.NewReader(`From: =?utf-8?Q?J=C3=B6rg_Brook?= <Joerg@customer.example>
To: help@desk.example
Subject: Parcel 17
Message-ID: <17@customer.example>
Content-Type: multipart/mixed; boundary=part

--part
Content-Type: text/plain; charset=utf-8

The box is broken, see the picture.
--part
Content-Type: image/png; name="box.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--part--
`))
	if err != nil {
		panic(err)
	}
	fmt.Println(in.Kind, "from", in.From.Name, in.From.Email)
	fmt.Println(in.Subject)
	fmt.Println(in.Text)
	for _, f := range in.Files {
		fmt.Println(f.Name, f.Type, f.Size, "bytes")
	}
	// Output:
	// message from Jörg Brook joerg@customer.example
	// Parcel 17
	// The box is broken, see the picture.
	// box.png image/png 8 bytes
}

func ExampleCompose() {
	in := email.Compose(mail.Header{
		"From":           {"Ada Brook <ada@customer.example>"},
		"Subject":        {"Out of office: Parcel 17"},
		"Auto-Submitted": {"auto-replied"},
		"Envelope-To":    {"help+token@desk.example"},
	}, "I am away until Monday.", "", nil)
	fmt.Println(in.Kind, "because of", in.Reason)
	fmt.Println(in.Recipients)
	// Output:
	// automatic because of Auto-Submitted: auto-replied
	// [help+token@desk.example]
}
