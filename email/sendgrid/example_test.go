package sendgrid_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"mime/multipart"
	"net/http"
	"net/http/httptest"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email/sendgrid"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// Inbound Parse posts the raw message to
// https://sendgrid:PASSWORD@desk.acme.example/inbound/sendgrid. With Config.Keys it signs its
// posts, too.
func Example() {
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{Mail: &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return "support@acme.example" },
		Keys:    [][]byte{bytes.Repeat([]byte("k"), 32)}, // of crypto/rand in earnest
	}})
	if err != nil {
		log.Fatal(err)
	}
	hook, err := sendgrid.New(desk, &sendgrid.Config{User: "sendgrid", Password: "the password"})
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("POST /inbound/sendgrid", hook)

	for _, password := range []string{"guessed", "the password"} {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		form.WriteField("envelope", `{"to": ["support@acme.example"], "from": "kim@example.com"}`)
		form.WriteField("email", "From: Kim <kim@example.com>\r\nMessage-ID: <1@example.com>\r\nSubject: Order 17\r\n\r\nWhere is it?\r\n")
		form.Close()
		r := httptest.NewRequest("POST", "/inbound/sendgrid", &body)
		r.Header.Set("Content-Type", form.FormDataContentType())
		r.SetBasicAuth("sendgrid", password)
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
