package archive_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

const (
	ana = "ana@example.com"
	ben = "ben@example.com"
	kim = "kim@example.com"
	lee = "lee@example.com"
)

// files is a Blobs that can be listed.
type files struct {
	*memstore.Store

	mu  sync.Mutex
	ids map[helpdesk.BlobID]bool
}

func newFiles() *files { return &files{Store: memstore.New(), ids: map[helpdesk.BlobID]bool{}} }

func (f *files) Put(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
	n, err := f.Store.Put(ctx, tenant, id, r)
	if err == nil {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.ids[id] = true
	}
	return n, err
}

func (f *files) Delete(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.BlobID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range ids {
		delete(f.ids, id)
	}
	return f.Store.Delete(ctx, tenant, ids...)
}

func (f *files) all() (ids []helpdesk.BlobID) {
	for id := range f.ids {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// desk is a desk with an archive. The archive is not in its Config.
type desk struct {
	*helpdesktest.Desk
	archive *archive.Archive
	files   *files
}

func newDesk(t *testing.T, store helpdesk.Store, cfg *helpdesk.Config) *desk {
	t.Helper()
	d := &desk{files: newFiles()}
	d.archive = d.another(t)
	if cfg == nil {
		cfg = &helpdesk.Config{}
	}
	cfg.SLA = helpdesk.SLAFunc(func(context.Context, *helpdesk.Ticket) (*helpdesk.Policy, error) {
		return &helpdesk.Policy{Name: "four", FirstResponse: time.Hour, Resolution: 4 * time.Hour}, nil
	})
	cfg.Similar, cfg.ReopenWindow = similar.New(nil), 4*24*time.Hour // the story is written for that
	d.Desk = helpdesktest.New(t, store, cfg)
	all := map[helpdesk.Skill]int{"billing": 3, "technical": 3, "account": 3, "general": 3}
	d.Hire(helpdesk.Agent{Name: "Ana", Email: ana, Skills: all, Capacity: 30}, helpdesk.Agent{Name: "Ben", Email: ben, Skills: all, Manager: true})
	d.Drain()
	return d
}

// another is an Archive as another process has it.
func (d *desk) another(t *testing.T) *archive.Archive {
	t.Helper()
	a, err := archive.New(&archive.Config{Blobs: d.files, After: 90 * 24 * time.Hour})
	require.NoError(t, err)
	return a
}

func (d *desk) store(t *testing.T) archive.Store {
	t.Helper()
	s, ok := helpdesk.As[archive.Store](d.Desk.Desk.Store())
	require.True(t, ok)
	return s
}

func (d *desk) agent(id string) *helpdesk.Desk {
	return d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: id})
}

// jump moves the clock at once. Advance would stop at each hour.
func (d *desk) jump(by time.Duration) {
	d.Clock.Advance(by)
	d.Drain()
}

// story opens n tickets of two customers in turns, some of which are answered late, reopened,
// merged, reassigned and rated. All but the last are resolved, and closed by time. Then the clock
// moves until all are old, and a new one comes.
func (d *desk) story(t *testing.T, n int) (ids []helpdesk.TicketID) {
	t.Helper()
	ctx := t.Context()
	boss := d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"})
	for i := range n {
		email := []string{kim, lee}[i%2]
		ticket, err := d.Open(ctx, helpdesk.OpenParams{
			Subject: []string{"Tunnel drops", "Paper jam"}[i%2], Description: fmt.Sprintf([]string{"The tunnel of router%d drops.", "The printer%d eats paper."}[i%2], i), Customer: helpdesk.Contact{Name: "Customer", Email: email},
			Files: []helpdesk.File{{Name: "log.txt", Type: "text/plain", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("dropped")), nil }}},
		})
		require.NoError(t, err)
		ids = append(ids, ticket.ID)
		d.Drain()
		d.jump(time.Duration(i%4) * 25 * time.Minute)
		_, err = boss.Reassign(ctx, ticket.ID, helpdesk.AgentID([]string{ana, ben}[i%2]))
		require.NoError(t, err)
		if i == n-1 {
			break
		}
		if i%5 == 4 {
			_, err = boss.Resolve(ctx, ticket.ID, "The same as another.") // so that the other stays closed
			require.NoError(t, err)
			_, err = boss.Merge(ctx, ticket.ID, ids[0])
			require.NoError(t, err)
			continue
		}
		if i%3 == 0 {
			_, err = boss.Reassign(ctx, ticket.ID, ben)
			require.NoError(t, err)
		}
		d.jump(time.Duration(i%3) * 2 * time.Hour)
		_, err = d.agent(ana).Reply(ctx, ticket.ID, helpdesk.ReplyParams{Body: "Set the keepalive to 20 seconds."})
		require.NoError(t, err)
		_, err = d.agent(ana).Resolve(ctx, ticket.ID, "Set the keepalive.")
		require.NoError(t, err)
		customer := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: email})
		if i%4 == 1 {
			_, err = customer.Reply(ctx, ticket.ID, helpdesk.ReplyParams{Body: "It drops again."})
			require.NoError(t, err)
			_, err = d.agent(ben).Resolve(ctx, ticket.ID, "Replaced it.")
			require.NoError(t, err)
		}
		if i%2 == 0 {
			_, err = customer.Rate(ctx, ticket.ID, 1+i%5, "Quick.")
			require.NoError(t, err)
		}
		d.jump(9 * 24 * time.Hour)
	}
	d.jump(150 * 24 * time.Hour)
	_, err := d.Open(ctx, helpdesk.OpenParams{Subject: "Screen", Description: "It flickers.", Customer: helpdesk.Contact{Email: kim}})
	require.NoError(t, err)
	d.Drain()
	return ids
}

// figures are all reports of the time from the start on, and of the first three weeks.
func (d *desk) figures(t *testing.T) (all []any) {
	t.Helper()
	r := report.New(d.Desk.Desk)
	add := func(v any, err error) {
		t.Helper()
		require.NoError(t, err)
		all = append(all, v)
	}
	for _, p := range []report.Period{
		{From: helpdesktest.Start, To: d.Clock.Now()}, {From: helpdesktest.Start.Add(50 * time.Hour), To: helpdesktest.Start.AddDate(0, 0, 21)},
	} {
		o, err := r.Overview(t.Context(), p)
		add(o, err)
		a, err := r.Agents(t.Context(), p)
		add(a, err)
		for _, agent := range []helpdesk.AgentID{"", ana} {
			q := report.Query{Period: p, Step: report.Week, Agent: agent}
			s, err := r.Series(t.Context(), q)
			add(s, err)
			m, err := r.HeatMap(t.Context(), q)
			add(m, err)
		}
	}
	return all
}

func TestAMonthGoesAndComesBackBitForBitAndReportsStayTheSame(t *testing.T) {
	t.Parallel()
	onEveryStore(t, func(t *testing.T, store helpdesk.Store) {
		ctx := t.Context()
		d := newDesk(t, store, nil)
		ids := d.story(t, 12)
		old, open := ids[:11], ids[11]
		before := d.figures(t)
		require.NotZero(t, before[0].(*report.Overview).Breached)
		require.Len(t, before[1].(*report.Agents).Results, 2)
		records, err := d.store(t).Records(ctx, "", old...)
		require.NoError(t, err)
		similarTo := func() int {
			found, err := d.Similar(ctx, open, 20)
			require.NoError(t, err)
			return len(found)
		}
		solved := similarTo()
		require.Positive(t, solved)

		n, err := d.archive.SweepAll(ctx, d.Desk.Desk)
		require.NoError(t, err)
		require.Equal(t, 11, n)
		for _, id := range old {
			_, err := d.Ticket(ctx, id)
			require.ErrorIs(t, err, helpdesk.ErrNotFound)
		}
		_, err = d.Ticket(ctx, open)
		require.NoError(t, err, "it is not closed")
		require.Zero(t, similarTo())
		require.Equal(t, before, d.figures(t), "reports are the same when tickets are archived")
		page, err := d.Search(ctx, "printer3", helpdesk.Query{})
		require.NoError(t, err)
		require.Empty(t, page.Tickets)

		months, err := d.archive.Months(ctx, d.Desk.Desk)
		require.NoError(t, err)
		require.Greater(t, len(months), 1)
		var text bytes.Buffer
		for _, m := range months {
			r, err := d.archive.Read(ctx, d.Desk.Desk, m.Month)
			require.NoError(t, err)
			_, err = text.ReadFrom(r)
			require.NoError(t, err)
			require.NoError(t, r.Close())
		}
		require.Equal(t, 11, strings.Count(text.String(), "\n"), "a line for each ticket")
		for _, id := range old {
			require.Equal(t, 1, strings.Count(text.String(), `"ticket":{"Tenant":"","ID":"`+string(id)), "each ticket is archived once")
		}

		restored := 0
		for _, m := range months {
			n, err := d.archive.Restore(ctx, d.Desk.Desk, m.Month, d.Clock.Now().Add(24*time.Hour))
			require.NoError(t, err)
			restored += n
		}
		require.Equal(t, 11, restored)
		back, err := d.store(t).Records(ctx, "", old...)
		require.NoError(t, err)
		require.Equal(t, records, back)
		require.Equal(t, before, d.figures(t), "and when they are restored")
		require.Empty(t, d.files.all(), "no file is left of what is restored")
		d.Drain()
		require.Equal(t, solved, similarTo())
		page, err = d.Search(ctx, "printer3", helpdesk.Query{})
		require.NoError(t, err)
		require.Len(t, page.Tickets, 1)
		_, file, err := d.Attachment(ctx, old[3], back[3].Messages[0].Attachments[0].ID)
		require.NoError(t, err, "contents of attachments were never gone")
		require.NoError(t, file.Close())

		n, err = d.archive.Sweep(ctx, d.Desk.Desk)
		require.NoError(t, err)
		require.Zero(t, n, "the months are on hold")
		d.Clock.Advance(25 * time.Hour)
		n, err = d.archive.Sweep(ctx, d.Desk.Desk)
		require.NoError(t, err)
		require.Equal(t, 11, n)
	})
}

func TestErasingACustomerReachesTheArchive(t *testing.T) {
	t.Parallel()
	onEveryStore(t, func(t *testing.T, store helpdesk.Store) {
		ctx := t.Context()
		d := newDesk(t, store, nil)
		d.story(t, 6)
		_, err := d.archive.Sweep(ctx, d.Desk.Desk)
		require.NoError(t, err)
		require.Contains(t, d.texts(t), kim)

		_, err = d.Erase(ctx, kim)
		require.ErrorIs(t, err, helpdesk.ErrConflict, "a desk that knows no archive refuses")
		page, err := d.Tickets(ctx, helpdesk.Query{Customer: kim})
		require.NoError(t, err)
		require.NotEmpty(t, page.Tickets, "and erases nothing")
		_, err = d.Erase(ctx, "nobody@example.com")
		require.NoError(t, err)

		cfg := &helpdesk.Config{Archive: d.archive, Clock: d.Clock}
		knows, err := helpdesk.New(store, cfg)
		require.NoError(t, err)
		n, err := knows.Erase(ctx, kim)
		require.NoError(t, err)
		require.Equal(t, 4, n.Tickets)
		_, err = d.Open(ctx, helpdesk.OpenParams{Subject: "Keyboard", Customer: helpdesk.Contact{Email: lee}}) // the last event is of an open ticket
		require.NoError(t, err)
		_, err = d.archive.Sweep(ctx, d.Desk.Desk)
		require.NoError(t, err)
		text := d.texts(t)
		require.NotContains(t, text, kim)
		require.NotContains(t, text, "router0")
		require.Contains(t, text, lee)
		require.Contains(t, text, "printer1")
		files, err := d.store(t).ArchivedWith(ctx, "", kim)
		require.NoError(t, err)
		require.Empty(t, files)
	})
}

// texts are all files of the archive.
func (d *desk) texts(t *testing.T) string {
	t.Helper()
	var text bytes.Buffer
	for _, id := range d.files.all() {
		r, err := d.files.Open(t.Context(), "", id)
		require.NoError(t, err)
		_, err = text.ReadFrom(r)
		require.NoError(t, err)
	}
	return text.String()
}

var errCrash = errors.New("crash")

// crashing ends all work at a call: that call does its part or not, and no later one does anything.
type crashing struct {
	archive.Store
	files   helpdesk.Blobs
	left    int  // calls until then
	half    bool // the last call does its part, but does not say so
	crashed bool
}

func (c *crashing) do(call func() error) error {
	if c.crashed {
		return errCrash
	}
	if c.left--; c.left >= 0 {
		return call()
	}
	c.crashed = true
	if c.half {
		_ = call()
	}
	return errCrash
}

func (c *crashing) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	return c.do(func() error { return c.Store.Commit(ctx, changes...) })
}

func (c *crashing) Archive(ctx context.Context, change *helpdesk.Change, file helpdesk.BlobID, records ...archive.Record) error {
	return c.do(func() error { return c.Store.Archive(ctx, change, file, records...) })
}

func (c *crashing) Restore(ctx context.Context, change *helpdesk.Change, file helpdesk.BlobID, records ...archive.Record) error {
	return c.do(func() error { return c.Store.Restore(ctx, change, file, records...) })
}

// crashingFiles are the files beside it.
type crashingFiles struct{ *crashing }

func (c crashingFiles) Put(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (n int64, err error) {
	err = c.do(func() error { n, err = c.files.Put(ctx, tenant, id, r); return err })
	return n, err
}

func (c crashingFiles) Open(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID) (r io.ReadCloser, err error) {
	err = c.do(func() error { r, err = c.files.Open(ctx, tenant, id); return err })
	return r, err
}

func (c crashingFiles) Delete(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.BlobID) error {
	return c.do(func() error { return c.files.Delete(ctx, tenant, ids...) })
}

// TestACrashBetweenAnyTwoStepsLosesNothingAndDoublesNothing stops a sweep, and then a restore, at
// each of its calls in turn. Another process goes on two hours later.
func TestACrashBetweenAnyTwoStepsLosesNothingAndDoublesNothing(t *testing.T) {
	t.Parallel()
	for _, half := range []bool{false, true} {
		d := newDesk(t, memstore.New(), nil)
		ids := d.story(t, 6)[:5]
		whole, err := d.store(t).Records(t.Context(), "", ids...)
		require.NoError(t, err)
		broken := func(at int, do func(a *archive.Archive, desk *helpdesk.Desk) error) bool {
			c := &crashing{Store: d.store(t), files: d.files, left: at, half: half}
			a, err := archive.New(&archive.Config{Blobs: crashingFiles{c}, After: 90 * 24 * time.Hour})
			require.NoError(t, err)
			err = do(a, d.WithStore(c))
			require.Equal(t, c.crashed, err != nil, "call %d: %v", at, err)
			d.Clock.Advance(2 * time.Hour)
			return c.crashed
		}
		// settled checks that each ticket is in one place, and returns how many are archived.
		settled := func(what string) (archived int) {
			t.Helper()
			text := d.texts(t)
			var named []helpdesk.BlobID
			months, err := d.archive.Months(t.Context(), d.Desk.Desk)
			require.NoError(t, err)
			for _, m := range months {
				for _, f := range m.Files {
					named = append(named, f.ID)
				}
			}
			slices.Sort(named)
			require.Equal(t, named, d.files.all(), "%s: each file is named, and no other is left", what)
			for _, id := range ids {
				_, err := d.Ticket(t.Context(), id)
				lines := strings.Count(text, `"ticket":{"Tenant":"","ID":"`+string(id))
				if err == nil {
					require.Zero(t, lines, "%s: %s is in the store and in a file", what, id)
					continue
				}
				require.ErrorIs(t, err, helpdesk.ErrNotFound)
				require.Equal(t, 1, lines, "%s: %s", what, id)
				archived++
			}
			return archived
		}
		sweep := func(a *archive.Archive, desk *helpdesk.Desk) error { _, err := a.Sweep(t.Context(), desk); return err }
		restore := func(a *archive.Archive, desk *helpdesk.Desk) error {
			months, err := a.Months(t.Context(), desk)
			for _, m := range months {
				if err == nil {
					_, err = a.Restore(t.Context(), desk, m.Month, time.Time{})
				}
			}
			return err
		}
		calls := 0
		for at := 0; broken(at, sweep); at++ {
			calls++
			require.NoError(t, sweep(d.another(t), d.Desk.Desk))
			require.Equal(t, len(ids), settled(fmt.Sprintf("sweep, half %v, call %d", half, at)))
			require.NoError(t, restore(d.another(t), d.Desk.Desk))
		}
		require.GreaterOrEqual(t, calls, 4)
		calls = 0
		for at := 0; broken(at, restore); at++ {
			calls++
			require.NoError(t, restore(d.another(t), d.Desk.Desk))
			require.NoError(t, sweep(d.another(t), d.Desk.Desk)) // which also removes what is left
			require.Equal(t, len(ids), settled(fmt.Sprintf("restore, half %v, call %d", half, at)))
		}
		require.GreaterOrEqual(t, calls, 4)
		back, err := d.store(t).Records(t.Context(), "", ids...)
		require.NoError(t, err)
		require.Equal(t, whole, back)
	}
}

// TestTwoProcessesSweepAtOnce: what one of them does, the other leaves.
func TestTwoProcessesSweepAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t, memstore.New(), nil)
	ids := d.story(t, 6)[:5]
	var wg sync.WaitGroup
	for range 4 {
		a := d.another(t)
		wg.Go(func() {
			if _, err := a.Sweep(t.Context(), d.Desk.Desk); err != nil && !errors.Is(err, helpdesk.ErrConflict) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	d.Clock.Advance(2 * time.Hour)
	_, err := d.archive.Sweep(t.Context(), d.Desk.Desk)
	require.NoError(t, err)
	_, err = d.archive.Sweep(t.Context(), d.Desk.Desk)
	require.NoError(t, err)
	text := d.texts(t)
	for _, id := range ids {
		require.Equal(t, 1, strings.Count(text, `"ticket":{"Tenant":"","ID":"`+string(id)))
	}
}

func TestRunSweepsUntilItsContextEnds(t *testing.T) {
	t.Parallel()
	d := newDesk(t, memstore.New(), nil)
	d.story(t, 3)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- d.archive.Run(ctx, d.Desk.Desk) }()
	require.Eventually(t, func() bool {
		months, err := d.archive.Months(ctx, d.Desk.Desk)
		return err == nil && len(months) > 0
	}, 10*time.Second, 5*time.Millisecond)
	stop()
	require.ErrorIs(t, <-done, context.Canceled)
}

func TestNewNamesTheWrongField(t *testing.T) {
	t.Parallel()
	_, err := archive.New(nil)
	require.ErrorContains(t, err, "Blobs")
	_, err = archive.New(&archive.Config{Blobs: newFiles(), After: -1, Every: -1})
	require.ErrorContains(t, err, "After")
	require.ErrorContains(t, err, "Every")
}

func onEveryStore(t *testing.T, test func(t *testing.T, store helpdesk.Store)) {
	t.Helper()
	migrated := func(t *testing.T, db *bun.DB) helpdesk.Store {
		store, err := bunstore.New(db, nil)
		require.NoError(t, err)
		require.NoError(t, store.Migrate(t.Context()))
		return store
	}
	for name, open := range map[string]func(t *testing.T) helpdesk.Store{
		"memory":   func(*testing.T) helpdesk.Store { return memstore.New() },
		"sqlite":   func(t *testing.T) helpdesk.Store { return migrated(t, dbtest.SQLite(t)) },
		"postgres": func(t *testing.T) helpdesk.Store { return migrated(t, dbtest.Postgres(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}
