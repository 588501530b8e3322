package similar

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/noaddress"
)

// Config says how a [Finder] works. Its zero value compares by words alone.
type Config struct {
	// Embedder lets tickets be found that say the same in other words. Vectors are kept of tickets
	// that are solved from then on, by a Store that is a [VectorIndex]. Nil compares by words
	// alone.
	Embedder Embedder

	Logger *slog.Logger // nil means slog.Default()
}

// Finder finds solved tickets for a desk; it is a [helpdesk.SimilarFinder]. It may be used by many
// goroutines and desks at once.
type Finder struct{ cfg Config }

// New returns a Finder. A nil cfg is the zero Config. New copies cfg and does no I/O.
func New(cfg *Config) *Finder {
	f := &Finder{}
	if cfg != nil {
		f.cfg = *cfg
	}
	f.cfg.Logger = noaddress.Logger(f.cfg.Logger)
	return f
}

// Find implements [helpdesk.SimilarFinder]. See the function [Find]. Without a vector it leaves out
// tickets that are only a little like t, by their [helpdesk.Solved.Fit]. If the Embedder fails,
// this is logged and the words alone decide.
func (f *Finder) Find(ctx context.Context, store helpdesk.Store, t *helpdesk.Ticket, limit int) ([]helpdesk.Solved, error) {
	q, least := Query{Tenant: t.Tenant, Subject: t.Subject, Text: t.Description, Exclude: t.ID, Limit: limit}, leastFit
	if _, ok := helpdesk.As[VectorIndex](store); ok && f.cfg.Embedder != nil {
		vectors, err := f.embed(ctx, t.Tenant, []string{embeddedText(t)})
		if err != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if errors.Is(err, helpdesk.ErrAbstain) {
			f.cfg.Logger.DebugContext(ctx, "helpdesk: embed", "tenant", t.Tenant, "ticket", t.ID, "error", err)
		} else if err != nil {
			f.cfg.Logger.WarnContext(ctx, "helpdesk: embed", "tenant", t.Tenant, "ticket", t.ID, "error", err)
		} else {
			q.Vector, q.Model, least = vectors[0], f.cfg.Embedder.Model(), 0 // it may say the same in other words
		}
	}
	solved, err := Find(ctx, store, q)
	return slices.DeleteFunc(solved, func(s helpdesk.Solved) bool { return s.Fit < least }), err
}

// leastFit is the least [helpdesk.Solved.Fit] of a ticket that is found by words alone. Of 75 known
// duplicates in a bug tracker that were found, all have it. Of the tickets found for texts of
// another desk 9% to 58% have it: see docs/triage.md.
const leastFit = 0.08

// Update implements [helpdesk.SimilarFinder]. It indexes the words and the agents' sentences of all
// tickets in a call each, then embeds those of them that are solved and have no vector of the model
// yet. A failed embedding is the failure of its ticket, but for an error that matches
// [helpdesk.ErrAbstain]: then the ticket is compared by words alone. A Store that is neither an
// [Index] nor a [SentenceIndex] has nothing to update.
func (f *Finder) Update(ctx context.Context, store helpdesk.Store, tasks []helpdesk.Task) (failed map[helpdesk.TicketID]error, err error) {
	if len(tasks) == 0 {
		return nil, nil
	}
	tenant, ids := tasks[0].Tenant, make([]helpdesk.TicketID, len(tasks))
	for i := range tasks {
		ids[i] = tasks[i].Ticket
	}
	if index, ok := helpdesk.As[Index](store); ok {
		if err := index.IndexTickets(ctx, tenant, ids...); err != nil {
			return nil, fmt.Errorf("index: %w", err)
		}
	}
	if sentences, ok := helpdesk.As[SentenceIndex](store); ok {
		if err := sentences.IndexSentences(ctx, tenant, ids...); err != nil {
			return nil, fmt.Errorf("index sentences: %w", err)
		}
	}
	vectors, ok := helpdesk.As[VectorIndex](store)
	if !ok || f.cfg.Embedder == nil {
		return nil, nil
	}
	if failed, err = f.updateVectors(ctx, store, vectors, tasks); err != nil {
		return nil, fmt.Errorf("index vectors: %w", err)
	}
	return failed, nil
}

// The least a solved ticket must be like another for its sentences to be suggested, and the number
// of customers that must have been sent a sentence.
const (
	leastReplyFit  = 0.2
	leastCustomers = 3
)

// FindReply implements [helpdesk.ReplyFinder]. The reply has the sentences that agents sent to at
// least three different customers, from the most similar ticket that has some, in the order in
// which they stand there. What may be a person's is a placeholder: see [Sentence]. A Store that is
// no [SentenceIndex] has no reply.
func (f *Finder) FindReply(ctx context.Context, store helpdesk.Store, t *helpdesk.Ticket, like []helpdesk.Solved) (helpdesk.FoundReply, error) {
	var none helpdesk.FoundReply
	index, ok := helpdesk.As[SentenceIndex](store)
	var ids []helpdesk.TicketID
	for _, s := range like {
		if s.Fit >= leastReplyFit {
			ids = append(ids, s.Ticket)
		}
	}
	if !ok || len(ids) == 0 {
		return none, nil
	}
	found, err := index.Recurring(ctx, t.Tenant, leastCustomers, ids...)
	if err != nil || len(found) == 0 {
		return none, err
	}
	best := found[0].Ticket // found is in the order of like
	var b strings.Builder
	for _, s := range found {
		switch {
		case s.Ticket != best:
			continue
		case b.Len() > 0 && s.NewLine:
			b.WriteByte('\n')
		case b.Len() > 0:
			b.WriteByte(' ')
		}
		b.WriteString(s.Text())
	}
	return helpdesk.FoundReply{Text: b.String(), Sources: []helpdesk.TicketID{best}}, nil
}
