package email

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/helpdesk-go/helpdesk"
)

// Parse reads a message (RFC 5322, MIME) from r. It returns an error when r fails, and one that is
// ErrTooLarge for a message of more than MaxSize bytes. The content of a message is never an error:
// of a broken message Parse returns the readable parts, and Problem names the unreadable ones.
//
// The Incoming's ID is a hash of the bytes; a caller that knows the delivery by another id sets it.
// Raw and the files' Open read from memory and may be called any number of times, by several
// goroutines at once.
func (l Limits) Parse(r io.Reader) (in *helpdesk.Incoming, err error) {
	l = l.orDefaults()
	src, err := readSource(r, l.MaxSize)
	if err != nil {
		return nil, fmt.Errorf("email: read a message: %w", err)
	}
	in = l.read(src)
	sum := sha256.New()
	for _, p := range src.pieces {
		sum.Write(p)
	}
	in.ID = hex.EncodeToString(sum.Sum(nil))
	in.Raw = func() (io.ReadCloser, error) { return io.NopCloser(src.section(0, src.size)), nil }
	return in, nil
}

// read makes an Incoming from a message. When our code or a library panics, the message is kept for
// a person to look at; the program that fetches mail goes on.
func (l Limits) read(src *source) (in *helpdesk.Incoming) {
	defer func() {
		if p := recover(); p != nil {
			in = &helpdesk.Incoming{Kind: helpdesk.MailMessage, Problem: fmt.Sprintf("the mail parser broke on it: %v", p)}
		}
	}()
	w := &walker{src: src, limits: l}
	root := w.walk(0, src.size, 0, "text/plain")
	m := &message{header: root.header, limits: l, charset: w.charset, typ: root.typ, params: root.params}
	b := &builder{walker: w, m: m}
	if m.text = b.collect(root, ""); len(b.spare) > 0 {
		m.text = m.text.withSpare(b.spare)
	}
	switch {
	case src.size == 0:
		w.note("it is empty")
	case len(root.header) == 0:
		w.note("it has no header")
	}
	m.problem = w.problem
	return m.incoming()
}
