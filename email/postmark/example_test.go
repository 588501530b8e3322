package postmark_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email/postmark"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// The inbound webhook of Postmark is https://postmark:PASSWORD@desk.acme.example/inbound/postmark.
func Example() {
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{Mail: &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return "support@acme.example" },
		Keys:    [][]byte{bytes.Repeat([]byte("k"), 32)}, // of crypto/rand in earnest
	}})
	if err != nil {
		log.Fatal(err)
	}
	hook, err := postmark.New(desk, &postmark.Config{User: "postmark", Password: "the password"})
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("POST /inbound/postmark", hook)

	for _, password := range []string{"guessed", "the password"} {
		r := httptest.NewRequest("POST", "/inbound/postmark", strings.NewReader(`{
			"MessageID": "1", "OriginalRecipient": "support@acme.example",
			"RawEmail": "From: Kim <kim@example.com>\r\nMessage-ID: <1@example.com>\r\nSubject: Order 17\r\n\r\nWhere is it?\r\n"
		}`))
		r.Header.Set("Content-Type", "application/json")
		r.SetBasicAuth("postmark", password)
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		fmt.Println(w.Code)
	}
	page, err := desk.Tickets(context.Background(), helpdesk.Query{})
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range page.Tickets {
		fmt.Println(t.Subject, "by", t.Customer.Email)
	}
	// Output:
	// 401
	// 200
	// Order 17 by kim@example.com
}
