package httpapi

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/helpdesk-go/helpdesk/transfer"
)

type exportListInput struct {
	TicketFilter
	Sort string `query:"sort" doc:"newest, oldest, urgency or due; the last two are for staff" default:"newest"`
}

// exportList streams a list as CSV. What is wrong with the request shows at the first ticket, before
// the answer begins.
func (h *Handler) exportList(ctx context.Context, c *call, in *exportListInput) (*huma.StreamResponse, error) {
	q, err := in.ordered(h, c, in.Sort)
	if err != nil {
		return nil, err
	}
	q.Limit = 1
	if _, err := c.page(ctx, in.Q, q); err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", csvFormat)
		hc.SetHeader("Content-Disposition", `attachment; filename="tickets.csv"`)
		hc.SetHeader("Cache-Control", "no-store")
		if err := transfer.List(ctx, c.desk, hc.BodyWriter(), in.Q, q, c.actor.Role); err != nil {
			h.cfg.Logger.WarnContext(ctx, "httpapi: list cut off", "error", err)
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

type exportPersonInput struct {
	Body struct {
		Email string `json:"email" doc:"A mail address of the person"`
	}
}

// exportPerson answers with the data of a person.
func (h *Handler) exportPerson(ctx context.Context, c *call, in *exportPersonInput) (*huma.StreamResponse, error) {
	f, err := transfer.PersonZip(ctx, c.desk, in.Body.Email, &transfer.PersonConfig{Archive: h.cfg.Archive})
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer f.Close()
		hc.SetHeader("Content-Type", "application/zip")
		hc.SetHeader("Content-Disposition", `attachment; filename="person.zip"`)
		hc.SetHeader("Content-Length", strconv.FormatInt(f.Size, 10))
		hc.SetHeader("Cache-Control", "no-store")
		if _, err := io.Copy(hc.BodyWriter(), f); err != nil {
			h.cfg.Logger.WarnContext(ctx, "httpapi: data of a person cut off", "error", err)
			panic(http.ErrAbortHandler)
		}
	}}, nil
}
