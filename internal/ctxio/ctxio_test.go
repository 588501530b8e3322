package ctxio_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/ctxio"
)

func TestReaderReadsUntilTheContextEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	r := ctxio.Reader(ctx, strings.NewReader("some text"))
	require.NoError(t, iotest.TestReader(ctxio.Reader(ctx, strings.NewReader("some text")), []byte("some text")))
	start := make([]byte, 4)
	n, err := r.Read(start)
	require.NoError(t, err)
	require.Equal(t, "some", string(start[:n]))
	cancel()
	rest, err := io.ReadAll(r)
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, rest)
}
