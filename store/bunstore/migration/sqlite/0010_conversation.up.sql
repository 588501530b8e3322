-- Links of tickets to other tickets. Tickets from before have none.
--
-- What it costs: nothing but a moment.
ALTER TABLE helpdesk_tickets ADD COLUMN links text; -- a list of kind, ticket and reference; both tickets have it

INSERT INTO helpdesk_migrations (version) VALUES (10);
