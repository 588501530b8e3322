-- A ticket has participants: customers in Cc, by address, and agents who follow it. Tickets from
-- before have none. It knows when its agents were told of its customer's messages.
--
-- What it costs: nobody reads or writes tickets for a moment.
ALTER TABLE helpdesk_tickets
    ADD COLUMN cc jsonb NOT NULL DEFAULT '[]', -- mail addresses
    ADD COLUMN cc_names jsonb NOT NULL DEFAULT '[]', -- in the order of cc
    ADD COLUMN cc_keys jsonb NOT NULL DEFAULT '[]', -- derived: the addresses, each led by a hash of the tenant
    ADD COLUMN followers jsonb NOT NULL DEFAULT '[]', -- ids of agents
    ADD COLUMN told_at timestamptz; -- when agents were last told of what its customer did
CREATE INDEX helpdesk_tickets_cc ON helpdesk_tickets USING gin (cc_keys jsonb_path_ops) WHERE cc_keys <> '[]'::jsonb;

INSERT INTO helpdesk_migrations (version) VALUES (9);
