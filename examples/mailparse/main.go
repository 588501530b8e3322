// Command mailparse prints how package email reads mails, one JSON line a file:
//
//	mailparse [-kind raw-mime|text-body|html-body] FILE...
//
// A raw-mime file is a message as it came; a text-body or html-body file is its text alone. The
// exit code is 1 when a file could not be read.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
)

type attachment struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"`
}

type result struct {
	File        string       `json:"file"`
	Error       string       `json:"error"` // the reason when it could not be read, or only in part
	From        string       `json:"from"`
	FromName    string       `json:"from_name"`
	Subject     string       `json:"subject"`
	MessageID   string       `json:"message_id"`
	InReplyTo   []string     `json:"in_reply_to"`
	References  []string     `json:"references"`
	VisibleText string       `json:"visible_text"`
	Text        string       `json:"text"`
	Attachments []attachment `json:"attachments"` // without what the HTML shows
	// AutoReply is true when no person wrote it: automatic mail, lists, bounces.
	AutoReply bool   `json:"auto_reply"`
	Bounce    bool   `json:"bounce"` // a delivery report; a report of abuse is none
	Reason    string `json:"reason"`
}

func main() {
	kind := flag.String("kind", "raw-mime", "what the files hold: raw-mime, text-body or html-body")
	flag.Parse()
	code, err := run(os.Stdout, *kind, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	os.Exit(code)
}

func run(w io.Writer, kind string, files []string) (code int, err error) {
	read := map[string]func(io.Reader) (*helpdesk.Incoming, error){
		"raw-mime":  email.Parse,
		"text-body": bodyOf(func(s string) *helpdesk.Incoming { return email.Compose(nil, s, "", nil) }),
		"html-body": bodyOf(func(s string) *helpdesk.Incoming { return email.Compose(nil, "", s, nil) }),
	}[kind]
	if read == nil || len(files) == 0 {
		return 0, fmt.Errorf("usage: mailparse [-kind raw-mime|text-body|html-body] FILE...")
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, name := range files {
		r := result{File: name}
		if err := r.read(name, read); err != nil {
			r.Error, code = err.Error(), 1
		}
		r.InReplyTo, r.References = append([]string{}, r.InReplyTo...), append([]string{}, r.References...)
		r.Attachments = append([]attachment{}, r.Attachments...)
		if err := out.Encode(r); err != nil {
			return code, err
		}
	}
	return code, nil
}

func bodyOf(compose func(string) *helpdesk.Incoming) func(io.Reader) (*helpdesk.Incoming, error) {
	return func(r io.Reader) (*helpdesk.Incoming, error) {
		b, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		return compose(strings.ToValidUTF8(string(b), "\uFFFD")), nil
	}
}

func (r *result) read(name string, read func(io.Reader) (*helpdesk.Incoming, error)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	in, err := read(f)
	if err != nil {
		return err
	}
	r.Error, r.Reason = in.Problem, in.Reason
	r.From, r.FromName = in.From.Email, in.From.Name
	r.Subject, r.MessageID, r.InReplyTo, r.References = in.Subject, in.MessageID, in.InReplyTo, in.References
	r.VisibleText, r.Text = in.Text, in.Full
	r.AutoReply = in.Kind != helpdesk.MailMessage
	r.Bounce = in.Kind == helpdesk.MailBounce && in.Reason != email.ReasonFeedback
	for _, f := range in.Files {
		if !f.Inline {
			r.Attachments = append(r.Attachments, attachment{f.Name, f.Type, f.Size})
		}
	}
	return nil
}
