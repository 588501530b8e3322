package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/store/sqlitestore"
)

// closer is a store that can be checked and closed.
type closer interface {
	helpdesk.Store
	Check(ctx context.Context) error
	Close() error
}

// openStore opens PostgreSQL when there is a URL, else a SQLite file.
func openStore(ctx context.Context, url, path string) (closer, error) {
	if url == "" {
		return sqlitestore.Open(path)
	}
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol // Bun writes arguments into the text
	db := stdlib.OpenDB(*cfg)
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(20)
	store, err := bunstore.New(bun.NewDB(db, pgdialect.New()), nil)
	if err == nil {
		err = store.Migrate(ctx)
	}
	if err != nil {
		db.Close()
		return nil, err
	}
	return &postgres{store}, nil
}

type postgres struct{ *bunstore.Store }

func (p *postgres) Close() error { return p.DB().Close() }
