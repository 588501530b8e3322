package helpdesk

import (
	"context"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk/internal/searchtext"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// The name of an organisation is none of the words of a ticket: it may change. A search looks for
// organisations by name first, and then for their tickets by the words that the name does not have.

// Limits of that. A word that begins the names of more organisations finds none of them.
const (
	maxNameWords = 5   // words of a text that are looked for in names
	maxNamed     = 200 // organisations that a word finds
)

// named is what a search asks of the tickets of some organisations.
type named struct {
	of   []OrganisationID
	rest []SearchTerm // the terms of the text that the names do not have
}

// organisationsNamed returns the organisations with names, domains or host's ids in which each word
// of a text begins a word.
func (d *Desk) organisationsNamed(ctx context.Context, words []string) ([]Organisation, error) {
	s, ok := As[CustomerStore](d.store)
	if !ok || len(words) == 0 {
		return nil, nil
	}
	page, err := s.Organisations(ctx, OrganisationQuery{Tenant: d.tenant, Words: words, Limit: maxNamed})
	if page.Next != "" {
		return nil, err
	}
	return page.Organisations, err
}

// byName returns the alternatives to the terms of a text for the tickets of organisations whose
// names have some of them.
func (d *Desk) byName(ctx context.Context, terms []searchwords.Term) ([]named, error) {
	known := map[OrganisationID]*Organisation{}
	looked := 0
	for _, t := range terms {
		if t.Not || t.Field != searchwords.Text {
			continue
		}
		if looked++; looked > maxNameWords {
			break
		}
		found, err := d.organisationsNamed(ctx, []string{t.Word})
		if err != nil {
			return nil, err
		}
		for i := range found {
			known[found[i].ID] = &found[i]
		}
	}
	groups := map[string]*named{}
	for _, o := range known {
		rest, some := searchtext.Without(terms, o.Name)
		if !some {
			continue
		}
		g := &named{}
		var key strings.Builder
		for _, t := range rest {
			g.rest = append(g.rest, SearchTerm(t))
			key.WriteString(t.Word + " ")
		}
		if groups[key.String()] == nil {
			groups[key.String()] = g
		}
		groups[key.String()].of = append(groups[key.String()].of, o.ID)
	}
	var list []named
	for _, g := range groups {
		list = append(list, *g)
	}
	return list, nil
}

// alternatives returns the searches of which a ticket has to fit one: the text as words of the
// ticket, and the names of organisations for some of its words and for the operator org.
func (d *Desk) alternatives(ctx context.Context, by Actor, asked *searchtext.Query, q SearchQuery) ([]SearchQuery, error) {
	all := []SearchQuery{q}
	if by.Role == RoleCustomer || len(q.Organisations) > 0 {
		return all, nil
	}
	for _, o := range asked.Operators {
		if o.Name != "org" {
			continue
		}
		found, err := d.organisationsNamed(ctx, searchwords.Of(o.Value))
		if err != nil {
			return nil, err
		}
		var of []OrganisationID
		for i := range found {
			of = append(of, found[i].ID)
		}
		own := operatorTerms([]searchtext.Given{o})
		for _, one := range slices.Clone(all) {
			if one.Terms = slices.DeleteFunc(slices.Clone(one.Terms), func(t SearchTerm) bool { return slices.Contains(own, searchwords.Term(t)) }); one.within(of) && one.asks() {
				all = append(all, one)
			}
		}
	}
	if len(q.Phrases) > 0 { // which stand in the ticket
		return all, nil
	}
	names, err := d.byName(ctx, asked.Terms)
	if err != nil {
		return nil, err
	}
	for _, one := range slices.Clone(all) {
		operators := slices.DeleteFunc(slices.Clone(one.Terms), func(t SearchTerm) bool { return t.Field == "" })
		for _, n := range names {
			if two := one; two.within(n.of) {
				two.Terms = slices.Concat(n.rest, operators)
				all = append(all, two)
			}
		}
	}
	return all, nil
}

// asks reports whether the rest of a search can be asked: phrases alone cannot.
func (q *SearchQuery) asks() bool { return len(q.Terms) > 0 || len(q.Phrases) == 0 }

// within narrows a search to organisations. It returns false when no ticket can fit.
func (q *SearchQuery) within(of []OrganisationID) bool {
	if len(q.Organisations) > 0 {
		of = slices.DeleteFunc(slices.Clone(of), func(id OrganisationID) bool { return !slices.Contains(q.Organisations, id) })
	}
	q.Organisations = of
	return len(of) > 0
}

// searchAny returns one page of the tickets that fit one of several searches, which differ in their
// terms and organisations.
func (d *Desk) searchAny(ctx context.Context, all []SearchQuery) (Page, error) {
	if len(all) == 1 {
		return d.searchOne(ctx, all[0])
	}
	union := all[0].Query
	union.Organisations, union.IDs = nil, nil
	next := ""
	for _, q := range all {
		q.Limit = min(q.PageLimit()+1, MaxLimit)
		page, err := d.searchOne(ctx, q)
		if err != nil {
			return Page{}, err
		}
		for _, t := range page.Tickets {
			if !slices.Contains(union.IDs, t.ID) {
				union.IDs = append(union.IDs, t.ID)
			}
		}
		if page.Next != "" {
			next = page.Next
		}
	}
	if len(union.IDs) == 0 {
		return Page{}, nil
	}
	page, err := d.store.Tickets(ctx, union)
	if page.Next == "" {
		page.Next = next // a search stopped before it was through
	}
	return page, err
}

// searchOne finds the tickets of one search. One without terms is a list.
func (d *Desk) searchOne(ctx context.Context, q SearchQuery) (Page, error) {
	if len(q.Terms) == 0 && len(q.Phrases) == 0 {
		return d.store.Tickets(ctx, q.Query)
	}
	return Search(ctx, d.store, q)
}
