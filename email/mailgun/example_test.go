package mailgun_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email/mailgun"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// A route of Mailgun forwards to https://desk.acme.example/inbound/mailgun/mime.
func Example() {
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{Mail: &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return "support@acme.example" },
		Keys:    [][]byte{bytes.Repeat([]byte("k"), 32)}, // in production from crypto/rand
	}})
	if err != nil {
		log.Fatal(err)
	}
	hook, err := mailgun.New(desk, &mailgun.Config{Keys: []string{"the signing key"}})
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("POST /inbound/mailgun/mime", hook)
	server := httptest.NewServer(mux)
	defer server.Close()

	timestamp, token := strconv.FormatInt(time.Now().Unix(), 10), "0123456789"
	mac := hmac.New(sha256.New, []byte("the signing key"))
	mac.Write([]byte(timestamp + token))
	post := url.Values{
		"timestamp": {timestamp}, "token": {token}, "signature": {hex.EncodeToString(mac.Sum(nil))},
		"recipient": {"support@acme.example"}, "sender": {"kim@example.com"},
		"body-mime": {"From: Kim <kim@example.com>\r\nMessage-ID: <1@example.com>\r\nSubject: Order 17\r\n\r\nWhere is it?\r\n"},
	}
	for range 2 { // Mailgun missed the answer
		res, err := http.PostForm(server.URL+"/inbound/mailgun/mime", post)
		if err != nil {
			log.Fatal(err)
		}
		res.Body.Close()
		fmt.Println(res.Status)
	}
	page, err := desk.Tickets(context.Background(), helpdesk.Query{})
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range page.Tickets {
		fmt.Println(t.Subject, "by", t.Customer.Email)
	}
	// Output:
	// 200 OK
	// 200 OK
	// Order 17 by kim@example.com
}
