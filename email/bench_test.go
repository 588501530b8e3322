package email_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/email"
)

// BenchmarkParse reads the mails of testdata in turn.
func BenchmarkParse(b *testing.B) {
	names, err := filepath.Glob("testdata/*.eml")
	require.NoError(b, err)
	var mails [][]byte
	for _, name := range names {
		raw, err := os.ReadFile(name)
		require.NoError(b, err)
		mails = append(mails, raw)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := email.Parse(bytes.NewReader(mails[i%len(mails)])); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}

// BenchmarkParse10MiBAttachment reports the peak of bytes held for each byte of a large attachment.
func BenchmarkParse10MiBAttachment(b *testing.B) {
	peak := 0.0
	for b.Loop() {
		peak = max(peak, float64(peakOfParsing(b, 10<<20))/(10<<20))
	}
	b.ReportMetric(peak, "peak/attachment")
}

// Not parallel: it measures the memory of the process.
func TestAMailWithALargeAttachmentIsHeldOnce(t *testing.T) {
	const size = 10 << 20
	peak := peakOfParsing(t, size)
	t.Logf("attachment of %d bytes, at most %d held", size, peak)
	require.Less(t, peak, int64(2*size))
}

// peakOfParsing generates and parses a mail with an attachment of this size. It returns the peak of
// bytes on the heap, uncollected garbage included. It measures whenever the parser reads, and
// after.
func peakOfParsing(t testing.TB, size int) (peak int64) {
	const line = 57
	text := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0xA5}, line)) + "\r\n"
	left := size / line
	// A busy machine would otherwise leave more garbage than mail.
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := int64(m.HeapAlloc)
	look := func() {
		runtime.ReadMemStats(&m)
		peak = max(peak, int64(m.HeapAlloc)-before)
	}
	r := &generator{head: "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nText\r\n--b\r\n" +
		"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n", line: text, left: left, tail: "--b--\r\n", look: look}
	in, err := email.Parse(r)
	require.NoError(t, err)
	look()
	require.Len(t, in.Files, 1)
	require.Equal(t, int64(left*line), in.Files[0].Size)
	f, err := in.Files[0].Open()
	require.NoError(t, err)
	buf := make([]byte, 32<<10)
	for n, err := 0, error(nil); err == nil; n++ {
		if _, err = f.Read(buf); n%100 == 0 {
			look()
		}
	}
	runtime.KeepAlive(in)
	return peak
}

// generator is a reader of a mail that never exists as a whole.
type generator struct {
	head, line, tail string
	left, reads      int
	buf              bytes.Buffer
	look             func()
}

func (g *generator) Read(p []byte) (int, error) {
	if g.reads++; g.reads%4 == 0 {
		g.look()
	}
	if g.buf.Len() == 0 {
		g.buf.WriteString(g.head)
		g.head = ""
		n := min(g.left, 500)
		g.buf.WriteString(strings.Repeat(g.line, n))
		if g.left -= n; g.left == 0 {
			g.buf.WriteString(g.tail)
			g.tail = ""
		}
	}
	return g.buf.Read(p)
}
