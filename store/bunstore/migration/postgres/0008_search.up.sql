-- Search is by ticket, no longer by message: a row has the words of a ticket's subject, reference,
-- customer and messages, in a form without case and accents. Each tenant's tickets are indexed in
-- the background, the latest first: a task does 200 of them and leaves the next. Until then search
-- finds only tickets that are indexed.
--
-- What it costs: it reads the index of tickets' creation times once. Nobody reads or writes messages
-- for a moment.
CREATE TABLE helpdesk_search (
    tenant_id text COLLATE "C" NOT NULL,
    ticket_id uuid NOT NULL,
    at        timestamptz NOT NULL, -- creation of the ticket
    words     tsvector NOT NULL, -- each led by a hash of the tenant: see search.go
    PRIMARY KEY (tenant_id, ticket_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
) WITH (fillfactor = 80);
CREATE INDEX helpdesk_search_words ON helpdesk_search USING gin (words);
-- Tells parts of the table without late tickets: of those with a word only the others are read then.
CREATE INDEX helpdesk_search_at ON helpdesk_search USING brin (at) WITH (autosummarize = on);

DROP INDEX helpdesk_messages_at;
ALTER TABLE helpdesk_messages DROP COLUMN words; -- and its index

INSERT INTO helpdesk_tasks (tenant_id, kind, key, due_at, attempts, error, dead, token)
SELECT DISTINCT tenant_id, 'words', 'all', now(), 0, '', false, 0 FROM helpdesk_tickets;

INSERT INTO helpdesk_migrations (version) VALUES (8);
