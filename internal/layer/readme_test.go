package layer_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheCodeOfTheReadmeIsInExamples compares each block of Go in README.md with the files
// example_test.go, which are compiled and run.
func TestTheCodeOfTheReadmeIsInExamples(t *testing.T) {
	t.Parallel()
	root, _ := tree(t)
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	var examples []string
	require.NoError(t, fs.WalkDir(os.DirFS(root), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.Name() != "example_test.go" {
			return err
		}
		source, err := os.ReadFile(filepath.Join(root, name))
		examples = append(examples, squeezed(string(source)))
		return err
	}))
	blocks := strings.Split(string(readme), "\n```go\n")[1:]
	require.Len(t, blocks, 5, "the blocks of Embed it, Swap parts and Test with it")
	for _, block := range blocks {
		block, _, closed := strings.Cut(block, "\n```\n")
		require.True(t, closed)
		found := false
		for _, source := range examples {
			found = found || strings.Contains(source, squeezed(block))
		}
		require.True(t, found, "no example_test.go has these lines of README.md:\n%s", block)
	}
}

// TestEachPackageOfAHostHasAnExample finds packages whose documentation does not show their first
// use.
func TestEachPackageOfAHostHasAnExample(t *testing.T) {
	t.Parallel()
	root, _ := tree(t)
	for dir := range may {
		if strings.Contains("/"+dir+"/", "/internal/") || dir == "classify/learned/starter/train" {
			continue
		}
		names, err := filepath.Glob(filepath.Join(root, dir, "*_test.go"))
		require.NoError(t, err)
		found := false
		for _, name := range names {
			source, err := os.ReadFile(name)
			require.NoError(t, err)
			found = found || strings.Contains(string(source), "\nfunc Example")
		}
		require.True(t, found, "package %q has no Example", dir)
	}
}

// squeezed is a text whose lines have no indentation and single blanks.
func squeezed(text string) string {
	var b strings.Builder
	b.WriteByte('\n')
	for line := range strings.Lines(text) {
		b.WriteString(strings.Join(strings.Fields(line), " ") + "\n")
	}
	return b.String()
}
