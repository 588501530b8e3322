package memstore

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/ctxio"
)

type blobKey struct {
	tenant helpdesk.TenantID
	id     helpdesk.BlobID
}

// Put implements helpdesk.Blobs. It holds the whole file in memory.
func (s *Store) Put(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
	if err := checkText("tenant", string(tenant)); err != nil {
		return 0, err
	}
	if !id.Valid() {
		return 0, &helpdesk.FieldError{Field: "blob", Problem: "is not named by 32 hexadecimal digits"}
	}
	content, err := io.ReadAll(ctxio.Reader(ctx, r))
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	k := blobKey{tenant, id}
	if _, ok := s.blobs[k]; ok {
		return 0, fmt.Errorf("blob %s is there already: %w", id, helpdesk.ErrConflict)
	}
	s.blobs[k] = content
	return int64(len(content)), nil
}

// Open implements helpdesk.Blobs.
func (s *Store) Open(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	content, ok := s.blobs[blobKey{tenant, id}]
	if !ok {
		return nil, helpdesk.ErrNotFound
	}
	return io.NopCloser(readOnly{bytes.NewReader(content)}), nil
}

// readOnly hides WriteTo, which would hand out the stored bytes themselves.
type readOnly struct{ io.Reader }

// Delete implements helpdesk.Blobs.
func (s *Store) Delete(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.BlobID) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		delete(s.blobs, blobKey{tenant, id})
	}
	return nil
}
