DROP TABLE helpdesk_notices;
-- Links of tickets to other tickets.
ALTER TABLE helpdesk_tickets DROP COLUMN links;

DELETE FROM helpdesk_migrations WHERE version = 10;
