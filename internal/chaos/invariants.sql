-- What must hold while processes are killed and all else breaks. Each query returns the rows that
-- break its invariant, so that it must return none. Those "at the end" hold once the desk has caught
-- up. The tables chaos_... are what the test has written down: see invariants_test.go.

-- name: acknowledged tickets
-- Each acknowledged Open has left its ticket, however its process or the database ended afterwards.
SELECT a.token, a.tenant_id FROM chaos_acknowledged AS a
WHERE a.kind = 'open' AND NOT EXISTS (SELECT 1 FROM helpdesk_tickets AS t
    WHERE t.tenant_id = a.tenant_id AND t.id = a.ticket_id AND t.subject = a.token);

-- name: acknowledged texts
-- Each acknowledged message and resolution is in the tenant's threads.
SELECT tenant_id, token FROM chaos_acknowledged WHERE kind IN ('open', 'ask', 'answer', 'wait', 'resolve')
EXCEPT SELECT tenant_id, right(body, 16) FROM helpdesk_messages;

-- name: tickets once
-- A command that was sent again and again with one key has opened one ticket.
SELECT subject, count(*) FROM helpdesk_tickets GROUP BY subject HAVING count(*) > 1;

-- name: texts once
-- A command that was sent again and again with one key has added one message.
SELECT right(body, 16) AS token, count(*) FROM helpdesk_messages
WHERE right(body, 16) ~ '^chaos[a-z]{11}$' GROUP BY 1 HAVING count(*) > 1;

-- name: keys
-- The key of a command and what it did were committed together.
SELECT o.key, o.tenant_id FROM helpdesk_once AS o
WHERE o.ticket_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM helpdesk_tickets AS t WHERE t.tenant_id = o.tenant_id AND t.id = o.ticket_id);

-- name: notices once
-- No process delivers a notice twice. Another delivers it again only after harm to the first
-- process or to all, which may have hit it between the delivery and its record.
SELECT a.tenant_id, a.key, a.recipient, a.process, b.process AS again, a.at, b.at AS again_at
FROM chaos_delivered AS a
JOIN chaos_delivered AS b ON b.tenant_id = a.tenant_id AND b.key = a.key AND b.recipient = a.recipient AND b.n > a.n
WHERE a.process = b.process OR NOT EXISTS (SELECT 1 FROM chaos_faults AS f
    WHERE f.process IN (a.process, '') AND f.begun <= b.at AND coalesce(f.ended, now()) >= a.at - interval '5 seconds');

-- name: loads
-- The counter of each agent is the number of the agent's tickets that count.
SELECT tenant_id, agent, sum(open) AS open, sum(counter) AS counter FROM (
    SELECT tenant_id, assignee AS agent, 1 AS open, 0 AS counter FROM helpdesk_tickets
    WHERE assignee <> '' AND status IN ('assigned', 'in_progress', 'escalated')
    UNION ALL SELECT tenant_id, agent, 0, open FROM helpdesk_loads) AS x
GROUP BY tenant_id, agent HAVING sum(open) <> sum(counter);

-- name: capacity
-- No agent holds more tickets than the capacity, which no person of this test passes.
SELECT t.tenant_id, t.assignee, count(*) FROM helpdesk_tickets AS t
JOIN chaos_agents AS a ON a.tenant_id = t.tenant_id AND a.agent = t.assignee
WHERE t.status IN ('assigned', 'in_progress', 'escalated')
GROUP BY t.tenant_id, t.assignee, a.capacity HAVING count(*) > a.capacity;

-- name: holders
-- A ticket is given to an agent only when it is with nobody, and taken only from its holder.
SELECT * FROM (
    SELECT tenant_id, ticket_id, type, old, new, lag(CASE type WHEN 'assigned' THEN new ELSE '' END, 1, '') OVER (PARTITION BY tenant_id, ticket_id ORDER BY seq) AS holder
    FROM helpdesk_events WHERE type IN ('assigned', 'unassigned')) AS e
WHERE old <> holder AND NOT (type = 'assigned' AND old = new);

-- name: somewhere
-- Each open ticket is with an agent, with the customer, in the queue, or about to be triaged.
SELECT t.tenant_id, t.id, t.status FROM helpdesk_tickets AS t
WHERE t.open AND t.assignee = '' AND t.queued_at IS NULL AND t.status <> 'waiting_customer'
AND NOT EXISTS (SELECT 1 FROM helpdesk_tasks AS k
    WHERE k.tenant_id = t.tenant_id AND k.kind = 'triage' AND k.key = t.id::text AND NOT k.dead);

-- name: leases
-- No task is leased for longer than 30 seconds from now. Only a living owner renews a lease, so that
-- no task is kept for longer than that after its owner's end.
SELECT tenant_id, kind, key, leased_until FROM helpdesk_tasks WHERE leased_until > clock_timestamp() + interval '31 seconds';

-- name: deadlines
-- A running clock that may breach has a task that watches it, due no later than the clock.
SELECT c.tenant_id, c.ticket_id, c.metric, c.due_at FROM helpdesk_clocks AS c
JOIN helpdesk_tickets AS t ON t.tenant_id = c.tenant_id AND t.id = c.ticket_id
WHERE t.open AND c.running_since IS NOT NULL AND c.due_at IS NOT NULL AND c.breached_at IS NULL AND c.cancelled_at IS NULL
AND NOT EXISTS (SELECT 1 FROM helpdesk_tasks AS k WHERE k.tenant_id = c.tenant_id AND k.kind = 'deadline'
    AND k.key = c.ticket_id::text AND NOT k.dead AND (k.due_at <= c.due_at + interval '1 second' OR k.attempts > 0));

-- name: overdue
-- A breach is detected within 45 seconds, whatever has ended or hangs: within a lease and the time
-- that a busy machine takes. Where the database was away meanwhile, they count from its return.
SELECT * FROM (
    SELECT tenant_id, ticket_id, metric, coalesce(breached_at, due_at) AS due, coalesce(detected_at, now()) AS seen FROM helpdesk_clocks
    WHERE cause = '' AND (breached_at IS NOT NULL OR running_since IS NOT NULL)) AS c
WHERE seen > due + interval '45 seconds' AND seen > interval '45 seconds'
    + (SELECT coalesce(max(coalesce(f.ended, now())), '-infinity') FROM chaos_faults AS f WHERE f.kind = 'database' AND f.begun < c.seen);

-- name: early
-- No clock breaches before its due time, whatever time it is on the machine of the process.
SELECT tenant_id, ticket_id, metric, breached_at FROM helpdesk_clocks WHERE breached_at > now() + interval '11 seconds';

-- name: breaches
-- A breach stands at the instant at which the target was used up.
SELECT * FROM (
    SELECT c.tenant_id, c.ticket_id, c.metric, c.instance, c.breached_at, c.target / 1e9 AS target,
    (SELECT coalesce(sum(extract(epoch FROM least(s.upto, c.breached_at) - s.since)), 0)
        FROM jsonb_to_recordset(c.ran) AS r ("from" timestamptz, "to" timestamptz)
        CROSS JOIN LATERAL (SELECT r."from" AS since, r."to" AS upto) AS s WHERE s.since < c.breached_at)
    + CASE WHEN c.running_since < c.breached_at THEN extract(epoch FROM c.breached_at - c.running_since) ELSE 0 END AS used
    FROM helpdesk_clocks AS c WHERE c.breached_at IS NOT NULL AND c.cause = '') AS b
WHERE used <> target;

-- name: missed
-- A clock that ran for longer than its target has breached.
SELECT tenant_id, ticket_id, metric, instance, target, consumed FROM helpdesk_clocks
WHERE breached_at IS NULL AND voided_at IS NULL AND consumed > target;

-- name: steps once
-- Each ticket is warned of once, breached once and escalated once for each step of each clock.
SELECT tenant_id, ticket_id, type, metric, instance, step, count(*) FROM (
    SELECT tenant_id, ticket_id, type, coalesce(data ->> 'metric', old) AS metric, data ->> 'instance' AS instance, coalesce(data ->> 'step', '') AS step
    FROM helpdesk_events
    WHERE type IN ('sla_at_risk', 'sla_breached') OR (type = 'escalated' AND data ->> 'step' IS NOT NULL)) AS e
GROUP BY tenant_id, ticket_id, type, metric, instance, step HAVING count(*) > 1;

-- name: search
-- The index of words has the word of each message in its ticket's row.
SELECT m.tenant_id, m.ticket_id, m.body FROM helpdesk_messages AS m
LEFT JOIN helpdesk_search AS s ON s.tenant_id = m.tenant_id AND s.ticket_id = m.ticket_id
WHERE m.body ~ '^chaos[a-z]{11}$'
AND NOT coalesce(tsvector_to_array(s.words) && ARRAY[
    left(encode(sha256(convert_to(m.tenant_id, 'UTF8')), 'hex'), 8) || m.body,
    substr(encode(sha256(convert_to(m.tenant_id, 'UTF8')), 'hex'), 9, 8) || m.body], false);

-- name: dead tasks
-- No task is given up: everything that fails here comes back.
SELECT tenant_id, kind, key, error FROM helpdesk_tasks WHERE dead;

-- name: streamed once
-- A reader that follows the stream of events sees each event once.
SELECT event_id, count(*) FROM chaos_streamed GROUP BY event_id HAVING count(*) > 1;

-- name: streamed in order
-- The reader sees the events of a ticket in their order.
SELECT * FROM (
    SELECT e.tenant_id, e.ticket_id, e.seq, lag(e.seq) OVER (PARTITION BY e.tenant_id, e.ticket_id ORDER BY s.n) AS before
    FROM chaos_streamed AS s JOIN helpdesk_events AS e ON e.tenant_id = s.tenant_id AND e.id = s.event_id) AS o
WHERE seq < before;

-- name: streamed are there
-- The reader sees only what is committed.
SELECT s.tenant_id, s.event_id FROM chaos_streamed AS s
WHERE NOT EXISTS (SELECT 1 FROM helpdesk_events AS e WHERE e.tenant_id = s.tenant_id AND e.id = s.event_id);

-- name: streamed at the end
-- The reader has seen all events that are older than a few seconds, also those that were committed late.
SELECT e.tenant_id, e.id, e.type, e.at FROM helpdesk_events AS e
WHERE e.at < now() - interval '5 seconds' AND NOT EXISTS (SELECT 1 FROM chaos_streamed AS s WHERE s.event_id = e.id);

-- name: done at the end
-- Everything that was due is done.
SELECT tenant_id, kind, key, due_at, attempts, error FROM helpdesk_tasks WHERE NOT dead AND due_at < now() - interval '10 seconds';

-- name: placed at the end
-- No ticket waits while an agent has room for it.
SELECT t.tenant_id, t.id FROM helpdesk_tickets AS t JOIN chaos_agents AS a ON a.tenant_id = t.tenant_id
LEFT JOIN helpdesk_loads AS l ON l.tenant_id = a.tenant_id AND l.agent = a.agent
WHERE t.queued_at < now() - interval '10 seconds' AND jsonb_array_length(t.taken_back) < 4
AND coalesce(l.open, 0) < a.capacity AND NOT t.declined ? a.agent;
