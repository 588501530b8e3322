-- What customers see of a ticket gets times and links of its own. public_at is the last change that
-- the customer can see; updated_at is the last change of any kind. links_ended says how often the
-- links of the ticket were ended.
--
-- Replies that were suggested so far may hold what was written to another customer. They are put
-- aside under a name that no program reads, so that the down loses nothing; the next change of the
-- ticket drops them.
--
-- What it costs: it writes each ticket once.
ALTER TABLE helpdesk_tickets ADD COLUMN public_at integer;
ALTER TABLE helpdesk_tickets ADD COLUMN links_ended integer NOT NULL DEFAULT 0;

-- Inside of a JSON string each quote has a backslash before it, so this is a key.
UPDATE helpdesk_tickets
SET public_at = updated_at, suggestion = replace(suggestion, '"response":', '"old_response":');

-- A row for each sentence that agents sent on a solved ticket: hashes of the sentence and of the
-- customer, and no text. A sentence that several customers were sent may be suggested as a reply.
CREATE TABLE helpdesk_sentences (
    tenant_id text NOT NULL,
    key       integer NOT NULL,
    customer  integer NOT NULL,
    ticket_id text NOT NULL,
    PRIMARY KEY (tenant_id, key, customer, ticket_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
) WITHOUT ROWID;
CREATE INDEX helpdesk_sentences_ticket ON helpdesk_sentences (tenant_id, ticket_id);

INSERT INTO helpdesk_migrations (version) VALUES (3);
