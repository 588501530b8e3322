package inbound

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
	"github.com/helpdesk-go/helpdesk/internal/noaddress"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

// Hook is an http.Handler that takes in the mails of one provider.
type Hook struct {
	Provider string
	Desks    Desks
	Config   email.Webhook
	Types    []string // media types of its posts
	Unknown  int      // the status for a mail to nobody here: one after which the provider does not try again

	// Admit looks at a request before its body is read; an error is the answer.
	Admit func(r *http.Request) error
	// Read makes sure that a post is the provider's, and takes it apart. An *Answer as error is the
	// answer; any other error is temporary trouble. If after is not nil, it is called when the mail
	// is received and the answer not yet sent.
	Read func(r *http.Request, body []byte) (m *Mail, after func(ctx context.Context) error, err error)

	slots chan struct{}
}

// Answer is what a request is answered with.
type Answer struct {
	Status int      `json:"-"`
	Done   string   `json:"status,omitempty"` // of a 200: what became of the post
	Mails  []string `json:"mails,omitempty"`  // ids of the records
	Reason string   `json:"error,omitempty"`
}

func (a *Answer) Error() string { return cmp.Or(a.Reason, a.Done) }

// Refuse returns the answer to a request that is wrong.
func Refuse(status int, reason string) *Answer { return &Answer{Status: status, Reason: reason} }

// Done returns the answer to a request that has been served, without a mail.
func Done(what string) *Answer { return &Answer{Status: http.StatusOK, Done: what} }

// Complete checks the Hook and fills in what it leaves open. maxSize is the default of
// Config.MaxSize.
func (h *Hook) Complete(maxSize int64) error {
	errs := []error{h.Desks.Check()}
	for _, f := range []struct {
		name  string
		value int64
	}{{"MaxSize", h.Config.MaxSize}, {"Timeout", int64(h.Config.Timeout)}, {"Parallel", int64(h.Config.Parallel)}} {
		if f.value < 0 {
			errs = append(errs, &helpdesk.FieldError{Field: f.name, Problem: "is negative"})
		}
	}
	h.Config.MaxSize = cmp.Or(h.Config.MaxSize, maxSize)
	h.Config.Timeout = cmp.Or(h.Config.Timeout, time.Minute)
	h.Config.Parallel = cmp.Or(h.Config.Parallel, 16)
	if h.Config.Clock == nil {
		h.Config.Clock = helpdesk.SystemClock
	}
	h.Config.Logger = noaddress.Logger(h.Config.Logger)
	h.Config.Failures = h.Config.Failures.Or(ratelimit.Rate{Count: 30, Per: time.Minute})
	errs = append(errs, h.Config.Failures.Check("Failures"))
	if h.Config.Limiter == nil {
		h.Config.Limiter = ratelimit.Memory(&ratelimit.Config{Clock: h.Config.Clock})
	}
	h.Config.Limiter = ratelimit.FailOpen(h.Config.Limiter, h.Config.Clock, h.Config.Logger)
	if h.Config.ClientIP == nil {
		h.Config.ClientIP = ratelimit.RemoteIP
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("%s: %w", h.Provider, err)
	}
	h.slots = make(chan struct{}, h.Config.Parallel)
	return nil
}

// ServeHTTP takes in one post.
func (h *Hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer, err := h.serve(w, r)
	if err != nil {
		answer = &Answer{Status: http.StatusServiceUnavailable, Reason: "not received: try again later"}
		if a := (*Answer)(nil); errors.As(err, &a) {
			answer = a
		}
		level := slog.LevelWarn
		switch {
		case answer.Status == http.StatusUnauthorized: // counts also when the client has hung up
			if answer = h.failed(w, r, answer); answer.Status == http.StatusTooManyRequests {
				level = slog.LevelDebug
			}
		case r.Context().Err() != nil: // the provider has given up, and tries again
			level = slog.LevelInfo
		case answer.Status == http.StatusServiceUnavailable:
			level = slog.LevelError
		case answer.Status == http.StatusOK:
			level = slog.LevelInfo
		}
		h.Config.Logger.LogAttrs(r.Context(), level, "mail was not taken in", slog.String("provider", h.Provider),
			slog.Int("status", answer.Status), slog.String("error", err.Error()))
	}
	head := w.Header()
	head.Set("Content-Type", "application/json")
	head.Set("Cache-Control", "no-store")
	switch answer.Status {
	case http.StatusServiceUnavailable:
		head.Set("Retry-After", "30")
	case http.StatusMethodNotAllowed:
		head.Set("Allow", http.MethodPost)
	case http.StatusUnauthorized:
		head.Set("WWW-Authenticate", `Basic realm="mail"`)
	}
	w.WriteHeader(answer.Status)
	json.NewEncoder(w).Encode(answer)
}

// failed counts a post that is not the provider's, and returns its answer: too many of an address
// are told to wait.
func (h *Hook) failed(w http.ResponseWriter, r *http.Request, answer *Answer) *Answer {
	key := "inbound " + h.Provider + " " + ratelimit.Network(h.Config.ClientIP(r))
	wait, _ := h.Config.Limiter.Take(context.WithoutCancel(r.Context()), key, h.Config.Failures) // FailOpen has no errors
	if wait <= 0 {
		return answer
	}
	w.Header().Set("Retry-After", strconv.Itoa(ratelimit.Seconds(wait)))
	return Refuse(http.StatusTooManyRequests, "too many posts that are not signed well")
}

func (h *Hook) serve(w http.ResponseWriter, r *http.Request) (*Answer, error) {
	if r.Method != http.MethodPost {
		return nil, Refuse(http.StatusMethodNotAllowed, "send a POST")
	}
	if err := h.Admit(r); err != nil {
		return nil, err
	}
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if !slices.Contains(h.Types, media) {
		return nil, Refuse(http.StatusUnsupportedMediaType, fmt.Sprintf("content type is %q, not one of %q", media, h.Types))
	}
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	default:
		return nil, errors.New("too many posts at once")
	}
	body, err := h.body(w, r)
	if err != nil {
		return nil, err
	}
	m, after, err := h.Read(r, body)
	if err != nil {
		return nil, err
	}
	answer, err := h.deliver(r.Context(), m)
	if err == nil && after != nil {
		err = after(r.Context())
	}
	return answer, err
}

// body reads the body within the limits of size and time.
func (h *Hook) body(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	tooLarge := Refuse(http.StatusRequestEntityTooLarge, fmt.Sprintf("post is larger than %d bytes", h.Config.MaxSize))
	if r.ContentLength > h.Config.MaxSize {
		return nil, tooLarge
	}
	// A ResponseWriter that has no deadlines is one of a test, or under a server that has its own.
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(helpdesk.SystemClock.Now().Add(h.Config.Timeout))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.Config.MaxSize))
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return nil, tooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, Refuse(http.StatusRequestTimeout, "post took too long")
	case err != nil:
		return nil, Refuse(http.StatusBadRequest, "post ended early: "+err.Error())
	}
	_ = control.SetReadDeadline(time.Time{})
	return body, nil
}

// deliver answers with success when everybody here whom the mail is for has it.
func (h *Hook) deliver(ctx context.Context, m *Mail) (*Answer, error) {
	answer := Done("received")
	var unknown []string
	for _, g := range h.Desks.Deliver(ctx, m) {
		switch {
		case g.Err == nil:
			if g.Mail != nil {
				answer.Mails = append(answer.Mails, g.Mail.ID)
			}
		case errors.Is(g.Err, helpdesk.ErrNotFound):
			unknown = append(unknown, g.Recipients...)
			continue
		default:
			return nil, fmt.Errorf("for %q: %w", g.Recipients, g.Err)
		}
		m = nil
	}
	if m != nil {
		a := &Answer{Status: h.Unknown, Reason: "nobody here has this address"}
		if h.Unknown == http.StatusOK {
			a = Done("dropped: nobody here has this address")
		}
		return nil, fmt.Errorf("to %q: %w", unknown, a)
	}
	if len(unknown) > 0 {
		h.Config.Logger.WarnContext(ctx, "mail was not taken in for all of its recipients", "provider", h.Provider, "unknown", len(unknown))
	}
	return answer, nil
}
