package bunstore

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/ctxio"
)

// partSize is how many bytes of a file stand in one row.
const partSize = 256 << 10

// Put implements [helpdesk.Blobs]. It reads all of r before it asks the database for anything. A
// content that is larger than one row goes to a temporary file first, so that a slow sender holds
// neither a connection nor the lock of SQLite. One transaction, or the host's, writes all rows:
// nobody sees a part of a blob, and a crash leaves none.
func (s *Store) Put(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
	n, err := s.put(ctx, tenant, id, ctxio.Reader(ctx, r))
	return n, fail("put", err)
}

func (s *Store) put(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
	switch {
	case !storable(string(tenant)):
		return 0, &helpdesk.FieldError{Field: "tenant", Problem: "is no text a database keeps"}
	case !id.Valid():
		return 0, &helpdesk.FieldError{Field: "blob", Problem: "is not named by 32 hexadecimal digits"}
	}
	var first bytes.Buffer
	size, err := io.Copy(&first, io.LimitReader(r, partSize)) // not ReadFull: it makes the same error of an end and of a broken body
	if err != nil {
		return 0, err
	}
	var content io.ReaderAt = bytes.NewReader(first.Bytes())
	if size == partSize { // there may be more
		spool, err := os.CreateTemp("", "helpdesk-blob-*")
		if err != nil {
			return 0, err
		}
		defer os.Remove(spool.Name())
		defer spool.Close()
		if size, err = io.Copy(spool, io.MultiReader(&first, r)); err != nil {
			return 0, err
		}
		content = spool
	}
	err = s.atomic(ctx, func(on bun.IDB) error { return s.writeParts(ctx, on, tenant, id, content, size) })
	if err != nil {
		return 0, err
	}
	return size, nil
}

// writeParts adds the rows of a blob.
func (s *Store) writeParts(ctx context.Context, on bun.IDB, tenant helpdesk.TenantID, id helpdesk.BlobID, content io.ReaderAt, size int64) error {
	part := make([]byte, min(size, partSize))
	for i := int64(0); i == 0 || i*partSize < size; i++ {
		n := min(size-i*partSize, partSize)
		if _, err := io.ReadFull(io.NewSectionReader(content, i*partSize, n), part[:n]); err != nil {
			return err
		}
		res, err := on.ExecContext(ctx, s.format(`INSERT INTO helpdesk_blobs (tenant_id, id, part, last, bytes) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			string(tenant), string(id), i, (i+1)*partSize >= size, part[:n]))
		if err != nil {
			return err
		}
		switch added, err := res.RowsAffected(); {
		case err != nil:
			return err
		case added == 0:
			return fmt.Errorf("blob %s is there already: %w", id, helpdesk.ErrConflict)
		}
	}
	return nil
}

// Open implements [helpdesk.Blobs]. It reads the content row by row while ctx lasts. In a Store
// that is bound to the host's transaction it reads while that lasts.
func (s *Store) Open(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID) (io.ReadCloser, error) {
	if !storable(string(tenant)) || !id.Valid() {
		return nil, fail("open", helpdesk.ErrNotFound)
	}
	r := &blobReader{s: s, ctx: ctx, tenant: tenant, id: id}
	if err := r.next(); err != nil {
		return nil, fail("open", err)
	}
	return r, nil
}

// Delete implements [helpdesk.Blobs].
func (s *Store) Delete(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.BlobID) error {
	known := kept(ids, func(id string) bool { return helpdesk.BlobID(id).Valid() })
	if len(known) == 0 || !storable(string(tenant)) {
		return nil
	}
	return fail("delete", s.atomic(ctx, func(on bun.IDB) error {
		return exec(ctx, on, s.format("DELETE FROM helpdesk_blobs WHERE tenant_id = ? AND id IN (?)", string(tenant), bun.List(known)))
	}))
}

// blobReader reads a blob, a row at a time.
type blobReader struct {
	s      *Store
	ctx    context.Context
	tenant helpdesk.TenantID
	id     helpdesk.BlobID
	part   int64 // the next
	rest   []byte
	last   bool // rest is of the last part
	closed bool
}

func (r *blobReader) Read(p []byte) (int, error) {
	for {
		switch {
		case r.closed:
			return 0, fs.ErrClosed
		case len(r.rest) > 0:
			n := copy(p, r.rest)
			r.rest = r.rest[n:]
			return n, nil
		case r.last:
			return 0, io.EOF
		}
		if err := r.next(); err != nil {
			return 0, fail("read", err)
		}
	}
}

// next reads a part. A missing part means that the blob is being deleted, so the content read so
// far is incomplete.
func (r *blobReader) next() error {
	var rows []struct {
		Last  bool   `bun:"last"`
		Bytes []byte `bun:"bytes"`
	}
	err := r.s.run.NewRaw(`SELECT b.last, b.bytes FROM helpdesk_blobs AS b WHERE b.tenant_id = ? AND b.id = ? AND b.part = ?`,
		string(r.tenant), string(r.id), r.part).Scan(r.ctx, &rows)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fmt.Errorf("part %d of blob %s: %w", r.part, r.id, helpdesk.ErrNotFound)
	}
	r.part, r.rest, r.last = r.part+1, rows[0].Bytes, rows[0].Last
	return nil
}

func (r *blobReader) Close() error {
	r.closed, r.rest = true, nil
	return nil
}
