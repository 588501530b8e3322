package email_test

import (
	"encoding/base64"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/inbound"
)

// der is a value with a definite length, ber one with an indefinite length.
func der(tag byte, parts ...[]byte) []byte {
	content := slices.Concat(parts...)
	return slices.Concat([]byte{tag, 0x83, byte(len(content) >> 16), byte(len(content) >> 8), byte(len(content))}, content)
}

func ber(tag byte, parts ...[]byte) []byte {
	return slices.Concat([]byte{tag, 0x80}, slices.Concat(parts...), []byte{0, 0})
}

type asn1 func(tag byte, parts ...[]byte) []byte

// cms is a SignedData around a text, without a signer.
func cms(kind byte, value asn1, text ...string) []byte {
	oid := func(last byte) []byte { return []byte{6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, last} }
	content := der(4, []byte(text[0]))
	if len(text) > 1 {
		var pieces [][]byte
		for _, s := range text {
			pieces = append(pieces, der(4, []byte(s)))
		}
		content = value(0x24, pieces...)
	}
	return value(0x30, oid(kind), value(0xA0, value(0x30, []byte{2, 1, 1}, value(0x31), value(0x30, oid(1), value(0xA0, content)), value(0x31))))
}

func TestAMessageThatIsSignedAsAWholeIsOpened(t *testing.T) {
	t.Parallel()
	const inner = "Content-Type: multipart/mixed; boundary=\"q\"\r\n\r\n--q\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBitte kündigen Sie den Vertrag 4711.\r\n--q\r\n" +
		"Content-Type: application/pdf; name=\"c.pdf\"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--q--\r\n"
	const opaque, text = "application/pkcs7-mime; smime-type=signed-data; name=\"smime.p7m\"", "Bitte kündigen Sie den Vertrag 4711."
	mail := func(typ string, raw []byte) []byte {
		return []byte("From: kim@cust.example\nContent-Type: " + typ + "\nContent-Disposition: attachment; filename=smime.p7m\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(raw) + "\n")
	}
	whole, pieces := cms(2, der, inner), cms(2, ber, inner[:50], inner[50:90], inner[90:])
	for name, raw := range map[string][]byte{
		"DER":             mail(opaque, whole),
		"BER":             mail(opaque, pieces),
		"BER, one string": mail(opaque, cms(2, ber, inner)),
		"x-pkcs7-mime":    mail("application/x-pkcs7-mime; name=smime.p7m", pieces),
		"no smime-type":   mail("application/pkcs7-mime", whole),
		"octet-stream":    mail("application/octet-stream; name=smime.p7m", whole),
		"PEM":             mail(opaque, []byte("-----BEGIN PKCS7-----\n"+base64.StdEncoding.EncodeToString(whole)+"\n-----END PKCS7-----\n")),
		"signed twice":    mail(opaque, cms(2, der, "Content-Type: "+opaque+"\r\nContent-Transfer-Encoding: base64\r\n\r\n"+base64.StdEncoding.EncodeToString(pieces)+"\r\n")),
		"a list's footer": []byte("From: kim@cust.example\nContent-Type: multipart/mixed; boundary=l\n\n--l\nContent-Type: " + opaque + "\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(whole) + "\n--l--\n"),
	} {
		in := parsed(t, raw)
		require.Equal(t, text, in.Text, name)
		require.Len(t, in.Files, 1, name)
		require.Equal(t, "c.pdf", in.Files[0].Name, name)
		require.Contains(t, in.Remark, "not checked", name)
		require.Empty(t, in.Problem, name)
	}
	// A provider gives the structure as a file.
	header := netmail.Header{"From": {"kim@cust.example"}}
	in := email.Compose(header, "", "", []helpdesk.File{{Name: "smime.p7m", Type: "application/pkcs7-mime", Open: inbound.Bytes(pieces)}})
	require.Equal(t, text, in.Text)
	require.Equal(t, "c.pdf", in.Files[0].Name)
	in = email.Compose(header, "", "", []helpdesk.File{{Name: "winmail.dat", Type: "application/ms-tnef", Open: inbound.Bytes(winmail(compressed(`{\rtf1 It leaks.}`, 0x414C454D)))}})
	require.Equal(t, "It leaks.", in.Text)
	require.Empty(t, in.Files)
	in = email.Compose(header, "", "", []helpdesk.File{{Name: "smime.p7m", Type: "application/pkcs7-mime", Open: inbound.Bytes([]byte("nothing"))}})
	require.Equal(t, "smime.p7m", in.Files[0].Name)
	require.Empty(t, in.Text)

	for name, raw := range map[string][]byte{
		"encrypted": mail("application/pkcs7-mime; smime-type=enveloped-data", cms(3, der, inner)),
		"broken":    mail(opaque, whole[:20]),
		"no CMS":    mail(opaque, []byte("nothing")),
		"too deep":  mail(opaque, []byte(strings.Repeat("\x30\x80", 1000))),
	} {
		in := parsed(t, raw)
		require.Empty(t, in.Remark, name)
		require.NotEmpty(t, in.Problem, name)
		require.Equal(t, "smime.p7m", in.Files[0].Name, name)
	}
}
