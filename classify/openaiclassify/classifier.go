package openaiclassify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

// DefaultModel is the model unless Config names one: a small model that answers without reasoning
// first, well within the time of a try.
const DefaultModel = openai.GPT5Dot4Mini

// maxBody is the greatest number of bytes read of an answer. A good one has a few thousand.
const maxBody = 1 << 20

// Config sets up a Classifier. Its zero value asks OpenAI.
type Config struct {
	// BaseURL is the address of another server, without "/chat/completions"; empty means OpenAI.
	BaseURL string
	Model   string // empty means DefaultModel

	// ReasoningEffort is passed to models that reason, such as "low"; empty leaves it to the model.
	// Long reasoning needs more time and MaxTokens.
	ReasoningEffort string
	// MaxTokens is the greatest number of tokens of an answer, reasoning included; 0 means 2,000.
	MaxTokens int

	// Format is the form of answer to ask for. Empty means JSONSchema, and a looser one if the
	// server refuses it. Set it for a server that takes a form and then answers badly.
	Format Format
	// TokenLimit is the parameter that carries MaxTokens: "max_completion_tokens", "max_tokens", or
	// "none". Empty means the first, and the next if the server refuses it.
	TokenLimit string

	// Timeout ends a call whose ctx has no deadline; a classify.Limit sets one. 0 means 8 seconds.
	Timeout time.Duration

	Prices classify.Prices // of the model, where it differs from the list; nil means the list
	// HTTPClient sends the requests. Nil means a client on http.DefaultTransport. Redirects are
	// never followed.
	HTTPClient *http.Client
	// Clock reads a Retry-After that is a date. Nil means helpdesk.SystemClock.
	Clock helpdesk.Clock
}

// Classifier is a helpdesk.Classifier that asks a model once. Put a classify.Limit around it for
// retries. It is safe for concurrent use.
type Classifier struct {
	cfg    Config
	server *server
	price  classify.Price
	habits atomic.Pointer[habits] // of the server, as far as they are known
}

var _ classify.Paid = (*Classifier)(nil)

// New returns a Classifier that authenticates by apiKey. The key may be empty only with a BaseURL.
// A nil cfg means the zero Config. New does no I/O, so a wrong key shows at the first ticket; an
// error names the invalid field.
func New(apiKey string, cfg *Config) (*Classifier, error) {
	if cfg == nil {
		cfg = &Config{}
	}
	c := &Classifier{cfg: *cfg}
	var errs []error
	bad := func(field, problem string) { errs = append(errs, &helpdesk.FieldError{Field: field, Problem: problem}) }
	c.server = newServer(apiKey, cfg.BaseURL, cfg.HTTPClient, cfg.Clock, cfg.Timeout, bad)
	c.server.most = maxBody
	if badModel(cfg.Model) {
		bad("Model", "is not the name of a model")
	}
	if cfg.MaxTokens < 0 {
		bad("MaxTokens", "is negative")
	}
	if cfg.Format != "" && !slices.Contains(formats, cfg.Format) {
		bad("Format", "is not a form of answer")
	}
	if cfg.TokenLimit != "" && !slices.Contains(tokenLimits, cfg.TokenLimit) {
		bad("TokenLimit", "is not a parameter for it")
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("openaiclassify: new: %w", err)
	}
	c.habits.Store(&habits{cmp.Or(cfg.Format, JSONSchema), cmp.Or(cfg.TokenLimit, maxCompletionTokens)})
	c.cfg.Model = cmp.Or(cfg.Model, DefaultModel)
	c.cfg.MaxTokens = cmp.Or(cfg.MaxTokens, 2000)
	c.price, _ = cfg.Prices.Of(c.cfg.Model)
	return c, nil
}

// Name is the signature of answers in a ticket's record: "openai/MODEL/PROMPT".
func (c *Classifier) Name() string { return "openai/" + c.cfg.Model + "/" + promptVersion }

// Model returns the name of the model.
func (c *Classifier) Model() string { return c.cfg.Model }

// Most returns the greatest number of tokens that Classify may use for r. No token is shorter than
// a byte, so the bytes of the request are an upper bound. Config.MaxTokens limits the answer.
func (c *Classifier) Most(r *helpdesk.ClassifyRequest) (tokensIn, tokensOut int) {
	request, err := c.request(r, habits{format: JSONSchema})
	if err != nil {
		return 0, 0 // Classify fails on it too, before it costs anything
	}
	// The schema counts twice, since it is sent as a schema or in the prompt. The rest is for the
	// separators of messages.
	const between = 200
	n := between + 2*len(schemaOf(r))
	for _, m := range request.Messages {
		n += len(m.Content)
	}
	return n, c.cfg.MaxTokens
}

// Classify asks the model once. The answer has passed every check: a category of the request or
// none, a known priority, short tags, a confidence between 0 and 1. An answer of "none of these
// categories" has an empty Category. The suggested reply is the model's own text: the Desk checks
// its links.
//
// The error has a *classify.Failure in its tree, without the key. A server that refuses a form of
// answer or a parameter by name is asked again without it, at once; that costs a call the first
// time.
func (c *Classifier) Classify(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	answer, f := c.ask(ctx, r)
	if f != nil {
		return nil, fmt.Errorf("openaiclassify: ask %s: %w", c.cfg.Model, f)
	}
	answer.Classifier = c.Name()
	return answer, nil
}

// ask asks in the way that the server understands, as far as that is known.
func (c *Classifier) ask(ctx context.Context, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, *classify.Failure) {
	for h := *c.habits.Load(); ; {
		request, err := c.request(r, h)
		if err != nil {
			return nil, &classify.Failure{Kind: classify.Rejected, Err: err}
		}
		var resp openai.ChatCompletionResponse
		f := c.server.call(ctx, func(ctx context.Context, client *openai.Client) (err error) {
			resp, err = client.CreateChatCompletion(ctx, request)
			return err
		})
		if looser, ok := h.without(f, &c.cfg); ok {
			h = looser
			continue
		}
		if f != nil {
			return nil, f
		}
		c.habits.Store(&h) // only after it has worked
		return c.read(&resp, r)
	}
}

// read makes a Classification from an answer. Its tokens are on the Classification or on the
// Failure.
func (c *Classifier) read(resp *openai.ChatCompletionResponse, r *helpdesk.ClassifyRequest) (*helpdesk.Classification, *classify.Failure) {
	in, out := max(0, resp.Usage.PromptTokens), max(0, resp.Usage.CompletionTokens)
	cost := c.price.Cost(in, out)
	text, f := message(resp)
	var answer *helpdesk.Classification
	if f == nil {
		answer, f = parse(text, r)
	}
	if f != nil {
		f.TokensIn, f.TokensOut, f.Cost = in, out, cost
		f.Uncounted = in == 0 && out == 0
		return nil, f
	}
	answer.TokensIn, answer.TokensOut, answer.Cost = in, out, cost
	return answer, nil
}

// message returns the text of the model.
func message(resp *openai.ChatCompletionResponse) (string, *classify.Failure) {
	if len(resp.Choices) != 1 {
		return "", malformed("the answer has %d choices", len(resp.Choices))
	}
	choice := resp.Choices[0]
	switch {
	case choice.FinishReason == openai.FinishReasonContentFilter, choice.Message.Refusal != "":
		return "", refusedAnswer("the model refused to answer")
	case choice.FinishReason == openai.FinishReasonLength:
		return "", malformed("the answer was cut off at %d tokens", resp.Usage.CompletionTokens)
	}
	text := choice.Message.Content
	for _, part := range choice.Message.MultiContent { // a content in parts, such as a thought and a text
		text += part.Text
	}
	return text, nil
}
