package openaiclassify

import (
	"net/http"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk/classify"
)

// Format is a form of answer that a server may be asked for.
type Format string

// The forms of answer, the strictest first. With any but the first, the schema stands in the
// prompt.
const (
	JSONSchema Format = "json_schema"
	JSONObject Format = "json_object"
	Text       Format = "text" // no response_format is sent
)

var formats = []Format{JSONSchema, JSONObject, Text}

// The parameters for the greatest number of tokens of an answer.
const (
	maxCompletionTokens = "max_completion_tokens"
	maxTokens           = "max_tokens"
	noTokenLimit        = "none"
)

var tokenLimits = []string{maxCompletionTokens, maxTokens, noTokenLimit}

// habits is what a server is sent beside the prompt.
type habits struct {
	format     Format
	tokenLimit string
}

// without returns habits without what a server has refused by name, and whether there are any. What
// the Config asks for is not given up. A schema that the server understands and finds invalid is
// our bug, and does not count.
func (h habits) without(f *classify.Failure, cfg *Config) (habits, bool) {
	if f == nil || f.Err == nil || !refusals[f.Status] {
		return h, false
	}
	said := strings.ToLower(f.Err.Error()) // of the server; with status 0 of go-openai, which knows OpenAI's models
	names := func(words ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(said, word) })
	}
	switch {
	case strings.Contains(said, "invalid schema"):
		return h, false
	case h.tokenLimit == maxCompletionTokens && cfg.TokenLimit == "" && names(maxCompletionTokens):
		h.tokenLimit = maxTokens
	case h.tokenLimit == maxTokens && cfg.TokenLimit == "" && names(maxTokens, "maxtokens"):
		h.tokenLimit = noTokenLimit
	case h.format != Text && cfg.Format == "" && names("response_format", "response format", "responseformat", "json_schema", "json_object", "grammar"):
		h.format = formats[slices.Index(formats, h.format)+1]
	default:
		return h, false
	}
	return h, true
}

// refusals are the statuses with which servers refuse a parameter: some answer 500 when they cannot
// build a grammar of a schema. Status 0 is a request that was not sent.
var refusals = map[int]bool{
	0:                     true,
	http.StatusBadRequest: true, http.StatusUnprocessableEntity: true, http.StatusUnsupportedMediaType: true,
	http.StatusInternalServerError: true, http.StatusNotImplemented: true,
}
