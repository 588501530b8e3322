// Package sureness compares suggested replies with what agents sent, and tells from that how sure
// the suggestions of one maker are.
package sureness

import (
	"math"
	"regexp"

	"github.com/helpdesk-go/helpdesk/internal/likeness"
)

// Use is what an agent did with a suggested reply.
type Use int

// The uses. Words are compared without case and marks, and placeholders do not count. A reply was
// sent when the agent's message has 90% of its words and these are half of the message, so that a
// greeting may be added. It was edited when the message has half of its words.
const (
	Unused Use = iota
	Edited
	Sent
)

// UseOf compares an agent's message with the suggested reply. like is the share of words that they
// have in common.
func UseOf(suggested, sent string) (use Use, like float64) {
	suggested = placeholder.ReplaceAllString(suggested, " ")
	a, b := likeness.Words(suggested), likeness.Words(sent)
	both := float64(likeness.Both(a, b))
	switch kept := both / math.Max(1, float64(len(a))); {
	case kept >= 0.9 && both >= float64(len(b))/2:
		use = Sent
	case kept >= 0.5:
		use = Edited
	}
	return use, likeness.Shared(suggested, sent)
}

// placeholder finds what an agent has to fill in.
var placeholder = regexp.MustCompile(`\[[A-Z]+\]`)

// Level is how sure the replies of a maker are.
type Level int

// The levels.
const (
	Unknown Level = iota // or seldom sent
	Medium
	High
)

// The numbers of replies that a Tally needs, and that it counts at most.
const (
	least = 20
	most  = 300
)

// Tally counts suggested replies of one maker, the latest first.
type Tally struct{ Sent, Of int }

// Add counts a reply, unless there are enough.
func (t *Tally) Add(sent bool) {
	if t.Of == most {
		return
	}
	if t.Of++; sent {
		t.Sent++
	}
}

// Level tells how sure the replies are: of high sureness when at least 80 of 100 are sent, of
// medium when at least 50 are. Both shares are the lower end of the 95% interval. Of less than 20
// replies nothing is known.
func (t Tally) Level() Level {
	switch low := t.low(); {
	case t.Of < least:
		return Unknown
	case low >= 0.8:
		return High
	case low >= 0.5:
		return Medium
	}
	return Unknown
}

// low is the lower end of the 95% interval of the share sent: Wilson, "Probable inference, the law
// of succession, and statistical inference", 1927.
func (t Tally) low() float64 {
	if t.Of == 0 {
		return 0
	}
	const z = 1.959964
	n, p := float64(t.Of), float64(t.Sent)/float64(t.Of)
	return (p + z*z/(2*n) - z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))) / (1 + z*z/n)
}
