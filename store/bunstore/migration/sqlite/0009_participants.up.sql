-- A ticket has participants: customers in Cc, by address, and agents who follow it. Tickets from
-- before have none. It knows when its agents were told of its customer's messages.
--
-- What it costs: nothing but a moment.
ALTER TABLE helpdesk_tickets ADD COLUMN cc text NOT NULL DEFAULT '[]'; -- mail addresses
ALTER TABLE helpdesk_tickets ADD COLUMN cc_names text NOT NULL DEFAULT '[]'; -- in the order of cc
ALTER TABLE helpdesk_tickets ADD COLUMN followers text NOT NULL DEFAULT '[]'; -- ids of agents
ALTER TABLE helpdesk_tickets ADD COLUMN told_at integer; -- when agents were last told of what its customer did
CREATE INDEX helpdesk_tickets_cc ON helpdesk_tickets (tenant_id, id) WHERE cc <> '[]';

INSERT INTO helpdesk_migrations (version) VALUES (9);
