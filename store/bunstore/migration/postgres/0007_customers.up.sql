-- Customers and organisations become rows of the tenant. Until now a ticket knew its customer by
-- the name and address that it came with, which it keeps.
--
-- Each mail address of a tenant's tickets becomes a customer, with the id of the first of these
-- tickets: so the same tickets make the same customers. The name is that of the latest ticket that
-- has one. Archived tickets make none.
--
-- What it costs: it reads the tickets three times and writes each one that has an address once.
CREATE TABLE helpdesk_organisations (
    tenant_id  text COLLATE "C" NOT NULL,
    id         uuid NOT NULL,
    version    bigint NOT NULL,
    host_id    text COLLATE "C",
    name       text NOT NULL,
    sort_name  text COLLATE "C" NOT NULL, -- of lists
    words      text COLLATE "C" NOT NULL, -- by which it is found, each after a space
    tags       jsonb NOT NULL,
    note       text NOT NULL,
    created_at timestamptz,
    updated_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT helpdesk_organisations_host UNIQUE (tenant_id, host_id)
);
CREATE INDEX helpdesk_organisations_name ON helpdesk_organisations (tenant_id, sort_name, id);

CREATE TABLE helpdesk_organisation_domains (
    tenant_id       text COLLATE "C" NOT NULL,
    domain          text COLLATE "C" NOT NULL,
    organisation_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, domain),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES helpdesk_organisations (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX helpdesk_organisation_domains_of ON helpdesk_organisation_domains (tenant_id, organisation_id);

CREATE TABLE helpdesk_customers (
    tenant_id       text COLLATE "C" NOT NULL,
    id              uuid NOT NULL,
    version         bigint NOT NULL,
    host_id         text COLLATE "C",
    name            text NOT NULL,
    sort_name       text COLLATE "C" NOT NULL,
    words           text COLLATE "C" NOT NULL,
    organisation_id uuid,
    colleagues      boolean NOT NULL, -- sees the tickets of the organisation
    tags            jsonb NOT NULL,
    note            text NOT NULL,
    language        text NOT NULL,
    zone            text NOT NULL,
    merged_into     uuid,
    created_at      timestamptz,
    updated_at      timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT helpdesk_customers_host UNIQUE (tenant_id, host_id),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES helpdesk_organisations (tenant_id, id)
);
CREATE INDEX helpdesk_customers_name ON helpdesk_customers (tenant_id, sort_name, id);
CREATE INDEX helpdesk_customers_merged ON helpdesk_customers (tenant_id, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX helpdesk_customers_organisation ON helpdesk_customers (tenant_id, organisation_id, sort_name, id) WHERE organisation_id IS NOT NULL;

CREATE TABLE helpdesk_customer_addresses (
    tenant_id   text COLLATE "C" NOT NULL,
    channel     text COLLATE "C" NOT NULL,
    value       text COLLATE "C" NOT NULL,
    customer_id uuid NOT NULL,
    is_primary  boolean NOT NULL,
    verified    boolean NOT NULL,
    PRIMARY KEY (tenant_id, channel, value),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES helpdesk_customers (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX helpdesk_customer_addresses_of ON helpdesk_customer_addresses (tenant_id, customer_id);

ALTER TABLE helpdesk_tickets
    ADD COLUMN customer_id uuid,
    ADD COLUMN organisation_id uuid;

INSERT INTO helpdesk_customers (
    tenant_id, id, version, name, sort_name, words, colleagues, tags, note, language, zone, created_at, updated_at
)
SELECT c.tenant_id, c.id, 1, c.name, lower(coalesce(nullif(c.name, ''), c.email)),
    ' ' || trim(regexp_replace(lower(c.name || ' ' || c.email), '[^[:alnum:]]+', ' ', 'g')),
    false, '[]', '', '', '', c.created_at, c.created_at
FROM (
    SELECT DISTINCT ON (t.tenant_id, t.customer_email) t.tenant_id, t.customer_email AS email, t.id, t.created_at,
        coalesce(first_value(t.customer_name) OVER (
            PARTITION BY t.tenant_id, t.customer_email ORDER BY t.customer_name = '', t.created_at DESC, t.id DESC
        ), '') AS name
    FROM helpdesk_tickets AS t WHERE t.customer_email <> ''
    ORDER BY t.tenant_id, t.customer_email, t.created_at, t.id
) AS c;

INSERT INTO helpdesk_customer_addresses (tenant_id, channel, value, customer_id, is_primary, verified)
SELECT DISTINCT ON (t.tenant_id, t.customer_email) t.tenant_id, 'email', t.customer_email, t.id, true, false
FROM helpdesk_tickets AS t WHERE t.customer_email <> ''
ORDER BY t.tenant_id, t.customer_email, t.created_at, t.id;

UPDATE helpdesk_tickets AS t SET customer_id = a.customer_id
FROM helpdesk_customer_addresses AS a
WHERE t.customer_email <> '' AND a.tenant_id = t.tenant_id AND a.channel = 'email' AND a.value = t.customer_email;

CREATE INDEX helpdesk_tickets_of ON helpdesk_tickets (tenant_id, customer_id, created_at, id) WHERE customer_id IS NOT NULL;
CREATE INDEX helpdesk_tickets_organisation ON helpdesk_tickets (tenant_id, organisation_id, created_at, id) WHERE organisation_id IS NOT NULL;

INSERT INTO helpdesk_migrations (version) VALUES (7);
