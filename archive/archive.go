// Package archive takes closed tickets out of a desk's store and keeps them as files of JSON Lines.
// Reports count them as before.
//
//	old, err := archive.New(&archive.Config{Blobs: files, After: 365 * 24 * time.Hour})
//	desk, err := helpdesk.New(store, &helpdesk.Config{Archive: old})
//	go old.Run(ctx, desk)
//
// A month is archived when all of it is older than Config.After. What is left in the store is a
// row without texts for each ticket, from which reports count. Lists, searches and similar tickets
// no longer find the ticket. Contents of attachments stay where they are: the line of a ticket
// names them, and they are there again when the ticket is restored.
//
// A file is written and read back before its tickets are removed, which is one transaction with the
// entry that names the file. So whatever stops a sweep, each ticket is either in the store or in
// one file that is named, and the next sweep goes on.
package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Config says what an Archive does.
type Config struct {
	Blobs  helpdesk.Blobs // keeps the files; required
	After  time.Duration  // from the end of the month in which tickets were closed; 0 means 365 days
	Every  time.Duration  // between two looks of Run; 0 means 6 hours
	Logger *slog.Logger   // nil: slog.Default()

	most int // tickets in a file
}

// Archive moves tickets out and back. All its methods may be called by many goroutines and
// processes at once. It is for the host: it knows no roles.
type Archive struct{ cfg Config }

var _ helpdesk.Archive = (*Archive)(nil)

// The most that a file holds. A ticket is never apart from those merged into it.
const (
	mostTickets = 500
	mostBytes   = 8 << 20
)

// New returns an Archive. An error names the field at fault.
func New(cfg *Config) (*Archive, error) {
	if cfg == nil {
		cfg = &Config{}
	}
	a := &Archive{*cfg}
	var errs []error
	if cfg.Blobs == nil {
		errs = append(errs, &helpdesk.FieldError{Field: "Blobs", Problem: "is nil"})
	}
	if cfg.After < 0 {
		errs = append(errs, &helpdesk.FieldError{Field: "After", Problem: "is negative"})
	}
	if cfg.Every < 0 {
		errs = append(errs, &helpdesk.FieldError{Field: "Every", Problem: "is negative"})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("archive: new: %w", err)
	}
	def(&a.cfg.After, 365*24*time.Hour)
	def(&a.cfg.Every, 6*time.Hour)
	if a.cfg.Logger == nil {
		a.cfg.Logger = slog.Default()
	}
	a.cfg.most = mostTickets
	return a, nil
}

func def(p *time.Duration, d time.Duration) {
	if *p == 0 {
		*p = d
	}
}

// settingKind is the kind of the entries, one for each month of a tenant. Its key is the month.
const settingKind helpdesk.SettingKind = "archive"

// monthForm is a month as its key.
const monthForm = "2006-01"

// Month is what is archived of the tickets that a tenant closed in a month of UTC.
type Month struct {
	Month string // as "2026-03"
	Files []File
	Hold  time.Time // no sweep archives the month before this; zero: any may
}

// File is a file of a month.
type File struct {
	ID      helpdesk.BlobID `json:"id"`
	Tickets int             `json:"tickets"`
	Bytes   int64           `json:"bytes"`
}

// month is the setting of a month. Its version is that in the store, 0 for none.
type month struct {
	name    string
	version int64
	entry
}

type entry struct {
	Files []File    `json:"files,omitempty"`
	Hold  time.Time `json:"hold,omitzero"`
	// Writing is a file that is being written, since a time. Nothing depends on it yet.
	Writing helpdesk.BlobID `json:"writing,omitempty"`
	Since   time.Time       `json:"since,omitzero"`
	// Garbage is files on which nothing depends any more. No entry ever names them again.
	Garbage []helpdesk.BlobID `json:"garbage,omitempty"`
}

// storeOf returns the store of a desk that can archive.
func storeOf(desk *helpdesk.Desk) (Store, error) {
	s, ok := helpdesk.As[Store](desk.Store())
	if !ok {
		return nil, errors.New("the store of the desk cannot archive")
	}
	return s, nil
}

// Months returns what is archived of the desk's tenant, by month.
func (a *Archive) Months(ctx context.Context, desk *helpdesk.Desk) ([]Month, error) {
	months, err := a.months(ctx, desk)
	var list []Month
	for _, m := range months {
		if len(m.Files) > 0 || !m.Hold.IsZero() {
			list = append(list, Month{m.name, m.Files, m.Hold})
		}
	}
	return list, fail("months", err)
}

func (a *Archive) months(ctx context.Context, desk *helpdesk.Desk) (months []month, err error) {
	settings, err := desk.Store().Settings(ctx, helpdesk.SettingQuery{Tenant: desk.Tenant(), Kind: settingKind})
	for _, s := range settings {
		m := month{name: s.Key, version: s.Version}
		if err := json.Unmarshal(s.Value, &m.entry); err != nil {
			return nil, fmt.Errorf("entry of %s: %w", s.Key, err)
		}
		months = append(months, m)
	}
	return months, err
}

// month returns the entry of one month, which may be empty.
func (a *Archive) month(ctx context.Context, desk *helpdesk.Desk, name string) (month, error) {
	if _, err := time.Parse(monthForm, name); err != nil {
		return month{}, &helpdesk.FieldError{Field: "month", Problem: "is not like 2026-03"}
	}
	months, err := a.months(ctx, desk)
	for _, m := range months {
		if m.name == name {
			return m, err
		}
	}
	return month{name: name}, err
}

// change is the Change that replaces the entry of a month. The values of earlier versions go.
func (m *month) change(desk *helpdesk.Desk) (*helpdesk.Change, error) {
	value, err := json.Marshal(&m.entry)
	return &helpdesk.Change{Tenant: desk.Tenant(), Settings: []helpdesk.Setting{{
		Kind: settingKind, Key: m.name, Version: m.version, Value: value, Purge: m.version + 1,
		By: helpdesk.Actor{Role: helpdesk.RoleSystem}, At: desk.Now(),
	}}}, err
}

// save commits the entry. It is ErrConflict if another process has changed it.
func (m *month) save(ctx context.Context, desk *helpdesk.Desk) error {
	c, err := m.change(desk)
	if err == nil {
		err = desk.Store().Commit(ctx, c)
	}
	if err == nil {
		m.version++
	}
	return err
}

// Read returns the lines of a month, one ticket each, in the order of its files.
func (a *Archive) Read(ctx context.Context, desk *helpdesk.Desk, name string) (io.ReadCloser, error) {
	m, err := a.month(ctx, desk, name)
	if err != nil {
		return nil, fail("read "+name, err)
	}
	return &reader{ctx: ctx, blobs: a.cfg.Blobs, tenant: desk.Tenant(), files: m.Files}, nil
}

// reader reads files one after the other.
type reader struct {
	ctx    context.Context
	blobs  helpdesk.Blobs
	tenant helpdesk.TenantID
	files  []File
	open   io.ReadCloser
}

func (r *reader) Read(p []byte) (int, error) {
	for {
		if r.open == nil {
			if len(r.files) == 0 {
				return 0, io.EOF
			}
			var err error
			if r.open, err = r.blobs.Open(r.ctx, r.tenant, r.files[0].ID); err != nil {
				return 0, err
			}
			r.files = r.files[1:]
		}
		n, err := r.open.Read(p)
		if !errors.Is(err, io.EOF) {
			return n, err
		}
		err = r.open.Close()
		if r.open = nil; n > 0 || err != nil {
			return n, err
		}
	}
}

func (r *reader) Close() error {
	if r.open == nil {
		return nil
	}
	return r.open.Close()
}

func fail(op string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("archive: %s: %w", op, err)
}
