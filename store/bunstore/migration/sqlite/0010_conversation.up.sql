-- Links of tickets to other tickets. Tickets from before have none.
--
-- What it costs: nothing but a moment.
ALTER TABLE helpdesk_tickets ADD COLUMN links text; -- a list of kind, ticket and reference; both tickets have it

-- What agents read in the pages: one row for each notice to an agent. It holds no words of a
-- ticket.
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

-- A mail knows what it answers and whether it is from the address that it names, and a message of
-- a mail also the address that its writer wants answers at. A ticket knows that address, and
-- whether nobody has verified its sender.
--
-- What it costs: nothing but a moment.
ALTER TABLE helpdesk_tickets ADD COLUMN reply_to text NOT NULL DEFAULT ''; -- a mail address; empty means customer_email
ALTER TABLE helpdesk_tickets ADD COLUMN unverified integer NOT NULL DEFAULT 0;
ALTER TABLE helpdesk_messages ADD COLUMN sender text; -- the state of a mail's sender
ALTER TABLE helpdesk_messages ADD COLUMN reply_to text; -- a mail address
ALTER TABLE helpdesk_mail ADD COLUMN sender text NOT NULL DEFAULT '';
ALTER TABLE helpdesk_mail ADD COLUMN answers text NOT NULL DEFAULT '[]'; -- Message-IDs that a mail that came in answers

INSERT INTO helpdesk_migrations (version) VALUES (10);
