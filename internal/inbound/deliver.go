package inbound

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
)

// Desks is where mails go.
type Desks struct {
	Desk  email.Receiver // of all addresses, when there is no Route
	Route email.Route
}

// Check says what is missing, in terms of a New(desk, cfg).
func (d Desks) Check() error {
	if d.Desk == nil && d.Route == nil {
		return &helpdesk.FieldError{Field: "desk", Problem: "is nil, and there is no Route"}
	}
	return nil
}

// Group is who takes in a mail for some of its recipients, or the error why nobody does.
type Group struct {
	To         email.Receiver
	Recipients []string
	Mail       *helpdesk.Mail
	Err        error // helpdesk.ErrNotFound: the address is nobody's; anything else is temporary
}

// Find returns who has an address.
func (d Desks) Find(ctx context.Context, recipient string) (email.Receiver, error) {
	if d.Route == nil {
		return d.Desk, nil
	}
	to, err := d.Route(ctx, Address(recipient))
	if err == nil && to == nil {
		err = helpdesk.ErrNotFound
	}
	return to, err
}

// Deliver gives the mail to every desk that it is for. Each recipient of the envelope is in one of
// the groups. When the envelope is not known, Deliver reads the recipients from the header of the
// mail. Addresses without a desk then belong to people elsewhere, and they have a group only when
// no address has a desk.
func (d Desks) Deliver(ctx context.Context, m *Mail) []Group {
	to := unique(m.Recipients)
	var in *helpdesk.Incoming
	if len(to) == 0 {
		var err error
		if in, err = m.incoming(nil); err != nil {
			return []Group{{Err: err}}
		}
		to = unique(in.Recipients)
	}
	groups := d.groups(ctx, to)
	known := func(g Group) bool { return !errors.Is(g.Err, helpdesk.ErrNotFound) }
	if in != nil && slices.ContainsFunc(groups, known) {
		groups = slices.DeleteFunc(groups, func(g Group) bool { return !known(g) })
	}
	for i := range groups {
		if g := &groups[i]; g.Err == nil {
			g.Mail, g.Err = g.receive(ctx, m, in)
		}
	}
	return groups
}

func (g *Group) receive(ctx context.Context, m *Mail, in *helpdesk.Incoming) (*helpdesk.Mail, error) {
	if in == nil {
		var err error
		if in, err = m.incoming(g.Recipients); err != nil {
			return nil, err
		}
	} else {
		one := *in
		in = &one
	}
	got, err := g.To.Receive(ctx, in)
	if errors.Is(err, helpdesk.ErrNotFound) {
		err = errors.New(err.Error()) // of something else: the address was found
	}
	return got, err
}

// groups puts together the recipients whose Receiver is the same, and those with the same trouble.
func (d Desks) groups(ctx context.Context, to []string) []Group {
	if d.Route == nil {
		return []Group{{To: d.Desk, Recipients: to}}
	}
	if len(to) == 0 {
		return []Group{{Err: helpdesk.ErrNotFound}}
	}
	var groups []Group
	for _, a := range to {
		who, err := d.Find(ctx, a)
		i := slices.IndexFunc(groups, func(g Group) bool {
			return err == nil && g.Err == nil && same(g.To, who) || err != nil && g.Err != nil && errors.Is(err, helpdesk.ErrNotFound) == errors.Is(g.Err, helpdesk.ErrNotFound)
		})
		if i < 0 {
			groups = append(groups, Group{To: who, Recipients: []string{a}, Err: err})
			continue
		}
		groups[i].Recipients = append(groups[i].Recipients, a)
	}
	return groups
}

// same compares Receivers without the panic of values that cannot be compared, such as functions.
func same(a, b email.Receiver) bool {
	return reflect.TypeOf(a) == reflect.TypeOf(b) && reflect.ValueOf(a).Comparable() && a == b
}

// Address returns an address of an envelope as Routes are asked for it.
func Address(s string) string { return strings.ToLower(strings.Trim(strings.TrimSpace(line(s)), "<>")) }

// MaxRecipients of one mail are looked up; a provider passes on fewer.
const MaxRecipients = 500

func unique(addresses []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, a := range addresses {
		if a = Address(a); a != "" && !seen[a] && len(out) < MaxRecipients {
			seen[a] = true
			out = append(out, a)
		}
	}
	return out
}
