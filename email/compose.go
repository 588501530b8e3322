package email

// For a webhook (packages sendgrid, mailgun, postmark, ses): read the mail of a provider that
// passes the whole message on with
//
//	in, err := email.Parse(r)
//
// and the mail of one that passes fields with
//
//	in := email.Compose(header, text, html, files)
//
// The header is a net/mail Header with every header field of the provider, with values as in the
// mail (encoded words are decoded here). Add the envelope as fields too: its recipients as
// "Envelope-To", its sender as "Return-Path" ("<>" when it is empty). Set in.ID to the provider's
// id of the delivery afterwards.

import (
	"io"
	"math"
	"net/mail"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// Compose makes an Incoming from the parts of a mail that a provider has parsed. It decides by the
// rules of [Parse] on the sender, the kind, the new part of the text, and the files that belong to
// the HTML.
//
// Texts are UTF-8; each may be empty. Compose keeps a file as it is except for its Name, its Type
// and Inline. It sets Inline when the HTML shows the file's ContentID and the file is not marked as
// an attachment. It opens and reads files that are delivery reports or returned messages
// (message/delivery-status, message/rfc822, text/rfc822-headers). The result has no ID, no Raw and
// no Problem. Compose never fails.
func Compose(header mail.Header, text, html string, files []helpdesk.File) *helpdesk.Incoming {
	limits := Limits{}.orDefaults()
	m := &message{header: canonical(header), limits: limits, text: body{plain: cut(text, limits.MaxText), html: cut(html, limits.MaxText)}}
	for i, f := range files {
		f.Type = fileType(f.Type, f.Name, nil)
		switch f.Type {
		case "message/delivery-status", "message/global-delivery-status", "message/feedback-report", "message/disposition-notification":
			if len(m.status) < mostReports {
				m.status = append(m.status, report{f.Type, opened(f)})
			}
		case "message/rfc822", "message/rfc822-headers", "text/rfc822-headers", "message/global", "message/global-headers":
			if len(m.returned) < mostReports {
				m.returned = append(m.returned, opened(f))
			}
		}
		if m.unwrap(f) {
			continue
		}
		if isCalendar(f.Type) {
			m.addEvents(opened(f))
		}
		f.Name = fileName(f.Name, f.Type)
		f.ContentID = msgID(f.ContentID)
		if i < limits.MaxParts {
			m.files = append(m.files, attached{File: f})
		}
	}
	return m.incoming()
}

// unwrap reads a file that holds a whole message: one signed as a whole, or Outlook's winmail.dat.
// It reports false for an unreadable one, which stays a file.
func (m *message) unwrap(f helpdesk.File) bool {
	p := &part{typ: f.Type, name: f.Name}
	if f.Open == nil || !p.isOpaque() && p.typ != "application/ms-tnef" && p.typ != "application/vnd.ms-tnef" {
		return false
	}
	r, err := f.Open()
	if err != nil {
		return false
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, m.limits.MaxSize))
	if err != nil {
		return false
	}
	b, before := &builder{walker: &walker{limits: m.limits}, m: m}, len(m.files)
	kind := "application/pkcs7-mime"
	if !p.isOpaque() {
		kind = p.typ
	}
	t := b.within(append([]byte("Content-Type: "+kind+"\r\nContent-Transfer-Encoding: binary\r\n\r\n"), raw...))
	if files := m.files[before:]; len(files) == 1 && files[0].Type == kind {
		m.files = m.files[:before] // it was not opened
		return false
	}
	m.text = m.text.withSpare(append(b.spare, t))
	return true
}

// ParseHeader reads a header that a provider gives as text, with the tolerance of [Parse]. It reads
// the first 256 KiB.
func ParseHeader(raw string) mail.Header {
	src, err := readSource(strings.NewReader(raw), math.MaxInt64)
	if err != nil {
		return mail.Header{} // reading a string does not fail
	}
	h, _, _ := src.readHeader(0, src.size, Limits{}.orDefaults().MaxHeader, true)
	return h
}

// opened returns the beginning of a file.
func opened(f helpdesk.File) string {
	if f.Open == nil {
		return ""
	}
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, reportSize))
	return strings.ToValidUTF8(string(b), "\uFFFD")
}
