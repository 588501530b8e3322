package learned_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/learned"
)

func TestDamagedFileIsRefused(t *testing.T) {
	t.Parallel()
	file := written(t, trained(t, newOffice(1, 2, 0).tickets(12), nil))
	for n := range file {
		if n > 600 && n%97 != 0 {
			continue
		}
		_, err := learned.Read(bytes.NewReader(file[:n]))
		require.ErrorIs(t, err, helpdesk.ErrInvalid, "cut to %d", n)
		damaged := slices.Clone(file)
		damaged[n] ^= 0x10
		_, err = learned.Read(bytes.NewReader(damaged))
		require.ErrorIs(t, err, helpdesk.ErrInvalid, "byte %d", n)
	}
	_, err := learned.Read(iotest.ErrReader(io.ErrClosedPipe))
	require.ErrorIs(t, err, io.ErrClosedPipe)
	require.False(t, errors.Is(err, helpdesk.ErrInvalid), "reading may work later")
}

func TestWriteReportsTheErrorOfTheWriter(t *testing.T) {
	t.Parallel()
	m := trained(t, newOffice(1, 2, 0).tickets(12), nil)
	_, err := m.WriteTo(iotest.TruncateWriter(&failing{}, 1<<20))
	require.ErrorIs(t, err, io.ErrShortWrite)
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// sealed wraps content as a file with a valid length and checksum, as a forger would.
func sealed(magic, content []byte) []byte {
	file := binary.LittleEndian.AppendUint64(slices.Clone(magic), uint64(len(content)))
	file = append(file, content...)
	sum := sha256.Sum256(file)
	return append(file, sum[:]...)
}

func TestPromisesOfAFileAllocateNothing(t *testing.T) { // not parallel: it counts bytes
	file := written(t, trained(t, newOffice(1, 2, 0).tickets(12), nil))
	magic := file[:8]
	for name, hostile := range map[string][]byte{
		"length": append(slices.Clone(magic), 0, 0, 0, 0x3F, 0, 0, 0, 0, 1, 2, 3),
		"name":   sealed(magic, []byte{0xFF, 0xFF, 0xFF, 0x7F, 'a'}),
		"terms":  sealed(magic, append([]byte{1, 0, 0, 0, 'a', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0)),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := learned.Read(bytes.NewReader(hostile))
		runtime.ReadMemStats(&after)
		require.ErrorIs(t, err, helpdesk.ErrInvalid, name)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20), name)
	}
}

// FuzzRead reads data as the content of a file with a valid checksum, and as a file.
func FuzzRead(f *testing.F) {
	var magic []byte
	o := newOffice(1, 2, 0)
	for _, n := range []int{1, 3, 12} {
		m, err := learned.Train(f.Context(), o.tickets(n), &learned.Config{Novelty: -1})
		require.NoError(f, err)
		file := written(f, m)
		magic = file[:8]
		f.Add(file[16:len(file)-sha256.Size], "abc "+word(-1, 3))
	}
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		_, err := learned.Read(bytes.NewReader(data))
		if err != nil {
			require.ErrorIs(t, err, helpdesk.ErrInvalid)
		}
		file := sealed(magic, data)
		m, err := learned.Read(bytes.NewReader(file))
		if err != nil {
			require.ErrorIs(t, err, helpdesk.ErrInvalid)
			return
		}
		require.True(t, bytes.Equal(file, written(t, m)))
		var categories []helpdesk.CategoryInfo
		for _, c := range m.Info().Categories {
			categories = append(categories, helpdesk.CategoryInfo{Name: c})
		}
		for _, text := range []string{text, word(-1, 3) + " " + word(1, 2)} {
			c, err := m.Classify(t.Context(), &helpdesk.ClassifyRequest{Subject: text, Text: text, Categories: categories})
			if err != nil {
				require.ErrorIs(t, err, helpdesk.ErrAbstain)
				continue
			}
			require.True(t, c.Confidence >= 0 && c.Confidence <= 1)
		}
	})
}
