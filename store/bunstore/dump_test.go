package bunstore_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk/internal/dbtest"
)

var update = flag.Bool("update", false, "write the descriptions of schemas, and the dumps of the version that is not frozen")

// TestDump writes the dump of the newest version with -update, unless that is frozen: the schema
// and the rows that a desk of this build leaves behind. So each version has one of its own time.
func TestDump(t *testing.T) {
	if !*update {
		t.Skip("writes nothing without -update")
	}
	_, newest := files(t, "postgres")
	if isFrozen("postgres", newest) {
		return
	}
	url, lite := dbtest.PostgresURL(t), dbtest.SQLite(t)
	db := dbtest.Open(t, url)
	tell(t, migrated(t, db))
	_, err := db.ExecContext(t.Context(), "UPDATE helpdesk_events SET xid = NULL") // whose numbers mean nothing to another server
	require.NoError(t, err)
	writeFile(t, dumpFile("postgres", newest), dumpPostgres(t, url))
	tell(t, migrated(t, lite))
	writeFile(t, dumpFile("sqlite", newest), dumpSQLite(t, lite))
}

func dumpFile(dialect string, version int) string {
	return filepath.Join("testdata", "dump", dialect, fmt.Sprintf("%04d.sql", version))
}

func writeFile(t *testing.T, name, text string) {
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
	require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
}

// dumpPostgres is what pg_dump writes, without the name of the schema and what is for psql alone.
func dumpPostgres(t *testing.T, url string) string {
	schema := regexp.MustCompile(`search_path=(\w+)`).FindStringSubmatch(url)[1]
	out, err := exec.CommandContext(t.Context(), "pg_dump", "--schema="+schema, "--no-owner", "--no-privileges", "--inserts", strings.Split(url, "?")[0]).Output()
	require.NoError(t, err)
	text := strings.ReplaceAll(string(out), schema+".", "")
	text = regexp.MustCompile(`(?m)^(--.*|\\.*|SET .*|SELECT pg_catalog\.set_config.*|CREATE SCHEMA.*)\n`).ReplaceAllString(text, "")
	return strings.TrimSpace(regexp.MustCompile(`\n{2,}`).ReplaceAllString(text, "\n\n")) + "\n"
}

// dumpSQLite writes statements that make the same file. The tables below a virtual one come with it
// and have rows then, which go first.
func dumpSQLite(t *testing.T, db *bun.DB) string {
	var b strings.Builder
	var made []struct{ Type, Name, SQL string }
	require.NoError(t, db.NewRaw("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index', rowid").Scan(t.Context(), &made))
	for _, m := range made {
		if strings.HasPrefix(m.Name, "helpdesk_words_") {
			fmt.Fprintf(&b, "DELETE FROM %s;\n", m.Name)
		} else {
			fmt.Fprintf(&b, "%s;\n", m.SQL)
		}
		if m.Type != "table" || m.Name == "helpdesk_words" {
			continue
		}
		var columns, rows []string
		require.NoError(t, db.NewRaw("SELECT name FROM pragma_table_info(?)", m.Name).Scan(t.Context(), &columns))
		values := "quote(" + strings.Join(columns, ") || ', ' || quote(") + ")"
		require.NoError(t, db.NewRaw("SELECT "+values+" FROM "+m.Name).Scan(t.Context(), &rows))
		for _, row := range rows {
			fmt.Fprintf(&b, "INSERT INTO %s VALUES (%s);\n", m.Name, row)
		}
	}
	return b.String()
}

// row is a row of a table by column.
type row map[string]string

// renames says what each migration changes in a row of a table. What is not said is not to change.
var renames = map[int]func(dialect, table string, r row){
	2: func(_, table string, r row) {
		switch {
		case table == "helpdesk_settings":
			r.rename("kind", "floors", "priority_rules")
			r.rename("kind", "wording", "mail_templates")
			if r["kind"] == "sla" {
				r["value"] = strings.NewReplacer(`"ladder":`, `"steps":`, `"tell":`, `"notify":`).Replace(r["value"])
			}
		case table == "helpdesk_tasks":
			r.rename("kind", "repin", "apply_sla")
			r.rename("kind", "remember", "index_solved")
		case table == "helpdesk_events" && (r["type"] == "escalated" || r["type"] == "sla_at_risk"):
			r["data"] = strings.Replace(r["data"], `,"rung":`, `,"step":`, 1)
		}
	},
	3: func(_, table string, r row) {
		if table == "helpdesk_tickets" {
			r["public_at"], r["links_ended"] = r["updated_at"], "0"
			r["suggestion"] = strings.Replace(r["suggestion"], `"response":`, `"old_response":`, 1)
		}
	},
	4: func(dialect, table string, r row) {
		if dialect == "postgres" && table == "helpdesk_events" {
			r["xid"] = "<nil>"
		}
	},
	5: func(_, _ string, _ row) {},
	6: func(_, table string, r row) {
		if table == "helpdesk_tickets" {
			r["language"] = ""
		}
	},
	7: func(_, table string, r row) {
		if table == "helpdesk_tickets" {
			r["customer_id"], r["organisation_id"] = "<nil>", "<nil>"
		}
	},
	8: func(_, table string, r row) {
		if table == "helpdesk_messages" {
			delete(r, "words")
		}
	},
	9: func(dialect, table string, r row) {
		if table == "helpdesk_tickets" {
			r["cc"], r["cc_names"], r["followers"], r["told_at"] = "[]", "[]", "[]", "<nil>"
			if dialect == "postgres" {
				r["cc_keys"] = "[]"
			}
		}
	},
	10: func(dialect, table string, r row) {
		switch table {
		case "helpdesk_tickets":
			r["links"], r["reply_to"], r["unverified"] = "<nil>", "", map[string]string{"postgres": "false", "sqlite": "0"}[dialect]
		case "helpdesk_messages":
			r["sender"], r["reply_to"] = "<nil>", "<nil>"
		case "helpdesk_mail":
			r["sender"], r["answers"] = "", "[]"
		}
	},
}

func (r row) rename(column, from, to string) {
	if r[column] == from {
		r[column] = to
	}
}

// TestEveryVersionCanBeBroughtToTheNewest restores the dump of each version, brings it to the
// newest, takes it back, brings it up again and works with it.
func TestEveryVersionCanBeBroughtToTheNewest(t *testing.T) {
	t.Parallel()
	_, newest := files(t, "postgres")
	for version := 1; version <= newest; version++ {
		t.Run(fmt.Sprint("version ", version), func(t *testing.T) {
			onBoth(t, func(t *testing.T, db *bun.DB) {
				store, dialect := storeOn(t, db), dialectOf(db)
				restore(t, db, version)
				want, err := os.ReadFile(filepath.Join("schema", dialect, fmt.Sprintf("%04d.txt", version)))
				require.NoError(t, err)
				require.Equal(t, string(want), describe(t, db), "the dump has the schema of its version")
				before, renamed := rowsOf(t, db, 0, 0), rowsOf(t, db, version, newest)
				for table, rows := range before {
					require.NotEmpty(t, rows, "table %s has no row in the dump", table)
				}

				require.NoError(t, store.Migrate(t.Context()))
				require.NoError(t, store.Check(t.Context()))
				got := rowsOf(t, db, 0, 0)
				if version < 7 {
					customersOfTickets(t, got)
				}
				for table, rows := range got {
					if _, old := before[table]; !old {
						require.Empty(t, rows, "table %s is new", table)
						delete(got, table)
					}
				}
				if version < 6 { // whose migration has solved tickets indexed again
					tasks := got["helpdesk_tasks"]
					again := func(line string) bool { return strings.Contains(line, `"kind":"reindex"`) }
					require.True(t, slices.ContainsFunc(tasks, again))
					got["helpdesk_tasks"] = slices.DeleteFunc(tasks, again)
				}
				if version < 8 { // whose migration has the words of all tickets indexed in the background
					indexing := func(line string) bool { return strings.Contains(line, `"kind":"words"`) }
					require.True(t, slices.ContainsFunc(got["helpdesk_tasks"], indexing))
					got["helpdesk_tasks"] = slices.DeleteFunc(got["helpdesk_tasks"], indexing)
					for _, rows := range []map[string][]string{before, renamed, got} {
						delete(rows, "helpdesk_words")
					}
				}
				require.Equal(t, renamed, got, "nothing is lost, and nothing else has changed")

				for v := newest; v > version; v-- {
					step(t, db, v, "down")
				}
				require.Equal(t, string(want), describe(t, db))
				back := rowsOf(t, db, 0, 0)
				if version < 8 {
					delete(back, "helpdesk_words") // on SQLite the words of messages stay away
				}
				require.Equal(t, before, back, "down loses nothing")

				require.NoError(t, store.Migrate(t.Context()))
				require.NoError(t, store.Check(t.Context()))
				goOn(t, store)
				down(t, db)
				require.Empty(t, objects(t, db), "down to nothing leaves nothing")
			})
		})
	}
}

// customersOfTickets checks the customers that migration 7 has made of the tickets, and takes them
// out of the rows.
func customersOfTickets(t *testing.T, got map[string][]string) {
	parse := func(line string) (r row) {
		require.NoError(t, json.Unmarshal([]byte(line), &r))
		return r
	}
	want, customers, owners := map[string]string{}, map[string]row{}, map[string]string{}
	for _, line := range got["helpdesk_customers"] {
		r := parse(line)
		customers[r["tenant_id"]+" "+r["id"]] = r
	}
	for _, line := range got["helpdesk_customer_addresses"] {
		r := parse(line)
		require.Contains(t, customers, r["tenant_id"]+" "+r["customer_id"])
		owners[r["tenant_id"]+" "+r["value"]] = r["customer_id"]
	}
	first := map[string]row{}
	for i, line := range got["helpdesk_tickets"] {
		r := parse(line)
		key := r["tenant_id"] + " " + r["customer_email"]
		if r["customer_email"] == "" {
			require.Equal(t, "<nil>", r["customer_id"])
			continue
		}
		require.Equal(t, owners[key], r["customer_id"], "the ticket of an address is that of its customer")
		want[key] = r["customer_id"]
		if f, seen := first[key]; !seen || r["created_at"] < f["created_at"] || (r["created_at"] == f["created_at"] && r["id"] < f["id"]) {
			first[key] = r
		}
		r["customer_id"] = "<nil>"
		text, err := json.Marshal(r)
		require.NoError(t, err)
		got["helpdesk_tickets"][i] = string(text)
	}
	require.Equal(t, want, owners, "one customer an address")
	require.Len(t, customers, len(want))
	for key, f := range first {
		tenant, email, _ := strings.Cut(key, " ")
		c := customers[tenant+" "+f["id"]]
		require.NotNil(t, c, "the customer has the id of the first ticket")
		require.Equal(t, strings.ToLower(cmp.Or(c["name"], email)), c["sort_name"])
		require.Contains(t, c["words"], " "+strings.Split(email, "@")[0])
	}
	slices.Sort(got["helpdesk_tickets"])
	got["helpdesk_customers"], got["helpdesk_customer_addresses"] = nil, nil
}

func restore(t *testing.T, db *bun.DB, version int) {
	dump, err := os.ReadFile(dumpFile(dialectOf(db), version))
	require.NoError(t, err, "each version has a dump of its own time: see TestDump")
	conn, err := db.Conn(t.Context()) // so that SQLite's virtual table is not read before its rows are there
	require.NoError(t, err)
	defer conn.Close()
	_, err = conn.ExecContext(t.Context(), string(dump))
	require.NoError(t, err)
}

// rowsOf returns the rows of every table but that of the migrations, each as JSON, as the renames
// after one version up to another leave them.
func rowsOf(t *testing.T, db *bun.DB, after, to int) map[string][]string {
	all := map[string][]string{}
	for _, table := range tables(t, db) {
		if table == "helpdesk_migrations" {
			continue
		}
		var rows []map[string]any
		require.NoError(t, db.NewRaw("SELECT * FROM "+table).Scan(t.Context(), &rows))
		lines := []string{}
		for _, columns := range rows {
			r := row{}
			for name, value := range columns {
				if text, ok := value.([]byte); ok {
					value = string(text)
				}
				r[name] = fmt.Sprint(value)
			}
			for v := after + 1; v <= to; v++ {
				renames[v](dialectOf(db), table, r)
			}
			line, err := json.Marshal(r)
			require.NoError(t, err)
			lines = append(lines, string(line))
		}
		slices.Sort(lines)
		all[table] = lines
	}
	return all
}
