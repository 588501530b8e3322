package store

import (
	"cmp"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/searchwords"
)

// Customers and organisations are listed in the order of NameCursor and found by the words of
// CustomerText and OrganisationText, so that all Stores answer alike.

// CustomerFits reports whether c fits the filters of q. Tenant, Family and page do not matter.
func CustomerFits(q *helpdesk.CustomerQuery, c *helpdesk.Customer) bool {
	mail := func(a helpdesk.Address) bool {
		return a.Channel == helpdesk.ChannelEmail && slices.Contains(q.Emails, a.Value)
	}
	return (none(q.IDs) || slices.Contains(q.IDs, c.ID)) &&
		(none(q.HostIDs) || (c.HostID != "" && slices.Contains(q.HostIDs, c.HostID))) &&
		(none(q.Emails) || slices.ContainsFunc(c.Addresses, mail)) &&
		(q.Organisation == "" || c.Organisation == q.Organisation) &&
		(!q.Survivors || c.MergedInto == "") &&
		begins(q.Words, CustomerText(c))
}

// OrganisationFits reports whether o fits the filters of q. Tenant and page do not matter.
func OrganisationFits(q *helpdesk.OrganisationQuery, o *helpdesk.Organisation) bool {
	domain := func(d string) bool { return slices.Contains(q.Domains, d) }
	return (none(q.IDs) || slices.Contains(q.IDs, o.ID)) &&
		(none(q.HostIDs) || (o.HostID != "" && slices.Contains(q.HostIDs, o.HostID))) &&
		(none(q.Domains) || slices.ContainsFunc(o.Domains, domain)) &&
		begins(q.Words, OrganisationText(o))
}

func none[T any](values []T) bool { return len(values) == 0 }

// CustomerName returns the name by which a customer is ordered: in lower case, without a name the
// mail address. It has at most 400 bytes.
func CustomerName(c *helpdesk.Customer) string { return sortName(cmp.Or(c.Name, c.Email())) }

// OrganisationName returns the name by which an organisation is ordered.
func OrganisationName(o *helpdesk.Organisation) string { return sortName(o.Name) }

func sortName(name string) string {
	name = strings.ToLower(name)
	if len(name) > 400 {
		name = strings.ToValidUTF8(name[:400], "")
	}
	return name
}

// CustomerText returns the words by which a customer is found, each after a space: those of the
// name, the host's id and the addresses.
func CustomerText(c *helpdesk.Customer) string {
	all := []string{c.Name, c.HostID}
	for _, a := range c.Addresses {
		all = append(all, a.Value)
	}
	return spaced(all)
}

// OrganisationText returns the words by which an organisation is found, each after a space: those
// of the name, the host's id and the domains.
func OrganisationText(o *helpdesk.Organisation) string {
	return spaced(append([]string{o.Name, o.HostID}, o.Domains...))
}

func spaced(texts []string) string {
	var b strings.Builder
	for _, w := range searchwords.Of(strings.Join(texts, "\n")) {
		b.WriteString(" " + w)
	}
	return b.String()
}

// begins reports whether each word begins a word of a spaced text.
func begins(words []string, text string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, " "+w) })
}

// NameCursor is the place of a customer or an organisation in the order of names. A Store may write
// it into CustomerPage.Next and OrganisationPage.Next.
type NameCursor struct {
	Name string `json:"n"`
	ID   string `json:"i"`
}

// String returns the cursor in its opaque form.
func (c NameCursor) String() string { return encode(c) }

// ParseNameCursor reads a text that NameCursor.String wrote. It returns a *helpdesk.FieldError when
// the text cannot be read.
func ParseNameCursor(s string) (NameCursor, error) {
	var c NameCursor
	if !decode(s, &c) || !isID(c.ID) {
		return NameCursor{}, errCursor
	}
	return c, nil
}

// Compare returns a negative number when c comes before other, and a positive number when it comes
// after.
func (c NameCursor) Compare(other NameCursor) int {
	return cmp.Or(cmp.Compare(c.Name, other.Name), cmp.Compare(c.ID, other.ID))
}

// SortedAddresses returns a copy of addresses in the order in which a Store hands them out: by
// channel and value. It is nil for none.
func SortedAddresses(list []helpdesk.Address) []helpdesk.Address {
	if len(list) == 0 {
		return nil
	}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b helpdesk.Address) int {
		return cmp.Or(cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Value, b.Value))
	})
	return list
}
