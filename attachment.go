package helpdesk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/filename"
	"github.com/helpdesk-go/helpdesk/internal/random"
	"github.com/helpdesk-go/helpdesk/internal/striptoken"
)

// File is an attachment on its way in or out.
type File struct {
	Name      string // the sender's name for it; for display only, never a path
	Type      string // such as "image/png"; empty is "application/octet-stream"
	Size      int64  // bytes; 0 when not known
	ContentID string // its name in the HTML of the message; empty when the HTML does not show it
	Inline    bool   // shown within the HTML, not beside it

	// Open returns the content from its start. It is called only during the call that gets the
	// File.
	Open func() (io.ReadCloser, error) `json:"-"`
}

// MaxFiles is the most files of one message.
const MaxFiles = 50

// strayAfter is how long contents stay without a message: much longer than any call takes.
const strayAfter = 24 * time.Hour

// blobs returns Config.Blobs, else the Store if it is a Blobs, else nil.
func (d *Desk) blobs() Blobs {
	if d.cfg.Blobs != nil {
		return d.cfg.Blobs
	}
	b, _ := As[Blobs](d.store)
	return b
}

// kept is files with stored contents whose message is not yet committed.
type kept struct {
	files []Attachment
	guard Task // removes the contents if the message is never committed
	stay  bool // the files belong to something else already and have no guard
}

// keep stores the contents of files. Before the first byte it commits a task that removes them, so
// that a crash leaves nothing behind for good. [kept.commit] adds the end of that task to a Change.
func (d *Desk) keep(ctx context.Context, field string, files []File) (kept, error) {
	var k kept
	if len(files) == 0 {
		return k, nil
	}
	blobs := d.blobs()
	switch {
	case blobs == nil:
		return k, &FieldError{field, "cannot be kept: the desk has no Blobs"}
	case len(files) > MaxFiles:
		return k, &FieldError{field, fmt.Sprintf("are more than %d files", MaxFiles)}
	}
	var ids []BlobID
	for _, f := range files {
		id := BlobID(random.Hex())
		ids = append(ids, id)
		k.files = append(k.files, Attachment{ID: id, Name: filename.Clean(d.withoutTokens(f.Name)), Type: filename.MediaType(f.Type), ContentID: filename.Label(f.ContentID), Inline: f.Inline})
	}
	k.guard = strayTask(d.tenant, ids, d.now().Add(strayAfter))
	if err := d.commit(ctx, &Change{Tenant: d.tenant, Tasks: []Task{k.guard}}); err != nil {
		return k, err
	}
	for i, f := range files {
		var err error
		if k.files[i].Size, err = d.put(ctx, blobs, ids[i], f); err != nil {
			d.drop(ctx, k)
			return kept{}, fmt.Errorf("%s[%d]: %w", field, i, err)
		}
	}
	return k, nil
}

// copies stores the contents of files a second time.
func (d *Desk) copies(ctx context.Context, files []Attachment) (kept, error) {
	list := make([]File, len(files))
	for i, a := range files {
		list[i] = d.file(ctx, a)
	}
	return d.keep(ctx, "files", list)
}

// strayTask returns the task that removes contents at a time.
func strayTask(tenant TenantID, ids []BlobID, at time.Time) Task {
	return Task{Tenant: tenant, Kind: taskStray, Key: string(ids[0]), DueAt: at, Payload: encoded(ids)}
}

func (d *Desk) put(ctx context.Context, blobs Blobs, id BlobID, f File) (int64, error) {
	if f.Open == nil {
		return blobs.Put(ctx, d.tenant, id, strings.NewReader(""))
	}
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	if d.cfg.Mail != nil && filename.HoldsText(f.Name, f.Type) {
		return blobs.Put(ctx, d.tenant, id, striptoken.Reader(r, d.tokenFronts()))
	}
	return blobs.Put(ctx, d.tenant, id, r)
}

// commit lets the files stay once c is committed.
func (k *kept) commit(c *Change) {
	if len(k.files) > 0 && !k.stay {
		stray := k.guard
		stray.DueAt = time.Time{}
		c.Tasks = append(c.Tasks, stray)
	}
}

// dropUncommitted removes contents if err is a refusal of their message, or nil for a repeated
// message. After any other error the commit may have taken place, so the contents are left to the
// task: the commit would have removed the task.
func (d *Desk) dropUncommitted(ctx context.Context, k kept, err error) {
	for _, refusal := range []error{nil, ErrInvalid, ErrNotFound, ErrForbidden, ErrConflict, ErrCapacity} {
		if errors.Is(err, refusal) {
			d.drop(ctx, k)
			return
		}
	}
}

// drop removes contents whose message will not be committed. If that fails, the task does it later.
func (d *Desk) drop(ctx context.Context, k kept) {
	if len(k.files) == 0 || k.stay {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := d.blobs().Delete(ctx, d.tenant, ids(k.files)...); err != nil {
		return
	}
	c := &Change{Tenant: d.tenant}
	k.commit(c)
	_ = d.commit(ctx, c)
}

func ids(files []Attachment) []BlobID {
	list := make([]BlobID, len(files))
	for i, f := range files {
		list[i] = f.ID
	}
	return list
}

// removeStray does a stray task.
func (d *Desk) removeStray(ctx context.Context, task *Task) error {
	var stray []BlobID
	if err := json.Unmarshal(task.Payload, &stray); err != nil {
		return fmt.Errorf("blobs: %w", err)
	}
	blobs := d.blobs()
	if blobs == nil {
		return errors.New("the desk no longer has Blobs")
	}
	if err := blobs.Delete(ctx, d.tenant, stray...); err != nil {
		return err
	}
	return d.commit(ctx, &Change{Tenant: d.tenant, Done: []Task{*task}})
}

// Attachment opens a file of a ticket's thread. Customers may open files of messages they may read.
// It returns ErrNotFound when the thread has no file with this id.
func (d *Desk) Attachment(ctx context.Context, ticket TicketID, id BlobID) (Attachment, io.ReadCloser, error) {
	const op = "open attachment of"
	th, err := d.Thread(ctx, ticket)
	if err != nil {
		return Attachment{}, nil, err
	}
	for _, m := range th.Messages {
		for _, a := range m.Attachments {
			if a.ID == id && d.blobs() != nil {
				r, err := d.blobs().Open(ctx, d.tenant, id)
				return a, r, d.fail(op, ticket, err)
			}
		}
	}
	return Attachment{}, nil, d.fail(op, ticket, ErrNotFound)
}

// BlobID names the content of a file within a tenant. The desk makes it of 32 random hexadecimal
// digits: nobody can guess it, and it is safe as a file name.
type BlobID string

// Valid reports whether id is 32 hexadecimal digits in lower case.
func (id BlobID) Valid() bool {
	return len(id) == 32 && strings.Trim(string(id), "0123456789abcdef") == ""
}

// Attachment is a file that belongs to a message.
type Attachment struct {
	ID        BlobID `json:"id"`
	Name      string `json:"name"` // the sender's name for it; for display only, never a path
	Type      string `json:"type"` // the sender's claim, such as "image/png"
	Size      int64  `json:"size"` // bytes
	ContentID string `json:"content_id,omitempty"`
	Inline    bool   `json:"inline,omitempty"`
}

// Blobs keeps the contents of attachments. Package blobs uses a folder. The stores bunstore and
// memstore are Blobs: a Desk without Config.Blobs uses its Store if it is a Blobs.
//
// All methods may be called by many goroutines and processes at once. A blob is written once and
// never changed.
type Blobs interface {
	// Put keeps the bytes of r up to its end and returns their number. It does not hold the whole
	// content in memory. After an error it keeps nothing. It returns ErrInvalid for an invalid id
	// and ErrConflict for an id in use.
	Put(ctx context.Context, tenant TenantID, id BlobID, r io.Reader) (int64, error)

	// Open returns the content, or ErrNotFound.
	Open(ctx context.Context, tenant TenantID, id BlobID) (io.ReadCloser, error)

	// Delete removes blobs. A missing one is no error.
	Delete(ctx context.Context, tenant TenantID, ids ...BlobID) error
}
