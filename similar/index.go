package similar

import (
	"context"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Index is a Store that keeps an index of solved tickets: the terms of each ticket, and the number
// of tickets that hold a term. It counts and selects; all scores are computed by package similar.
type Index interface {
	// IndexTickets makes the index hold the named tickets as they are stored now: those that
	// are [helpdesk.Ticket.IsSolved] by [IndexedTicketOf], others and unknown ones not at all. It
	// is all or nothing. Repeating it changes nothing, and when several callers index the same
	// tickets at once each ticket is counted once.
	IndexTickets(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) error

	// CountTerms returns the number of indexed tickets and the number that hold each term, as if
	// the ticket without were not indexed. Terms that stand in no ticket may be missing.
	CountTerms(ctx context.Context, tenant helpdesk.TenantID, terms []Term, without helpdesk.TicketID) (TermCounts, error)

	// Candidates returns at most Limit indexed tickets: those with the greatest positive Sum, each
	// once, in any order. Ties are broken arbitrarily. See [CandidateQuery.Sum]. Without terms it
	// returns the tickets solved last; at equal times the greater id counts as later.
	Candidates(ctx context.Context, tenant helpdesk.TenantID, q CandidateQuery) ([]IndexedTicket, error)
}

// VectorIndex is an Index that keeps an embedding beside each indexed ticket.
type VectorIndex interface {
	// KeepVectors stores the vectors that a model made of indexed tickets, and replaces those the
	// tickets had. It ignores tickets that are not indexed: a ticket that leaves the index loses
	// its vector.
	KeepVectors(ctx context.Context, tenant helpdesk.TenantID, model string, vectors map[helpdesk.TicketID][]float32) error

	// Vectors returns the vectors of this model of the named tickets, and of the latest tickets
	// that have one: those solved last; at equal times the greater id counts as later.
	Vectors(ctx context.Context, tenant helpdesk.TenantID, model string, ids []helpdesk.TicketID, latest int) (map[helpdesk.TicketID][]float32, error)
}

// SentenceIndex is a Store that knows how many customers were sent a sentence. It keeps hashes, and
// no text: the texts are those of the tickets.
type SentenceIndex interface {
	// IndexSentences makes the index hold the sentences of the named tickets as they are stored
	// now, by [SentencesOf]. A ticket that is not solved, or unknown, has none. It is all or
	// nothing, and repeating it changes nothing.
	IndexSentences(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) error

	// Recurring returns the sentences of those named tickets that are indexed, as they are stored
	// now, in the order of the tickets named and of [SentencesOf], and only those of which a key
	// was sent to at least so many different customers of the tenant, by all indexed tickets. The
	// other keys are 0: see [Sentence.Recurs]. However many tickets hold a sentence, it costs the
	// same.
	Recurring(ctx context.Context, tenant helpdesk.TenantID, customers int, ids ...helpdesk.TicketID) ([]Sentence, error)
}

// IndexedTicket is the entry of a solved ticket in an [Index].
type IndexedTicket struct {
	Ticket helpdesk.TicketID
	Words  TermVector // of its subject and description
	At     time.Time  // when it was solved, in UTC to the microsecond
}

// IndexedTicketOf returns the entry of a ticket that is [helpdesk.Ticket.IsSolved].
func IndexedTicketOf(t *helpdesk.Ticket) IndexedTicket {
	at := t.ResolvedAt
	if at.IsZero() {
		at = t.ClosedAt
	}
	if at.IsZero() {
		at = t.CreatedAt
	}
	return IndexedTicket{Ticket: t.ID, Words: TermVectorOf(t.Subject, t.Description), At: at.UTC().Truncate(time.Microsecond)}
}

// TermCounts says in how many solved tickets of a tenant each term stands.
type TermCounts struct {
	Tickets int          // the number of indexed tickets
	Length  int64        // the sum of their [TermVector.Length]
	Of      map[Term]int // the number of tickets that hold a term
}

// Subtract takes one indexed ticket out of the counts.
func (c *TermCounts) Subtract(v *TermVector) {
	c.Tickets--
	c.Length -= int64(v.Length)
	for t, n := range c.Of {
		if n > 0 && v.Count(t) > 0 {
			c.Of[t]--
		}
	}
}

// CandidateQuery selects the indexed tickets to compare with a text: those with the greatest Sum.
type CandidateQuery struct {
	Terms []Weight    // ascending, each once; none selects the tickets solved last
	Worth [256]uint16 // by TermBucket, each at most MaxWorth
	Limit int         // the most tickets to select
}

// Weight is the weight of a term in a [CandidateQuery].
type Weight struct {
	Term   Term
	Weight uint16 // at most MaxWeight
}

// MaxWeight and MaxWorth keep each [CandidateQuery.Sum] within 32 bits.
const (
	MaxWeight = 4095
	MaxWorth  = 1023
)

// Sum adds up, over the terms of the query that stand in a ticket, the weight of the term times the
// worth of its [TermBucket] in the ticket. A ticket with none of the terms has the sum 0.
func (q *CandidateQuery) Sum(v *TermVector) uint32 {
	sum, i := uint32(0), 0
	for _, w := range q.Terms {
		at, ok := slices.BinarySearch(v.Terms[i:], w.Term)
		if i += at; ok {
			sum += uint32(w.Weight) * uint32(q.Worth[v.Bucket(i)])
		}
	}
	return sum
}
