package httpapi

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/helpdesk-go/helpdesk"
)

// newFile is an attachment on its way in. Its content counts towards Config.MaxBody.
type newFile struct {
	Name    string  `json:"name"`
	Type    string  `json:"type,omitempty" doc:"Such as image/png"`
	Content content `json:"content" doc:"In base64; empty for an empty file"`
}

// content is bytes in base64. The schema that huma has for bytes refuses an empty text.
type content []byte

// Schema implements [huma.SchemaProvider].
func (content) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "byte", Pattern: `^[A-Za-z0-9+/]*={0,2}$`, PatternDescription: "base64"}
}

func filesOf(list []newFile) []helpdesk.File {
	var files []helpdesk.File
	for _, f := range list {
		files = append(files, helpdesk.File{Name: f.Name, Type: f.Type, Size: int64(len(f.Content)), Open: func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(f.Content)), nil
		}})
	}
	return files
}

type attachmentInput struct {
	ID   string `path:"id" doc:"The ticket's id or reference"`
	File string `path:"file" doc:"The attachment's id"`
}

func (h *Handler) attachment(ctx context.Context, c *call, in *attachmentInput) (*huma.StreamResponse, error) {
	id, err := c.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	a, r, err := c.desk.Attachment(ctx, id, helpdesk.BlobID(in.File))
	if err != nil {
		return nil, err
	}
	return h.stream(a, r), nil
}

type mailFileInput struct {
	ID   string `path:"id" doc:"The mail's id"`
	File string `path:"file" doc:"The file's id"`
}

func (h *Handler) mailFile(ctx context.Context, c *call, in *mailFileInput) (*huma.StreamResponse, error) {
	a, r, err := c.desk.MailFile(ctx, in.ID, helpdesk.BlobID(in.File))
	if err != nil {
		return nil, err
	}
	return h.stream(a, r), nil
}

// shown are the types that a browser may show. It saves all others: a stranger's file must not run
// as a page of the host.
var shown = []string{"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"}

// stream answers the content of a file.
func (h *Handler) stream(a helpdesk.Attachment, r io.ReadCloser) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer r.Close()
		kind, how := "application/octet-stream", "attachment"
		if slices.Contains(shown, a.Type) {
			kind, how = a.Type, "inline"
		}
		disposition := mime.FormatMediaType(how, map[string]string{"filename": a.Name})
		if disposition == "" {
			disposition = how
		}
		ctx.SetHeader("Content-Type", kind)
		ctx.SetHeader("Content-Disposition", disposition)
		ctx.SetHeader("Content-Length", strconv.FormatInt(a.Size, 10))
		ctx.SetHeader("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
		if n, err := io.Copy(ctx.BodyWriter(), r); err != nil || n != a.Size {
			h.cfg.Logger.WarnContext(ctx.Context(), "httpapi: attachment cut off", "attachment", a.ID, "sent", n, "size", a.Size, "error", err)
			panic(http.ErrAbortHandler)
		}
	}}
}
