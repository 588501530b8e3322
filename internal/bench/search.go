package main

import (
	"context"
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// searchWords looks for a word that hardly any ticket has, and for one that none has.
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
	return nil
}
