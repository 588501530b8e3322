DROP TABLE helpdesk_sentences; -- filled anew from the tickets as they are solved

UPDATE helpdesk_tickets
SET suggestion = replace(suggestion, '"old_response":', '"response":')
WHERE instr(suggestion, '"old_response":');

ALTER TABLE helpdesk_tickets DROP COLUMN public_at;
ALTER TABLE helpdesk_tickets DROP COLUMN links_ended;

DELETE FROM helpdesk_migrations WHERE version = 3;
