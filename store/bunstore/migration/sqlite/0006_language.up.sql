-- A ticket has a language, as 'de'. Tickets from before have none.
--
-- Terms of similar tickets are single words now, without pairs of them. Each tenant's solved tickets
-- are indexed again in the background: a task does 200 of them and leaves the next.
--
-- What it costs: it reads each ticket once.
ALTER TABLE helpdesk_tickets ADD COLUMN language text NOT NULL DEFAULT '';

INSERT INTO helpdesk_tasks (tenant_id, kind, key, due_at, attempts, error, dead, token)
SELECT DISTINCT tenant_id, 'reindex', 'all', 0, 0, '', 0, 0
FROM helpdesk_tickets WHERE status IN ('resolved', 'closed');

INSERT INTO helpdesk_migrations (version) VALUES (6);
