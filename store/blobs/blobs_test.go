package blobs_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/blobs"
	"github.com/helpdesk-go/helpdesk/store/storetest"
)

const id = helpdesk.BlobID("00112233445566778899aabbccddeeff")

func TestDirKeepsTheContract(t *testing.T) {
	t.Parallel()
	storetest.RunBlobs(t, func(t *testing.T) helpdesk.Blobs { return dir(t, filepath.Join(t.TempDir(), "not", "there yet")) })
}

// TestTwoProcessesShareAFolder: each has a Dir of its own.
func TestTwoProcessesShareAFolder(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	put(t, dir(t, root), "acme", "hello")
	r, err := dir(t, root).Open(t.Context(), "acme", id)
	require.NoError(t, err)
	defer r.Close()
	content, err := io.ReadAll(r)
	require.NoError(t, err)
	require.Equal(t, "hello", string(content))
}

func TestFilesStandUnderTheirTenantAndAreTheOwnersAlone(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	root := filepath.Join(parent, "files")
	for _, tenant := range []helpdesk.TenantID{"", "acme", "../..", "a/b", "x\x00y", "\xff", helpdesk.TenantID(bytes.Repeat([]byte("t"), 5000))} {
		put(t, dir(t, root), tenant, "hello")
	}
	files := 0
	require.NoError(t, filepath.WalkDir(parent, func(path string, entry fs.DirEntry, err error) error {
		require.NoError(t, err)
		if path == parent {
			return nil
		}
		info, err := entry.Info()
		require.NoError(t, err)
		if entry.IsDir() {
			require.Equal(t, fs.FileMode(0o700), info.Mode().Perm(), path)
			return nil
		}
		files++
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm(), path)
		rel, err := filepath.Rel(root, path)
		require.NoError(t, err)
		require.Regexp(t, `^[0-9a-f]{64}/00/`+string(id)+`$`, filepath.ToSlash(rel))
		return nil
	}))
	require.Equal(t, 7, files, "one of each tenant, and nothing unfinished")
	require.Empty(t, names(t, parent, "files"), "nothing outside of the folder")
}

func TestWhatFailsLeavesNoFile(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	broken := errors.New("broken")
	_, err := dir(t, root).Put(t.Context(), "acme", id, io.MultiReader(bytes.NewReader(make([]byte, 1<<20)), iotest.ErrReader(broken)))
	require.ErrorIs(t, err, broken)
	require.Empty(t, names(t, filepath.Join(root, "unfinished")))
}

// TestWhatACrashLeftIsRemoved: what is old is, what somebody may be writing is not.
func TestWhatACrashLeftIsRemoved(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	unfinished := filepath.Join(root, "unfinished")
	require.NoError(t, os.MkdirAll(unfinished, 0o700))
	for name, age := range map[string]time.Duration{"old": 25 * time.Hour, "young": 23 * time.Hour} {
		path := filepath.Join(unfinished, name)
		require.NoError(t, os.WriteFile(path, []byte("half"), 0o600))
		begun := time.Now().Add(-age)
		require.NoError(t, os.Chtimes(path, begun, begun))
	}
	put(t, dir(t, root), "acme", "hello")
	require.Equal(t, []string{"young"}, names(t, unfinished))
}

func TestDirNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	_, err := blobs.Dir("")
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	require.EqualError(t, err, "blobs: dir: path is empty")

	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err = dir(t, file).Put(t.Context(), "acme", id, bytes.NewReader(nil))
	require.ErrorContains(t, err, "blobs: put: ")
}

func dir(t *testing.T, root string) helpdesk.Blobs {
	t.Helper()
	d, err := blobs.Dir(root)
	require.NoError(t, err)
	return d
}

func put(t *testing.T, d helpdesk.Blobs, tenant helpdesk.TenantID, content string) {
	t.Helper()
	_, err := d.Put(t.Context(), tenant, id, bytes.NewReader([]byte(content)))
	require.NoError(t, err)
}

// names lists a folder, but for some.
func names(t *testing.T, folder string, but ...string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, entry := range entries {
		if len(but) == 0 || entry.Name() != but[0] {
			list = append(list, entry.Name())
		}
	}
	return list
}
