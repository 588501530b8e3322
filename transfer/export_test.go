package transfer_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/transfer"
)

const (
	kim = "kim@example.com"
	lee = "lee@example.com"
)

// stores open the stores of the tests.
var stores = map[string]func(t *testing.T) helpdesk.Store{
	"memory": func(*testing.T) helpdesk.Store { return memstore.New() },
	"sqlite": func(t *testing.T) helpdesk.Store {
		return migrated(t, dbtest.SQLiteFile(t, filepath.Join(t.TempDir(), "desk.db")))
	},
	"postgres": func(t *testing.T) helpdesk.Store { return migrated(t, dbtest.Postgres(t)) },
}

func migrated(t *testing.T, db *bun.DB) helpdesk.Store {
	store, err := bunstore.New(db, nil)
	require.NoError(t, err)
	require.NoError(t, store.Migrate(t.Context()))
	return store
}

func onEveryStore(t *testing.T, test func(t *testing.T, store helpdesk.Store)) {
	t.Helper()
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t))
		})
	}
}

// onEveryStoreInTurn is for what is measured. PostgreSQL waits for the disk there.
func onEveryStoreInTurn(t *testing.T, test func(t *testing.T, store helpdesk.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, stores["sqlite"](t)) })
	t.Run("postgres", func(t *testing.T) { test(t, migrated(t, dbtest.Open(t, dbtest.PostgresDurableURL(t)))) })
}

func file(name, text string) helpdesk.File {
	return helpdesk.File{Name: name, Type: "text/plain", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

// play does n random things on a desk.
func play(rt *rapid.T, t *testing.T, d *helpdesktest.Desk, n int) {
	ctx := t.Context()
	var ids []helpdesk.TicketID
	boss := d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"})
	agent := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: ana})
	people := []string{kim, lee, "", "max@example.org"}
	for i := range n {
		do := rapid.IntRange(0, 9).Draw(rt, "do")
		if len(ids) == 0 {
			do = 0
		}
		var id helpdesk.TicketID
		if len(ids) > 0 {
			id = rapid.SampledFrom(ids).Draw(rt, "ticket")
		}
		switch do { // what a ticket does not allow is refused
		case 0, 1:
			p := helpdesk.OpenParams{
				Subject: fmt.Sprintf("Ticket %d <b>ü\u2028", i), Description: "=1+1 is what it says.\n'", Tags: []string{"vip"},
				Customer: helpdesk.Contact{Name: "Somebody", Email: rapid.SampledFrom(people).Draw(rt, "who")},
			}
			if rapid.Bool().Draw(rt, "file") {
				n := 1 + 100*i
				if i == 0 {
					n = 100_000 // of more than one part
				}
				p.Files = []helpdesk.File{file("log.txt", strings.Repeat("dropped", n)), file("empty.txt", "")}
			}
			ticket, err := d.Open(ctx, p)
			require.NoError(t, err)
			ids = append(ids, ticket.ID)
		case 2:
			_, _ = agent.Reply(ctx, id, helpdesk.ReplyParams{Body: "Try this.", Waiting: rapid.Bool().Draw(rt, "waiting")})
		case 3:
			_, _ = boss.Resolve(ctx, id, "Done.")
		case 4:
			_, _ = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}).Reply(ctx, id, helpdesk.ReplyParams{Body: "Again."})
		case 5:
			_, _ = boss.Merge(ctx, id, ids[0])
		case 6:
			_, _ = agent.Note(ctx, id, "Kim is angry.")
		case 7:
			_, _ = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}).Rate(ctx, id, 4, "Good.")
		case 8:
			d.Advance(time.Duration(rapid.IntRange(1, 100).Draw(rt, "hours")) * time.Hour)
		case 9:
			d.Drain()
		}
	}
}

// named are the fields that an export after an import has in another form: the version of the
// ticket and of its SLA, which is the tenant's; the new names of files; and the event of the import.
func named(text string) string {
	var out []string
	importedEvent := regexp.MustCompile(`,?\{"ID":"[^"]*","Ticket":"[^"]*","Type":"imported",.*?"Data":"[^}]*\}"\}`)
	blob := regexp.MustCompile(`"[0-9a-f]{32}"`)
	version := regexp.MustCompile(`"Version":\d+`)
	for line := range strings.Lines(text) {
		line = importedEvent.ReplaceAllString(line, "")
		line = version.ReplaceAllString(blob.ReplaceAllString(line, `"blob"`), `"Version":0`)
		out = append(out, line)
	}
	return strings.Join(out, "")
}

// A desk that is written, restored into an empty tenant and written again is the same, whatever
// happened on it.
func TestATenantComesBackAsItWas(t *testing.T) {
	t.Parallel()
	onEveryStore(t, func(t *testing.T, store helpdesk.Store) {
		ctx := t.Context()
		d := newDesk(t, store)
		tenants := 0
		rapid.Check(t, func(rt *rapid.T) {
			if tenants += 2; tenants > 4 {
				return // two cases, each with much in it
			}
			from := *d
			from.Desk = d.ForTenant(helpdesk.TenantID(fmt.Sprint(tenants)))
			_, err := from.SaveAgent(ctx, helpdesk.Agent{Name: "Ana", Email: ana, Skills: map[helpdesk.Skill]int{"general": 3}, Capacity: 5})
			require.NoError(t, err)
			o, err := from.SaveOrganisation(ctx, helpdesk.Organisation{HostID: "corp", Name: "Corp", Domains: []string{"corp.example"}})
			require.NoError(t, err)
			one, err := from.SaveCustomer(ctx, helpdesk.Customer{HostID: "1", Name: "Kim", Organisation: o.ID, Addresses: []helpdesk.Address{{Value: kim}, {Value: "kim@corp.example"}}})
			require.NoError(t, err)
			two, err := from.SaveCustomer(ctx, helpdesk.Customer{HostID: "2", Name: "Kim L.", Addresses: []helpdesk.Address{{Value: lee}}})
			require.NoError(t, err)
			_, err = from.MergeCustomer(ctx, two.ID, one.ID)
			require.NoError(t, err)
			play(rt, t, &from, 25)
			from.Drain()
			ways := map[helpdesk.NoticeKind]helpdesk.NoticeWay{helpdesk.NoticeAssigned: helpdesk.NoticeByPage}
			require.NoError(t, from.SaveNoticeWays(ctx, ana, ways))

			var first, second bytes.Buffer
			require.NoError(t, transfer.Tenant(ctx, from.Desk, &first, nil))
			to := d.ForTenant(helpdesk.TenantID(fmt.Sprint(tenants + 1)))
			d.Notices.Reset()
			asked := len(d.Classifier.Requests())
			result, err := transfer.Import(ctx, to, bytes.NewReader(first.Bytes()), nil)
			require.NoError(t, err)
			require.Empty(t, result.Problems)
			require.Equal(t, "desk", result.Format)
			require.NoError(t, transfer.Tenant(ctx, to, &second, nil))
			require.Equal(t, named(first.String()), named(second.String()))
			told, err := to.NoticeWays(ctx, ana)
			require.NoError(t, err)
			require.Equal(t, helpdesk.NoticeByPage, told[helpdesk.NoticeAssigned], "as the agent has chosen")
			require.Len(t, d.Classifier.Requests(), asked)
			require.Empty(t, d.Notices.All())

			period := report.Period{From: helpdesktest.Start, To: d.Now().Add(time.Hour)}
			want, err := report.New(from.Desk).Overview(ctx, period)
			require.NoError(t, err)
			got, err := report.New(to).Overview(ctx, period)
			require.NoError(t, err)
			require.Equal(t, want, got)
			if auditor, ok := helpdesk.As[helpdesk.LoadAuditor](store); ok {
				drift, err := auditor.LoadDrift(ctx, to.Tenant())
				require.NoError(t, err)
				require.Empty(t, drift)
			}

			again, err := transfer.Import(ctx, to, bytes.NewReader(first.Bytes()), nil)
			require.NoError(t, err)
			require.Zero(t, again.Added+again.Updated+again.Failed+again.People+again.Settings)
		})
	})
}

func TestCirclesInAFileAreRefused(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := newDesk(t, nil)
	var ids []string
	for range 2 {
		ticket, err := d.Open(ctx, helpdesk.OpenParams{Subject: "A", Customer: helpdesk.Contact{Email: kim}})
		require.NoError(t, err)
		ids = append(ids, string(ticket.ID))
	}
	_, err := d.SaveCustomer(ctx, helpdesk.Customer{Name: "Lee", Addresses: []helpdesk.Address{{Value: lee}}})
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, transfer.Tenant(ctx, d.Desk, &b, nil))
	var lines []string
	customers := regexp.MustCompile(`"customer":\{"ID":"([^"]*)"`).FindAllStringSubmatch(b.String(), -1)
	for line := range strings.Lines(b.String()) {
		for i, id := range ids {
			if strings.Contains(line, `"ticket":{"Tenant":"","ID":"`+id) {
				line = strings.Replace(line, `"MergedInto":""`, `"MergedInto":"`+ids[1-i]+`"`, 1)
			}
		}
		for i, c := range customers {
			if strings.Contains(line, `"customer":{"ID":"`+c[1]) {
				line = strings.Replace(line, `"MergedInto":""`, `"MergedInto":"`+customers[1-i][1]+`"`, 1)
			}
		}
		lines = append(lines, line)
	}
	to := d.ForTenant("other")
	result := load(t, to, strings.Join(lines, ""), &transfer.Config{Workers: 1})
	require.Equal(t, 2, result.Failed, result.Problems)
	for _, p := range result.Problems {
		require.Equal(t, "merged_into", p.Field)
	}
	for _, ticket := range all(t, to) {
		_, err := to.Thread(ctx, ticket.ID)
		require.NoError(t, err)
	}
}

func TestAPersonGetsTheirDataAndNobodyElses(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := newDesk(t, nil)
	_, err := d.SaveCustomer(ctx, helpdesk.Customer{Name: "Kim Secret", Note: "Likes tea.", Addresses: []helpdesk.Address{{Value: kim}, {Value: "kim@home.example"}}})
	require.NoError(t, err)
	mine, err := d.Open(ctx, helpdesk.OpenParams{
		Subject: "Mine <script>", Description: "My words </script>", Customer: helpdesk.Contact{Email: kim}, Files: []helpdesk.File{file("../../etc/passwd", "secret bytes")},
	})
	require.NoError(t, err)
	second, err := d.Open(ctx, helpdesk.OpenParams{Subject: "From home", Description: "Home words", Customer: helpdesk.Contact{Email: "kim@home.example"}})
	require.NoError(t, err)
	theirs, err := d.Open(ctx, helpdesk.OpenParams{Subject: "Theirs", Description: "Lee words", Customer: helpdesk.Contact{Name: "Lee", Email: lee}})
	require.NoError(t, err)
	agent := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: ana})
	_, err = agent.Edit(ctx, theirs.ID, helpdesk.TicketEdit{Cc: &[]helpdesk.Contact{{Email: kim}}})
	require.NoError(t, err)
	for _, id := range []helpdesk.TicketID{mine.ID, theirs.ID} {
		_, err = agent.Note(ctx, id, "A note about Max.")
		require.NoError(t, err)
		_, err = agent.Reply(ctx, id, helpdesk.ReplyParams{Body: "Answer to " + string(id)})
		require.NoError(t, err)
		_, err = agent.Resolve(ctx, id, "")
		require.NoError(t, err)
	}
	_, err = d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}).Rate(ctx, mine.ID, 2, "Slow.")
	require.NoError(t, err)
	_, err = agent.Merge(ctx, second.ID, theirs.ID)
	require.NoError(t, err)

	_, _, err = d.Import(ctx, helpdesk.Imported{Source: "old", External: "1", Ticket: helpdesk.Ticket{
		Subject: "Old", Description: "Old words", Status: helpdesk.StatusClosed, Customer: helpdesk.Contact{Email: kim},
	}, Messages: []helpdesk.Message{
		{ID: "1", Kind: helpdesk.FromCustomer, By: helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}, Body: "Old words"},
		{ID: "2", Kind: helpdesk.FromCustomer, By: helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: lee, Name: "Lee"}, Body: "Lee answers"},
	}})
	require.NoError(t, err)

	var b bytes.Buffer
	z := zip.NewWriter(&b)
	require.NoError(t, transfer.Person(ctx, d.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss"}), " KIM@home.example", z, nil))
	require.NoError(t, z.Close())
	files := map[string]string{}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	for _, f := range r.File {
		c, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(c)
		require.NoError(t, err)
		files[f.Name] = string(text)
		require.True(t, filepath.IsLocal(f.Name), f.Name)
	}
	require.Len(t, files, 3)
	var data map[string]any
	require.NoError(t, json.Unmarshal([]byte(files["person.json"]), &data))
	require.Equal(t, []any{theirs.Ref}, data["in_cc_of"])
	for name, text := range files {
		for _, word := range []string{"Lee", "lee@", "Theirs", "about Max", string(theirs.ID)} {
			require.NotContains(t, text, word, name)
		}
	}
	for _, text := range []string{"My words", "Home words", "Kim Secret", "Likes tea.", "Answer to " + string(mine.ID), "Slow.", "passwd"} {
		require.Contains(t, files["person.json"], text)
		require.Contains(t, files["person.html"], text)
	}
	require.NotContains(t, files["person.html"], "<script>")
	delete(files, "person.json")
	delete(files, "person.html")
	for _, text := range files {
		require.Equal(t, "secret bytes", text)
	}

	dir := filepath.Join(t.TempDir(), "kim")
	folder, err := transfer.Dir(dir)
	require.NoError(t, err)
	require.NoError(t, transfer.Person(ctx, d.Desk, kim, folder, nil))
	require.NoError(t, folder.Close())
	text, err := os.ReadFile(filepath.Join(dir, "person.html"))
	require.NoError(t, err)
	require.Contains(t, string(text), "Home words")
	require.ErrorIs(t, transfer.Person(ctx, d.Desk, "nobody@example.com", folder, nil), helpdesk.ErrNotFound)
	require.ErrorIs(t, transfer.Person(ctx, d.ForTenant("other"), kim, folder, nil), helpdesk.ErrNotFound)
	require.ErrorIs(t, transfer.Person(ctx, d.Desk, "", folder, nil), helpdesk.ErrInvalid)
}

func TestAListIsCSVWithoutFormulas(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := newDesk(t, nil)
	for i := range 120 {
		_, err := d.Open(ctx, helpdesk.OpenParams{Subject: fmt.Sprintf("=cmd|%d", i), Customer: helpdesk.Contact{Name: "@SUM(A1)", Email: []string{kim, lee}[i%2]}, Tags: []string{"-vip"}})
		require.NoError(t, err)
	}
	rows := func(d *helpdesk.Desk, words string, q helpdesk.Query, role helpdesk.Role) [][]string {
		var b bytes.Buffer
		require.NoError(t, transfer.List(ctx, d, &b, words, q, role))
		list, err := csv.NewReader(&b).ReadAll()
		require.NoError(t, err)
		return list
	}
	list := rows(d.Desk, "", helpdesk.Query{Order: helpdesk.Oldest}, helpdesk.RoleSystem)
	require.Len(t, list, 121)
	require.Equal(t, "'=cmd|0", list[1][2])
	require.Contains(t, list[1], "'@SUM(A1)")
	require.Contains(t, list[1], "'-vip")
	require.Contains(t, list[0], "agent")
	customer := helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim}
	own := rows(d.As(customer), "", helpdesk.Query{}, helpdesk.RoleCustomer)
	require.Len(t, own, 61)
	require.NotContains(t, own[0], "agent")
	require.NotContains(t, own[0], "tags")
	require.Len(t, rows(d.Desk, "cmd", helpdesk.Query{Customer: kim}, helpdesk.RoleSystem), 61)
	require.Len(t, rows(d.ForTenant("other"), "", helpdesk.Query{}, helpdesk.RoleSystem), 1)

	var b bytes.Buffer
	require.NoError(t, transfer.List(ctx, d.Desk, &b, "", helpdesk.Query{Customer: kim}, helpdesk.RoleSystem))
	to := d.ForTenant("copy")
	require.Equal(t, 60, load(t, to, b.String(), nil).Added, "Import reads it")
	require.True(t, strings.HasPrefix(all(t, to)[0].Subject, "=cmd|"))
	require.Equal(t, "@SUM(A1)", all(t, to)[0].Customer.Name)
}
