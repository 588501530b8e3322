package openaiclassify_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
)

const key = "sk-test-5f3c9a"

// server speaks the chat completions protocol. It gives its answers in order, repeats the last, and
// records the requests.
type server struct {
	*httptest.Server
	mu      sync.Mutex
	answers []http.HandlerFunc
	asked   []request
	silent  chan struct{} // receives once for each request that is never answered
}

// request is a request as any server would read it.
type request struct {
	Path, Auth string
	Body       map[string]any
}

func serve(t *testing.T, answers ...http.HandlerFunc) *server {
	s := &server{answers: answers, silent: make(chan struct{})}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		n := len(s.asked) // counted before it is read, since the client may time out by then
		s.asked = append(s.asked, request{Path: r.Method + " " + r.URL.Path, Auth: r.Header.Get("Authorization")})
		answer := s.answers[min(n, len(s.answers)-1)]
		s.mu.Unlock()
		var body map[string]any
		err := json.NewDecoder(r.Body).Decode(&body)
		s.mu.Lock()
		s.asked[n].Body = body
		s.mu.Unlock()
		if err != nil {
			http.Error(w, err.Error(), http.StatusTeapot)
			return
		}
		io.Copy(io.Discard, r.Body)
		if answer == nil {
			select {
			case s.silent <- struct{}{}:
			case <-r.Context().Done():
			}
			<-r.Context().Done()
			return
		}
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// RoundTrip makes a request of s. The context of the request counts only from the moment when s has
// read it and stays silent, however slow this machine is. All requests of s must go through it, one
// after the other.
func (s *server) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	answered := make(chan struct{})
	defer close(answered)
	go func() {
		select {
		case <-s.silent:
			context.AfterFunc(r.Context(), cancel)
		case <-answered:
		}
	}()
	return http.DefaultTransport.RoundTrip(r.WithContext(ctx))
}

func (s *server) calls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.asked)
}

// last returns the latest request.
func (s *server) last() request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[len(s.asked)-1]
}

var start = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// classifier returns a Classifier that asks s.
func classifier(t testing.TB, s *server, cfg openaiclassify.Config) *openaiclassify.Classifier {
	cfg.BaseURL = s.URL + "/v1"
	c, err := openaiclassify.New(key, &cfg)
	require.NoError(t, err)
	return c
}

func ticket() *helpdesk.ClassifyRequest {
	return &helpdesk.ClassifyRequest{
		Subject: "Charged twice", Text: "Order 17 was charged twice. See https://shop.example.com/orders/17.",
		Categories: helpdesk.DefaultCategories(),
	}
}

// good is the content of an answer that passes every check.
const good = `{"category":"billing","priority":"high","tags":["Refund","double charge"],` +
	`"suggested_response":"Thank you, we are looking into order 17.","confidence":0.93,"suspicious":false}`

// completion answers with a message of the model.
func completion(content string) http.HandlerFunc { return finished("stop", content, "") }

func finished(reason, content, refusal string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		message := map[string]any{"role": "assistant", "content": content}
		if refusal != "" {
			message["refusal"] = refusal
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{
			"id": "chatcmpl-1", "object": "chat.completion", "model": "a-model-2026-01-01",
			"choices": []any{map[string]any{"index": 0, "message": message, "finish_reason": reason}},
			"usage":   map[string]any{"prompt_tokens": 700, "completion_tokens": 60, "total_tokens": 760},
		})
	}
}

// status answers with an error in OpenAI's form; header holds names and values in turn.
func status(code int, word string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		fmt.Fprintf(w, `{"error":{"message":"it is %s, and your key is %s","type":"some_error","code":%q}}`, word, key, word)
	}
}

// raw answers 200 with these bytes.
func raw(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }
}

// cutOff announces more than it sends and hangs up.
func cutOff(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Length", "5000")
	io.WriteString(w, `{"choices":[`)
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

// hangUp closes the connection without an answer.
func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// silent never answers.
var silent http.HandlerFunc

// huge answers with 20 MB, and counts the bytes that the client took.
func huge(code int, sent *atomic.Int64) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		io.WriteString(w, `{"choices":[{"message":{"content":"`)
		chunk := strings.Repeat("x", 64<<10)
		for range 20 << 20 / len(chunk) {
			n, err := io.WriteString(w, chunk)
			if sent != nil {
				sent.Add(int64(n))
			}
			if err != nil {
				return
			}
		}
		io.WriteString(w, `"}}]}`)
	}
}
