package chaos

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"
)

// Answers of a part that is broken. A part that is not answers "fine".
const (
	hangs = "hang"
	fails = "fail"
)

// delivered is a notice that has come to its recipient.
type delivered struct {
	Tenant, Key, To, Process string
	At                       time.Time // by the clock of the test, which is the database's
}

// host serves the host's parts and the recipients of its notices.
func (w *world) host() *httptest.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /part/{name}", func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		answer := w.broken[r.PathValue("name")]
		w.mu.Unlock()
		if answer == fails {
			rw.WriteHeader(http.StatusServiceUnavailable)
		}
		fmt.Fprint(rw, answer)
	})
	mux.HandleFunc("GET /clock/{name}", func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		defer w.mu.Unlock()
		fmt.Fprint(rw, w.ahead[r.PathValue("name")])
	})
	mux.HandleFunc("POST /deliver", func(rw http.ResponseWriter, r *http.Request) {
		d := delivered{}
		if err := json.NewDecoder(r.Body).Decode(&d); err != nil {
			http.Error(rw, err.Error(), http.StatusBadRequest)
			return
		}
		if w.deaf.Load() && strings.HasPrefix(d.To, "agent1") {
			<-r.Context().Done()
			return
		}
		d.At = time.Now()
		w.book.add("INSERT INTO chaos_delivered (tenant_id, key, recipient, process, at) VALUES (?, ?, ?, ?, ?)", d.Tenant, d.Key, d.To, d.Process, d.At)
		w.deliveries.Add(1)
	})
	return httptest.NewServer(mux)
}

// set breaks a part, or mends it with an empty answer.
func (w *world) set(part, answer string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.broken[part] = answer
}
