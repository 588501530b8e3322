package webhook_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// eachStore runs a test on memory, SQLite and PostgreSQL.
func eachStore(t *testing.T, test func(t *testing.T, store helpdesk.Store)) {
	t.Parallel()
	migrated := func(t *testing.T, db *bun.DB) helpdesk.Store {
		store, err := bunstore.New(db, nil)
		require.NoError(t, err)
		require.NoError(t, store.Migrate(t.Context()))
		return store
	}
	for name, open := range map[string]func(t *testing.T) helpdesk.Store{
		"memory":   func(*testing.T) helpdesk.Store { return memstore.New() },
		"sqlite":   func(t *testing.T) helpdesk.Store { return migrated(t, dbtest.SQLite(t)) },
		"postgres": func(t *testing.T) helpdesk.Store { return migrated(t, dbtest.Postgres(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// onEveryStore is eachStore with a desk that Ana works at.
func onEveryStore(t *testing.T, test func(t *testing.T, d *helpdesktest.Desk)) {
	eachStore(t, func(t *testing.T, store helpdesk.Store) { test(t, hire(helpdesktest.New(t, store, nil))) })
}

// newDesk is a desk in memory that Ana works at.
func newDesk(t *testing.T) *helpdesktest.Desk { return hire(helpdesktest.New(t, nil, nil)) }

func hire(d *helpdesktest.Desk) *helpdesktest.Desk {
	d.Hire(helpdesk.Agent{Name: "Ana", Email: "ana@example.com"})
	return d
}

// strangers are desks that act for those who may not know of any setting.
func strangers(d *helpdesktest.Desk) []*helpdesk.Desk {
	return []*helpdesk.Desk{
		d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}),
		d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com"}),
	}
}
