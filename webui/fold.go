package webui

// fold is the middle of a long conversation, which is folded away. The first message, which states
// the matter, and the last ones stay.
type fold struct {
	From, To int // from the first folded to before the first that is not; both 0 for none
}

// The lengths of a conversation from which its middle is folded away, and of the end that stays.
// Agents have more of them in view.
const (
	manyMessages, shownLast       = 20, 10
	manyOwnMessages, shownOwnLast = 9, 4
)

// folded folds a conversation of n messages if they are as many as that, and leaves the last ones.
func folded(n, many, last int) fold {
	if n < many {
		return fold{}
	}
	return fold{1, n - last}
}

// Hidden is how many messages are folded away.
func (f fold) Hidden() int { return f.To - f.From }

// Opens and Closes report whether the fold begins or ends before the message at an index.
func (f fold) Opens(i int) bool  { return f.Hidden() > 0 && i == f.From }
func (f fold) Closes(i int) bool { return f.Hidden() > 0 && i == f.To }
