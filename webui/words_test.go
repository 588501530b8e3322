package webui_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// catalogue reads a language.
func catalogue(t *testing.T, name string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("lang", name+".json"))
	require.NoError(t, err)
	var words map[string]string
	require.NoError(t, json.Unmarshal(text, &words))
	return words
}

func TestBothLanguagesHaveTheSameKeysAndVerbs(t *testing.T) {
	t.Parallel()
	en, de := catalogue(t, "en"), catalogue(t, "de")
	require.Equal(t, slices.Sorted(maps.Keys(en)), slices.Sorted(maps.Keys(de)))
	verb := regexp.MustCompile(`%(?:[0-9]+|\.[0-9]+)?[a-z%]`)
	for key := range en {
		require.NotEmpty(t, en[key], key)
		require.NotEmpty(t, de[key], key)
		require.Equal(t, verb.FindAllString(en[key], -1), verb.FindAllString(de[key], -1), key)
	}
}

// sources are the templates and the code.
func sources(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, pattern := range []string{"templates/*.html", "*.go"} {
		names, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, name := range names {
			if !strings.HasSuffix(name, "_test.go") {
				text, err := os.ReadFile(name)
				require.NoError(t, err)
				files[name] = string(text)
			}
		}
	}
	return files
}

func TestEveryKeyThatIsUsedIsInTheCatalogue(t *testing.T) {
	t.Parallel()
	en := catalogue(t, "en")
	whole := regexp.MustCompile(`(?:\.T|\.text|refuse\([^"\n]*,|, key =|return "",)[ (]+"([a-z0-9_.]+)"`)
	begun := regexp.MustCompile(`(?:\.T \(print|\.T\(|\.Word|\.word\()[ (]*"([a-z0-9_.]+)"(?: | \+|,)`)
	used := 0
	for name, text := range sources(t) {
		for _, m := range whole.FindAllStringSubmatch(text, -1) {
			if strings.HasSuffix(m[1], ".") {
				continue
			}
			used++
			require.Contains(t, en, m[1], name)
		}
		for _, m := range begun.FindAllStringSubmatch(text, -1) {
			used++
			begins := func(key string) bool { return key == m[1] || strings.HasPrefix(key, strings.TrimSuffix(m[1], ".")+".") }
			require.True(t, slices.ContainsFunc(slices.Collect(maps.Keys(en)), begins), "%s: no key begins with %s", name, m[1])
		}
	}
	require.Greater(t, used, 300)
}

func TestNoPageShowsAKeyInsteadOfItsText(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ref := s.fill().Ref
	key := regexp.MustCompile(`>\s*(?:set|help|rate|field|problem|step|view|nav|mail|error|dash|write|act|time)\.[a-z._]+[a-z]\s*<`)
	for path, by := range s.everyPage(ref) {
		for _, language := range []string{"en", "de"} {
			r := s.request(by, "GET", path, nil)
			r.Header.Set("Accept-Language", language)
			a := s.send(r)
			require.NotRegexp(t, key, a.body, path)
			require.NotContains(t, a.body, "%!", path)
			require.Contains(t, a.body, `<html lang="`+language+`">`, path)
		}
	}
}
