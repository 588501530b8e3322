package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/helpdesk-go/helpdesk"
)

// Words of the messages. rareWord stands in three of them, commonWord in one of 16, absentWord in
// none.
const (
	vocabulary = 5000
	perMessage = 8
	rareWord   = "zyxomma"
	commonWord = "voucher"
	absentWord = "quokkabird"
)

// fill writes n tickets of the tenant and a tenth as many of three others, created evenly over 29
// days. With s.days it takes that many days, and adds events. One ticket in a fixed number is open.
// Of the others one in twenty is resolved, and the rest are closed. The rows are as the desk would
// have left them: each ticket has its first message, two clocks and its tasks.
func (s *site) fill(ctx context.Context, n, openOneIn int) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		// Foreign keys hold by construction, and an index is built faster than it grows.
		for _, sql := range []string{
			"SET LOCAL session_replication_role = replica", "SET LOCAL maintenance_work_mem = '512MB'", "DROP INDEX helpdesk_search_words",
		} {
			if _, err := tx.Exec(ctx, sql); err != nil {
				return err
			}
		}
		for _, part := range []struct {
			tenant helpdesk.TenantID
			n      int
		}{{tenant, n}, {"other-1", n / 20}, {"other-2", n / 40}, {"other-3", n / 40}} {
			if err := s.fillTenant(ctx, tx, "'"+string(part.tenant)+"'", part.n, openOneIn); err != nil {
				return err
			}
		}
		if s.crowd > 0 {
			if err := s.fillTenant(ctx, tx, fmt.Sprintf("('crowd-' || g %% %d)", crowdTenants), s.crowd, openOneIn); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, "CREATE INDEX helpdesk_search_words ON helpdesk_search USING gin (words)")
		return err
	})
	if err != nil {
		return err
	}
	return s.settle(ctx)
}

// settle leaves the tables as autovacuum would.
func (s *site) settle(ctx context.Context) error {
	for _, sql := range []string{"VACUUM (FREEZE, ANALYZE)", "CHECKPOINT"} {
		if _, err := s.pool.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

// fillTenant writes n tickets. The tenant is an expression over g, the number of the ticket.
func (s *site) fillTenant(ctx context.Context, tx pgx.Tx, tenant string, n, openOneIn int) error {
	lead := func(use int) string { // each word is led by the tenant: see words.go of bunstore
		return fmt.Sprintf("substr(encode(sha256((%s)::bytea), 'hex'), %d, 8)", tenant, 8*use+1)
	}
	fields := strings.NewReplacer(
		":tenant", tenant, ":lead-customer", lead(2), ":lead-org", lead(3), ":lead", lead(0),
		":base", "'"+s.base.Format("2006-01-02 15:04:05Z07:00")+"'::timestamptz",
		":days", fmt.Sprintf("interval '%d days'", cmp.Or(s.days, 29)), ":n", fmt.Sprint(n), ":vocabulary", fmt.Sprint(vocabulary), ":words", fmt.Sprint(perMessage),
		":rare", "'"+rareWord+"'", ":common", "'"+commonWord+"'", ":open", fmt.Sprint(openOneIn))
	parts := []string{createSource, fillTickets, fillClocks, fillMessages, fillWords, fillTasks}
	if s.days > 0 {
		parts = append(parts, fillEvents) // of which only reports over part of the time read any
	}
	for _, sql := range append(parts, "DROP TABLE source") {
		if _, err := tx.Exec(ctx, fields.Replace(sql)); err != nil {
			return fmt.Errorf("%.40s: %w", sql, err)
		}
	}
	return nil
}

// spread divides the rows of a tenant among some pools, tickets in turns.
func (s *site) spread(ctx context.Context, tx pgx.Tx, of helpdesk.TenantID, pools int) error {
	for _, sql := range []string{
		"SET LOCAL session_replication_role = replica",
		fmt.Sprintf(`CREATE TEMP TABLE spread ON COMMIT DROP AS SELECT id, 'pool-' || row_number() OVER (ORDER BY id) %% %d AS pool
FROM helpdesk_tickets WHERE tenant_id = '%s'`, pools, of),
		"UPDATE helpdesk_tickets AS x SET tenant_id = s.pool FROM spread AS s WHERE x.id = s.id",
		"UPDATE helpdesk_clocks AS x SET tenant_id = s.pool FROM spread AS s WHERE x.ticket_id = s.id",
		"UPDATE helpdesk_messages AS x SET tenant_id = s.pool FROM spread AS s WHERE x.ticket_id = s.id",
		"UPDATE helpdesk_search AS x SET tenant_id = s.pool FROM spread AS s WHERE x.ticket_id = s.id",
		"UPDATE helpdesk_tasks AS x SET tenant_id = s.pool FROM spread AS s WHERE x.ticket_id = s.id",
	} {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%.40s: %w", sql, err)
		}
	}
	return nil
}

// createSource makes what the tables are filled from. Ids are of version 7, as the desk's own.
const createSource = `CREATE TEMP TABLE source AS
SELECT g, created, (lpad(to_hex((extract(epoch FROM created) * 1000)::bigint), 12, '0') || '7' || substr(h, 1, 3) || '8' || substr(h, 4, 15))::uuid AS id,
h, 1 + (g * 31 % 4)::int AS priority, g % :open = 0 AS open, g % 20 = 7 AND g % :open <> 0 AS resolved,
created + make_interval(secs => 60 + g * 7919 % 4000) AS replied,
created + make_interval(secs => 3600 + g * 104729 % 100000) AS solved
FROM (SELECT g, md5(:tenant || g) AS h, :base - :days + g * (:days / :n) AS created FROM generate_series(1, :n::bigint) AS g) AS s`

const fillTickets = `INSERT INTO helpdesk_tickets (tenant_id, id, ref, version, subject, description, customer_name, customer_email, customer_tags, source, tags, tag_keys, status, open, category, priority, urgency, category_by, priority_by, floor, suggestion, needs_review, assignee, declined, queued_at, taken_back, escalation_level, due_at, first_due, created_at, updated_at, triaged_at, assigned_at, begun_at, first_reply_at, resolved_at, closed_at, resolution, reopened, merged_into, rating, replies, score, tally, first_open, resolution_open)
SELECT :tenant, id, upper(substr(h, 1, 16)), 3, 'Question ' || g || ' about the last invoice', 'It does not work as it did, see ' || h || '. ' || repeat('Please help. ', 10),
'Customer ' || g % 1000, 'customer' || g % 1000 || '@example.com', '[]', 'email', jsonb_build_array('billing') || rare, jsonb_build_array(:lead || 'billing') || CASE rare WHEN '[]' THEN '[]' ELSE jsonb_build_array(:lead || 'refund') END,
CASE WHEN open THEN (ARRAY['new', 'assigned', 'in_progress', 'waiting_customer', 'escalated'])[1 + g / 10 % 5] WHEN resolved THEN 'resolved' ELSE 'closed' END,
open, (ARRAY['technical', 'billing', 'account', 'feature_request', 'bug_report', 'general'])[1 + g % 6], priority, -priority, 'model', 'rule', 0, NULL, false,
CASE WHEN open AND g / 10 % 5 = 0 THEN '' ELSE 'agent' || g % 50 END, '[]', CASE WHEN open AND g / 10 % 5 = 0 THEN created END, '[]', 0,
due, due,
created, CASE WHEN open THEN created ELSE solved END, created, created, CASE WHEN NOT open THEN replied END, CASE WHEN NOT open THEN replied END, CASE WHEN NOT open THEN solved END,
CASE WHEN NOT open AND NOT resolved THEN solved END, CASE WHEN open THEN '' ELSE 'done' END, 0, NULL, NULL,
CASE WHEN open THEN 0 ELSE 1 + g % 3 END, CASE WHEN NOT open AND g % 3 = 0 THEN 1 + g / 3 % 5 END,
CASE WHEN open THEN '' ELSE format('[{"p":"%1$s","m":"first_response",%2$s},{"p":"%1$s","m":"resolution",%3$s}]', policy,
  CASE WHEN replied > created + make_interval(mins => first) THEN '"n":1' ELSE '"y":1' END, CASE WHEN solved > created + make_interval(mins => whole) THEN '"n":1' ELSE '"y":1' END) END,
CASE WHEN NOT open THEN extract(epoch FROM replied - created)::bigint * 1000000 END, CASE WHEN NOT open THEN extract(epoch FROM solved - created)::bigint * 1000000 END
FROM source JOIN (VALUES (1, 'low', 480, 2880), (2, 'medium', 240, 1440), (3, 'high', 60, 480), (4, 'urgent', 30, 240)) AS m (level, policy, first, whole) ON level = source.priority CROSS JOIN LATERAL (SELECT CASE WHEN open THEN :base + make_interval(secs => 86400 + g * 7919 % 400000) ELSE 'infinity' END AS due, CASE WHEN g % 2000 = 7 THEN '["refund"]' ELSE '[]' END::jsonb AS rare) AS d ORDER BY g`

// fillClocks makes the clocks of sla.Standard. Those of an open ticket are as if they had
// started so late that they are due from tomorrow on.
const fillClocks = `INSERT INTO helpdesk_clocks (tenant_id, ticket_id, metric, instance, position, policy, version, target, ran, consumed, started_at, running_since,
due_at, breached_at, detected_at, cause, voided_at, met_at, cancelled_at, fired)
SELECT :tenant, id, m.metric, 1, m.position, m.policy, 0, m.minutes::bigint * 60000000000, '[]', 0, start, CASE WHEN open THEN start END,
due, late, late, '', NULL, CASE WHEN NOT open THEN met END, NULL, CASE WHEN late IS NULL THEN '[]' ELSE '["breached"]' END::jsonb
FROM source JOIN (VALUES (1, 'low', 'first_response', 0, 480), (1, 'low', 'resolution', 1, 2880), (2, 'medium', 'first_response', 0, 240),
(2, 'medium', 'resolution', 1, 1440), (3, 'high', 'first_response', 0, 60), (3, 'high', 'resolution', 1, 480), (4, 'urgent', 'first_response', 0, 30),
(4, 'urgent', 'resolution', 1, 240)) AS m (priority, policy, metric, position, minutes) ON m.priority = source.priority
CROSS JOIN LATERAL (SELECT CASE WHEN open THEN :base + make_interval(secs => 86400 + g * 7919 % 400000, mins => -m.minutes) ELSE created END AS start) AS s
CROSS JOIN LATERAL (SELECT start + make_interval(mins => m.minutes) AS due, CASE m.position WHEN 0 THEN replied ELSE solved END AS met) AS d
CROSS JOIN LATERAL (SELECT CASE WHEN NOT open AND met > due THEN due END AS late) AS l ORDER BY g, m.position`

const fillMessages = `INSERT INTO helpdesk_messages (tenant_id, id, ticket_id, kind, by_role, by_id, by_name, body, at)
SELECT :tenant, id, id, 'customer', 'customer', 'customer' || g % 1000 || '@example.com', 'Customer ' || g % 1000, array_to_string(w.list, ' ') || CASE WHEN g % 1000 = 3 THEN ' 病院は機能' ELSE '' END, created
FROM source CROSS JOIN LATERAL (SELECT ARRAY(SELECT 'word' || (g * 7919 + i * i * (g % 97 + 1)) % :vocabulary FROM generate_series(1, :words) AS i)
|| CASE WHEN g IN (:n / 4, :n / 2, :n - 1) THEN ARRAY[:rare] ELSE '{}' END || CASE WHEN h LIKE '0%' THEN ARRAY[:common] ELSE '{}' END AS list) AS w ORDER BY g`

// fillWords makes the rows of the index of words from subject, reference, customer and message.
const fillWords = `INSERT INTO helpdesk_search (tenant_id, ticket_id, at, words)
SELECT :tenant, source.id, source.created, array_to_tsvector(ARRAY(SELECT DISTINCT :lead || x FROM unnest(string_to_array(m.body, ' ')
|| ARRAY['question', g::text, 'about', 'the', 'last', 'invoice', lower(substr(h, 1, 16)), 'customer', (g % 1000)::text, 'customer' || g % 1000, 'example', 'com']
|| CASE WHEN g % 1000 = 3 THEN ARRAY['病院', '院は', 'は機', '機能', '能'] ELSE '{}' END) AS x WHERE x <> '病院は機能')
|| ARRAY[:lead-customer || 'customer', :lead-customer || g % 1000, :lead-customer || 'customer' || g % 1000, :lead-customer || 'example', :lead-customer || 'com',
:lead-org || 'example', :lead-org || 'com'])
FROM source JOIN helpdesk_messages AS m ON m.tenant_id = :tenant AND m.id = source.id ORDER BY g`

// fillEvents writes events: each ticket was opened, triaged and assigned. Some were resolved, which
// judged their triage, and closed.
const fillEvents = `INSERT INTO helpdesk_events (tenant_id, id, ticket_id, type, by_role, by_id, by_name, old, new, data, at, move)
SELECT :tenant, gen_random_uuid(), id, type, '', '', '', old, new, data::jsonb, at, move FROM source
JOIN LATERAL (VALUES (1, 'opened', '', 'email', NULL, created, 1),
(2, 'triaged', '', 'billing', format('{"classifier":"model-a","category":"billing","priority":"high","tags":["billing","invoice"],"confidence":0.%s,"applied":true,"latency_ns":%s,"tokens_in":%s,"tokens_out":90,"cost_nano_usd":210000}', 50 + g % 50, 400000000 + g % 1000 * 1000000, 700 + g % 300), created + interval '2 seconds', NULL),
(3, 'assigned', '', 'agent' || g % 50, (SELECT jsonb_build_object('eligible', 50, 'ranked', jsonb_agg(jsonb_build_object('agent', 'agent' || (g + i) % 50, 'open', 10 + i, 'capacity', 1000, 'last_assigned', created, 'brings', 'billing'))) FROM generate_series(0, 4) AS i)::text, created + interval '1 minute', NULL),
(4, 'status_changed', 'in_progress', 'resolved', NULL, solved, 2), (5, 'resolved', '', 'done', NULL, solved, NULL),
(6, 'feedback', 'billing', CASE WHEN g % 7 = 0 THEN 'account' ELSE 'billing' END, format('{"classifier":"model-a","field":"category","confidence":0.%s,"resolved":true}', 50 + g % 50), solved, NULL),
(7, 'status_changed', 'resolved', 'closed', NULL, solved, NULL))
AS e (n, type, old, new, data, at, move) ON n < 4 OR NOT open ORDER BY at, n`

// fillTasks: an open ticket waits for its deadline, a resolved one to be closed.
const fillTasks = `INSERT INTO helpdesk_tasks (tenant_id, kind, key, ticket_id, due_at, payload, attempts, error, dead, token, leased_until)
SELECT :tenant, CASE WHEN open THEN 'deadline' ELSE 'close' END, id, id, :base + make_interval(secs => 84600 + g * 7919 % 400000), NULL, 0, '', false, 0, NULL
FROM source WHERE open OR resolved ORDER BY g`
