package httpapi_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// The API under a prefix of the host's own mux. Who is asking comes from the host's session;
// here, from a header.
func Example() {
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{
		Classifier: classify.Offline(),
		NewRef:     func() string { return "7Q2M-X4KD" },
	})
	if err != nil {
		panic(err)
	}
	api, err := httpapi.New(desk, &httpapi.Config{
		Actor: func(r *http.Request) (helpdesk.Actor, error) {
			return helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: r.Header.Get("Session-Mail")}, nil
		},
	})
	if err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", http.StripPrefix("/api", api))
	server := httptest.NewServer(mux)
	defer server.Close()

	send := func(method, path, body string) {
		r, _ := http.NewRequest(method, server.URL+path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Session-Mail", "carol@example.com")
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			panic(err)
		}
		defer resp.Body.Close()
		var answer struct{ Ref, Category, Detail string }
		json.NewDecoder(resp.Body).Decode(&answer)
		if answer.Detail != "" {
			fmt.Println(resp.StatusCode, answer.Detail)
			return
		}
		fmt.Println(resp.StatusCode, answer.Ref, answer.Category)
	}
	send("POST", "/api/tickets", `{"subject": "Refund for order 17", "description": "I was charged twice on my invoice."}`)
	send("GET", "/api/tickets/7q2m-x4kd", "")
	send("GET", "/api/tickets/0000-0000", "")
	send("POST", "/api/tickets", `{"subject": ""}`)

	// Output:
	// 201 7Q2M-X4KD billing
	// 200 7Q2M-X4KD billing
	// 404 read ticket "0000-0000": not found
	// 422 open ticket: subject is empty
}

// A stream of events is cut, and the next one goes on behind the last event that came.
func Example_events() {
	desk, err := helpdesk.New(memstore.New(), nil)
	if err != nil {
		panic(err)
	}
	api, err := httpapi.New(desk, &httpapi.Config{
		Actor: func(*http.Request) (helpdesk.Actor, error) {
			return helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@example.com"}, nil
		},
		Poll: 10 * time.Millisecond,
	})
	if err != nil {
		panic(err)
	}
	server := httptest.NewServer(api)
	defer server.Close()

	// listen prints the types of events up to a given one, and returns the id of that.
	listen := func(lastID string, until string, then func()) (id string) {
		r, _ := http.NewRequest("GET", server.URL+"/events", nil)
		r.Header.Set("Last-Event-ID", lastID)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			panic(err)
		}
		defer resp.Body.Close()
		then()
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			switch field, value, _ := strings.Cut(lines.Text(), ": "); field {
			case "id":
				id = value
			case "event":
				fmt.Println(value)
				if value == until {
					return id
				}
			}
		}
		return id
	}
	var t *helpdesk.Ticket
	id := listen("", "opened", func() {
		t, _ = desk.Open(context.Background(), helpdesk.OpenParams{Subject: "Refund"})
	})
	desk.Note(context.Background(), t.ID, "While nobody listens.")
	listen(id, "resolved", func() { desk.Resolve(context.Background(), t.ID, "Paid back.") })

	// Output:
	// opened
	// noted
	// resolved
}
