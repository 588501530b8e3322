package helpdesk_test

import (
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// onEveryStore runs a test on memory, SQLite and PostgreSQL.
func onEveryStore(t *testing.T, test func(t *testing.T, d *helpdesktest.Desk)) {
	t.Parallel()
	onEveryStoreWith(t, nil, test)
}

func onEveryStoreWith(t *testing.T, cfg *helpdesk.Config, test func(t *testing.T, d *helpdesktest.Desk)) {
	t.Helper()
	eachStore(t, func(t *testing.T, store helpdesk.Store) { test(t, hire(helpdesktest.New(t, store, cfg))) })
}

// onEveryBareStore is onEveryStore without a desk.
func onEveryBareStore(t *testing.T, test func(t *testing.T, store helpdesk.Store)) {
	t.Parallel()
	eachStore(t, test)
}

func eachStore(t *testing.T, test func(t *testing.T, store helpdesk.Store)) {
	t.Helper()
	for name, open := range map[string]func(t *testing.T) helpdesk.Store{
		"memory":   func(*testing.T) helpdesk.Store { return memstore.New() },
		"sqlite":   func(t *testing.T) helpdesk.Store { return migrated(t, dbtest.SQLite(t)) },
		"postgres": func(t *testing.T) helpdesk.Store { return migrated(t, dbtest.Migrated(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

func migrated(t testing.TB, db *bun.DB) *bunstore.Store {
	t.Helper()
	store, err := bunstore.New(db, nil)
	require.NoError(t, err)
	require.NoError(t, store.Migrate(t.Context()))
	return store
}

// quiet discards the log of a test that causes errors on purpose.
var quiet = slog.New(slog.DiscardHandler)
