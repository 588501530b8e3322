DELETE FROM helpdesk_migrations WHERE version = 4;
