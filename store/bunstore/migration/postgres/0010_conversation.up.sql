-- Links of tickets to other tickets. Tickets from before have none.
--
-- What it costs: nobody reads or writes tickets for a moment.
ALTER TABLE helpdesk_tickets ADD COLUMN links json; -- a list of kind, ticket and reference; both tickets have it

-- What agents read in the pages: one row for each notice to an agent. It holds no words of a
-- ticket.
--
-- What it costs: nothing, the table is new.
CREATE TABLE helpdesk_notices (
    tenant_id text COLLATE "C" NOT NULL,
    agent     text COLLATE "C" NOT NULL,
    at        timestamptz NOT NULL,
    id        text COLLATE "C" NOT NULL, -- the key of the notice
    ticket_id uuid, -- may be gone
    kind      text COLLATE "C" NOT NULL,
    urgent    boolean NOT NULL,
    by_id     text NOT NULL, -- an agent; else empty
    unread    boolean NOT NULL,
    PRIMARY KEY (tenant_id, agent, at, id)
);
CREATE INDEX helpdesk_notices_unread ON helpdesk_notices (tenant_id, agent, at, id) WHERE unread;

-- A mail knows what it answers and whether it is from the address that it names, and a message of
-- a mail also the address that its writer wants answers at. A ticket knows that address, and
-- whether nobody has verified its sender.
--
-- What it costs: nobody reads or writes tickets, messages and mails for a moment.
ALTER TABLE helpdesk_tickets
    ADD COLUMN reply_to text NOT NULL DEFAULT '', -- a mail address; empty means customer_email
    ADD COLUMN unverified boolean NOT NULL DEFAULT false;
ALTER TABLE helpdesk_messages
    ADD COLUMN sender text, -- the state of a mail's sender
    ADD COLUMN reply_to text; -- a mail address
ALTER TABLE helpdesk_mail
    ADD COLUMN sender text NOT NULL DEFAULT '',
    ADD COLUMN answers jsonb NOT NULL DEFAULT '[]'; -- Message-IDs that a mail that came in answers

INSERT INTO helpdesk_migrations (version) VALUES (10);
