package templates_test

import (
	"context"
	"fmt"
	"log"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/smtpnotify"
	"github.com/helpdesk-go/helpdesk/notify/templates"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// An admin says what the mail with a reply says. The notifier reads it from the store of the desk.
func Example() {
	ctx, store := context.Background(), memstore.New()
	mails, err := smtpnotify.New(&smtpnotify.Config{Folder: "outbox", From: "support@acme.example", Saved: store})
	if err != nil {
		log.Fatal(err)
	}
	desk, err := helpdesk.New(store, &helpdesk.Config{Notifier: mails})
	if err != nil {
		log.Fatal(err)
	}
	admin := desk.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@acme.example"})

	set, err := templates.Of(admin).Read(ctx)
	if err != nil {
		log.Fatal(err)
	}
	set.Name = "Acme Support"
	set.Texts = map[string]templates.Text{
		templates.Key("en", helpdesk.NoticeReply): {
			Subject: "{{company}}: {{subject}} [{{ref}}]", Body: "Hello {{customer}},\n\n{{text}}\n\n{{agent}}",
		},
	}
	if set, err = templates.Of(admin).Save(ctx, set); err != nil {
		log.Fatal(err)
	}
	preview, err := mails.Preview(ctx, desk.Tenant(), set, helpdesk.NoticeReply)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(set.Version, preview.Subject)

	set.Texts[templates.Key("en", helpdesk.NoticeReply)] = templates.Text{Subject: "Re", Body: "Answered."}
	_, err = templates.Of(admin).Save(ctx, set)
	fmt.Println(err)
	// Output:
	// 1 Acme Support: Charged twice [7Q2M-X4KD]
	// helpdesk: save mail templates: texts[en/reply].body lacks a placeholder that it needs: "text"
}
