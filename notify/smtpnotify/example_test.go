package smtpnotify_test

import (
	"context"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/smtpnotify"
	"github.com/helpdesk-go/helpdesk/notify/templates"
)

// Mails go into a folder until there is a mail server; then it is the URL alone that changes.
func Example() {
	dir, err := os.MkdirTemp("", "mails")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)

	cfg, err := smtpnotify.Parse("file://" + filepath.ToSlash(dir)) // later: smtp://user:password@mail.acme.example
	if err != nil {
		panic(err)
	}
	cfg.From = "support@acme.example"
	cfg.Brand = func(context.Context, helpdesk.TenantID) (smtpnotify.Brand, error) {
		return smtpnotify.Brand{Name: "Acme Support", Colour: "#1f5fa8", Language: "en"}, nil
	}
	notifier, err := smtpnotify.New(cfg) // goes into helpdesk.Config.Notifier
	if err != nil {
		panic(err)
	}

	err = notifier.Notify(context.Background(), &helpdesk.Notification{
		Key: "reply-1", Kind: helpdesk.NoticeReply, Text: "The second charge is on its way back.", At: time.Unix(0, 0),
		To:     []helpdesk.Recipient{{Name: "Ben", Email: "ben@mail.example"}},
		Ticket: &helpdesk.Ticket{Ref: "7Q2M-X4KD", Subject: "Refund for order 17"},
	})
	if err != nil {
		panic(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.eml"))
	f, err := os.Open(files[0])
	if err != nil {
		panic(err)
	}
	defer f.Close()
	m, err := mail.ReadMessage(f)
	if err != nil {
		panic(err)
	}
	fmt.Println(m.Header.Get("From"))
	fmt.Println(m.Header.Get("Subject"))
	// Output:
	// "Acme Support" <support@acme.example>
	// Re: Refund for order 17 [7Q2M-X4KD]
}

// A tenant's templates are tried before they are saved.
func ExampleCheck() {
	err := smtpnotify.Check(fstest.MapFS{
		"fr/reply.txt":    {Data: []byte("Subject: Re: {{.Subject}} [{{.Ref}}]\n\n{{.Text}}\n\nL'équipe {{.Brand.Name}}")},
		"fr/received.txt": {Data: []byte("Subject: Bien reçu [{{.Ref}}]\n\nMerci, {{.FirstName}}.")},
	})
	fmt.Println(err)
	// Output: Templates do not work: template: fr/received.txt:3:9: executing "fr/received.txt" at <.FirstName>: can't evaluate field FirstName in type *smtpnotify.Data
}

// Admins of a tenant write texts with placeholders. A preview shows what becomes of one before it
// is saved; Config.Saved reads those that are saved.
func ExampleNotifier_Preview() {
	notifier, err := smtpnotify.New(&smtpnotify.Config{Folder: "outbox", From: "support@acme.example"})
	if err != nil {
		panic(err)
	}
	original, err := notifier.Original(context.Background(), "acme", "en", helpdesk.NoticeSurvey)
	if err != nil {
		panic(err)
	}
	fmt.Println(original.Subject)

	mine := templates.Text{Subject: "{{company}}: how was it?", Body: "Hello {{customer}}, please tell us: {{rate}}"}
	if err := mine.Check(helpdesk.NoticeSurvey); err != nil {
		panic(err)
	}
	mail, err := notifier.Preview(context.Background(), "acme", templates.Set{
		Name: "Acme", Texts: map[string]templates.Text{templates.Key("en", helpdesk.NoticeSurvey): mine},
	}, helpdesk.NoticeSurvey)
	if err != nil {
		panic(err)
	}
	fmt.Println(mail.Subject)
	first, _, _ := strings.Cut(mail.Body, "\n")
	fmt.Println(first)
	// Output:
	// Re: {{subject}} [{{ref}}]
	// Acme: how was it?
	// Hello Kim Lee, please tell us: https://desk.example/rate
}
