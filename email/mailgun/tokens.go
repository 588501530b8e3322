package mailgun

import (
	"container/list"
	"context"
	"sync"
)

// Tokens remembers the tokens of posts that were received, so that a post that is sent once more is not looked at. It need not
// be shared by all processes, nor be reliable: a desk knows a mail it has by its Message-ID. A token is of no use to
// anybody after Config.Tolerance, and can be forgotten.
type Tokens interface {
	// Used reports whether the token was added.
	Used(ctx context.Context, token string) (bool, error)
	// Add is called once the mail was received, and not before: Mailgun may try again with the token of a post that failed.
	Add(ctx context.Context, token string) error
}

// NewTokens returns Tokens in memory that remember the last of them, at most size; 0 or less remembers none.
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
