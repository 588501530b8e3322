package blobs_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/blobs"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

func ExampleDir() {
	folder, err := os.MkdirTemp("", "files-*") // yours is one that stays, such as /var/lib/mydesk/files
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	files, err := blobs.Dir(folder)
	if err != nil {
		log.Fatal(err)
	}
	// A desk with these Blobs keeps what comes with its messages there.
	if _, err := helpdesk.New(memstore.New(), &helpdesk.Config{Blobs: files}); err != nil {
		log.Fatal(err)
	}

	ctx, id := context.Background(), helpdesk.BlobID("6f2d1c0b9a8e7d6c5b4a39281706f5e4")
	size, err := files.Put(ctx, "acme", id, strings.NewReader("Dear Kim,"))
	if err != nil {
		log.Fatal(err)
	}
	r, err := files.Open(ctx, "acme", id)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	fmt.Println(size, string(text), err)
	// Output: 9 Dear Kim, <nil>
}
