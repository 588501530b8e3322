package report_test

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

const (
	ana = helpdesk.AgentID("ana@example.com")
	ben = helpdesk.AgentID("ben@example.com")
	kim = "kim@example.com"
)

// quiet discards the log.
var quiet = slog.New(slog.DiscardHandler)

// onEveryStore runs a test in memory, on SQLite and on PostgreSQL.
func onEveryStore(t *testing.T, cfg *helpdesk.Config, test func(t *testing.T, d *helpdesktest.Desk)) {
	t.Helper()
	eachStore(t, func(t *testing.T, store helpdesk.Store) { test(t, hire(helpdesktest.New(t, store, cfg))) })
}

func eachStore(t *testing.T, test func(t *testing.T, store helpdesk.Store)) {
	t.Helper()
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

func migrated(t testing.TB, db *bun.DB) *bunstore.Store {
	t.Helper()
	store, err := bunstore.New(db, nil)
	require.NoError(t, err)
	require.NoError(t, store.Migrate(t.Context()))
	return store
}

// hire adds two agents. The second is a manager.
func hire(d *helpdesktest.Desk) *helpdesktest.Desk {
	all := map[helpdesk.Skill]int{"billing": 3, "technical": 3, "account": 3, "general": 3}
	d.Hire(
		helpdesk.Agent{Name: "Ana", Email: string(ana), Skills: all, Capacity: 3},
		helpdesk.Agent{Name: "Ben", Email: string(ben), Manager: true},
	)
	d.Drain()
	return d
}

func open(t *testing.T, d *helpdesktest.Desk, p helpdesk.OpenParams) *helpdesk.Ticket {
	t.Helper()
	if p.Subject == "" {
		p.Subject = "Refund for order 17"
	}
	p.Customer = helpdesk.Contact{Name: "Kim", Email: kim}
	ticket, err := d.Open(t.Context(), p)
	require.NoError(t, err)
	return ticket
}

func asAgent(d *helpdesktest.Desk, id helpdesk.AgentID) *helpdesk.Desk {
	return d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(id)})
}
