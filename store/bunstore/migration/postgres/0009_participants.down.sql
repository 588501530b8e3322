DROP INDEX helpdesk_tickets_cc;
ALTER TABLE helpdesk_tickets
    DROP COLUMN cc,
    DROP COLUMN cc_names,
    DROP COLUMN cc_keys,
    DROP COLUMN followers,
    DROP COLUMN told_at;

DELETE FROM helpdesk_migrations WHERE version = 9;
