DROP INDEX helpdesk_tickets_cc;
ALTER TABLE helpdesk_tickets DROP COLUMN cc;
ALTER TABLE helpdesk_tickets DROP COLUMN cc_names;
ALTER TABLE helpdesk_tickets DROP COLUMN followers;
ALTER TABLE helpdesk_tickets DROP COLUMN told_at;

DELETE FROM helpdesk_migrations WHERE version = 9;
