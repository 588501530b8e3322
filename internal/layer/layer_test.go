package layer_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/helpdesk-go/helpdesk"

// may lists what each package's built code may import beyond the standard library. An
// entry ending in /... allows everything below. What examples import is their own affair.
var may = map[string][]string{
	"":                        {module + "/internal/atonce", module + "/internal/blank", module + "/internal/bounded", module + "/internal/check", module + "/internal/crosslink", module + "/internal/excerpt", module + "/internal/filename", module + "/internal/freemail", module + "/internal/gather", module + "/internal/held", module + "/internal/inhand", module + "/internal/instant", module + "/internal/language", module + "/internal/likeness", module + "/internal/linktoken", module + "/internal/lru", module + "/internal/mailbox", module + "/internal/mention", module + "/internal/noaddress", module + "/internal/onepass", module + "/internal/parts", module + "/internal/places", module + "/internal/random", module + "/internal/reference", module + "/internal/safereply", module + "/internal/searchtext", module + "/internal/searchwords", module + "/internal/skew", module + "/internal/spell", module + "/internal/striptoken", module + "/internal/sureness", module + "/internal/thanks", module + "/internal/told", "github.com/google/uuid"},
	"assign":                  {module},
	"similar":                 {module, module + "/internal/boilerplate", module + "/internal/excerpt", module + "/internal/mailbox", module + "/internal/safereply", module + "/internal/noaddress"},
	"classify":                {module, module + "/internal/boilerplate", module + "/internal/excerpt", module + "/internal/mailbox", module + "/similar", "golang.org/x/text/unicode/norm"},
	"classify/learned":        {module, module + "/classify", module + "/internal/boilerplate", module + "/internal/lru", "golang.org/x/text/unicode/norm"},
	"classify/classifytest":   {module},
	"classify/openaiclassify": {module, module + "/classify", module + "/similar", "github.com/sashabaranov/go-openai/..."},
	"sla":                     {module, module + "/internal/spell"},
	"sla/holidays":            {module, module + "/sla", "github.com/rickar/cal/v2/..."},
	"sla/ics":                 {module, module + "/sla", "github.com/arran4/golang-ical", "github.com/teambition/rrule-go"},
	"report":                  {module, module + "/internal/instant"},
	"archive":                 {module, module + "/report"},
	"transfer":                {module, module + "/archive", module + "/email", module + "/report"},
	"macro":                   {module, module + "/internal/check"},
	"notify":                  {module},
	"notify/smtpnotify":       {module, module + "/notify", module + "/notify/templates", "github.com/wneessen/go-mail/smtp", module + "/internal/noaddress"},
	"notify/templates":        {module, module + "/internal/check"},
	"notify/webhook":          {module, module + "/internal/check", module + "/internal/instant", module + "/internal/told", module + "/internal/noaddress"},
	"ratelimit":               {module},
	"email":                   {module, module + "/internal/mailauth", module + "/internal/mailbox", module + "/ratelimit", "github.com/jhillyerd/enmime/v2/mediatype", "github.com/microcosm-cc/bluemonday", "golang.org/x/net/html/...", "golang.org/x/text/encoding/...", "golang.org/x/text/unicode/norm"},
	"store":                   {module, module + "/internal/instant", module + "/internal/searchwords", "github.com/google/uuid"},
	"store/blobs":             {module, module + "/internal/ctxio"},
	"store/memstore":          {module, module + "/internal/ctxio", module + "/archive", module + "/store", module + "/report", module + "/similar", "github.com/google/uuid"},
	"store/bunstore":          {module, module + "/archive", module + "/internal/ctxio", module + "/store", module + "/report", module + "/similar", module + "/internal/postings", "github.com/google/uuid", "github.com/uptrace/bun/...", "github.com/jackc/pgx/v5", "github.com/jackc/pgx/v5/pgconn", "github.com/jackc/pgx/v5/stdlib"},
	"store/sqlitestore":       {module, module + "/store/bunstore", "github.com/uptrace/bun/...", "modernc.org/sqlite/..."},
	"store/storetest":         {module, module + "/archive", module + "/store", module + "/report", module + "/similar", "github.com/google/uuid"},
	"helpdesktest":            {module, module + "/assign", module + "/classify", module + "/similar", module + "/sla", module + "/store/memstore"},
	"httpapi":                 {module, module + "/assign", module + "/internal/background", module + "/internal/bookmark", module + "/internal/feed", module + "/internal/instant", module + "/internal/noaddress", module + "/internal/searchtext", module + "/internal/searchwords", module + "/internal/ticketlist", module + "/macro", module + "/notify/templates", module + "/notify/webhook", module + "/ratelimit", module + "/report", module + "/sla", module + "/transfer", "github.com/danielgtaylor/huma/v2/..."},
	"webui":                   {module, module + "/internal/reference", module + "/assign", module + "/email", module + "/internal/background", module + "/internal/feed", module + "/internal/instant", module + "/internal/language", module + "/internal/lru", module + "/internal/noaddress", module + "/internal/searchtext", module + "/internal/searchwords", module + "/internal/ticketlist", module + "/macro", module + "/notify/templates", module + "/notify/webhook", module + "/ratelimit", module + "/report", module + "/sla", module + "/transfer", "golang.org/x/text/language", "golang.org/x/text/message/...", "golang.org/x/text/number"},
	"standard":                {module + "/...", "github.com/uptrace/bun/...", "github.com/jackc/pgx/v5/..."},
	"internal/layer":          {},
	"internal/instant":        {},
	"internal/told":           {},
	"internal/lru":            {},
	"internal/language":       {},
	"internal/check":          {},
	"internal/blank":          {},
	"internal/mailauth":       {"golang.org/x/net/idna", "golang.org/x/net/publicsuffix"},
	"internal/mailbox":        {},
	"internal/mention":        {},
	"internal/boilerplate":    {},
	"internal/bookmark":       {},
	"internal/excerpt":        {},
	"internal/freemail":       {},
	"internal/searchtext":     {module + "/internal/searchwords"},
	"internal/thanks":         {},
	"internal/searchwords":    {},
	"internal/spell":          {},
	"internal/striptoken":     {module + "/internal/linktoken"},
	"internal/linktoken":      {module + "/internal/random", module + "/internal/reference"},
	"internal/sureness":       {module + "/internal/likeness"},
	"internal/random":         {},
	"internal/reference":      {},
	"internal/likeness":       {},
	"internal/safereply":      {},
	"internal/noaddress":      {},
	"internal/inbound":        {module, module + "/email", module + "/internal/mailauth", module + "/ratelimit", module + "/internal/noaddress"},
	"internal/inboundtest":    {module, module + "/email"},
	"internal/background":     {},
	"internal/bounded":        {},
	"internal/held":           {},
	"internal/atonce":         {},
	"internal/gather":         {},
	"internal/filename":       {},
	"internal/inhand":         {},
	"internal/onepass":        {},
	"internal/parts":          {module + "/internal/bounded", module + "/internal/told"},
	"internal/places":         {},
	"internal/skew":           {},
	"internal/chaos":          {},
	"internal/crosslink":      {},
	"internal/ctxio":          {},
	"internal/ticketlist":     {module},
	"internal/feed":           {module, module + "/internal/background"},
	"internal/postings":       {},
	"internal/browsertest":    {"github.com/chromedp/cdproto/...", "github.com/chromedp/chromedp/..."},
	"internal/dbtest":         {module + "/...", "github.com/uptrace/bun/...", "github.com/jackc/pgx/v5/...", "modernc.org/sqlite/..."},

	"email/sendgrid": {module, module + "/email", module + "/internal/inbound", module + "/internal/mailauth", "golang.org/x/text/encoding/htmlindex"},
	"email/mailgun":  {module, module + "/email", module + "/internal/inbound", module + "/internal/mailauth"},
	"email/postmark": {module, module + "/email", module + "/internal/inbound", module + "/internal/mailauth"},
	"email/ses":      {module, module + "/email", module + "/internal/inbound", module + "/internal/mailauth"},
	"email/lmtp":     {module, module + "/email", module + "/internal/inbound", "github.com/emersion/go-smtp", module + "/internal/noaddress"},
	"email/imap":     {module, module + "/email", module + "/internal/inbound", "github.com/emersion/go-imap/v2/...", module + "/internal/noaddress"},

	"classify/learned/starter":       {module + "/classify/learned"},
	"classify/learned/starter/train": {module, module + "/classify", module + "/classify/learned"},
}

// forTests are the packages that only tests import.
var forTests = []string{"store/storetest", "helpdesktest", "internal/dbtest", "internal/browsertest", "internal/inboundtest"}

func TestPackagesImportOnlyWhatTheirLayerMay(t *testing.T) {
	t.Parallel()
	root, dirs := tree(t)
	seen := map[string]bool{}
	for _, dir := range dirs {
		pkg, err := build.ImportDir(filepath.Join(root, dir), 0)
		if err != nil || strings.HasPrefix(dir, "examples") || strings.HasPrefix(dir, "internal/bench") {
			continue
		}
		seen[dir] = true
		allowed, known := may[dir]
		require.True(t, known, "package %q is new: give it a line in the table", dir)
		for _, imp := range pkg.Imports {
			if first, _, _ := strings.Cut(imp, "/"); strings.Contains(first, ".") {
				require.True(t, matches(allowed, imp), "package %q must not import %s", dir, imp)
			}
			if !slices.Contains(forTests, dir) {
				require.NotEqual(t, "testing", imp, "package %q must not import testing in built code", dir)
				for _, helper := range forTests {
					require.NotEqual(t, module+"/"+helper, imp, "package %q is built into programs", dir)
				}
			}
			require.False(t, strings.HasPrefix(imp, "github.com/stretchr/testify"), "package %q must keep testify to its tests", dir)
		}
	}
	for dir := range may {
		require.True(t, seen[dir] || dir == "report", "the table knows package %q, the tree does not", dir)
	}
}

// TestOnlyTheClockReadsTheTime finds uses of time.Now outside clock.go. Tests and the programs
// under examples may use it.
func TestOnlyTheClockReadsTheTime(t *testing.T) {
	t.Parallel()
	root, dirs := tree(t)
	found := 0
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
		require.NoError(t, err)
		for _, name := range files {
			rel := path.Join(dir, filepath.Base(name))
			if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(rel, "examples/") || strings.HasPrefix(rel, "internal/") {
				continue
			}
			uses := usesOfNow(t, name)
			if rel == "clock.go" {
				found += uses
				continue
			}
			require.Zero(t, uses, "%s reads the time of the machine: ask the Clock", rel)
		}
	}
	require.Equal(t, 1, found, "clock.go is where the time is read")
}

func usesOfNow(t *testing.T, name string) (n int) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	require.NoError(t, err)
	ast.Inspect(file, func(node ast.Node) bool {
		if sel, ok := node.(*ast.SelectorExpr); ok && sel.Sel.Name == "Now" {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" {
				n++
			}
		}
		return true
	})
	return n
}

func matches(allowed []string, imp string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		if base, all := strings.CutSuffix(a, "/..."); all {
			return imp == base || strings.HasPrefix(imp, base+"/")
		}
		return imp == a
	})
}

// tree returns the root of the module and every folder in it that may hold Go files.
func tree(t *testing.T) (root string, dirs []string) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	line, _, _ := strings.Cut(string(mod), "\n")
	require.Equal(t, "module "+module, line, strconv.Quote(line))
	err = filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		if name := e.Name(); p != root && (strings.HasPrefix(name, ".") || name == "testdata") {
			return filepath.SkipDir
		}
		rel, err := filepath.Rel(root, p)
		if rel == "." {
			rel = ""
		}
		dirs = append(dirs, filepath.ToSlash(rel))
		return err
	})
	require.NoError(t, err)
	return root, dirs
}
