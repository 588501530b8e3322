package bunstore

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"strings"

	bundialect "github.com/uptrace/bun/dialect"
)

// GooseMigrations returns the files of [Migrations] in the form that github.com/pressly/goose
// reads: one file NNNN_name.sql for each pair, with the up and the down in it.
//
//	files, err := bunstore.GooseMigrations(dialect.PG)
//	provider, err := goose.NewProvider(goose.DialectPostgres, db, files)
//	results, err := provider.Up(ctx)
func GooseMigrations(name bundialect.Name) (fs.FS, error) {
	files, err := Migrations(name)
	if err != nil {
		return nil, err
	}
	ups, err := fs.Glob(files, "*.up.sql")
	if err != nil {
		return nil, fmt.Errorf("bunstore: goose migrations: %w", err)
	}
	var archive bytes.Buffer // the standard library's shortest way to a file system in memory
	w := zip.NewWriter(&archive)
	for _, up := range ups {
		if err := addPair(w, files, strings.TrimSuffix(up, ".up.sql")); err != nil {
			return nil, fmt.Errorf("bunstore: goose migrations: %s: %w", up, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("bunstore: goose migrations: %w", err)
	}
	return zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
}

// addPair writes one file of goose's. A file is one statement to goose, which would split it at
// semicolons otherwise, also at those in a function.
func addPair(w *zip.Writer, files fs.FS, name string) error {
	up, err := fs.ReadFile(files, name+".up.sql")
	if err != nil {
		return err
	}
	down, err := fs.ReadFile(files, name+".down.sql")
	if err != nil {
		return err
	}
	f, err := w.Create(name + ".sql")
	if err != nil {
		return err
	}
	const begin, end = "-- +goose StatementBegin\n", "\n-- +goose StatementEnd\n"
	_, err = fmt.Fprint(f, "-- +goose Up\n", begin, string(up), end, "-- +goose Down\n", begin, string(down), end)
	return err
}
