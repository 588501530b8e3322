// Package inboundtest helps to test the ways in for mail. It has a desk that remembers its mails, a
// writer of forms, and the tests that all webhooks have in common.
package inboundtest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/textproto"
	"sync"

	"github.com/helpdesk-go/helpdesk"
)

// Desk is a Receiver that keeps each mail once, as a desk does: by its Message-ID and by the id of
// its delivery.
type Desk struct {
	mu    sync.Mutex
	fail  func(*helpdesk.Incoming) error
	calls int
	seen  map[string]*helpdesk.Mail
	mails []Mail
}

// Mail is what a Desk was given, with the contents of its files.
type Mail struct {
	helpdesk.Incoming
	Contents []string // of Files
	Bytes    string   // of Raw
}

// Fail makes the desk unable to take in the mails for which f returns an error. Nil makes it able
// again.
func (d *Desk) Fail(f func(*helpdesk.Incoming) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fail = f
}

// Receive is the method of email.Receiver.
func (d *Desk) Receive(ctx context.Context, in *helpdesk.Incoming) (*helpdesk.Mail, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls++
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if d.fail != nil {
		if err := d.fail(in); err != nil {
			return nil, err
		}
	}
	if d.seen == nil {
		d.seen = map[string]*helpdesk.Mail{}
	}
	for _, key := range keys(in) {
		if m := d.seen[key]; m != nil {
			return m, nil
		}
	}
	m := Mail{Incoming: *in}
	for _, f := range in.Files {
		text, err := read(f.Open)
		if err != nil {
			return nil, err
		}
		m.Contents = append(m.Contents, text)
	}
	var err error
	if m.Bytes, err = read(in.Raw); err != nil {
		return nil, err
	}
	d.mails = append(d.mails, m)
	record := &helpdesk.Mail{ID: fmt.Sprintf("mail-%d", len(d.mails)), MessageID: in.MessageID, Subject: in.Subject}
	for _, key := range keys(in) {
		d.seen[key] = record
	}
	return record, nil
}

func keys(in *helpdesk.Incoming) (keys []string) {
	if in.MessageID != "" {
		keys = append(keys, "message "+in.MessageID)
	}
	if in.ID != "" {
		keys = append(keys, "delivery "+in.ID)
	}
	return keys
}

func read(open func() (io.ReadCloser, error)) (string, error) {
	if open == nil {
		return "", nil
	}
	r, err := open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return string(b), err
}

// Mails returns what was kept, in order.
func (d *Desk) Mails() []Mail {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]Mail(nil), d.mails...)
}

// Calls returns how often Receive was called.
func (d *Desk) Calls() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.calls
}

// Part is a field or file of a form.
type Part struct {
	Field, File, Type string
	Content           string
}

// Form writes a multipart form and returns it with its content type.
func Form(parts ...Part) (contentType string, body []byte) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		disposition := fmt.Sprintf("form-data; name=%q", p.Field)
		if p.File != "" {
			disposition += fmt.Sprintf("; filename=%q", p.File)
		}
		h := textproto.MIMEHeader{"Content-Disposition": {disposition}}
		if p.Type != "" {
			h.Set("Content-Type", p.Type)
		}
		part, err := w.CreatePart(h)
		if err == nil {
			_, err = io.WriteString(part, p.Content)
		}
		if err != nil {
			panic(err) // a buffer does not fail
		}
	}
	w.Close()
	return w.FormDataContentType(), b.Bytes()
}
