package bunstore_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// onBoth runs a test on an empty schema of each database.
func onBoth(t *testing.T, test func(t *testing.T, db *bun.DB)) {
	t.Parallel()
	for name, open := range map[string]func(testing.TB) *bun.DB{"postgres": dbtest.Postgres, "sqlite": dbtest.SQLite} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// inEachWay runs a test on a migrated store for each way to write a commit.
func inEachWay(t *testing.T, test func(t *testing.T, store *bunstore.Store)) {
	t.Parallel()
	unprepared := &bunstore.Config{NoPreparedStatements: true}
	for _, way := range []struct {
		name string
		open func(testing.TB) *bun.DB
		cfg  *bunstore.Config
	}{
		{"prepared", dbtest.Postgres, nil},
		{"unprepared", dbtest.Postgres, unprepared},
		{"another driver", dbtest.PostgresByAnotherDriver, nil},
		{"sqlite", dbtest.SQLite, nil},
	} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			store, err := bunstore.New(way.open(t), way.cfg)
			require.NoError(t, err)
			require.NoError(t, store.Migrate(t.Context()))
			test(t, store)
		})
	}
}

func storeOn(t *testing.T, db *bun.DB) *bunstore.Store {
	t.Helper()
	store, err := bunstore.New(db, nil)
	require.NoError(t, err)
	return store
}

func migrated(t *testing.T, db *bun.DB) *bunstore.Store {
	t.Helper()
	store := storeOn(t, db)
	require.NoError(t, store.Migrate(t.Context()))
	return store
}

// opened is a Change that adds a ticket with a running clock, a message, an event and a task.
func opened(tenant helpdesk.TenantID, n int) *helpdesk.Change {
	id := helpdesk.TicketID(uuid.NewString())
	created := noon.Add(time.Duration(n) * time.Second)
	return &helpdesk.Change{
		Tenant: tenant,
		Ticket: &helpdesk.Ticket{
			Tenant: tenant, ID: id, Ref: "R-" + strconv.Itoa(n), Subject: "printer", Description: "It smokes.",
			Customer: helpdesk.Contact{Email: "c" + strconv.Itoa(n%100) + "@example.com"}, Source: helpdesk.SourceAPI,
			Status: helpdesk.StatusNew, Priority: helpdesk.Priorities[n%4],
			Clocks: []helpdesk.SLAClock{{
				Metric: helpdesk.Resolution, Instance: 1, Policy: "p", Target: time.Hour,
				StartedAt: created, RunningSince: created, DueAt: created.Add(time.Hour),
			}},
			CreatedAt: created, UpdatedAt: created, PublicAt: created,
		},
		Messages: []helpdesk.Message{{ID: uuid.NewString(), Ticket: id, Kind: helpdesk.FromCustomer, Body: "It smokes.", At: created}},
		Events:   []helpdesk.Event{{ID: uuid.NewString(), Ticket: id, Type: helpdesk.EventOpened, To: "api", At: created}},
		Tasks:    []helpdesk.Task{{Tenant: tenant, Kind: helpdesk.TaskTriage, Key: string(id), Ticket: id, DueAt: created}},
	}
}

// add commits n opened tickets of a tenant and returns them.
func add(t *testing.T, store helpdesk.Store, tenant helpdesk.TenantID, n int, change func(i int, c *helpdesk.Change)) []*helpdesk.Change {
	t.Helper()
	var all []*helpdesk.Change
	for i := range n {
		c := opened(tenant, i)
		if change != nil {
			change(i, c)
		}
		all = append(all, c)
	}
	for rest := all; len(rest) > 0; rest = rest[min(500, len(rest)):] {
		require.NoError(t, store.Commit(t.Context(), rest[:min(500, len(rest))]...))
	}
	return all
}

func TestNewNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	_, err := bunstore.New(nil, nil)
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	require.EqualError(t, err, "bunstore: new store: db is nil")
}
