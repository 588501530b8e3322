package bunstore

import (
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
)

// filter adds the conditions of q. It returns false when nothing can match.
func (s *Store) filter(sel *bun.SelectQuery, q *helpdesk.Query) bool {
	sel.Where("t.tenant_id = ?", string(q.Tenant))
	if !texts(string(q.Tenant), string(q.Assignee), q.Customer, q.Tag, q.Language) {
		return false
	}
	if len(q.IDs) > 0 {
		ids := kept(q.IDs, canonical)
		if len(ids) == 0 {
			return false
		}
		sel.Where("t.id IN (?)", bun.List(ids))
	}
	if len(q.Refs) > 0 {
		refs := kept(q.Refs, storable)
		if len(refs) == 0 {
			return false
		}
		sel.Where("t.ref IN (?)", bun.List(refs))
	}
	if len(q.Status) > 0 {
		filterStatus(sel, q.Status)
	}
	if len(q.Category) > 0 {
		sel.Where("t.category IN (?)", bun.List(kept(q.Category, storable)))
	}
	if len(q.Priority) > 0 {
		urgencies := make([]int8, len(q.Priority))
		for i, p := range q.Priority {
			urgencies[i] = -int8(p)
		}
		sel.Where("t.urgency IN (?)", bun.List(urgencies))
	}
	if len(q.Source) > 0 {
		sel.Where("t.source IN (?)", bun.List(kept(q.Source, storable)))
	}
	if q.Assignee != "" {
		sel.Where("t.assignee = ? AND t.assignee <> ''", string(q.Assignee))
	}
	if q.Unassigned {
		sel.Where("t.assignee = ''")
	}
	if q.Review {
		sel.Where("t.needs_review = ?", true)
	}
	if q.Waiting {
		sel.Where("t.queued_at IS NOT NULL")
	}
	if q.Customer != "" {
		sel.Where("t.customer_email = ? AND t.customer_email <> ''", q.Customer)
	}
	if len(q.CustomerIDs) > 0 {
		ids := kept(q.CustomerIDs, canonical)
		if len(ids) == 0 {
			return false
		}
		sel.Where("t.customer_id IN (?)", bun.List(ids))
	}
	if q.Organisation != "" {
		if !canonical(string(q.Organisation)) {
			return false
		}
		sel.Where("t.organisation_id = ?", string(q.Organisation))
	}
	if len(q.Organisations) > 0 {
		ids := kept(q.Organisations, canonical)
		if len(ids) == 0 {
			return false
		}
		sel.Where("t.organisation_id IN (?)", bun.List(ids))
	}
	if q.Language != "" {
		sel.Where("(t.language = ? OR t.language LIKE ?)", q.Language, q.Language+"-%")
	}
	if q.Tag != "" {
		condition, tag := s.dialect.hasTag(q.Tenant, q.Tag)
		sel.Where(condition, tag)
	}
	if !q.From.IsZero() {
		sel.Where("t.created_at >= ?", ceil(q.From))
	}
	if !q.To.IsZero() {
		sel.Where("t.created_at < ?", ceil(q.To))
	}
	if !q.DueBefore.IsZero() {
		sel.Where("t.open = ? AND t.due_at < ?", true, ceil(q.DueBefore))
	}
	if !q.LateBefore.IsZero() {
		sel.Where("t.open = ? AND t.first_due < ?", true, ceil(q.LateBefore))
	}
	if !q.AssignedBefore.IsZero() {
		sel.Where("t.assignee <> '' AND t.assigned_at < ?", ceil(q.AssignedBefore))
	}
	return s.filterScope(sel, q.Tenant, q.Scope)
}

// filterScope adds the condition of a scope. It returns false when no ticket can be in it.
func (st *Store) filterScope(sel *bun.SelectQuery, tenant helpdesk.TenantID, s *helpdesk.Scope) bool {
	if s == nil {
		return true
	}
	var either []string
	var args []any
	one := func(condition string, values ...any) {
		either, args = append(either, condition), append(args, values...)
	}
	if categories := kept(s.Categories, func(c string) bool { return c != "" && storable(c) }); len(categories) > 0 {
		one("t.category IN (?)", bun.List(categories))
	}
	if s.Assignee != "" && storable(string(s.Assignee)) {
		one("(t.assignee = ? AND t.assignee <> '')", string(s.Assignee))
	}
	if s.Email != "" && storable(s.Email) {
		one("(t.customer_email = ? AND t.customer_email <> '' AND t.unverified = ?)", s.Email, false)
	}
	if customers := kept(s.Customers, canonical); len(customers) > 0 {
		one("t.customer_id IN (?)", bun.List(customers))
	}
	if canonical(string(s.Organisation)) {
		one("t.organisation_id = ?", string(s.Organisation))
	}
	for _, email := range s.Cc {
		if email != "" && storable(email) {
			condition, key := st.dialect.hasCc(tenant, email)
			one(condition, key...)
		}
	}
	if len(either) == 0 {
		return false
	}
	sel.Where("("+strings.Join(either, " OR ")+")", args...)
	return true
}

// inScope selects the ids of a tenant's tickets in a scope. It returns false when there are none.
func (s *Store) inScope(tenant helpdesk.TenantID, scope *helpdesk.Scope) (*bun.SelectQuery, bool) {
	sel := s.run.NewSelect().TableExpr("helpdesk_tickets AS t").Column("t.id").Where("t.tenant_id = ?", string(tenant))
	return sel, s.filterScope(sel, tenant, scope)
}

// filterStatus adds the condition on statuses. If all of them are open, or all are closed, it also
// adds a condition on the column open, which the index of the queue has. If they are all the open
// statuses, that condition is enough.
func filterStatus(sel *bun.SelectQuery, statuses []helpdesk.Status) {
	open := slices.DeleteFunc(slices.Clone(statuses), func(st helpdesk.Status) bool { return !st.Open() })
	all := !slices.ContainsFunc(helpdesk.OpenStatuses, func(st helpdesk.Status) bool { return !slices.Contains(open, st) })
	switch {
	case len(open) == len(statuses) && all:
		sel.Where("t.open = ?", true)
		return
	case len(open) == len(statuses):
		sel.Where("t.open = ?", true)
	case len(open) == 0:
		sel.Where("t.open = ?", false)
	}
	sel.Where("t.status IN (?)", bun.List(kept(statuses, storable)))
}

// kept returns, as strings, the values that a column can hold.
func kept[T ~string](values []T, fits func(string) bool) []string {
	var list []string
	for _, v := range values {
		if fits(string(v)) {
			list = append(list, string(v))
		}
	}
	return list
}

// tagKeys returns the keys of tags in the index of tags. Each key begins with a hash of its tenant,
// as each word in the index of words does.
func tagKeys(tenant helpdesk.TenantID, tags []string) list {
	keys := make(list, len(tags))
	for i, tag := range tags {
		keys[i] = leadOf(tenant, leadText) + tag
	}
	return keys
}

func texts(values ...string) bool {
	return !slices.ContainsFunc(values, func(s string) bool { return !storable(s) })
}
