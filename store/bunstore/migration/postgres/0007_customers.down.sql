ALTER TABLE helpdesk_tickets
    DROP COLUMN customer_id,
    DROP COLUMN organisation_id;

DROP TABLE helpdesk_customer_addresses;
DROP TABLE helpdesk_customers;
DROP TABLE helpdesk_organisation_domains;
DROP TABLE helpdesk_organisations;

DELETE FROM helpdesk_migrations WHERE version = 7;
