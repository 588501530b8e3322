package sqlitestore_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/sqlitestore"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// fileVariable makes this program a writer of the file it names: see TestMain.
const fileVariable = "HELPDESK_TEST_SQLITE_FILE"

const writes = 25 // of each process

func TestMain(m *testing.M) {
	if path := os.Getenv(fileVariable); path != "" {
		if err := write(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// write opens the file and adds tickets one by one, each counted for one agent.
func write(path string) error {
	store, err := sqlitestore.Open(path)
	if err != nil {
		return err
	}
	defer store.Close()
	for range writes {
		id := helpdesk.TicketID(uuid.NewString())
		err := store.Commit(context.Background(), &helpdesk.Change{
			Ticket: &helpdesk.Ticket{ID: id, Ref: string(id), Subject: "s", Status: helpdesk.StatusNew, Priority: helpdesk.Low, CreatedAt: noon},
			Loads:  []helpdesk.LoadDelta{{Agent: "ann", Delta: 1}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func TestSeveralProcessesShareAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "desk.db")
	program, err := os.Executable()
	require.NoError(t, err)
	const processes = 6
	var wg sync.WaitGroup
	for range processes {
		wg.Go(func() {
			cmd := exec.CommandContext(t.Context(), program)
			cmd.Env = append(os.Environ(), fileVariable+"="+path)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wg.Wait()
	store, err := sqlitestore.Open(path)
	require.NoError(t, err)
	defer store.Close()
	require.NoError(t, store.Check(t.Context()))
	loads, err := store.Loads(t.Context(), "")
	require.NoError(t, err)
	require.Equal(t, processes*writes, loads["ann"].Open)
}

func TestManyMayOpenANewFileAtOnce(t *testing.T) {
	t.Parallel()
	for round := range 10 {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("desk %d?#%%.db", round)) // what a URL would not take as it is
		stores := make([]*sqlitestore.Store, 10)
		var wg sync.WaitGroup
		for i := range stores {
			wg.Go(func() {
				var err error
				if stores[i], err = sqlitestore.Open(path); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for _, store := range stores {
			if store != nil {
				require.NoError(t, store.Close())
			}
		}
		require.FileExists(t, path)
	}
}

func TestOpenRefusesMemory(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", ":memory:"} {
		_, err := sqlitestore.Open(path)
		require.ErrorContains(t, err, "is not the path of a file", "%q", path)
	}
	_, err := sqlitestore.Open(filepath.Join(t.TempDir(), "none", "desk.db"))
	require.Error(t, err)
}

func TestOpenRefusesTheFileOfANewerBuild(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "desk.db")
	store, err := sqlitestore.Open(path)
	require.NoError(t, err)
	_, err = store.DB().ExecContext(t.Context(), "INSERT INTO helpdesk_migrations (version) VALUES (99)")
	require.NoError(t, err)
	require.NoError(t, store.Close())
	_, err = sqlitestore.Open(path)
	require.ErrorContains(t, err, "the schema is at version 99, this build knows only ")
	require.ErrorContains(t, err, "run a newer build")
}
