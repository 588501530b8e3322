// Package bunstore is a [helpdesk.Store] on PostgreSQL and SQLite through Bun.
//
// On PostgreSQL connect with the driver of your choice, best pgx:
//
//	cfg, err := pgx.ParseConfig(url)
//	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol // Bun writes arguments into the text: nothing to prepare
//	db := bun.NewDB(stdlib.OpenDB(*cfg), pgdialect.New())
//	store, err := bunstore.New(db, nil)
//	err = store.Migrate(ctx)
//
// For SQLite, package sqlitestore opens a file as it should be. A host that opens its
// own needs foreign_keys, busy_timeout and journal_mode WAL, and transactions
// that begin immediately.
//
// A Commit is one statement on PostgreSQL: every table is written by a
// data-modifying common table expression, and where a number of rows must be right (a
// version, a capacity, a lease) the statement itself raises an error if it is not. So there is
// one round trip, no transaction left open between two, and nothing to undo by hand.
// SQLite, where there is no round trip, takes a transaction that begins immediately.
//
// What a ticket was opened with, that is Ref, Subject, Description and CreatedAt, is written once:
// later Changes do not touch it, save those that Rewrite, which replace Subject and Description.
//
// A Store is [helpdesk.Blobs] too. Files stand in rows of 256 KiB; where they are many, package
// blobs keeps them out of the database and of its backups.
package bunstore
