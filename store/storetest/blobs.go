package storetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"github.com/helpdesk-go/helpdesk"
)

// RunBlobs checks the Blobs that open returns, new and empty ones for each case. A case that
// fails says which sentence of the contract is broken.
func RunBlobs(t *testing.T, open func(t *testing.T) helpdesk.Blobs) {
	t.Helper()
	for _, c := range blobCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.runBlobs(t, open(t))
		})
	}
}

func (c *testCase) runBlobs(t reporter, blobs helpdesk.Blobs) {
	c.check(&env{reporter: t, c: c, ctx: context.Background(), blobs: blobs, tenant: "acme"})
}

var blobSerial atomic.Uint64

// newBlob returns an id nobody has.
func newBlob() helpdesk.BlobID {
	const digits = "0123456789abcdef"
	id := []byte("c0ffee00000000000000000000000000")
	for n, i := blobSerial.Add(1), len(id)-1; n > 0; n, i = n/16, i-1 {
		id[i] = digits[n%16]
	}
	return helpdesk.BlobID(id)
}

// noise is content that does not compress, the same at each run.
func noise(n int) []byte {
	r := rand.NewChaCha8([32]byte{byte(n)})
	b := make([]byte, n)
	r.Read(b)
	return b
}

func (e *env) keep(tenant helpdesk.TenantID, content []byte) helpdesk.BlobID {
	e.Helper()
	id := newBlob()
	_, err := e.blobs.Put(e.ctx, tenant, id, bytes.NewReader(content))
	e.ok(err)
	return id
}

// content reads a blob to its end.
func (e *env) content(tenant helpdesk.TenantID, id helpdesk.BlobID) []byte {
	e.Helper()
	r, err := e.blobs.Open(e.ctx, tenant, id)
	e.ok(err)
	b, err := io.ReadAll(r)
	e.ok(errors.Join(err, r.Close()))
	return b
}

func (e *env) gone(tenant helpdesk.TenantID, id helpdesk.BlobID) {
	e.Helper()
	if r, err := e.blobs.Open(e.ctx, tenant, id); !errors.Is(err, helpdesk.ErrNotFound) {
		if err == nil {
			r.Close()
		}
		e.fatal("open: got error %v, want %v", err, helpdesk.ErrNotFound)
	}
}

var errBroken = errors.New("the line is broken")

// hostileIDs are texts that are no BlobID.
var hostileIDs = []helpdesk.BlobID{
	"", ".", "..", "../x", "../../../../../../etc/passwd", "/etc/passwd", "ab/../../x", `..\x`, "c:x", "con", "x\x00", "\xff", "'; --",
	"../../00112233445566778899aabbcc", "00112233445566778899aabbccddeef", "00112233445566778899aabbccddeeff0", "00112233-4455-6677-8899-aabbccddeeff",
	"00112233445566778899AABBCCDDEEFF", "00112233445566778899aabbccddeef/", "００１１２２３３４４５", "%2e%2e%2f2233445566778899aabbccddee",
}

var blobCases = []testCase{
	{"contents come back as they were", "Put keeps the bytes of r up to its end and returns their number.", func(e *env) {
		for _, n := range []int{0, 1, 1000, 256<<10 - 1, 256 << 10, 256<<10 + 1, 512 << 10, 3 << 20} {
			content, id := noise(n), newBlob()
			got, err := e.blobs.Put(e.ctx, e.tenant, id, bytes.NewReader(content))
			e.ok(err)
			e.equal("bytes", got, int64(n))
			if !bytes.Equal(e.content(e.tenant, id), content) {
				e.fatal("the content of %d bytes differs", n)
			}
		}
	}},
	{"a reader may give its bytes in any way", "Put keeps the bytes of r up to its end and returns their number.", func(e *env) {
		content := noise(700 << 10)
		for _, r := range []io.Reader{
			iotest.HalfReader(bytes.NewReader(content)), iotest.DataErrReader(bytes.NewReader(content)), iotest.OneByteReader(bytes.NewReader(content)),
		} {
			id := newBlob()
			n, err := e.blobs.Put(e.ctx, e.tenant, id, r)
			e.ok(err)
			e.equal("bytes", n, int64(len(content)))
			if !bytes.Equal(e.content(e.tenant, id), content) {
				e.fatal("the content differs")
			}
		}
	}},
	{"many read and write at once", "All methods may be called by many goroutines and processes at once.", func(e *env) {
		shared, content := newBlob(), noise(600<<10)
		_, err := e.blobs.Put(e.ctx, e.tenant, shared, bytes.NewReader(content))
		e.ok(err)
		e.together(8, func() error {
			id := newBlob()
			if _, err := e.blobs.Put(e.ctx, e.tenant, id, bytes.NewReader(content[:300<<10])); err != nil {
				return err
			}
			for read, want := range map[helpdesk.BlobID][]byte{shared: content, id: content[:300<<10]} {
				r, err := e.blobs.Open(e.ctx, e.tenant, read)
				if err != nil {
					return err
				}
				got, err := io.ReadAll(r)
				if err = errors.Join(err, r.Close()); err != nil {
					return err
				}
				if !bytes.Equal(got, want) {
					return errors.New("the content differs")
				}
			}
			return e.blobs.Delete(e.ctx, e.tenant, id)
		})
	}},
	{"what is not read to its end is not kept", "After an error it keeps nothing.", func(e *env) {
		for _, n := range []int{0, 1, 256 << 10, 700 << 10} {
			for _, broken := range []error{errBroken, io.ErrUnexpectedEOF} {
				id := newBlob()
				_, err := e.blobs.Put(e.ctx, e.tenant, id, io.MultiReader(bytes.NewReader(noise(n)), iotest.ErrReader(broken)))
				e.is(err, broken)
				e.gone(e.tenant, id)
				_, err = e.blobs.Put(e.ctx, e.tenant, id, bytes.NewReader([]byte("whole")))
				e.ok(err)
				e.equal("content", string(e.content(e.tenant, id)), "whole")
			}
		}
		ended, cancel := context.WithCancel(e.ctx)
		id := newBlob()
		_, err := e.blobs.Put(ended, e.tenant, id, io.MultiReader(bytes.NewReader(noise(300<<10)), &ending{end: cancel}))
		e.is(err, context.Canceled)
		e.gone(e.tenant, id)
	}},
	{"nobody sees a blob before it is whole", "After an error it keeps nothing.", func(e *env) {
		id := newBlob()
		look := readerFunc(func([]byte) (int, error) {
			e.gone(e.tenant, id)
			return 0, io.EOF
		})
		_, err := e.blobs.Put(e.ctx, e.tenant, id, io.MultiReader(bytes.NewReader(noise(900<<10)), look))
		e.ok(err)
		e.equal("bytes", len(e.content(e.tenant, id)), 900<<10)
	}},
	{"a blob is never changed", "A blob is written once and never changed.", func(e *env) {
		id := newBlob()
		_, err := e.blobs.Put(e.ctx, e.tenant, id, bytes.NewReader([]byte("first")))
		e.ok(err)
		for _, n := range []int{0, 3, 400 << 10} {
			_, err = e.blobs.Put(e.ctx, e.tenant, id, bytes.NewReader(noise(n)))
			e.is(err, helpdesk.ErrConflict)
			e.equal("content", string(e.content(e.tenant, id)), "first")
		}
	}},
	{"of those who put one id together one succeeds", "ErrConflict for an id in use.", func(e *env) {
		id := newBlob()
		var turn, won atomic.Int64
		e.together(8, func() error {
			n := turn.Add(1)
			_, err := e.blobs.Put(e.ctx, e.tenant, id, bytes.NewReader(bytes.Repeat([]byte{byte(n)}, 300<<10)))
			switch {
			case err == nil && won.CompareAndSwap(0, n):
				return nil
			case err == nil:
				return errors.New("two have put the same id")
			case errors.Is(err, helpdesk.ErrConflict):
				return nil
			}
			return err
		})
		if !bytes.Equal(e.content(e.tenant, id), bytes.Repeat([]byte{byte(won.Load())}, 300<<10)) {
			e.fatal("the content is not that of who succeeded")
		}
	}},
	{"an unknown blob is not found", "Open returns the content, or ErrNotFound.", func(e *env) {
		e.keep(e.tenant, []byte("x"))
		e.gone(e.tenant, newBlob())
		for _, id := range hostileIDs {
			e.gone(e.tenant, id)
		}
	}},
	{"an id that is none is refused", "It returns ErrInvalid for an invalid id", func(e *env) {
		for _, id := range hostileIDs {
			_, err := e.blobs.Put(e.ctx, e.tenant, id, bytes.NewReader([]byte("x")))
			e.is(err, helpdesk.ErrInvalid)
			e.gone(e.tenant, id)
		}
	}},
	{"deleted blobs are gone", "Delete removes blobs. A missing one is no error.", func(e *env) {
		one, two, three := e.keep(e.tenant, []byte("one")), e.keep(e.tenant, noise(600<<10)), e.keep(e.tenant, []byte("three"))
		e.ok(e.blobs.Delete(e.ctx, e.tenant))
		e.ok(e.blobs.Delete(e.ctx, e.tenant, append([]helpdesk.BlobID{one, newBlob(), two, one}, hostileIDs...)...))
		e.gone(e.tenant, one)
		e.gone(e.tenant, two)
		e.equal("what stays", string(e.content(e.tenant, three)), "three")
		e.ok(e.blobs.Delete(e.ctx, e.tenant, one))
		e.ok(e.blobs.Delete(e.ctx, "nobody", newBlob()))
	}},
	{"a blob is of one tenant", "BlobID names the content of a file within a tenant.", func(e *env) {
		ours := e.keep(e.tenant, []byte("ours"))
		for _, other := range []helpdesk.TenantID{"", "ACME", "acme ", "other", "../acme", "acme/../acme", "a'c", "größe"} {
			e.gone(other, ours)
			e.ok(e.blobs.Delete(e.ctx, other, ours))
			_, err := e.blobs.Put(e.ctx, other, ours, bytes.NewReader([]byte("of "+other)))
			e.ok(err)
		}
		e.equal("ours", string(e.content(e.tenant, ours)), "ours")
		e.equal("theirs", string(e.content("../acme", ours)), "of ../acme")
		e.ok(e.blobs.Delete(e.ctx, e.tenant, ours))
		e.equal("theirs", string(e.content("", ours)), "of ")
	}},
}

// ending ends a context with its first byte, and itself a while later, so that a reader that
// ignores the context ends too.
type ending struct {
	end  func()
	read int
}

func (r *ending) Read(p []byte) (int, error) {
	r.end()
	if r.read += len(p); r.read > 1<<20 {
		return 0, io.EOF
	}
	return len(p), nil
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
