package openaiclassify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	openai "github.com/sashabaranov/go-openai"

	"github.com/helpdesk-go/helpdesk"
)

// DefaultModel is the model asked when Config names none: a small one that answers without
// reasoning first, well within the time of a try.
const DefaultModel = openai.GPT5Dot4Mini

// Config says how a Classifier works. Its zero value asks OpenAI.
type Config struct {
	BaseURL string // of another server, up to but without "/chat/completions"; empty is OpenAI
	Model   string // empty means DefaultModel; it must know strict JSON schemas

	// ReasoningEffort is passed to models that reason, such as "low"; empty leaves it to
	// the model. One that reasons for long needs more Timeout and MaxTokens.
	ReasoningEffort string
	MaxTokens       int // most tokens of an answer, reasoning included; 0 means 2,000

	Timeout time.Duration // of one try; 0 means 8 seconds
	Total   time.Duration // of all tries and the waits between them; 0 means 20 seconds
	Retries int           // tries after the first; 0 means 2, negative none

	HTTPClient *http.Client   // nil: one that uses http.DefaultTransport; redirects are never followed
	Clock      helpdesk.Clock // nil: helpdesk.SystemClock

	// Sleep waits between tries; it returns early with an error when ctx ends. Nil is a
	// timer. Tests pass one that does not wait.
	Sleep func(ctx context.Context, d time.Duration) error
}

// Classifier is a helpdesk.Classifier that asks a model. It may be used by many
// goroutines at once.
type Classifier struct {
	cfg    Config
	http   http.Client
	client openai.ClientConfig
	key    string // kept to remove it from errors
}

// New returns a Classifier that identifies itself by apiKey. The key may be empty only
// for a BaseURL of one's own. A nil cfg is the zero Config. New does no I/O, so that a
// wrong key shows at the first ticket; an error names the field at fault.
func New(apiKey string, cfg *Config) (*Classifier, error) {
	if cfg == nil {
		cfg = &Config{}
	}
	c := &Classifier{cfg: *cfg, client: openai.DefaultConfig(apiKey), key: apiKey}
	if err := c.cfg.check(apiKey); err != nil {
		return nil, fmt.Errorf("openaiclassify: new: %w", err)
	}
	c.cfg.complete()
	if c.cfg.BaseURL != "" {
		c.client.BaseURL = c.cfg.BaseURL
	}
	if cfg.HTTPClient != nil {
		c.http = *cfg.HTTPClient
	}
	// A redirect would carry a customer's words, and with a careless server the key, elsewhere.
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c, nil
}

func (c *Config) check(apiKey string) error {
	var errs []error
	bad := func(field, problem string) {
		errs = append(errs, &helpdesk.FieldError{Field: field, Problem: problem})
	}
	if apiKey == "" && c.BaseURL == "" {
		bad("apiKey", "is empty")
	}
	if strings.ContainsFunc(apiKey, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		bad("apiKey", "contains a space or control character")
	}
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || u.RawQuery != "" {
			bad("BaseURL", "is not a plain http or https address")
		}
	}
	if len(c.Model) > 100 || strings.ContainsFunc(c.Model, func(r rune) bool { return !unicode.IsPrint(r) }) {
		bad("Model", "is not the name of a model")
	}
	if c.MaxTokens < 0 {
		bad("MaxTokens", "is negative")
	}
	if c.Timeout < 0 {
		bad("Timeout", "is negative")
	}
	if c.Total < 0 {
		bad("Total", "is negative")
	}
	return errors.Join(errs...)
}

func (c *Config) complete() {
	c.Model = cmp.Or(c.Model, DefaultModel)
	c.MaxTokens = cmp.Or(c.MaxTokens, 2000)
	c.Timeout = cmp.Or(c.Timeout, 8*time.Second)
	c.Total = cmp.Or(c.Total, 20*time.Second)
	c.Retries = max(0, cmp.Or(c.Retries, 2))
	if c.Clock == nil {
		c.Clock = helpdesk.SystemClock
	}
	if c.Sleep == nil {
		c.Sleep = sleep
	}
}

// Name is what answers are signed with in a ticket's record: "openai/MODEL/PROMPT".
func (c *Classifier) Name() string { return "openai/" + c.cfg.Model + "/" + promptVersion }

// Classify asks the model. The answer has passed every check: a category of the request or
// none, a known priority, short tags, a confidence between 0 and 1. A suggested
// reply with a link or address that the ticket does not have is left out. An answer of
// "none of these categories" has an empty Category.
//
// The error matches helpdesk.ErrAbstain when the model refused, helpdesk.ErrInvalid
// when the server found the request wrong (status 400), the error of ctx when that
// ended, and is an *[Error] when a server said no.
func (c *Classifier) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	answer, err := c.ask(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("openaiclassify: ask %s: %w", c.cfg.Model, err)
	}
	answer.Classifier = c.Name()
	return answer, nil
}

// ask tries until there is an answer, a failure that will not pass, or no time left.
func (c *Classifier) ask(caller context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	request, err := c.request(r)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(caller, c.cfg.Total)
	defer cancel()
	start := c.cfg.Clock.Now()
	in, out, malformed := 0, 0, 0
	for try := 0; ; try++ {
		text, usage, f := c.try(ctx, request)
		in, out = in+usage.PromptTokens, out+usage.CompletionTokens // failed tries are paid for, too
		if f == nil {
			var answer *helpdesk.Classification
			if answer, f = parse(text, r); f == nil {
				answer.TokensIn, answer.TokensOut = in, out
				return answer, nil
			}
		}
		if err := caller.Err(); err != nil {
			return nil, err
		}
		if f.kind == malformedAnswer {
			malformed++
		}
		if f.kind == permanent || malformed > 1 || try >= c.cfg.Retries || ctx.Err() != nil {
			return nil, f.err
		}
		wait := f.after
		if wait == 0 {
			wait = backoff(try)
		}
		if left := c.cfg.Total - c.cfg.Clock.Now().Sub(start); wait >= left {
			return nil, fmt.Errorf("%w (no time to try again after %v)", f.err, wait.Round(time.Millisecond))
		}
		if c.cfg.Sleep(ctx, wait) != nil {
			return nil, cmp.Or(caller.Err(), f.err)
		}
	}
}

// backoff returns a random wait of up to 0.5, 1, 2, 4 seconds: full jitter, so that many processes
// that failed together do not come back together. See
// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
func backoff(try int) time.Duration {
	most := 500 * time.Millisecond << min(try, 3)
	return 1 + rand.N(most)
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
