package layer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWhatTheSecurityPageNamesExists looks up each test and each file that docs/security.md names,
// and each chapter and risk of the two lists.
func TestWhatTheSecurityPageNamesExists(t *testing.T) {
	t.Parallel()
	root, dirs := tree(t)
	known := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	for _, dir := range dirs {
		names, err := filepath.Glob(filepath.Join(root, dir, "*_test.go"))
		require.NoError(t, err)
		for _, name := range names {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			for _, m := range declared.FindAllStringSubmatch(string(text), -1) {
				known[m[1]] = true
			}
		}
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "security.md"))
	require.NoError(t, err)
	named := 0
	for line := range strings.Lines(string(page)) {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		cells := strings.Split(line, "|")
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[len(cells)-2], -1) {
			named++
			if strings.HasPrefix(m[1], "Test") || strings.HasPrefix(m[1], "Fuzz") {
				require.True(t, known[m[1]], "there is no %s", m[1])
				continue
			}
			_, err := os.Stat(filepath.Join(root, filepath.FromSlash(m[1])))
			require.NoError(t, err)
		}
		if len(cells) == 5 && strings.TrimSpace(cells[1]) == "met" {
			require.NotEmpty(t, strings.TrimSpace(cells[3]), "what shows this? %s", line)
		}
	}
	require.Greater(t, named, 80)
	for n := 1; n <= 17; n++ {
		require.Regexp(t, fmt.Sprintf(`(?m)^### V%d `, n), string(page))
	}
	for n := 1; n <= 10; n++ {
		require.Regexp(t, fmt.Sprintf(`(?m)^\| LLM%02d `, n), string(page))
	}
}
