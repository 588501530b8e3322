-- Customers and organisations become rows of the tenant. Until now a ticket knew its customer by
-- the name and address that it came with, which it keeps.
--
-- Each mail address of a tenant's tickets becomes a customer, with the id of the first of these
-- tickets: so the same tickets make the same customers. The name is that of the latest ticket that
-- has one. Archived tickets make none.
--
-- What it costs: it reads the tickets three times and writes each one that has an address once.
CREATE TABLE helpdesk_organisations (
    tenant_id  text NOT NULL,
    id         text NOT NULL,
    version    integer NOT NULL,
    host_id    text,
    name       text NOT NULL,
    sort_name  text NOT NULL, -- of lists
    words      text NOT NULL, -- by which it is found, each after a space
    tags       text NOT NULL,
    note       text NOT NULL,
    created_at integer,
    updated_at integer,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT helpdesk_organisations_host UNIQUE (tenant_id, host_id)
);
CREATE INDEX helpdesk_organisations_name ON helpdesk_organisations (tenant_id, sort_name, id);

CREATE TABLE helpdesk_organisation_domains (
    tenant_id       text NOT NULL,
    domain          text NOT NULL,
    organisation_id text NOT NULL,
    PRIMARY KEY (tenant_id, domain),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES helpdesk_organisations (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX helpdesk_organisation_domains_of ON helpdesk_organisation_domains (tenant_id, organisation_id);

CREATE TABLE helpdesk_customers (
    tenant_id       text NOT NULL,
    id              text NOT NULL,
    version         integer NOT NULL,
    host_id         text,
    name            text NOT NULL,
    sort_name       text NOT NULL,
    words           text NOT NULL,
    organisation_id text,
    colleagues      integer NOT NULL, -- sees the tickets of the organisation
    tags            text NOT NULL,
    note            text NOT NULL,
    language        text NOT NULL,
    zone            text NOT NULL,
    merged_into     text,
    created_at      integer,
    updated_at      integer,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT helpdesk_customers_host UNIQUE (tenant_id, host_id),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES helpdesk_organisations (tenant_id, id)
);
CREATE INDEX helpdesk_customers_name ON helpdesk_customers (tenant_id, sort_name, id);
CREATE INDEX helpdesk_customers_merged ON helpdesk_customers (tenant_id, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX helpdesk_customers_organisation ON helpdesk_customers (tenant_id, organisation_id, sort_name, id) WHERE organisation_id IS NOT NULL;

CREATE TABLE helpdesk_customer_addresses (
    tenant_id   text NOT NULL,
    channel     text NOT NULL,
    value       text NOT NULL,
    customer_id text NOT NULL,
    is_primary  integer NOT NULL,
    verified    integer NOT NULL,
    PRIMARY KEY (tenant_id, channel, value),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES helpdesk_customers (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX helpdesk_customer_addresses_of ON helpdesk_customer_addresses (tenant_id, customer_id);

ALTER TABLE helpdesk_tickets ADD COLUMN customer_id text;
ALTER TABLE helpdesk_tickets ADD COLUMN organisation_id text;

INSERT INTO helpdesk_customers (
    tenant_id, id, version, name, sort_name, words, colleagues, tags, note, language, zone, created_at, updated_at
)
SELECT c.tenant_id, c.id, 1, c.name, lower(coalesce(nullif(c.name, ''), c.email)),
    ' ' || replace(replace(replace(replace(replace(lower(trim(c.name || ' ' || c.email)), '@', ' '), '.', ' '), '-', ' '), '_', ' '), '+', ' '),
    0, '[]', '', '', '', c.created_at, c.created_at
FROM (
    SELECT t.tenant_id, t.customer_email AS email, t.id, t.created_at,
        row_number() OVER (PARTITION BY t.tenant_id, t.customer_email ORDER BY t.created_at, t.id) AS n,
        first_value(t.customer_name) OVER (
            PARTITION BY t.tenant_id, t.customer_email ORDER BY t.customer_name = '', t.created_at DESC, t.id DESC
        ) AS name
    FROM helpdesk_tickets AS t WHERE t.customer_email <> ''
) AS c WHERE c.n = 1;

INSERT INTO helpdesk_customer_addresses (tenant_id, channel, value, customer_id, is_primary, verified)
SELECT c.tenant_id, 'email', c.email, c.id, 1, 0
FROM (
    SELECT t.tenant_id, t.customer_email AS email, t.id,
        row_number() OVER (PARTITION BY t.tenant_id, t.customer_email ORDER BY t.created_at, t.id) AS n
    FROM helpdesk_tickets AS t WHERE t.customer_email <> ''
) AS c WHERE c.n = 1;

UPDATE helpdesk_tickets SET customer_id = (
    SELECT a.customer_id FROM helpdesk_customer_addresses AS a
    WHERE a.tenant_id = helpdesk_tickets.tenant_id AND a.channel = 'email' AND a.value = helpdesk_tickets.customer_email
) WHERE customer_email <> '';

CREATE INDEX helpdesk_tickets_of ON helpdesk_tickets (tenant_id, customer_id, created_at, id) WHERE customer_id IS NOT NULL;
CREATE INDEX helpdesk_tickets_organisation ON helpdesk_tickets (tenant_id, organisation_id, created_at, id) WHERE organisation_id IS NOT NULL;

INSERT INTO helpdesk_migrations (version) VALUES (7);
