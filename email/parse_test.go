package email_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
)

var update = flag.Bool("update", false, "write the answers beside the mails of testdata anew")

// answer is the JSON file beside a mail of testdata.
type answer struct {
	Incoming *helpdesk.Incoming
	Contents []string // of the files
}

func TestMailsOfTestdataAreReadAsTheirAnswersSay(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.eml")
	require.NoError(t, err)
	require.Greater(t, len(names), 40)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".eml"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(name)
			require.NoError(t, err)
			in := parsed(t, raw)
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			require.NoError(t, enc.Encode(answer{in, contents(t, in)}))
			golden := strings.TrimSuffix(name, ".eml") + ".json"
			if *update {
				require.NoError(t, os.WriteFile(golden, got.Bytes(), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), got.String())

			require.NotNil(t, in.Raw)
			r, err := in.Raw()
			require.NoError(t, err)
			again, err := io.ReadAll(r)
			require.NoError(t, err)
			require.True(t, bytes.Equal(raw, again), "Raw gives the bytes as they came")
		})
	}
}

func parsed(t testing.TB, raw []byte) *helpdesk.Incoming {
	in, err := email.Parse(bytes.NewReader(raw))
	require.NoError(t, err)
	return in
}

func contents(t testing.TB, in *helpdesk.Incoming) (list []string) {
	for _, f := range in.Files {
		var b []byte
		for range 2 { // a file can be opened again
			r, err := f.Open()
			require.NoError(t, err)
			b, err = io.ReadAll(r)
			require.NoError(t, err)
			require.NoError(t, r.Close())
			require.Equal(t, f.Size, int64(len(b)))
		}
		list = append(list, string(b))
	}
	return list
}

func TestParseFailsOnlyForItsReaderAndForSize(t *testing.T) {
	t.Parallel()
	broken := errors.New("the line is dead")
	_, err := email.Parse(iotest.ErrReader(broken))
	require.ErrorIs(t, err, broken)

	limits := email.Limits{MaxSize: 1000}
	_, err = limits.Parse(strings.NewReader(strings.Repeat("x", 1001)))
	require.ErrorIs(t, err, email.ErrTooLarge)
	in, err := limits.Parse(strings.NewReader("Subject: x\n\n" + strings.Repeat("x", 900)))
	require.NoError(t, err)
	require.Empty(t, in.Problem)
}

func TestALimitCutsAndSaysSo(t *testing.T) {
	t.Parallel()
	parts := "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: image/png; name=x.png\n\nx\n", 50) + "--b--\n"
	for _, c := range []struct {
		name, raw, problem string
		limits             email.Limits
		check              func(*testing.T, *helpdesk.Incoming)
	}{
		{"parts", parts, "it has too many parts", email.Limits{MaxParts: 10}, func(t *testing.T, in *helpdesk.Incoming) { require.Len(t, in.Files, 9) }},
		{"text", "Subject: x\n\n" + strings.Repeat("word ", 1000), "its text is too long", email.Limits{MaxText: 100},
			func(t *testing.T, in *helpdesk.Incoming) { require.LessOrEqual(t, len(in.Full), 100) }},
		{"header", "Subject: x\n" + strings.Repeat("X-Filler: y\n", 1000) + "To: help@desk.example\n\nText", "its header is too long", email.Limits{MaxHeader: 1000},
			func(t *testing.T, in *helpdesk.Incoming) {
				require.Equal(t, "Text", in.Full)
				require.Empty(t, in.Recipients)
			}},
		{"addresses", "To: " + strings.Repeat("a@b.example, ", 3) + "c@b.example, d@b.example, e@b.example\n\nText", "", email.Limits{MaxAddresses: 5},
			func(t *testing.T, in *helpdesk.Incoming) {
				require.Equal(t, []string{"a@b.example", "c@b.example", "d@b.example"}, in.Recipients)
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in, err := c.limits.Parse(strings.NewReader(c.raw))
			require.NoError(t, err)
			require.Equal(t, c.problem, in.Problem)
			c.check(t, in)
		})
	}
}

func TestComposeDecidesAsParseDoes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plain", "form-reply-to", "vacation", "newsletter", "list", "bounce-plain", "delay", "customer-about-a-bounce", "from-odd", "words-split-in-character"} {
		raw, err := os.ReadFile("testdata/" + name + ".eml")
		require.NoError(t, err)
		want := parsed(t, raw)
		m, err := mail.ReadMessage(bytes.NewReader(raw))
		require.NoError(t, err, name)
		text, doc := want.Full, want.HTML
		if doc != "" {
			text = ""
		}
		got := email.Compose(m.Header, text, doc, nil)
		want.ID, want.Raw = "", nil
		require.Equal(t, want, got, name)
	}
}

func TestComposeLooksIntoReportsAndMarksShownImages(t *testing.T) {
	t.Parallel()
	open := func(s string) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }
	}
	in := email.Compose(mail.Header{"FROM": {"MAILER-DAEMON@mx.example"}, "content-type": {"multipart/report; report-type=delivery-status"}}, "Failed.", "", []helpdesk.File{
		{Name: "details.txt", Type: "message/delivery-status", Open: open("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; gone@customer.example\nAction: failed\nStatus: 5.0.0\n")},
		{Type: "message/rfc822", Open: open("Message-ID: <1@desk.example>\n\nText")},
		{Type: "text/rfc822-headers", Open: func() (io.ReadCloser, error) { return nil, io.ErrUnexpectedEOF }},
		{Type: "text/rfc822-headers"},
	})
	require.Equal(t, helpdesk.MailBounce, in.Kind)
	require.Equal(t, []string{"gone@customer.example"}, in.Failed)
	require.Equal(t, []string{"1@desk.example"}, in.Bounced)

	in = email.Compose(nil, "", `<img src="cid:a@x">`, []helpdesk.File{{Name: "../a.png", Type: "image/png", ContentID: "<a@x>"}, {Type: "image/png", ContentID: "b@x"}})
	require.Equal(t, []helpdesk.File{{Name: "a.png", Type: "image/png", ContentID: "a@x", Inline: true}, {Name: "attachment.png", Type: "image/png", ContentID: "b@x"}}, in.Files)
	require.Equal(t, time.Time{}, in.SentAt)
}

func TestParseHeaderReadsWhatProvidersPass(t *testing.T) {
	t.Parallel()
	h := email.ParseHeader("Received: from a\nreceived: from b\nSUBJECT: A long\n  subject\nMessage-ID: <1@x.example>")
	require.Equal(t, mail.Header{"Received": {"from a", "from b"}, "Subject": {"A long subject"}, "Message-Id": {"<1@x.example>"}}, h)
	require.Empty(t, email.ParseHeader(""))
}

func TestTheCharsetOfTheTextIsNotThatOfAnASCIIHeader(t *testing.T) {
	t.Parallel()
	for _, charset := range []string{"utf-16le", "utf-7", "hz-gb-2312", "iso-2022-jp", "no-such-charset"} {
		in := parsed(t, []byte("From: Ada +AOQ- ~{ <a@b.example>\nSubject: 1+AOQ- ~{VP~} =?utf-8?q?=C3=A4?=\nContent-Type: text/plain; charset="+charset+"\n\nx"))
		require.Equal(t, "1+AOQ- ~{VP~} ä", in.Subject, charset)
		require.Equal(t, "Ada +AOQ- ~{", in.From.Name, charset)
	}
}

func TestIDsHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	for value, want := range map[string][]string{
		"<1@x.example> <2@x.example>":                       {"1@x.example", "2@x.example"},
		"<1@x.example><1@x.example>":                        {"1@x.example", "1@x.example"},
		"1@x.example, 2@x.example":                          {"1@x.example", "2@x.example"},
		"Your message of Monday":                            nil,
		"Message from Ada of Monday <1@x.example>":          {"1@x.example"},
		"<1@x.exam\r\n ple>":                                {"1@x.example"},
		"<a<1@x.example>":                                   {"1@x.example"},
		"<1@x.example":                                      {"1@x.example"},
		"<conversation/7/messages/1@x.example>":             {"conversation/7/messages/1@x.example"},
		"<" + strings.Repeat("x", 2000) + "> <2@x.example>": {"2@x.example"},
		"": nil,
	} {
		in := parsed(t, []byte("Subject: x\r\nReferences: "+value+"\r\nIn-Reply-To: "+value+"\r\n\r\nx"))
		require.Equal(t, want, in.References, value)
		require.Equal(t, want, in.InReplyTo, value)
	}
	in := parsed(t, []byte("References: <first@x>"+strings.Repeat(" <later@x>", 200)+" <last@x>\n\nx"))
	require.Len(t, in.References, 100)
	require.Equal(t, "first@x", in.References[0])
	require.Equal(t, "last@x", in.References[99])
}

func TestAnImageThatIsAttachedAndShownIsAnAttachment(t *testing.T) {
	t.Parallel()
	for disposition, inline := range map[string]bool{"attachment; filename=a.png": false, "inline; filename=a.png": true, "": true} {
		in := parsed(t, []byte("Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src='cid:a@x'>\n"+
			"--b\nContent-Type: image/png; name=a.png\nContent-ID: <A@x>\nContent-Disposition: "+disposition+"\n\nx\n--b--\n"))
		require.Len(t, in.Files, 1)
		require.Equal(t, inline, in.Files[0].Inline, disposition)
	}
}
