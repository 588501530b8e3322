// Package bunstore is a [helpdesk.Store] on PostgreSQL and SQLite through Bun.
//
// On PostgreSQL connect with the driver of your choice, best pgx:
//
//	cfg, err := pgx.ParseConfig(url)
//	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol // for reads: Bun writes arguments into the text
//	db := bun.NewDB(stdlib.OpenDB(*cfg), pgdialect.New())
//	store, err := bunstore.New(db, nil)
//	err = store.Migrate(ctx)
//
// For SQLite, package sqlitestore opens a file as it should be. A host that opens its
// own needs foreign_keys, busy_timeout and journal_mode WAL, and transactions
// that begin immediately.
//
// On PostgreSQL a Commit is one round trip and one transaction. With pgx it is a batch of prepared
// statements with their arguments, whatever the DefaultQueryExecMode; in the host's transaction it
// is two round trips. Neither the query hooks of Bun nor the tracers of pgx see these statements.
// With another driver a Commit is one statement of text, in which every table is written by a
// data-modifying common table expression. Where a number of rows must be right (a version, a
// capacity, a lease) the statement itself raises an error if it is not. So no transaction is left
// open between two round trips, and there is nothing to undo by hand. SQLite, where there is no
// round trip, takes a transaction that begins immediately. For poolers such as PgBouncer see
// [Config.NoPreparedStatements].
//
// What a ticket was opened with, that is Ref, Description and CreatedAt, is written once: later
// Changes do not touch it, save those that Rewrite, which replace the Description.
//
// A Store is [helpdesk.Blobs] too. Files stand in rows of 256 KiB; where they are many, package
// blobs keeps them out of the database and of its backups.
package bunstore
