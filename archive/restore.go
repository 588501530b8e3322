package archive

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Restore puts the tickets of a month back into the store as they were, and returns how many. The
// index of solved tickets gets them with the next Tick. No sweep archives the month again before
// the time until. After an error call it again.
func (a *Archive) Restore(ctx context.Context, desk *helpdesk.Desk, name string, until time.Time) (n int, err error) {
	store, err := storeOf(desk)
	if err != nil {
		return 0, fail("restore "+name, err)
	}
	m, err := a.month(ctx, desk, name)
	if err != nil {
		return 0, fail("restore "+name, err)
	}
	m.Hold = until
	if err := m.save(ctx, desk); err != nil {
		return 0, fail("restore "+name, err)
	}
	n, err = a.restore(ctx, store, desk, &m, func(helpdesk.BlobID) bool { return true })
	return n, fail("restore "+name, err)
}

// Recall puts back each file that holds data of a mail address. [helpdesk.Desk.Erase] calls it
// before it erases. The next sweep archives what is then left.
func (a *Archive) Recall(ctx context.Context, desk *helpdesk.Desk, email string) error {
	store, err := storeOf(desk)
	if err != nil {
		return fail("recall", err)
	}
	with, err := store.ArchivedWith(ctx, desk.Tenant(), email)
	if err != nil || len(with) == 0 {
		return fail("recall", err)
	}
	months, err := a.months(ctx, desk)
	for i := range months {
		if err == nil {
			_, err = a.restore(ctx, store, desk, &months[i], func(id helpdesk.BlobID) bool { return slices.Contains(with, id) })
		}
	}
	return fail("recall", err)
}

// restore puts back some files of a month. A file is deleted after the commit that disowns it.
func (a *Archive) restore(ctx context.Context, store Store, desk *helpdesk.Desk, m *month, which func(helpdesk.BlobID) bool) (n int, err error) {
	for _, f := range m.Files {
		if !which(f.ID) {
			continue
		}
		records, err := a.records(ctx, desk.Tenant(), f)
		if err != nil {
			return n, err
		}
		m.Files = slices.DeleteFunc(slices.Clone(m.Files), func(o File) bool { return o.ID == f.ID })
		m.Garbage = append(m.Garbage, f.ID)
		c, err := m.change(desk)
		if err != nil {
			return n, err
		}
		for i := range records {
			if records[i].Ticket.IsSolved() {
				c.Tasks = append(c.Tasks, indexTask(&records[i], desk.Now()))
			}
		}
		if err := store.Restore(ctx, c, f.ID, records...); err != nil {
			return n, err
		}
		m.version++
		n += len(records)
	}
	return n, a.tidy(ctx, desk, m)
}

// records reads a file.
func (a *Archive) records(ctx context.Context, tenant helpdesk.TenantID, f File) ([]Record, error) {
	r, err := a.cfg.Blobs.Open(ctx, tenant, f.ID)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	records, err := readRecords(r)
	if err == nil && len(records) != f.Tickets {
		err = fmt.Errorf("%d of %d tickets", len(records), f.Tickets)
	}
	if err != nil {
		return nil, fmt.Errorf("file %s: %w", f.ID, err)
	}
	return records, nil
}
