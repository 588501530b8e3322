package helpdesk

import (
	"errors"
	"fmt"
	"slices"
)

// The errors a caller can act on. Operations wrap them, so test for them with errors.Is.
var (
	// ErrNotFound means that the tenant does not have the thing asked for. A ticket of another
	// tenant is not found, nor is a ticket that the actor may not see.
	ErrNotFound = errors.New("not found")

	// ErrConflict means that something changed meanwhile: the caller's version or lease is no
	// longer the current one. Read again and decide anew.
	ErrConflict = errors.New("conflict")

	// ErrInvalid means that this input can never succeed. [Fields] names the fields at fault.
	ErrInvalid = errors.New("invalid")

	// ErrForbidden means that the actor may see the ticket but not do this to it.
	ErrForbidden = errors.New("forbidden")

	// ErrLinkEnded means that the link was genuine and works no more: it is too old, it was ended,
	// or its resolution has been rated. See [Desk.RenewLink].
	ErrLinkEnded = errors.New("link has ended")

	// ErrCapacity means that a claim would load an agent past the capacity.
	ErrCapacity = errors.New("over capacity")
)

// LockedError reports a row that another transaction has changed and keeps: see [Change].LockWait.
type LockedError struct {
	Agent AgentID // whose counter the row is; empty for another row, and where the Store cannot tell
}

func (e *LockedError) Error() string {
	if e.Agent == "" {
		return "another transaction keeps a row"
	}
	return "another transaction keeps the counter of agent " + string(e.Agent)
}

// FieldError names one field of the input and its problem. It matches ErrInvalid.
type FieldError struct {
	Field   string // its name in snake_case: "subject"
	Problem string // "is empty", "is longer than 255 characters"
}

func (e *FieldError) Error() string        { return e.Field + " " + e.Problem }
func (e *FieldError) Is(target error) bool { return target == ErrInvalid }

// Fields returns every *FieldError in the tree of err, in order.
func Fields(err error) []*FieldError {
	var fields []*FieldError
	switch e := err.(type) {
	case *FieldError:
		return []*FieldError{e}
	case interface{ Unwrap() error }:
		return Fields(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			fields = append(fields, Fields(inner)...)
		}
	}
	return fields
}

// TransitionError reports a move that the table of statuses does not allow. It matches ErrInvalid.
type TransitionError struct {
	Ticket   TicketID
	From, To Status
}

func (e *TransitionError) Error() string {
	return fmt.Sprintf("status cannot go from %s to %s", e.From, e.To)
}
func (e *TransitionError) Is(target error) bool { return target == ErrInvalid }

// DuplicateError reports a [OnceKey] that was already used. It matches ErrConflict.
type DuplicateError struct {
	Once   OnceKey
	Ticket TicketID // the ticket of the Change that used the key first; empty when it had none
}

func (e *DuplicateError) Error() string {
	return fmt.Sprintf("%s key %q was used before", e.Once.Scope, e.Once.Key)
}
func (e *DuplicateError) Is(target error) bool { return target == ErrConflict }

// some joins the first 3 of many errors, which are usually alike, and the number of the others.
func some(errs []error) error {
	const most = 3
	errs = slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	if more := len(errs) - most; more > 0 {
		errs = append(slices.Clone(errs[:most]), fmt.Errorf("and %d more", more))
	}
	return errors.Join(errs...)
}
