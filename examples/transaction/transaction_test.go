// Package transaction shows a host's row and a ticket that commit together.
package transaction

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/standard"
	"github.com/helpdesk-go/helpdesk/store/sqlitestore"
)

// Refund is a row of the host.
type Refund struct {
	bun.BaseModel `bun:"table:refunds"`

	ID    int64 `bun:",pk,autoincrement"`
	Order int   `bun:"order_no"`
}

// refund records a refund and opens a ticket about it, or does neither.
func refund(ctx context.Context, db *bun.DB, desk *helpdesk.Desk, bind func(bun.Tx) helpdesk.Store, order int, fail error) error {
	return db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewInsert().Model(&Refund{Order: order}).Exec(ctx); err != nil {
			return err
		}
		_, err := desk.WithStore(bind(tx)).Open(ctx, helpdesk.OpenParams{Subject: fmt.Sprintf("Refund for order %d", order)})
		return errors.Join(err, fail)
	})
}

func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	db, err := sqlitestore.OpenDB(filepath.Join(dir, "shop.db"))
	if err != nil {
		panic(err)
	}
	defer db.Close()
	desk, store, err := standard.New(ctx, db, &standard.Config{Migrate: true})
	if err != nil {
		panic(err)
	}
	if _, err := db.NewCreateTable().Model((*Refund)(nil)).Exec(ctx); err != nil {
		panic(err)
	}
	bind := func(tx bun.Tx) helpdesk.Store { return store.WithTx(tx) }

	fmt.Println(refund(ctx, db, desk, bind, 17, nil))
	fmt.Println(refund(ctx, db, desk, bind, 18, errors.New("the bank refuses")))

	refunds, _ := db.NewSelect().Model((*Refund)(nil)).Count(ctx)
	page, _ := desk.Tickets(ctx, helpdesk.Query{})
	fmt.Println(refunds, "refund,", len(page.Tickets), "ticket:", page.Tickets[0].Subject)
	// Output:
	// <nil>
	// the bank refuses
	// 1 refund, 1 ticket: Refund for order 17
}

func TestTicketAndHostsRowShareTheirFate(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(testing.TB) *bun.DB{"postgres": dbtest.Postgres, "sqlite": dbtest.SQLite} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			db := open(t)
			desk, store, err := standard.New(ctx, db, &standard.Config{Migrate: true})
			require.NoError(t, err)
			_, err = db.NewCreateTable().Model((*Refund)(nil)).Exec(ctx)
			require.NoError(t, err)
			bind := func(tx bun.Tx) helpdesk.Store { return store.WithTx(tx) }
			count := func() (refunds int64, tickets int) {
				refunds, err := db.NewSelect().Model((*Refund)(nil)).Count(ctx)
				require.NoError(t, err)
				page, err := desk.Tickets(ctx, helpdesk.Query{})
				require.NoError(t, err)
				return refunds, len(page.Tickets)
			}

			broken := errors.New("the bank refuses")
			require.ErrorIs(t, refund(ctx, db, desk, bind, 1, broken), broken)
			refunds, tickets := count()
			require.Zero(t, refunds)
			require.Zero(t, tickets)

			require.NoError(t, refund(ctx, db, desk, bind, 2, nil))
			refunds, tickets = count()
			require.EqualValues(t, 1, refunds)
			require.Equal(t, 1, tickets)

			// What the desk refuses leaves the host's transaction usable.
			err = db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
				bound := desk.WithStore(store.WithTx(tx))
				first, err := bound.Open(ctx, helpdesk.OpenParams{Subject: "a", IdempotencyKey: "k"})
				require.NoError(t, err)
				again, err := bound.Open(ctx, helpdesk.OpenParams{Subject: "a", IdempotencyKey: "k"})
				require.NoError(t, err)
				require.Equal(t, first.ID, again.ID)
				_, err = bound.IfVersion(99).SetPriority(ctx, first.ID, helpdesk.High)
				require.ErrorIs(t, err, helpdesk.ErrConflict)
				_, err = tx.NewInsert().Model(&Refund{Order: 3}).Exec(ctx)
				return err
			})
			require.NoError(t, err)
			refunds, tickets = count()
			require.EqualValues(t, 2, refunds)
			require.Equal(t, 2, tickets)
		})
	}
}
