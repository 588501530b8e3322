package bunstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

var _ helpdesk.CustomerStore = (*Store)(nil)

type customerRow struct {
	bun.BaseModel `bun:"table:helpdesk_customers,alias:p"`

	Tenant  string `bun:"tenant_id,type:text"`
	ID      string `bun:"id,type:uuid"`
	Version int64  `bun:"version,type:bigint"` // in an update the one it replaces
	customerState
	CreatedAt instant  `bun:"created_at,type:timestamptz"`
	Addresses document `bun:"addresses,scanonly"`
	Of        string   `bun:"organisation_name,scanonly"`
	Related   bool     `bun:"related,scanonly"` // there are further rows of the same person
}

// customerState is what a later Change writes.
type customerState struct {
	HostID       link    `bun:"host_id,type:text"`
	Name         string  `bun:"name,type:text"`
	SortName     string  `bun:"sort_name,type:text"`
	Words        string  `bun:"words,type:text"`
	Organisation link    `bun:"organisation_id,type:uuid"`
	Colleagues   bool    `bun:"colleagues,type:boolean"`
	Tags         list    `bun:"tags,type:jsonb"`
	Note         string  `bun:"note,type:text"`
	Language     string  `bun:"language,type:text"`
	Zone         string  `bun:"zone,type:text"`
	MergedInto   link    `bun:"merged_into,type:uuid"`
	UpdatedAt    instant `bun:"updated_at,type:timestamptz"`
}

var customerColumns = []string{
	"host_id", "name", "sort_name", "words", "organisation_id", "colleagues", "tags", "note", "language", "zone", "merged_into", "updated_at",
}

type addressRow struct {
	bun.BaseModel `bun:"table:helpdesk_customer_addresses,alias:a"`

	Tenant   string `bun:"tenant_id,type:text"`
	Channel  string `bun:"channel,type:text"`
	Value    string `bun:"value,type:text"`
	Customer string `bun:"customer_id,type:uuid"`
	Primary  bool   `bun:"is_primary,type:boolean"`
	Verified bool   `bun:"verified,type:boolean"`
}

// customerKept are the addresses that a customer keeps, each with its channel and a colon.
type customerKept struct {
	bun.BaseModel `bun:"table:helpdesk_customer_addresses,alias:a"`

	Tenant   string `bun:"tenant_id,type:text"`
	Customer string `bun:"customer_id,type:uuid"`
	Kept     list   `bun:"kept,type:jsonb"`
}

type organisationRow struct {
	bun.BaseModel `bun:"table:helpdesk_organisations,alias:o"`

	Tenant    string   `bun:"tenant_id,type:text"`
	ID        string   `bun:"id,type:uuid"`
	Version   int64    `bun:"version,type:bigint"` // in an update the one it replaces
	HostID    link     `bun:"host_id,type:text"`
	Name      string   `bun:"name,type:text"`
	SortName  string   `bun:"sort_name,type:text"`
	Words     string   `bun:"words,type:text"`
	Tags      list     `bun:"tags,type:jsonb"`
	Note      string   `bun:"note,type:text"`
	CreatedAt instant  `bun:"created_at,type:timestamptz"`
	UpdatedAt instant  `bun:"updated_at,type:timestamptz"`
	Domains   document `bun:"domains,scanonly"`
}

var organisationColumns = []string{"host_id", "name", "sort_name", "words", "tags", "note", "updated_at"}

type domainRow struct {
	bun.BaseModel `bun:"table:helpdesk_organisation_domains,alias:d"`

	Tenant       string `bun:"tenant_id,type:text"`
	Domain       string `bun:"domain,type:text"`
	Organisation string `bun:"organisation_id,type:uuid"`
}

// organisationKept are the domains that an organisation keeps.
type organisationKept struct {
	bun.BaseModel `bun:"table:helpdesk_organisation_domains,alias:d"`

	Tenant       string `bun:"tenant_id,type:text"`
	Organisation string `bun:"organisation_id,type:uuid"`
	Kept         list   `bun:"kept,type:jsonb"`
}

func customerRowOf(tenant helpdesk.TenantID, c *helpdesk.Customer) customerRow {
	return customerRow{
		Tenant: string(tenant), ID: string(c.ID), Version: c.Version, CreatedAt: at(c.CreatedAt), customerState: customerState{
			HostID: link(c.HostID), Name: c.Name, SortName: store.CustomerName(c), Words: store.CustomerText(c),
			Organisation: link(c.Organisation), Colleagues: c.Colleagues, Tags: c.Tags, Note: c.Note, Language: c.Language, Zone: c.Zone,
			MergedInto: link(c.MergedInto), UpdatedAt: at(c.UpdatedAt),
		},
	}
}

func (r *customerRow) customer() (helpdesk.Customer, error) {
	c := helpdesk.Customer{
		ID: helpdesk.CustomerID(r.ID), Version: r.Version, HostID: string(r.HostID), Name: r.Name,
		Organisation: helpdesk.OrganisationID(r.Organisation), Colleagues: r.Colleagues, Tags: r.Tags.slice(), Note: r.Note,
		Language: r.Language, Zone: r.Zone, MergedInto: helpdesk.CustomerID(r.MergedInto), CreatedAt: r.CreatedAt.Time, UpdatedAt: r.UpdatedAt.Time,
	}
	var rows [][4]any // channel, value, primary, verified
	if len(r.Addresses) > 0 {
		if err := json.Unmarshal(r.Addresses, &rows); err != nil {
			return c, fmt.Errorf("addresses of customer %s: %w", r.ID, err)
		}
	}
	truth := func(v any) bool { return v == true || v == float64(1) } // SQLite has numbers
	for _, a := range rows {
		c.Addresses = append(c.Addresses, helpdesk.Address{
			Channel: helpdesk.Channel(fmt.Sprint(a[0])), Value: fmt.Sprint(a[1]), Primary: truth(a[2]), Verified: truth(a[3]),
		})
	}
	c.Addresses = store.SortedAddresses(c.Addresses)
	return c, nil
}

func organisationRowOf(tenant helpdesk.TenantID, o *helpdesk.Organisation) organisationRow {
	return organisationRow{
		Tenant: string(tenant), ID: string(o.ID), Version: o.Version, HostID: link(o.HostID), Name: o.Name,
		SortName: store.OrganisationName(o), Words: store.OrganisationText(o), Tags: o.Tags, Note: o.Note, CreatedAt: at(o.CreatedAt), UpdatedAt: at(o.UpdatedAt),
	}
}

func (r *organisationRow) organisation() (helpdesk.Organisation, error) {
	o := helpdesk.Organisation{
		ID: helpdesk.OrganisationID(r.ID), Version: r.Version, HostID: string(r.HostID), Name: r.Name, Tags: r.Tags.slice(), Note: r.Note,
		CreatedAt: r.CreatedAt.Time, UpdatedAt: r.UpdatedAt.Time,
	}
	var rows [][1]string
	if len(r.Domains) > 0 {
		if err := json.Unmarshal(r.Domains, &rows); err != nil {
			return o, fmt.Errorf("domains of organisation %s: %w", r.ID, err)
		}
	}
	for _, d := range rows {
		o.Domains = append(o.Domains, d[0])
	}
	slices.Sort(o.Domains)
	return o, nil
}

// people are the rows of customers and organisations that a Commit writes.
type people struct {
	organisations, oldOrganisations []organisationRow // to add, to replace
	keptDomains                     []organisationKept
	domains                         []domainRow
	customers, oldCustomers         []customerRow // to add, to replace
	removed                         []customerRow
	keptAddresses                   []customerKept
	addresses                       []addressRow
}

// peopleStatements are the statements for them.
type peopleStatements struct {
	addOrganisations, updateOrganisations, dropDomains, putDomains            *rowStatement
	addCustomers, updateCustomers, removeCustomers, dropAddresses, putAddress *rowStatement
}

func (d dialect) peopleStatements(w *writer) peopleStatements {
	drop := func(model any, table, alias, owner, key string) *rowStatement {
		if d == sqlite {
			return w.with(model, "tenant_id, "+owner+", kept", "DELETE FROM "+table+" AS "+alias+" WHERE ("+alias+".tenant_id, "+alias+"."+owner+") IN (SELECT tenant_id, "+owner+` FROM v)
AND `+key+" NOT IN (SELECT k.value FROM v, json_each(v.kept) AS k WHERE v.tenant_id = "+alias+".tenant_id AND v."+owner+" = "+alias+"."+owner+")")
		}
		return w.with(model, "tenant_id, "+owner+", kept", "DELETE FROM "+table+" AS "+alias+" USING v WHERE "+alias+".tenant_id = v.tenant_id AND "+alias+"."+owner+" = v."+owner+`
AND NOT v.kept @> to_jsonb(`+key+")")
	}
	put := func(columns []string, row any, owner, key string, state []string) *rowStatement {
		table := w.db.Table(reflect.TypeOf(row))
		name, alias := string(table.SQLName), string(table.SQLAlias)
		return w.with(row, strings.Join(columns, ", "), "INSERT INTO "+name+" AS "+alias+" ("+strings.Join(columns, ", ")+")\nSELECT "+strings.Join(columns, ", ")+` FROM v WHERE TRUE
ON CONFLICT (tenant_id, `+key+") DO UPDATE SET "+assign(state, "excluded")+" WHERE "+alias+"."+owner+" = excluded."+owner).expects(taken)
	}
	return peopleStatements{
		addOrganisations:    w.insert(organisationRow{}, nil, "").refuses(taken),
		updateOrganisations: w.update(organisationRow{}, "o", "tenant_id, id, version", "version = v.version + 1", organisationColumns).expects(stalePeople),
		dropDomains:         drop(organisationKept{}, "helpdesk_organisation_domains", "d", "organisation_id", "d.domain"),
		putDomains:          put([]string{"tenant_id", "domain", "organisation_id"}, domainRow{}, "organisation_id", "domain", []string{"organisation_id"}),
		addCustomers:        w.insert(customerRow{}, nil, "").refuses(taken),
		updateCustomers:     w.update(customerRow{}, "p", "tenant_id, id, version", "version = v.version + 1", customerColumns).expects(stalePeople),
		removeCustomers:     w.with(customerRow{}, "tenant_id, id, version", `DELETE FROM helpdesk_customers WHERE (tenant_id, id, version) IN (SELECT tenant_id, id, version FROM v)`).expects(stalePeople),
		dropAddresses:       drop(customerKept{}, "helpdesk_customer_addresses", "a", "customer_id", "a.channel || ':' || a.value"),
		putAddress: put([]string{"tenant_id", "channel", "value", "customer_id", "is_primary", "verified"}, addressRow{}, "customer_id", "channel, value",
			[]string{"is_primary", "verified"}),
	}
}

// foldPeople adds the customers and organisations of a change. own has those of this Commit.
func (p *plan) foldPeople(c *helpdesk.Change, own map[ticketKey]bool) error {
	tenant := string(c.Tenant)
	for i := range c.Organisations {
		o := &c.Organisations[i]
		if err := once(own, "organisation_id", tenant, string(o.ID)); err != nil {
			return err
		}
		row := organisationRowOf(c.Tenant, o)
		if o.Version == 0 {
			row.Version = 1
			p.people.organisations = append(p.people.organisations, row)
		} else {
			p.people.oldOrganisations = append(p.people.oldOrganisations, row)
			p.people.keptDomains = append(p.people.keptDomains, organisationKept{Tenant: tenant, Organisation: row.ID, Kept: o.Domains})
		}
		for _, d := range o.Domains {
			p.people.domains = append(p.people.domains, domainRow{Tenant: tenant, Domain: d, Organisation: row.ID})
		}
	}
	for i := range c.Customers {
		u := &c.Customers[i]
		if err := once(own, "customer_id", tenant, string(u.ID)); err != nil {
			return err
		}
		row := customerRowOf(c.Tenant, u)
		switch {
		case u.Deleted:
			p.people.removed = append(p.people.removed, row)
			p.people.keptAddresses = append(p.people.keptAddresses, customerKept{Tenant: tenant, Customer: row.ID}) // also on a SQLite that does not cascade
			continue
		case u.Version == 0:
			row.Version = 1
			p.people.customers = append(p.people.customers, row)
		default:
			kept := customerKept{Tenant: tenant, Customer: row.ID}
			for _, a := range u.Addresses {
				kept.Kept = append(kept.Kept, string(a.Channel)+":"+a.Value)
			}
			p.people.oldCustomers = append(p.people.oldCustomers, row)
			p.people.keptAddresses = append(p.people.keptAddresses, kept)
		}
		for _, a := range u.Addresses {
			p.people.addresses = append(p.people.addresses, addressRow{
				Tenant: tenant, Channel: string(a.Channel), Value: a.Value, Customer: row.ID, Primary: a.Primary, Verified: a.Verified,
			})
		}
	}
	return nil
}

// once refuses a second change of one row.
func once(own map[ticketKey]bool, field, tenant, id string) error {
	key := ticketKey{tenant, field + ":" + id}
	if own[key] {
		return &helpdesk.FieldError{Field: field, Problem: "is that of two changes in one commit"}
	}
	own[key] = true
	return nil
}

// sort orders the rows that other commits may write too.
func (p *people) sort() {
	slices.SortFunc(p.addresses, func(a, b addressRow) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Value, b.Value))
	})
	slices.SortFunc(p.domains, func(a, b domainRow) int {
		return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Domain, b.Domain))
	})
	for _, rows := range [][]customerRow{p.customers, p.oldCustomers, p.removed} {
		slices.SortFunc(rows, func(a, b customerRow) int {
			return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.ID, b.ID))
		})
	}
	for _, rows := range [][]organisationRow{p.organisations, p.oldOrganisations} {
		slices.SortFunc(rows, func(a, b organisationRow) int {
			return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.ID, b.ID))
		})
	}
}

func (p *people) empty() bool {
	return len(p.organisations)+len(p.oldOrganisations)+len(p.customers)+len(p.oldCustomers)+len(p.removed) == 0
}

// explainTaken finds what another customer or organisation has already. If there is none, the other
// has rolled back.
func (s *Store) explainTaken(ctx context.Context, p *plan) (error, bool) {
	dup := func(scope, key string) (error, bool) {
		return &helpdesk.DuplicateError{Once: helpdesk.OnceKey{Scope: scope, Key: key}}, false
	}
	found := func(query string, args ...any) (owner string, err error) {
		var ids []string
		if err = s.run.NewRaw(query, args...).Scan(ctx, &ids); len(ids) > 0 {
			owner = ids[0]
		}
		return owner, err
	}
	for _, rows := range [][]organisationRow{p.people.organisations, p.people.oldOrganisations} {
		for _, r := range rows {
			owner, err := found("SELECT id FROM helpdesk_organisations WHERE tenant_id = ? AND host_id = ?", r.Tenant, r.HostID)
			switch {
			case err != nil:
				return err, false
			case owner != "" && owner != r.ID:
				return dup("organisation_id", string(r.HostID))
			}
		}
	}
	for _, r := range p.people.domains {
		owner, err := found("SELECT organisation_id FROM helpdesk_organisation_domains WHERE tenant_id = ? AND domain = ?", r.Tenant, r.Domain)
		switch {
		case err != nil:
			return err, false
		case owner != "" && owner != r.Organisation:
			return dup("domain", r.Domain)
		}
	}
	for _, rows := range [][]customerRow{p.people.customers, p.people.oldCustomers} {
		for _, r := range rows {
			owner, err := found("SELECT id FROM helpdesk_customers WHERE tenant_id = ? AND host_id = ?", r.Tenant, r.HostID)
			switch {
			case err != nil:
				return err, false
			case owner != "" && owner != r.ID:
				return dup("customer_id", string(r.HostID))
			}
		}
	}
	for _, r := range p.people.addresses {
		owner, err := found("SELECT customer_id FROM helpdesk_customer_addresses WHERE tenant_id = ? AND channel = ? AND value = ?", r.Tenant, r.Channel, r.Value)
		switch {
		case err != nil:
			return err, false
		case owner != "" && owner != r.Customer:
			return dup("address", r.Channel+":"+r.Value)
		}
	}
	for _, r := range p.people.customers {
		owner, err := found("SELECT id FROM helpdesk_customers WHERE tenant_id = ? AND id = ?", r.Tenant, r.ID)
		if err != nil || owner != "" {
			return cmp.Or(err, error(helpdesk.ErrConflict)), false
		}
	}
	for _, r := range p.people.organisations {
		owner, err := found("SELECT id FROM helpdesk_organisations WHERE tenant_id = ? AND id = ?", r.Tenant, r.ID)
		if err != nil || owner != "" {
			return cmp.Or(err, error(helpdesk.ErrConflict)), false
		}
	}
	return helpdesk.ErrConflict, true
}

// condition is a part of a WHERE and its arguments.
type condition struct {
	text []string
	args []any
}

func (c *condition) add(text string, args ...any) {
	c.text, c.args = append(c.text, text), append(c.args, args...)
}

func (c *condition) String() string { return strings.Join(c.text, " AND ") }

// in adds a condition that a column has one of some values. It returns false when no row can.
func (c *condition) in(format string, values []string) bool {
	if len(values) > 0 {
		c.add(format, bun.List(values))
	}
	return len(values) > 0
}

// Customers implements [helpdesk.CustomerStore].
func (s *Store) Customers(ctx context.Context, q helpdesk.CustomerQuery) (page helpdesk.CustomerPage, err error) {
	var where condition
	tenant := string(q.Tenant)
	where.add("p.tenant_id = ?", tenant)
	fits := texts(tenant) && !slices.ContainsFunc(q.Words, func(w string) bool { return !store.IsWord(w) })
	if len(q.IDs) > 0 {
		fits = where.in("p.id IN (?)", kept(q.IDs, canonical)) && fits
	}
	if len(q.HostIDs) > 0 {
		fits = where.in("p.host_id IN (?)", kept(q.HostIDs, storable)) && fits
	}
	if len(q.Emails) > 0 {
		emails := kept(q.Emails, storable)
		if fits = len(emails) > 0 && fits; fits {
			where.add("p.id IN (SELECT a.customer_id FROM helpdesk_customer_addresses AS a WHERE a.tenant_id = ? AND a.channel = ? AND a.value IN (?))",
				tenant, string(helpdesk.ChannelEmail), bun.List(emails))
		}
	}
	if q.Organisation != "" {
		fits = canonical(string(q.Organisation)) && fits
		where.add("p.organisation_id = ?", string(q.Organisation))
	}
	if q.Survivors {
		where.add("p.merged_into IS NULL")
	}
	where.words("p", q.Words)
	alone := condition{slices.Clone(where.text), slices.Clone(where.args)}
	if err := alone.after("p", q.After); err != nil || !fits {
		return page, fail("customers", err)
	}
	limit := q.PageLimit()
	rows, known := s.customerByAddress(ctx, q)
	if !known {
		rows, err = s.customerRows(ctx, "", alone, limit+1)
	}
	// Hardly anybody is in several rows, and plain rows cost the database less than a family.
	whole := len(rows) <= limit && q.After == "" && !slices.ContainsFunc(rows, func(r customerRow) bool { return r.Related })
	if err == nil && q.Family && !whole {
		with := `WITH RECURSIVE up (id, into_id) AS (
SELECT p.id, p.merged_into FROM helpdesk_customers AS p WHERE ` + where.String() + `
UNION
SELECT p.id, p.merged_into FROM up JOIN helpdesk_customers AS p ON p.tenant_id = ? AND p.id = up.into_id
), family (id) AS (
SELECT up.id FROM up
UNION
SELECT p.id FROM family AS f JOIN helpdesk_customers AS p ON p.tenant_id = ? AND p.merged_into = f.id)
`
		all := condition{args: append(where.args, tenant, tenant)}
		all.add("p.tenant_id = ? AND p.id IN (SELECT f.id FROM family AS f)", tenant)
		if err = all.after("p", q.After); err == nil {
			rows, err = s.customerRows(ctx, with, all, limit+1)
		}
	}
	if err != nil {
		return page, fail("customers", err)
	}
	for i := range rows[:min(limit, len(rows))] {
		c, err := rows[i].customer()
		if err != nil {
			return page, fail("customers", err)
		}
		page.Customers = append(page.Customers, c)
		if c.Organisation != "" {
			if page.Names == nil {
				page.Names = map[helpdesk.OrganisationID]string{}
			}
			page.Names[c.Organisation] = rows[i].Of
		}
	}
	if len(rows) > limit {
		page.Next = store.NameCursor{Name: rows[limit-1].SortName, ID: rows[limit-1].ID}.String()
	}
	return page, nil
}

// customerByAddress reads the customer of one mail address, which each Open asks for, by a prepared
// statement: text that holds the address is planned each time. It returns false when the query asks
// for something else, and where statements cannot be prepared.
func (s *Store) customerByAddress(ctx context.Context, q helpdesk.CustomerQuery) (rows []customerRow, ok bool) {
	only := helpdesk.CustomerQuery{Tenant: q.Tenant, Emails: q.Emails, Family: true, Limit: q.Limit}
	if s.bound || !s.pgx || s.unprepared.Load() || len(q.Emails) != 1 || !reflect.DeepEqual(q, only) {
		return nil, false
	}
	found, err := s.db.DB.QueryContext(ctx, s.customersSQL("", "p.tenant_id = $1 AND p.id IN (SELECT a.customer_id FROM helpdesk_customer_addresses AS a WHERE a.tenant_id = $1 AND a.channel = $2 AND a.value = $3)", "1"),
		pgx.QueryExecModeCacheStatement, string(q.Tenant), string(helpdesk.ChannelEmail), q.Emails[0])
	if err == nil {
		err = s.db.ScanRows(ctx, found, &rows)
	}
	if statementLost(err) {
		s.unprepared.Store(true)
	}
	return rows, err == nil // else the text tells the error, or works
}

// customersSQL is the text that reads customers, with whether there are further rows of the same
// person.
func (s *Store) customersSQL(with, where, limit string) string {
	return with + "SELECT p.tenant_id, p.id, p.version, p." + strings.Join(customerColumns, ", p.") + ", p.created_at, (SELECT " +
		s.dialect.jsonRows([]string{"channel", "value", "is_primary", "verified"}) +
		" FROM helpdesk_customer_addresses AS c WHERE c.tenant_id = p.tenant_id AND c.customer_id = p.id) AS addresses,\n" +
		"COALESCE((SELECT o.name FROM helpdesk_organisations AS o WHERE o.tenant_id = p.tenant_id AND o.id = p.organisation_id), '') AS organisation_name,\n" +
		"p.merged_into IS NOT NULL OR EXISTS (SELECT 1 FROM helpdesk_customers AS f WHERE f.tenant_id = p.tenant_id AND f.merged_into = p.id) AS related\n" +
		"FROM helpdesk_customers AS p WHERE " + where + " ORDER BY p.sort_name, p.id LIMIT " + limit
}

func (s *Store) customerRows(ctx context.Context, with string, where condition, most int) (rows []customerRow, err error) {
	err = s.run.NewRaw(s.customersSQL(with, where.String(), "?"), append(where.args, most)...).Scan(ctx, &rows)
	return rows, err
}

// Organisations implements [helpdesk.CustomerStore].
func (s *Store) Organisations(ctx context.Context, q helpdesk.OrganisationQuery) (page helpdesk.OrganisationPage, err error) {
	var where condition
	tenant := string(q.Tenant)
	where.add("o.tenant_id = ?", tenant)
	fits := texts(tenant) && !slices.ContainsFunc(q.Words, func(w string) bool { return !store.IsWord(w) })
	if len(q.IDs) > 0 {
		fits = where.in("o.id IN (?)", kept(q.IDs, canonical)) && fits
	}
	if len(q.HostIDs) > 0 {
		fits = where.in("o.host_id IN (?)", kept(q.HostIDs, storable)) && fits
	}
	if len(q.Domains) > 0 {
		domains := kept(q.Domains, storable)
		if fits = len(domains) > 0 && fits; fits {
			where.add("o.id IN (SELECT d.organisation_id FROM helpdesk_organisation_domains AS d WHERE d.tenant_id = ? AND d.domain IN (?))",
				tenant, bun.List(domains))
		}
	}
	where.words("o", q.Words)
	if err := where.after("o", q.After); err != nil || !fits {
		return page, fail("organisations", err)
	}
	var rows []organisationRow
	limit := q.PageLimit()
	columns := "o.tenant_id, o.id, o.version, o." + strings.Join(organisationColumns, ", o.") + ", o.created_at"
	err = s.run.NewRaw("SELECT "+columns+", (SELECT "+s.dialect.jsonRows([]string{"domain"})+
		" FROM helpdesk_organisation_domains AS c WHERE c.tenant_id = o.tenant_id AND c.organisation_id = o.id) AS domains\n"+
		"FROM helpdesk_organisations AS o WHERE "+where.String()+" ORDER BY o.sort_name, o.id LIMIT ?", append(where.args, limit+1)...).Scan(ctx, &rows)
	if err != nil {
		return page, fail("organisations", err)
	}
	for i := range rows[:min(limit, len(rows))] {
		o, err := rows[i].organisation()
		if err != nil {
			return page, fail("organisations", err)
		}
		page.Organisations = append(page.Organisations, o)
	}
	if len(rows) > limit {
		page.Next = store.NameCursor{Name: rows[limit-1].SortName, ID: rows[limit-1].ID}.String()
	}
	return page, nil
}

// words adds the condition that each word begins one of the row's. They are letters and digits, so
// nothing in them means more to LIKE.
func (c *condition) words(alias string, words []string) {
	for _, w := range words {
		c.add(alias+".words LIKE ?", "% "+w+"%")
	}
}

// after adds the condition that the row comes after a cursor.
func (c *condition) after(alias, cursor string) error {
	if cursor == "" {
		return nil
	}
	place, err := store.ParseNameCursor(cursor)
	if err == nil && !storable(place.Name) {
		err = &helpdesk.FieldError{Field: "cursor", Problem: "cannot be read"}
	}
	if err == nil {
		c.add("("+alias+".sort_name, "+alias+".id) > (?, ?)", place.Name, place.ID)
	}
	return err
}
