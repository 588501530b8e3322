ALTER TABLE helpdesk_tickets DROP COLUMN reply_to;
ALTER TABLE helpdesk_tickets DROP COLUMN unverified;
ALTER TABLE helpdesk_messages DROP COLUMN sender;
ALTER TABLE helpdesk_messages DROP COLUMN reply_to;
ALTER TABLE helpdesk_mail DROP COLUMN sender;
ALTER TABLE helpdesk_mail DROP COLUMN answers;
DROP TABLE helpdesk_notices;
-- Links of tickets to other tickets.
ALTER TABLE helpdesk_tickets DROP COLUMN links;

DELETE FROM helpdesk_migrations WHERE version = 10;
