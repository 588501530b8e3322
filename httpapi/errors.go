package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"github.com/helpdesk-go/helpdesk"
)

// problem is the one place where an error becomes an answer.
func (h *Handler) problem(ctx context.Context, c *call, err error) *huma.ErrorModel {
	var own *huma.ErrorModel
	var move *helpdesk.TransitionError
	fields := helpdesk.Fields(err)
	status, detail := http.StatusInternalServerError, strings.ReplaceAll(strings.TrimPrefix(err.Error(), "helpdesk: "), "\n", "; ")
	switch {
	case errors.As(err, &own):
		return own
	case errors.Is(err, helpdesk.ErrNotFound) && len(fields) == 0:
		status = http.StatusNotFound
	case errors.Is(err, helpdesk.ErrForbidden):
		status = http.StatusForbidden
	case errors.As(err, &move):
		status, detail = http.StatusConflict, move.Error()
	case c.outdated(err, fields):
		status, detail, fields = http.StatusPreconditionFailed, "it has changed: If-Match is not its version any more", nil
	case errors.Is(err, helpdesk.ErrConflict) && len(fields) > 0:
		status = http.StatusConflict // an idempotency key used for something else
	case errors.Is(err, helpdesk.ErrConflict) && c.conditional:
		status, detail = http.StatusPreconditionFailed, "it has changed: If-Match is not its version any more"
	case errors.Is(err, helpdesk.ErrConflict):
		status, detail = http.StatusConflict, "somebody else changed the same at the same time: read again and try again"
	case errors.Is(err, helpdesk.ErrCapacity):
		status, detail = http.StatusConflict, "the agent has no room for another ticket"
	case errors.Is(err, helpdesk.ErrInvalid) || len(fields) > 0:
		status = http.StatusUnprocessableEntity
	case ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled):
		// A driver may have words of its own for it.
		status, detail = http.StatusServiceUnavailable, "the request was given up before it was done"
	default:
		h.cfg.Logger.ErrorContext(ctx, "httpapi: internal error",
			"request_id", requestID(ctx), "operation", c.op.OperationID, "err", err)
		detail = internal(ctx)
	}
	p := &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: detail}
	for _, f := range fields {
		p.Errors = append(p.Errors, &huma.ErrorDetail{Location: c.locate(f.Field), Message: f.Problem})
	}
	return p
}

// internal is all that a client learns of an error of ours.
func internal(ctx context.Context) string {
	return "something went wrong here; the log has it under request id " + requestID(ctx)
}

// locate says where in the request a field of the desk's stands.
func (c *call) locate(field string) string {
	switch {
	case field == "agent" && c.op.OperationID == "change-ticket":
		return "body.assigned_to"
	case field == "idempotency_key":
		return "header.Idempotency-Key"
	case c.op.RequestBody != nil:
		return "body." + field
	case c.op.Method == http.MethodGet && field == "customer":
		return "query.customer_email"
	case c.op.Method == http.MethodGet:
		return "query." + field
	}
	return field
}

// tidy is a huma.Transformer. It takes from huma's own errors the echo of what was sent, which
// may be the whole body, and gives a missing property its place.
func tidy(_ huma.Context, _ string, v any) (any, error) {
	p, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	for _, e := range p.Errors {
		if e == nil {
			continue
		}
		e.Value = nil
		var name string
		if n, _ := fmt.Sscanf(e.Message, validation.MsgExpectedRequiredProperty, &name); n == 1 {
			e.Location += "." + name
		}
	}
	return p, nil
}

// writeProblem answers what went wrong before or after huma had a say.
func writeProblem(w http.ResponseWriter, status int, detail string, errs ...*huma.ErrorDetail) {
	p := &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: detail, Errors: errs}
	w.Header().Set("Content-Type", p.ContentType("application/json"))
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(p)
}

// refuse returns the error of input that the desk never gets to see, at a location of the request.
func refuse(location, problem string) error {
	name := location[strings.LastIndexByte(location, '.')+1:]
	return &huma.ErrorModel{
		Status: http.StatusUnprocessableEntity, Title: http.StatusText(http.StatusUnprocessableEntity),
		Detail: name + " " + problem, Errors: []*huma.ErrorDetail{{Location: location, Message: problem}},
	}
}
