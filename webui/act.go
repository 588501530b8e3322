package webui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// command returns what a form wants done to tickets.
func (v *visit) command(f url.Values) (func(*helpdesk.Desk, helpdesk.TicketID) error, error) {
	ctx, value := v.ctx, strings.TrimSpace(f.Get("value"))
	if slices.Contains([]string{"assign", "category", "tags", "subject", "language", "customer"}, f.Get("action")) && !f.Has("value") {
		return nil, &helpdesk.FieldError{Field: "value", Problem: "is missing"} // an empty one takes away what is there
	}
	done := func(_ *helpdesk.Ticket, err error) error { return err }
	edit := func(e helpdesk.TicketEdit) func(*helpdesk.Desk, helpdesk.TicketID) error {
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Edit(ctx, id, e)) }
	}
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
	case "links":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.EndLinks(ctx, id)) }, nil
	case "accept":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.AcceptSender(ctx, id)) }, nil
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
	case "subject":
		return edit(helpdesk.TicketEdit{Subject: &value}), nil
	case "language":
		return edit(helpdesk.TicketEdit{Language: &value}), nil
	case "customer":
		c := contactOf(value)
		return edit(helpdesk.TicketEdit{Customer: &c}), nil
	case "cc", "uncc", "follow", "unfollow":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return editPeople(ctx, d, id, action, value) }, nil
	case "tags":
		if !f.Has("was") {
			return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.SetTags(ctx, id, tagsOf(value))) }, nil
		}
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error {
			return editTags(ctx, d, id, tagsOf(f.Get("was")), tagsOf(value))
		}, nil
	case "tag":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return editTags(ctx, d, id, nil, tagsOf(value)) }, nil
	case "merge":
		into, err := v.findTyped(value)
		if errors.Is(err, helpdesk.ErrNotFound) {
			err = &helpdesk.FieldError{Field: "into", Problem: "is no ticket"}
		}
		var opts []helpdesk.MergeOption
		if f.Has("join") {
			opts = append(opts, helpdesk.JoinCustomer)
		}
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Merge(ctx, id, into.ID, opts...)) }, err
	case "split":
		p := helpdesk.SplitParams{Messages: f["message"], Subject: value}
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Split(ctx, id, p)) }, nil
	case "link", "unlink":
		kind := helpdesk.LinkKind(f.Get("kind"))
		other := helpdesk.TicketID(f.Get("other")) // of a button; it may be in an archive
		if action == "unlink" {
			return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Unlink(ctx, id, kind, other)) }, nil
		}
		t, err := v.findTyped(value)
		if errors.Is(err, helpdesk.ErrNotFound) {
			err = &helpdesk.FieldError{Field: "ticket", Problem: "is no ticket"}
		}
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Link(ctx, id, kind, t.ID)) }, err
	case "unmerge":
		return func(d *helpdesk.Desk, id helpdesk.TicketID) error { return done(d.Unmerge(ctx, id)) }, nil
	default:
		return nil, &helpdesk.FieldError{Field: "action", Problem: fmt.Sprintf("%.40q is not known", action)}
	}
}

// contactOf reads a person as it is typed: "kim@example.com" or "Kim Lee <kim@example.com>".
func contactOf(s string) helpdesk.Contact {
	if name, address, ok := strings.Cut(s, "<"); ok {
		return helpdesk.Contact{Name: strings.Trim(strings.TrimSpace(name), `"`), Email: strings.TrimSuffix(strings.TrimSpace(address), ">")}
	}
	return helpdesk.Contact{Email: s}
}

// editPeople adds somebody to the participants of a ticket, or takes somebody away, and leaves the
// others as they are, whoever changes them meanwhile.
func editPeople(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID, action, value string) error {
	for try := 1; ; try++ {
		t, err := d.Ticket(ctx, id)
		if err != nil {
			return err
		}
		var e helpdesk.TicketEdit
		cc, followers := slices.Clone(t.Cc), slices.Clone(t.Followers)
		switch action {
		case "cc":
			cc = append(cc, contactOf(value))
			e.Cc = &cc
		case "uncc":
			cc = slices.DeleteFunc(cc, func(c helpdesk.Contact) bool { return c.Email == value })
			e.Cc = &cc
		case "follow":
			followers = append(followers, helpdesk.AgentID(value))
			e.Followers = &followers
		case "unfollow":
			followers = slices.DeleteFunc(followers, func(a helpdesk.AgentID) bool { return string(a) == value })
			e.Followers = &followers
		}
		if _, err = d.IfVersion(t.Version).Edit(ctx, id, e); !errors.Is(err, helpdesk.ErrConflict) || try == writeTries {
			return err
		}
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

// editTags applies the viewer's edit of the tags on the page to the tags that the ticket has now,
// so that two people who edit at once undo nothing of each other's.
func editTags(ctx context.Context, d *helpdesk.Desk, id helpdesk.TicketID, was, typed []string) error {
	in := func(list []string, tag string) bool {
		return slices.ContainsFunc(list, func(t string) bool { return strings.EqualFold(t, tag) })
	}
	for try := 1; ; try++ {
		t, err := d.Ticket(ctx, id)
		if err != nil {
			return err
		}
		tags := slices.DeleteFunc(slices.Clone(t.Tags), func(tag string) bool { return in(was, tag) && !in(typed, tag) })
		for _, tag := range typed {
			if !in(was, tag) {
				tags = append(tags, tag)
			}
		}
		if _, err = d.IfVersion(t.Version).SetTags(ctx, id, tags); !errors.Is(err, helpdesk.ErrConflict) || try == writeTries {
			return err
		}
	}
}

// act does one thing to a ticket.
func (w *workspace) act(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	action, value := f.Get("action"), f.Get("value")
	for try := 1; ; try++ {
		th, err := v.findThread(v.r.PathValue("id"))
		if err != nil {
			return err
		}
		t := th.Ticket
		if v.again(th, action, value) {
			return v.seeDone(t, action)
		}
		do, err := v.command(f)
		if err == nil {
			err = do(v.desk.IfVersion(t.Version), t.ID)
		}
		if errors.Is(err, helpdesk.ErrConflict) && helpdesk.Fields(err) == nil && try < writeTries {
			continue // it may have been the same button
		}
		if err != nil {
			return v.refused(t, action, value, err)
		}
		if th, err = v.desk.Thread(v.ctx, t.ID); errors.Is(err, helpdesk.ErrNotFound) {
			return v.seeLeft()
		}
		if err != nil {
			return err
		}
		if v.did(th.Events, 0, deeds[action]...) == nil {
			action = "same"
		}
		return v.seeDone(th.Ticket, action)
	}
}

// seeDone sends the browser to a ticket, or to the one that it was merged into, which says what was
// done.
func (v *visit) seeDone(t *helpdesk.Ticket, deed string) error {
	scope, err := v.scope()
	if err != nil {
		return err
	}
	if !scope.Has(t) {
		return v.seeLeft()
	}
	to := t.Ref
	if deed == "merge" && t.MergedInto != "" {
		to = string(t.MergedInto)
	}
	end := ""
	if deed == "reply" || deed == "note" || deed == "released" {
		end = "#latest"
	}
	return v.see("tickets/" + to + "?done=" + v.told(deed) + end)
}

// seeLeft sends the browser to the list of tickets, which says that the viewer does not see the
// ticket of a finished command any more.
func (v *visit) seeLeft() error { return v.see("?done=" + v.told("left")) }

// twice is how fast the same form may come again and still be the same click.
const twice = 10 * time.Second

// again reports whether the viewer has just done the same and sees it on the page only now: a
// button was pressed twice.
func (v *visit) again(th *helpdesk.Thread, action, value string) bool {
	value = strings.TrimSpace(value)
	switch t := th.Ticket; action {
	case "resolve":
		return t.Status == helpdesk.StatusResolved && t.Resolution == value && v.did(th.Events, toldFor, helpdesk.EventResolved) != nil
	case "reopen":
		return t.Status.Open() && v.did(th.Events, toldFor, helpdesk.EventReopened) != nil
	case "merge":
		into, err := v.findTyped(value)
		return err == nil && t.MergedInto == into.ID
	case "unmerge":
		e := v.did(th.Events, toldFor, helpdesk.EventUnmerged)
		return t.MergedInto == "" && e != nil && e.From == string(t.ID)
	case "links":
		return v.did(th.Events, twice, helpdesk.EventLinksEnded) != nil
	case "decline":
		e := v.did(th.Events, twice, helpdesk.EventUnassigned)
		return e != nil && string(t.Assignee) != v.who.ID && e.To == "declined: "+value
	case "escalate":
		e := v.did(th.Events, twice, helpdesk.EventEscalated)
		var why helpdesk.EscalationData
		return e != nil && json.Unmarshal(e.Data, &why) == nil && why.Reason == value
	}
	return false
}

// reply sends a public answer. If somebody else has written meanwhile, it is not sent, and both
// texts are shown.
func (w *workspace) reply(v *visit) error {
	return v.write("reply", func(d *helpdesk.Desk, t *helpdesk.Ticket, p helpdesk.ReplyParams, said bool) (err error) {
		then := v.r.PostForm.Get("then")
		p.Waiting = then == "wait"
		if v.r.PostForm.Has("choose_cc") { // the page has a choice
			p.Cc = append([]string{}, v.r.PostForm["cc"]...)
		}
		if p.Resolve = then == "resolve"; p.Resolve {
			p.Resolution = text(v.r.PostForm, "note")
		}
		switch {
		case !said:
			_, err = d.Reply(v.ctx, t.ID, p)
		case p.Waiting:
			_, err = d.SetStatus(v.ctx, t.ID, helpdesk.StatusWaiting) // the first time it was another button
		case p.Resolve && t.Status.Open():
			_, err = d.Resolve(v.ctx, t.ID, p.Resolution)
		}
		return err
	})
}

// note keeps an internal note.
func (w *workspace) note(v *visit) error {
	return v.write("note", func(d *helpdesk.Desk, t *helpdesk.Ticket, p helpdesk.ReplyParams, said bool) (err error) {
		if !said {
			_, err = d.Note(v.ctx, t.ID, p.Body)
		}
		return err
	})
}

// writeTries is how often a text is tried against other people who change the ticket at the same
// moment.
const writeTries = 8

// write adds the viewer's text, unless the conversation has moved on since the page was read. send
// learns whether the same text was sent already since then: its button was pressed twice, or in two
// tabs.
func (v *visit) write(deed string, send func(d *helpdesk.Desk, t *helpdesk.Ticket, p helpdesk.ReplyParams, said bool) error) error {
	if err := v.form(); err != nil {
		return err
	}
	f := v.r.PostForm
	p := helpdesk.ReplyParams{Body: text(f, "body"), IdempotencyKey: f.Get("key"), Files: files(v.r.MultipartForm)}
	for try := 1; ; try++ {
		t, err := v.find(v.r.PathValue("id"))
		if err != nil {
			return err
		}
		again := func(status int, d draft) error {
			d.Lost, d.Note = len(p.Files) > 0, text(f, "note")
			if f.Has("choose_cc") {
				d.Cc = append([]string{}, f["cc"]...)
			}
			return v.showTicket(status, t, d, tried{})
		}
		news, err := v.since(t.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(news, func(m helpdesk.Message) bool { return m.Kind.Public() && m.By.ID != v.who.ID }) {
			return again(http.StatusConflict, draft{Body: p.Body, Conflict: true})
		}
		if p.Body == "" {
			return again(http.StatusUnprocessableEntity, draft{Problem: v.T("write.empty")})
		}
		if deed == "note" && len(p.Files) > 0 { // the form is the same as that of a reply
			return again(http.StatusUnprocessableEntity, draft{Body: p.Body, Problem: v.T("write.files")})
		}
		said := len(p.Files) == 0 && slices.ContainsFunc(news, func(m helpdesk.Message) bool {
			return m.By.ID == v.who.ID && m.Kind.Public() == (deed == "reply") && m.Body == p.Body && v.now.Sub(m.At) <= toldFor
		})
		err = send(v.desk.IfVersion(t.Version), t, p, said)
		status, problems := v.obstacle(err)
		switch {
		case err == nil:
			return v.seeDone(t, deed)
		case errors.Is(err, helpdesk.ErrConflict) && helpdesk.Fields(err) == nil && try < writeTries:
			continue // look whether it was a message
		case errors.Is(err, helpdesk.ErrConflict) && helpdesk.Fields(err) != nil:
			return again(status, draft{Body: p.Body, Problem: v.T("write.twice")})
		case problems != nil:
			return again(status, draft{Body: p.Body, Problem: sentence(problems)})
		}
		return err
	}
}

// since returns the messages after the last one on the page of a form; none if the form does not
// name that one.
func (v *visit) since(id helpdesk.TicketID) ([]helpdesk.Message, error) {
	th, err := v.desk.Thread(v.ctx, id)
	if err != nil || !v.r.PostForm.Has("seen") {
		return nil, err
	}
	seen := v.r.PostForm.Get("seen")
	last := slices.IndexFunc(th.Messages, func(m helpdesk.Message) bool { return m.ID == seen })
	if last < 0 && seen != "" {
		return nil, nil
	}
	return th.Messages[last+1:], nil
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
