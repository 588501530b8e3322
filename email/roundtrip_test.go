package email_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/email"
)

// TestWhatIsWrittenIsRead writes mails in many charsets and encodings, and reads the same text
// back.
func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	alphabets := map[string]string{
		"utf-8": "aZ1 äß€Жשع日語😀.", "iso-8859-1": "aZ1 äßéñ.", "iso-8859-15": "aZ1 äß€.", "windows-1252": "aZ1 äß€„“.", "koi8-r": "aZ1 Жжюя.",
		"windows-1251": "aZ1 Жжюя№.", "iso-8859-2": "aZ1 łőž.", "windows-1255": "aZ1 שלום.", "windows-1256": "aZ1 عرب.", "iso-2022-jp": "aZ1 日本語かな.",
		"shift_jis": "aZ1 日本語かな.", "euc-kr": "aZ1 한국어.", "gb18030": "aZ1 中文㐀.", "big5": "aZ1 中文.",
	}
	charsets := rapid.SampledFrom([]string{"utf-8", "iso-8859-1", "iso-8859-15", "windows-1252", "koi8-r", "windows-1251", "iso-8859-2", "windows-1255",
		"windows-1256", "iso-2022-jp", "shift_jis", "euc-kr", "gb18030", "big5"})
	rapid.Check(t, func(t *rapid.T) {
		charset := charsets.Draw(t, "charset")
		letters := []rune(alphabets[charset])
		text := rapid.StringOfN(rapid.SampledFrom(letters), 1, 60, -1)
		enc, err := htmlindex.Get(charset)
		require.NoError(t, err)
		// Another charset's bytes may be UTF-8 by chance, and are then read as UTF-8.
		var strange bool
		written := func(s string) []byte {
			b, err := encoding.ReplaceUnsupported(enc.NewEncoder()).Bytes([]byte(s))
			require.NoError(t, err)
			strange = strange || charset != "utf-8" && charset != "iso-2022-jp" && strings.ContainsFunc(s, func(r rune) bool { return r > 127 }) && bytes.Equal(bytes.ToValidUTF8(b, nil), b)
			return b
		}
		subject, name, body := oneSpaced(text.Draw(t, "subject")), oneSpaced(text.Draw(t, "name"))+"x.pdf", "x"+text.Draw(t, "body")+"y"
		content := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "content")

		var m bytes.Buffer
		fmt.Fprintf(&m, "Subject: %s\r\nContent-Type: multipart/mixed; boundary=\"b b\"\r\n\r\n--b b\r\nContent-Type: text/plain; charset=%s\r\n", words(t, charset, written(subject)), charset)
		if rapid.Bool().Draw(t, "quoted") {
			m.WriteString("Content-Transfer-Encoding: quoted-printable\r\n\r\n")
			w := quotedprintable.NewWriter(&m)
			_, _ = w.Write(written(body))
			_ = w.Close()
		} else {
			m.WriteString("Content-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString(written(body)))
		}
		fmt.Fprintf(&m, "\r\n--b b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment;\r\n%s\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n--b b--\r\n",
			extended(t, charset, written(name)), lined(base64.StdEncoding.EncodeToString(content)))
		if strange {
			t.Skip("its bytes are UTF-8 too")
		}
		in, err := email.Parse(&m)
		require.NoError(t, err)
		require.Equal(t, subject, in.Subject)
		require.Equal(t, body, strings.TrimRight(in.Full, "\n"))
		require.Len(t, in.Files, 1)
		require.Equal(t, name, in.Files[0].Name)
		require.Equal(t, int64(len(content)), in.Files[0].Size)
		require.Empty(t, in.Problem)
	})
}

// words writes bytes as encoded words, cut anywhere.
func words(t *rapid.T, charset string, b []byte) string {
	var list []string
	for len(b) > 0 {
		n := rapid.IntRange(1, len(b)).Draw(t, "cut")
		if rapid.Bool().Draw(t, "Q") {
			var q strings.Builder
			for _, c := range b[:n] {
				fmt.Fprintf(&q, "=%02X", c)
			}
			list = append(list, fmt.Sprintf("=?%s?Q?%s?=", charset, q.String()))
		} else {
			list = append(list, fmt.Sprintf("=?%s?b?%s?=", charset, base64.StdEncoding.EncodeToString(b[:n])))
		}
		b = b[n:]
	}
	return strings.Join(list, "\r\n ")
}

// extended writes a file name by RFC 2231, cut anywhere.
func extended(t *rapid.T, charset string, b []byte) string {
	var parts []string
	for i := 0; len(b) > 0; i++ {
		n := rapid.IntRange(1, len(b)).Draw(t, "cut")
		var p strings.Builder
		if i == 0 {
			p.WriteString(charset + "''")
		}
		for _, c := range b[:n] {
			fmt.Fprintf(&p, "%%%02X", c)
		}
		parts = append(parts, fmt.Sprintf(" filename*%d*=%s", i, p.String()))
		b = b[n:]
	}
	return strings.Join(parts, ";\r\n")
}

func lined(s string) string {
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	return b.String() + s
}
