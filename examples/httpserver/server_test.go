package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/internal/dbtest"
)

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// importInto imports a file into a SQLite file and returns what was printed.
func importInto(t *testing.T, db, file string) (string, error) {
	t.Helper()
	var out strings.Builder
	err := run(t.Context(), []string{"-db", db, "-import", file}, &out, io.Discard)
	return out.String(), err
}

func TestImportTriagesEachTicketOnce(t *testing.T) {
	db := filepath.Join(t.TempDir(), "desk.db")
	out, err := importInto(t, db, "tickets.csv")
	require.NoError(t, err)
	require.Contains(t, out, "42 tickets in the file: 42 added, 0 updated, 0 unchanged, 0 skipped, 0 failed")
	require.Regexp(t, `urgent +10`, out, "nine by their words, one by the starter model")
	again, err := importInto(t, db, "tickets.csv")
	require.NoError(t, err)
	require.Contains(t, again, "0 added, 0 updated, 42 unchanged")
	_, numbers, _ := strings.Cut(out, "\n")
	require.Contains(t, again, numbers, "the second import changes no number")

	file := filepath.Join(t.TempDir(), "desk.jsonl")
	require.NoError(t, run(t.Context(), []string{"-db", db, "-export", file}, io.Discard, io.Discard))
	copied, err := importInto(t, filepath.Join(t.TempDir(), "copy.db"), file)
	require.NoError(t, err)
	require.Contains(t, copied, "42 added")
	require.Contains(t, copied, numbers)
	require.Error(t, run(t.Context(), []string{"-db", db, "-export", file}, io.Discard, io.Discard), "it replaces no file")
	person := filepath.Join(t.TempDir(), "kim.zip")
	require.NoError(t, run(t.Context(), []string{"-db", db, "-export", person, "-person", "kim@example.com"}, io.Discard, io.Discard))
	text, err := os.ReadFile(person)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(text), "PK"))
}

func TestImportIsTheSameOnPostgres(t *testing.T) {
	onSQLite, err := importInto(t, filepath.Join(t.TempDir(), "desk.db"), "tickets.csv")
	require.NoError(t, err)
	t.Setenv("DATABASE_URL", dbtest.PostgresURL(t))
	onPostgres, err := importInto(t, "", "tickets.csv")
	require.NoError(t, err)
	require.Equal(t, onSQLite, onPostgres)
}

func TestImportReadsJSONLines(t *testing.T) {
	file := write(t, "t.jsonl", `{"id":"1","subject":"Refund","body":"Please","customer_email":"kim@example.com","priority":"high"}`+"\n\n"+`{"body":"I cannot login"}`+"\n")
	out, err := importInto(t, filepath.Join(t.TempDir(), "desk.db"), file)
	require.NoError(t, err)
	require.Contains(t, out, "2 tickets in the file: 2 added")
}

func TestABadRowIsNamedAndTheRestIsImported(t *testing.T) {
	var said strings.Builder
	db := filepath.Join(t.TempDir(), "desk.db")
	file := write(t, "t.csv", "id,subject,customer_email\n1,a,kim@example.com\n2,b,nobody\n")
	require.ErrorContains(t, run(t.Context(), []string{"-db", db, "-import", file}, io.Discard, &said), "1 tickets of")
	require.Contains(t, said.String(), "t.csv: line 3, ticket 2: customer_email is not")
	out, err := importInto(t, db, write(t, "ok.csv", "subject\nfine\n"))
	require.NoError(t, err)
	require.Regexp(t, `Tickets +2\n`, out)
	_, err = importInto(t, db, "missing.csv")
	require.ErrorContains(t, err, "no such file or directory")
}

// lines is a writer whose first line can be waited for.
type lines chan string

func (l lines) Write(p []byte) (int, error) {
	select {
	case l <- string(p):
	default:
	}
	return len(p), nil
}

func TestTheServerServesAndStopsCleanly(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stderr := make(lines, 1)
	stopped := make(chan error, 1)
	go func() {
		stopped <- run(ctx, []string{"-addr", "127.0.0.1:0", "-db", filepath.Join(t.TempDir(), "desk.db"), "-outbox", t.TempDir(), "-record-reads"}, io.Discard, stderr)
	}()
	said := <-stderr
	require.Contains(t, said, "from this machine only")
	base := regexp.MustCompile(`http://[0-9.:]+`).FindString(said)

	call := func(actor, method, path, body string) (int, map[string]any) {
		req, err := http.NewRequestWithContext(ctx, method, base+path, strings.NewReader(body))
		require.NoError(t, err)
		req.Header.Set("X-Demo-Actor", actor)
		req.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		defer res.Body.Close()
		var answer map[string]any
		require.NoError(t, json.NewDecoder(res.Body).Decode(&answer))
		return res.StatusCode, answer
	}
	status, opened := call("customer:kim@example.com", "POST", "/api/tickets", `{"subject":"Charged twice","description":"Please refund it.","source":"web_form"}`)
	require.Equal(t, 201, status)
	status, list := call("agent:ana@example.com", "GET", "/api/tickets?sort=urgency", "")
	require.Equal(t, 200, status)
	ticket := list["tickets"].([]any)[0].(map[string]any)
	require.Equal(t, "billing", ticket["category"])
	require.Equal(t, "assigned", ticket["status"])
	status, _ = call("agent:ana@example.com", "GET", "/api/tickets/"+ticket["id"].(string), "")
	require.Equal(t, 200, status)
	status, reads := call("admin:boss@example.com", "GET", "/api/reads", "")
	require.Equal(t, 200, status)
	require.Len(t, reads["reads"], 1, "-record-reads")
	status, resolved := call("agent:ana@example.com", "PATCH", "/api/tickets/"+ticket["id"].(string)+"/resolve", `{"agent_email":"ana@example.com","resolution_note":"refunded"}`)
	require.Equal(t, 200, status, resolved)
	status, overview := call("admin:boss@example.com", "GET", "/api/reports/overview?days=30", "")
	require.Equal(t, 200, status)
	require.EqualValues(t, 1, overview["resolved"])
	status, _ = call("nobody", "GET", "/api/tickets", "")
	require.Equal(t, 401, status)
	require.NotEmpty(t, opened)

	cancel()
	require.NoError(t, <-stopped)
}

func TestLinksNameTheAddressServedOn(t *testing.T) {
	t.Parallel()
	for addr, site := range map[string]string{
		":8080": "http://127.0.0.1:8080", "0.0.0.0:80": "http://127.0.0.1:80", "127.0.0.1:9000": "http://127.0.0.1:9000",
		"desk.example.com:8080": "http://desk.example.com:8080", "[::]:8080": "http://127.0.0.1:8080", "[::1]:8080": "http://[::1]:8080",
	} {
		require.Equal(t, site, siteOf(addr), addr)
	}
}
