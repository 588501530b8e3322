package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/mailbox"
)

// MaxParticipants is the most customers in Cc of a ticket, and the most agents who follow it.
const MaxParticipants = 50

// Leave takes the actor from the participants of a ticket: a customer from Cc, with every address
// that acts for the customer, an agent from the followers. After that a customer does not see the
// ticket any more, unless it is an own one or that of a colleague. The requester cannot leave, nor
// can somebody who takes no part: that is ErrInvalid.
func (d *Desk) Leave(ctx context.Context, id TicketID) error {
	const op = "leave"
	d, by, err := d.enter(ctx)
	if err == nil && by.Role == RoleSystem {
		err = fmt.Errorf("%w: only a person can leave", ErrForbidden)
	}
	if err != nil {
		return d.fail(op, id, err)
	}
	_, err = d.update(ctx, id, by, func(x *draft) error {
		cc := x.t.Cc
		if by.Role == RoleCustomer {
			cc = slices.DeleteFunc(slices.Clone(cc), func(c Contact) bool { return slices.Contains(x.scope.Cc, c.Email) })
			if len(cc) == len(x.t.Cc) {
				return &FieldError{"ticket", "is not one on which you are in Cc"}
			}
			x.setCc(cc)
			return nil
		}
		rest := slices.DeleteFunc(slices.Clone(x.t.Followers), func(a AgentID) bool { return a == AgentID(by.ID) })
		if len(rest) == len(x.t.Followers) {
			return &FieldError{"ticket", "is not one that you follow"}
		}
		x.setFollowers(rest)
		return nil
	})
	return d.fail(op, id, err)
}

// cleanCc brings customers in Cc into their stored form, or names the fault.
func (d *Desk) cleanCc(list []Contact) ([]Contact, error) {
	if len(list) > MaxParticipants {
		return nil, &FieldError{"cc", fmt.Sprintf("are more than %d", MaxParticipants)}
	}
	var clean []Contact
	for _, c := range list {
		c = Contact{Name: d.withoutTokens(strings.TrimSpace(c.Name)), Email: cleanEmail(c.Email)}
		err := errors.Join(checkLine("cc", c.Name, 200, false), checkLine("cc", c.Email, 254, true), checkEmail("cc", c.Email))
		switch {
		case err != nil:
			return nil, err
		case d.ownAddress(c.Email):
			return nil, &FieldError{"cc", "hold an address of the desk"}
		case mailbox.Automatic(c.Email):
			return nil, &FieldError{"cc", fmt.Sprintf("hold %q, which no person reads", clip(c.Email))}
		}
		clean = append(clean, c)
	}
	return sortedCc(clean), nil
}

// ownAddress reports whether an address is one of the desk, with or without a tag.
func (d *Desk) ownAddress(email string) bool {
	return d.withoutTokens(email) != email || mailbox.Of(email) == d.mailbox() && d.mailbox() != ""
}

// sortedCc sorts people by address. Of several with one address the first that has a name stays.
func sortedCc(list []Contact) []Contact {
	slices.SortStableFunc(list, func(a, b Contact) int {
		return cmp.Or(cmp.Compare(a.Email, b.Email), -cmp.Compare(min(len(a.Name), 1), min(len(b.Name), 1)))
	})
	return slices.CompactFunc(list, func(a, b Contact) bool { return a.Email == b.Email })
}

// setCc replaces the customers in Cc by a clean list. The requester is not among them.
func (x *draft) setCc(list []Contact) {
	was := x.t.Cc
	list = slices.DeleteFunc(slices.Clone(list), func(c Contact) bool { return c.Email == x.t.Customer.Email })
	for i := range list {
		if at, ok := slices.BinarySearchFunc(was, list[i].Email, byEmail); ok && list[i].Name == "" {
			list[i].Name = was[at].Name
		}
	}
	if slices.EqualFunc(was, list, func(a, b Contact) bool { return a.Name == b.Name && a.Email == b.Email }) {
		return
	}
	if len(list) == 0 {
		list = nil
	}
	x.t.Cc = list
	x.event(EventCc, missing(was, list), missing(list, was), nil)
}

func byEmail(c Contact, email string) int { return cmp.Compare(c.Email, email) }

// missing returns the addresses in a that are not in b.
func missing(a, b []Contact) string {
	var list []string
	for _, c := range a {
		if _, ok := slices.BinarySearchFunc(b, c.Email, byEmail); !ok {
			list = append(list, c.Email)
		}
	}
	return strings.Join(list, ", ")
}

// addCc adds clean people to Cc as far as there is room. It returns the number of those left out.
func (x *draft) addCc(list []Contact) (left int) {
	all := slices.Clone(x.t.Cc)
	for _, c := range list {
		switch _, known := slices.BinarySearchFunc(x.t.Cc, c.Email, byEmail); {
		case known, c.Email == "", c.Email == x.t.Customer.Email, slices.ContainsFunc(all, func(o Contact) bool { return o.Email == c.Email }):
		case len(all) >= MaxParticipants:
			left++
		default:
			all = append(all, Contact{Name: c.Name, Email: c.Email})
		}
	}
	x.setCc(sortedCc(all))
	return left
}

func cleanFollowers(list []AgentID) ([]AgentID, error) {
	if len(list) > MaxParticipants {
		return nil, &FieldError{"followers", fmt.Sprintf("are more than %d", MaxParticipants)}
	}
	list = slices.Compact(slices.Sorted(slices.Values(list)))
	for _, a := range list {
		if err := checkLine("followers", string(a), 200, true); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// follow replaces the followers. New ones have to be in the roster.
func (x *draft) follow(ctx context.Context, list []AgentID) error {
	if slices.Equal(list, x.t.Followers) {
		return nil
	}
	agents, err := x.agents(ctx)
	if err != nil {
		return fmt.Errorf("roster: %w", err)
	}
	for _, id := range list {
		if !slices.Contains(x.t.Followers, id) && !slices.ContainsFunc(agents, func(a Agent) bool { return a.ID == id }) {
			return &FieldError{"followers", fmt.Sprintf("%q is not an agent of this tenant", clip(string(id)))}
		}
	}
	x.setFollowers(list)
	return nil
}

func (x *draft) setFollowers(list []AgentID) {
	was := x.t.Followers
	if slices.Equal(list, was) {
		return
	}
	names := func(a, b []AgentID) string {
		var left []string
		for _, id := range a {
			if !slices.Contains(b, id) {
				left = append(left, string(id))
			}
		}
		return strings.Join(left, ", ")
	}
	if len(list) == 0 {
		list = nil
	}
	x.t.Followers = list
	x.event(EventFollowers, names(was, list), names(list, was), nil)
}

// copies returns the people that a mail was sent to beside the desk, who may become participants:
// no agents, programs or addresses of the desk.
func (a *arrival) copies(ctx context.Context) ([]Contact, error) {
	if len(a.in.Cc) == 0 {
		return nil, nil
	}
	agents, err := a.agents(ctx)
	if err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	var list []Contact
	for _, c := range a.in.Cc {
		c = Contact{Name: oneLine(a.withoutTokens(c.Name), 200), Email: cleanEmail(c.Email)}
		works := func(g Agent) bool { return cleanEmail(g.Email) == c.Email }
		if c.Email != "" && checkEmail("cc", c.Email) == nil && !a.ownAddress(c.Email) && !mailbox.Automatic(c.Email) && c.Email != a.in.From.Email &&
			!slices.ContainsFunc(agents, works) {
			list = append(list, c)
		}
	}
	return list, nil
}

// take adds the people in Cc of the requester's mail to the ticket.
func (f *filing) take(x *draft) {
	if f.uncopied {
		x.message(SystemNote, Actor{}, "The mail was sent to others, too. They take no part: it names the ticket in its subject alone, as anybody may who writes in the customer's name.")
	}
	if left := x.addCc(f.cc); left > 0 {
		x.message(SystemNote, Actor{}, fmt.Sprintf("The mail was sent to %d further addresses. They were left out: a ticket has at most %d people in Cc.", left, MaxParticipants))
	}
}
