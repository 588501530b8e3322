package layer_test

import (
	"bytes"
	"go/build"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const thirdParty = "THIRD_PARTY.md"

// origin is a row of the table of files in THIRD_PARTY.md.
type origin struct {
	pattern       string
	number, found int
}

func TestEachEmbeddedFileAndEachFileOfTestdataIsListedWithItsOrigin(t *testing.T) {
	t.Parallel()
	root, dirs := tree(t)
	text, err := os.ReadFile(filepath.Join(root, thirdParty))
	require.NoError(t, err)
	rows := origins(t, string(text))
	files := files(t, root)
	embedded := embeddedFiles(t, root, dirs)
	require.Contains(t, files, "classify/learned/starter/starter.model")
	require.Contains(t, embedded, "webui/lang/de.json")
	for _, name := range embedded {
		require.Contains(t, files, name, "this file is embedded")
	}
	for _, name := range files {
		if !slices.Contains(embedded, name) && !strings.Contains("/"+name, "/testdata/") && (isCode(name) || isBuild(name)) {
			continue
		}
		var fits []string
		for i := range rows {
			if ok, err := path.Match(rows[i].pattern, name); err != nil || ok {
				require.NoError(t, err, rows[i].pattern)
				rows[i].found++
				fits = append(fits, rows[i].pattern)
			}
		}
		require.Len(t, fits, 1, "%s must match one row of %s: find out where the file comes from, and list it", name, thirdParty)
	}
	for _, r := range rows {
		require.Equal(t, r.number, r.found, "%s: files of %s; find out where a new one comes from, and then correct the number", thirdParty, r.pattern)
	}
}

// isCode reports whether a file is Go code or prose.
func isCode(name string) bool { return path.Ext(name) == ".go" || path.Ext(name) == ".md" }

// isBuild reports whether a file says how helpdesk is built, tested and passed on.
func isBuild(name string) bool {
	return slices.Contains([]string{"LICENSE", "Makefile", "go.mod", "go.sum"}, name) || strings.HasPrefix(name, ".")
}

// origins reads the table of files.
func origins(t *testing.T, text string) (rows []origin) {
	_, table, found := strings.Cut(text, "\n## Files\n")
	require.True(t, found)
	table, _, found = strings.Cut(table, "\n## ")
	require.True(t, found)
	for line := range strings.Lines(table) {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|\n"), "|")
		require.Len(t, cells, 4, line)
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
			require.NotEmpty(t, cells[i], line)
		}
		number, err := strconv.Atoi(cells[1])
		require.NoError(t, err, line)
		require.NotZero(t, number, line)
		if strings.HasPrefix(cells[2], "ours") {
			require.Equal(t, "MIT", cells[3], line)
		}
		rows = append(rows, origin{pattern: strings.Trim(cells[0], "`"), number: number})
	}
	require.NotEmpty(t, rows)
	return rows
}

// files returns the files of the module: in a checkout those that git does not ignore, else all.
func files(t *testing.T, root string) (list []string) {
	git := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	git.Dir = root
	if out, err := git.Output(); err == nil && len(out) > 0 {
		for name := range bytes.SplitSeq(bytes.TrimSuffix(out, []byte{0}), []byte{0}) {
			if _, err := os.Stat(filepath.Join(root, string(name))); err == nil { // else removed, and not yet committed
				list = append(list, string(name))
			}
		}
		return list
	}
	require.NoError(t, fs.WalkDir(os.DirFS(root), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			list = append(list, name)
		}
		return err
	}))
	return list
}

// embeddedFiles returns the files that go:embed puts into programs and tests.
func embeddedFiles(t *testing.T, root string, dirs []string) (list []string) {
	for _, dir := range dirs {
		pkg, err := build.ImportDir(filepath.Join(root, dir), 0)
		if err != nil {
			continue
		}
		for _, pattern := range slices.Concat(pkg.EmbedPatterns, pkg.TestEmbedPatterns, pkg.XTestEmbedPatterns) {
			names, err := fs.Glob(os.DirFS(root), path.Join(dir, strings.TrimPrefix(pattern, "all:")))
			require.NoError(t, err, pattern)
			require.NotEmpty(t, names, "%s: go:embed %s", dir, pattern)
			for _, name := range names {
				require.NoError(t, fs.WalkDir(os.DirFS(root), name, func(name string, e fs.DirEntry, err error) error {
					if err == nil && !e.IsDir() {
						list = append(list, name)
					}
					return err
				}))
			}
		}
	}
	return list
}

func TestEachModuleIsListedWithItsLicence(t *testing.T) {
	t.Parallel()
	root, _ := tree(t)
	text, err := os.ReadFile(filepath.Join(root, thirdParty))
	require.NoError(t, err)
	_, modules, found := strings.Cut(string(text), "\n## Modules\n")
	require.True(t, found)
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	n := 0
	for line := range strings.Lines(string(mod)) {
		name, version, _ := strings.Cut(strings.TrimSpace(line), " ")
		if !strings.HasPrefix(version, "v") || strings.HasSuffix(version, "// indirect") {
			continue
		}
		n++
		if strings.HasPrefix(name, "github.com/uptrace/bun/") {
			name = "github.com/uptrace/bun"
		}
		require.Contains(t, modules, "`"+name+"`", "%s has a row for each module that go.mod requires", thirdParty)
	}
	require.NotZero(t, n)
}
