package transfer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
)

// Writer makes files, one at a time: each ends when the next one begins. A [archive/zip.Writer] is
// one, and so is a [Folder].
type Writer interface {
	Create(name string) (io.Writer, error)
}

// Folder is a Writer into a folder of the disk. Close ends the last file.
type Folder struct {
	dir  string
	last *os.File
}

// Dir returns a Folder, which it makes if it is not there.
func Dir(path string) (*Folder, error) {
	return &Folder{dir: path}, os.MkdirAll(path, 0o700)
}

// Create makes a file below the folder.
func (f *Folder) Create(name string) (io.Writer, error) {
	if !filepath.IsLocal(name) {
		return nil, fmt.Errorf("transfer: %q is not a name below the folder", name)
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	f.last = file
	return file, err
}

// Close ends the last file.
func (f *Folder) Close() error {
	if f.last == nil {
		return nil
	}
	err := f.last.Close()
	f.last = nil
	return err
}

// PersonConfig says how Person finds what it writes. Nil is the zero PersonConfig.
type PersonConfig struct {
	// Archive has tickets that were taken out of the store. Those of the person come back first.
	// Nil: Person is ErrConflict if there are such tickets.
	Archive helpdesk.Archive
	// Blobs are those of the desk, if its Config has them. Nil: the store keeps the contents.
	Blobs helpdesk.Blobs
}

// personData is person.json.
type personData struct {
	ExportedAt time.Time       `json:"exported_at"`
	Addresses  []string        `json:"addresses"`
	Rows       []personRow     `json:"customer_records,omitempty"`
	Tickets    []personTicket  `json:"tickets,omitempty"`
	Elsewhere  []personMessage `json:"messages_on_tickets_of_others,omitempty"`
	InCc       []string        `json:"in_cc_of,omitempty"` // references of tickets of others
	Mails      []personMail    `json:"mails,omitempty"`
	Left       map[string]int  `json:"left_out,omitempty"`
	byID       map[string]bool // messages that are written
	files      map[string]bool // names that are taken
	writer     Writer          `json:"-"`
	desk       *helpdesk.Desk  `json:"-"`
	blobs      helpdesk.Blobs  `json:"-"`
}

type personRow struct {
	Name         string    `json:"name,omitempty"`
	HostID       string    `json:"host_id,omitempty"`
	Organisation string    `json:"organisation,omitempty"`
	Addresses    []string  `json:"addresses,omitempty"`
	Tags         []string  `json:"tags,omitempty"`
	Note         string    `json:"note,omitempty"`
	Language     string    `json:"language,omitempty"`
	Zone         string    `json:"zone,omitempty"`
	CreatedAt    time.Time `json:"created_at,omitzero"`
	UpdatedAt    time.Time `json:"updated_at,omitzero"`
}

type personTicket struct {
	Ref        string           `json:"reference"`
	Subject    string           `json:"subject"`
	Name       string           `json:"name,omitempty"`
	Email      string           `json:"email,omitempty"`
	Status     helpdesk.Status  `json:"status"`
	Category   string           `json:"category,omitempty"`
	Priority   string           `json:"priority"`
	Tags       []string         `json:"tags,omitempty"`
	Source     helpdesk.Source  `json:"source"`
	Language   string           `json:"language,omitempty"`
	CreatedAt  time.Time        `json:"created_at"`
	UpdatedAt  time.Time        `json:"updated_at"`
	ResolvedAt time.Time        `json:"resolved_at,omitzero"`
	ClosedAt   time.Time        `json:"closed_at,omitzero"`
	Resolution string           `json:"resolution,omitempty"`
	Rating     *helpdesk.Rating `json:"rating,omitempty"`
	Messages   []personMessage  `json:"messages,omitempty"`
}

type personMessage struct {
	Ticket string       `json:"ticket,omitempty"` // on tickets of others
	At     time.Time    `json:"at"`
	From   string       `json:"from"` // "you", or the name of an agent
	Body   string       `json:"body"`
	Full   string       `json:"full_text,omitempty"`
	HTML   string       `json:"html,omitempty"`
	Files  []personFile `json:"files,omitempty"`
}

type personFile struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"`
	Path string `json:"path,omitempty"` // in the export; empty: the content is gone
}

type personMail struct {
	At      time.Time       `json:"at"`
	Address string          `json:"address"`
	Subject string          `json:"subject,omitempty"`
	Outcome string          `json:"outcome"`
	Notice  string          `json:"notice,omitempty"`
	Ticket  string          `json:"ticket,omitempty"`
	Content json.RawMessage `json:"content,omitempty"` // of a mail that became no message
}

// Person writes what the desk holds of the person with a mail address, with all their addresses and
// those of customers merged with this one: person.json, person.html for people, and the files. It
// has the rows, the tickets with their public messages, ratings and mails, the person's own
// messages on tickets of others, and the references of those where the person is in Cc. It leaves
// out internal notes of agents and the words of other customers. It is for admins and the host, and
// serves requests under GDPR articles 15 and 20. It is ErrNotFound for an address of which the desk
// knows nothing.
func Person(ctx context.Context, desk *helpdesk.Desk, address string, w Writer, cfg *PersonConfig) error {
	if cfg == nil {
		cfg = &PersonConfig{}
	}
	_, err := desk.Admin(ctx)
	if address = strings.ToLower(strings.TrimSpace(address)); err == nil && address == "" {
		err = &helpdesk.FieldError{Field: "email", Problem: "is empty"}
	}
	if err == nil {
		x := &personData{
			ExportedAt: desk.Now(), Addresses: []string{address}, Left: map[string]int{}, byID: map[string]bool{}, files: map[string]bool{},
			writer: w, desk: desk.As(helpdesk.Actor{}), blobs: cfg.Blobs,
		}
		err = x.all(ctx, cfg)
	}
	if err != nil {
		return fmt.Errorf("transfer: person: %w", err)
	}
	return nil
}

func (x *personData) all(ctx context.Context, cfg *PersonConfig) error {
	rows, err := x.rows(ctx)
	if err != nil {
		return err
	}
	for _, a := range x.Addresses {
		if err := x.recall(ctx, a, cfg.Archive); err != nil {
			return err
		}
	}
	own, err := x.tickets(ctx, rows)
	if err != nil {
		return err
	}
	if err := errors.Join(x.mails(ctx, own), x.elsewhere(ctx, own), x.inCc(ctx)); err != nil {
		return err
	}
	if len(x.Rows)+len(x.Tickets)+len(x.Mails)+len(x.Elsewhere)+len(x.InCc) == 0 {
		return helpdesk.ErrNotFound
	}
	f, err := x.writer.Create("person.json")
	if err != nil {
		return err
	}
	e := json.NewEncoder(f)
	e.SetIndent("", "  ")
	if err := e.Encode(x); err != nil {
		return err
	}
	if f, err = x.writer.Create("person.html"); err != nil {
		return err
	}
	return personPage.Execute(f, x)
}

// recall brings back what an archive holds of the person.
func (x *personData) recall(ctx context.Context, address string, old helpdesk.Archive) error {
	store, ok := helpdesk.As[archive.Store](x.desk.Store())
	if !ok {
		return nil
	}
	files, err := store.ArchivedWith(ctx, x.desk.Tenant(), address)
	switch {
	case err != nil || len(files) == 0:
		return err
	case old == nil:
		return fmt.Errorf("%w: %d files of the archive hold data of the person, and there is no Archive", helpdesk.ErrConflict, len(files))
	}
	return old.Recall(ctx, x.desk, address)
}

// rows reads the customer's rows, and with them all addresses.
func (x *personData) rows(ctx context.Context) (ids []helpdesk.CustomerID, err error) {
	s, ok := helpdesk.As[helpdesk.CustomerStore](x.desk.Store())
	if !ok {
		return nil, nil
	}
	q := helpdesk.CustomerQuery{Tenant: x.desk.Tenant(), Emails: slices.Clone(x.Addresses), Family: true, Limit: helpdesk.MaxLimit}
	for {
		page, err := s.Customers(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, c := range page.Customers {
			ids = append(ids, c.ID)
			row := personRow{
				Name: c.Name, HostID: c.HostID, Tags: c.Tags, Note: c.Note, Language: c.Language, Zone: c.Zone, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
			}
			for _, a := range c.Addresses {
				row.Addresses = append(row.Addresses, string(a.Channel)+" "+a.Value)
				if a.Channel == helpdesk.ChannelEmail && !slices.Contains(x.Addresses, a.Value) {
					x.Addresses = append(x.Addresses, a.Value)
				}
			}
			if c.Organisation != "" {
				o, err := s.Organisations(ctx, helpdesk.OrganisationQuery{Tenant: q.Tenant, IDs: []helpdesk.OrganisationID{c.Organisation}, Limit: 1})
				if err != nil {
					return nil, err
				}
				if len(o.Organisations) > 0 {
					row.Organisation = o.Organisations[0].Name
				}
			}
			x.Rows = append(x.Rows, row)
		}
		if q.After = page.Next; q.After == "" {
			return ids, nil
		}
	}
}

// wrote reports whether the person is an actor.
func (x *personData) wrote(a helpdesk.Actor) bool {
	return a.Role == helpdesk.RoleCustomer && slices.Contains(x.Addresses, a.ID)
}

// tickets reads the person's tickets with what they may read of them.
func (x *personData) tickets(ctx context.Context, ids []helpdesk.CustomerID) (map[helpdesk.TicketID]string, error) {
	var qs []helpdesk.Query
	for _, a := range x.Addresses {
		qs = append(qs, helpdesk.Query{Customer: a})
	}
	if len(ids) > 0 {
		qs = append(qs, helpdesk.Query{CustomerIDs: ids})
	}
	own := map[helpdesk.TicketID]string{}
	for _, q := range qs {
		q.Tenant, q.Order, q.Limit = x.desk.Tenant(), helpdesk.Oldest, helpdesk.MaxLimit
		for {
			page, err := x.desk.Store().Tickets(ctx, q)
			if err != nil {
				return nil, err
			}
			for _, t := range page.Tickets {
				if own[t.ID] != "" {
					continue
				}
				own[t.ID] = t.Ref
				if err := x.ticket(ctx, t); err != nil {
					return nil, err
				}
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
	}
	return own, nil
}

func (x *personData) ticket(ctx context.Context, t *helpdesk.Ticket) error {
	th, err := x.desk.Store().Thread(ctx, x.desk.Tenant(), t.ID)
	if err != nil {
		return err
	}
	shown := t.Status
	if shown == helpdesk.StatusEscalated { // the desk's own affair, as on the customer's page
		shown = helpdesk.StatusProgress
	}
	one := personTicket{
		Ref: t.Ref, Subject: t.Subject, Name: t.Customer.Name, Email: t.Customer.Email, Status: shown, Category: string(t.Category), Priority: t.Priority.String(),
		Tags: t.Tags, Source: t.Source, Language: t.Language, CreatedAt: t.CreatedAt, UpdatedAt: t.PublicAt, ResolvedAt: t.ResolvedAt, ClosedAt: t.ClosedAt,
		Resolution: t.Resolution, Rating: t.Rating,
	}
	for _, m := range th.Messages {
		switch {
		case m.Ticket != t.ID: // of a merged ticket, which comes by itself if it is the person's
		case m.By.Role == helpdesk.RoleCustomer && m.By.ID != "" && !x.wrote(m.By):
			x.Left["messages of other customers"]++
		case !m.Kind.Public() && !(x.wrote(m.By) && m.Kind == helpdesk.HeldMessage):
			x.Left["internal notes"]++
		default:
			w, err := x.message(ctx, t, &m)
			if err != nil {
				return err
			}
			one.Messages = append(one.Messages, w)
		}
	}
	x.Tickets = append(x.Tickets, one)
	return nil
}

func (x *personData) message(ctx context.Context, t *helpdesk.Ticket, m *helpdesk.Message) (personMessage, error) {
	x.byID[m.ID] = true
	w := personMessage{At: m.At, From: m.By.String(), Body: m.Body, Full: m.Full, HTML: m.HTML}
	if x.wrote(m.By) {
		w.From = "you"
	}
	for _, a := range m.Attachments {
		f := personFile{Name: a.Name, Type: a.Type, Size: a.Size}
		r, err := openFile(ctx, x.desk, x.blobs, t.ID, a.ID, false)
		switch {
		case errors.Is(err, helpdesk.ErrNotFound):
		case err != nil:
			return w, err
		default:
			f.Path = x.path(t.Ref, a.Name)
			to, err := x.writer.Create(f.Path)
			if err == nil {
				_, err = io.Copy(to, r)
			}
			if err = errors.Join(err, r.Close()); err != nil {
				return w, err
			}
		}
		w.Files = append(w.Files, f)
	}
	return w, nil
}

// path is the name of a file in the export: safe on every system, and used once.
func (x *personData) path(ref, name string) string {
	safe := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.Trim(name, ". "))
	if r := []rune(safe); len(r) > 80 {
		safe = string(r[len(r)-80:])
	}
	for n := 1; ; n++ {
		path := fmt.Sprintf("files/%s-%d-%s", ref, n, safe)
		if key := strings.ToLower(path); !x.files[key] {
			x.files[key] = true
			return path
		}
	}
}

// mails reads the records of mails from and to the person.
func (x *personData) mails(ctx context.Context, own map[helpdesk.TicketID]string) error {
	for _, a := range x.Addresses {
		q := helpdesk.MailQuery{Tenant: x.desk.Tenant(), Address: a, Limit: helpdesk.MaxLimit}
		for {
			page, err := x.desk.Store().Mails(ctx, q)
			if err != nil {
				return err
			}
			for _, m := range page.Mails {
				x.Mails = append(x.Mails, personMail{
					At: m.At, Address: m.Address, Subject: m.Subject, Outcome: string(m.Outcome), Notice: string(m.Notice), Ticket: own[m.Ticket], Content: m.Content,
				})
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
	}
	return nil
}

// elsewhere reads the person's messages on tickets of others.
func (x *personData) elsewhere(ctx context.Context, own map[helpdesk.TicketID]string) error {
	var others []helpdesk.TicketID
	seen := func(id helpdesk.TicketID) {
		if id != "" && own[id] == "" && !slices.Contains(others, id) {
			others = append(others, id)
		}
	}
	for _, a := range x.Addresses {
		q := helpdesk.MailQuery{Tenant: x.desk.Tenant(), Address: a, Limit: helpdesk.MaxLimit}
		for {
			page, err := x.desk.Store().Mails(ctx, q)
			if err != nil {
				return err
			}
			for _, m := range page.Mails {
				seen(m.Ticket)
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		for e, err := range helpdesk.Events(ctx, x.desk.Store(), helpdesk.EventQuery{Tenant: x.desk.Tenant(), Types: []helpdesk.EventType{helpdesk.EventReplied, helpdesk.EventOpened}, By: a}) {
			if err != nil {
				return err
			}
			seen(e.Ticket)
		}
	}
	for _, id := range others {
		th, err := x.desk.Store().Thread(ctx, x.desk.Tenant(), id)
		if errors.Is(err, helpdesk.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		for _, m := range th.Messages {
			if x.wrote(m.By) && !x.byID[m.ID] {
				w, err := x.message(ctx, th.Ticket, &m)
				if err != nil {
					return err
				}
				w.Ticket = th.Ticket.Ref
				x.Elsewhere = append(x.Elsewhere, w)
			}
		}
	}
	return nil
}

// inCc reads the tickets of others on which the person is in Cc.
func (x *personData) inCc(ctx context.Context) error {
	q := helpdesk.Query{Tenant: x.desk.Tenant(), Order: helpdesk.Oldest, Limit: helpdesk.MaxLimit, Scope: &helpdesk.Scope{Cc: x.Addresses}}
	for {
		page, err := x.desk.Store().Tickets(ctx, q)
		if err != nil {
			return err
		}
		for _, t := range page.Tickets {
			x.InCc = append(x.InCc, t.Ref)
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// personPage is person.html. It shows plain texts alone, so that no mail's HTML runs in it.
var personPage = template.Must(template.New("person").Funcs(template.FuncMap{
	"at": func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format("2006-01-02 15:04 MST")
	},
}).Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>Data of {{index .Addresses 0}}</title>
<style>
body { font: 16px/1.5 sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid #999; padding-left: 1rem; margin: .5rem 0 1rem; }
dt { font-weight: bold; } dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; }
</style>
<h1>Data of {{index .Addresses 0}}</h1>
<p>Written at {{at .ExportedAt}}. The same is in person.json, for programs.</p>
<h2>Records</h2>
{{range .Rows}}<dl>
<dt>Name</dt><dd>{{.Name}}</dd>
{{with .HostID}}<dt>Customer number</dt><dd>{{.}}</dd>{{end}}
{{with .Organisation}}<dt>Organisation</dt><dd>{{.}}</dd>{{end}}
<dt>Addresses</dt>{{range .Addresses}}<dd>{{.}}</dd>{{end}}
{{with .Tags}}<dt>Tags</dt>{{range .}}<dd>{{.}}</dd>{{end}}{{end}}
{{with .Note}}<dt>Note</dt><dd>{{.}}</dd>{{end}}
{{with .Language}}<dt>Language</dt><dd>{{.}}</dd>{{end}}
{{with .Zone}}<dt>Time zone</dt><dd>{{.}}</dd>{{end}}
<dt>Since</dt><dd>{{at .CreatedAt}}</dd>
</dl>{{else}}<p>None.</p>{{end}}
<h2>Tickets</h2>
{{range .Tickets}}<h3>{{.Ref}}: {{.Subject}}</h3>
<p>{{.Status}}; opened {{at .CreatedAt}}{{with at .ResolvedAt}}, resolved {{.}}{{end}}{{with at .ClosedAt}}, closed {{.}}{{end}}.
{{with .Rating}}Your rating: {{.Score}} of 5. {{.Comment}}{{end}}</p>
{{range .Messages}}{{template "message" .}}{{end}}
{{with .Resolution}}<p>Resolution:</p><div class="words">{{.}}</div>{{end}}
{{else}}<p>None.</p>{{end}}
{{with .Elsewhere}}<h2>Messages on tickets of others</h2>{{range .}}{{template "message" .}}{{end}}{{end}}
{{with .InCc}}<h2>In Cc of tickets of others</h2><ul>{{range .}}<li>{{.}}</li>{{end}}</ul>{{end}}
{{with .Mails}}<h2>Mails</h2>
<table><tr><th>Time</th><th>Address</th><th>Subject</th><th>Outcome</th></tr>
{{range .}}<tr><td>{{at .At}}</td><td>{{.Address}}</td><td>{{.Subject}}</td><td>{{.Outcome}} {{.Notice}}</td></tr>
{{end}}</table>{{end}}
{{with .Left}}<h2>Left out</h2><ul>{{range $what, $n := .}}<li>{{$n}} {{$what}}</li>{{end}}</ul>{{end}}
</html>
{{define "message"}}<p><b>{{.From}}</b>, {{at .At}}</p>
<div class="words">{{if .Full}}{{.Full}}{{else}}{{.Body}}{{end}}</div>
{{range .Files}}<p>File: {{if .Path}}<a href="{{.Path}}">{{.Name}}</a>{{else}}{{.Name}} (its content is gone){{end}}</p>{{end}}{{end}}
`))
