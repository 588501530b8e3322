DROP INDEX helpdesk_events_new;
ALTER TABLE helpdesk_events DROP COLUMN xid;

DELETE FROM helpdesk_migrations WHERE version = 4;
