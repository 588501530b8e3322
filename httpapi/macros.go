package httpapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/macro"
)

// Macro is a text that agents send again and again.
type Macro struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Body    string `json:"body" doc:"With placeholders: {{customer}}, {{ref}}, {{subject}}, {{agent}}"`
	Version int64  `json:"version" doc:"The ETag, for If-Match"`
}

func macroOf(m macro.Macro) Macro { return Macro{m.ID, m.Name, m.Body, m.Version} }

type macrosOutput struct {
	Body struct {
		Macros []Macro `json:"macros" nullable:"false" doc:"By name"`
	}
}

func (h *Handler) macros(ctx context.Context, c *call, _ *struct{}) (*macrosOutput, error) {
	macros, err := macro.Of(c.desk).List(ctx)
	if err != nil {
		return nil, err
	}
	out := &macrosOutput{}
	out.Body.Macros = []Macro{}
	for _, m := range macros {
		out.Body.Macros = append(out.Body.Macros, macroOf(m))
	}
	return out, nil
}

type newMacro struct {
	Name string `json:"name"`
	Body string `json:"body" doc:"Plain text, with placeholders: {{customer}}, {{ref}}, {{subject}}, {{agent}}"`
}

type macroInput struct {
	Macro   string `path:"macro" doc:"The macro's id, which is the admin's to choose"`
	IfMatch string `header:"If-Match" doc:"The ETag of the macro to replace; without it only a new macro is added" example:"\"3\""`
	Body    newMacro
}

type macroOutput struct {
	ETag string `header:"ETag"`
	Body Macro
}

func (h *Handler) saveMacro(ctx context.Context, c *call, in *macroInput) (*macroOutput, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	m := macro.Macro{ID: in.Macro, Name: in.Body.Name, Body: in.Body.Body}
	if m.Version, err = parseVersion(in.IfMatch); err == nil {
		m, err = macro.Of(d).Save(ctx, m)
	}
	if err != nil {
		return nil, err
	}
	return &macroOutput{versionTag(m.Version), macroOf(m)}, nil
}

type macroID struct {
	Macro   string `path:"macro" doc:"The macro's id"`
	IfMatch string `header:"If-Match" doc:"The ETag of the macro: it stays, and the answer is 412, if it has changed since" example:"\"3\""`
}

func (h *Handler) removeMacro(ctx context.Context, c *call, in *macroID) (*struct{}, error) {
	d, err := c.ifVersion(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return nil, macro.Of(d).Remove(ctx, in.Macro)
}

type fillInput struct {
	ID    string `path:"id" doc:"Id or reference"`
	Macro string `path:"macro" doc:"The macro's id"`
}

type fillOutput struct {
	Body struct {
		Text string `json:"text" doc:"The macro with its placeholders filled in, for a reply or a note of the caller's"`
	}
}

// fill changes nothing: the text is the caller's to send.
func (h *Handler) fill(ctx context.Context, c *call, in *fillInput) (*fillOutput, error) {
	macros, err := macro.Of(c.desk).List(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(macros, func(m macro.Macro) bool { return m.ID == in.Macro })
	if i < 0 {
		return nil, fmt.Errorf("read macro %q: %w", in.Macro[:min(len(in.Macro), 100)], helpdesk.ErrNotFound)
	}
	id, err := c.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	t, err := c.desk.Ticket(ctx, id)
	if err != nil {
		return nil, err
	}
	me, err := c.name(ctx)
	if err != nil {
		return nil, err
	}
	out := &fillOutput{}
	out.Body.Text = macros[i].Fill(t, me)
	return out, nil
}

// name is what the acting agent is called: as in the roster, else as the host says.
func (c *call) name(ctx context.Context) (string, error) {
	agents, err := c.desk.Agents(ctx)
	for _, a := range agents {
		if string(a.ID) == c.actor.ID {
			return a.Name, err
		}
	}
	return cmp.Or(c.actor.Name, c.actor.ID), err
}

// View is a list of tickets that an agent has saved.
type View struct {
	Name  string `json:"name"`
	Query string `json:"query" doc:"Filters as in the query of an address"`
}

type viewsBody struct {
	Views []View `json:"views" nullable:"false" maxItems:"30" doc:"In their order"`
}

type viewsInput struct{ Body viewsBody }

type viewsOutput struct{ Body viewsBody }

func (h *Handler) views(ctx context.Context, c *call, _ *struct{}) (*viewsOutput, error) {
	views, err := c.desk.Views(ctx)
	if err != nil {
		return nil, err
	}
	out := &viewsOutput{viewsBody{[]View{}}}
	for _, v := range views {
		out.Body.Views = append(out.Body.Views, View(v))
	}
	return out, nil
}

func (h *Handler) saveViews(ctx context.Context, c *call, in *viewsInput) (*viewsOutput, error) {
	views := []helpdesk.View{}
	for _, v := range in.Body.Views {
		views = append(views, helpdesk.View(v))
	}
	if err := c.desk.SaveViews(ctx, views); err != nil {
		return nil, err
	}
	return &viewsOutput{in.Body}, nil
}

// outdated reports a conflict with the version in If-Match, for a setting that checks its version
// itself.
func (c *call) outdated(err error, fields []*helpdesk.FieldError) bool {
	return c.conditional && errors.Is(err, helpdesk.ErrConflict) && len(fields) == 1 && fields[0].Field == "version"
}
