package layer_test

import (
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEveryTestRunsInAPassOfMakeTest reads the Makefile. Folders whose code shares memory between
// goroutines have three passes: one runs the tests of a list, another runs all the rest under the
// race detector, and a third runs those that use SQLite without it. All other folders have one
// pass, so no test is left out. A test could still leave itself out under the race detector, by a
// build tag or by a skip: such a test must be in the list.
func TestEveryTestRunsInAPassOfMakeTest(t *testing.T) {
	t.Parallel()
	root, dirs := tree(t)
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	require.NoError(t, err)
	text := string(makefile)

	// The passes: the same pattern is left out of one and run by the other.
	list := regexp.MustCompile(`(?m)^WITHOUT_RACE =((?:.*\\\n)*.*)$`).FindStringSubmatch(text)
	require.NotNil(t, list)
	alone := strings.Fields(strings.ReplaceAll(list[1], "\\\n", " "))
	require.Equal(t, slices.Sorted(slices.Values(alone)), slices.Compact(slices.Sorted(slices.Values(alone))), "a name stands twice")
	require.Contains(t, text, "\nNAMES = ^($(subst $() ,|,$(strip $(WITHOUT_RACE))))$$\n")
	_, recipe, _ := strings.Cut(text, "\ntest: ")
	recipe, _, _ = strings.Cut(recipe, "\n\n")
	require.Regexp(t, `(?m)^\t\$\(GO\) test -vet=off -race -timeout \S+ -skip '\$\(NAMES\)' \$\(RACED\)$`, recipe)
	require.Contains(t, recipe, "\n\t$(MAKE) -j 2 others client\n")
	require.Regexp(t, `(?m)^others:\n\tRAPID_CHECKS=\d+ \$\(GO\) test -vet=off -timeout \S+ \$\(OTHERS\)$`, text)
	require.Regexp(t, `(?m)^\tRAPID_CHECKS=\d+ \$\(GO\) test -vet=off -p 3 -timeout \S+ -run '\$\(NAMES\)' \$\(FOLDERS\)$`, recipe)
	require.Contains(t, text, "\nTESTED = $(sort $(dir $(shell find . -name '*_test.go' -not -path '*/testdata/*')))\n"+
		"OTHERS = $(filter $(TESTED),$(PLAIN)) $(filter-out $(RACED) $(PLAIN),$(TESTED))\n")

	// The pass for SQLite has each folder whose tests call dbtest.SQLite, and skips no other test.
	require.Contains(t, text, "\nSQLITE = $(filter $(dir $(shell grep -rl --include='*_test.go' --exclude-dir=testdata 'dbtest\\.SQLite' .)),$(RACED))\n")
	require.Regexp(t, `(?m)^\tHELPDESK_NO_POSTGRES=1 \$\(GO\) test -vet=off -timeout \S+ -skip '\$\(NAMES\)' \$\(SQLITE\)$`, recipe)

	found := map[string]bool{}
	for _, dir := range dirs {
		p := testsOf(t, filepath.Join(root, dir))
		for _, name := range p.onlyWithTag {
			if strings.HasPrefix(name, "Example") && p.names("dbtest.SQLite") {
				continue // the pass for SQLite has it
			}
			t.Errorf("%s: %s is built only with or only without the race detector, so a pass may miss it", dir, name)
		}
		for name := range p.calls {
			if isTest(name) {
				found[name] = found[name] || slices.Contains(alone, name)
			}
			if !isTest(name) || slices.Contains(alone, name) {
				continue
			}
			for _, skips := range []string{"browsertest.New", skipsUnderRace} {
				if p.reaches(name, skips, map[string]bool{}) {
					t.Errorf("%s: %s skips itself under the race detector (%s): add it to WITHOUT_RACE of the Makefile", dir, name, skips)
				}
			}
		}
	}
	for _, name := range alone {
		require.True(t, found[name], "WITHOUT_RACE of the Makefile has %s, the tree has not", name)
	}
}

// skipsUnderRace stands among the names that a function uses when it skips by a constant of the
// race detector.
const skipsUnderRace = "Skip under race"

// testsIn is what the test files of a folder declare.
type testsIn struct {
	calls       map[string][]string // the functions that a function names, by its name
	onlyWithTag []string            // tests of files that are built only with, or only without, the race detector
}

func testsOf(t *testing.T, dir string) *testsIn {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	require.NoError(t, err)
	p := &testsIn{calls: map[string][]string{}}
	var parsed []*ast.File
	var raceNames []string // what is declared with one value under the race detector, and another without
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		require.NoError(t, err)
		parsed = append(parsed, file)
		if dependsOnRace(t, file) {
			raceNames = append(raceNames, valuesOf(file)...)
		}
	}
	for _, file := range parsed {
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if f.Recv == nil && isTest(f.Name.Name) && dependsOnRace(t, file) {
				p.onlyWithTag = append(p.onlyWithTag, f.Name.Name)
			}
			p.calls[f.Name.Name] = append(p.calls[f.Name.Name], namesIn(f)...)
			if skipsBy(f, raceNames) {
				p.calls[f.Name.Name] = append(p.calls[f.Name.Name], skipsUnderRace)
			}
		}
	}
	return p
}

func isTest(name string) bool {
	return strings.HasPrefix(name, "Test") && name != "TestMain" || strings.HasPrefix(name, "Example") || strings.HasPrefix(name, "Fuzz")
}

// dependsOnRace reports whether a file is in the build of one pass and not in that of the other.
func dependsOnRace(t *testing.T, file *ast.File) bool {
	t.Helper()
	for _, group := range file.Comments {
		for _, c := range group.List {
			if !constraint.IsGoBuild(c.Text) || c.Pos() > file.Package {
				continue
			}
			expr, err := constraint.Parse(c.Text)
			require.NoError(t, err)
			with := func(race bool) bool { return expr.Eval(func(tag string) bool { return tag != "race" || race }) }
			if with(true) != with(false) {
				return true
			}
		}
	}
	return false
}

// valuesOf returns the constants and variables of a file.
func valuesOf(file *ast.File) (names []string) {
	for _, decl := range file.Decls {
		if g, ok := decl.(*ast.GenDecl); ok {
			for _, spec := range g.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					for _, name := range v.Names {
						names = append(names, name.Name)
					}
				}
			}
		}
	}
	return names
}

// skipsBy reports whether a function has an if with one of these names in its condition and a Skip
// in its body.
func skipsBy(f *ast.FuncDecl, names []string) (skips bool) {
	ast.Inspect(f, func(node ast.Node) bool {
		if n, ok := node.(*ast.IfStmt); ok {
			asks := slices.ContainsFunc(namesIn(n.Cond), func(name string) bool { return slices.Contains(names, name) })
			skips = skips || asks && slices.ContainsFunc(namesIn(n.Body), func(name string) bool {
				return name == "Skip" || name == "Skipf" || name == "SkipNow"
			})
		}
		return true
	})
	return skips
}

// namesIn returns the identifiers below a node, those of other packages as package.Name.
func namesIn(tree ast.Node) (names []string) {
	ast.Inspect(tree, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok {
				names = append(names, x.Name+"."+n.Sel.Name)
			}
			names = append(names, n.Sel.Name) // a method
		case *ast.Ident:
			names = append(names, n.Name)
		}
		return true
	})
	return names
}

// names reports whether any function of the folder names another.
func (p *testsIn) names(target string) bool {
	for _, called := range p.calls {
		if slices.Contains(called, target) {
			return true
		}
	}
	return false
}

// reaches reports whether a function names another, itself or through functions of its folder that
// are not in seen.
func (p *testsIn) reaches(name, target string, seen map[string]bool) bool {
	if seen[name] {
		return false
	}
	seen[name] = true
	return slices.ContainsFunc(p.calls[name], func(called string) bool {
		return called == target || p.reaches(called, target, seen)
	})
}

// TestTheModulesOfTestdataShareWhatTheLibraryHasBuilt compares the versions of their dependencies.
// A package of another version, or of a library that is not in the workspace, is compiled again.
func TestTheModulesOfTestdataShareWhatTheLibraryHasBuilt(t *testing.T) {
	t.Parallel()
	root, _ := tree(t)
	wanted := versions(t, filepath.Join(root, "go.mod"))
	for _, dir := range []string{"httpapi/testdata/client", "store/bunstore/testdata/migrators"} {
		work, err := os.ReadFile(filepath.Join(root, dir, "go.work"))
		require.NoError(t, err)
		require.Contains(t, string(work), "\n\t"+strings.Repeat("../", strings.Count(dir, "/"))+"..\n", "%s: the library is not in its workspace", dir)
		for module, version := range versions(t, filepath.Join(root, dir, "go.mod")) {
			if want := wanted[module]; want != "" {
				require.Equal(t, want, version, "%s: the version of %s differs from that in the go.mod of the library", dir, module)
			}
		}
	}
}

// versions returns what a go.mod requires.
func versions(t *testing.T, file string) map[string]string {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	all := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) (v\S+)`).FindAllStringSubmatch(string(text), -1) {
		all[m[1]] = m[2]
	}
	return all
}
