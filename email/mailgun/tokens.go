package mailgun

import (
	"container/list"
	"context"
	"sync"
)

// Tokens records the tokens of received posts, so that a repeated post is not read. It need not be
// shared by all processes, nor be reliable: a desk recognises a mail by its Message-ID. After
// Config.Tolerance a token is invalid and may be forgotten.
type Tokens interface {
	// Used reports whether the token was added.
	Used(ctx context.Context, token string) (bool, error)
	// Add is called only after the mail was received: Mailgun may retry a failed post with the same
	// token.
	Add(ctx context.Context, token string) error
}

// NewTokens returns Tokens in memory that keep the last size tokens; with 0 or less they keep none.
func NewTokens(size int) Tokens { return &recent{size: size, at: map[string]*list.Element{}} }

// recent drops the token that was added longest ago.
type recent struct {
	mu    sync.Mutex
	size  int
	order list.List
	at    map[string]*list.Element
}

func (r *recent) Used(_ context.Context, token string) (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at[token] != nil, nil
}

func (r *recent) Add(_ context.Context, token string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.at[token] == nil {
		r.at[token] = r.order.PushBack(token)
	}
	for len(r.at) > max(r.size, 0) {
		delete(r.at, r.order.Remove(r.order.Front()).(string))
	}
	return nil
}
