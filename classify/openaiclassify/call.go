package openaiclassify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	openai "github.com/sashabaranov/go-openai"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

// server is the common part of Classifier and Embedder: an address, a key, and the reading of
// errors.
type server struct {
	http    http.Client
	openai  openai.ClientConfig
	key     string // to remove it from errors
	clock   helpdesk.Clock
	timeout time.Duration
	most    int // greatest number of bytes read of an answer
}

// newServer checks the common settings and reports faults to bad.
func newServer(apiKey, baseURL string, client *http.Client, clock helpdesk.Clock, timeout time.Duration, bad func(field, problem string)) *server {
	if apiKey == "" && baseURL == "" {
		bad("apiKey", "is empty")
	}
	if strings.ContainsFunc(apiKey, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		bad("apiKey", "contains a space or control character")
	}
	s := &server{openai: openai.DefaultConfig(apiKey), key: apiKey, clock: clock, timeout: timeout}
	if baseURL != "" {
		u, err := url.Parse(baseURL)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || u.RawQuery != "" {
			bad("BaseURL", "is not a plain http or https address")
		}
		s.openai.BaseURL = strings.TrimSuffix(baseURL, "/")
	}
	if timeout < 0 {
		bad("Timeout", "is negative")
	}
	if timeout == 0 {
		s.timeout = 8 * time.Second
	}
	if clock == nil {
		s.clock = helpdesk.SystemClock
	}
	if client != nil {
		s.http = *client
	}
	// A redirect would carry a customer's text, and with a careless server the key, elsewhere.
	s.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return s
}

func badModel(model string) bool {
	return len(model) > 100 || strings.ContainsFunc(model, func(r rune) bool { return !unicode.IsPrint(r) })
}

// call makes one HTTP request through go-openai and describes its failure. A nil Failure only means
// a success of the protocol.
func (s *server) call(ctx context.Context, do func(ctx context.Context, c *openai.Client) error) *classify.Failure {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.timeout)
		defer cancel()
	}
	x := &exchange{client: &s.http, clock: s.clock, most: s.most}
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(info httptrace.WroteRequestInfo) { x.wrote.Store(info.Err == nil) },
	})
	cfg := s.openai
	cfg.HTTPClient = x
	if err := do(ctx, openai.NewClientWithConfig(cfg)); err != nil {
		return s.fault(ctx, x, err)
	}
	return nil
}

func malformed(format string, args ...any) *classify.Failure {
	return &classify.Failure{Kind: classify.Malformed, Err: fmt.Errorf(format, args...)}
}

func refusedAnswer(format string, args ...any) *classify.Failure {
	return &classify.Failure{Kind: classify.Refused, Err: fmt.Errorf(format, args...)}
}

// fault describes the failure by the exchange. The error of go-openai hides the headers and repeats
// whole bodies.
func (s *server) fault(ctx context.Context, x *exchange, err error) *classify.Failure {
	switch {
	case !x.sent:
		// go-openai refused to send the request.
		return &classify.Failure{Kind: classify.Rejected, Err: errors.New(s.scrub(err.Error()))}
	case x.status != 0 && x.status != http.StatusOK:
		return s.refused(x, err)
	case ctx.Err() != nil:
		kind := classify.Timeout
		if errors.Is(ctx.Err(), context.Canceled) {
			kind = classify.Cancelled
		}
		return &classify.Failure{Kind: kind, Err: fmt.Errorf("no answer in time: %w", ctx.Err()), Uncounted: x.wrote.Load()}
	case x.body == nil || x.body.err != nil:
		var u *url.Error // its text repeats the address
		if errors.As(err, &u) {
			err = u.Err
		}
		return &classify.Failure{Kind: classify.Network, Err: fmt.Errorf("connection: %s", s.scrub(err.Error())), Uncounted: x.wrote.Load()}
	}
	f := malformed("the answer does not follow the protocol")
	if errors.Is(err, errTooLong) {
		f = malformed("%w of %d KiB", errTooLong, s.most>>10)
	}
	f.Uncounted = true
	return f
}

// Codes of servers for failures that a status alone does not identify.
var (
	quotaCodes  = []string{"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
	filterCodes = []string{"content_filter", "content_policy_violation"}
)

// refused describes an answer that is a refusal.
func (s *server) refused(x *exchange, err error) *classify.Failure {
	code, message := words(err)
	f := &classify.Failure{Status: x.status, After: x.after, Code: s.scrub(code)}
	if message != "" {
		f.Err = errors.New(s.scrub(message))
	}
	switch status := x.status; {
	case slices.Contains(quotaCodes, code):
		f.Kind = classify.Denied
	// Azure's answer to a forbidden text: the ticket is at fault, not the key.
	case slices.Contains(filterCodes, code):
		f.Kind = classify.Refused
	case status == http.StatusTooManyRequests:
		f.Kind = classify.Throttled
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusPaymentRequired:
		f.Kind = classify.Denied
	case status == http.StatusRequestTimeout:
		f.Kind = classify.Timeout
	case status == http.StatusConflict, status >= http.StatusInternalServerError:
		f.Kind = classify.Server
	default:
		f.Kind = classify.Rejected
	}
	return f
}

// words returns a server's code and message. Besides OpenAI's object it reads texts and lists that
// servers send as "error", "message" or "detail".
func words(err error) (code, message string) {
	var raw *openai.RequestError // first, since it may hold an empty APIError
	if errors.As(err, &raw) {
		var body map[string]any
		if json.Unmarshal(raw.Body, &body) == nil {
			for _, field := range []string{"error", "message", "detail"} {
				switch v := body[field].(type) {
				case string:
					return "", v
				case []any: // FastAPI's list of faults, which name the parameters
					if text, err := json.Marshal(v); err == nil {
						return "", string(text)
					}
				}
			}
		}
		return "", ""
	}
	var api *openai.APIError
	if errors.As(err, &api) {
		code = api.Type
		if s, ok := api.Code.(string); ok && s != "" {
			code = s
		}
		return code, api.Message
	}
	return "", ""
}

// scrub makes a server's text fit for an error message: short, on one line and without the key,
// which some servers repeat.
func (s *server) scrub(text string) string {
	if s.key != "" {
		text = strings.ReplaceAll(text, s.key, "[key]")
	}
	text = strings.Join(strings.Fields(visible(text)), " ")
	if runes := []rune(text); len(runes) > 300 {
		text = string(runes[:300]) + "…"
	}
	return text
}

// exchange is one HTTP request and the facts about its answer. It stands between go-openai and the
// HTTP client, because go-openai reads without limit and does not return Retry-After.
type exchange struct {
	client *http.Client
	clock  helpdesk.Clock
	most   int
	sent   bool
	wrote  atomic.Bool   // the whole request left this process: it may cost money
	status int           // 0 when no answer came
	after  time.Duration // Retry-After, 0 when absent or unreadable
	body   *limited
}

// Do implements openai.HTTPDoer.
func (x *exchange) Do(req *http.Request) (*http.Response, error) {
	x.sent = true
	resp, err := x.client.Do(req)
	if err != nil {
		return nil, err
	}
	x.status = resp.StatusCode
	x.after = retryAfter(resp.Header, x.clock)
	x.body = &limited{ReadCloser: resp.Body, left: x.most}
	resp.Body = x.body
	if resp.StatusCode != http.StatusOK && resp.StatusCode < http.StatusBadRequest {
		resp.Body.Close()
		return nil, errors.New("not an answer") // a redirect, or a success without content
	}
	return resp, nil
}

// retryAfter reads the wait that a server asks for: OpenAI's own header in milliseconds, or the one
// of RFC 9110, section 10.2.3, in seconds or as a date.
func retryAfter(h http.Header, clock helpdesk.Clock) time.Duration {
	if ms, err := strconv.ParseUint(h.Get("Retry-After-Ms"), 10, 32); err == nil {
		return time.Duration(ms) * time.Millisecond
	}
	value := h.Get("Retry-After")
	if s, err := strconv.ParseUint(value, 10, 32); err == nil {
		return time.Duration(s) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(clock.Now()))
	}
	return 0
}

var errTooLong = errors.New("the answer is longer than the limit")

// limited reads at most left bytes, and records an error of reading.
type limited struct {
	io.ReadCloser
	left int
	err  error
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooLong
	}
	n, err := l.ReadCloser.Read(p[:min(len(p), l.left)])
	l.left -= n
	if err != nil && err != io.EOF {
		l.err = err
	}
	return n, err
}
