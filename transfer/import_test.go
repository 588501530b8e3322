package transfer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/transfer"
)

const ana = "ana@example.com"

func newDesk(t *testing.T, store helpdesk.Store) *helpdesktest.Desk {
	t.Helper()
	d := helpdesktest.New(t, store, nil)
	d.Hire(helpdesk.Agent{Name: "Ana Silva", Email: ana, Skills: map[helpdesk.Skill]int{"billing": 3, "general": 3}, Capacity: 10})
	d.Drain()
	return d
}

func load(t *testing.T, d *helpdesk.Desk, text string, cfg *transfer.Config) transfer.Result {
	t.Helper()
	result, err := transfer.Import(t.Context(), d, strings.NewReader(text), cfg)
	require.NoError(t, err)
	return result
}

func all(t *testing.T, d *helpdesk.Desk) []*helpdesk.Ticket {
	t.Helper()
	page, err := d.Tickets(t.Context(), helpdesk.Query{Order: helpdesk.Oldest, Limit: helpdesk.MaxLimit})
	require.NoError(t, err)
	return page.Tickets
}

func at(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t
}

// Each file of testdata holds the same solved ticket of 2024, as far as its format can.
func TestASolvedTicketOf2024StaysOneInEveryFormat(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct {
		format   string
		status   helpdesk.Status
		category helpdesk.Category
		messages string // kinds
		comments bool   // with their own times
		company  bool
		skipped  int
		cc       bool   // lee@example.com
		ignored  string // names, some of them
	}{
		"zendesk.jsonl": {"zendesk", helpdesk.StatusClosed, "", "customer note agent", true, true, 1, false,
			`category "incident", collaborator_ids of unknown users, comments.attachments, custom_fields, group_id, recipient`},
		"zendesk_incremental.json": {"zendesk", helpdesk.StatusResolved, "", "customer", false, true, 0, true, ""},
		"freshdesk.json":           {"freshdesk", helpdesk.StatusClosed, "billing", "customer note agent", true, false, 1, true, ""},
		"freshdesk.csv":            {"freshdesk", helpdesk.StatusClosed, "billing", "customer", false, true, 0, false, "due_by_time, first_response_time, group, resolution_status, time_tracked"},
		"excel.csv":                {"csv", helpdesk.StatusResolved, "billing", "customer note", false, false, 0, true, "color"},
		"own.jsonl":                {"jsonl", helpdesk.StatusResolved, "billing", "customer note agent", true, true, 0, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			d := newDesk(t, nil)
			f, err := os.Open("testdata/" + name)
			require.NoError(t, err)
			defer f.Close()
			before, err := report.New(d.Desk).Overview(ctx, report.Period{From: at("2024-03-04 00:00"), To: at("2024-03-05 00:00")})
			require.NoError(t, err)
			require.Zero(t, before.Flow.Created)

			result, err := transfer.Import(ctx, d.Desk, f, nil)
			require.NoError(t, err)
			require.Empty(t, result.Problems)
			require.Equal(t, want.format, result.Format)
			require.Equal(t, 1, result.Added)
			require.Equal(t, want.skipped, result.Skipped)
			if want.ignored != "" {
				for _, field := range strings.Split(want.ignored, ", ") {
					require.Contains(t, result.Ignored, field)
				}
			}
			require.NotContains(t, result.Ignored, "url")
			require.Empty(t, result.Strangers)
			d.Advance(time.Minute)
			require.Empty(t, d.Notices.All(), "nobody is told")
			require.Empty(t, d.Classifier.Requests(), "no model is asked")

			got := all(t, d.Desk)[0]
			if got.Status == helpdesk.StatusClosed && want.status == helpdesk.StatusResolved {
				got.Status = helpdesk.StatusResolved // its time to be reopened is over, so the Tick has closed it
			}
			require.Equal(t, want.status, got.Status)
			require.Equal(t, "Charged twice", got.Subject)
			require.Equal(t, helpdesk.AgentID(ana), got.Assignee)
			require.Equal(t, helpdesk.High, got.Priority)
			require.Equal(t, want.category, got.Category)
			require.Equal(t, "Kim Lee", got.Customer.Name)
			require.Equal(t, "kim@example.com", got.Customer.Email)
			require.Contains(t, got.Tags, "billing")
			if want.cc {
				require.Len(t, got.Cc, 1)
				require.Equal(t, "lee@example.com", got.Cc[0].Email)
			}
			require.Equal(t, at("2024-03-04 09:00"), got.CreatedAt)
			if name != "zendesk_incremental.json" {
				require.Equal(t, at("2024-03-04 15:00"), got.ResolvedAt)
				require.Equal(t, []string{"billing", "vip"}, got.Tags)
			}
			require.Empty(t, got.Clocks)
			require.NotEmpty(t, got.CustomerID)
			require.Equal(t, want.company, got.Organisation != "")
			th, err := d.Thread(ctx, got.ID)
			require.NoError(t, err)
			var kinds []string
			for _, m := range th.Messages {
				kinds = append(kinds, string(m.Kind))
			}
			require.Equal(t, want.messages, strings.Join(kinds, " "))
			require.Equal(t, helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "kim@example.com", Name: "Kim Lee"}, th.Messages[0].By)
			if want.comments {
				require.Equal(t, []time.Time{at("2024-03-04 09:00"), at("2024-03-04 10:00"), at("2024-03-04 14:00")},
					[]time.Time{th.Messages[0].At, th.Messages[1].At, th.Messages[2].At})
				require.Equal(t, ana, th.Messages[2].By.ID)
				require.Equal(t, 1, got.Replies)
				require.Equal(t, at("2024-03-04 14:00"), got.FirstReplyAt)
				require.Equal(t, "Paid back today.", th.Messages[2].Body)
			}
			imported := 0
			for _, e := range th.Events {
				if e.Type == helpdesk.EventImported {
					imported++
				}
			}
			require.Equal(t, 1, imported)
			after, err := report.New(d.Desk).Overview(ctx, report.Period{From: at("2024-03-04 00:00"), To: at("2024-03-06 00:00")})
			require.NoError(t, err)
			require.Equal(t, 1, after.Flow.Created)
			require.Equal(t, 1, after.Flow.Resolved)
			now, err := report.New(d.Desk).Overview(ctx, report.Period{From: helpdesktest.Start, To: d.Now()})
			require.NoError(t, err)
			require.Zero(t, now.Flow.Created+now.Flow.Resolved+now.Flow.Start+now.Flow.End)
			found, err := d.Search(ctx, "charged", helpdesk.Query{})
			require.NoError(t, err)
			require.Len(t, found.Tickets, 1)

			_, err = f.Seek(0, io.SeekStart)
			require.NoError(t, err)
			version := all(t, d.Desk)[0].Version
			again, err := transfer.Import(ctx, d.Desk, f, nil)
			require.NoError(t, err)
			require.Equal(t, 1, again.Unchanged)
			require.Zero(t, again.Added+again.Updated)
			require.Equal(t, version, all(t, d.Desk)[0].Version, "twice changes nothing")
		})
	}
}

func TestAnOpenTicketGetsClocksFromNowAndAnOwnerOrAPlace(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	result := load(t, d.Desk, `id,subject,status,priority,category,agent,customer_email,created_at
1,Hers,open,high,billing,Ana Silva,kim@example.com,2025-01-01
2,Left,in_progress,high,billing,gone@example.com,kim@example.com,2025-01-01
3,Unsorted,open,,,,kim@example.com,2025-01-01
4,Asked,pending,low,billing,ana@example.com,kim@example.com,2025-01-01
`, nil)
	require.Equal(t, 4, result.Added)
	require.Equal(t, map[string]int{"gone@example.com": 1}, result.Strangers)
	byName := map[string]*helpdesk.Ticket{}
	for _, ticket := range all(t, d.Desk) {
		byName[ticket.Subject] = ticket
		for _, c := range ticket.Clocks {
			require.Equal(t, d.Now(), c.StartedAt)
			require.False(t, c.Breached(d.Now()))
		}
		require.NotEmpty(t, ticket.Clocks)
		require.Equal(t, at("2025-01-01 00:00"), ticket.CreatedAt)
	}
	require.Equal(t, helpdesk.StatusAssigned, byName["Hers"].Status)
	require.Equal(t, helpdesk.AgentID(ana), byName["Hers"].Assignee)
	require.Equal(t, helpdesk.StatusNew, byName["Left"].Status)
	require.False(t, byName["Left"].QueuedAt.IsZero(), "it waits for an agent")
	require.True(t, byName["Unsorted"].TriagedAt.IsZero(), "triage finds its category")
	require.Equal(t, helpdesk.StatusWaiting, byName["Asked"].Status)
	require.Empty(t, d.Notices.All())
	loads, err := d.Desk.Store().(interface{ Unwrap() helpdesk.Store }).Unwrap().(helpdesk.Loader).Loads(t.Context(), "")
	require.NoError(t, err)
	require.Equal(t, 1, loads[ana].Open)
	d.Drain()
	require.Len(t, d.Classifier.Requests(), 1, "a model is asked for the one without a category")
	for _, ticket := range all(t, d.Desk) {
		require.True(t, ticket.Assignee != "" || !ticket.QueuedAt.IsZero(), ticket.Subject)
	}
}

func TestANewerFileAddsWhatIsNew(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	open := `{"id":"1","subject":"A","description":"a","status":"open","category":"billing","customer_email":"kim@example.com","created_at":"2026-02-01T09:00:00Z","comments":[{"id":"1","author_email":"kim@example.com","body":"more","created_at":"2026-02-01T10:00:00Z"}]}`
	solved := `{"id":"1","subject":"A","description":"a","status":"solved","category":"billing","customer_email":"kim@example.com","agent":"ana@example.com","created_at":"2026-02-01T09:00:00Z","resolved_at":"2026-02-20T09:00:00Z","comments":[{"id":"1","author_email":"kim@example.com","body":"more","created_at":"2026-02-01T10:00:00Z"},{"id":"2","author_email":"ana@example.com","body":"done","created_at":"2026-02-20T09:00:00Z"}]}`
	for name, test := range map[string]struct {
		here   func(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID)
		status helpdesk.Status
		n      int
	}{
		"nobody worked on it":  {func(*testing.T, *helpdesktest.Desk, helpdesk.TicketID) {}, helpdesk.StatusResolved, 3},
		"the desk assigned it": {func(t *testing.T, d *helpdesktest.Desk, _ helpdesk.TicketID) { d.Drain() }, helpdesk.StatusResolved, 3},
		"an agent replied here": {func(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID) {
			d.Clock.Advance(time.Minute)
			_, err := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: ana}).Reply(ctx, id, helpdesk.ReplyParams{Body: "On it."})
			require.NoError(t, err)
		}, helpdesk.StatusProgress, 4},
		"the person was erased": {func(t *testing.T, d *helpdesktest.Desk, _ helpdesk.TicketID) {
			_, err := d.Erase(ctx, "kim@example.com")
			require.NoError(t, err)
		}, helpdesk.StatusNew, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, nil)
			require.Equal(t, 1, load(t, d.Desk, open, nil).Added)
			id := all(t, d.Desk)[0].ID
			test.here(t, d, id)
			load(t, d.Desk, solved, nil)
			got, err := d.Ticket(ctx, id)
			require.NoError(t, err)
			require.Equal(t, test.status, got.Status)
			th, err := d.Thread(ctx, id)
			require.NoError(t, err)
			require.Len(t, th.Messages, test.n)
			for _, c := range got.Clocks {
				require.True(t, got.Status.Open() || !c.Running(), "clocks end with the ticket")
				require.Equal(t, got.Status == helpdesk.StatusResolved, !c.CancelledAt.IsZero(), "and count for nothing")
			}
			require.Equal(t, 0, load(t, d.Desk, solved, nil).Updated)
			require.Equal(t, 0, load(t, d.Desk, open, nil).Added)
		})
	}
}

// manyRows is a file of n tickets.
func manyRows(n int) string {
	var b strings.Builder
	b.WriteString("id,subject,status,customer_name,customer_email,organisation,created_at,resolved_at\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Ticket %d,solved,Kim,kim%d@example.com,Corp %d,2024-01-01,2024-01-02\n", i, i, i%7, i%3)
	}
	return b.String()
}

// flaky fails commits: every so many, before or after they took place.
type flaky struct {
	helpdesk.Store
	n     atomic.Int64
	after bool
}

func (f *flaky) Unwrap() helpdesk.Store { return f.Store }

var errCut = errors.New("cut off")

func (f *flaky) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	n := f.n.Add(1)
	if n%5 == 0 && !f.after {
		return errCut
	}
	err := f.Store.Commit(ctx, changes...)
	if n%5 == 0 && err == nil {
		return errCut
	}
	return err
}

func TestAnImportThatWasCutOffGoesOnAndTwoAtOnceGiveOneResult(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	file := manyRows(40)
	for _, after := range []bool{false, true} {
		store := &flaky{Store: memstore.New(), after: after}
		d := helpdesktest.New(t, store, nil)
		runs := 0
		for ; ; runs++ {
			require.Less(t, runs, 40)
			if _, err := transfer.Import(ctx, d.Desk, strings.NewReader(file), nil); err == nil {
				break
			} else {
				require.ErrorIs(t, err, errCut)
			}
		}
		require.Positive(t, runs)
		require.Len(t, all(t, d.Desk), 40)
	}
	d := newDesk(t, nil)
	var wg sync.WaitGroup
	var added atomic.Int64
	for range 3 {
		wg.Go(func() {
			result, err := transfer.Import(ctx, d.Desk, strings.NewReader(file), nil)
			if err != nil || result.Failed > 0 {
				t.Error(err, result.Problems)
			}
			added.Add(int64(result.Added))
		})
	}
	wg.Wait()
	require.Equal(t, int64(40), added.Load())
	require.Len(t, all(t, d.Desk), 40)
	customers, err := d.Customers(ctx, helpdesk.CustomerQuery{Limit: helpdesk.MaxLimit})
	require.NoError(t, err)
	require.Len(t, customers.Customers, 7)
	organisations, err := d.Organisations(ctx, helpdesk.OrganisationQuery{Limit: helpdesk.MaxLimit})
	require.NoError(t, err)
	require.Len(t, organisations.Organisations, 3)
}

func TestABadRowIsNamedAndDoesNotStopTheRest(t *testing.T) {
	t.Parallel()
	head := "id,subject,status,created_at,resolved_at,customer_email\n"
	good := "9,Good,solved,2024-01-01,2024-01-02,kim@example.com\n"
	for name, test := range map[string]struct {
		text  string
		line  int
		field string
	}{
		"status":           {head + "1,A,sleeping,2024-01-01,,\n" + good, 2, "status"},
		"a doubtful date":  {head + "1,A,solved,3/4/2024,,\n" + good, 2, "created_at"},
		"the future":       {head + "1,A,solved,2030-01-01,,\n" + good, 2, "created_at"},
		"before its start": {head + "1,A,solved,2024-01-01,2023-01-01,\n" + good, 2, "resolved_at"},
		"no address":       {head + "1,A,solved,2024-01-01,,kim at example\n" + good, 2, "customer_email"},
		"no UTF-8":         {head + "1,A\xff,solved,2024-01-01,,\n" + good, 2, "subject"},
		"a long subject":   {head + "1," + strings.Repeat("a", 300) + ",solved,2024-01-01,,\n" + good, 2, "subject"},
		"too many cells":   {head + "1,A,solved,2024-01-01,,,,,\n" + good, 2, "row"},
		"a stray quote":    {head + "1,A\"b,solved,2024-01-01,,\n" + good, 2, "row"},
		"a second line":    {head + "1,\"A\nb\",solved,2024-01-01,,nobody\n" + good, 2, "customer_email"},
		"no JSON":          {`{"id":1,"subject":"A"` + "\n" + `{"id":9,"subject":"Good"}`, 1, "row"},
		"a list":           {`{"id":9,"subject":"Good"}` + "\n[]", 2, "row"},
		"bytes in JSON":    {`{"id":9,"subject":"Good"}` + "\n" + "{\"id\":1,\"subject\":\"\xff\"}", 2, "row"},
		"a huge line":      {`{"id":9,"subject":"Good"}` + "\n" + `{"id":1,"subject":"A","description":"` + strings.Repeat("x", 70_000) + `"}`, 2, "row"},
		"deep":             {`{"id":9,"subject":"Good"}` + "\n" + `{"id":1,"subject":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`, 2, "row"},
		"one id, two authors' words": {`{"id":9,"subject":"Good"}` + "\n" +
			`{"id":1,"subject":"A","comments":[{"id":"1","body":"a"},{"id":"1","body":"b"}]}`, 2, "comments[2]"},
		"a record": {`{"kind":"desk","format":1}` + "\n" + `{"id":9,"subject":"Good"}` + "\n" + `{"kind":"ticket","ticket":{"format":1,"ticket":{"ID":"x"}}}`, 3, "subject"},
		"a kind":   {`{"kind":"desk","format":1}` + "\n" + `{"id":9,"subject":"Good"}` + "\n" + `{"kind":"webhook"}`, 3, "kind"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, nil)
			result := load(t, d.Desk, test.text, &transfer.Config{MaxRow: 64_000})
			require.Equal(t, 1, result.Failed)
			require.NotEmpty(t, result.Problems)
			require.Equal(t, test.line, result.Problems[0].Line)
			require.Equal(t, test.field, result.Problems[0].Field, result.Problems[0].Err)
			require.Equal(t, 1, result.Added, "the good one is there")
			require.Equal(t, "Good", all(t, d.Desk)[0].Subject)
		})
	}
}

func TestAFileThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t, nil)
	for name, text := range map[string]string{
		"zip": "PK\x03\x04....", "gzip": "\x1f\x8b\x08", "UTF-16": "\xff\xfei\x00d\x00", "no header": "1,2,3\n4,5,6\n", "twice": "subject,email,customer_email\n",
		"cut off": `{"tickets":[{"id":1,"subject":"A"},`, "a number": "[1", "an endless cell": "id,subject\n1,\"" + strings.Repeat("x", 200_000),
		"an endless value": `{"count":1,` + "\n" + `"tickets":[{"id":1,"subject":"` + strings.Repeat("x", 200_000), "format": `{"kind":"desk","format":9}`,
	} {
		_, err := transfer.Import(t.Context(), d.Desk, strings.NewReader(text), &transfer.Config{MaxRow: 20_000})
		require.ErrorIs(t, err, helpdesk.ErrInvalid, name)
	}
	require.Empty(t, load(t, d.Desk, " \n", nil).Problems)
	_, err := transfer.Import(t.Context(), d.Desk, strings.NewReader("subject,status\n"+strings.Repeat("a,no\n", 200)), &transfer.Config{MaxErrors: 10})
	require.ErrorIs(t, err, transfer.ErrTooMany)
	for _, who := range []helpdesk.Actor{{Role: helpdesk.RoleAgent, ID: ana}, {Role: helpdesk.RoleLead, ID: ana}, {Role: helpdesk.RoleCustomer, ID: "kim@example.com"}} {
		_, err := transfer.Import(t.Context(), d.As(who), strings.NewReader("subject\nA\n"), nil)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		require.ErrorIs(t, transfer.Tenant(t.Context(), d.As(who), io.Discard, nil), helpdesk.ErrForbidden)
		require.ErrorIs(t, transfer.Person(t.Context(), d.As(who), "kim@example.com", nil, nil), helpdesk.ErrForbidden)
		_, _, err = d.As(who).Import(t.Context(), helpdesk.Imported{Source: "x", External: "1", Ticket: helpdesk.Ticket{Subject: "A"}})
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		_, err = d.As(who).ImportPeople(t.Context(), nil, nil)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
	}
}

// endless is a file that no memory holds.
type endless struct{ n, rows int }

func (e *endless) Read(p []byte) (int, error) {
	if e.n >= e.rows {
		return 0, io.EOF
	}
	var b bytes.Buffer
	if e.n == 0 {
		b.WriteString("subject,status\n")
	}
	for ; e.n < e.rows && b.Len() < 1000; e.n++ {
		b.WriteString("a,no\n")
	}
	return copy(p, b.Bytes()), nil
}

func TestManyLinesAreReadAsAStream(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a second")
	}
	d := newDesk(t, nil)
	reports := 0
	result, err := transfer.Import(t.Context(), d.Desk, &endless{rows: 100_000}, &transfer.Config{MaxErrors: -1, Progress: func(transfer.Result) { reports++ }})
	require.NoError(t, err)
	require.Greater(t, result.Failed, 90_000)
	require.LessOrEqual(t, len(result.Problems), 1000)
	require.Greater(t, reports, 100)
}
