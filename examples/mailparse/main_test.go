package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// lines runs the command and returns what it printed.
func lines(t *testing.T, kind string, files ...string) (list []result, code int) {
	var out bytes.Buffer
	code, err := run(&out, kind, files)
	require.NoError(t, err)
	for dec := json.NewDecoder(&out); dec.More(); {
		var r result
		require.NoError(t, dec.Decode(&r))
		list = append(list, r)
	}
	return list, code
}

func write(t *testing.T, text string) string {
	name := filepath.Join(t.TempDir(), "mail")
	require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	return name
}

func TestEachFileHasItsLine(t *testing.T) {
	t.Parallel()
	mail := write(t, "From: Ada <ada@customer.example>\nSubject: Parcel\nMessage-ID: <2@x.example>\nIn-Reply-To: <1@x.example>\n"+
		"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=cid:a@x><p>Hello</p>\n"+
		"--b\nContent-Type: image/png; name=shown.png\nContent-ID: <a@x>\n\nx\n--b\nContent-Type: text/csv; name=list.csv\n\nx\n--b--\n")
	missing := filepath.Join(t.TempDir(), "missing")
	got, code := lines(t, "raw-mime", mail, missing)
	require.Equal(t, 1, code)
	require.Len(t, got, 2)
	require.Equal(t, result{File: mail, From: "ada@customer.example", FromName: "Ada", Subject: "Parcel", MessageID: "2@x.example", InReplyTo: []string{"1@x.example"},
		References: []string{}, VisibleText: got[0].VisibleText, Text: got[0].Text, Attachments: []attachment{{"list.csv", "text/csv", 1}}}, got[0])
	require.Contains(t, got[0].VisibleText, "Hello")
	require.Contains(t, got[1].Error, "missing")
}

func TestKindsAreToldApart(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]bool{
		"From: a@b.example\n\nx":                                                                  {false, false},
		"From: a@b.example\nList-Id: <l.example>\n\nx":                                            {true, false},
		"From: MAILER-DAEMON@b.example\nSubject: Returned mail\n\nUser unknown":                   {true, true},
		"From: a@b.example\nContent-Type: multipart/report; report-type=feedback-report\n\nx\n\n": {true, false},
	} {
		got, _ := lines(t, "raw-mime", write(t, text))
		require.Equal(t, want, [2]bool{got[0].AutoReply, got[0].Bounce}, text)
	}
}

func TestABodyIsReadWithoutAHeader(t *testing.T) {
	t.Parallel()
	got, code := lines(t, "text-body", write(t, "From: here on it is text"))
	require.Zero(t, code)
	require.Equal(t, "From: here on it is text", got[0].Text)
	got, _ = lines(t, "html-body", write(t, "<p>One &amp; two</p>"))
	require.Equal(t, "One & two", got[0].Text)
	_, err := run(&bytes.Buffer{}, "pdf", []string{"x"})
	require.ErrorContains(t, err, "usage")
}
