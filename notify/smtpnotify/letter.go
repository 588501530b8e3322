package smtpnotify

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// letter is one mail to one recipient.
type letter struct {
	from, to   string
	cc         []string
	name       string // of its file: the same at every attempt
	header     string
	text, html string
	files      []helpdesk.File
	boundary   string
}

// compose makes the mail of a notification.
func (n *Notifier) compose(note *helpdesk.Notification, to helpdesk.Recipient, brand Brand) *letter {
	env := note.Mail
	if env == nil {
		env = &helpdesk.Envelope{Automatic: note.Kind != helpdesk.NoticeReply}
	}
	from := env.From
	if !plainAddress(from) {
		from = n.cfg.From
	}
	sum := sha256.Sum256([]byte(string(note.Tenant) + "\x00" + note.Key + "\x00" + to.Email))
	mark := hex.EncodeToString(sum[:16])
	id := msgID(env.MessageID)
	if id == "" {
		_, domain, _ := strings.Cut(from, "@")
		id = "<" + mark + "@" + domain + ">"
	}
	content := n.render(n.data(note, env, to, brand))
	name := to.Name
	if wordless(note.Kind) {
		name = ""
	}

	var h header
	h.set("From", address(sender(note, to, brand), from))
	h.set("To", address(oneLine(name, 100), to.Email))
	var cc, copies []string
	if to.Agent == "" {
		for _, c := range note.Cc {
			if plainAddress(c.Email) && c.Email != to.Email {
				cc, copies = append(cc, c.Email), append(copies, address(oneLine(c.Name, 100), c.Email))
			}
		}
	}
	h.set("Cc", strings.Join(copies, ", "))
	if plainAddress(env.ReplyTo) {
		h.set("Reply-To", address(brand.Name, env.ReplyTo))
	}
	h.set("Subject", phrase(content.subject))
	h.set("Date", n.cfg.Clock.Now().In(brand.Zone).Format(time.RFC1123Z))
	h.set("Message-ID", id)
	h.set("In-Reply-To", msgID(env.InReplyTo))
	h.set("References", references(env.References, env.InReplyTo))
	h.set("X-Loop", from)
	h.set("X-Helpdesk-Ref", oneLine(note.Ticket.Ref, 100))
	if env.Automatic {
		// RFC 3834, 5; and Exchange's own field. No Precedence: RFC 3834 advises against it, and it
		// is for lists.
		h.set("Auto-Submitted", map[bool]string{true: "auto-replied", false: "auto-generated"}[note.Kind == helpdesk.NoticeReceived])
		h.set("X-Auto-Response-Suppress", "All")
	}
	if note.Urgent {
		h.set("Importance", "high")
	}
	if out := n.unsubscribe(note, to); out != "" {
		h.set("List-Unsubscribe", "<"+out+">")
		if strings.HasPrefix(out, "https://") {
			h.set("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
		}
	}
	h.set("MIME-Version", "1.0")
	return &letter{
		from: from, to: to.Email, cc: cc, header: h.String(), text: content.text, html: content.html, files: env.Files,
		// "=_" stands in no text in quoted-printable or base64 (RFC 2045, 6.7).
		boundary: "=_" + mark,
		name:     note.At.UTC().Format("20060102T150405Z") + "-" + safe(string(note.Kind)) + "-" + mark + ".eml",
	}
}

// sender is the name in From: the desk's, and that of the agent who wrote what the customer gets.
func sender(note *helpdesk.Notification, to helpdesk.Recipient, brand Brand) string {
	author := oneLine(note.By, 100)
	if brand.Impersonal || author == "" || to.Agent != "" || note.Kind != helpdesk.NoticeReply && note.Kind != helpdesk.NoticeResolved {
		return brand.Name
	}
	if brand.Name == "" {
		return author
	}
	return author + " (" + brand.Name + ")"
}

// unsubscribe returns the address where a customer unsubscribes from surveys. Other mails are
// answers to the customer.
func (n *Notifier) unsubscribe(note *helpdesk.Notification, to helpdesk.Recipient) string {
	if note.Kind != helpdesk.NoticeSurvey || n.cfg.UnsubscribeURL == nil {
		return ""
	}
	out := n.cfg.UnsubscribeURL(note.Tenant, to)
	if !clickable(out) || len(out) > 900 || strings.ContainsFunc(out, func(r rune) bool { return r <= ' ' || r > '~' || r == '<' || r == '>' || r == ',' }) {
		return ""
	}
	return out
}

// safe keeps letters, digits and _ of a name for a file.
func safe(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, s)
}

// write writes the mail. It streams attachments and holds none as a whole.
func (m *letter) write(w io.Writer) error {
	if _, err := io.WriteString(w, m.header); err != nil {
		return err
	}
	if len(m.files) == 0 {
		return m.alternative(func(contentType string) (io.Writer, error) {
			_, err := io.WriteString(w, "Content-Type: "+contentType+"\r\n\r\n")
			return w, err
		})
	}
	mixed := multipart.NewWriter(w)
	boundary := m.boundary + "_mixed"
	if err := mixed.SetBoundary(boundary); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "Content-Type: multipart/mixed;\r\n boundary=\""+boundary+"\"\r\n\r\n"); err != nil {
		return err
	}
	err := m.alternative(func(contentType string) (io.Writer, error) {
		return mixed.CreatePart(textproto.MIMEHeader{"Content-Type": {contentType}})
	})
	for i := 0; i < len(m.files) && err == nil; i++ {
		err = attach(mixed, &m.files[i])
	}
	if err != nil {
		return err
	}
	return mixed.Close()
}

// alternative writes the text and the same in HTML, each to the writer of begin.
func (m *letter) alternative(begin func(contentType string) (io.Writer, error)) error {
	w, err := begin("multipart/alternative;\r\n boundary=\"" + m.boundary + "\"")
	if err != nil {
		return err
	}
	parts := multipart.NewWriter(w)
	if err := parts.SetBoundary(m.boundary); err != nil {
		return err
	}
	for _, part := range []struct{ kind, body string }{{"text/plain", m.text}, {"text/html", m.html}} {
		pw, err := parts.CreatePart(textproto.MIMEHeader{
			"Content-Type": {part.kind + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"},
		})
		if err != nil {
			return err
		}
		qp := quotedprintable.NewWriter(pw)
		if _, err := io.WriteString(qp, part.body); err != nil {
			return err
		}
		if err := qp.Close(); err != nil {
			return err
		}
	}
	return parts.Close()
}

// attach writes one file. It hides the kind of its error: a blob that is "not found" must not look
// like a missing ticket.
func attach(to *multipart.Writer, f *helpdesk.File) error {
	name := fileName(f.Name)
	part, err := to.CreatePart(textproto.MIMEHeader{
		"Content-Type":              {fileType(f.Type)},
		"Content-Disposition":       {strings.Replace(mime.FormatMediaType("attachment", map[string]string{"filename": name}), "; ", ";\r\n ", 1)},
		"Content-Transfer-Encoding": {"base64"},
	})
	if err != nil {
		return err
	}
	if f.Open == nil {
		return fmt.Errorf("attachment %q has no content", name)
	}
	content, err := f.Open()
	if err != nil {
		return errors.New("attachment " + name + ": " + err.Error())
	}
	defer content.Close()
	encoder := base64.NewEncoder(base64.StdEncoding, &lineBreaker{w: part})
	read := &reading{r: content}
	if _, err := io.Copy(encoder, read); err != nil {
		if read.err != nil {
			return errors.New("attachment " + name + ": " + read.err.Error())
		}
		return err
	}
	return encoder.Close()
}

// reading records the error of its reader, to distinguish it from a writer's.
type reading struct {
	r   io.Reader
	err error
}

func (r *reading) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// lineBreaker breaks lines after 76 characters (RFC 2045, 6.8).
type lineBreaker struct {
	w  io.Writer
	at int
}

func (l *lineBreaker) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		if l.at == 76 {
			if _, err := io.WriteString(l.w, "\r\n"); err != nil {
				return n, err
			}
			l.at = 0
		}
		k, err := l.w.Write(p[:min(len(p), 76-l.at)])
		n, l.at, p = n+k, l.at+k, p[k:]
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// fileName returns a name without a path, short enough for a header.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, oneLine(s, 1000))
	for len(s) > 200 { // keep the extension, by which programs know the type
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	if s = strings.TrimLeft(s, ". "); s == "" {
		return "file"
	}
	return s
}

// fileType returns a type that may be sent as base64, and that no mail program shows as a part of
// the mail.
func fileType(s string) string {
	kind, _, err := mime.ParseMediaType(s)
	major, minor, ok := strings.Cut(kind, "/")
	if err != nil || !ok || minor == "" || len(kind) > 100 || major == "multipart" || major == "message" {
		return "application/octet-stream"
	}
	return kind
}
