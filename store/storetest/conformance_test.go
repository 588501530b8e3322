package storetest_test

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/store/storetest"
)

func TestSQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) helpdesk.Store { return migrated(t, dbtest.SQLite(t)) })
}

func TestPostgres(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) helpdesk.Store { return migrated(t, dbtest.Migrated(t)) })
}

func TestPostgresByAnotherDriver(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) helpdesk.Store { return migrated(t, dbtest.MigratedByAnotherDriver(t)) })
}

func TestBlobsOnSQLite(t *testing.T) {
	t.Parallel()
	storetest.RunBlobs(t, func(t *testing.T) helpdesk.Blobs { return blobsOf(t, migrated(t, dbtest.SQLite(t))) })
}

func TestBlobsOnPostgres(t *testing.T) {
	t.Parallel()
	storetest.RunBlobs(t, func(t *testing.T) helpdesk.Blobs { return blobsOf(t, migrated(t, dbtest.Migrated(t))) })
}

// blobsOf finds the Blobs of a store behind a wrapper, as a Desk does.
func blobsOf(t *testing.T, store helpdesk.Store) helpdesk.Blobs {
	t.Helper()
	blobs, ok := helpdesk.As[helpdesk.Blobs](wrapper{store})
	require.True(t, ok)
	return blobs
}

type wrapper struct{ helpdesk.Store }

func (w wrapper) Unwrap() helpdesk.Store { return w.Store }

func migrated(t *testing.T, db *bun.DB) helpdesk.Store {
	t.Helper()
	store, err := bunstore.New(db, nil)
	require.NoError(t, err)
	require.NoError(t, store.Migrate(t.Context()))
	return store
}

// TestEachCaseQuotesTheContract keeps the suite and the comments together.
func TestEachCaseQuotesTheContract(t *testing.T) {
	t.Parallel()
	var contract strings.Builder
	for _, name := range []string{"store.go", "customer.go", "ticket_search.go", "mail.go", "notice_inbox.go", "attachment.go", "report/store.go", "report/fact.go", "archive/record.go", "similar/index.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), "../../"+name, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, group := range file.Comments {
			contract.WriteString(group.Text() + "\n")
		}
	}
	text := strings.Join(strings.Fields(contract.String()), " ")
	for _, sentence := range storetest.Sentences() {
		require.Contains(t, text, strings.Join(strings.Fields(sentence), " "))
	}
}
