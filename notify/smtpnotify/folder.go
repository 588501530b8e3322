package smtpnotify

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// file writes a mail into the folder, whole or not at all. The name begins with the time of the
// event and is the same at every attempt, so a mail is there once.
func (n *Notifier) file(ctx context.Context, m *letter) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := m.save(n.cfg.Folder); err != nil {
		return fmt.Errorf("mail to %s: %w", m.to, err)
	}
	return nil
}

func (m *letter) save(folder string) (err error) {
	name := filepath.Join(folder, m.name)
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, ".mail-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	w := bufio.NewWriter(f)
	if err := errors.Join(m.write(w), w.Flush(), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
