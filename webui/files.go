package webui

import (
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/email"
)

func fileOf(h *multipart.FileHeader) helpdesk.File {
	return helpdesk.File{Name: h.Filename, Type: h.Header.Get("Content-Type"), Size: h.Size, Open: func() (io.ReadCloser, error) { return h.Open() }}
}

// shown are the types a browser may show; all others are saved.
var shown = []string{"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"}

// file serves an attachment.
func (w *workspace) file(v *visit) error {
	t, err := v.find(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	return v.sendFile(v.desk.Attachment(v.ctx, t.ID, v.fileID()))
}

// fileID is the file that the address names.
func (v *visit) fileID() helpdesk.BlobID { return helpdesk.BlobID(v.r.PathValue("file")) }

// sendFile streams what a method of the Desk has returned.
func (v *visit) sendFile(a helpdesk.Attachment, r io.ReadCloser, err error) error {
	if err != nil {
		return err
	}
	defer r.Close()
	v.stream(a, r)
	return nil
}

// stream writes a file that a stranger may have sent: never as a page of the host's.
func (v *visit) stream(a helpdesk.Attachment, r io.Reader) {
	kind, how := "application/octet-stream", "attachment"
	if slices.Contains(shown, a.Type) {
		kind, how = a.Type, "inline"
	}
	disposition := mime.FormatMediaType(how, map[string]string{"filename": a.Name})
	if disposition == "" {
		disposition = how
	}
	h := v.rw.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", disposition)
	h.Set("Content-Length", strconv.FormatInt(a.Size, 10))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'self'")
	if _, err := io.Copy(v.rw, r); err != nil {
		v.w.cfg.Logger.WarnContext(v.ctx, "webui: attachment cut off", "attachment", a.ID, "error", err)
	}
}

// messageHTML serves a mail's HTML, sanitised, as a page of its own for a sandboxed frame. Pictures
// from elsewhere tell their senders that the mail was read. They are left out until the viewer asks
// for them.
func (w *workspace) messageHTML(v *visit) error {
	t, err := v.find(v.r.PathValue("id"))
	if err != nil {
		return err
	}
	th, err := v.desk.Thread(v.ctx, t.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(th.Messages, func(m helpdesk.Message) bool { return m.ID == v.r.PathValue("message") })
	if at < 0 || th.Messages[at].HTML == "" {
		return helpdesk.ErrNotFound
	}
	m := th.Messages[at]
	remote := v.r.URL.Query().Get("pictures") == "1"
	text := email.SanitizeHTML(m.HTML, &email.SanitizeConfig{RemoteImages: remote, CID: func(id string) (string, bool) {
		for _, a := range m.Attachments {
			if strings.EqualFold(a.ContentID, id) && strings.HasPrefix(a.Type, "image/") {
				return "../files/" + url.PathEscape(string(a.ID)), true
			}
		}
		return "", false
	}})
	pictures := "'self' data:"
	if remote {
		pictures += " https:"
	}
	h := v.rw.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; img-src "+pictures+"; style-src 'unsafe-inline'; sandbox allow-popups allow-same-origin; frame-ancestors 'self'")
	h.Set("Referrer-Policy", "no-referrer")
	_, err = io.WriteString(v.rw, "<!doctype html><meta charset=utf-8><title>"+"</title><body>"+text)
	return err
}

func join(names []string) string { return strings.Join(names, ", ") }
