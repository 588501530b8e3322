-- Restore what is archived before: the figures of archived tickets go with the table.
DROP TABLE helpdesk_archived;
CREATE INDEX helpdesk_events_held ON helpdesk_events (tenant_id, at, seq)
    WHERE type IN ('assigned', 'unassigned');

DELETE FROM helpdesk_migrations WHERE version = 5;
