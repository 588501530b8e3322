-- Search is by ticket, no longer by message: a row has the words of a ticket's subject, reference,
-- customer and messages, in a form without case and accents. Each tenant's tickets are indexed in
-- the background, the latest first: a task does 200 of them and leaves the next. Until then search
-- finds only tickets that are indexed.
--
-- What it costs: it reads the index of tickets' creation times once.
CREATE TABLE helpdesk_search (
    seq       integer PRIMARY KEY, -- the rowid, and no key of the data
    tenant_id text NOT NULL,
    ticket_id text NOT NULL,
    at        integer NOT NULL, -- creation of the ticket
    words     text NOT NULL, -- each led by a hash of the tenant: see search.go
    UNIQUE (tenant_id, ticket_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
);

DROP TABLE helpdesk_words;
-- The words of each ticket by its seq.
-- The ascii tokenizer takes every byte above 127 for a letter, so it splits at our spaces alone.
CREATE VIRTUAL TABLE helpdesk_words USING fts5 (words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii');

INSERT INTO helpdesk_tasks (tenant_id, kind, key, due_at, attempts, error, dead, token)
SELECT DISTINCT tenant_id, 'words', 'all', 0, 0, '', 0, 0 FROM helpdesk_tickets;

INSERT INTO helpdesk_migrations (version) VALUES (8);
