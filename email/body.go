package email

import (
	"bytes"
	"cmp"
	"html"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// body is the text of a part of a message: plain, HTML, or both with the same content.
type body struct{ plain, html string }

// reportSize is the number of bytes that are read of each delivery report and each returned
// message. mostReports is the greatest number of delivery reports, and of returned messages.
const (
	reportSize  = 64 << 10
	mostReports = 20
)

// builder collects the text and the attachments of a message from a tree of parts.
type builder struct {
	*walker
	m      *message
	leaves int
	text   int    // bytes of text so far
	spare  []body // texts that may repeat that of the message

	signatures int // around this message
}

// collect returns the text of a part, and records its files and reports.
func (b *builder) collect(p *part, parent string) body {
	switch {
	case p.typ == "multipart/alternative":
		return b.alternative(p)
	case p.typ == "multipart/encrypted":
		b.note("it is encrypted")
		fallthrough
	case strings.HasPrefix(p.typ, "multipart/"):
		var all []body
		for _, c := range p.parts {
			if t := b.collect(c, p.typ); t != (body{}) {
				all = append(all, t)
			}
		}
		return inSequence(all)
	}
	b.leaves++
	if b.isText(p, parent) {
		return b.textOf(p)
	}
	return b.file(p, parent)
}

// alternative merges several forms of the same text (RFC 2046, 5.1.4): the first plain text that is
// not blank, and the last HTML.
func (b *builder) alternative(p *part) (t body) {
	for _, c := range p.parts {
		got := b.collect(c, p.typ)
		if blank(t.plain) {
			t.plain = got.plain
		}
		if got.html != "" {
			t.html = got.html
		}
	}
	return t
}

// inSequence joins successive texts. If one is HTML, the result is HTML.
func inSequence(all []body) (t body) {
	if len(all) == 1 {
		return all[0]
	}
	var plain, doc []string
	onlyHTML, anyHTML := true, false
	for _, a := range all {
		onlyHTML = onlyHTML && a.plain == ""
		anyHTML = anyHTML || a.html != ""
	}
	for _, a := range all {
		if !onlyHTML {
			if a.plain == "" {
				a.plain = HTMLText(a.html)
			}
			plain = append(plain, strings.TrimRight(a.plain, "\n"))
		}
		if anyHTML {
			if a.html == "" {
				a.html = "<p>" + strings.ReplaceAll(html.EscapeString(strings.TrimSpace(a.plain)), "\n", "<br>\n") + "</p>"
			}
			doc = append(doc, a.html)
		}
	}
	return body{strings.Join(plain, "\n\n"), strings.Join(doc, "\n")}
}

// isText reports whether a leaf is text of the message, rather than a file.
func (b *builder) isText(p *part, parent string) bool {
	switch p.typ {
	case "text/plain", "text/html":
		return p.disposition != "attachment" && (p.name == "" || b.leaves == 1 || parent == "multipart/alternative")
	case "text/enriched", "text/richtext":
		return p.disposition != "attachment" && p.name == ""
	}
	return false
}

// content returns the decoded bytes of a part.
func (b *builder) content(p *part) io.Reader {
	return decoder(p.encoding, b.src.section(p.start, p.end))
}

// start returns the first n decoded bytes of a part.
func (b *builder) start(p *part, n int) []byte {
	buf := make([]byte, min(int64(n), p.end-p.start)) // decoding makes nothing longer
	n, _ = io.ReadFull(b.content(p), buf)
	return buf[:n]
}

func (b *builder) textOf(p *part) body {
	left := b.limits.MaxText - b.text
	content := b.content(p)
	if p.encoding == "base64" {
		content = b.base64Text(p, left)
	}
	raw, _ := io.ReadAll(io.LimitReader(content, int64(left)+1))
	if len(raw) > left {
		b.note("its text is too long")
		raw = raw[:left]
	}
	b.text += len(raw)
	label := p.params["charset"]
	if p.typ == "text/html" && (label == "" || charsetLabel(label) == "us-ascii" || encodingOf(charsetLabel(label)) == nil) {
		label = cmp.Or(htmlCharset(raw), label)
	}
	s := newlines(decodeText(raw, label))
	switch p.typ {
	case "text/html":
		return body{html: s}
	case "text/enriched", "text/richtext":
		return body{plain: HTMLText(strings.ReplaceAll(s, "<<", "&lt;"))}
	}
	if strings.EqualFold(p.params["format"], "flowed") {
		s = unflow(s, strings.EqualFold(p.params["delsp"], "yes"))
	}
	return body{plain: b.uuencoded(clearsigned(s))}
}

func newlines(s string) string {
	if strings.ContainsAny(s, "\r\x00") {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(s)
	}
	return s
}

// clearsigned removes the signature and its marks from a text with an OpenPGP signature (RFC 9580,
// 7).
func clearsigned(s string) string {
	const begin, signature = "-----BEGIN PGP SIGNED MESSAGE-----\n", "\n-----BEGIN PGP SIGNATURE-----"
	before, rest, ok := strings.Cut(s, begin)
	if !ok {
		return s
	}
	text, rest, ok := strings.Cut(rest, signature)
	if !ok {
		return s
	}
	if _, after, ok := strings.Cut(text, "\n\n"); ok {
		text = after
	}
	if strings.HasPrefix(text, "- ") {
		text = text[2:]
	}
	_, after, _ := strings.Cut(rest, "-----END PGP SIGNATURE-----")
	return before + strings.ReplaceAll(text, "\n- ", "\n") + after
}

// uuencoded extracts uuencoded files from a text and attaches them.
func (b *builder) uuencoded(s string) string {
	if !strings.HasPrefix(s, "begin ") && !strings.Contains(s, "\nbegin ") {
		return s
	}
	var out strings.Builder
	var block []string
	var name string
	for l := range strings.Lines(s) {
		t := strings.TrimRight(l, "\n")
		switch {
		case block == nil:
			if n, ok := uuBegin(t); ok {
				name, block = n, []string{l}
				continue
			}
			out.WriteString(l)
		case t == "end":
			data := []byte(strings.Join(block, ""))
			open := func() io.Reader { return decoder("x-uuencode", bytes.NewReader(data)) }
			b.attach(name, "", open, attached{beside: true})
			block = nil
		case len(t) > 90 || t != "" && t != "`" && (t[0] < ' ' || t[0] > '`'):
			out.WriteString(strings.Join(append(block, l), "")) // the lines are text after all
			block = nil
		default:
			block = append(block, l)
		}
	}
	out.WriteString(strings.Join(block, ""))
	return out.String()
}

// uuBegin returns the name in the first line of a uuencoded file, such as "begin 644 name".
func uuBegin(l string) (name string, ok bool) {
	mode, ok := strings.CutPrefix(l, "begin ")
	mode, name, found := strings.Cut(mode, " ")
	return strings.TrimSpace(name), ok && found && (len(mode) == 3 || len(mode) == 4) && strings.Trim(mode, "01234567") == ""
}

// file records a part that is not text of the message. It records a file or a report. It returns
// the text of a TNEF part, and no text of other parts.
func (b *builder) file(p *part, parent string) body {
	inReport := parent == "multipart/report"
	if p.isOpaque() {
		if t, ok := b.signed(p); ok {
			return t
		}
		b.note("it is encrypted, or signed in a way that is not read")
	}
	switch p.typ {
	case "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature":
		if parent == "multipart/signed" {
			return body{}
		}
	case "application/pgp-encrypted":
		if parent == "multipart/encrypted" {
			return body{}
		}
	case "text/calendar", "application/ics", "text/x-vcalendar", "application/calendar":
		b.m.addEvents(decodeText(b.start(p, longestEvent), p.params["charset"]))
		if p.name == "" {
			p.name = "invite.ics"
		}
	case "text/x-amp-html", "text/watch-html":
		if parent == "multipart/alternative" {
			return body{}
		}
	case "application/ms-tnef", "application/vnd.ms-tnef":
		if t, ok := b.tnef(p); ok {
			return t
		}
	case "message/delivery-status", "message/global-delivery-status", "message/feedback-report", "message/disposition-notification":
		if len(b.m.status) < mostReports {
			b.m.status = append(b.m.status, report{p.typ, decodeText(b.start(p, reportSize), "")})
		}
		if inReport {
			return body{}
		}
	case "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers":
		if len(b.m.returned) < mostReports {
			b.m.returned = append(b.m.returned, decodeText(b.start(p, reportSize), ""))
		}
		if inReport {
			return body{}
		}
		if p.name == "" && p.typ == "message/rfc822" {
			p.name = b.subjectOf(p)
		}
	}
	if strings.HasPrefix(p.typ, "multipart/") && p.end <= p.start+4 {
		return body{}
	}
	b.attach(p.name, p.typ, func() io.Reader { return b.content(p) }, attached{
		File:   helpdesk.File{ContentID: msgID(first(p.header, "Content-Id"))},
		beside: p.disposition == "attachment",
	})
	return body{}
}

// subjectOf returns a file name for an attached message, made of its subject, or "" when it has no
// readable subject.
func (b *builder) subjectOf(p *part) string {
	h, _, _ := b.src.readHeader(p.start, p.end, reportSize, true)
	if s := decodeField(first(h, "Subject"), b.charset); s != "" && p.encoding != "base64" {
		return strings.NewReplacer("/", "-", `\`, "-").Replace(s) + ".eml"
	}
	return ""
}

// attached is a file of a mail. A file with beside set is never shown within the HTML: its mail
// marks it as an attachment, or it was uuencoded.
type attached struct {
	helpdesk.File
	beside bool
}

func (b *builder) attach(name, typ string, content func() io.Reader, f attached) {
	if len(b.m.files) >= b.limits.MaxParts {
		b.note("it has too many parts")
		return
	}
	start := make([]byte, 512)
	r := content()
	n, _ := io.ReadFull(r, start)
	rest, _ := io.Copy(io.Discard, r)
	f.Size = int64(n) + rest
	f.Type = fileType(typ, name, start[:n])
	f.Name = fileName(name, f.Type)
	f.Open = func() (io.ReadCloser, error) { return io.NopCloser(content()), nil }
	b.m.files = append(b.m.files, f)
}

// cut returns the longest start of a text that has at most n bytes and no partial character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
