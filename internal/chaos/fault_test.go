package chaos

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"sync"
	"syscall"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
)

var repeatable = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}

// fault breaks something for a while.
type fault struct {
	name string
	at   time.Duration // in the short run
	lasts,
	most time.Duration // in the short run, and at most in the long one
	do func(w *world, lasts time.Duration)
}

var faults = []fault{
	{"stop of a process", time.Second, 31 * time.Second, 50 * time.Second, func(w *world, lasts time.Duration) {
		w.harm("process", w.pick(), func(p *process) {
			_ = p.cmd.Process.Signal(syscall.SIGSTOP)
			time.Sleep(lasts)
			_ = p.cmd.Process.Signal(syscall.SIGCONT)
		})
	}},
	{"silent connections", 2 * time.Second, 27 * time.Second, 50 * time.Second, func(w *world, lasts time.Duration) {
		w.harm("process", w.pick(), func(p *process) {
			p.proxy.silence(true)
			time.Sleep(lasts)
			p.proxy.silence(false)
		})
	}},
	{"kill", 4 * time.Second, 0, 0, kill},
	{"kill", 16 * time.Second, 0, 0, kill},
	{"kill", 27 * time.Second, 0, 0, kill},
	{"transaction of the host", 3 * time.Second, 12 * time.Second, 30 * time.Second, (*world).hold},
	{"restart", 8 * time.Second, 0, 0, func(w *world, _ time.Duration) {
		p := w.pick()
		w.harm("process", p, func(p *process) { // a rolling deploy: the new one is there before the old one ends
			w.start()
			_ = p.cmd.Process.Signal(syscall.SIGTERM)
			begun := time.Now()
			w.end(p)
			if took := time.Since(begun); took > 20*time.Second {
				w.t.Errorf("%s ended %v after SIGTERM", p.name, took)
			}
		})
	}},
	{"end of sessions", 10 * time.Second, 0, 0, func(w *world, _ time.Duration) {
		w.harm("sessions", nil, func(*process) {
			_, _ = w.db.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'p%' AND random() < 0.7")
		})
	}},
	{"hanging notifier", 11 * time.Second, 5 * time.Second, 40 * time.Second, breaks("notifier", hangs)},
	{"hanging recipients", 6 * time.Second, 20 * time.Second, 60 * time.Second, func(w *world, lasts time.Duration) {
		w.deaf.Store(true)
		time.Sleep(lasts)
		w.deaf.Store(false)
	}},
	{"crash of the database", 18 * time.Second, 2 * time.Second, 6 * time.Second, func(w *world, lasts time.Duration) {
		w.harm("database", nil, func(*process) {
			if err := dbtest.Crash(int(lasts.Seconds())); err != nil {
				w.t.Error(err)
			}
		})
	}},
	{"hanging classifier", 13 * time.Second, 4 * time.Second, 40 * time.Second, breaks("classifier", hangs)},
	{"hanging roster", 22 * time.Second, 3 * time.Second, 30 * time.Second, breaks("roster", hangs)},
	{"hanging assigner", 24 * time.Second, 3 * time.Second, 30 * time.Second, breaks("assigner", hangs)},
	{"failing notifier", 1 * time.Second, 5 * time.Second, 40 * time.Second, breaks("notifier", fails)},
	{"failing classifier", 1 * time.Second, 5 * time.Second, 40 * time.Second, breaks("classifier", fails)},
	{"failing roster", 14 * time.Second, 2 * time.Second, 40 * time.Second, breaks("roster", fails)},
	{"jump of a clock", 15 * time.Second, 0, 60 * time.Second, func(w *world, lasts time.Duration) {
		w.mu.Lock()
		defer w.mu.Unlock()
		for name := range w.ahead {
			w.ahead[name] = 0
		}
		if lasts > 0 && len(w.live) > 0 {
			w.ahead[w.live[rand.IntN(len(w.live))].name] = int64(rand.IntN(2)*1200 - 600)
		}
	}},
}

func breaks(part, how string) func(*world, time.Duration) {
	return func(w *world, lasts time.Duration) {
		w.set(part, how)
		time.Sleep(lasts)
		w.set(part, "")
	}
}

func kill(w *world, _ time.Duration) {
	w.harm("process", w.pick(), func(p *process) {
		_ = p.cmd.Process.Signal(syscall.SIGKILL)
		w.end(p)
		w.start()
	})
}

// breakThings makes faults until ctx ends: each at its time in the short run, at random in a longer
// one, about three at once.
func (w *world) breakThings(ctx context.Context, length time.Duration) {
	var at sync.WaitGroup
	defer at.Wait()
	run := func(f *fault, lasts time.Duration) {
		w.mu.Lock()
		w.kinds[f.name]++
		w.mu.Unlock()
		w.faults.Add(1)
		fmt.Fprintf(w.log, "time=%s fault begins: %s, for %v\n", time.Now().UTC().Format(time.RFC3339Nano), f.name, lasts)
		f.do(w, lasts)
		fmt.Fprintf(w.log, "time=%s fault ends: %s\n", time.Now().UTC().Format(time.RFC3339Nano), f.name)
	}
	if length < 2*time.Minute {
		for i := range faults {
			f := &faults[i]
			at.Go(func() {
				select {
				case <-ctx.Done():
				case <-time.After(f.at):
					run(f, f.lasts)
				}
			})
		}
		return
	}
	for range 3 {
		at.Go(func() {
			for ctx.Err() == nil {
				f := &faults[rand.IntN(len(faults))]
				run(f, f.most/3+rand.N(f.most*2/3+1))
				select {
				case <-ctx.Done():
				case <-time.After(time.Second + rand.N(4*time.Second)):
				}
			}
		})
	}
}

// pick takes a process away from the faults, so that none has two at once.
func (w *world) pick() *process {
	for {
		w.mu.Lock()
		for _, i := range rand.Perm(len(w.live)) {
			if p := w.live[i]; !p.harmed {
				p.harmed = true
				w.mu.Unlock()
				return p
			}
		}
		w.mu.Unlock()
		time.Sleep(100 * time.Millisecond)
	}
}

// harm writes down from when to when a process, or all processes for nil, are harmed.
func (w *world) harm(kind string, p *process, do func(*process)) {
	n, name := w.faultNumber.Add(1), ""
	if p != nil {
		name = p.name
	}
	w.book.add("INSERT INTO chaos_faults VALUES (?, ?, ?, ?, NULL)", n, kind, name, time.Now())
	do(p)
	w.book.add("UPDATE chaos_faults SET ended = ? WHERE n = ?", time.Now(), n)
	if p != nil {
		w.mu.Lock()
		p.harmed = false
		w.mu.Unlock()
	}
}

// hold is a transaction of the host that changes tickets and stays open. It keeps the counters of
// their agents from all others.
func (w *world) hold(lasts time.Duration) {
	ctx, end := context.WithTimeout(context.Background(), time.Minute)
	defer end()
	cfg := parts{w.checker}.config("host")
	desk, err := helpdesk.New(w.store, cfg)
	require.NoError(w.t, err)
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return
	}
	defer tx.Rollback()
	var done []line
	for _, tenant := range tenants {
		desk := desk.ForTenant(tenant).WithStore(w.store.WithTx(tx))
		page, err := desk.Tickets(ctx, helpdesk.Query{Status: []helpdesk.Status{helpdesk.StatusAssigned, helpdesk.StatusProgress}, Limit: 2})
		if err != nil {
			return
		}
		for _, t := range page.Tickets {
			c := command{Kind: resolves, Tenant: tenant, Ticket: t.ID, Token: token()}
			if _, err := desk.Resolve(ctx, t.ID, c.Token); err == nil {
				done = append(done, line{"INSERT INTO chaos_acknowledged VALUES (?, ?, ?, ?, ?, ?)", []any{c.Token, c.Kind, string(tenant), string(t.ID), time.Now(), time.Now()}})
			}
		}
	}
	time.Sleep(lasts)
	if tx.Commit() == nil {
		for _, l := range done {
			w.book.add(l.query, l.args...)
		}
	}
}
