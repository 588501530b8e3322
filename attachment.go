package helpdesk

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
)

// File is the content of an attachment on its way in.
type File struct {
	Name      string // as its sender calls it; only to be shown, never a path
	Type      string // such as "image/png"; empty is "application/octet-stream"
	Size      int64  // bytes; 0 when not known
	ContentID string // the name under which the HTML of its message shows it; empty when it does not
	Inline    bool   // is part of the HTML rather than beside it

	// Open returns the content from its start. It is called during the call that the File was given to.
	Open func() (io.ReadCloser, error) `json:"-"`
}

// MaxFiles is how many files one message may have.
const MaxFiles = 50

// maxFileName is how many characters of a file's name are kept.
const maxFileName = 200

// strayAfter is when contents are removed whose message was never committed: far longer than any caller takes.
const strayAfter = 24 * time.Hour

// blobs returns where contents are kept; nil when nowhere.
func (d *Desk) blobs() Blobs {
	if d.cfg.Blobs != nil {
		return d.cfg.Blobs
	}
	b, _ := As[Blobs](d.store)
	return b
}

// kept is files whose contents are kept and whose message is still to be committed.
type kept struct {
	files []Attachment
	guard Task // removes the contents should that never happen
	stay  bool // they belong to something else already, and have no guard
}

// keep stores the contents of files. Before the first byte a task is committed that removes them again, so that a crash at any
// time leaves nothing behind for good; the Change that the files belong to calls it off by [kept.commit].
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
		id := newBlobID()
		ids = append(ids, id)
		k.files = append(k.files, Attachment{ID: id, Name: cleanFileName(f.Name), Type: cleanType(f.Type), ContentID: cleanLabel(f.ContentID), Inline: f.Inline})
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

// copies keeps files once more.
func (d *Desk) copies(ctx context.Context, files []Attachment) (kept, error) {
	list := make([]File, len(files))
	for i, a := range files {
		list[i] = d.file(ctx, a)
	}
	return d.keep(ctx, "files", list)
}

// strayTask removes contents at a time.
func strayTask(tenant TenantID, ids []BlobID, at time.Time) Task {
	payload, err := json.Marshal(ids)
	if err != nil {
		panic("helpdesk: stray: " + err.Error()) // plain texts: cannot happen
	}
	return Task{Tenant: tenant, Kind: taskStray, Key: string(ids[0]), DueAt: at, Payload: payload}
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
	return blobs.Put(ctx, d.tenant, id, r)
}

// commit makes the files stay when c is committed.
func (k *kept) commit(c *Change) {
	if len(k.files) > 0 && !k.stay {
		stray := k.guard
		stray.DueAt = time.Time{}
		c.Tasks = append(c.Tasks, stray)
	}
}

// dropUncommitted removes contents whose message was refused with err, or repeated one that is there, where err is nil. After any other
// error nobody knows whether the commit took place, and the contents are left to the task: it is gone if it did.
func (d *Desk) dropUncommitted(ctx context.Context, k kept, err error) {
	for _, refusal := range []error{nil, ErrInvalid, ErrNotFound, ErrForbidden, ErrConflict, ErrCapacity} {
		if errors.Is(err, refusal) {
			d.drop(ctx, k)
			return
		}
	}
}

// drop removes contents whose message will not be committed. What fails is left to the task.
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
		return errors.New("the desk has no Blobs any more")
	}
	if err := blobs.Delete(ctx, d.tenant, stray...); err != nil {
		return err
	}
	return d.commit(ctx, &Change{Tenant: d.tenant, Done: []Task{*task}})
}

// Attachment opens a file of a ticket's thread. Customers open those of messages they may read. It is ErrNotFound when the thread
// has none with this id.
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

func newBlobID() BlobID {
	var b [16]byte
	rand.Read(b[:]) // never fails: see crypto/rand
	return BlobID(hex.EncodeToString(b[:]))
}

// cleanFileName returns a label that can be shown: the last part of a path, without what is not seen or turns text around.
func cleanFileName(s string) string {
	return cleanLabel(s[strings.LastIndexAny(s, `/\`)+1:])
}

func cleanLabel(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return clipRunes(strings.TrimSpace(s), maxFileName)
}

// cleanType returns a media type, or that of bytes nobody knows.
func cleanType(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	kind, sub, ok := strings.Cut(s, "/")
	plain := func(s string) bool {
		return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789.+-_!#$&^") == ""
	}
	if !ok || !plain(kind) || !plain(sub) || len(s) > 127 {
		return "application/octet-stream"
	}
	return s
}

// BlobID names the content of a file within a tenant. It is made by the desk, 32 hexadecimal digits that nobody can
// guess, and so safe as the name of a file.
type BlobID string

// Valid reports whether id is 32 hexadecimal digits, the letters among them lower case.
func (id BlobID) Valid() bool {
	return len(id) == 32 && strings.Trim(string(id), "0123456789abcdef") == ""
}

// Attachment is a file that belongs to a message.
type Attachment struct {
	ID        BlobID `json:"id"`
	Name      string `json:"name"` // as its sender calls it; only to be shown, never a path
	Type      string `json:"type"` // what its sender says it is, such as "image/png"
	Size      int64  `json:"size"` // bytes
	ContentID string `json:"content_id,omitempty"`
	Inline    bool   `json:"inline,omitempty"`
}

// Blobs keeps the contents of attachments. Package blobs has one in a folder; bunstore and memstore are Blobs
// themselves, and a Desk without Config.Blobs uses its Store when that is one.
//
// All methods may be called by many goroutines and processes at once. A blob is written once and never changed.
type Blobs interface {
	// Put keeps what r has to give until its end and returns how many bytes that was. It keeps nothing when it returns
	// an error. It does not hold the whole content in memory. An id that is none is ErrInvalid, one that is taken ErrConflict.
	Put(ctx context.Context, tenant TenantID, id BlobID, r io.Reader) (int64, error)

	// Open returns the content, or ErrNotFound.
	Open(ctx context.Context, tenant TenantID, id BlobID) (io.ReadCloser, error)

	// Delete removes blobs. It is no error when one is not there.
	Delete(ctx context.Context, tenant TenantID, ids ...BlobID) error
}
