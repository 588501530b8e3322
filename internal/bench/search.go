package main

import (
	"context"
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// searchWords looks for a word that hardly any ticket has, for one that none has, and for all else
// that people type.
func searchWords(ctx context.Context, b *bench) error {
	s, err := b.filled(ctx, b.largest())
	if err != nil {
		return err
	}
	desk, err := s.desk(nil)
	if err != nil {
		return err
	}
	progress("searching")
	for _, word := range []struct {
		what, text string
		want       int
	}{{"a rare", rareWord, 3}, {"an absent", absentWord, 0}} {
		ours := func(ctx context.Context) error {
			found, err := desk.Search(ctx, word.text, helpdesk.Query{})
			if err == nil && len(found.Tickets) != word.want {
				err = fmt.Errorf("%s word: %d tickets, not %d", word.what, len(found.Tickets), word.want)
			}
			return err
		}
		v, err := versus(b.rounds(5), latency(ctx, 50, ours))
		if err != nil {
			return err
		}
		b.table.add(within("Search "+word.what+" word in "+count(b.largest())+", p50", v[0], 10*time.Millisecond))
	}
	n := b.largest()
	open := helpdesk.Query{Status: helpdesk.OpenStatuses, Order: helpdesk.ByDue}
	for _, s := range []struct {
		what, text string
		q          helpdesk.Query
		found      bool
	}{
		{"a common word", commonWord + " ", helpdesk.Query{}, true},
		{"a common word among open ones by due time", commonWord + " ", open, true},
		{"two common words", commonWord + " word17 ", helpdesk.Query{}, false},
		{"words that all tickets have", "the last invoice ", helpdesk.Query{}, true},
		{"a beginning of two letters", "wo", helpdesk.Query{}, true},
		{"a beginning of a common word", "vouch", helpdesk.Query{}, true},
		{"a beginning of a rare word", rareWord[:4], helpdesk.Query{}, true},
		{"a beginning that no word has", "qz", helpdesk.Query{}, false},
		{"a beginning of numbers", "12", helpdesk.Query{}, true},
		{"a customer's address", "customer17@example.com", helpdesk.Query{}, true},
		{"a customer's name by operator", "customer:customer17 word17 ", helpdesk.Query{}, false},
		{"a phrase", `"the last invoice"`, helpdesk.Query{}, true},
		{"a phrase of a common word that no ticket has", `"` + commonWord + ` the"`, helpdesk.Query{}, false},
		{"a word to leave out", commonWord + " -question ", helpdesk.Query{}, false},
		{"letters without spaces", "機能", helpdesk.Query{}, true},
		{"a rare tag and a word", "tag:refund invoice ", helpdesk.Query{}, true},
		{"operators alone", "status:open before:2030-01-01", helpdesk.Query{}, true},
		{"a reference in a sentence", "please look at " + fmt.Sprintf("%04d-%04d", n%10000, 17) + " again", helpdesk.Query{}, false},
	} {
		ours := func(ctx context.Context) error {
			found, err := desk.Search(ctx, s.text, s.q)
			if err == nil && s.found && len(found.Tickets) == 0 {
				err = fmt.Errorf("%q finds nothing", s.text)
			}
			return err
		}
		v, err := versus(b.rounds(3), slowest(ctx, 40, 0.95, ours))
		if err != nil {
			return err
		}
		b.table.add(within("Search "+s.what+" in "+count(n)+", p95", v[0], 100*time.Millisecond))
	}
	return nil
}
