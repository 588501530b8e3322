package assign

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// StickyFor is how long a customer's last agent is remembered by default.
const StickyFor = 14 * 24 * time.Hour

// Sticky returns an Assigner that ranks as next does, but puts the agent of the customer's last
// ticket first. That ticket must have been assigned, answered or resolved within the given time; 0
// means StickyFor. The agent must be among those that next ranks: available, with room and the
// skills.
func Sticky(next helpdesk.Assigner, within time.Duration) helpdesk.Assigner {
	return &sticky{next, cmp.Or(within, StickyFor)}
}

type sticky struct {
	next   helpdesk.Assigner
	within time.Duration
}

// StickyFor implements helpdesk.StickyAssigner.
func (s *sticky) StickyFor() time.Duration { return s.within }

// Describe implements helpdesk.Describer.
func (s *sticky) Describe(t *helpdesk.Ticket, a *helpdesk.Agent) string {
	if d, ok := s.next.(helpdesk.Describer); ok {
		return d.Describe(t, a)
	}
	return ""
}

// Rank implements helpdesk.Assigner.
func (s *sticky) Rank(ctx context.Context, t *helpdesk.Ticket, candidates []helpdesk.Candidate) ([]helpdesk.Candidate, error) {
	ranked, err := s.next.Rank(ctx, t, candidates)
	slices.SortStableFunc(ranked, func(a, b helpdesk.Candidate) int {
		switch {
		case a.Knows == b.Knows:
			return 0
		case a.Knows:
			return -1
		}
		return 1
	})
	return ranked, err
}
