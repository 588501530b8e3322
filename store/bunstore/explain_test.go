package bunstore_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/uptrace/bun"
	bundialect "github.com/uptrace/bun/dialect"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/dbtest"
	"github.com/helpdesk-go/helpdesk/report"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// listener remembers the statements of a Store.
type listener struct{ said []string }

func (l *listener) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }
func (l *listener) AfterQuery(_ context.Context, e *bun.QueryEvent)                    { l.said = append(l.said, e.Query) }

// elsewhere are the indexes that no query of TestHotQueriesUseTheirIndex uses, and what does.
var elsewhere = map[string]string{
	"helpdesk_archived_created":      "TestReportsUseTheirIndexes",
	"helpdesk_archived_moved":        "TestReportsUseTheirIndexes",
	"helpdesk_events_moves":          "TestReportsUseTheirIndexes",
	"helpdesk_events_new":            "TestNewEventsAreFoundByTheirIndex",
	"helpdesk_memory_solved":         "Candidates without terms, and the oldest to forget",
	"helpdesk_memory_vectors_solved": "Vectors: the latest of a model",
	"helpdesk_search_at":             "a common word in the latest tickets: see searchLatest",
	"helpdesk_tickets_merged":        "Thread: a function of the family",
	"helpdesk_sentences_ticket":      "IndexSentences",
}

// TestHotQueriesUseTheirIndex asks each database how it would go about what a Store said. Each
// index is used by a query here or by what elsewhere names; an index that nothing uses has to go.
func TestHotQueriesUseTheirIndex(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		crowd(t, store)
		tidy := "ANALYZE"
		if db.Dialect().Name() == bundialect.PG {
			tidy = "VACUUM ANALYZE" // which also empties the list of words that wait to be indexed
		}
		_, err := db.ExecContext(t.Context(), tidy)
		require.NoError(t, err)
		heard := &listener{}
		loud, err := bunstore.New(db.WithQueryHook(heard), &bunstore.Config{NoPreparedStatements: true}) // a hook hears no prepared ones
		require.NoError(t, err)
		list := func(q helpdesk.Query) func(context.Context) error {
			return func(ctx context.Context) error {
				q.Tenant = "acme"
				page, err := loud.Tickets(ctx, q)
				if err == nil && q.After == "" && page.Next != "" {
					q.After = page.Next // what counts is the page after
					heard.said = nil
					_, err = loud.Tickets(ctx, q)
				}
				return err
			}
		}
		mails := func(q helpdesk.MailQuery) func(context.Context) error {
			return func(ctx context.Context) error {
				q.Tenant = "acme"
				page, err := loud.Mails(ctx, q)
				if err == nil && q.After == "" && page.Next != "" {
					q.After = page.Next
					heard.said = nil
					_, err = loud.Mails(ctx, q)
				}
				return err
			}
		}
		customers := func(q helpdesk.CustomerQuery) func(context.Context) error {
			return func(ctx context.Context) error {
				q.Tenant = "acme"
				_, err := loud.Customers(ctx, q)
				return err
			}
		}
		organisations := func(q helpdesk.OrganisationQuery) func(context.Context) error {
			return func(ctx context.Context) error {
				q.Tenant = "acme"
				_, err := loud.Organisations(ctx, q)
				return err
			}
		}
		notices := func(q helpdesk.NoticeQuery) func(context.Context) error {
			return func(ctx context.Context) error {
				q.Tenant, q.Agent = "acme", "ann"
				_, err := loud.Notices(ctx, q)
				return err
			}
		}
		tags := "helpdesk_tickets_tags"
		if db.Dialect().Name() == bundialect.SQLite { // which reads all of the tenant's
			tags = "helpdesk_tickets_created"
		}
		ticket := mailCrowd(t, store)
		_, err = db.ExecContext(t.Context(), `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
INSERT INTO helpdesk_blobs (tenant_id, id, part, last, bytes) SELECT 'acme', 'file ' || i, 0, TRUE, '' FROM n`)
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), `INSERT INTO helpdesk_sentences (tenant_id, key, customer, ticket_id)
SELECT t.tenant_id, 7 * k, k, t.id FROM helpdesk_tickets AS t, (SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3) AS n`)
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
INSERT INTO helpdesk_notices (tenant_id, agent, at, id, kind, urgent, by_id, unread)
SELECT 'acme', CASE WHEN i % 9 = 0 THEN 'ann' ELSE 'agent' || i % 9 END, t.created_at, 'key ' || i, 'answered', FALSE, '', i % 10 = 0
FROM n, (SELECT max(created_at) AS created_at FROM helpdesk_tickets) AS t`)
		require.NoError(t, err)
		for _, table := range []string{"helpdesk_mail", "helpdesk_notices", "helpdesk_blobs", "helpdesk_sentences"} {
			if table == "helpdesk_sentences" && db.Dialect().Name() == bundialect.SQLite {
				continue // hosts hardly ever analyse a file
			}
			_, err = db.ExecContext(t.Context(), "ANALYZE "+table)
			require.NoError(t, err)
		}
		var plans strings.Builder
		for _, hot := range []struct {
			name, index string
			do          func(context.Context) error
			picks       bool // the index does not give the order: few rows are picked, then sorted
		}{
			{"the open queue", "helpdesk_tickets_queue", list(helpdesk.Query{Status: helpdesk.OpenStatuses, Order: helpdesk.Urgency}), false},
			{"new tickets by urgency", "helpdesk_tickets_queue", list(helpdesk.Query{Status: []helpdesk.Status{helpdesk.StatusNew}, Order: helpdesk.Urgency}), true},
			{"everything by urgency", "helpdesk_tickets_queue", list(helpdesk.Query{Order: helpdesk.Urgency}), true},
			{"the newest", "helpdesk_tickets_created", list(helpdesk.Query{}), false},
			{"the oldest", "helpdesk_tickets_created", list(helpdesk.Query{Order: helpdesk.Oldest}), false},
			{"an agent's tickets", "helpdesk_tickets_agent", list(helpdesk.Query{Assignee: "ann"}), false},
			{"an agent's queue", "helpdesk_tickets_agent_queue", list(helpdesk.Query{Assignee: "ann", Status: helpdesk.OpenStatuses, Order: helpdesk.Urgency}), false},
			{"tickets that are late", "helpdesk_tickets_due", list(helpdesk.Query{LateBefore: noon.Add(1000 * time.Hour), Order: helpdesk.ByDue}), false},
			{"open tickets by due time", "helpdesk_tickets_due", list(helpdesk.Query{Status: helpdesk.OpenStatuses, Order: helpdesk.ByDue}), false},
			{"tickets to review", "helpdesk_tickets_review", list(helpdesk.Query{Review: true, Status: helpdesk.OpenStatuses, Order: helpdesk.ByDue}), false},
			{"a ticket by its reference", "helpdesk_tickets_ref|sqlite_autoindex_helpdesk_tickets_2", list(helpdesk.Query{Refs: []string{"R-7"}}), true},
			{"the events of some tickets", "helpdesk_events_ticket", func(ctx context.Context) error {
				q := helpdesk.EventQuery{Tenant: "acme", Types: []helpdesk.EventType{helpdesk.EventAssigned}, Among: []helpdesk.TicketID{ticket, helpdesk.TicketID(uuid.NewString())}}
				for _, err := range loud.Events(ctx, q) {
					return err
				}
				return nil
			}, true},
			{"a thread", "helpdesk_messages_ticket", func(ctx context.Context) error {
				_, err := loud.Thread(ctx, "acme", ticket)
				return err
			}, true},
			{"an agent's notices", "helpdesk_notices_pkey|sqlite_autoindex_helpdesk_notices_1", notices(helpdesk.NoticeQuery{Since: noon}), false},
			{"an agent's unread notices", "helpdesk_notices_unread", notices(helpdesk.NoticeQuery{Unread: true, Since: noon}), false},
			{"how many notices are unread", "helpdesk_notices_unread", func(ctx context.Context) error {
				_, err := loud.CountUnread(ctx, "acme", noon, helpdesk.MostUnread, "ann")
				return err
			}, true},
			{"who waits for an agent", "helpdesk_tickets_waiting", list(helpdesk.Query{Waiting: true, Order: helpdesk.ByDue}), false},
			{"a customer's tickets", "helpdesk_tickets_customer", list(helpdesk.Query{Customer: "c7@example.com"}), false},
			{"the tickets of a customer", "helpdesk_tickets_of", list(helpdesk.Query{CustomerIDs: []helpdesk.CustomerID{helpdesk.CustomerID(numbered(7))}}), false},
			{"the tickets of an organisation", "helpdesk_tickets_organisation", list(helpdesk.Query{Organisation: helpdesk.OrganisationID(numbered(7))}), false},
			{"what a customer sees", "helpdesk_tickets_of", list(helpdesk.Query{
				Scope: &helpdesk.Scope{Email: "c7@example.com", Customers: []helpdesk.CustomerID{helpdesk.CustomerID(numbered(7))}},
			}), true},
			{"what somebody in Cc sees", "helpdesk_tickets_cc", list(helpdesk.Query{Scope: &helpdesk.Scope{Email: "c7@example.com", Cc: []string{"c7@example.com"}}}), true},
			{"who has an address", "helpdesk_customers_merged", customers(helpdesk.CustomerQuery{Emails: []string{"c7@example.com"}, Family: true}), true},
			{"an address among others", "helpdesk_customer_addresses_of", customers(helpdesk.CustomerQuery{Emails: []string{"c7@example.com"}}), true},
			{"customers by name", "helpdesk_customers_name", customers(helpdesk.CustomerQuery{}), false},
			{"the customers of an organisation", "helpdesk_customers_organisation", customers(helpdesk.CustomerQuery{Organisation: helpdesk.OrganisationID(numbered(7))}), false},
			{"organisations by name", "helpdesk_organisations_name", organisations(helpdesk.OrganisationQuery{}), false},
			{"the domains of an organisation", "helpdesk_organisation_domains_of", organisations(helpdesk.OrganisationQuery{Domains: []string{"c7@example"}}), true},
			{"nothing to lease", "helpdesk_tasks_due", func(ctx context.Context) error {
				_, err := loud.Lease(ctx, noon.Add(-time.Hour), time.Minute, 100)
				return err
			}, false},
			{"dead tasks", "helpdesk_tasks_dead", func(ctx context.Context) error {
				_, err := loud.DeadTasks(ctx, "acme", 10)
				return err
			}, true},
			{"loads", "helpdesk_tickets_assigned", func(ctx context.Context) error {
				_, err := loud.Loads(ctx, "acme")
				return err
			}, true},
			{"the latest mails", "helpdesk_mail_at", mails(helpdesk.MailQuery{}), false},
			{"mails since", "helpdesk_mail_at", mails(helpdesk.MailQuery{Since: noon.Add(time.Hour)}), false},
			{"mails that went wrong", "helpdesk_mail_outcome", mails(helpdesk.MailQuery{Outcome: []helpdesk.MailOutcome{helpdesk.MailHeld}}), false},
			{"mails to look at", "helpdesk_mail_outcome", mails(helpdesk.MailQuery{Outcome: []helpdesk.MailOutcome{helpdesk.MailHeld, helpdesk.MailUnreadable}}), true},
			{"a correspondent's mails", "helpdesk_mail_address", mails(helpdesk.MailQuery{Address: "c7@example.com"}), true},
			{"a ticket's mails", "helpdesk_mail_ticket", mails(helpdesk.MailQuery{Ticket: ticket}), true},
			{"mails by Message-ID", "helpdesk_mail_message_id", mails(helpdesk.MailQuery{MessageIDs: []string{"m7@x", "m8@x", "none@x"}}), true},
			{"mails by id", "helpdesk_mail_pkey|sqlite_autoindex_helpdesk_mail_1", mails(helpdesk.MailQuery{IDs: []string{"00000000-0000-4000-8000-000000000000"}}), true},
			{"a part of a file", "helpdesk_blobs_pkey|sqlite_autoindex_helpdesk_blobs_1", func(ctx context.Context) error {
				_, err := loud.Open(ctx, "acme", "00112233445566778899aabbccddeeff")
				require.ErrorIs(t, err, helpdesk.ErrNotFound)
				return nil
			}, true},
			{"recurring sentences", "helpdesk_sentences_ticket", func(ctx context.Context) error {
				_, err := loud.Recurring(ctx, "acme", 3, ticket, helpdesk.TicketID(uuid.NewString()))
				return err
			}, true},
			{"the latest feedback", "helpdesk_events_triage", func(ctx context.Context) error {
				for _, err := range loud.Events(ctx, helpdesk.EventQuery{Tenant: "acme", Types: []helpdesk.EventType{helpdesk.EventFeedback}, Latest: 10}) {
					return err
				}
				return nil
			}, false},
			{"a rare tag", tags, list(helpdesk.Query{Tag: "rare"}), true},
			{"a rare word", "helpdesk_search_words|helpdesk_words", func(ctx context.Context) error {
				_, err := loud.Search(ctx, helpdesk.SearchQuery{Query: helpdesk.Query{Tenant: "acme"}, Terms: terms("rare")})
				return err
			}, true},
		} {
			heard.said = nil
			require.NoError(t, hot.do(t.Context()), hot.name)
			statements := 1
			if hot.name == "a rare word" && db.Dialect().Name() == bundialect.PG {
				statements = 2 // it is asked whether the word is rare, after the first tickets were looked at
				said := slices.DeleteFunc(heard.said, func(s string) bool { return strings.HasPrefix(s, "BEGIN") || s == "COMMIT" })
				require.Contains(t, said[0], `"head"`, said)
				heard.said = said[1:]
			}
			require.Len(t, heard.said, statements, hot.name)
			for _, said := range heard.said {
				plan := explain(t, db, said)
				plans.WriteString(plan + " \n")
				used := false
				for _, index := range strings.Split(hot.index, "|") {
					used = used || strings.Contains(plan+" ", index+" ")
				}
				require.True(t, used, "%s does not use %s:\n%s\n%s", hot.name, hot.index, said, plan)
				require.NotRegexp(t, `Seq Scan on helpdesk_[tms]|SEARCH s USING PRIMARY KEY \(tenant_id=\?\)\s`, plan+"\n", hot.name)
				if !hot.picks {
					require.NotRegexp(t, `Sort|TEMP B-TREE`, plan, "%s: the index gives the order", hot.name)
				}
			}
		}
		if db.Dialect().Name() == bundialect.SQLite {
			return // its indexes are the same
		}
		var indexes []string
		require.NoError(t, db.NewRaw(`SELECT i.relname FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid
WHERE i.relnamespace = current_schema()::regnamespace AND NOT x.indisunique`).Scan(t.Context(), &indexes))
		require.Greater(t, len(indexes), 20)
		for _, index := range indexes {
			if elsewhere[index] == "" {
				require.Contains(t, plans.String(), index+" ", "nothing uses it")
			}
		}
	})
}

// TestAWordOfLateTicketsIsLookedUpInTheIndex has a word that is so common that PostgreSQL expects
// it early in a scan of the table. But only the last tickets hold it.
func TestAWordOfLateTicketsIsLookedUpInTheIndex(t *testing.T) {
	t.Parallel()
	db := dbtest.Postgres(t)
	add(t, migrated(t, db), "acme", 2, func(i int, c *helpdesk.Change) { c.Messages[0].Body = []string{"early", "late"}[i] })
	for _, sql := range []string{
		"ALTER TABLE helpdesk_search DROP CONSTRAINT helpdesk_search_tenant_id_ticket_id_fkey",
		"INSERT INTO helpdesk_search SELECT w.tenant_id, gen_random_uuid(), w.at, w.words FROM helpdesk_search AS w JOIN helpdesk_messages AS m ON m.ticket_id = w.ticket_id AND body = 'early', generate_series(1, 60000)",
		"INSERT INTO helpdesk_search SELECT w.tenant_id, gen_random_uuid(), w.at, w.words FROM helpdesk_search AS w JOIN helpdesk_messages AS m ON m.ticket_id = w.ticket_id AND body = 'late', generate_series(1, 2000)",
		"VACUUM ANALYZE helpdesk_search",
	} {
		_, err := db.ExecContext(t.Context(), sql)
		require.NoError(t, err)
	}
	for _, term := range []helpdesk.SearchTerm{{Word: "late"}, {Word: "la", Prefix: true}} {
		heard := &listener{}
		_, err := storeOn(t, db.WithQueryHook(heard)).Search(t.Context(), helpdesk.SearchQuery{Query: helpdesk.Query{Tenant: "acme"}, Terms: []helpdesk.SearchTerm{term}})
		require.NoError(t, err)
		asked := slices.IndexFunc(heard.said, func(s string) bool { return strings.HasPrefix(s, "SELECT count(*)") })
		require.Positive(t, asked, heard.said)
		conn, err := db.Conn(t.Context())
		require.NoError(t, err)
		var lines []string
		_, err = conn.ExecContext(t.Context(), heard.said[0]) // BEGIN, and the settings of a search
		require.NoError(t, err)
		require.NoError(t, conn.NewRaw("EXPLAIN "+heard.said[asked]).Scan(t.Context(), &lines))
		_, err = conn.ExecContext(t.Context(), "ROLLBACK")
		require.NoError(t, err)
		require.NoError(t, conn.Close())
		plan := strings.Join(lines, "\n")
		require.Contains(t, plan, "helpdesk_search_words", "%s\n%s", heard.said[asked], plan)
		require.NotContains(t, plan, "Seq Scan on helpdesk_search", heard.said[asked])
	}
}

// crowd fills the tables: a tenth of the tickets is open, a hundredth of the agents' tickets is
// Ann's, and other tenants have as many.
func crowd(t *testing.T, store *bunstore.Store) {
	t.Helper()
	for _, tenant := range []helpdesk.TenantID{"acme", "other"} {
		c := &helpdesk.Change{Tenant: tenant}
		for i := range 2000 {
			email := fmt.Sprintf("c%d@example.com", i)
			c.Organisations = append(c.Organisations, helpdesk.Organisation{
				ID: helpdesk.OrganisationID(numbered(i)), Name: email, Domains: []string{email[:len(email)-4]}, CreatedAt: noon, UpdatedAt: noon,
			})
			one := helpdesk.Customer{
				ID: helpdesk.CustomerID(numbered(i)), Name: email, Organisation: helpdesk.OrganisationID(numbered(i % 50)), CreatedAt: noon, UpdatedAt: noon,
				Addresses: []helpdesk.Address{{Channel: helpdesk.ChannelEmail, Value: email, Primary: true}},
			}
			if i%20 == 19 {
				one.MergedInto = helpdesk.CustomerID(numbered(i - 1))
			}
			c.Customers = append(c.Customers, one)
		}
		require.NoError(t, store.Commit(t.Context(), c))
		add(t, store, tenant, 5000, func(i int, c *helpdesk.Change) {
			c.Tasks[0].DueAt = noon.Add(time.Hour)
			c.Tasks[0].Dead = i%50 == 0
			c.Ticket.CustomerID, c.Ticket.Organisation = helpdesk.CustomerID(numbered(i%500)), helpdesk.OrganisationID(numbered(i%50))
			c.Ticket.Assignee = helpdesk.AgentID(fmt.Sprintf("agent%d", i%100))
			if i%10 != 0 {
				c.Ticket.Status, c.Ticket.Clocks = helpdesk.StatusClosed, nil
			}
			if i%500 == 0 {
				c.Ticket.QueuedAt = noon
			}
			if i%70 == 0 {
				c.Ticket.Assignee, c.Ticket.AssignedAt = "ann", noon
			}
			if i%100 == 50 {
				c.Ticket.Cc = []helpdesk.Contact{{Email: fmt.Sprintf("c%d@example.com", i/100)}}
			}
			if i == 1234 {
				c.Ticket.Tags = []string{"rare"}
				c.Messages[0].Body = "rare"
			}
		})
	}
}

// numbered is an id of a customer or an organisation.
func numbered(i int) string { return fmt.Sprintf("00000000-0000-7000-8000-%012d", i) }

// mailCrowd adds records of mails: a hundredth are held, fewer still unreadable. It returns a
// ticket that has some.
func mailCrowd(t *testing.T, store *bunstore.Store) (ticket helpdesk.TicketID) {
	t.Helper()
	for _, tenant := range []helpdesk.TenantID{"acme", "other"} {
		page, err := store.Tickets(t.Context(), helpdesk.Query{Tenant: tenant, Limit: helpdesk.MaxLimit})
		require.NoError(t, err)
		var mails []helpdesk.Mail
		for i := range 5000 {
			m := helpdesk.Mail{
				ID: uuid.NewString(), MessageID: fmt.Sprintf("m%d@x", i), Address: fmt.Sprintf("c%d@example.com", i%500),
				Outcome: helpdesk.MailAppended, Ticket: page.Tickets[i%len(page.Tickets)].ID, At: noon.Add(time.Duration(i) * time.Second),
			}
			switch {
			case i%100 == 0:
				m.Outcome, m.Ticket = helpdesk.MailHeld, ""
			case i%500 == 1:
				m.Outcome, m.Ticket = helpdesk.MailUnreadable, ""
			}
			mails = append(mails, m)
		}
		for some := range slices.Chunk(mails, 500) {
			require.NoError(t, store.Commit(t.Context(), &helpdesk.Change{Tenant: tenant, Mail: some}))
		}
		if tenant == "acme" {
			ticket = page.Tickets[2].ID
		}
	}
	return ticket
}

// TestReportsUseTheirIndexes: none of what a report asks reads a table from end to end.
func TestReportsUseTheirIndexes(t *testing.T) {
	onBoth(t, func(t *testing.T, db *bun.DB) {
		store := migrated(t, db)
		for _, tenant := range []helpdesk.TenantID{"acme", "other"} {
			add(t, store, tenant, 5000, func(i int, c *helpdesk.Change) {
				c.Ticket.CreatedAt = noon.Add(-time.Duration(i) * time.Hour)
				e := c.Events[0]
				e.ID, e.Type, e.At = uuid.NewString(), helpdesk.EventOpened, c.Ticket.CreatedAt
				c.Events = append(c.Events, e)
				e.ID, e.Type = uuid.NewString(), helpdesk.EventAssigned
				c.Events = append(c.Events, e)
				if i%10 != 0 {
					c.Ticket.Status, c.Ticket.Clocks = helpdesk.StatusClosed, nil
				}
			})
		}
		_, err := db.ExecContext(t.Context(), `INSERT INTO helpdesk_archived (tenant_id, id, created_at, due_at, resolved_at, replies, reopened, priority, open,
category, tally, assignee, last_move, moves, fact, people, file)
SELECT tenant_id, id, created_at, due_at, created_at, 1, 0, priority, FALSE, category, '', assignee, created_at, '[[1,1]]', '{}', '', 'f' FROM helpdesk_tickets`)
		require.NoError(t, err)
		tidy := "ANALYZE"
		if db.Dialect().Name() == bundialect.PG {
			tidy = "VACUUM ANALYZE"
		}
		_, err = db.ExecContext(t.Context(), tidy)
		require.NoError(t, err)
		heard := &listener{}
		loud := storeOn(t, db.WithQueryHook(heard))
		p := report.Period{From: noon.Add(-72 * time.Hour), To: noon.Add(time.Hour)}
		bounds, err := p.Bounds(report.Day, nil)
		require.NoError(t, err)
		for name, ask := range map[string]func(context.Context) error{
			"overview": func(ctx context.Context) error {
				_, _, err := loud.Overviews(ctx, "acme", report.Filter{}, []time.Time{p.From, p.To}, noon)
				return err
			},
			"compare": func(ctx context.Context) error {
				_, _, err := loud.Overviews(ctx, "acme", report.Filter{}, []time.Time{p.Previous().From, p.From, p.To}, noon)
				return err
			},
			"series": func(ctx context.Context) error {
				_, err := loud.Series(ctx, "acme", report.Filter{}, bounds, noon)
				return err
			},
			"agents": func(ctx context.Context) error {
				page, err := store.Tickets(ctx, helpdesk.Query{Tenant: "acme", From: p.From, To: p.To, Limit: helpdesk.MaxLimit})
				if err != nil {
					return err
				}
				q := helpdesk.EventQuery{Tenant: "acme", Types: []helpdesk.EventType{helpdesk.EventAssigned, helpdesk.EventUnassigned}}
				for _, t := range page.Tickets {
					q.Among = append(q.Among, t.ID)
				}
				for _, err := range loud.Events(ctx, q) {
					return err
				}
				return nil
			},
		} {
			heard.said = nil
			require.NoError(t, ask(t.Context()))
			for _, said := range heard.said {
				if !strings.Contains(said, "SELECT") || strings.HasPrefix(said, "BEGIN") {
					continue
				}
				plan := explain(t, db, said)
				require.NotRegexp(t, "Seq Scan on helpdesk|SCAN (t|e|c|helpdesk)", plan, "%s: %s\n%s", name, said, plan)
				switch {
				case strings.Contains(said, "e.move"):
					require.Contains(t, plan, "helpdesk_events_moves", "%s: %s\n%s", name, said, plan)
				case strings.Contains(said, "'assigned'"):
					require.Contains(t, plan, "helpdesk_events_ticket", "%s: %s\n%s", name, said, plan)
				}
			}
		}
	})
}

func explain(t *testing.T, db *bun.DB, query string) string {
	t.Helper()
	if db.Dialect().Name() == bundialect.PG {
		var lines []string
		require.NoError(t, db.NewRaw("EXPLAIN "+query).Scan(t.Context(), &lines))
		return strings.Join(lines, "\n")
	}
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query)
	require.NoError(t, err)
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var detail string
		require.NoError(t, rows.Scan(&id, &parent, &unused, &detail))
		plan.WriteString(detail + "\n")
	}
	require.NoError(t, rows.Err())
	return plan.String()
}
