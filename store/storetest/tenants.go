package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

const triedLocks = "TryLocks takes the locks of a name for those tenants, each named once, whose lock is free."

// several are tenants of the cases with a crowd of tickets each, some of them with the same ids.
func (e *env) several() []helpdesk.TenantID {
	tenants := []helpdesk.TenantID{"acme", "other", "ACME"}
	for i := range 20 {
		tenants = append(tenants, helpdesk.TenantID(fmt.Sprint("t", i)))
	}
	home := e.tenant
	defer func() { e.tenant = home }()
	r := rand.New(rand.NewPCG(19, 23))
	for i, tenant := range tenants {
		e.tenant = tenant
		for _, t := range e.crowd(2 + i%7) {
			same := *t
			same.Ref += "+"
			same.Tenant, same.Version = tenants[r.IntN(len(tenants))], 0
			if same.Tenant != tenant {
				e.commit(opening(&same)) // another tenant's ticket of this id
			}
			if t.Assignee != "" && t.Status.Loads() {
				e.commit(&helpdesk.Change{Tenant: tenant, Loads: []helpdesk.LoadDelta{{Agent: t.Assignee, Delta: 1}}})
			}
		}
	}
	return append(tenants, "nobody", "a\x00b")
}

var severalCases = []testCase{
	{"tickets of several tenants are those of one query after the other", "TicketsOf returns for each query what Tickets does.", func(e *env) {
		reader, ok := helpdesk.As[helpdesk.TenantsReader](e.store)
		if !ok {
			return
		}
		tenants := e.several()
		var qs []helpdesk.Query
		for i, tenant := range tenants {
			page, err := e.store.Tickets(e.ctx, helpdesk.Query{Tenant: tenant, Limit: 100})
			e.ok(err)
			all := ids(page.Tickets)
			qs = append(qs,
				helpdesk.Query{Tenant: tenant, IDs: append(all, "no id", helpdesk.TicketID(newID())), Limit: 100},
				helpdesk.Query{Tenant: tenant, Waiting: true, Order: helpdesk.ByDue, Limit: 3},
				helpdesk.Query{Tenant: tenant, Waiting: true, Order: helpdesk.ByDue, Limit: 100},
				helpdesk.Query{Tenant: tenant, Waiting: true, Order: helpdesk.ByDue, Limit: 100, Status: []helpdesk.Status{helpdesk.StatusNew}},
			)
			if len(all) > 2 {
				qs = append(qs, helpdesk.Query{Tenant: tenant, IDs: slices.Repeat(all, 2), Limit: 2},
					helpdesk.Query{Tenant: tenants[(i+1)%len(tenants)], IDs: all, Limit: 100}) // another's ids
			}
			first, err := e.store.Tickets(e.ctx, helpdesk.Query{Tenant: tenant, Waiting: true, Order: helpdesk.ByDue, Limit: 1})
			e.ok(err)
			if first.Next != "" {
				qs = append(qs, helpdesk.Query{Tenant: tenant, Waiting: true, Order: helpdesk.ByDue, Limit: 2, After: first.Next})
			}
		}
		qs = append(qs, helpdesk.Query{Tenant: e.tenant}, helpdesk.Query{Tenant: e.tenant, Tag: "vip", Order: helpdesk.Oldest}, qs[0])
		pages, err := reader.TicketsOf(e.ctx, qs...)
		e.ok(err)
		for i := range qs {
			page, err := e.store.Tickets(e.ctx, qs[i])
			e.ok(err)
			e.equal(fmt.Sprintf("page of %+v", qs[i]), pages[i], page)
		}
		_, err = reader.TicketsOf(e.ctx, helpdesk.Query{Tenant: e.tenant, Waiting: true, Order: helpdesk.ByDue, After: "x"})
		e.is(err, helpdesk.ErrInvalid)
	}},
	{"loads of several tenants are those of one after the other", "LoadsOf returns for each tenant what Loads does", func(e *env) {
		reader, ok := helpdesk.As[helpdesk.TenantsReader](e.store)
		if !ok {
			return
		}
		tenants := e.several()
		tenants = append(tenants, tenants[0])
		got, err := reader.LoadsOf(e.ctx, tenants...)
		e.ok(err)
		for i, tenant := range tenants {
			loads, err := helpdesk.Loads(e.ctx, e.store, tenant)
			e.ok(err)
			e.equal("loads of "+string(tenant), got[i], loads)
		}
	}},
	{"settings of several tenants are those of one query after the other", "SettingsOf returns for each query what Settings does", func(e *env) {
		reader, ok := helpdesk.As[helpdesk.SettingsReader](e.store)
		if !ok {
			return
		}
		var qs []helpdesk.SettingQuery
		for i := range 40 {
			tenant := helpdesk.TenantID(fmt.Sprint("t", i/2))
			for v := range int64(i % 4) {
				e.commit(&helpdesk.Change{Tenant: tenant, Settings: []helpdesk.Setting{
					{Kind: "x", Key: fmt.Sprint(i % 2), Version: v, Value: fmt.Append(nil, i), Deleted: i%5 == 4, At: start},
				}})
			}
			qs = append(qs, helpdesk.SettingQuery{Tenant: tenant, Kind: "x"}, helpdesk.SettingQuery{Tenant: tenant, Kind: "x", Key: "1", Limit: 1},
				helpdesk.SettingQuery{Tenant: tenant, Kind: "x", Key: "1", Below: 2})
		}
		got, err := reader.SettingsOf(e.ctx, qs...)
		e.ok(err)
		for i := range qs {
			list, err := e.store.Settings(e.ctx, qs[i])
			e.ok(err)
			e.equal(fmt.Sprintf("settings of %+v", qs[i]), got[i], list)
		}
	}},
	{"locks are tried without waiting", triedLocks, func(e *env) {
		l, ok := helpdesk.As[helpdesk.TenantsLocker](e.store)
		if !ok {
			return
		}
		try := func(name string, tenants ...helpdesk.TenantID) ([]helpdesk.TenantID, func()) {
			taken, unlock, err := l.TryLocks(e.ctx, name, tenants...)
			e.ok(err)
			slices.Sort(taken)
			return taken, unlock
		}
		one, endOne := try("a", "t1", "t2", "t3")
		e.equal("free", one, []helpdesk.TenantID{"t1", "t2", "t3"})
		two, endTwo := try("a", "t4", "t3", "t5", "T1")
		e.equal("with one that is not free", two, []helpdesk.TenantID{"T1", "t4", "t5"})
		none, endNone := try("a", "t1", "t4")
		e.equal("none free", len(none), 0)
		endNone()
		other, endOther := try("b", "t1")
		e.equal("of another name", len(other), 1)
		endOther()
		endOne()
		again, endAgain := try("a", "t1", "t2", "t4")
		e.equal("free again", again, []helpdesk.TenantID{"t1", "t2"})
		endAgain()
		endTwo()
		locker, ok := helpdesk.As[helpdesk.Locker](e.store)
		if !ok {
			return
		}
		unlock, err := locker.Lock(e.ctx, "t4", "a")
		e.ok(err)
		beside, endBeside := try("a", "t4", "t5")
		e.equal("beside a lock", beside, []helpdesk.TenantID{"t5"})
		unlock()
		endBeside()
		unlock, err = locker.Lock(e.ctx, "t5", "a")
		e.ok(err)
		unlock()
	}},
	{"clocks that stay are kept", "A Store may spare itself to write them.", func(e *env) {
		t := e.add(fill)
		clocks := e.get(t.ID).Clocks
		t.Subject = "Refund"
		t.Assignee = "ben"
		e.commit(&helpdesk.Change{Tenant: e.tenant, Ticket: t, SameClocks: true})
		e.equal("clocks", e.get(t.ID).Clocks, clocks)
		e.equal("assignee", e.get(t.ID).Assignee, helpdesk.AgentID("ben"))
	}},
}
