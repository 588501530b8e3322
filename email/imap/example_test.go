package imap_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"net"
	"strings"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email/imap"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// Mails of a mailbox become tickets for as long as Run runs. A mailbox at a provider needs only
// Config.Address instead of Dial.
func Example() {
	mailbox := imapmemserver.NewUser("support@acme.example", "the password")
	if err := mailbox.Create("INBOX", nil); err != nil {
		log.Fatal(err)
	}
	mail := "From: Kim <kim@example.com>\r\nTo: support@acme.example\r\nMessage-ID: <1@example.com>\r\nSubject: Order 17\r\n\r\nWhere is it?\r\n"
	if _, err := mailbox.Append("INBOX", strings.NewReader(mail), &goimap.AppendOptions{}); err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	server := newServer(mailbox)
	defer server.Close()
	go server.Serve(listener)

	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{Mail: &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return "support@acme.example" },
		Keys:    [][]byte{bytes.Repeat([]byte("k"), 32)}, // of crypto/rand in earnest
	}})
	if err != nil {
		log.Fatal(err)
	}
	box, err := imap.New(desk, &imap.Config{
		Dial: func(context.Context) (net.Conn, error) { return net.Dial("tcp", listener.Addr().String()) },
		User: "support@acme.example", Password: "the password",
	})
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	ended := make(chan error)
	go func() { ended <- box.Run(ctx) }()

	for ctx.Err() == nil {
		page, err := desk.Tickets(ctx, helpdesk.Query{})
		if err == nil && len(page.Tickets) == 1 {
			fmt.Println(page.Tickets[0].Subject, "by", page.Tickets[0].Customer.Email)
			stop()
		}
		time.Sleep(time.Millisecond)
	}
	<-ended
	// Output:
	// Order 17 by kim@example.com
}
