package classifytest_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/classifytest"
)

func named(ids string) (tickets []classifytest.Ticket) {
	for _, id := range strings.Fields(ids) {
		tickets = append(tickets, classifytest.Ticket{ID: id})
	}
	return tickets
}

// The numbers were computed by hand.
func TestSimilarScoreCountsQueriesThatFindOneRelevantTicket(t *testing.T) {
	t.Parallel()
	tickets := named("a b c d e f g h i j k l m n o p")
	relevant := map[string][]string{
		"a": {"b", "c"},     // b is first: 1
		"b": {"a"},          // third: itself and a repetition come before it
		"c": {"a"},          // tenth
		"d": {"a"},          // eleventh: not found
		"e": {"a", "ghost"}, // fails
		"f": {"ghost"},      // cannot be found
		"g": {"a"},          // panics
		"h": {"h"},          // no other ticket: left out
		"i": {},             // left out
		"j": {"k"},          // fifth
	}
	rankings := map[string]string{
		"a": "b d c", "b": "b c c d c a", "c": "b d e f g h i j k a", "d": "b c e f g h i j k l a", "f": "a b c", "j": "a b c d k",
	}
	r, err := classifytest.SimilarScore(t.Context(), tickets, relevant, func(_ context.Context, q classifytest.Ticket) ([]string, error) {
		switch q.ID {
		case "e":
			return nil, errors.New("down")
		case "g":
			panic("oops")
		}
		return strings.Fields(rankings[q.ID]), nil
	}, nil)
	require.NoError(t, err)
	require.Equal(t, []int{8, 2, 2}, []int{r.N, r.Failed, r.Unknown})
	require.InDelta(t, 1.0/8, r.RecallAt1, 1e-12)
	require.InDelta(t, 3.0/8, r.RecallAt5, 1e-12)
	require.InDelta(t, 4.0/8, r.RecallAt10, 1e-12)
	require.InDelta(t, (1+1.0/3+1.0/10+1.0/5)/8, r.MRRAt10, 1e-12)
	require.Equal(t, []classifytest.Failure{{Ticket: "e", Error: "down"}, {Ticket: "g", Error: "the ranking panicked: oops"}}, r.Failures)
	var text strings.Builder
	require.NoError(t, r.WriteText(&text))
	require.Contains(t, text.String(), "8 queries")
	require.Contains(t, text.String(), "recall@5     0.375")
	require.Contains(t, text.String(), "2 relevant ids are of no ticket")
}

func TestSimilarScoreRefusesWhatCannotBeScored(t *testing.T) {
	t.Parallel()
	rank := func(context.Context, classifytest.Ticket) ([]string, error) { return nil, nil }
	for want, c := range map[string]struct {
		tickets  string
		relevant map[string][]string
		cfg      *classifytest.Config
	}{
		`relevant has the query "x", which is the id of no ticket`: {"a b", map[string][]string{"x": {"a"}}, nil},
		`tickets has two with the id "a"`:                          {"a b a", map[string][]string{"a": {"b"}}, nil},
		"relevant has no query":                                    {"a b", map[string][]string{"a": nil}, nil},
		"Workers is negative":                                      {"a b", map[string][]string{"a": {"b"}}, &classifytest.Config{Workers: -2}},
	} {
		_, err := classifytest.SimilarScore(t.Context(), named(c.tickets), c.relevant, rank, c.cfg)
		require.ErrorIs(t, err, helpdesk.ErrInvalid)
		require.ErrorContains(t, err, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := classifytest.SimilarScore(ctx, named("a b"), map[string][]string{"a": {"b"}}, rank, nil)
	require.ErrorIs(t, err, context.Canceled)
}
