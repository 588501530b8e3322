DROP TABLE helpdesk_sentences; -- filled anew from the tickets as they are solved

UPDATE helpdesk_tickets
SET suggestion = replace(suggestion::text, '"old_response":', '"response":')::json
WHERE suggestion::text LIKE '%"old_response":%';

ALTER TABLE helpdesk_tickets
    DROP COLUMN public_at,
    DROP COLUMN links_ended;

DELETE FROM helpdesk_migrations WHERE version = 3;
