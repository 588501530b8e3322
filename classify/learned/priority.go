package learned

import (
	"github.com/helpdesk-go/helpdesk"
)

// The cost of a wrong priority, by its distance from the right one. To call an urgent ticket low
// costs ten times as much as the reverse.
var (
	tooLow  = [...]float64{0, 1, 4, 10}
	tooHigh = [...]float64{0, 0.5, 0.8, 1}
)

// priority returns the priority with the least expected cost, or 0. When no priority is likely
// enough it returns only one that raises the ticket.
func (m *Model) priority(s *scratch) helpdesk.Priority {
	h := m.heads[priorityHead]
	if h == nil {
		return 0
	}
	p := h.ask(&s.bag, m.vocabulary, &s.sheet)
	likely := p[best(p)] >= float64(h.least)
	if chosen := cheapest(h.labels, p); likely || chosen >= helpdesk.High {
		return chosen
	}
	return 0
}

// cheapest returns the priority, of those with the probabilities p, that has the least expected
// cost.
func cheapest(labels []string, p []float64) (chosen helpdesk.Priority) {
	least := 0.0
	for _, name := range labels {
		say, cost := priority(name), 0.0
		for i, right := range labels {
			if d := int(priority(right)) - int(say); d > 0 {
				cost += float64(p[i] * tooLow[d])
			} else {
				cost += float64(p[i] * tooHigh[-d])
			}
		}
		if chosen == 0 || cost < least {
			chosen, least = say, cost
		}
	}
	return chosen
}

// unsure is the error of a Model that knows no category, but perhaps a priority.
type unsure struct{ priority helpdesk.Priority }

func (e *unsure) Error() string { return e.Unwrap().Error() + ": no category is likely enough" }

// Unwrap makes it an abstention.
func (e *unsure) Unwrap() error { return helpdesk.ErrAbstain }

// AbstainedPriority is what the Desk asks for.
func (e *unsure) AbstainedPriority() helpdesk.Priority { return e.priority }
