package helpdesk_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// unsure is a Store that commits and then returns an error.
type unsure struct {
	helpdesk.Store
	lose bool
}

func (s *unsure) Unwrap() helpdesk.Store { return s.Store }

func (s *unsure) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	err := s.Store.Commit(ctx, changes...)
	if s.lose && (len(changes[0].Mail) > 0 || len(changes[0].Messages) > 0) {
		return errors.Join(err, io.ErrUnexpectedEOF)
	}
	return err
}

func TestFilesStayWhenTheAnswerToTheCommitIsLost(t *testing.T) {
	t.Parallel()
	store := &unsure{Store: memstore.New()}
	cfg := mailed()
	blobs := &countingBlobs{kept: map[helpdesk.BlobID]string{}}
	cfg.Blobs = blobs
	d := hire(helpdesktest.New(t, store, cfg))
	opened := mail("1@kim.example", kim, "S", "T")
	opened.Files = []helpdesk.File{file("a.txt", "A")}
	held := mail("2@kim.example", "", "S", "T")
	held.Files = opened.Files
	store.lose = true
	for _, in := range []*helpdesk.Incoming{opened, held} {
		_, err := d.Receive(t.Context(), in)
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	}
	p := helpdesk.OpenParams{Subject: "S", Files: opened.Files, IdempotencyKey: "k"}
	_, err := d.Open(t.Context(), p)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	store.lose = false
	for _, in := range []*helpdesk.Incoming{opened, held} { // its sender tries again
		receive(t, d, in)
	}
	ticket, err := d.Open(t.Context(), p)
	require.NoError(t, err)
	_, err = asAgent(d, ana).Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: "B"})
	require.NoError(t, err)
	d.Advance(25 * time.Hour)
	require.Len(t, blobs.kept, 3)
}

// TestNamesOfFilesHoldNothingHidden: a name is stored without what a database refuses, a person
// does not see or a file system understands.
func TestNamesOfFilesHoldNothingHidden(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		for name, want := range map[string]string{
			"a\x00b.txt":               "ab.txt",
			"\x00":                     "",
			"../../etc/passwd\x00.txt": "passwd.txt",
			`C:\Users\kim\a.pdf`:       "a.pdf",
			"gpj.\u202eexe":            "gpj.exe",
			"a\u2028b\u2029c.txt":      "abc.txt",
			"a\u200b\ufeff.txt":        "a.txt",
			"a\r\nSet-Cookie: x":       "aSet-Cookie: x",
			"a\xff.txt":                "a\uFFFD.txt",
			"rechnung-märz.pdf":        "rechnung-märz.pdf",
		} {
			id := open(t, d, helpdesk.OpenParams{Files: []helpdesk.File{file(name, "x")}}).ID
			thread, err := d.Thread(t.Context(), id)
			require.NoError(t, err, "%q", name)
			a := thread.Messages[0].Attachments[0]
			require.Equal(t, want, a.Name, "%q", name)
			_, content, err := asCustomer(d, kim).Attachment(t.Context(), id, a.ID)
			require.NoError(t, err, "%q", name)
			require.NoError(t, content.Close())
		}
	})
}
