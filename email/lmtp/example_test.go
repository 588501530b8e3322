package lmtp_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"net"
	"strings"

	"github.com/emersion/go-smtp"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email/lmtp"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// A mail server delivers a mail. It is a ticket when the answer is 250. In Postfix's main.cf that
// is
//
//	virtual_transport = lmtp:inet:127.0.0.1:2424
func Example() {
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{Mail: &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return "support@acme.example" },
		Keys:    [][]byte{bytes.Repeat([]byte("k"), 32)}, // in production from crypto/rand
	}})
	if err != nil {
		log.Fatal(err)
	}
	server, err := lmtp.New(desk, &lmtp.Config{Domain: "desk.acme.example"})
	if err != nil {
		log.Fatal(err)
	}
	// Or server.ListenAndServe(ctx, "unix", "/run/helpdesk/lmtp").
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- server.Serve(ctx, listener) }()

	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		log.Fatal(err)
	}
	client := smtp.NewClientLMTP(conn)
	err = client.SendMail("kim@example.com", []string{"support@acme.example"}, strings.NewReader(
		"From: Kim <kim@example.com>\r\nTo: support@acme.example\r\nMessage-ID: <1@example.com>\r\nSubject: Order 17\r\n\r\nWhere is it?\r\n"))
	fmt.Println("answer:", err)
	stop()
	fmt.Println("server:", <-ended)

	page, err := desk.Tickets(context.Background(), helpdesk.Query{})
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range page.Tickets {
		fmt.Println(t.Subject, "by", t.Customer.Email)
	}
	// Output:
	// answer: <nil>
	// server: <nil>
	// Order 17 by kim@example.com
}
