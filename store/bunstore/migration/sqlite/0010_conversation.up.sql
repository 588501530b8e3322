-- A mail knows what it answers and whether it is from the address that it names, and a message of a mail also the
-- address that its writer wants answers at. A ticket knows that address, and whether nobody has
-- verified its sender.
--
-- What it costs: nothing but a moment.
ALTER TABLE helpdesk_tickets ADD COLUMN reply_to text NOT NULL DEFAULT ''; -- a mail address; empty means customer_email
ALTER TABLE helpdesk_tickets ADD COLUMN unverified integer NOT NULL DEFAULT 0;
ALTER TABLE helpdesk_messages ADD COLUMN sender text; -- the state of a mail's sender
ALTER TABLE helpdesk_messages ADD COLUMN reply_to text; -- a mail address
ALTER TABLE helpdesk_mail ADD COLUMN sender text NOT NULL DEFAULT '';
ALTER TABLE helpdesk_mail ADD COLUMN answers text NOT NULL DEFAULT '[]'; -- Message-IDs that a mail that came in answers

INSERT INTO helpdesk_migrations (version) VALUES (10);
