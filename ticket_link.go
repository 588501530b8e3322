package helpdesk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/helpdesk-go/helpdesk/internal/crosslink"
)

// LinkKind says how a ticket is linked to another, as that ticket sees it.
type LinkKind string

// The kinds of link. The other ticket sees the kind of [LinkKind.Opposite].
const (
	LinkRelated      LinkKind = crosslink.Related
	LinkDuplicateOf  LinkKind = crosslink.DuplicateOf
	LinkDuplicatedBy LinkKind = crosslink.DuplicatedBy
	LinkCausedBy     LinkKind = crosslink.CausedBy
	LinkCauses       LinkKind = crosslink.Causes
)

// LinkKinds lists every LinkKind.
var LinkKinds = []LinkKind{LinkRelated, LinkDuplicateOf, LinkDuplicatedBy, LinkCausedBy, LinkCauses}

// Opposite returns the kind that the other ticket of the link sees, as causes for caused by.
func (k LinkKind) Opposite() LinkKind { return LinkKind(crosslink.Opposite(string(k))) }

// ParseLinkKind returns the LinkKind named s.
func ParseLinkKind(s string) (LinkKind, error) {
	if slices.Contains(LinkKinds, LinkKind(s)) {
		return LinkKind(s), nil
	}
	return "", &FieldError{"kind", fmt.Sprintf("%q is not one of %s", clip(s), list(LinkKinds))}
}

// MaxLinks is the most links of a ticket.
const MaxLinks = 50

// maxLinkWalk is the most tickets that a search for a circle looks at.
const maxLinkWalk = 1000

// Link is a link of a ticket to another. Both tickets have it, each with its own kind.
type Link struct {
	Kind   LinkKind `json:"kind"`
	Ticket TicketID `json:"ticket"` // the other one
	Ref    string   `json:"ref"`    // its reference, which never changes
}

func compareLinks(a, b Link) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Ticket, b.Ticket))
}

// linked returns the place of a link, and whether the ticket has it.
func (t *Ticket) linked(kind LinkKind, other TicketID) (int, bool) {
	return slices.BinarySearchFunc(t.Links, Link{Kind: kind, Ticket: other}, compareLinks)
}

// has reports whether the ticket has a link of a kind.
func (t *Ticket) has(kind LinkKind) bool {
	return slices.ContainsFunc(t.Links, func(l Link) bool { return l.Kind == kind })
}

// Link links a ticket to another of the tenant, in one commit, and returns it. Both show the link.
// It is for agents, admins and the host; customers see no links. Two tickets may have links of
// several kinds. A link that is there already changes nothing.
//
// A ticket that is linked to itself, an unknown kind, a ticket that was merged away, more than
// MaxLinks links of a ticket, and links of caused by, or of duplicate of, that lead back to their
// beginning are ErrInvalid with a [FieldError]. Concurrent commits make no such circle either.
func (d *Desk) Link(ctx context.Context, id TicketID, kind LinkKind, other TicketID) (*Ticket, error) {
	const op = "link"
	return d.pair(ctx, op, id, kind, other, func(a, b *draft) error {
		if b == nil {
			return nil // the link is there
		}
		if a.t.MergedInto != "" || b.t.MergedInto != "" {
			return &FieldError{"ticket", "was merged into another ticket itself"}
		}
		guard, err := a.circle(ctx, kind, b.t)
		if err == nil {
			err = errors.Join(
				a.link(kind, b.t, &FieldError{"links", fmt.Sprintf("are more than %d", MaxLinks)}),
				b.link(kind.Opposite(), a.t, &FieldError{"ticket", fmt.Sprintf("has more than %d links", MaxLinks)}))
		}
		a.c.Settings = guard
		return err
	})
}

// Unlink removes a link of [Desk.Link] from both tickets, in one commit. A link that is not there
// is no error. The other ticket may be in an archive, but for a restricted agent, to whom
// [Desk.Links] does not show such a link.
func (d *Desk) Unlink(ctx context.Context, id TicketID, kind LinkKind, other TicketID) (*Ticket, error) {
	const op = "unlink"
	return d.pair(ctx, op, id, kind, other, func(a, b *draft) error {
		a.unlink(kind, other)
		if b != nil {
			b.unlink(kind.Opposite(), id)
		}
		return nil
	})
}

// pair changes two tickets in one commit. The second is nil where the first has a link to one that
// is in the store no more.
func (d *Desk) pair(ctx context.Context, op string, id TicketID, kind LinkKind, other TicketID, act func(a, b *draft) error) (*Ticket, error) {
	d, by, err := d.enterStaff(ctx)
	if err == nil {
		_, err = ParseLinkKind(string(kind))
	}
	if err == nil && id == other {
		err = &FieldError{"ticket", "is the ticket itself"}
	}
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.tries(func(full bool) (*Ticket, error) {
		t, err := d.find(ctx, id)
		if err != nil {
			return nil, err
		}
		if d.version != 0 && t.Version != d.version {
			return nil, ErrConflict
		}
		a, err := d.begin(ctx, t, by)
		if err != nil {
			return nil, err
		}
		o, err := d.find(ctx, other)
		_, known := t.linked(kind, other)
		var b *draft
		switch {
		case err == nil:
			if b, err = d.begin(ctx, o, by); err == nil {
				err = act(a, b)
			}
		case errors.Is(err, ErrNotFound) && known && d.scope == nil: // else it may be out of scope
			err = act(a, nil)
		case errors.Is(err, ErrNotFound):
			err = errors.Join(err, &FieldError{"ticket", "is not a ticket of this tenant"})
		}
		if err != nil {
			return nil, err
		}
		changes, changed := []*Change{}, false
		for _, x := range []*draft{a, b} {
			if x == nil {
				continue
			}
			x.full = full
			if err := x.finish(ctx); err != nil {
				return nil, err
			}
			changes, changed = append(changes, &x.c), changed || !x.empty()
		}
		if !changed {
			return t, nil
		}
		// Both are in the commit even if one stays as it is: it was read at another moment.
		if err := d.commit(ctx, changes...); err != nil {
			return nil, err
		}
		return a.result(), nil
	})
	return t, d.fail(op, id, err)
}

// link adds a link, or returns full if there is no room for one.
func (x *draft) link(kind LinkKind, other *Ticket, full error) error {
	at, known := x.t.linked(kind, other.ID)
	switch {
	case known:
		return nil
	case len(x.t.Links) >= MaxLinks:
		return full
	}
	x.t.Links = slices.Insert(x.t.Links, at, Link{kind, other.ID, other.Ref})
	x.event(EventLinked, "", string(kind)+" "+other.Ref, nil)
	return nil
}

func (x *draft) unlink(kind LinkKind, other TicketID) {
	at, known := x.t.linked(kind, other)
	if !known {
		return
	}
	x.event(EventUnlinked, string(kind)+" "+x.t.Links[at].Ref, "", nil)
	if x.t.Links = slices.Delete(x.t.Links, at, at+1); len(x.t.Links) == 0 {
		x.t.Links = nil
	}
}

// settingLinks is the kind of the setting with the key linksKey. Its version counts the links that
// joined two chains.
const (
	settingLinks SettingKind = "links"
	linksKey                 = "joined"
)

// circle refuses a link that would lead in a circle. It returns what has to be in the same commit:
// a commit that joins two chains conflicts with any other one, since neither sees what the other
// adds in the middle. A link that begins or ends a chain needs nothing more than the versions of
// its two tickets.
func (x *draft) circle(ctx context.Context, kind LinkKind, other *Ticket) ([]Setting, error) {
	tail, head := x.t, other
	if kind == LinkDuplicatedBy || kind == LinkCauses {
		kind, tail, head = kind.Opposite(), head, tail
	}
	if _, known := tail.linked(kind, head.ID); known || kind == LinkRelated || !head.has(kind) || !tail.has(kind.Opposite()) {
		return nil, nil
	}
	was, err := x.store.Settings(ctx, SettingQuery{Tenant: x.tenant, Kind: settingLinks, Key: linksKey, Limit: 1})
	if err != nil {
		return nil, err
	}
	found, err := crosslink.Walk(head.ID, tail.ID, maxLinkWalk, func(of []TicketID) (list []TicketID, err error) {
		for some := range slices.Chunk(of, MaxLimit) {
			page, err := x.store.Tickets(ctx, Query{Tenant: x.tenant, IDs: some, Limit: MaxLimit})
			if err != nil {
				return nil, err
			}
			for _, t := range page.Tickets {
				for _, l := range t.Links {
					if l.Kind == kind {
						list = append(list, l.Ticket)
					}
				}
			}
		}
		return list, nil
	})
	switch {
	case err != nil:
		return nil, err
	case found == crosslink.Yes:
		return nil, &FieldError{"ticket", "makes a circle: links of this kind lead from the one back to the other"}
	case found == crosslink.TooFar:
		return nil, &FieldError{"ticket", fmt.Sprintf("is in a chain of more than %d tickets", maxLinkWalk)}
	}
	s := Setting{Kind: settingLinks, Key: linksKey, Value: json.RawMessage(`{}`), By: x.by, At: x.now}
	if len(was) > 0 {
		s.Version = was[0].Version
	}
	return []Setting{s}, nil
}

// LinkedTicket is the other ticket of a link.
type LinkedTicket struct {
	Link
	Other *Ticket // nil when it is in the store no more: in an archive, as a rule
}

// Links returns the links of a ticket, by kind and then by subject. It is for agents, admins and
// the host. A restricted agent gets those to tickets in the agent's scope.
func (d *Desk) Links(ctx context.Context, id TicketID) ([]LinkedTicket, error) {
	const op = "read the links of"
	d, _, err := d.enterStaff(ctx)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	t, err := d.find(ctx, id)
	if err != nil || len(t.Links) == 0 {
		return nil, d.fail(op, id, err)
	}
	q := Query{Tenant: d.tenant, Limit: MaxLimit}
	for _, l := range t.Links {
		q.IDs = append(q.IDs, l.Ticket)
	}
	page, err := d.store.Tickets(ctx, q)
	if err != nil {
		return nil, d.fail(op, id, err)
	}
	var list []LinkedTicket
	for _, l := range t.Links {
		i := slices.IndexFunc(page.Tickets, func(o *Ticket) bool { return o.ID == l.Ticket })
		if i < 0 {
			if d.scope == nil {
				list = append(list, LinkedTicket{Link: l})
			}
			continue
		}
		o := page.Tickets[i]
		if _, both := o.linked(l.Kind.Opposite(), id); both && d.scope.Has(o) { // else it was removed while one of them was in an archive
			list = append(list, LinkedTicket{l, o})
		}
	}
	slices.SortStableFunc(list, func(a, b LinkedTicket) int {
		return cmp.Or(cmp.Compare(slices.Index(LinkKinds, a.Kind), slices.Index(LinkKinds, b.Kind)), cmp.Compare(a.subject(), b.subject()))
	})
	return list, nil
}

func (l *LinkedTicket) subject() string {
	if l.Other == nil {
		return ""
	}
	return l.Other.Subject
}

// cleanLinks checks the links of a ticket that comes from a file.
func cleanLinks(id TicketID, links []Link) ([]Link, error) {
	if len(links) > MaxLinks {
		return nil, &FieldError{"links", fmt.Sprintf("are more than %d", MaxLinks)}
	}
	links = slices.Clone(links)
	slices.SortFunc(links, compareLinks)
	links = slices.CompactFunc(links, func(a, b Link) bool { return compareLinks(a, b) == 0 })
	for _, l := range links {
		if _, err := ParseLinkKind(string(l.Kind)); err != nil || !validID(l.Ticket) || l.Ticket == id || checkLine("", l.Ref, 20, true) != nil {
			return nil, &FieldError{"links", "hold one that is none"}
		}
	}
	return links, nil
}
