DELETE FROM helpdesk_tasks WHERE kind = 'reindex';

ALTER TABLE helpdesk_tickets DROP COLUMN language;

DELETE FROM helpdesk_migrations WHERE version = 6;
