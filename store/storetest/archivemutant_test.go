package storetest_test

import (
	"context"
	"iter"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// exchange is what Archive or Restore of a mutant does.
type exchange func(s *memstore.Store, ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records []archive.Record) error

func (m *mutant) Archive(ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records ...archive.Record) error {
	if m.archive != nil {
		return m.archive(m.Store, ctx, c, file, records)
	}
	return m.Store.Archive(ctx, c, file, records...)
}

func (m *mutant) Restore(ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records ...archive.Record) error {
	if m.restore != nil {
		return m.restore(m.Store, ctx, c, file, records)
	}
	return m.Store.Restore(ctx, c, file, records...)
}

func (m *mutant) Facts(ctx context.Context, tenant helpdesk.TenantID, p report.Period) iter.Seq2[*report.Fact, error] {
	if m.facts != nil {
		tenant, p = m.facts(tenant, p)
	}
	return m.Store.Facts(ctx, tenant, p)
}

var archiveMutants = map[string]mutant{
	"archived tickets stay": {archive: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change, _ helpdesk.BlobID, _ []archive.Record) error {
		return s.Commit(ctx, c)
	}},
	"whatever is stored is archived": {archive: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records []archive.Record) error {
		var ids []helpdesk.TicketID
		for _, r := range records {
			ids = append(ids, r.Ticket.ID)
		}
		stored, err := s.Records(ctx, c.Tenant, ids...)
		if err != nil {
			return helpdesk.ErrConflict
		}
		return s.Archive(ctx, c, file, stored...)
	}},
	"a Change is committed before its tickets are archived": {archive: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records []archive.Record) error {
		if err := s.Commit(ctx, c); err != nil {
			return err
		}
		return s.Archive(ctx, &helpdesk.Change{Tenant: c.Tenant}, file, records...)
	}},
	"nobody is found in an archive": {archive: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change, _ helpdesk.BlobID, records []archive.Record) error {
		return s.Archive(ctx, c, "", records...)
	}},
	"restored tickets have new versions": {restore: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records []archive.Record) error {
		for i := range records {
			r := records[i]
			r.Ticket.Version++
			if err := s.Restore(ctx, &helpdesk.Change{Tenant: c.Tenant}, file, r); err != nil {
				return err
			}
		}
		return s.Commit(ctx, c)
	}},
	"tickets are restored one by one": {restore: func(s *memstore.Store, ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records []archive.Record) error {
		for i := range records {
			if err := s.Restore(ctx, &helpdesk.Change{Tenant: c.Tenant}, file, records[len(records)-1-i]); err != nil {
				return err
			}
		}
		return s.Commit(ctx, c)
	}},
	"facts of any tenant": {facts: func(_ helpdesk.TenantID, p report.Period) (helpdesk.TenantID, report.Period) { return "acme", p }},
	"facts of any time": {facts: func(tenant helpdesk.TenantID, _ report.Period) (helpdesk.TenantID, report.Period) {
		return tenant, report.Period{}
	}},
}
