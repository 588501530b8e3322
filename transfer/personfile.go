package transfer

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"os"

	"github.com/helpdesk-go/helpdesk"
)

// PersonFile is a zip with the data of a person, in a temporary file. Close removes the file.
type PersonFile struct {
	io.Reader
	Size int64 // in bytes
	file *os.File
}

// Close removes the file.
func (f *PersonFile) Close() error { return errors.Join(f.file.Close(), os.Remove(f.file.Name())) }

// PersonZip writes what [Person] does into a zip, whole or not at all: an answer to a request is
// then complete, or an error. The caller closes it.
func PersonZip(ctx context.Context, desk *helpdesk.Desk, address string, cfg *PersonConfig) (*PersonFile, error) {
	f, err := os.CreateTemp("", "person-*.zip")
	if err != nil {
		return nil, err
	}
	p := &PersonFile{Reader: f, file: f}
	z := zip.NewWriter(f)
	if err = Person(ctx, desk, address, z, cfg); err == nil {
		err = z.Close()
	}
	if err == nil {
		p.Size, err = f.Seek(0, io.SeekCurrent)
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}
