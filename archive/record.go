package archive

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// Record is all that a store holds of one ticket.
type Record struct {
	Ticket   helpdesk.Ticket
	Messages []helpdesk.Message // oldest first
	Events   []helpdesk.Event   // oldest first
	Mails    []helpdesk.Mail    // latest first
}

// Store is a [helpdesk.Store] from which tickets can be taken. The stores bunstore and memstore are
// Stores.
//
// An archived ticket is in no answer of the other methods, except in those of reports. Streams of
// events do not tell of it. Its once keys stay used.
type Store interface {
	helpdesk.Store
	report.FactReader

	// Records returns what is stored of tickets, in the order of their ids in the call. It is
	// ErrNotFound unless each is stored.
	Records(ctx context.Context, tenant helpdesk.TenantID, ids ...helpdesk.TicketID) ([]Record, error)

	// Archive commits c, and with it removes tickets of its tenant with all that is stored of them.
	// It keeps the Fact of each for reports, and the file that it is in. It is ErrConflict, and
	// does nothing, unless exactly these records are stored. It is ErrInvalid if a ticket is not
	// closed or has a clock that runs. It may be ErrConflict while the latest event of all tenants
	// is of one of the tickets.
	Archive(ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records ...Record) error

	// Restore commits c, and with it stores records again, with their versions. The Facts go. It is
	// ErrConflict, and does nothing, unless each ticket is archived in that file. Streams do not
	// tell of restored events.
	Restore(ctx context.Context, c *helpdesk.Change, file helpdesk.BlobID, records ...Record) error

	// ArchivedWith returns the files with data of a mail address: of a customer, of the author of a
	// message, of the other side of a mail.
	ArchivedWith(ctx context.Context, tenant helpdesk.TenantID, email string) ([]helpdesk.BlobID, error)

	// Tenants returns at most limit tenants after one, by id, that have tickets created before a
	// time. An empty tenant is first.
	Tenants(ctx context.Context, before time.Time, after *helpdesk.TenantID, limit int) ([]helpdesk.TenantID, error)
}

// Check returns ErrInvalid unless a record may be archived. It is for implementations of [Store].
func (r *Record) Check() error {
	t := &r.Ticket
	switch {
	case t.Status != helpdesk.StatusClosed:
		return &helpdesk.FieldError{Field: "ticket", Problem: "is not closed"}
	case slices.ContainsFunc(t.Clocks, func(c helpdesk.SLAClock) bool { return c.Running() }):
		return &helpdesk.FieldError{Field: "ticket", Problem: "has a clock that runs"}
	}
	return nil
}

// Fact returns what reports need of the ticket.
func (r *Record) Fact() *report.Fact { return report.FactOf(&r.Ticket, r.Events) }

// People returns a key for each mail address in the record, for [Store.ArchivedWith].
func (r *Record) People() []string {
	var keys []string
	add := func(email string) {
		if k := PersonKey(r.Ticket.Tenant, email); email != "" && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	add(r.Ticket.Customer.Email)
	add(r.Ticket.ReplyTo)
	for _, c := range r.Ticket.Cc {
		add(c.Email)
	}
	for _, m := range r.Messages {
		if m.By.Role == helpdesk.RoleCustomer {
			add(m.By.ID)
		}
	}
	for _, e := range r.Events {
		if e.By.Role == helpdesk.RoleCustomer {
			add(e.By.ID)
		}
		if e.Type == helpdesk.EventCustomer || e.Type == helpdesk.EventCc {
			for _, person := range strings.Split(e.From+", "+e.To, ", ") {
				_, address, ok := strings.Cut(person, "<")
				if !ok {
					address = person
				}
				add(strings.TrimSuffix(address, ">"))
			}
		}
		if e.Type == helpdesk.EventMail {
			var d helpdesk.MailData
			if json.Unmarshal(e.Data, &d) == nil {
				add(d.From)
			}
		}
	}
	for _, m := range r.Mails {
		add(m.Address)
	}
	return keys
}

// PersonKey is a mail address as 16 hexadecimal digits of a hash.
func PersonKey(tenant helpdesk.TenantID, email string) string {
	sum := sha256.Sum256([]byte(string(tenant) + "\x00" + strings.ToLower(email)))
	return hex.EncodeToString(sum[:8])
}

// format is the version of the lines of a file.
const format = 1

// line is a Record as it stands in a file: one line of JSON. Data and Content are texts, so that
// they come back byte for byte. A test holds a line of each format; a renamed field would break it.
type line struct {
	Format   int               `json:"format"`
	Tenant   helpdesk.TenantID `json:"tenant"`
	Month    string            `json:"month"` // in which the ticket was closed, as 2026-03
	Ticket   helpdesk.Ticket   `json:"ticket"`
	Messages []helpdesk.Message
	Events   []eventLine
	Mails    []mailLine
}

type eventLine struct {
	helpdesk.Event
	Data *string `json:",omitempty"`
}

type mailLine struct {
	helpdesk.Mail
	Content *string `json:",omitempty"`
}

func textOf(data json.RawMessage) *string {
	if data == nil {
		return nil
	}
	s := string(data)
	return &s
}

func dataOf(text *string) json.RawMessage {
	if text == nil {
		return nil
	}
	return json.RawMessage(*text)
}

// AppendRecord writes a record as a line of JSON, which [ParseRecord] reads. The month is that of
// the closing, as 2026-03; empty outside of an archive.
func AppendRecord(b *bytes.Buffer, month string, r *Record) error {
	l := line{Format: format, Tenant: r.Ticket.Tenant, Month: month, Ticket: r.Ticket, Messages: r.Messages}
	for _, e := range r.Events {
		data := textOf(e.Data)
		e.Data = nil
		l.Events = append(l.Events, eventLine{e, data})
	}
	for _, m := range r.Mails {
		content := textOf(m.Content)
		m.Content = nil
		l.Mails = append(l.Mails, mailLine{m, content})
	}
	e := json.NewEncoder(b) // which ends the line
	e.SetEscapeHTML(false)
	return e.Encode(l)
}

// ParseRecord reads a line of a file. It refuses what it does not know, so that nothing is lost.
func ParseRecord(text []byte) (one Record, err error) {
	var l line
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		return one, err
	}
	if l.Format != format {
		return one, fmt.Errorf("format %d is not known: %w", l.Format, helpdesk.ErrInvalid)
	}
	one = Record{Ticket: l.Ticket, Messages: l.Messages}
	for _, e := range l.Events {
		e.Event.Data = dataOf(e.Data)
		one.Events = append(one.Events, e.Event)
	}
	for _, m := range l.Mails {
		m.Mail.Content = dataOf(m.Content)
		one.Mails = append(one.Mails, m.Mail)
	}
	return one, nil
}

// readRecords reads the lines of a file.
func readRecords(r io.Reader) (records []Record, err error) {
	in := bufio.NewReader(r)
	for n := 1; ; n++ {
		text, err := in.ReadBytes('\n')
		switch {
		case errors.Is(err, io.EOF) && len(text) == 0:
			return records, nil
		case err != nil:
			return nil, fmt.Errorf("line %d: %w", n, err) // a last line that is cut off is an error too
		}
		one, err := ParseRecord(text)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		records = append(records, one)
	}
}
