-- Links of tickets to other tickets. Tickets from before have none.
--
-- What it costs: nothing but a moment.
ALTER TABLE helpdesk_tickets ADD COLUMN links text; -- a list of kind, ticket and reference; both tickets have it
-- What agents read in the pages: one row for each notice to an agent. It holds no words of a ticket.
--
-- What it costs: nothing, the table is new.
CREATE TABLE helpdesk_notices (
    tenant_id text NOT NULL,
    agent     text NOT NULL,
    at        integer NOT NULL,
    id        text NOT NULL, -- the key of the notice
    ticket_id text, -- may be gone
    kind      text NOT NULL,
    urgent    integer NOT NULL,
    by_id     text NOT NULL, -- an agent; else empty
    unread    integer NOT NULL,
    PRIMARY KEY (tenant_id, agent, at, id)
);
CREATE INDEX helpdesk_notices_unread ON helpdesk_notices (tenant_id, agent, at, id) WHERE unread;

INSERT INTO helpdesk_migrations (version) VALUES (10);
