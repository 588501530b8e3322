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
	require.Contains(t, out, "42 tickets in the file, 42 of them triaged now")
	require.Regexp(t, `urgent +10`, out, "nine by their words, one by the starter model")
	again, err := importInto(t, db, "tickets.csv")
	require.NoError(t, err)
	require.Contains(t, again, "42 tickets in the file, 0 of them triaged now")
	_, numbers, _ := strings.Cut(out, "\n")
	require.Contains(t, again, numbers, "the second import changes no number")
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
	file := write(t, "t.jsonl", `{"id":"1","subject":"Refund","body":"Please","customer_email":"kim@example.com","priority":"x"}`+"\n\n"+`{"body":"I cannot login"}`+"\n")
	out, err := importInto(t, filepath.Join(t.TempDir(), "desk.db"), file)
	require.NoError(t, err)
	require.Contains(t, out, "2 tickets in the file, 2 of them triaged now")
}

func TestABadRowIsNamedAndNothingImported(t *testing.T) {
	for want, file := range map[string]string{
		"t.csv:5: subject and body are empty":   write(t, "t.csv", "id,subject,body\n1,a,b\n2,\"c\nd\",e\n3,,\n"),
		"t.csv:3: wrong number of fields":       write(t, "t.csv", "id,subject,body\n1,a,b\n2,c\n"),
		`t.csv:3: id "1" stands in line 2`:      write(t, "t.csv", "id,subject\n1,a\n1,b\n"),
		"t.csv: header has neither":             write(t, "t.csv", "id,name\n1,a\n"),
		"t.jsonl:2: invalid character":          write(t, "t.jsonl", "{\"subject\":\"a\"}\nnonsense\n"),
		"t.csv:2: helpdesk: open ticket: custo": write(t, "t.csv", "subject,customer_email\na,not an address\n"),
		"no such file or directory":             "missing.csv",
	} {
		db := filepath.Join(t.TempDir(), "desk.db")
		_, err := importInto(t, db, file)
		require.ErrorContains(t, err, want)
		out, err := importInto(t, db, write(t, "ok.csv", "subject\nfine\n"))
		require.NoError(t, err)
		require.Regexp(t, `Tickets +1\n`, out)
	}
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
