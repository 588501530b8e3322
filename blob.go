package helpdesk

import (
	"context"
	"io"
	"strings"
)

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
