package openaiclassify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"github.com/helpdesk-go/helpdesk"
)

// maxBody is the most bytes of an answer that are read. A good one has a few thousand.
const maxBody = 1 << 20

// failure is one try gone wrong.
type failure struct {
	kind  kind
	after time.Duration // how long the server asked to wait; 0 when it did not
	err   error
}

type kind int

const (
	permanent       kind = iota // trying again cannot help
	transient                   // network, overload, timeout
	malformedAnswer             // an answer came and is not what was asked for
)

// Error is the answer of a server that did not classify.
type Error struct {
	Status  int    // the HTTP status, such as 429
	Code    string // the server's word for it, such as "insufficient_quota"; may be empty
	Message string // what the server said, shortened, without the key
}

func (e *Error) Error() string {
	s := fmt.Sprintf("status %d %s", e.Status, http.StatusText(e.Status))
	if e.Code != "" {
		s += " (" + e.Code + ")"
	}
	if e.Message != "" {
		s += ": " + e.Message
	}
	return s
}

// Is matches helpdesk.ErrInvalid for a request that the server found wrong: asking again
// with the same ticket cannot succeed.
func (e *Error) Is(target error) bool {
	return target == helpdesk.ErrInvalid && e.Status == http.StatusBadRequest
}

// try asks once and returns the text of the model's message.
func (c *Classifier) try(ctx context.Context, request openai.ChatCompletionRequest) (string, openai.Usage, *failure) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Timeout)
	defer cancel()
	x := &exchange{client: &c.http, clock: c.cfg.Clock}
	cfg := c.client
	cfg.HTTPClient = x
	resp, err := openai.NewClientWithConfig(cfg).CreateChatCompletion(ctx, request)
	if err != nil {
		return "", resp.Usage, c.fault(ctx, x, err)
	}
	if len(resp.Choices) != 1 {
		return "", resp.Usage, malformed("the answer has %d choices", len(resp.Choices))
	}
	choice := resp.Choices[0]
	switch {
	case choice.FinishReason == openai.FinishReasonContentFilter, choice.Message.Refusal != "":
		return "", resp.Usage, &failure{err: fmt.Errorf("%w: the model refused", helpdesk.ErrAbstain)}
	case choice.FinishReason == openai.FinishReasonLength:
		return "", resp.Usage, malformed("the answer was cut off at %d tokens", resp.Usage.CompletionTokens)
	}
	return choice.Message.Content, resp.Usage, nil
}

func malformed(format string, args ...any) *failure {
	return &failure{kind: malformedAnswer, err: fmt.Errorf(format, args...)}
}

// fault says what went wrong, from the exchange rather than from go-openai's
// error: that one hides the headers and repeats whole bodies.
func (c *Classifier) fault(ctx context.Context, x *exchange, err error) *failure {
	switch {
	case !x.sent:
		return &failure{err: err} // go-openai would not send the request
	case x.status != 0 && x.status != http.StatusOK:
		return c.refused(x, err)
	case ctx.Err() != nil:
		return &failure{kind: transient, err: fmt.Errorf("no answer in time: %w", ctx.Err())}
	case x.body == nil || x.body.err != nil:
		var u *url.Error // its text repeats the address
		if errors.As(err, &u) {
			err = u.Err
		}
		return &failure{kind: transient, err: fmt.Errorf("connection: %s", c.scrub(err.Error()))}
	case errors.Is(err, errTooLong):
		return malformed("%v", errTooLong)
	}
	return malformed("the answer is not a chat completion")
}

// refused says what a server answered that did not answer the question.
func (c *Classifier) refused(x *exchange, err error) *failure {
	e := &Error{Status: x.status}
	var code string
	var api *openai.APIError
	if errors.As(err, &api) {
		code = api.Type
		if s, ok := api.Code.(string); ok && s != "" {
			code = s
		}
		e.Code, e.Message = c.scrub(code), c.scrub(api.Message)
	}
	f := &failure{err: e}
	spent := slices.Contains([]string{"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}, code)
	passing := x.status >= 500 ||
		slices.Contains([]int{http.StatusTooManyRequests, http.StatusRequestTimeout, http.StatusConflict}, x.status)
	if passing && !spent {
		f.kind, f.after = transient, x.after
	}
	return f
}

// scrub makes words of a server fit for an error message: short, on one line and
// without the key, which some servers repeat.
func (c *Classifier) scrub(s string) string {
	if c.key != "" {
		s = strings.ReplaceAll(s, c.key, "[key]")
	}
	s = strings.Join(strings.Fields(visible(s)), " ")
	if runes := []rune(s); len(runes) > 300 {
		s = string(runes[:300]) + "…"
	}
	return s
}

// exchange is one HTTP request and what is to be known of its answer. It stands between
// go-openai and the HTTP client, because go-openai reads without limit and
// does not hand out Retry-After.
type exchange struct {
	client *http.Client
	clock  helpdesk.Clock
	sent   bool
	status int           // 0 when no answer came
	after  time.Duration // Retry-After, 0 when absent or not to be understood
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
	x.body = &limited{ReadCloser: resp.Body, left: maxBody}
	resp.Body = x.body
	if resp.StatusCode != http.StatusOK && resp.StatusCode < http.StatusBadRequest {
		resp.Body.Close()
		return nil, errors.New("not an answer") // a redirect, or a success without content
	}
	return resp, nil
}

// retryAfter reads the wait a server asks for: OpenAI's own header in milliseconds, or
// the one of RFC 9110, section 10.2.3, in seconds or as a date.
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

var errTooLong = errors.New("the answer is longer than 1 MiB")

// limited reads at most left bytes, and remembers when reading went wrong.
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
