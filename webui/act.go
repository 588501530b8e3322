package webui

import (
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/helpdesk-go/helpdesk"
)

// command returns what a form wants done to tickets.
func (v *visit) command(f url.Values) (func(*helpdesk.Desk, helpdesk.TicketID) error, error) {
	ctx, value := v.ctx, strings.TrimSpace(f.Get("value"))
	done := func(_ *helpdesk.Ticket, err error) error { return err }
	switch action := f.Get("action"); action {
	case "take":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Take(ctx, id)) }, nil
	case "assign":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error {
			return done(d.Reassign(ctx, id, helpdesk.AgentID(value)))
		}, nil
	case "decline":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Decline(ctx, id, value)) }, nil
	case "resolve":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Resolve(ctx, id, value)) }, nil
	case "reopen":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Reopen(ctx, id)) }, nil
	case "escalate":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Escalate(ctx, id, value)) }, nil
	case "wait":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error {
			return done(d.SetStatus(ctx, id, helpdesk.StatusWaiting))
		}, nil
	case "close":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error {
			return done(d.SetStatus(ctx, id, helpdesk.StatusClosed))
		}, nil
	case "category":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error {
			return done(d.SetCategory(ctx, id, helpdesk.Category(value)))
		}, nil
	case "priority":
		p, err := helpdesk.ParsePriority(value)
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.SetPriority(ctx, id, p)) }, err
	case "tags":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.SetTags(ctx, id, tagsOf(value))) }, nil
	case "tag":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return addTags(ctx, d, id, tagsOf(value)) }, nil
	case "merge":
		into, err := v.find(value)
		if errors.Is(err, helpdesk.ErrNotFound) {
			err = &helpdesk.FieldError{Field: "into", Problem: "is no ticket"}
		}
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Merge(ctx, id, into.ID)) }, err
	default:
		return nil, &helpdesk.FieldError{Field: "action", Problem: fmt.Sprintf("%q is not known", action)}
	}
}

func tagsOf(s string) []string {
	var tags []string
	for _, t := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if t = strings.TrimSpace(t); t != "" {
			tags = append(tags, t)
		}
	}
	return tags
}

func addTags(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID, tags []string) error {
	t, err := d.Ticket(ctx, id)
	if err == nil {
		_, err = d.SetTags(ctx, id, append(t.Tags, tags...))
	}
	return err
}

// act does one thing to a ticket.
func (w *workspace) act(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	t, err := v.find(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	do, err := v.command(v.r.PostForm)
	if err != nil {
		return err
	}
	if err := do(v.desk, t.ID); err != nil {
		return err
	}
	if v.r.PostForm.Get("action") == "merge" {
		if t, err = v.desk.Ticket(v.ctx, t.ID); err != nil {
			return err
		}
		return v.see("tickets/" + string(t.MergedInto))
	}
	return v.see("tickets/" + t.Ref)
}

// reply sends a public answer. When somebody else has written meanwhile it is not sent: both texts are shown.
func (w *workspace) reply(v *visit) error {
	return v.write(func(d *helpdesk.Desk, id helpdesk.TicketID, body, key string, files []helpdesk.File) error {
		_, err := d.Reply(v.ctx, id, helpdesk.ReplyParams{Body: body, Waiting: v.r.PostForm.Get("then") == "wait", IdempotencyKey: key, Files: files})
		if err == nil && v.r.PostForm.Get("then") == "resolve" {
			_, err = d.IfVersion(0).Resolve(v.ctx, id, body)
		}
		return err
	})
}

// note keeps an internal note.
func (w *workspace) note(v *visit) error {
	return v.write(func(d *helpdesk.Desk, id helpdesk.TicketID, body, _ string, _ []helpdesk.File) error {
		_, err := d.IfVersion(0).Note(v.ctx, id, body)
		return err
	})
}

// write adds what the viewer has written, unless the conversation has moved on since the page was read.
func (v *visit) write(send func(d *helpdesk.Desk, id helpdesk.TicketID, body, key string, files []helpdesk.File) error) error {
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	body := strings.TrimSpace(strings.ReplaceAll(f.Get("body"), "\r\n", "\n"))
	for range 3 {
		t, err := v.find(v.r.PathValue("id"))
		if err != nil {
			return err
		}
		if seen := f.Get("seen"); seen != "" {
			news, err := v.since(t.ID, seen)
			if err != nil {
				return err
			}
			if len(news) > 0 {
				return v.showTicket(http.StatusConflict, t, draft{Body: body, Conflict: true})
			}
		}
		if body == "" {
			return v.showTicket(http.StatusUnprocessableEntity, t, draft{Problem: v.T("write.empty")})
		}
		err = send(v.desk.IfVersion(t.Version), t.ID, body, f.Get("key"), files(v.r.MultipartForm))
		switch {
		case errors.Is(err, helpdesk.ErrConflict) && helpdesk.Fields(err) == nil:
			continue // look whether it was a message
		case errors.Is(err, helpdesk.ErrInvalid):
			return v.showTicket(http.StatusUnprocessableEntity, t, draft{Body: body, Problem: strings.Join(v.problems(err), "; ")})
		case err != nil:
			return err
		}
		return v.see("tickets/" + t.Ref + "#latest")
	}
	return helpdesk.ErrConflict
}

// since returns the public messages of others after the one that was last seen.
func (v *visit) since(id helpdesk.TicketID, seen string) ([]helpdesk.Message, error) {
	th, err := v.desk.Thread(v.ctx, id)
	if err != nil {
		return nil, err
	}
	var news []helpdesk.Message
	found := false
	for _, m := range th.Messages {
		if found && m.Kind.Public() && m.By.ID != v.who.ID {
			news = append(news, m)
		}
		found = found || m.ID == seen
	}
	return news, nil
}

// files are those of a form's field "file".
func files(f *multipart.Form) []helpdesk.File {
	if f == nil {
		return nil
	}
	var list []helpdesk.File
	for _, h := range f.File["file"] {
		if h.Filename == "" && h.Size == 0 {
			continue
		}
		list = append(list, fileOf(h))
	}
	return list
}
