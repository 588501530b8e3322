-- Links of tickets to other tickets. Tickets from before have none.
--
-- What it costs: nobody reads or writes tickets for a moment.
ALTER TABLE helpdesk_tickets ADD COLUMN links json; -- a list of kind, ticket and reference; both tickets have it

INSERT INTO helpdesk_migrations (version) VALUES (10);
