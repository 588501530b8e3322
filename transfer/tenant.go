package transfer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
)

// TenantConfig says what Tenant writes. Nil is the zero TenantConfig.
type TenantConfig struct {
	// Archive has tickets that were taken out of the store; they are written too. Nil: none.
	Archive *archive.Archive
	// Blobs are those of the desk, if its Config has them. Nil: the store keeps the contents.
	Blobs helpdesk.Blobs
	// NoFiles leaves out the contents of attachments.
	NoFiles bool
	// Progress is called from time to time with the number of tickets written.
	Progress func(tickets int)
}

// ErrNoRecords means that the store of the desk cannot give out whole tickets: see [archive.Store].
var ErrNoRecords = errors.New("the store of the desk gives out no whole tickets")

// Tenant writes all of the desk's tenant as lines of JSON, from which [Import] restores it into an
// empty tenant: settings, organisations, customers, and tickets with messages, events, mails and
// files. It writes no webhooks and no trained models. Tickets that change meanwhile are written as
// they were before or after. It is for admins and the host.
func Tenant(ctx context.Context, desk *helpdesk.Desk, w io.Writer, cfg *TenantConfig) error {
	if cfg == nil {
		cfg = &TenantConfig{}
	}
	_, err := desk.Admin(ctx)
	if err == nil {
		x := &tenantWriter{cfg: *cfg, desk: desk.As(helpdesk.Actor{}), w: w}
		x.store, err = recordsOf(desk)
		if err == nil {
			err = x.all(ctx)
		}
	}
	if err != nil {
		return fmt.Errorf("transfer: tenant: %w", err)
	}
	return nil
}

func recordsOf(desk *helpdesk.Desk) (archive.Store, error) {
	s, ok := helpdesk.As[archive.Store](desk.Store())
	if !ok {
		return nil, ErrNoRecords
	}
	return s, nil
}

type tenantWriter struct {
	cfg   TenantConfig
	desk  *helpdesk.Desk
	store archive.Store
	w     io.Writer
	n     int
}

func (x *tenantWriter) all(ctx context.Context) error {
	if err := x.line(line{Kind: "desk", Format: format}); err != nil {
		return err
	}
	for _, kind := range settingKinds {
		settings, err := x.desk.Store().Settings(ctx, helpdesk.SettingQuery{Tenant: x.desk.Tenant(), Kind: kind})
		if err != nil {
			return err
		}
		for _, s := range settings {
			if err := x.line(line{Kind: "setting", Setting: &setting{s.Kind, s.Key, s.Value}}); err != nil {
				return err
			}
		}
	}
	if err := x.people(ctx); err != nil {
		return err
	}
	q := helpdesk.Query{Tenant: x.desk.Tenant(), Order: helpdesk.Oldest, Limit: helpdesk.MaxLimit}
	for {
		page, err := x.desk.Store().Tickets(ctx, q)
		if err != nil {
			return err
		}
		for _, t := range page.Tickets { // one at a time: a thread may be large
			records, err := x.store.Records(ctx, q.Tenant, t.ID)
			if errors.Is(err, helpdesk.ErrNotFound) {
				continue // archived meanwhile
			}
			if err == nil {
				err = x.record(ctx, &records[0], false)
			}
			if err != nil {
				return err
			}
		}
		if q.After = page.Next; q.After == "" {
			return x.archived(ctx)
		}
	}
}

func (x *tenantWriter) people(ctx context.Context) error {
	s, ok := helpdesk.As[helpdesk.CustomerStore](x.desk.Store())
	if !ok {
		return nil
	}
	for q := (helpdesk.OrganisationQuery{Tenant: x.desk.Tenant(), Limit: helpdesk.MaxLimit}); ; {
		page, err := s.Organisations(ctx, q)
		if err != nil {
			return err
		}
		for i := range page.Organisations {
			page.Organisations[i].Version = 0
			if err := x.line(line{Kind: "organisation", Organisation: &page.Organisations[i]}); err != nil {
				return err
			}
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	for q := (helpdesk.CustomerQuery{Tenant: x.desk.Tenant(), Limit: helpdesk.MaxLimit}); ; {
		page, err := s.Customers(ctx, q)
		if err != nil {
			return err
		}
		for i := range page.Customers {
			page.Customers[i].Version = 0
			if err := x.line(line{Kind: "customer", Customer: &page.Customers[i]}); err != nil {
				return err
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// archived writes the tickets of the archive.
func (x *tenantWriter) archived(ctx context.Context) error {
	if x.cfg.Archive == nil {
		return nil
	}
	months, err := x.cfg.Archive.Months(ctx, x.desk)
	if err != nil {
		return err
	}
	for _, m := range months {
		r, err := x.cfg.Archive.Read(ctx, x.desk, m.Month)
		if err != nil {
			return err
		}
		err = func() error {
			defer r.Close()
			d := json.NewDecoder(r)
			for {
				var text json.RawMessage
				if err := d.Decode(&text); errors.Is(err, io.EOF) {
					return nil
				} else if err != nil {
					return err
				}
				one, err := archive.ParseRecord(text)
				if err == nil {
					err = x.record(ctx, &one, true)
				}
				if err != nil {
					return err
				}
			}
		}()
		if err != nil {
			return fmt.Errorf("archive of %s: %w", m.Month, err)
		}
	}
	return nil
}

// partBytes is the most of a file in a line.
const partBytes = 192 << 10

// record writes a ticket behind its files.
func (x *tenantWriter) record(ctx context.Context, r *archive.Record, archived bool) error {
	for _, m := range r.Messages {
		for _, a := range m.Attachments {
			if x.cfg.NoFiles {
				continue
			}
			if err := x.file(ctx, r.Ticket.ID, a.ID, archived); err != nil {
				return fmt.Errorf("ticket %s: attachment %s: %w", r.Ticket.ID, a.ID, err)
			}
		}
	}
	r.Ticket.Tenant = "" // the tenant that imports it is another
	var b bytes.Buffer
	if err := archive.AppendRecord(&b, "", r); err != nil {
		return err
	}
	if err := x.line(line{Kind: "ticket", Ticket: bytes.TrimSpace(b.Bytes())}); err != nil {
		return err
	}
	if x.n++; x.n%100 == 0 && x.cfg.Progress != nil {
		x.cfg.Progress(x.n)
	}
	return nil
}

func (x *tenantWriter) file(ctx context.Context, ticket helpdesk.TicketID, id helpdesk.BlobID, archived bool) error {
	r, err := openFile(ctx, x.desk, x.cfg.Blobs, ticket, id, archived)
	if errors.Is(err, helpdesk.ErrNotFound) {
		return nil // its content is gone
	}
	if err != nil {
		return err
	}
	defer r.Close()
	for first := true; ; first = false {
		data := make([]byte, partBytes)
		n, err := io.ReadFull(r, data)
		if n > 0 || first {
			if err := x.line(line{Kind: "file", File: &part{id, data[:n]}}); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// openFile opens an attachment. desk acts for the host.
func openFile(ctx context.Context, desk *helpdesk.Desk, blobs helpdesk.Blobs, ticket helpdesk.TicketID, id helpdesk.BlobID, archived bool) (io.ReadCloser, error) {
	if blobs == nil {
		blobs, _ = helpdesk.As[helpdesk.Blobs](desk.Store())
	}
	if blobs == nil && !archived {
		_, r, err := desk.Attachment(ctx, ticket, id)
		return r, err
	}
	if blobs == nil {
		return nil, errors.New("the contents of archived tickets need Blobs")
	}
	r, err := blobs.Open(ctx, desk.Tenant(), id)
	if errors.Is(err, helpdesk.ErrNotFound) && !archived { // the desk has other Blobs
		_, r, err = desk.Attachment(ctx, ticket, id)
	}
	return r, err
}

func (x *tenantWriter) line(l line) error {
	e := json.NewEncoder(x.w)
	e.SetEscapeHTML(false)
	return e.Encode(l)
}
