-- SQLite has one writer at a time, so seq is the order of the commits already. Only PostgreSQL
-- needs a column for it.
INSERT INTO helpdesk_migrations (version) VALUES (4);
