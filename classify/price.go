package classify

import (
	"math"
	"math/bits"
	"regexp"
)

// Price is the price of a model in billionths of a US dollar for one token: a list price of $0.15
// for a million tokens is 150.
type Price struct {
	// In is the price of a token of the request; discounts for cached tokens are not counted.
	In int64
	// Out is the price of a token of the answer, reasoning included.
	Out int64
}

// Cost returns the price of the tokens in billionths of a US dollar. It is exact, and at most the
// largest int64; a negative number counts as 0.
func (p Price) Cost(tokensIn, tokensOut int) int64 {
	return sum(times(p.In, tokensIn), times(p.Out, tokensOut))
}

func times(price int64, n int) int64 {
	if price <= 0 || n <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(price), uint64(n))
	if hi != 0 || lo > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(lo)
}

// sum adds without overflow: it stops at the largest and smallest int64.
func sum(a, b int64) int64 {
	switch {
	case b > 0 && a > math.MaxInt64-b:
		return math.MaxInt64
	case b < 0 && a < math.MinInt64-b:
		return math.MinInt64
	}
	return a + b
}

// Prices are a host's own prices by the name of the model. They override the list of this package;
// nil means that list alone. The zero Price is a known price, for a model on the host's own
// machine; an unlisted model has no price.
type Prices map[string]Price

// Of returns the price of a model, and false when none is known. A name covers its dated versions
// too, unless they have their own price: "gpt-4o-mini" covers "gpt-4o-mini-2024-07-18", but not
// "gpt-4o-mini-realtime".
func (p Prices) Of(model string) (Price, bool) {
	undated := dated.ReplaceAllString(model, "")
	for _, list := range []Prices{p, listed} {
		for _, name := range []string{model, undated} {
			if price, ok := list[name]; ok {
				return price, true
			}
		}
	}
	return Price{}, false
}

var dated = regexp.MustCompile(`-20\d\d-\d\d-\d\d$`)

// listed are the standard prices of OpenAI for text, as several price trackers repeated the list at
// https://platform.openai.com/docs/pricing in June 2026; the page itself was not read. Prices
// change: a host that has to be sure sets its own. Models after gpt-5.5 are left out on purpose,
// because their price was cut several times and writing to their cache costs more than the list
// price of a token.
var listed = Prices{
	"gpt-4o-mini":       {150, 600},
	"gpt-4o":            {2500, 10_000},
	"gpt-4o-2024-05-13": {5000, 15_000},

	"gpt-4.1":      {2000, 8000},
	"gpt-4.1-mini": {400, 1600},
	"gpt-4.1-nano": {100, 400},

	"gpt-5":             {1250, 10_000},
	"gpt-5-chat-latest": {1250, 10_000},
	"gpt-5-mini":        {250, 2000},
	"gpt-5-nano":        {50, 400},
	"gpt-5-pro":         {15_000, 120_000},
	"gpt-5.1":           {1250, 10_000},
	"gpt-5.2":           {1750, 14_000},
	"gpt-5.2-pro":       {21_000, 168_000},
	"gpt-5.4":           {2500, 15_000},
	"gpt-5.4-mini":      {750, 4500},
	"gpt-5.4-nano":      {200, 1250},
	"gpt-5.4-pro":       {30_000, 180_000},
	"gpt-5.5":           {5000, 30_000},
	"gpt-5.5-pro":       {30_000, 180_000},

	"o1":      {15_000, 60_000},
	"o1-pro":  {150_000, 600_000},
	"o1-mini": {1100, 4400},
	"o3":      {2000, 8000},
	"o3-pro":  {20_000, 80_000},
	"o3-mini": {1100, 4400},
	"o4-mini": {1100, 4400},

	"text-embedding-3-small": {20, 0},
	"text-embedding-3-large": {130, 0},
}
