//go:build !race

package bunstore_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/store/sqlitestore"
)

// A desk in the host's own database. Here that is SQLite; on PostgreSQL only the first call is
// another.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	db, err := sqlitestore.OpenDB(filepath.Join(dir, "shop.db"))
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()

	store, err := bunstore.New(db, nil)
	if err != nil {
		log.Fatal(err)
	}
	if err := store.Migrate(ctx); err != nil {
		log.Fatal(err)
	}
	desk, err := helpdesk.New(store, nil)
	if err != nil {
		log.Fatal(err)
	}
	ticket, err := desk.Open(ctx, helpdesk.OpenParams{Subject: "Refund for order 17"})
	if err != nil {
		log.Fatal(err)
	}
	var subject string
	err = db.NewRaw("SELECT subject FROM helpdesk_tickets WHERE id = ?", string(ticket.ID)).Scan(ctx, &subject)
	fmt.Println(subject, err)
	// Output:
	// Refund for order 17 <nil>
}

// A Store on a primary server and its standby. After a failover new connections go to the server
// that can write, and the desk goes on by itself.
func ExampleNew_failover() {
	cfg, err := pgx.ParseConfig("postgres://desk@db1,db2/desk?target_session_attrs=read-write&connect_timeout=3")
	if err != nil {
		log.Fatal(err)
	}
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	db := bun.NewDB(stdlib.OpenDB(*cfg), pgdialect.New())
	defer db.Close()
	store, err := bunstore.New(db, nil)
	if err != nil {
		log.Fatal(err)
	}
	desk, err := helpdesk.New(store, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(desk.Tenant() == "", cfg.Host, cfg.Fallbacks[len(cfg.Fallbacks)-1].Host)
	// Output: true db1 db2
}

// A Store on PostgreSQL, with pgx as the driver.
func ExampleNew_postgres() {
	cfg, err := pgx.ParseConfig("postgres://localhost/desk")
	if err != nil {
		log.Fatal(err)
	}
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol // Bun writes arguments into the text: nothing to prepare
	db := bun.NewDB(stdlib.OpenDB(*cfg), pgdialect.New())
	defer db.Close()
	store, err := bunstore.New(db, nil)
	if err != nil {
		log.Fatal(err)
	}
	if err := store.Migrate(context.Background()); err != nil {
		log.Fatal(err)
	}
}
