package ses_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email/ses"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// An SNS topic posts to https://desk.acme.example/inbound/ses. What Amazon did not sign is refused.
func Example() {
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{Mail: &helpdesk.MailConfig{
		Address: func(helpdesk.TenantID) string { return "support@acme.example" },
		Keys:    [][]byte{bytes.Repeat([]byte("k"), 32)}, // of crypto/rand in earnest
	}})
	if err != nil {
		log.Fatal(err)
	}
	hook, err := ses.New(desk, &ses.Config{
		Topics: []string{"arn:aws:sns:eu-central-1:123456789012:mail"},
		Fetch: func(ctx context.Context, bucket, key string) (io.ReadCloser, error) {
			return nil, fmt.Errorf("no object %s in %s", key, bucket) // GetObject of your S3 client
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("POST /inbound/ses", hook)

	r := httptest.NewRequest("POST", "/inbound/ses", strings.NewReader(`{
		"Type": "Notification", "MessageId": "1", "TopicArn": "arn:aws:sns:eu-central-1:123456789012:mail", "Message": "{}"
	}`))
	r.Header.Set("Content-Type", "text/plain; charset=UTF-8")
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	fmt.Println(w.Code)
	// Output:
	// 401
}
