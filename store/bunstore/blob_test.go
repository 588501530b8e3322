package bunstore_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
)

const fileID = helpdesk.BlobID("00112233445566778899aabbccddeeff")

func parts(t *testing.T, on bun.IDB) (n int) {
	t.Helper()
	require.NoError(t, on.QueryRowContext(t.Context(), "SELECT count(*) FROM helpdesk_blobs").Scan(&n))
	return n
}

func TestHostsTransactionDecidesAboutFiles(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		host(t, db)
		content := bytes.Repeat([]byte("0123456789abcdef"), 40<<10) // 640 KiB
		for _, commit := range []bool{false, true} {
			tx := begin(t, db)
			order(t, tx, "1")
			bound := store.WithTx(tx)
			_, err := bound.Put(t.Context(), "acme", fileID, bytes.NewReader(content))
			require.NoError(t, err)
			_, err = bound.Put(t.Context(), "acme", fileID, bytes.NewReader(content))
			require.ErrorIs(t, err, helpdesk.ErrConflict)
			require.Equal(t, 1, orders(t, tx), "the transaction goes on")
			r, err := bound.Open(t.Context(), "acme", fileID)
			require.NoError(t, err)
			inside, err := io.ReadAll(r)
			require.NoError(t, err)
			require.True(t, bytes.Equal(content, inside), "the transaction sees what it wrote")
			_, err = store.Open(t.Context(), "acme", fileID)
			require.ErrorIs(t, err, helpdesk.ErrNotFound, "nobody else does yet")
			if !commit {
				require.NoError(t, tx.Rollback())
				require.Zero(t, parts(t, db))
				continue
			}
			require.NoError(t, tx.Commit())
		}
		require.Equal(t, 3, parts(t, db), "of 256 KiB each, the last smaller")

		tx := begin(t, db)
		require.NoError(t, store.WithTx(tx).Delete(t.Context(), "acme", fileID))
		require.NoError(t, tx.Rollback())
		require.Equal(t, 3, parts(t, db))
	})
}

// TestFileThatCannotBeWrittenWholeIsNotWritten lets the database refuse the third of its rows.
func TestFileThatCannotBeWrittenWholeIsNotWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		_, err := db.ExecContext(t.Context(), "CREATE UNIQUE INDEX one_third ON helpdesk_blobs (part) WHERE part = 2")
		require.NoError(t, err)
		content := bytes.Repeat([]byte("x"), 700<<10)
		_, err = store.Put(t.Context(), "acme", fileID, bytes.NewReader(content))
		require.NoError(t, err)
		_, err = store.Put(t.Context(), "other", fileID, bytes.NewReader(content))
		require.Error(t, err)
		_, err = store.Open(t.Context(), "other", fileID)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
		require.Equal(t, 3, parts(t, db))
	})
}

// TestFileDeletedWhileItIsReadDoesNotEndEarly: half of it must not pass for the whole.
func TestFileDeletedWhileItIsReadDoesNotEndEarly(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		_, err := store.Put(t.Context(), "acme", fileID, bytes.NewReader(make([]byte, 700<<10)))
		require.NoError(t, err)
		r, err := store.Open(t.Context(), "acme", fileID)
		require.NoError(t, err)
		require.NoError(t, store.Delete(t.Context(), "acme", fileID))
		_, err = io.ReadAll(r)
		require.ErrorIs(t, err, helpdesk.ErrNotFound)
		require.NoError(t, r.Close())
		_, err = r.Read(make([]byte, 1))
		require.Error(t, err, "it is closed")
	})
}

func TestFileIsReadWhileItsContextLasts(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		_, err := store.Put(t.Context(), "acme", fileID, bytes.NewReader(make([]byte, 700<<10)))
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		r, err := store.Open(ctx, "acme", fileID)
		require.NoError(t, err)
		cancel()
		_, err = io.ReadAll(r)
		require.ErrorIs(t, err, context.Canceled)
	})
}
