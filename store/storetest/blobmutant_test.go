package storetest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/store/storetest"
)

// blobMutant is the reference with one thing wrong. A hook that is nil does what is right.
type blobMutant struct {
	helpdesk.Blobs
	put    func(helpdesk.Blobs, context.Context, helpdesk.TenantID, helpdesk.BlobID, io.Reader) (int64, error)
	open   func(helpdesk.Blobs, context.Context, helpdesk.TenantID, helpdesk.BlobID) (io.ReadCloser, error)
	delete func(helpdesk.Blobs, context.Context, helpdesk.TenantID, []helpdesk.BlobID) error
}

func (m *blobMutant) Put(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
	if m.put != nil {
		return m.put(m.Blobs, ctx, tenant, id, r)
	}
	return m.Blobs.Put(ctx, tenant, id, r)
}

func (m *blobMutant) Open(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID) (io.ReadCloser, error) {
	if m.open != nil {
		return m.open(m.Blobs, ctx, tenant, id)
	}
	return m.Blobs.Open(ctx, tenant, id)
}

func (m *blobMutant) Delete(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.BlobID) error {
	if m.delete != nil {
		return m.delete(m.Blobs, ctx, tenant, ids)
	}
	return m.Blobs.Delete(ctx, tenant, ids...)
}

var blobMutants = map[string]blobMutant{
	"one tenant for all": {
		put: func(b helpdesk.Blobs, ctx context.Context, _ helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
			return b.Put(ctx, "", id, r)
		},
		open: func(b helpdesk.Blobs, ctx context.Context, _ helpdesk.TenantID, id helpdesk.BlobID) (io.ReadCloser, error) {
			return b.Open(ctx, "", id)
		},
	},
	"deletes of any tenant": {delete: func(b helpdesk.Blobs, ctx context.Context, _ helpdesk.TenantID, ids []helpdesk.BlobID) error {
		return b.Delete(ctx, "acme", ids...)
	}},
	"deletes nothing": {delete: func(helpdesk.Blobs, context.Context, helpdesk.TenantID, []helpdesk.BlobID) error { return nil }},
	"deletes the first": {delete: func(b helpdesk.Blobs, ctx context.Context, tenant helpdesk.TenantID, ids []helpdesk.BlobID) error {
		return b.Delete(ctx, tenant, ids[:min(1, len(ids))]...)
	}},
	"misses what it is to delete": {delete: func(b helpdesk.Blobs, ctx context.Context, tenant helpdesk.TenantID, ids []helpdesk.BlobID) error {
		for _, id := range ids {
			r, err := b.Open(ctx, tenant, id)
			if err != nil {
				return err
			}
			r.Close()
		}
		return b.Delete(ctx, tenant, ids...)
	}},
	"keeps half": {put: func(b helpdesk.Blobs, ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
		content, err := io.ReadAll(r)
		n, failed := b.Put(ctx, tenant, id, bytes.NewReader(content))
		return n, errors.Join(err, failed)
	}},
	"takes a broken body for an end": {put: func(b helpdesk.Blobs, ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
		content, err := io.ReadAll(r)
		if err != nil && err != io.ErrUnexpectedEOF {
			return 0, err
		}
		return b.Put(ctx, tenant, id, bytes.NewReader(content))
	}},
	"shows a blob before it is whole": {put: func(b helpdesk.Blobs, ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
		some, err := io.ReadAll(io.LimitReader(r, 64<<10))
		if err != nil {
			return 0, err
		}
		if _, err := b.Put(ctx, tenant, id, bytes.NewReader(some)); err != nil {
			return 0, err
		}
		rest, err := io.ReadAll(r)
		if err = errors.Join(err, b.Delete(ctx, tenant, id)); err != nil {
			return 0, err
		}
		return b.Put(ctx, tenant, id, bytes.NewReader(append(some, rest...)))
	}},
	"reads on when the context has ended": {put: func(b helpdesk.Blobs, ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
		return b.Put(context.WithoutCancel(ctx), tenant, id, r)
	}},
	"writes again": {put: func(b helpdesk.Blobs, ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
		if err := b.Delete(ctx, tenant, id); err != nil {
			return 0, err
		}
		return b.Put(ctx, tenant, id, r)
	}},
	"counts nothing": {put: func(b helpdesk.Blobs, ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
		_, err := b.Put(ctx, tenant, id, r)
		return 0, err
	}},
	"an unknown blob is empty": {open: func(b helpdesk.Blobs, ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID) (io.ReadCloser, error) {
		r, err := b.Open(ctx, tenant, id)
		if err != nil {
			return io.NopCloser(bytes.NewReader(nil)), nil
		}
		return r, nil
	}},
	"any id": {put: func(b helpdesk.Blobs, ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (int64, error) {
		if !id.Valid() {
			id = "00000000000000000000000000000000"
		}
		return b.Put(ctx, tenant, id, r)
	}},
	"ends after the first part": {open: func(b helpdesk.Blobs, ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID) (io.ReadCloser, error) {
		r, err := b.Open(ctx, tenant, id)
		if err != nil {
			return nil, err
		}
		return struct {
			io.Reader
			io.Closer
		}{io.LimitReader(r, 256<<10), r}, nil
	}},
}

func TestTheSuiteCatchesEachMutantOfBlobs(t *testing.T) {
	t.Parallel()
	require.Empty(t, storetest.FirstBlobFailure(func() helpdesk.Blobs { return memstore.New() }))
	for name, m := range blobMutants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			failure := storetest.FirstBlobFailure(func() helpdesk.Blobs {
				one := m
				one.Blobs = memstore.New()
				return &one
			})
			require.NotEmpty(t, failure, "nobody noticed")
			t.Logf("noticed by %q", failure)
		})
	}
}
