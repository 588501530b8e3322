// Package similar finds solved tickets that are like another, by their words and, with an
// [Embedder], by their meaning. [New] makes the part that a desk asks:
//
//	desk, err := helpdesk.New(store, &helpdesk.Config{
//		Similar: similar.New(nil), // by words alone
//	})
//	...
//	solved, err := desk.Similar(ctx, ticket.ID, 3)
//
// The work is divided. A Store that is an [Index] keeps a [TermVector] of each solved ticket,
// counts in how many tickets a term stands, and selects candidates for a [CandidateQuery]. This
// package computes all scores, so the answer is the same on every Store. A Store that is a
// [VectorIndex] keeps an embedding beside each ticket as well.
package similar
