// Package crosslink has the kinds of link between two tickets, and finds links that lead in a
// circle.
package crosslink

// The kinds, as one of the two tickets sees them.
const (
	Related      = "related"
	DuplicateOf  = "duplicate_of"
	DuplicatedBy = "duplicated_by"
	CausedBy     = "caused_by"
	Causes       = "causes"
)

// Opposite returns the kind that the other ticket sees, or "" for an unknown kind.
func Opposite(kind string) string {
	switch kind {
	case Related:
		return Related
	case DuplicateOf:
		return DuplicatedBy
	case DuplicatedBy:
		return DuplicateOf
	case CausedBy:
		return Causes
	case Causes:
		return CausedBy
	}
	return ""
}

// Answer is the result of Walk.
type Answer int

// The answers.
const (
	No Answer = iota
	Yes
	TooFar // it looked at the most tickets that it may, and others were left
)

// Walk reports whether links lead from one ticket to another, over at most the given number of
// tickets. next returns the tickets that links of some tickets lead to.
func Walk[ID comparable](from, to ID, most int, next func(of []ID) ([]ID, error)) (Answer, error) {
	seen := map[ID]bool{from: true}
	for level := []ID{from}; len(level) > 0; {
		if seen[to] {
			return Yes, nil
		}
		if len(seen) > most {
			return TooFar, nil
		}
		found, err := next(level)
		if err != nil {
			return No, err
		}
		level = nil
		for _, id := range found {
			if !seen[id] {
				seen[id] = true
				level = append(level, id)
			}
		}
	}
	return No, nil
}
