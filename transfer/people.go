package transfer

import (
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// mostPeople is how many users and organisations of a file Import remembers, so that no file fills
// the memory.
const mostPeople = 2_000_000

// people are the users and organisations of a file, by their ids there.
type people struct {
	users     map[string]user
	companies map[string]company
}

type user struct {
	id, name, email string
	agent           bool
	company         string // id
	external        string // the host's id
}

type company struct {
	id, name, external string
	domains            []string
}

func newPeople() *people { return &people{map[string]user{}, map[string]company{}} }

// add remembers a user or an organisation.
func (p *people) add(f *fields, k kind) {
	if f == nil {
		return
	}
	id := f.text("id")
	if id == "" || len(p.users)+len(p.companies) >= mostPeople {
		return
	}
	if k == companyKind {
		var domains []string
		for _, d := range texts(f.value("domain_names", "domains")) {
			domains = append(domains, strings.FieldsFunc(d, func(r rune) bool { return r == ',' || r == ' ' })...)
		}
		p.companies[id] = company{id, f.text("name"), f.text("external_id"), domains}
		return
	}
	role := strings.ToLower(f.text("role"))
	u := user{
		id: id, name: f.text("name"), email: strings.ToLower(f.text("email")), company: f.text("organization_id", "company_id", "customer_id"),
		external: f.text("external_id", "unique_external_id"), agent: role == "agent" || role == "admin" || f.is("helpdesk_agent"),
	}
	if c := f.object("contact"); c != nil { // agents of Freshdesk's API
		u.name, u.email, u.agent = c.text("name"), strings.ToLower(c.text("email")), true
	}
	if old, ok := p.users[id]; ok && u.email == "" {
		u.email = old.email
	}
	p.users[id] = u
}

// user returns what is known of a user: of the object in the ticket, else of the id.
func (p *people) user(f *fields, object, id string) user {
	if o := f.object(object); o != nil {
		p.add(o, personKind)
		f.used[id] = true
		if u, ok := p.users[o.text("id")]; ok {
			return u
		}
		return user{name: o.text("name"), email: strings.ToLower(o.text("email"))}
	}
	key := f.text(id)
	if u, ok := p.users[key]; ok {
		return u
	}
	return user{id: key}
}

// person is the user as a customer of a desk.
func (u user) person() *helpdesk.Customer {
	if u.email == "" {
		return nil
	}
	return &helpdesk.Customer{HostID: u.external, Name: u.name}
}

// organisation is one of a desk; nil without a name. Its host's id is that of the other desk's host,
// else one made of the id or the name there.
func (c company) organisation(source string) *helpdesk.Organisation {
	if strings.TrimSpace(c.name) == "" {
		return nil
	}
	id := c.external
	if id == "" {
		if id = c.id; id == "" {
			id = strings.ToLower(strings.TrimSpace(c.name))
		}
		id = source + ":" + id
	}
	return &helpdesk.Organisation{HostID: id, Name: c.name}
}
