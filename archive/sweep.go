package archive

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// writingAge is the age at which a file that is being written counts as left behind by a process
// that has died. Its writer gives up long before.
const (
	writingAge  = time.Hour
	writingTime = 20 * time.Minute
)

// Run sweeps all tenants, now and every Config.Every, until ctx ends. Errors are logged. Several
// processes may run it.
func (a *Archive) Run(ctx context.Context, desk *helpdesk.Desk) error {
	for {
		if n, err := a.SweepAll(ctx, desk); err != nil && ctx.Err() == nil {
			a.cfg.Logger.ErrorContext(ctx, "archive: sweep", "archived", n, "error", err)
		}
		timer := time.NewTimer(a.cfg.Every)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}

// SweepAll does Sweep for each tenant, and returns the sum. An error of one tenant does not keep it
// from the others.
func (a *Archive) SweepAll(ctx context.Context, desk *helpdesk.Desk) (n int, err error) {
	store, err := storeOf(desk)
	if err != nil {
		return 0, fail("sweep", err)
	}
	var errs []error
	var last *helpdesk.TenantID
	for {
		tenants, err := store.Tenants(ctx, a.before(desk), last, 1000)
		if err != nil {
			return n, fail("sweep", errors.Join(append(errs, err)...))
		}
		for _, t := range tenants {
			some, err := a.Sweep(ctx, desk.ForTenant(t))
			if n += some; err != nil {
				errs = append(errs, fmt.Errorf("tenant %q: %w", t, err))
			}
			if ctx.Err() != nil {
				return n, errors.Join(errs...)
			}
			last = &t
		}
		if len(tenants) == 0 {
			return n, errors.Join(errs...)
		}
	}
}

// before returns the end of the last month that is old enough.
func (a *Archive) before(desk *helpdesk.Desk) time.Time {
	at := desk.Now().Add(-a.cfg.After)
	return time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// Sweep archives the desk's tenant: each month that is old enough, unless it is on hold. It returns
// how many tickets it has archived. After an error call it again. It is ErrConflict if somebody
// else sweeps or restores at the same moment.
func (a *Archive) Sweep(ctx context.Context, desk *helpdesk.Desk) (n int, err error) {
	store, err := storeOf(desk)
	if err != nil {
		return 0, fail("sweep", err)
	}
	months, err := a.months(ctx, desk)
	if err != nil {
		return 0, fail("sweep", err)
	}
	known := map[string]month{}
	for _, m := range months {
		if err := a.tidy(ctx, desk, &m); err != nil {
			return 0, fail("sweep", err)
		}
		known[m.name] = m
	}
	old, err := a.old(ctx, desk)
	if err != nil {
		return 0, fail("sweep", err)
	}
	for _, name := range slices.Sorted(maps.Keys(old)) {
		m, ok := known[name]
		if !ok {
			m.name = name
		}
		if m.Writing != "" || desk.Now().Before(m.Hold) {
			continue // another process writes it, or wrote when it died: see tidy
		}
		some, err := a.sweepMonth(ctx, store, desk, &m, old[name])
		if n += some; err != nil {
			return n, fail("sweep "+name, err)
		}
	}
	return n, nil
}

// old returns the tickets to archive, by month: each with those that were merged into it, directly
// or over others. All of these were created before it was closed, so one look at the closed tickets
// of before finds them.
func (a *Archive) old(ctx context.Context, desk *helpdesk.Desk) (map[string][]family, error) {
	before := a.before(desk)
	roots, into := map[string][]helpdesk.TicketID{}, map[helpdesk.TicketID][]helpdesk.TicketID{}
	q := helpdesk.Query{
		Tenant: desk.Tenant(), Status: []helpdesk.Status{helpdesk.StatusClosed}, To: before, Order: helpdesk.Oldest, Limit: helpdesk.MaxLimit,
	}
	for {
		page, err := desk.Store().Tickets(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, t := range page.Tickets {
			switch {
			case t.MergedInto != "":
				into[t.MergedInto] = append(into[t.MergedInto], t.ID)
			case !t.ClosedAt.IsZero() && t.ClosedAt.Before(before):
				month := t.ClosedAt.Format(monthForm)
				roots[month] = append(roots[month], t.ID)
			}
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	old := map[string][]family{}
	for month, ids := range roots {
		for _, id := range ids {
			f := family{id}
			for i := 0; i < len(f); i++ {
				f = append(f, into[f[i]]...)
			}
			old[month] = append(old[month], f)
		}
	}
	return old, nil
}

// family is a ticket and those merged into it.
type family []helpdesk.TicketID

// readTogether is how many tickets, more or less, are read in one call.
const readTogether = 100

// sweepMonth archives tickets of one month, file by file.
func (a *Archive) sweepMonth(ctx context.Context, store Store, desk *helpdesk.Desk, m *month, families []family) (n int, err error) {
	var text bytes.Buffer
	var records []Record
	flush := func() error {
		if len(records) == 0 {
			return nil
		}
		err := a.write(ctx, store, desk, m, text.Bytes(), records)
		if err == nil {
			n += len(records)
		}
		text, records = bytes.Buffer{}, nil
		return err
	}
	for len(families) > 0 {
		some := families[:1]
		for size := len(some[0]); size < readTogether && len(some) < len(families); size += len(families[len(some)-1]) {
			some = families[:len(some)+1]
		}
		families = families[len(some):]
		found, err := a.read(ctx, store, desk.Tenant(), some)
		if err != nil {
			return n, err
		}
		for _, one := range found {
			lines, err := encode(m.name, one)
			if err != nil {
				a.cfg.Logger.WarnContext(ctx, "archive: a closed ticket stays", "tenant", desk.Tenant(), "ticket", one[0].Ticket.ID, "error", err)
				continue
			}
			if len(records) > 0 && (len(records)+len(one) > a.cfg.most || text.Len()+len(lines) > mostBytes) {
				if err := flush(); err != nil {
					return n, err
				}
			}
			text.Write(lines)
			records = append(records, one...)
		}
	}
	return n, flush()
}

// read returns the records of families. It leaves out those that are gone: another process has
// archived them.
func (a *Archive) read(ctx context.Context, store Store, tenant helpdesk.TenantID, families []family) (found [][]Record, err error) {
	records, err := store.Records(ctx, tenant, slices.Concat(families...)...)
	if errors.Is(err, helpdesk.ErrNotFound) && len(families) > 1 {
		for i := range families {
			one, err := a.read(ctx, store, tenant, families[i:i+1])
			if err != nil {
				return nil, err
			}
			found = append(found, one...)
		}
		return found, nil
	}
	if errors.Is(err, helpdesk.ErrNotFound) {
		return nil, nil
	}
	for _, f := range families {
		if err == nil {
			found = append(found, records[:len(f):len(f)])
			records = records[len(f):]
		}
	}
	return found, err
}

// encode returns the lines of records. It is an error if one may not be archived, or if they would
// not come back as they are.
func encode(month string, records []Record) ([]byte, error) {
	var b bytes.Buffer
	for i := range records {
		if err := records[i].Check(); err != nil {
			return nil, err
		}
		if err := AppendRecord(&b, month, &records[i]); err != nil {
			return nil, err
		}
	}
	back, err := readRecords(bytes.NewReader(b.Bytes()))
	if err == nil && !reflect.DeepEqual(back, records) {
		err = errors.New("a text is not valid UTF-8")
	}
	return b.Bytes(), err
}

// write moves records into a new file of a month. The order of its steps is what makes it safe: see
// the package's comment.
func (a *Archive) write(ctx context.Context, store Store, desk *helpdesk.Desk, m *month, text []byte, records []Record) (err error) {
	ctx, end := context.WithTimeout(ctx, writingTime)
	defer end()
	id := newBlobID()
	m.Writing, m.Since = id, desk.Now()
	if err := m.save(ctx, desk); err != nil {
		return err
	}
	named := *m
	defer func() {
		if err != nil { // else the month would wait for writingAge; a commit that took place after all wins over this
			ctx, end := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
			defer end()
			*m = named
			m.Writing, m.Since, m.Garbage = "", time.Time{}, append(slices.Clone(m.Garbage), id)
			_ = m.save(ctx, desk)
		}
	}()
	if _, err := a.cfg.Blobs.Put(ctx, desk.Tenant(), id, bytes.NewReader(text)); err != nil {
		return err
	}
	if err := a.verify(ctx, desk.Tenant(), id, text); err != nil {
		return err
	}
	m.Writing, m.Since = "", time.Time{}
	m.Files = append(slices.Clone(m.Files), File{id, len(records), int64(len(text))})
	c, err := m.change(desk)
	if err != nil {
		return err
	}
	for i := range records {
		c.Tasks = append(c.Tasks, indexTask(&records[i], time.Time{})) // nothing is left to index
	}
	if err := store.Archive(ctx, c, id, records...); err != nil {
		return err
	}
	m.version++
	return nil
}

// verify reads a file back.
func (a *Archive) verify(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, text []byte) error {
	r, err := a.cfg.Blobs.Open(ctx, tenant, id)
	if err != nil {
		return err
	}
	defer r.Close()
	back, err := io.ReadAll(r)
	if err == nil && !bytes.Equal(back, text) {
		err = fmt.Errorf("file %s does not hold what was written: %d bytes of %d", id, len(back), len(text))
	}
	return err
}

// tidy removes files of a month on which nothing depends, also one that a process was writing when
// it died. An entry disowns a file for good before the file is deleted: the process that writes it
// may be alive after all, and then its commit fails.
func (a *Archive) tidy(ctx context.Context, desk *helpdesk.Desk, m *month) error {
	if m.Writing != "" && desk.Now().Sub(m.Since) >= writingAge {
		m.Garbage, m.Writing, m.Since = append(m.Garbage, m.Writing), "", time.Time{}
		if err := m.save(ctx, desk); err != nil {
			return err
		}
	}
	if len(m.Garbage) == 0 {
		return nil
	}
	if err := a.cfg.Blobs.Delete(ctx, desk.Tenant(), m.Garbage...); err != nil {
		return err
	}
	m.Garbage = nil
	return m.save(ctx, desk)
}

// indexTask is the task that updates the index of solved tickets, at a time; zero removes it.
func indexTask(r *Record, at time.Time) helpdesk.Task {
	return helpdesk.Task{
		Tenant: r.Ticket.Tenant, Kind: helpdesk.TaskIndex, Key: string(r.Ticket.ID), Ticket: r.Ticket.ID, DueAt: at,
	}
}

func newBlobID() helpdesk.BlobID {
	var b [16]byte
	rand.Read(b[:]) // never fails: see crypto/rand
	return helpdesk.BlobID(hex.EncodeToString(b[:]))
}
