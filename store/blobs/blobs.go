// Package blobs keeps the contents of attachments in a folder on disk, for desks whose files are
// too many or too large for their database.
//
//	files, err := blobs.Dir("/var/lib/mydesk/files")
//	desk, err := helpdesk.New(store, &helpdesk.Config{Blobs: files})
//
// Several processes may share one folder. Back up the database first and the folder after it: then
// the folder has every file that the database names.
package blobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/ctxio"
)

// leftAfter is an age by the clock of the file system. An unfinished file of a greater age has no
// running writer.
const leftAfter = 24 * time.Hour

// Dir returns the Blobs in the folder at path. The first Put creates the folder. Only the owner may
// read or write the folders and files. A file lies at path in a folder named by a hash of its
// tenant, in a subfolder named by the first two digits of its id. A file is complete as soon as it
// is there.
func Dir(path string) (helpdesk.Blobs, error) {
	if path == "" {
		return nil, fmt.Errorf("blobs: dir: %w", &helpdesk.FieldError{Field: "path", Problem: "is empty"})
	}
	root, err := filepath.Abs(path) // so that a later change of the working directory moves nothing
	if err != nil {
		return nil, fmt.Errorf("blobs: dir: %w", err)
	}
	return &dir{root}, nil
}

type dir struct{ root string }

// folder returns the folder of a blob. A tenant may be any text, so only its hash is a part of the
// path. The caller has checked the id, so an invalid id is never a part of a path.
func (d *dir) folder(tenant helpdesk.TenantID, id helpdesk.BlobID) string {
	sum := sha256.Sum256([]byte(tenant))
	return filepath.Join(d.root, hex.EncodeToString(sum[:]), string(id[:2]))
}

func (d *dir) unfinished() string { return filepath.Join(d.root, "unfinished") }

// Put implements helpdesk.Blobs. When Put returns, the content and its name are on the disk.
func (d *dir) Put(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID, r io.Reader) (n int64, err error) {
	defer func() {
		if err != nil {
			n, err = 0, fmt.Errorf("blobs: put: %w", err)
		}
	}()
	if !id.Valid() {
		return 0, &helpdesk.FieldError{Field: "blob", Problem: "is not named by 32 hexadecimal digits"}
	}
	folder := d.folder(tenant, id)
	if err := makeDirs(d.unfinished()); err != nil {
		return 0, err
	}
	if err := makeDirs(folder); err != nil {
		return 0, err
	}
	tmp, err := os.CreateTemp(d.unfinished(), string(id)+"-*") // of mode 0600
	if err != nil {
		return 0, err
	}
	defer os.Remove(tmp.Name())
	d.tidy(tmp)
	n, err = io.Copy(tmp, ctxio.Reader(ctx, r))
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return 0, err
	}
	name := filepath.Join(folder, string(id))
	if err := publish(tmp.Name(), name); err != nil {
		return 0, err
	}
	if err := syncDir(folder); err != nil {
		return 0, errors.Join(err, os.Remove(name))
	}
	return n, nil
}

// publish gives a finished file its name, unless a file has that name already. A link checks and
// names in one step. On a file system without links, two callers that put the same id at the same
// time may both succeed.
func publish(tmp, name string) error {
	err := os.Link(tmp, name)
	if err == nil {
		return nil
	}
	if _, there := os.Lstat(name); there == nil {
		return fmt.Errorf("blob %s is there already: %w", filepath.Base(name), helpdesk.ErrConflict)
	}
	return os.Rename(tmp, name)
}

// tidy removes unfinished files that are older than fresh by more than leftAfter. The next call
// tries again to remove a file that cannot be removed now.
func (d *dir) tidy(fresh *os.File) {
	now, err := fresh.Stat()
	if err != nil {
		return
	}
	left, err := os.ReadDir(d.unfinished())
	if err != nil {
		return
	}
	for _, entry := range left {
		if old, err := entry.Info(); err == nil && now.ModTime().Sub(old.ModTime()) > leftAfter {
			_ = os.Remove(filepath.Join(d.unfinished(), entry.Name()))
		}
	}
}

// Open implements helpdesk.Blobs.
func (d *dir) Open(ctx context.Context, tenant helpdesk.TenantID, id helpdesk.BlobID) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("blobs: open: %w", err)
	}
	if !id.Valid() {
		return nil, fmt.Errorf("blobs: open: %w", helpdesk.ErrNotFound)
	}
	f, err := os.Open(filepath.Join(d.folder(tenant, id), string(id)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("blobs: open %s: %w", id, helpdesk.ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("blobs: open: %w", err)
	}
	return f, nil
}

// Delete implements helpdesk.Blobs. Empty folders stay: another call may be about to put a file
// there.
func (d *dir) Delete(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.BlobID) error {
	var errs []error
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("blobs: delete: %w", err)
		}
		if !id.Valid() {
			continue
		}
		if err := os.Remove(filepath.Join(d.folder(tenant, id), string(id))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	if len(errs) > 0 {
		return fmt.Errorf("blobs: delete: %w", errors.Join(errs...))
	}
	return nil
}
