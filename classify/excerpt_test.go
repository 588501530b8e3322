package classify_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/similar"
)

// TestLongTicketCostsLittleMoreThanAShortOne counts allocated bytes, which grow with the text read.
// It runs alone, since others allocate too.
func TestLongTicketCostsLittleMoreThanAShortOne(t *testing.T) {
	readers := map[string]func(text string){
		"rules": func(text string) { classify.PriorityRules().MinPriority("", "subject", text) },
		"offline": func(text string) {
			_, _ = classify.Offline().Classify(t.Context(), &helpdesk.ClassifyRequest{Text: text})
		},
		"clean": func(text string) { classify.Clean(text) },
		"guard": func(text string) {
			_, _ = classify.Guard(&seen{}).Classify(t.Context(), &helpdesk.ClassifyRequest{Text: text})
		},
		"redact": func(text string) {
			classify.NewRedactor(nil).Request(&helpdesk.ClassifyRequest{Text: text, Similar: []helpdesk.Solved{{Text: text, Resolution: text}}})
		},
	}
	for name, read := range readers {
		for _, unit := range []string{"a@b.cc ", "The printer is jammed. "} {
			cost := func(size int) uint64 {
				text := strings.Repeat(unit, size/len(unit))
				return allocated(func() { read(text) })
			}
			require.LessOrEqual(t, cost(1<<20), 3*cost(6000), "%s reads %q", name, unit)
		}
	}
}

func TestSimilarTicketsAreComparedByTheEndsOfTheirTexts(t *testing.T) {
	t.Parallel()
	words := func(size int) int { return similar.TermVectorOf("", strings.Repeat("jam ", size/4)).Length }
	require.Equal(t, words(6000), words(1<<20))
}

func TestPhraseInTheMiddleOfALongTextIsNotSeen(t *testing.T) {
	t.Parallel()
	rules, padding := classify.PriorityRules(), strings.Repeat("It is about the printer. ", 400)
	for text, want := range map[string]helpdesk.Priority{
		"The system is down. " + padding:           helpdesk.Urgent,
		padding + "The system is down.":            helpdesk.Urgent,
		padding + "The system is down. " + padding: 0,
	} {
		p, _ := rules.MinPriority("", "Question", text)
		require.Equal(t, want, p)
	}
}

// allocated returns the bytes that f allocates.
func allocated(f func()) uint64 {
	f() // tables are built at the first use
	least := ^uint64(0)
	for range 3 { // a collection in between empties the pools of package regexp
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f()
		runtime.ReadMemStats(&after)
		least = min(least, after.TotalAlloc-before.TotalAlloc)
	}
	return least
}
