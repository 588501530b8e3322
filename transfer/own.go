package transfer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/archive"
)

// format is the version of the lines of a file of Tenant.
const format = 1

// line is a line of a file of Tenant. Kind names the one field that is set.
type line struct {
	Kind         string                 `json:"kind"`
	Format       int                    `json:"format,omitempty"` // of kind "desk", the first line
	Setting      *setting               `json:"setting,omitempty"`
	Organisation *helpdesk.Organisation `json:"organisation,omitempty"`
	Customer     *helpdesk.Customer     `json:"customer,omitempty"`
	File         *part                  `json:"file,omitempty"`
	Ticket       json.RawMessage        `json:"ticket,omitempty"` // as [archive.AppendRecord] writes it
}

// setting is the current version of a setting.
type setting struct {
	Kind  helpdesk.SettingKind `json:"kind"`
	Key   string               `json:"key"`
	Value json.RawMessage      `json:"value"`
}

// part is a part of the content of an attachment. Parts stand in order before the ticket.
type part struct {
	ID   helpdesk.BlobID `json:"id"`
	Data []byte          `json:"data"`
}

// own reads a line of a file of Tenant. Such a line is done at once, but for tickets.
func (r *reader) own(ctx context.Context, n int, f *fields, text []byte) error {
	r.mu.Lock()
	r.result.Format = "desk"
	r.mu.Unlock()
	if r.only {
		return nil
	}
	var l line
	if err := json.Unmarshal(text, &l); err != nil {
		r.bad(n, "", &helpdesk.FieldError{Field: "row", Problem: err.Error()})
		return nil
	}
	var err error
	switch {
	case l.Kind == "desk" && l.Format == format:
		return nil
	case l.Kind == "desk":
		return fmt.Errorf("%w: format %d is not known", helpdesk.ErrInvalid, l.Format)
	case l.Kind == "setting" && l.Setting != nil:
		var saved bool
		if saved, err = r.save(ctx, l.Setting); saved && err == nil {
			r.added(func(s *Result) { s.Settings++ })
		}
	case l.Kind == "organisation" && l.Organisation != nil:
		err = r.addPeople(ctx, []helpdesk.Organisation{*l.Organisation}, nil)
	case l.Kind == "customer" && l.Customer != nil:
		err = r.addPeople(ctx, nil, []helpdesk.Customer{*l.Customer})
	case l.Kind == "file" && l.File != nil:
		return r.files.add(l.File)
	case l.Kind == "ticket" && l.Ticket != nil:
		return r.record(ctx, n, l.Ticket)
	default:
		err = &helpdesk.FieldError{Field: "kind", Problem: "is not known, or its content is not there"}
	}
	switch {
	case err == nil:
	case errors.Is(err, helpdesk.ErrInvalid), errors.Is(err, helpdesk.ErrConflict), errors.Is(err, helpdesk.ErrNotFound):
		r.mu.Lock()
		r.result.Failed++
		r.problem(n, "", err)
		r.mu.Unlock()
	default:
		return err
	}
	return nil
}

func (m *importer) added(add func(*Result)) {
	m.mu.Lock()
	add(&m.result)
	m.mu.Unlock()
}

func (r *reader) addPeople(ctx context.Context, organisations []helpdesk.Organisation, customers []helpdesk.Customer) error {
	n, err := r.desk.ImportPeople(ctx, organisations, customers)
	r.added(func(s *Result) { s.People += n })
	return err
}

// record hands a ticket of an archive's form to a worker, with the files that stood before it.
func (r *reader) record(ctx context.Context, n int, text []byte) error {
	files := r.files.take()
	one, err := archive.ParseRecord(text)
	if err != nil {
		files.close()
		r.bad(n, "", &helpdesk.FieldError{Field: "ticket", Problem: err.Error()})
		return nil
	}
	for _, m := range one.Messages {
		for _, a := range m.Attachments {
			if files.parts[a.ID] == nil {
				r.ignore("contents of attachments")
			}
		}
	}
	for i := range one.Messages {
		m := &one.Messages[i]
		m.Attachments = slices.DeleteFunc(m.Attachments, func(a helpdesk.Attachment) bool { return files.parts[a.ID] == nil })
	}
	r.put(ctx, job{line: n, done: files.close, in: helpdesk.Imported{
		Source: "helpdesk", External: string(one.Ticket.ID), Exact: true, Ticket: one.Ticket,
		Messages: one.Messages, Events: one.Events, Mails: one.Mails,
		Content: func(a helpdesk.Attachment) (io.ReadCloser, error) { return files.open(a.ID) },
	}})
	return nil
}

// The settings in a file of Tenant, in the order in which they are restored. Webhooks hold secrets
// and reach other programs, models hold customers' words: they are not among them.
const (
	settingTeam    helpdesk.SettingKind = "team"
	settingSLA     helpdesk.SettingKind = "sla"
	settingView    helpdesk.SettingKind = "view"
	settingNotices helpdesk.SettingKind = "notices"
)

var settingKinds = []helpdesk.SettingKind{
	settingTeam, helpdesk.SettingAgent, settingSLA, helpdesk.SettingPriorityRules, helpdesk.SettingCustomers, helpdesk.SettingMailTemplates,
	helpdesk.SettingMacro, settingView, settingNotices,
}

// save restores a setting by the method that checks it, unless the tenant has one of its key.
func (r *reader) save(ctx context.Context, s *setting) (saved bool, err error) {
	if !slices.Contains(settingKinds, s.Kind) {
		return false, &helpdesk.FieldError{Field: "setting", Problem: fmt.Sprintf("is of kind %q, which no file restores", short(string(s.Kind)))}
	}
	have, err := r.desk.Store().Settings(ctx, helpdesk.SettingQuery{Tenant: r.desk.Tenant(), Kind: s.Kind, Key: s.Key, Limit: 1})
	if err != nil || (len(have) > 0 && !have[0].Deleted) {
		return false, err
	}
	invalid := func(err error) error {
		return errors.Join(&helpdesk.FieldError{Field: "setting", Problem: err.Error()})
	}
	switch s.Kind {
	case helpdesk.SettingAgent:
		var a helpdesk.Agent
		if err := json.Unmarshal(s.Value, &a); err != nil {
			return false, invalid(err)
		}
		a.ID = helpdesk.AgentID(s.Key)
		if _, err = r.desk.SaveAgent(ctx, a); err == nil {
			err = r.roster(ctx)
		}
	case settingTeam:
		var t helpdesk.Team
		if err := json.Unmarshal(s.Value, &t); err != nil {
			return false, invalid(err)
		}
		t.ID = helpdesk.TeamID(s.Key)
		_, err = r.desk.SaveTeam(ctx, t)
	case settingSLA:
		_, err = r.desk.SaveSLA(ctx, s.Value)
	case helpdesk.SettingPriorityRules:
		_, err = r.desk.SavePriorityRules(ctx, s.Value)
	case settingView:
		var views []helpdesk.View
		if err := json.Unmarshal(s.Value, &views); err != nil {
			return false, invalid(err)
		}
		err = r.desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: s.Key}).SaveViews(ctx, views)
		if errors.Is(err, helpdesk.ErrForbidden) { // of an agent who has left
			return false, nil
		}
	case settingNotices:
		var ways map[helpdesk.NoticeKind]helpdesk.NoticeWay
		if err := json.Unmarshal(s.Value, &ways); err != nil {
			return false, invalid(err)
		}
		err = r.desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: s.Key}).SaveNoticeWays(ctx, "", ways)
		if errors.Is(err, helpdesk.ErrForbidden) {
			return false, nil
		}
	default:
		_, err = r.desk.EditSetting(ctx, s.Kind, s.Key, func(helpdesk.Setting) (json.RawMessage, error) { return s.Value, nil })
	}
	return err == nil, err
}

// spool keeps the contents of the next ticket's files in temporary files.
type spool struct{ parts map[helpdesk.BlobID]*os.File }

// mostSpooled is how many files a ticket may have.
const mostSpooled = 5000

func (s *spool) add(p *part) error {
	if s.parts == nil {
		s.parts = map[helpdesk.BlobID]*os.File{}
	}
	f := s.parts[p.ID]
	if f == nil {
		if len(s.parts) >= mostSpooled {
			return fmt.Errorf("%w: a ticket has more than %d files", helpdesk.ErrInvalid, mostSpooled)
		}
		var err error
		if f, err = os.CreateTemp("", "transfer-*"); err != nil {
			return err
		}
		s.parts[p.ID] = f
	}
	_, err := f.Write(p.Data)
	return err
}

// take returns the files so far as a spool of their own.
func (s *spool) take() *spool {
	own := &spool{s.parts}
	s.parts = nil
	return own
}

func (s *spool) open(id helpdesk.BlobID) (io.ReadCloser, error) {
	f := s.parts[id]
	if f == nil {
		return nil, helpdesk.ErrNotFound
	}
	return os.Open(f.Name())
}

func (s *spool) close() {
	for _, f := range s.parts {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
	s.parts = nil
}
