DROP TABLE helpdesk_notices;

DELETE FROM helpdesk_migrations WHERE version = 10;
