package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

var taskCases = []testCase{
	{"due tasks are leased in order", "earliest first, and keeps them from other callers until now+d.", func(e *env) {
		e.put(task("c", start.Add(2*time.Second)), task("a", start), task("b", start.Add(time.Second)), task("late", start.Add(time.Hour)))
		e.equal("before", keys(e.lease(start.Add(-time.Microsecond), 10)), []string{})
		e.equal("first two", keys(e.lease(start.Add(time.Minute), 2)), []string{"a", "b"})
		e.equal("the third", keys(e.lease(start.Add(time.Minute), 10)), []string{"c"})
		e.equal("none left", keys(e.lease(start.Add(time.Minute), 10)), []string{})
		e.equal("again once the lease has run out", keys(e.lease(start.Add(2*time.Minute), 10)), []string{"a", "b", "c"})
	}},
	{"some groups are left out", "those of the groups in except are not handed out.", func(e *env) {
		of := func(tenant helpdesk.TenantID, kind helpdesk.TaskKind, key string) {
			e.commit(&helpdesk.Change{Tenant: tenant, Tasks: []helpdesk.Task{{Tenant: tenant, Kind: kind, Key: key, DueAt: start}}})
		}
		other := e.tenant + "-other"
		of(e.tenant, helpdesk.TaskNotify, "own notice")
		of(e.tenant, helpdesk.TaskTriage, "own triage")
		of(other, helpdesk.TaskNotify, "their notice")
		of(other, helpdesk.TaskTriage, "their triage")
		leased := func(except ...helpdesk.TaskGroup) []string {
			tasks, err := e.store.Lease(e.ctx, start, 0, 10, except...)
			e.ok(err)
			return slices.Sorted(slices.Values(keys(tasks)))
		}
		notices, triage := helpdesk.TaskGroup{Kind: helpdesk.TaskNotify, Tenant: e.tenant}, helpdesk.TaskGroup{Kind: helpdesk.TaskTriage, AllTenants: true}
		e.equal("all", leased(), []string{"own notice", "own triage", "their notice", "their triage"})
		e.equal("without one tenant's notices", leased(notices), []string{"own triage", "their notice", "their triage"})
		e.equal("without triage", leased(triage), []string{"own notice", "their notice"})
		e.equal("without both", leased(notices, triage), []string{"their notice"})
		e.equal("left out of a full page too", leased(triage, helpdesk.TaskGroup{Kind: helpdesk.TaskNotify, Tenant: other}), []string{"own notice"})
	}},
	{"a renewed task stays with who has it", "Renew keeps leased tasks", func(e *env) {
		at := func(n int) time.Time { return start.Add(time.Duration(n-3) * time.Second) }
		e.put(task("a", at(1)), task("b", at(2)), task("c", at(3)), task("free", start.Add(time.Hour)))
		got := e.lease(start, 10)
		e.commit(&helpdesk.Change{Tenant: e.tenant, Done: got[2:]})
		unleased := task("free", start.Add(time.Hour))
		e.ok(e.store.Renew(e.ctx, start.Add(3*time.Minute), append(got, unleased)...))
		e.equal("held", keys(e.lease(start.Add(3*time.Minute-time.Microsecond), 10)), []string{})
		again := e.lease(start.Add(3*time.Minute), 10)
		e.equal("run out", keys(again), []string{"a", "b"})
		e.ok(e.store.Renew(e.ctx, start.Add(time.Hour), got...))
		e.equal("not renewed by an old token", keys(e.lease(start.Add(4*time.Minute), 10)), []string{"a", "b"})
		e.equal("attempts", again[0].Attempts, 2)
		e.equal("a task that was never leased is free", keys(e.lease(start.Add(time.Hour), 10)), []string{"a", "b", "free"})
		e.ok(e.store.Renew(e.ctx, start))
	}},
	{"a task comes back whole", "Each gets a Token never used", func(e *env) {
		t := e.add()
		given := helpdesk.Task{Tenant: e.tenant, Kind: helpdesk.TaskTriage, Key: "k", Ticket: t.ID, DueAt: start, Payload: json.RawMessage(`{"a":1}`), Attempts: 4, Error: "ünhappy"}
		e.put(given)
		got := e.lease(start, 1)
		e.equal("number", len(got), 1)
		if got[0].Token == 0 {
			e.fatal("no token")
		}
		given.Token, given.Attempts = got[0].Token, 5
		e.equal("task", got[0], given)
	}},
	{"an old lease completes nothing", "ErrConflict", func(e *env) {
		e.put(task("k", start))
		old := e.lease(start, 1)
		now := e.lease(start.Add(time.Minute), 1)
		if old[0].Token == now[0].Token {
			e.fatal("token %d was used twice", old[0].Token)
		}
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Done: old}), helpdesk.ErrConflict)
		e.commit(&helpdesk.Change{Tenant: e.tenant, Done: now})
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Done: now}), helpdesk.ErrConflict)
		e.equal("left", keys(e.lease(start.Add(time.Hour), 10)), []string{})
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Done: []helpdesk.Task{task("never", start)}}), helpdesk.ErrConflict)
	}},
	{"an unleased task cannot be done", "unless each still has this Token.", func(e *env) {
		e.put(task("k", start))
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Done: []helpdesk.Task{task("k", start)}}), helpdesk.ErrConflict)
	}},
	{"a task that is added again moves", "it is replaced, its lease ended.", func(e *env) {
		e.put(task("k", start))
		old := e.lease(start, 1)
		e.put(task("k", start.Add(time.Second)))
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Done: old}), helpdesk.ErrConflict)
		again := e.lease(start.Add(time.Second), 10)
		e.equal("moved", keys(again), []string{"k"})
		e.equal("attempts", again[0].Attempts, 1)
	}},
	{"no due time removes a task", "A zero DueAt removes it.", func(e *env) {
		e.put(task("k", start), task("other", start))
		e.put(task("k", time.Time{}), task("unknown", time.Time{}))
		e.equal("left", keys(e.lease(start, 10)), []string{"other"})
	}},
	{"done and added again in one change", "Tasks to add after Done are removed.", func(e *env) {
		e.put(task("k", start))
		got := e.lease(start, 1)
		e.commit(&helpdesk.Change{Tenant: e.tenant, Done: got, Tasks: []helpdesk.Task{task("k", start.Add(time.Hour))}})
		e.equal("not yet", keys(e.lease(start.Add(time.Minute), 10)), []string{})
		later := e.lease(start.Add(time.Hour), 10)
		e.equal("later", keys(later), []string{"k"})
		e.commit(&helpdesk.Change{Tenant: e.tenant, Done: later, Tasks: []helpdesk.Task{task("k", time.Time{})}})
		e.equal("gone", keys(e.lease(start.Add(9*time.Hour), 10)), []string{})
	}},
	{"two changes may add one task", "Tasks to add after Done are removed.", func(e *env) {
		one := &helpdesk.Change{Tenant: e.tenant, Tasks: []helpdesk.Task{task("k", start.Add(time.Hour))}}
		two := &helpdesk.Change{Tenant: e.tenant, Tasks: []helpdesk.Task{task("k", start)}}
		e.commit(one, two)
		e.equal("the last one stands", keys(e.lease(start, 10)), []string{"k"})
	}},
	{"the dead are not leased", "Dead tasks and those of the groups in except are not handed out.", func(e *env) {
		dead := task("k", start)
		dead.Dead, dead.Error = true, "gave up"
		e.put(dead, task("alive", start))
		e.equal("leased", keys(e.lease(start, 10)), []string{"alive"})
		if l, ok := helpdesk.As[helpdesk.TaskLister](e.store); ok {
			list, err := l.DeadTasks(e.ctx, e.tenant, 10)
			e.ok(err)
			e.equal("dead", list, []helpdesk.Task{dead})
		}
	}},
	{"a dead task keeps its token until it moves", "or dead ones; ErrConflict", func(e *env) {
		e.put(task("k", start))
		got := e.lease(start, 1)
		dead := task("k", start)
		dead.Dead, dead.Error = true, "gave up"
		e.commit(&helpdesk.Change{Tenant: e.tenant, Done: got, Tasks: []helpdesk.Task{dead}})
		dead.Token = got[0].Token
		if l, ok := helpdesk.As[helpdesk.TaskLister](e.store); ok {
			list, err := l.DeadTasks(e.ctx, e.tenant, 10)
			e.ok(err)
			e.equal("dead", list, []helpdesk.Task{dead})
		}
		again := &helpdesk.Change{Tenant: e.tenant, Done: []helpdesk.Task{dead}, Tasks: []helpdesk.Task{task("k", start)}}
		e.commit(again)
		e.is(e.store.Commit(e.ctx, again), helpdesk.ErrConflict)
		alive := e.lease(start, 10)
		e.equal("alive", keys(alive), []string{"k"})
		if alive[0].Token == dead.Token {
			e.fatal("token %d was used twice", dead.Token)
		}
	}},
	{"racing leases share out the tasks", "keeps them from other callers until now+d.", func(e *env) {
		const n = 400
		var tasks []helpdesk.Task
		for i := range n {
			tasks = append(tasks, task(fmt.Sprint(i), start))
		}
		e.put(tasks...)
		var mu sync.Mutex
		leased, tokens := map[string]int{}, map[int64]int{}
		e.together(16, func() error {
			for misses, tries := 0, 0; misses < 3 && tries < n; tries++ { // a store that leases for ever must not keep us
				got, err := e.store.Lease(e.ctx, start, time.Minute, 7)
				if err != nil {
					return err
				}
				if len(got) == 0 {
					misses++
				}
				mu.Lock()
				for _, t := range got {
					leased[t.Key]++
					tokens[t.Token]++
				}
				mu.Unlock()
			}
			return nil
		})
		e.equal("tasks", len(leased), n)
		e.equal("tokens", len(tokens), n)
		for key, times := range leased {
			e.equal("times task "+key+" was leased", times, 1)
		}
	}},
}

var loadCases = []testCase{
	{"a claim past the capacity is refused", "A positive delta that would take the", func(e *env) {
		claim := func(delta, capacity int) error {
			return e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Loads: []helpdesk.LoadDelta{{Agent: "ana", Delta: delta, Capacity: capacity}}})
		}
		e.ok(claim(1, 2))
		e.ok(claim(1, 2))
		e.is(claim(1, 2), helpdesk.ErrCapacity)
		e.ok(claim(1, 0))
		e.is(claim(1, 3), helpdesk.ErrCapacity)
		e.ok(claim(-1, 1))
		e.ok(claim(-1, 0))
		e.ok(claim(1, 2))
		e.is(claim(1, 2), helpdesk.ErrCapacity)
	}},
	{"claims of one commit add up", "A positive delta that would take the", func(e *env) {
		one := func(delta, capacity int) *helpdesk.Change {
			return &helpdesk.Change{Tenant: e.tenant, Loads: []helpdesk.LoadDelta{{Agent: "ana", Delta: delta, Capacity: capacity}}}
		}
		e.is(e.store.Commit(e.ctx, one(1, 2), one(1, 2), one(1, 2)), helpdesk.ErrCapacity)
		e.commit(one(1, 2), one(1, 2))
		e.is(e.store.Commit(e.ctx, one(1, 2)), helpdesk.ErrCapacity)
		e.commit(one(-1, 0), one(1, 2))
	}},
	{"racing claims stop at the capacity", "A positive delta that would take the", func(e *env) {
		const capacity = 5
		var mu sync.Mutex
		won := 0
		e.together(16, func() error {
			for range 3 {
				err := e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Loads: []helpdesk.LoadDelta{{Agent: "ana", Delta: 1, Capacity: capacity}}})
				switch {
				case err == nil:
					mu.Lock()
					won++
					mu.Unlock()
				case !errors.Is(err, helpdesk.ErrCapacity):
					return err
				}
			}
			return nil
		})
		e.equal("claims", won, capacity)
	}},
	{"a lock is held by one at a time", "Lock waits until nobody else holds the name of the tenant, or ctx ends.", func(e *env) {
		l, ok := helpdesk.As[helpdesk.Locker](e.store)
		if !ok {
			return // nobody is kept out
		}
		lock := func(tenant helpdesk.TenantID, name string) func() {
			unlock, err := l.Lock(e.ctx, tenant, name)
			e.ok(err)
			return unlock
		}
		unlock := lock(e.tenant, "a")
		lock("globex", "a")()
		lock(e.tenant, "b")()
		unlock()
		var holding, most atomic.Int64
		e.together(4, func() error {
			for range 5 {
				unlock, err := l.Lock(e.ctx, e.tenant, "a")
				if err != nil {
					return err
				}
				most.Store(max(most.Load(), holding.Add(1)))
				_, err = e.store.Ticket(e.ctx, e.tenant, "")
				holding.Add(-1)
				unlock()
				if !errors.Is(err, helpdesk.ErrNotFound) {
					return err
				}
			}
			return nil
		})
		e.equal("held at once", most.Load(), int64(1))
		over, cancel := context.WithCancel(e.ctx)
		cancel()
		_, err := l.Lock(over, e.tenant, "a")
		e.is(err, context.Canceled)
		lock(e.tenant, "a")()
	}},
	{"counters that are wrong are found", "whose counter differs from the number of their tickets", func(e *env) {
		a, ok := helpdesk.As[helpdesk.LoadAuditor](e.store)
		if !ok {
			return // it keeps no counters beside the tickets
		}
		drift := func() []helpdesk.LoadDrift {
			wrong, err := a.LoadDrift(e.ctx, e.tenant)
			e.ok(err)
			return wrong
		}
		load := func(agent helpdesk.AgentID, n int) {
			e.commit(&helpdesk.Change{Tenant: e.tenant, Loads: []helpdesk.LoadDelta{{Agent: agent, Delta: n}}})
		}
		e.equal("without tickets", len(drift()), 0)
		for _, st := range helpdesk.Statuses {
			e.add(func(t *helpdesk.Ticket) { t.Assignee, t.Status = "ana", st })
			e.add(func(t *helpdesk.Ticket) { t.Status = st })
		}
		e.equal("not counted", drift(), []helpdesk.LoadDrift{{Agent: "ana", Counter: 0, Open: 3}})
		load("ana", 3)
		e.equal("counted", len(drift()), 0)
		load("ben", 2)
		load("ana", -2)
		e.equal("both", drift(), []helpdesk.LoadDrift{{Agent: "ana", Counter: 1, Open: 3}, {Agent: "ben", Counter: 2}})
		other, err := a.LoadDrift(e.ctx, "globex")
		e.ok(err)
		e.equal("of another tenant", len(other), 0)
	}},
}

var settingCases = []testCase{
	{"a setting has versions", "ErrConflict unless that is the current one.", func(e *env) {
		put := func(version int64, value string, deleted bool) error {
			return e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Settings: []helpdesk.Setting{{
				Kind: helpdesk.SettingAgent, Key: "k", Version: version, Value: json.RawMessage(value), Deleted: deleted, At: start,
				By: helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss", Name: "Boss"},
			}}})
		}
		e.ok(put(0, `{"n":1}`, false))
		e.is(put(0, `{"n":9}`, false), helpdesk.ErrConflict)
		e.ok(put(1, `{"n":2}`, false))
		e.is(put(1, `{"n":9}`, false), helpdesk.ErrConflict)
		e.is(put(7, `{"n":9}`, false), helpdesk.ErrConflict)
		got, err := e.store.Settings(e.ctx, helpdesk.SettingQuery{Tenant: e.tenant, Kind: helpdesk.SettingAgent})
		e.ok(err)
		e.equal("number", len(got), 1)
		var value map[string]int
		e.ok(json.Unmarshal(got[0].Value, &value))
		e.equal("value", value, map[string]int{"n": 2})
		got[0].Value = nil
		e.equal("setting", got[0], helpdesk.Setting{Kind: helpdesk.SettingAgent, Key: "k", Version: 2, At: start, By: helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss", Name: "Boss"}})
		e.ok(put(2, `null`, true))
		e.is(put(0, `{"n":9}`, false), helpdesk.ErrConflict)
		got, err = e.store.Settings(e.ctx, helpdesk.SettingQuery{Tenant: e.tenant, Kind: helpdesk.SettingAgent})
		e.ok(err)
		e.equal("deleted", len(got), 0)
		e.ok(put(3, `{"n":4}`, false))
	}},
	{"a setting has a history", "With a Key it returns the versions of", func(e *env) {
		put := func(key string, version int64, value string) {
			e.commit(&helpdesk.Change{Tenant: e.tenant, Settings: []helpdesk.Setting{{
				Kind: "x", Key: key, Version: version, Value: json.RawMessage(value), Deleted: value == "null", At: start,
			}}})
		}
		for i, value := range []string{"1", "2", "null", "4"} {
			put("k", int64(i), value)
		}
		put("other", 0, "9")
		ask := func(q helpdesk.SettingQuery) []string {
			q.Tenant, q.Kind = e.tenant, "x"
			got, err := e.store.Settings(e.ctx, q)
			e.ok(err)
			list := []string{}
			for _, g := range got {
				list = append(list, fmt.Sprintf("%s/%d=%s", g.Key, g.Version, g.Value))
			}
			return list
		}
		e.equal("all", ask(helpdesk.SettingQuery{Key: "k"}), []string{"k/4=4", "k/3=null", "k/2=2", "k/1=1"})
		e.equal("below", ask(helpdesk.SettingQuery{Key: "k", Below: 3}), []string{"k/2=2", "k/1=1"})
		e.equal("one", ask(helpdesk.SettingQuery{Key: "k", Below: 3, Limit: 1}), []string{"k/2=2"})
		e.equal("unknown", ask(helpdesk.SettingQuery{Key: "z"}), []string{})
		e.equal("current", ask(helpdesk.SettingQuery{}), []string{"k/4=4", "other/1=9"})
	}},
	{"a setting can purge the versions before it", "One with Purge sets the Value of each earlier version below that to null.", func(e *env) {
		values := func(key string) (list []string) {
			got, err := e.store.Settings(e.ctx, helpdesk.SettingQuery{Tenant: e.tenant, Kind: "x", Key: key})
			e.ok(err)
			for _, g := range got {
				e.equal("purge is not stored", g.Purge, int64(0))
				list = append(list, fmt.Sprintf("%d=%s", g.Version, g.Value))
			}
			return list
		}
		put := func(key string, version, purge int64) helpdesk.Setting {
			return helpdesk.Setting{Kind: "x", Key: key, Version: version, Value: json.RawMessage(`7`), Purge: purge, At: start}
		}
		for _, key := range []string{"k", "other"} {
			e.commit(&helpdesk.Change{Tenant: e.tenant, Settings: []helpdesk.Setting{put(key, 0, 0)}})
			e.commit(&helpdesk.Change{Tenant: e.tenant, Settings: []helpdesk.Setting{put(key, 1, 0)}})
		}
		e.is(e.store.Commit(e.ctx, &helpdesk.Change{Tenant: e.tenant, Settings: []helpdesk.Setting{put("k", 1, 3)}}), helpdesk.ErrConflict)
		e.equal("refused", values("k"), []string{"2=7", "1=7"})
		e.commit(&helpdesk.Change{Tenant: e.tenant, Settings: []helpdesk.Setting{put("k", 2, 0), put("k", 3, 3), put("k", 4, 0)}})
		e.equal("purged", values("k"), []string{"5=7", "4=7", "3=7", "2=null", "1=null"})
		e.commit(&helpdesk.Change{Tenant: e.tenant, Settings: []helpdesk.Setting{put("k", 5, 100)}})
		e.equal("itself is no earlier version", values("k"), []string{"6=7", "5=null", "4=null", "3=null", "2=null", "1=null"})
		e.equal("other", values("other"), []string{"2=7", "1=7"})
	}},
	{"settings come by kind in order of key", "Settings returns the current version of each setting of a kind, ordered by", func(e *env) {
		var s []helpdesk.Setting
		for _, key := range []string{"b", "B", "a", "é", "_"} {
			s = append(s, helpdesk.Setting{Kind: "x", Key: key, Value: json.RawMessage(`1`), At: start})
		}
		s = append(s, helpdesk.Setting{Kind: "y", Key: "a", Value: json.RawMessage(`1`), At: start})
		e.commit(&helpdesk.Change{Tenant: e.tenant, Settings: s})
		got, err := e.store.Settings(e.ctx, helpdesk.SettingQuery{Tenant: e.tenant, Kind: "x"})
		e.ok(err)
		var list []string
		for _, g := range got {
			list = append(list, g.Key)
		}
		e.equal("keys", list, []string{"B", "_", "a", "b", "é"})
	}},
}
