package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// site is one schema with the tables of a desk: ours goes through Bun, the floor through pgx.
type site struct {
	db   *bun.DB
	pool *pgxpool.Pool
	base time.Time // the present of the rows it was filled with
	days int       // over which they are spread; 0 is 29
	// crowd is the number of tickets of many small tenants beside those of fill.
	crowd int
}

// crowdTenants is the number of tenants of a crowd.
const crowdTenants = 2000

// tenant is the one that is measured; others are there to be kept apart from it.
const tenant helpdesk.TenantID = "acme"

// newSite makes a schema with empty tables.
func (b *bench) newSite(ctx context.Context, name string) (*site, error) {
	url, err := dbtest.Schema(b.url, name)
	if err != nil {
		return nil, err
	}
	s := &site{base: time.Now().UTC().Truncate(time.Second)}
	if s.db, err = dbtest.Connect(url); err != nil {
		return nil, err
	}
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	cfg.MaxConns = 16 // as many as ours
	if s.pool, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return nil, err
	}
	store, err := bunstore.New(s.db, nil)
	if err != nil {
		return nil, err
	}
	b.sites[name] = s
	return s, store.Migrate(ctx)
}

// filled returns the schema with n tickets of the tenant, made at the first call.
func (b *bench) filled(ctx context.Context, n int) (*site, error) {
	name := fmt.Sprintf("filled_%d", n)
	if s := b.sites[name]; s != nil {
		return s, nil
	}
	progress("filling %s tickets", count(n))
	s, err := b.newSite(ctx, name)
	if err != nil {
		return nil, err
	}
	return s, s.fill(ctx, n, 10)
}

// desk is the standard desk without a model and with whoever is told.
func (s *site) desk(notifier helpdesk.Notifier) (*helpdesk.Desk, error) {
	return s.deskWith(notifier, sla.Standard())
}

// deskWith is desk with another SLA.
func (s *site) deskWith(notifier helpdesk.Notifier, policies helpdesk.SLA) (*helpdesk.Desk, error) {
	store, err := bunstore.New(s.db, nil)
	if err != nil {
		return nil, err
	}
	desk, err := helpdesk.New(store, &helpdesk.Config{
		PriorityRules: classify.PriorityRules(), Assigner: assign.BySkill(nil), SLA: policies, Notifier: notifier,
		Similar: similar.New(nil), Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return nil, err
	}
	return desk.ForTenant(tenant), nil
}

// drop ends the connections and drops the tables.
func (s *site) drop(ctx context.Context) error {
	_, err := s.pool.Exec(ctx, `DO $$ BEGIN EXECUTE format('DROP SCHEMA %I CASCADE', current_schema()); END $$`)
	s.pool.Close()
	s.db.Close()
	return err
}
