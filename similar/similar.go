package similar

import (
	"cmp"
	"context"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// Query asks for the solved tickets of one tenant that are like a text.
type Query struct {
	Tenant  helpdesk.TenantID
	Subject string
	Text    string
	Exclude helpdesk.TicketID // a ticket that is not found; empty excludes none
	Limit   int               // the most tickets to find; 0 means 3, more than MaxLimit means MaxLimit
	Vector  []float32         // of the subject and text, from an [Embedder]; nil compares by words alone
	Model   string            // that made Vector; vectors of other models are not compared with it
}

// MaxLimit is the most tickets that one Query finds.
const MaxLimit = 50

// Find returns the tickets of a tenant that are most like a text and were solved, best first. A
// ticket is solved when [helpdesk.Ticket.IsSolved] says so: a reopened ticket is not found.
//
// The score is BM25 over the words of both texts. With a Vector the angle between vectors counts as
// well, by reciprocal rank fusion. Every solved ticket is compared, up to 1,000 of them. Among
// more, the candidates are those that share the rarest words with the text, or where even these are
// too common, those solved last.
//
// A Store that is an [Index] answers from its index, which does not yet hold a ticket that was
// resolved a moment ago; see [Finder.Update]. On another Store Find reads all solved tickets. A
// Vector has an effect only on a Store that is a [VectorIndex].
func Find(ctx context.Context, store helpdesk.Store, q Query) ([]helpdesk.Solved, error) {
	q.Limit = min(cmp.Or(max(q.Limit, 0), 3), MaxLimit)
	index, ok := helpdesk.As[Index](store)
	if !ok {
		all, err := scan(ctx, store, q.Tenant)
		if err != nil {
			return nil, err
		}
		index = all
	}
	ranked, fit, err := rankTerms(ctx, index, &q)
	if err != nil {
		return nil, err
	}
	if vectors, ok := helpdesk.As[VectorIndex](store); ok && len(q.Vector) > 0 {
		if ranked, err = fuseVectors(ctx, vectors, &q, ranked); err != nil {
			return nil, err
		}
	}
	return readSolved(ctx, store, &q, ranked, fit)
}

// readSolved reads the best tickets of a ranking. It skips those that are no longer solved.
func readSolved(ctx context.Context, store helpdesk.Store, q *Query, ranked []place, fit func(*TermVector) float64) ([]helpdesk.Solved, error) {
	var solved []helpdesk.Solved
	for len(ranked) > 0 && len(solved) < q.Limit {
		some := ranked[:min(len(ranked), q.Limit-len(solved)+3)]
		ranked = ranked[len(some):]
		ask := helpdesk.Query{Tenant: q.Tenant, Limit: len(some)}
		for _, p := range some {
			ask.IDs = append(ask.IDs, p.ticket)
		}
		page, err := store.Tickets(ctx, ask)
		if err != nil {
			return nil, err
		}
		for _, p := range some {
			at := slices.IndexFunc(page.Tickets, func(t *helpdesk.Ticket) bool { return t.ID == p.ticket })
			if at < 0 || !page.Tickets[at].IsSolved() || len(solved) == q.Limit {
				continue
			}
			t := page.Tickets[at]
			words := TermVectorOf(t.Subject, t.Description)
			solved = append(solved, helpdesk.Solved{
				Ticket: t.ID, Ref: t.Ref, Subject: t.Subject, Text: t.Description, Resolution: t.Resolution,
				Customer: t.Customer, Score: p.score, Fit: fit(&words),
			})
		}
	}
	return solved, nil
}
