CREATE FUNCTION helpdesk_expect(got bigint, want bigint, state text) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF got <> want THEN
        RAISE EXCEPTION 'helpdesk: % of % rows', got, want USING ERRCODE = state;
    END IF;
    RETURN true;
END
$$;

CREATE TABLE helpdesk_archived (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    first_reply_at timestamp with time zone,
    resolved_at timestamp with time zone,
    first_open bigint,
    resolution_open bigint,
    merged_into uuid,
    replies integer NOT NULL,
    reopened integer NOT NULL,
    priority smallint NOT NULL,
    score smallint,
    open boolean NOT NULL,
    category text NOT NULL,
    tally text NOT NULL,
    assignee text NOT NULL COLLATE pg_catalog."C",
    last_move timestamp with time zone,
    moves json NOT NULL,
    fact json NOT NULL,
    people text NOT NULL COLLATE pg_catalog."C",
    file text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE helpdesk_blobs (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    part integer NOT NULL,
    last boolean NOT NULL,
    bytes bytea NOT NULL
);

CREATE TABLE helpdesk_clocks (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    ticket_id uuid NOT NULL,
    metric text NOT NULL COLLATE pg_catalog."C",
    instance integer NOT NULL,
    "position" integer NOT NULL,
    policy text NOT NULL,
    version bigint NOT NULL,
    target bigint NOT NULL,
    ran jsonb NOT NULL,
    consumed bigint NOT NULL,
    started_at timestamp with time zone,
    running_since timestamp with time zone,
    due_at timestamp with time zone,
    breached_at timestamp with time zone,
    detected_at timestamp with time zone,
    cause text NOT NULL,
    voided_at timestamp with time zone,
    met_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    fired jsonb NOT NULL
)
WITH (fillfactor='80');

CREATE TABLE helpdesk_customer_addresses (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    channel text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    customer_id uuid NOT NULL,
    is_primary boolean NOT NULL,
    verified boolean NOT NULL
);

CREATE TABLE helpdesk_customers (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    version bigint NOT NULL,
    host_id text COLLATE pg_catalog."C",
    name text NOT NULL,
    sort_name text NOT NULL COLLATE pg_catalog."C",
    words text NOT NULL COLLATE pg_catalog."C",
    organisation_id uuid,
    colleagues boolean NOT NULL,
    tags jsonb NOT NULL,
    note text NOT NULL,
    language text NOT NULL,
    zone text NOT NULL,
    merged_into uuid,
    created_at timestamp with time zone,
    updated_at timestamp with time zone
);

CREATE TABLE helpdesk_events (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    seq bigint NOT NULL,
    ticket_id uuid NOT NULL,
    type text NOT NULL,
    by_role text NOT NULL,
    by_id text NOT NULL,
    by_name text NOT NULL,
    old text NOT NULL,
    new text NOT NULL,
    data json,
    at timestamp with time zone,
    move smallint,
    xid xid8 DEFAULT pg_current_xact_id()
);

ALTER TABLE helpdesk_events ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME helpdesk_events_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE helpdesk_lease_token
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE helpdesk_loads (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    agent text NOT NULL COLLATE pg_catalog."C",
    open bigint NOT NULL,
    room bigint NOT NULL
)
WITH (fillfactor='50');

CREATE UNLOGGED TABLE helpdesk_locks (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    holder uuid NOT NULL,
    until timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE helpdesk_mail (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    message_id text NOT NULL COLLATE pg_catalog."C",
    address text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL,
    outcome text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL,
    notice text NOT NULL,
    ticket_id uuid,
    message uuid,
    at timestamp with time zone NOT NULL,
    content json,
    attachments json,
    raw text,
    sender text DEFAULT ''::text NOT NULL,
    answers jsonb DEFAULT '[]'::jsonb NOT NULL
);

CREATE TABLE helpdesk_memories (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    tickets bigint NOT NULL,
    length bigint NOT NULL,
    numbered integer NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE helpdesk_memory (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    ticket_id uuid NOT NULL,
    solved_at timestamp with time zone NOT NULL,
    number integer,
    bag bytea NOT NULL
);
ALTER TABLE ONLY helpdesk_memory ALTER COLUMN bag SET STORAGE MAIN;

CREATE TABLE helpdesk_memory_postings (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    term integer NOT NULL,
    part integer NOT NULL,
    last integer NOT NULL,
    list bytea NOT NULL
)
WITH (fillfactor='80');
ALTER TABLE ONLY helpdesk_memory_postings ALTER COLUMN list SET STORAGE PLAIN;

CREATE TABLE helpdesk_memory_terms (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    term integer NOT NULL,
    n bigint NOT NULL
)
WITH (fillfactor='80');

CREATE TABLE helpdesk_memory_vectors (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    ticket_id uuid NOT NULL,
    model text NOT NULL COLLATE pg_catalog."C",
    solved_at timestamp with time zone NOT NULL,
    vector bytea NOT NULL
);

CREATE TABLE helpdesk_messages (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    seq bigint NOT NULL,
    ticket_id uuid NOT NULL,
    kind text NOT NULL,
    by_role text NOT NULL,
    by_id text NOT NULL,
    by_name text NOT NULL,
    body text NOT NULL,
    at timestamp with time zone,
    full_text text,
    html text,
    attachments json,
    sender text,
    reply_to text
);

ALTER TABLE helpdesk_messages ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME helpdesk_messages_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE helpdesk_migrations (
    version bigint NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE helpdesk_notices (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    agent text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    ticket_id uuid,
    kind text NOT NULL COLLATE pg_catalog."C",
    urgent boolean NOT NULL,
    by_id text NOT NULL,
    unread boolean NOT NULL
);

CREATE TABLE helpdesk_once (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    scope text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    ticket_id uuid
);

CREATE TABLE helpdesk_organisation_domains (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    domain text NOT NULL COLLATE pg_catalog."C",
    organisation_id uuid NOT NULL
);

CREATE TABLE helpdesk_organisations (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    version bigint NOT NULL,
    host_id text COLLATE pg_catalog."C",
    name text NOT NULL,
    sort_name text NOT NULL COLLATE pg_catalog."C",
    words text NOT NULL COLLATE pg_catalog."C",
    tags jsonb NOT NULL,
    note text NOT NULL,
    created_at timestamp with time zone,
    updated_at timestamp with time zone
);

CREATE TABLE helpdesk_search (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    ticket_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    words tsvector NOT NULL
)
WITH (fillfactor='80');

CREATE TABLE helpdesk_sentences (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    key bigint NOT NULL,
    customer bigint NOT NULL,
    ticket_id uuid NOT NULL
);

CREATE TABLE helpdesk_settings (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    value json,
    deleted boolean NOT NULL,
    by_role text NOT NULL,
    by_id text NOT NULL,
    by_name text NOT NULL,
    at timestamp with time zone
);

CREATE TABLE helpdesk_spending (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    nano bigint NOT NULL
);

CREATE TABLE helpdesk_tasks (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    ticket_id uuid,
    due_at timestamp with time zone NOT NULL,
    payload json,
    attempts integer NOT NULL,
    error text NOT NULL,
    dead boolean NOT NULL,
    token bigint NOT NULL,
    leased_until timestamp with time zone
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.02', autovacuum_vacuum_cost_delay='0');

CREATE TABLE helpdesk_tickets (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    first_reply_at timestamp with time zone,
    resolved_at timestamp with time zone,
    first_open bigint,
    resolution_open bigint,
    merged_into uuid,
    replies integer NOT NULL,
    reopened integer NOT NULL,
    priority smallint NOT NULL,
    score smallint,
    open boolean NOT NULL,
    category text NOT NULL,
    tally text NOT NULL,
    ref text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    subject text NOT NULL,
    description text NOT NULL,
    customer_name text NOT NULL,
    customer_email text NOT NULL COLLATE pg_catalog."C",
    customer_tags jsonb NOT NULL,
    source text NOT NULL,
    tags jsonb NOT NULL,
    tag_keys jsonb NOT NULL,
    status text NOT NULL,
    urgency smallint NOT NULL,
    category_by text NOT NULL,
    priority_by text NOT NULL,
    floor smallint NOT NULL,
    suggestion json,
    needs_review boolean NOT NULL,
    assignee text NOT NULL COLLATE pg_catalog."C",
    declined jsonb NOT NULL,
    queued_at timestamp with time zone,
    taken_back jsonb NOT NULL,
    escalation_level integer NOT NULL,
    first_due timestamp with time zone NOT NULL,
    updated_at timestamp with time zone,
    triaged_at timestamp with time zone,
    assigned_at timestamp with time zone,
    begun_at timestamp with time zone,
    closed_at timestamp with time zone,
    resolution text NOT NULL,
    rating json,
    public_at timestamp with time zone,
    links_ended integer DEFAULT 0 NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    customer_id uuid,
    organisation_id uuid,
    cc jsonb DEFAULT '[]'::jsonb NOT NULL,
    cc_names jsonb DEFAULT '[]'::jsonb NOT NULL,
    cc_keys jsonb DEFAULT '[]'::jsonb NOT NULL,
    followers jsonb DEFAULT '[]'::jsonb NOT NULL,
    told_at timestamp with time zone,
    links json,
    reply_to text DEFAULT ''::text NOT NULL,
    unverified boolean DEFAULT false NOT NULL
);

INSERT INTO helpdesk_archived VALUES ('acme', '01950000-0000-7000-8002-000000000004', '2026-03-02 12:00:00+00', 'infinity', NULL, '2026-03-02 12:00:00+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', '', '2026-03-02 12:00:00+00', '[[1772452800000000,1]]', '{"i":"01950000-0000-7000-8002-000000000004","p":1,"c":1772452800000000,"r":1772452800000000,"e":[{"t":"opened","a":1772452800000000}]}', 'ba88220e49c043df', '00112233445566778899aabbccddeeff');
INSERT INTO helpdesk_archived VALUES ('globex', '01950000-0000-7000-8002-000000000006', '2026-03-02 12:00:00+00', 'infinity', NULL, '2026-03-02 12:00:00+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', '', '2026-03-02 12:00:00+00', '[[1772452800000000,1]]', '{"i":"01950000-0000-7000-8002-000000000006","p":1,"c":1772452800000000,"r":1772452800000000,"e":[{"t":"opened","a":1772452800000000}]}', 'c5ad4761db4891a7', '00112233445566778899aabbccddeeff');

INSERT INTO helpdesk_blobs VALUES ('acme', '267082099a3eacd541ceef64518ec225', 0, true, '\x497420636c6f7365642e');
INSERT INTO helpdesk_blobs VALUES ('acme', 'ac2cde009f602a741fe9ff1da474db4a', 0, true, '\x626c61636b');
INSERT INTO helpdesk_blobs VALUES ('acme', '6b46aad463f826b210ff3a6f68f9d9a7', 0, true, '\x61');
INSERT INTO helpdesk_blobs VALUES ('acme', '0738d70a2b734e0d80a652e3abf1db4f', 0, true, '\x5375626a6563743a2057686572650d0a0d0a5768657265');
INSERT INTO helpdesk_blobs VALUES ('globex', 'bc2f4354e1f89bb1e7cc3606f13c756e', 0, true, '\x497420636c6f7365642e');
INSERT INTO helpdesk_blobs VALUES ('globex', '695130c1e365a27536e2caf1685b8349', 0, true, '\x626c61636b');
INSERT INTO helpdesk_blobs VALUES ('globex', 'fa6ac1089067efdd8eff655f3be3a25b', 0, true, '\x61');
INSERT INTO helpdesk_blobs VALUES ('globex', 'bf2606bff86af28ad0bf730a57d08ed9', 0, true, '\x5375626a6563743a2057686572650d0a0d0a5768657265');

INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000001', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-02 09:00:00+00', NULL, '2026-03-02 10:00:00+00', NULL, NULL, '', NULL, '2026-03-02 09:00:00+00', NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000001', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-02 09:00:00+00', NULL, '2026-03-02 17:10:00+00', NULL, NULL, '', NULL, '2026-03-02 09:10:00+00', NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000001', 'next_response', 1, 2, 'all', 1, 7200000000000, '[]', 0, '2026-03-02 09:10:00+00', NULL, '2026-03-02 11:10:00+00', NULL, NULL, '', NULL, '2026-03-02 09:10:00+00', NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000044', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-02 09:10:00+00', NULL, NULL, NULL, NULL, '', NULL, NULL, '2026-03-02 09:10:00+00', '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000044', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-02 09:10:00+00', NULL, NULL, NULL, NULL, '', NULL, NULL, '2026-03-02 09:10:00+00', '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000075', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-02 21:55:00+00', '2026-03-02 21:55:00+00', '2026-03-02 22:55:00+00', '2026-03-02 22:55:00+00', '2026-03-02 22:55:00.000001+00', '', NULL, NULL, NULL, '["at_risk", "breached", "unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000088', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-02 21:55:00+00', '2026-03-02 21:55:00+00', '2026-03-02 22:55:00+00', '2026-03-02 22:55:00+00', '2026-03-02 22:55:00.000001+00', '', NULL, NULL, NULL, '["at_risk", "breached", "unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000033', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-02 09:10:00+00', '2026-03-02 09:10:00+00', '2026-03-02 17:10:00+00', '2026-03-02 17:10:00+00', '2026-03-02 17:10:00.000001+00', '', NULL, NULL, NULL, '["at_risk", "breached"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000033', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-02 09:10:00+00', '2026-03-02 09:10:00+00', '2026-03-02 10:10:00+00', '2026-03-02 10:10:00+00', '2026-03-02 10:10:00.000001+00', '', '2026-03-02 21:55:00+00', NULL, NULL, '["at_risk", "breached", "unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000100', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-02 21:55:00+00', NULL, '2026-03-02 22:55:00+00', NULL, NULL, '', NULL, '2026-03-02 21:55:00+00', NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000100', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-02 21:55:00+00', NULL, '2026-03-03 06:05:00+00', NULL, NULL, '', NULL, '2026-03-02 22:05:00+00', NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000100', 'next_response', 1, 2, 'all', 1, 7200000000000, '[]', 0, '2026-03-02 22:05:00+00', NULL, '2026-03-03 00:05:00+00', NULL, NULL, '', NULL, '2026-03-02 22:05:00+00', NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000143', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-02 22:05:00+00', NULL, NULL, NULL, NULL, '', NULL, NULL, '2026-03-02 22:05:00+00', '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000143', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-02 22:05:00+00', NULL, NULL, NULL, NULL, '', NULL, NULL, '2026-03-02 22:05:00+00', '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000075', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-02 21:55:00+00', '2026-03-02 21:55:00+00', '2026-03-03 05:55:00+00', '2026-03-03 05:55:00+00', '2026-03-03 05:55:00.000001+00', '', NULL, NULL, NULL, '["at_risk", "breached"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000088', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-02 21:55:00+00', '2026-03-02 21:55:00+00', '2026-03-03 05:55:00+00', '2026-03-03 05:55:00+00', '2026-03-03 05:55:00.000001+00', '', NULL, NULL, NULL, '["at_risk", "breached"]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000132', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-02 22:05:00+00', '2026-03-02 22:05:00+00', '2026-03-03 06:05:00+00', '2026-03-03 06:05:00+00', '2026-03-03 06:05:00.000001+00', '', NULL, NULL, NULL, '["at_risk", "breached"]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000132', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-02 22:05:00+00', '2026-03-02 22:05:00+00', '2026-03-02 23:05:00+00', '2026-03-02 23:05:00+00', '2026-03-02 23:05:00.000001+00', '', '2026-03-03 10:50:00+00', NULL, NULL, '["at_risk", "breached", "unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000198', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', '2026-03-03 11:50:00+00', NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000198', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', '2026-03-03 18:50:00+00', NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000211', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', '2026-03-03 11:50:00+00', NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000211', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', '2026-03-03 18:50:00+00', NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000223', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-03 10:50:00+00', NULL, '2026-03-03 11:50:00+00', NULL, NULL, '', NULL, '2026-03-03 10:50:00+00', NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000223', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-03 10:50:00+00', NULL, '2026-03-03 18:50:00+00', NULL, NULL, '', NULL, '2026-03-03 10:50:00+00', NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000234', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', '2026-03-03 11:50:00+00', NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000234', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', '2026-03-03 18:50:00+00', NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000238', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-03 10:50:00+00', NULL, '2026-03-03 11:50:00+00', NULL, NULL, '', NULL, '2026-03-03 10:50:00+00', NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000238', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-03 10:50:00+00', NULL, '2026-03-03 18:50:00+00', NULL, NULL, '', NULL, '2026-03-03 10:50:00+00', NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000249', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', '2026-03-03 11:50:00+00', NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000249', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', '2026-03-03 18:50:00+00', NULL, NULL, '', NULL, NULL, NULL, '[]');

INSERT INTO helpdesk_customer_addresses VALUES ('acme', 'email', 'kim@example.com', '01950000-0000-7000-8000-000000000003', true, false);
INSERT INTO helpdesk_customer_addresses VALUES ('globex', 'email', 'kim@example.com', '01950000-0000-7000-8000-000000000102', true, false);
INSERT INTO helpdesk_customer_addresses VALUES ('acme', 'email', 'lee@example.com', '01950000-0000-7000-8000-000000000225', true, false);
INSERT INTO helpdesk_customer_addresses VALUES ('globex', 'email', 'lee@example.com', '01950000-0000-7000-8000-000000000240', true, false);

INSERT INTO helpdesk_customers VALUES ('acme', '01950000-0000-7000-8000-000000000003', 1, NULL, 'Kim', 'kim', ' kim example com', NULL, false, '[]', '', 'en', '', NULL, '2026-03-02 09:00:00+00', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_customers VALUES ('globex', '01950000-0000-7000-8000-000000000102', 1, NULL, 'Kim', 'kim', ' kim example com', NULL, false, '[]', '', 'en', '', NULL, '2026-03-02 21:55:00+00', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_customers VALUES ('acme', '01950000-0000-7000-8000-000000000225', 1, NULL, '', 'lee@example.com', ' lee example com', NULL, false, '[]', '', 'en', '', NULL, '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00');
INSERT INTO helpdesk_customers VALUES ('globex', '01950000-0000-7000-8000-000000000240', 1, NULL, '', 'lee@example.com', ' lee example com', NULL, false, '[]', '', 'en', '', NULL, '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00');

INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000031', 20, '01950000-0000-7000-8000-000000000001', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'next_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":7200000000000,"due_at":"2026-03-02T11:10:00Z"}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000081', 52, '01950000-0000-7000-8000-000000000075', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000082', 53, '01950000-0000-7000-8000-000000000075', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000083', 54, '01950000-0000-7000-8000-000000000075', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000084', 55, '01950000-0000-7000-8000-000000000075', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000085', 56, '01950000-0000-7000-8000-000000000075', 'status_changed', '', '', '', 'new', 'escalated', NULL, '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000221', 139, '01950000-0000-7000-8000-000000000211', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000222', 140, '01950000-0000-7000-8000-000000000211', 'status_changed', '', '', '', 'new', 'escalated', NULL, '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000095', 59, '01950000-0000-7000-8000-000000000088', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000096', 60, '01950000-0000-7000-8000-000000000088', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000097', 61, '01950000-0000-7000-8000-000000000088', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000098', 62, '01950000-0000-7000-8000-000000000088', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000099', 63, '01950000-0000-7000-8000-000000000088', 'status_changed', '', '', '', 'new', 'escalated', NULL, '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000105', 65, '01950000-0000-7000-8000-000000000100', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000106', 66, '01950000-0000-7000-8000-000000000100', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000107', 67, '01950000-0000-7000-8000-000000000100', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000005', 1, '01950000-0000-7000-8000-000000000001', 'opened', '', '', '', '', 'api', NULL, '2026-03-02 09:00:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000006', 2, '01950000-0000-7000-8000-000000000001', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', '2026-03-02 09:00:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000007', 3, '01950000-0000-7000-8000-000000000001', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', '2026-03-02 09:00:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000008', 4, '01950000-0000-7000-8000-000000000001', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', '2026-03-02 09:00:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000009', 5, '01950000-0000-7000-8000-000000000001', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', '2026-03-02 09:00:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000010', 6, '01950000-0000-7000-8000-000000000001', 'status_changed', '', '', '', 'new', 'escalated', NULL, '2026-03-02 09:00:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000012', 7, '01950000-0000-7000-8000-000000000001', 'replied', 'agent', 'ana@acme.example', 'Ana', '', '01950000-0000-7000-8000-000000000011', NULL, '2026-03-02 09:00:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000014', 8, '01950000-0000-7000-8000-000000000001', 'assigned', 'agent', 'ana@acme.example', 'Ana', '', 'ana@acme.example', '{"manual":true,"ranked":[["ana@acme.example",0,10]]}', '2026-03-02 09:00:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000015', 9, '01950000-0000-7000-8000-000000000001', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'escalated', 'in_progress', NULL, '2026-03-02 09:00:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000016', 10, '01950000-0000-7000-8000-000000000001', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'in_progress', 'waiting_customer', NULL, '2026-03-02 09:00:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000017', 11, '01950000-0000-7000-8000-000000000001', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T10:00:00Z"}', '2026-03-02 09:00:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000019', 12, '01950000-0000-7000-8000-000000000001', 'replied', 'customer', 'kim@example.com', 'Kim', '', '01950000-0000-7000-8000-000000000018', NULL, '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000021', 13, '01950000-0000-7000-8000-000000000001', 'status_changed', 'customer', 'kim@example.com', 'Kim', 'waiting_customer', 'in_progress', NULL, '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000023', 14, '01950000-0000-7000-8000-000000000001', 'noted', 'agent', 'ana@acme.example', 'Ana', '', '01950000-0000-7000-8000-000000000022', NULL, '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000025', 15, '01950000-0000-7000-8000-000000000001', 'resolved', 'agent', 'ana@acme.example', 'Ana', '', 'Set the keepalive to 20 seconds.', NULL, '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000026', 16, '01950000-0000-7000-8000-000000000001', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'billing', 'billing', '{"field":"category","confidence":0.9,"resolved":true}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000027', 17, '01950000-0000-7000-8000-000000000001', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'high', 'high', '{"field":"priority","confidence":0.9,"resolved":true}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000028', 18, '01950000-0000-7000-8000-000000000001', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'in_progress', 'resolved', NULL, '2026-03-02 09:10:00+00', 2, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000030', 19, '01950000-0000-7000-8000-000000000001', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-02T17:10:00Z"}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000137', 87, '01950000-0000-7000-8000-000000000132', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000147', 94, '01950000-0000-7000-8000-000000000143', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000032', 21, '01950000-0000-7000-8000-000000000001', 'rated', 'customer', 'kim@example.com', 'Kim', '', '5', '{"score":5,"comment":"Quick.","at":"2026-03-02T09:10:00Z"}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000036', 22, '01950000-0000-7000-8000-000000000033', 'opened', '', '', '', '', 'api', NULL, '2026-03-02 09:10:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000037', 23, '01950000-0000-7000-8000-000000000033', 'priority_floor', '', '', '', 'medium', 'urgent', '{"rule":"cash register dead","asked":"medium","final":"urgent"}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000038', 24, '01950000-0000-7000-8000-000000000033', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000039', 25, '01950000-0000-7000-8000-000000000033', 'priority_floor', '', '', '', 'high', 'urgent', '{"rule":"cash register dead","asked":"high","final":"urgent"}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000040', 26, '01950000-0000-7000-8000-000000000033', 'priority_changed', '', '', '', 'urgent', 'urgent', '{"by":"model"}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000041', 27, '01950000-0000-7000-8000-000000000033', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000042', 28, '01950000-0000-7000-8000-000000000033', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000043', 29, '01950000-0000-7000-8000-000000000033', 'status_changed', '', '', '', 'new', 'escalated', NULL, '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000047', 30, '01950000-0000-7000-8000-000000000044', 'opened', '', '', '', '', 'api', NULL, '2026-03-02 09:10:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000048', 31, '01950000-0000-7000-8000-000000000044', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000049', 32, '01950000-0000-7000-8000-000000000044', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000050', 33, '01950000-0000-7000-8000-000000000044', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000051', 34, '01950000-0000-7000-8000-000000000044', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000052', 35, '01950000-0000-7000-8000-000000000044', 'status_changed', '', '', '', 'new', 'escalated', NULL, '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000054', 36, '01950000-0000-7000-8000-000000000044', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000044', '01950000-0000-7000-8000-000000000033', '{"before":{"status":"escalated","priority":"high","priority_by":"model","tags":["süß","vip"],"queued_at":"2026-03-02T09:10:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T10:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T17:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]}}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000056', 37, '01950000-0000-7000-8000-000000000044', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'escalated', 'closed', NULL, '2026-03-02 09:10:00+00', 4, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000063', 43, '01950000-0000-7000-8000-000000000033', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T10:10:00Z"}', '2026-03-02 10:10:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000064', 44, '01950000-0000-7000-8000-000000000033', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', '2026-03-02 10:10:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000055', 38, '01950000-0000-7000-8000-000000000033', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000044', '01950000-0000-7000-8000-000000000033', '{"before":{"status":"escalated","priority":"urgent","priority_by":"model","min_priority":"urgent","tags":["süß","vip"],"queued_at":"2026-03-02T09:10:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T10:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T17:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]},"after":{"status":"escalated","priority":"urgent","priority_by":"model","min_priority":"urgent","tags":["süß","vip"],"queued_at":"2026-03-02T09:10:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T10:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T17:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]}}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000057', 39, '01950000-0000-7000-8000-000000000033', 'linked', 'agent', 'ana@acme.example', 'Ana', '', 'caused_by REF-0002', NULL, '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000058', 40, '01950000-0000-7000-8000-000000000001', 'linked', 'agent', 'ana@acme.example', 'Ana', '', 'causes REF-0034', NULL, '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000059', 41, '01950000-0000-7000-8000-000000000033', 'escalated', 'agent', 'ana@acme.example', 'Ana', '1', '2', '{"reason":"the word \"rung\": is in this reason"}', '2026-03-02 09:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000061', 42, '01950000-0000-7000-8000-000000000033', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T10:10:00Z"}', '2026-03-02 09:40:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000066', 45, '01950000-0000-7000-8000-000000000033', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', '2026-03-02 12:10:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000068', 46, '01950000-0000-7000-8000-000000000033', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-02T17:10:00Z"}', '2026-03-02 16:40:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000070', 47, '01950000-0000-7000-8000-000000000033', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-02T17:10:00Z"}', '2026-03-02 17:10:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000071', 48, '01950000-0000-7000-8000-000000000033', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', '2026-03-02 17:10:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000073', 49, '01950000-0000-7000-8000-000000000033', 'sla_voided', '', '', '', 'first_response', 'the network was down', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T10:10:00Z"}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000078', 50, '01950000-0000-7000-8000-000000000075', 'opened', '', '', '', '', 'email', NULL, '2026-03-02 21:55:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000080', 51, '01950000-0000-7000-8000-000000000075', 'mail', '', '', '', '', 'opened', '{"mail":"73fdbae8-4173-80ce-b5ca-ffb485603f44","from":"kim@example.com"}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000091', 57, '01950000-0000-7000-8000-000000000088', 'opened', '', '', '', '', 'email', NULL, '2026-03-02 21:55:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000093', 58, '01950000-0000-7000-8000-000000000088', 'mail', '', '', '', '', 'opened', '{"mail":"4aac0733-49f0-8178-92be-1076672b4d35","from":"kim@example.com"}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000104', 64, '01950000-0000-7000-8000-000000000100', 'opened', '', '', '', '', 'api', NULL, '2026-03-02 21:55:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000108', 68, '01950000-0000-7000-8000-000000000100', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000109', 69, '01950000-0000-7000-8000-000000000100', 'status_changed', '', '', '', 'new', 'escalated', NULL, '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000111', 70, '01950000-0000-7000-8000-000000000100', 'replied', 'agent', 'ana@acme.example', 'Ana', '', '01950000-0000-7000-8000-000000000110', NULL, '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000113', 71, '01950000-0000-7000-8000-000000000100', 'assigned', 'agent', 'ana@acme.example', 'Ana', '', 'ana@acme.example', '{"manual":true,"ranked":[["ana@acme.example",0,10]]}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000114', 72, '01950000-0000-7000-8000-000000000100', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'escalated', 'in_progress', NULL, '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000115', 73, '01950000-0000-7000-8000-000000000100', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'in_progress', 'waiting_customer', NULL, '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000116', 74, '01950000-0000-7000-8000-000000000100', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', '2026-03-02 21:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000118', 75, '01950000-0000-7000-8000-000000000100', 'replied', 'customer', 'kim@example.com', 'Kim', '', '01950000-0000-7000-8000-000000000117', NULL, '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000120', 76, '01950000-0000-7000-8000-000000000100', 'status_changed', 'customer', 'kim@example.com', 'Kim', 'waiting_customer', 'in_progress', NULL, '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000122', 77, '01950000-0000-7000-8000-000000000100', 'noted', 'agent', 'ana@acme.example', 'Ana', '', '01950000-0000-7000-8000-000000000121', NULL, '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000124', 78, '01950000-0000-7000-8000-000000000100', 'resolved', 'agent', 'ana@acme.example', 'Ana', '', 'Set the keepalive to 20 seconds.', NULL, '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000125', 79, '01950000-0000-7000-8000-000000000100', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'billing', 'billing', '{"field":"category","confidence":0.9,"resolved":true}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000126', 80, '01950000-0000-7000-8000-000000000100', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'high', 'high', '{"field":"priority","confidence":0.9,"resolved":true}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000127', 81, '01950000-0000-7000-8000-000000000100', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'in_progress', 'resolved', NULL, '2026-03-02 22:05:00+00', 2, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000129', 82, '01950000-0000-7000-8000-000000000100', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T06:05:00Z"}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000130', 83, '01950000-0000-7000-8000-000000000100', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'next_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":7200000000000,"due_at":"2026-03-03T00:05:00Z"}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000131', 84, '01950000-0000-7000-8000-000000000100', 'rated', 'customer', 'kim@example.com', 'Kim', '', '5', '{"score":5,"comment":"Quick.","at":"2026-03-02T22:05:00Z"}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000135', 85, '01950000-0000-7000-8000-000000000132', 'opened', '', '', '', '', 'api', NULL, '2026-03-02 22:05:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000136', 86, '01950000-0000-7000-8000-000000000132', 'priority_floor', '', '', '', 'medium', 'urgent', '{"rule":"cash register dead","asked":"medium","final":"urgent"}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000141', 91, '01950000-0000-7000-8000-000000000132', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000142', 92, '01950000-0000-7000-8000-000000000132', 'status_changed', '', '', '', 'new', 'escalated', NULL, '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000146', 93, '01950000-0000-7000-8000-000000000143', 'opened', '', '', '', '', 'api', NULL, '2026-03-02 22:05:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000208', 133, '01950000-0000-7000-8000-000000000198', 'status_changed', '', '', '', 'new', 'escalated', NULL, '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000214', 134, '01950000-0000-7000-8000-000000000211', 'opened', '', '', '', '', 'email', NULL, '2026-03-03 10:50:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000216', 135, '01950000-0000-7000-8000-000000000211', 'mail', '', '', '', '', 'opened', '{"mail":"7cf77722-daf9-8f78-9373-f8796680a010","from":"kim@example.com"}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000138', 88, '01950000-0000-7000-8000-000000000132', 'priority_floor', '', '', '', 'high', 'urgent', '{"rule":"cash register dead","asked":"high","final":"urgent"}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000139', 89, '01950000-0000-7000-8000-000000000132', 'priority_changed', '', '', '', 'urgent', 'urgent', '{"by":"model"}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000140', 90, '01950000-0000-7000-8000-000000000132', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000148', 95, '01950000-0000-7000-8000-000000000143', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000149', 96, '01950000-0000-7000-8000-000000000143', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000150', 97, '01950000-0000-7000-8000-000000000143', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000151', 98, '01950000-0000-7000-8000-000000000143', 'status_changed', '', '', '', 'new', 'escalated', NULL, '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000204', 129, '01950000-0000-7000-8000-000000000198', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000205', 130, '01950000-0000-7000-8000-000000000198', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000206', 131, '01950000-0000-7000-8000-000000000198', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000218', 136, '01950000-0000-7000-8000-000000000211', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000219', 137, '01950000-0000-7000-8000-000000000211', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000220', 138, '01950000-0000-7000-8000-000000000211', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000227', 142, '01950000-0000-7000-8000-000000000223', 'opened', '', '', '', '', 'api', NULL, '2026-03-03 10:50:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000229', 143, '01950000-0000-7000-8000-000000000223', 'resolved', '', '', '', '', 'Filled the tray.', NULL, '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000230', 144, '01950000-0000-7000-8000-000000000223', 'status_changed', '', '', '', 'new', 'resolved', NULL, '2026-03-03 10:50:00+00', 2, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000232', 145, '01950000-0000-7000-8000-000000000223', 'sla_met', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-03T11:50:00Z"}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000233', 146, '01950000-0000-7000-8000-000000000223', 'sla_met', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T18:50:00Z"}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000237', 147, '01950000-0000-7000-8000-000000000234', 'opened', '', '', '', '', 'api', NULL, '2026-03-03 10:50:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000242', 149, '01950000-0000-7000-8000-000000000238', 'opened', '', '', '', '', 'api', NULL, '2026-03-03 10:50:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000244', 150, '01950000-0000-7000-8000-000000000238', 'resolved', '', '', '', '', 'Filled the tray.', NULL, '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000245', 151, '01950000-0000-7000-8000-000000000238', 'status_changed', '', '', '', 'new', 'resolved', NULL, '2026-03-03 10:50:00+00', 2, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000247', 152, '01950000-0000-7000-8000-000000000238', 'sla_met', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-03T11:50:00Z"}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000248', 153, '01950000-0000-7000-8000-000000000238', 'sla_met', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T18:50:00Z"}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000252', 154, '01950000-0000-7000-8000-000000000249', 'opened', '', '', '', '', 'api', NULL, '2026-03-03 10:50:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000153', 99, '01950000-0000-7000-8000-000000000143', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000143', '01950000-0000-7000-8000-000000000132', '{"before":{"status":"escalated","priority":"high","priority_by":"model","tags":["süß","vip"],"queued_at":"2026-03-02T22:05:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-02T23:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-03T06:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]}}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000155', 100, '01950000-0000-7000-8000-000000000143', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'escalated', 'closed', NULL, '2026-03-02 22:05:00+00', 4, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000154', 101, '01950000-0000-7000-8000-000000000132', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000143', '01950000-0000-7000-8000-000000000132', '{"before":{"status":"escalated","priority":"urgent","priority_by":"model","min_priority":"urgent","tags":["süß","vip"],"queued_at":"2026-03-02T22:05:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-02T23:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-03T06:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]},"after":{"status":"escalated","priority":"urgent","priority_by":"model","min_priority":"urgent","tags":["süß","vip"],"queued_at":"2026-03-02T22:05:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-02T23:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-03T06:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]}}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000156', 102, '01950000-0000-7000-8000-000000000132', 'linked', 'agent', 'ana@acme.example', 'Ana', '', 'caused_by REF-0101', NULL, '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000157', 103, '01950000-0000-7000-8000-000000000100', 'linked', 'agent', 'ana@acme.example', 'Ana', '', 'causes REF-0133', NULL, '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000158', 104, '01950000-0000-7000-8000-000000000132', 'escalated', 'agent', 'ana@acme.example', 'Ana', '1', '2', '{"reason":"the word \"rung\": is in this reason"}', '2026-03-02 22:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000160', 105, '01950000-0000-7000-8000-000000000075', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', '2026-03-02 22:25:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000162', 106, '01950000-0000-7000-8000-000000000088', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', '2026-03-02 22:25:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000164', 107, '01950000-0000-7000-8000-000000000132', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T23:05:00Z"}', '2026-03-02 22:35:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000166', 108, '01950000-0000-7000-8000-000000000075', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', '2026-03-02 22:55:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000167', 109, '01950000-0000-7000-8000-000000000075', 'escalated', '', '', '', '1', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', '2026-03-02 22:55:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000169', 110, '01950000-0000-7000-8000-000000000088', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', '2026-03-02 22:55:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000170', 111, '01950000-0000-7000-8000-000000000088', 'escalated', '', '', '', '1', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', '2026-03-02 22:55:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000172', 112, '01950000-0000-7000-8000-000000000132', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T23:05:00Z"}', '2026-03-02 23:05:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000173', 113, '01950000-0000-7000-8000-000000000132', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', '2026-03-02 23:05:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000175', 114, '01950000-0000-7000-8000-000000000075', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', '2026-03-03 00:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000177', 115, '01950000-0000-7000-8000-000000000088', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', '2026-03-03 00:55:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000179', 116, '01950000-0000-7000-8000-000000000132', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', '2026-03-03 01:05:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000181', 117, '01950000-0000-7000-8000-000000000075', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', '2026-03-03 05:25:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000183', 118, '01950000-0000-7000-8000-000000000088', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', '2026-03-03 05:25:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000185', 119, '01950000-0000-7000-8000-000000000132', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-03T06:05:00Z"}', '2026-03-03 05:35:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000187', 120, '01950000-0000-7000-8000-000000000075', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', '2026-03-03 05:55:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000188', 121, '01950000-0000-7000-8000-000000000075', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', '2026-03-03 05:55:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000190', 122, '01950000-0000-7000-8000-000000000088', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', '2026-03-03 05:55:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000191', 123, '01950000-0000-7000-8000-000000000088', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', '2026-03-03 05:55:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000193', 124, '01950000-0000-7000-8000-000000000132', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T06:05:00Z"}', '2026-03-03 06:05:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000194', 125, '01950000-0000-7000-8000-000000000132', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', '2026-03-03 06:05:00.000001+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000196', 126, '01950000-0000-7000-8000-000000000132', 'sla_voided', '', '', '', 'first_response', 'the network was down', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T23:05:00Z"}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000201', 127, '01950000-0000-7000-8000-000000000198', 'opened', '', '', '', '', 'email', NULL, '2026-03-03 10:50:00+00', 1, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000203', 128, '01950000-0000-7000-8000-000000000198', 'mail', '', '', '', '', 'opened', '{"mail":"dae8c947-6b7e-826f-9abc-aebe9c65cfd6","from":"kim@example.com"}', '2026-03-03 10:50:00+00', NULL, NULL);
INSERT INTO helpdesk_events OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000207', 132, '01950000-0000-7000-8000-000000000198', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', '2026-03-03 10:50:00+00', NULL, NULL);

INSERT INTO helpdesk_loads VALUES ('acme', 'ana@acme.example', 0, 2147483647);
INSERT INTO helpdesk_loads VALUES ('globex', 'ana@acme.example', 0, 2147483647);

INSERT INTO helpdesk_locks VALUES ('acme', 'story', '2a41fe9c-bd52-4f1c-b875-9a75b39746a4', '2026-12-01 04:26:45.956105+00');
INSERT INTO helpdesk_locks VALUES ('globex', 'story', 'deafa4c8-b3c2-4e97-a663-2e068da9c41e', '2026-12-01 04:26:45.964062+00');

INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000013', '7d29cc9994813614bb771fce42a6694b@acme.example', 'kim@example.com', 'VPN drops', 'sent', '', 'reply', '01950000-0000-7000-8000-000000000001', NULL, '2026-03-02 09:00:00+00', NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000029', 'cb35de52d1a19896b531038798a5f61a@acme.example', 'kim@example.com', 'VPN drops', 'sent', '', 'resolved', '01950000-0000-7000-8000-000000000001', NULL, '2026-03-02 09:10:00+00', NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '73fdbae8-4173-80ce-b5ca-ffb485603f44', 'one@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000075', '01950000-0000-7000-8000-000000000077', '2026-03-02 21:55:00+00', NULL, NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000079', '242179970881e17c2bab2768777abe14@acme.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000075', NULL, '2026-03-02 21:55:00+00', NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', 'a3e1c71d-a594-864a-96a3-9edd06e54fa1', 'two@example.com', 'kim@example.com', 'Invoice', 'suppressed', 'Auto-Submitted: auto-replied', '', NULL, NULL, '2026-03-02 21:55:00+00', '{"ID":"2","MessageID":"two@example.com","InReplyTo":null,"References":null,"From":{"Name":"Kim","Email":"kim@example.com","Tags":null},"ReplyTo":"","Recipients":["support@acme.example"],"Cc":null,"Subject":"Invoice","Text":"I am away.","Full":"I am away.","HTML":"","Files":null,"Kind":"automatic","Reason":"Auto-Submitted: auto-replied","Loops":null,"Bounced":null,"Failed":null,"SentAt":"0001-01-01T00:00:00Z","Problem":""}', NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '4aac0733-49f0-8178-92be-1076672b4d35', 'three@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000088', '01950000-0000-7000-8000-000000000090', '2026-03-02 21:55:00+00', NULL, NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000092', '2504dc7a99fe9c510ab5cd6e4a88e376@acme.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000088', NULL, '2026-03-02 21:55:00+00', NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000112', '61310fb9f22ee27262c0af075fd0514a@globex.example', 'kim@example.com', 'VPN drops', 'sent', '', 'reply', '01950000-0000-7000-8000-000000000100', NULL, '2026-03-02 21:55:00+00', NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000128', 'e7f1380aefa2a427ce949f3e1b1f759c@globex.example', 'kim@example.com', 'VPN drops', 'sent', '', 'resolved', '01950000-0000-7000-8000-000000000100', NULL, '2026-03-02 22:05:00+00', NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', 'dae8c947-6b7e-826f-9abc-aebe9c65cfd6', 'one@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000198', '01950000-0000-7000-8000-000000000200', '2026-03-03 10:50:00+00', NULL, NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000202', 'dc20a11c71c894039da12022a0a11fe2@globex.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000198', NULL, '2026-03-03 10:50:00+00', NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '5c32fba8-9137-8804-9c38-78349310dccd', 'two@example.com', 'kim@example.com', 'Invoice', 'suppressed', 'Auto-Submitted: auto-replied', '', NULL, NULL, '2026-03-03 10:50:00+00', '{"ID":"2","MessageID":"two@example.com","InReplyTo":null,"References":null,"From":{"Name":"Kim","Email":"kim@example.com","Tags":null},"ReplyTo":"","Recipients":["support@globex.example"],"Cc":null,"Subject":"Invoice","Text":"I am away.","Full":"I am away.","HTML":"","Files":null,"Kind":"automatic","Reason":"Auto-Submitted: auto-replied","Loops":null,"Bounced":null,"Failed":null,"SentAt":"0001-01-01T00:00:00Z","Problem":""}', NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '7cf77722-daf9-8f78-9373-f8796680a010', 'three@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000211', '01950000-0000-7000-8000-000000000213', '2026-03-03 10:50:00+00', NULL, NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000215', 'b0083ef767b2d2d58aa7852154b464c0@globex.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000211', NULL, '2026-03-03 10:50:00+00', NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000231', 'cd669d832808281db2583f8e98e4c383@acme.example', 'lee@example.com', 'Paper is out', 'queued', '', 'resolved', '01950000-0000-7000-8000-000000000223', NULL, '2026-03-03 10:50:00+00', NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000246', 'b9b2ef40fc032861a2beab0ed94f5579@globex.example', 'lee@example.com', 'Paper is out', 'queued', '', 'resolved', '01950000-0000-7000-8000-000000000238', NULL, '2026-03-03 10:50:00+00', NULL, NULL, NULL, '', '[]');

INSERT INTO helpdesk_memories VALUES ('acme', 1, 11, 0);
INSERT INTO helpdesk_memories VALUES ('globex', 65, 331, 65);

INSERT INTO helpdesk_memory VALUES ('acme', '01950000-0000-7000-8000-000000000001', '2026-03-02 09:10:00+00', NULL, '\x0b000000651c94120156cb3c2603cafc772d03c7d4d234018388cb3e01645e8268015690028d01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8000-000000000100', '2026-03-02 22:05:00+00', 1, '\x0b000000651c94120156cb3c2603cafc772d03c7d4d234018388cb3e01645e8268015690028d01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000000', '2026-03-02 13:00:00+00', 2, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000001', '2026-03-02 13:00:01+00', 3, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000002', '2026-03-02 13:00:02+00', 4, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000003', '2026-03-02 13:00:03+00', 5, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000004', '2026-03-02 13:00:04+00', 6, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000005', '2026-03-02 13:00:05+00', 7, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000006', '2026-03-02 13:00:06+00', 8, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000007', '2026-03-02 13:00:07+00', 9, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000008', '2026-03-02 13:00:08+00', 10, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000009', '2026-03-02 13:00:09+00', 11, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000010', '2026-03-02 13:00:10+00', 12, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000011', '2026-03-02 13:00:11+00', 13, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000012', '2026-03-02 13:00:12+00', 14, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000013', '2026-03-02 13:00:13+00', 15, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000014', '2026-03-02 13:00:14+00', 16, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000015', '2026-03-02 13:00:15+00', 17, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000016', '2026-03-02 13:00:16+00', 18, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000017', '2026-03-02 13:00:17+00', 19, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000018', '2026-03-02 13:00:18+00', 20, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000019', '2026-03-02 13:00:19+00', 21, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000020', '2026-03-02 13:00:20+00', 22, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000021', '2026-03-02 13:00:21+00', 23, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000022', '2026-03-02 13:00:22+00', 24, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000023', '2026-03-02 13:00:23+00', 25, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000024', '2026-03-02 13:00:24+00', 26, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000025', '2026-03-02 13:00:25+00', 27, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000026', '2026-03-02 13:00:26+00', 28, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000027', '2026-03-02 13:00:27+00', 29, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000028', '2026-03-02 13:00:28+00', 30, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000029', '2026-03-02 13:00:29+00', 31, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000030', '2026-03-02 13:00:30+00', 32, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000031', '2026-03-02 13:00:31+00', 33, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000032', '2026-03-02 13:00:32+00', 34, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000033', '2026-03-02 13:00:33+00', 35, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000034', '2026-03-02 13:00:34+00', 36, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000035', '2026-03-02 13:00:35+00', 37, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000036', '2026-03-02 13:00:36+00', 38, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000037', '2026-03-02 13:00:37+00', 39, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000038', '2026-03-02 13:00:38+00', 40, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000039', '2026-03-02 13:00:39+00', 41, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000040', '2026-03-02 13:00:40+00', 42, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000041', '2026-03-02 13:00:41+00', 43, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000042', '2026-03-02 13:00:42+00', 44, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000043', '2026-03-02 13:00:43+00', 45, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000044', '2026-03-02 13:00:44+00', 46, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000045', '2026-03-02 13:00:45+00', 47, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000046', '2026-03-02 13:00:46+00', 48, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000047', '2026-03-02 13:00:47+00', 49, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000048', '2026-03-02 13:00:48+00', 50, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000049', '2026-03-02 13:00:49+00', 51, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000050', '2026-03-02 13:00:50+00', 52, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000051', '2026-03-02 13:00:51+00', 53, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000052', '2026-03-02 13:00:52+00', 54, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000053', '2026-03-02 13:00:53+00', 55, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000054', '2026-03-02 13:00:54+00', 56, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000055', '2026-03-02 13:00:55+00', 57, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000056', '2026-03-02 13:00:56+00', 58, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000057', '2026-03-02 13:00:57+00', 59, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000058', '2026-03-02 13:00:58+00', 60, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000059', '2026-03-02 13:00:59+00', 61, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000060', '2026-03-02 13:01:00+00', 62, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000061', '2026-03-02 13:01:01+00', 63, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000062', '2026-03-02 13:01:02+00', 64, '\x05000000f708d81b03d40a498901f76bebbd01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000063', '2026-03-02 13:01:03+00', 65, '\x05000000f708d81b03d40a498901f76bebbd01');

INSERT INTO helpdesk_memory_postings VALUES ('globex', -1991701804, 0, 65, '\x0209010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109');
INSERT INTO helpdesk_memory_postings VALUES ('globex', -1929211818, 0, 1, '\x010d');
INSERT INTO helpdesk_memory_postings VALUES ('globex', -1108644873, 0, 65, '\x0209010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 311696485, 0, 1, '\x010d');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 467142903, 0, 65, '\x0289018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 641518422, 0, 1, '\x018d');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 762838218, 0, 1, '\x018d');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 886232263, 0, 1, '\x010d');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 1053526147, 0, 1, '\x010d');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 1753374308, 0, 1, '\x010d');

INSERT INTO helpdesk_memory_terms VALUES ('acme', -1929211818, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 311696485, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 641518422, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 762838218, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 886232263, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 1053526147, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 1753374308, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', -1929211818, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 311696485, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 641518422, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 762838218, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 886232263, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 1053526147, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 1753374308, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', -1991701804, 64);
INSERT INTO helpdesk_memory_terms VALUES ('globex', -1108644873, 64);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 467142903, 64);

INSERT INTO helpdesk_memory_vectors VALUES ('acme', '01950000-0000-7000-8000-000000000001', 'two', '2026-03-02 09:10:00+00', '\x0000803f00001c42');
INSERT INTO helpdesk_memory_vectors VALUES ('globex', '01950000-0000-7000-8000-000000000100', 'two', '2026-03-02 22:05:00+00', '\x0000803f00001c42');

INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000004', 1, '01950000-0000-7000-8000-000000000001', 'customer', 'customer', 'kim@example.com', 'Kim', 'The tunnel closes every hour.', '2026-03-02 09:00:00+00', NULL, NULL, '[{"id":"267082099a3eacd541ceef64518ec225","name":"log.txt","type":"text/plain","size":10}]', NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000011', 2, '01950000-0000-7000-8000-000000000001', 'agent', 'agent', 'ana@acme.example', 'Ana', 'Which router do you have?', '2026-03-02 09:00:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000018', 3, '01950000-0000-7000-8000-000000000001', 'customer', 'customer', 'kim@example.com', 'Kim', 'The black one.', '2026-03-02 09:10:00+00', NULL, NULL, '[{"id":"ac2cde009f602a741fe9ff1da474db4a","name":"router.txt","type":"text/plain","size":5}]', NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000022', 4, '01950000-0000-7000-8000-000000000001', 'note', 'agent', 'ana@acme.example', 'Ana', 'Kim says "rung": as if "step": were a word.', '2026-03-02 09:10:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000024', 5, '01950000-0000-7000-8000-000000000001', 'system', '', '', '', 'Resolved by Ana: Set the keepalive to 20 seconds.', '2026-03-02 09:10:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000035', 6, '01950000-0000-7000-8000-000000000033', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints.', '2026-03-02 09:10:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000046', 7, '01950000-0000-7000-8000-000000000044', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints at all.', '2026-03-02 09:10:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000060', 8, '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'Escalated by Ana: the word "rung": is in this reason', '2026-03-02 09:10:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000062', 9, '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', '2026-03-02 09:40:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000065', 10, '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', '2026-03-02 10:10:00.000001+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000067', 11, '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'No reply for 3h. Escalated to management.', '2026-03-02 12:10:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000069', 12, '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', '2026-03-02 16:40:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000072', 13, '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', '2026-03-02 17:10:00.000001+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000077', 14, '01950000-0000-7000-8000-000000000075', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where is my invoice?', '2026-03-02 21:55:00+00', NULL, NULL, '[{"id":"6b46aad463f826b210ff3a6f68f9d9a7","name":"a.txt","type":"text/plain","size":1}]', 'unknown', NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000090', 15, '01950000-0000-7000-8000-000000000088', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where', '2026-03-02 21:55:00+00', NULL, NULL, '[{"id":"0738d70a2b734e0d80a652e3abf1db4f","name":"message.eml","type":"message/rfc822","size":23}]', 'unknown', NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000094', 16, '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'The mail could not be read as a whole: its end is missing', '2026-03-02 21:55:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000103', 17, '01950000-0000-7000-8000-000000000100', 'customer', 'customer', 'kim@example.com', 'Kim', 'The tunnel closes every hour.', '2026-03-02 21:55:00+00', NULL, NULL, '[{"id":"bc2f4354e1f89bb1e7cc3606f13c756e","name":"log.txt","type":"text/plain","size":10}]', NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000110', 18, '01950000-0000-7000-8000-000000000100', 'agent', 'agent', 'ana@acme.example', 'Ana', 'Which router do you have?', '2026-03-02 21:55:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000117', 19, '01950000-0000-7000-8000-000000000100', 'customer', 'customer', 'kim@example.com', 'Kim', 'The black one.', '2026-03-02 22:05:00+00', NULL, NULL, '[{"id":"695130c1e365a27536e2caf1685b8349","name":"router.txt","type":"text/plain","size":5}]', NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000121', 20, '01950000-0000-7000-8000-000000000100', 'note', 'agent', 'ana@acme.example', 'Ana', 'Kim says "rung": as if "step": were a word.', '2026-03-02 22:05:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000123', 21, '01950000-0000-7000-8000-000000000100', 'system', '', '', '', 'Resolved by Ana: Set the keepalive to 20 seconds.', '2026-03-02 22:05:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000134', 22, '01950000-0000-7000-8000-000000000132', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints.', '2026-03-02 22:05:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000145', 23, '01950000-0000-7000-8000-000000000143', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints at all.', '2026-03-02 22:05:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000159', 24, '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'Escalated by Ana: the word "rung": is in this reason', '2026-03-02 22:05:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000161', 25, '01950000-0000-7000-8000-000000000075', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', '2026-03-02 22:25:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000163', 26, '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', '2026-03-02 22:25:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000165', 27, '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', '2026-03-02 22:35:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000168', 28, '01950000-0000-7000-8000-000000000075', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', '2026-03-02 22:55:00.000001+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000171', 29, '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', '2026-03-02 22:55:00.000001+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000174', 30, '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', '2026-03-02 23:05:00.000001+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000176', 31, '01950000-0000-7000-8000-000000000075', 'system', '', '', '', 'No reply for 3h. Escalated to management.', '2026-03-03 00:55:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000178', 32, '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'No reply for 3h. Escalated to management.', '2026-03-03 00:55:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000180', 33, '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'No reply for 3h. Escalated to management.', '2026-03-03 01:05:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000182', 34, '01950000-0000-7000-8000-000000000075', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', '2026-03-03 05:25:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000184', 35, '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', '2026-03-03 05:25:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000186', 36, '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', '2026-03-03 05:35:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000189', 37, '01950000-0000-7000-8000-000000000075', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', '2026-03-03 05:55:00.000001+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000192', 38, '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', '2026-03-03 05:55:00.000001+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000195', 39, '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', '2026-03-03 06:05:00.000001+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000200', 40, '01950000-0000-7000-8000-000000000198', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where is my invoice?', '2026-03-03 10:50:00+00', NULL, NULL, '[{"id":"fa6ac1089067efdd8eff655f3be3a25b","name":"a.txt","type":"text/plain","size":1}]', 'unknown', NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000213', 41, '01950000-0000-7000-8000-000000000211', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where', '2026-03-03 10:50:00+00', NULL, NULL, '[{"id":"bf2606bff86af28ad0bf730a57d08ed9","name":"message.eml","type":"message/rfc822","size":23}]', 'unknown', NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000217', 42, '01950000-0000-7000-8000-000000000211', 'system', '', '', '', 'The mail could not be read as a whole: its end is missing', '2026-03-03 10:50:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000226', 43, '01950000-0000-7000-8000-000000000223', 'customer', 'customer', 'lee@example.com', '', 'The tray is empty.', '2026-03-03 10:50:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000228', 44, '01950000-0000-7000-8000-000000000223', 'system', '', '', '', 'Resolved by the desk: Filled the tray.', '2026-03-03 10:50:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('acme', '01950000-0000-7000-8000-000000000236', 45, '01950000-0000-7000-8000-000000000234', 'customer', 'customer', 'lee@example.com', '', 'Since Monday.', '2026-03-03 10:50:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000241', 46, '01950000-0000-7000-8000-000000000238', 'customer', 'customer', 'lee@example.com', '', 'The tray is empty.', '2026-03-03 10:50:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000243', 47, '01950000-0000-7000-8000-000000000238', 'system', '', '', '', 'Resolved by the desk: Filled the tray.', '2026-03-03 10:50:00+00', NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages OVERRIDING SYSTEM VALUE VALUES ('globex', '01950000-0000-7000-8000-000000000251', 48, '01950000-0000-7000-8000-000000000249', 'customer', 'customer', 'lee@example.com', '', 'Since Monday.', '2026-03-03 10:50:00+00', NULL, NULL, NULL, NULL, NULL);

INSERT INTO helpdesk_migrations VALUES (1, '2026-12-01 04:26:35.062244+00');
INSERT INTO helpdesk_migrations VALUES (2, '2026-12-01 04:26:35.062244+00');
INSERT INTO helpdesk_migrations VALUES (3, '2026-12-01 04:26:35.062244+00');
INSERT INTO helpdesk_migrations VALUES (4, '2026-12-01 04:26:35.062244+00');
INSERT INTO helpdesk_migrations VALUES (5, '2026-12-01 04:26:35.062244+00');
INSERT INTO helpdesk_migrations VALUES (6, '2026-12-01 04:26:35.062244+00');
INSERT INTO helpdesk_migrations VALUES (7, '2026-12-01 04:26:35.062244+00');
INSERT INTO helpdesk_migrations VALUES (8, '2026-12-01 04:26:35.062244+00');
INSERT INTO helpdesk_migrations VALUES (9, '2026-12-01 04:26:35.062244+00');
INSERT INTO helpdesk_migrations VALUES (10, '2026-12-01 04:26:35.062244+00');

INSERT INTO helpdesk_notices VALUES ('acme', 'ana@acme.example', '2026-03-02 09:10:00+00', '01950000-0000-7000-8000-000000000020', '01950000-0000-7000-8000-000000000001', 'answered', false, '', true);
INSERT INTO helpdesk_notices VALUES ('globex', 'ana@acme.example', '2026-03-02 22:05:00+00', '01950000-0000-7000-8000-000000000119', '01950000-0000-7000-8000-000000000100', 'answered', false, '', true);

INSERT INTO helpdesk_once VALUES ('acme', 'open:', '9336ac14-0bf0-8956-8dc4-21193340598a', '01950000-0000-7000-8000-000000000001');
INSERT INTO helpdesk_once VALUES ('acme', 'lift', '5e0b1912-ea2e-8c29-a893-72e1b30adacc/0', '01950000-0000-7000-8000-000000000033');
INSERT INTO helpdesk_once VALUES ('acme', 'open:', '907c2af4-6822-8942-8342-8a810938a636', '01950000-0000-7000-8000-000000000033');
INSERT INTO helpdesk_once VALUES ('acme', 'open:', '4b1477ed-156f-85f2-82da-f9a9889cd0ff', '01950000-0000-7000-8000-000000000044');
INSERT INTO helpdesk_once VALUES ('acme', 'ack', '5dce0299-89de-85ed-8380-e158e050b81a', '01950000-0000-7000-8000-000000000075');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '9fff7736-634e-8c72-a0d4-bb93436a422e', '01950000-0000-7000-8000-000000000075');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', 'af2756c6-af4d-82c7-9099-02a67254b7b0', '01950000-0000-7000-8000-000000000075');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '1c045bf7-7aad-8e6d-8f2b-a452dadb42f3', NULL);
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '91a9dc7e-73b3-8666-9a43-6b4255c39d42', NULL);
INSERT INTO helpdesk_once VALUES ('acme', 'ack', '04a97c92-9457-8f08-a64f-283c0df43b5f', '01950000-0000-7000-8000-000000000088');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', 'a5dc7639-332f-8ddb-87ae-a6be5e79f765', '01950000-0000-7000-8000-000000000088');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', 'c469f121-a331-8eb4-a9e6-e9cf13e27999', '01950000-0000-7000-8000-000000000088');
INSERT INTO helpdesk_once VALUES ('globex', 'open:', '9336ac14-0bf0-8956-8dc4-21193340598a', '01950000-0000-7000-8000-000000000100');
INSERT INTO helpdesk_once VALUES ('globex', 'lift', '6ac1bc99-bced-81c0-ac33-72699a640045/0', '01950000-0000-7000-8000-000000000132');
INSERT INTO helpdesk_once VALUES ('globex', 'open:', '907c2af4-6822-8942-8342-8a810938a636', '01950000-0000-7000-8000-000000000132');
INSERT INTO helpdesk_once VALUES ('globex', 'open:', '4b1477ed-156f-85f2-82da-f9a9889cd0ff', '01950000-0000-7000-8000-000000000143');
INSERT INTO helpdesk_once VALUES ('globex', 'ack', '95de032c-c18b-86aa-aead-4d4d925b43ce', '01950000-0000-7000-8000-000000000198');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '9fff7736-634e-8c72-a0d4-bb93436a422e', '01950000-0000-7000-8000-000000000198');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', 'af2756c6-af4d-82c7-9099-02a67254b7b0', '01950000-0000-7000-8000-000000000198');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '1c045bf7-7aad-8e6d-8f2b-a452dadb42f3', NULL);
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '91a9dc7e-73b3-8666-9a43-6b4255c39d42', NULL);
INSERT INTO helpdesk_once VALUES ('globex', 'ack', '36ce525a-141f-86ef-835c-f034f6cbbef8', '01950000-0000-7000-8000-000000000211');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', 'a5dc7639-332f-8ddb-87ae-a6be5e79f765', '01950000-0000-7000-8000-000000000211');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', 'c469f121-a331-8eb4-a9e6-e9cf13e27999', '01950000-0000-7000-8000-000000000211');

INSERT INTO helpdesk_organisation_domains VALUES ('acme', 'widget.example', '01950000-0000-7000-8003-000000000001');
INSERT INTO helpdesk_organisation_domains VALUES ('globex', 'widget.example', '01950000-0000-7000-8003-000000000001');

INSERT INTO helpdesk_organisations VALUES ('acme', '01950000-0000-7000-8003-000000000001', 1, 'w1', 'Widget Works', 'widget works', ' widget works w1 example', '["gold"]', '', '2026-03-02 12:00:00+00', '2026-03-02 12:00:00+00');
INSERT INTO helpdesk_organisations VALUES ('globex', '01950000-0000-7000-8003-000000000001', 1, 'w1', 'Widget Works', 'widget works', ' widget works w1 example', '["gold"]', '', '2026-03-02 12:00:00+00', '2026-03-02 12:00:00+00');

INSERT INTO helpdesk_search VALUES ('acme', '01950000-0000-7000-8000-000000000001', '2026-03-02 09:00:00+00', '''68d36a18attachment'' ''822b33ad0002'' ''822b33adblack'' ''822b33adcloses'' ''822b33adcom'' ''822b33addo'' ''822b33addrops'' ''822b33adevery'' ''822b33adexample'' ''822b33adhave'' ''822b33adhour'' ''822b33adkim'' ''822b33adone'' ''822b33adref'' ''822b33adref0002'' ''822b33adrouter'' ''822b33adthe'' ''822b33adtunnel'' ''822b33advpn'' ''822b33adwhich'' ''822b33adyou'' ''87c148a020'' ''87c148a0a'' ''87c148a0ana'' ''87c148a0as'' ''87c148a0by'' ''87c148a0if'' ''87c148a0keepalive'' ''87c148a0kim'' ''87c148a0resolved'' ''87c148a0rung'' ''87c148a0says'' ''87c148a0seconds'' ''87c148a0set'' ''87c148a0step'' ''87c148a0the'' ''87c148a0to'' ''87c148a0were'' ''87c148a0word'' ''a20a5ba7com'' ''a20a5ba7example'' ''a20a5ba7kim'' ''cd5ebcaacom'' ''cd5ebcaaexample''');
INSERT INTO helpdesk_search VALUES ('acme', '01950000-0000-7000-8000-000000000044', '2026-03-02 09:10:00+00', '''822b33ad0045'' ''822b33adall'' ''822b33adat'' ''822b33adbroken'' ''822b33adcash'' ''822b33adcom'' ''822b33adexample'' ''822b33adkim'' ''822b33adnothing'' ''822b33adprints'' ''822b33adref'' ''822b33adref0045'' ''822b33adregister'' ''a20a5ba7com'' ''a20a5ba7example'' ''a20a5ba7kim'' ''cd5ebcaacom'' ''cd5ebcaaexample''');
INSERT INTO helpdesk_search VALUES ('acme', '01950000-0000-7000-8000-000000000033', '2026-03-02 09:10:00+00', '''822b33ad0034'' ''822b33adcash'' ''822b33adcom'' ''822b33addead'' ''822b33adexample'' ''822b33adkim'' ''822b33adnothing'' ''822b33adprints'' ''822b33adref'' ''822b33adref0034'' ''822b33adregister'' ''87c148a030'' ''87c148a03h'' ''87c148a0ana'' ''87c148a0at'' ''87c148a0auto'' ''87c148a0breached'' ''87c148a0by'' ''87c148a0escalated'' ''87c148a0for'' ''87c148a0in'' ''87c148a0is'' ''87c148a0management'' ''87c148a0minutes'' ''87c148a0no'' ''87c148a0reason'' ''87c148a0remaining'' ''87c148a0reply'' ''87c148a0risk'' ''87c148a0rung'' ''87c148a0sla'' ''87c148a0the'' ''87c148a0this'' ''87c148a0to'' ''87c148a0word'' ''a20a5ba7com'' ''a20a5ba7example'' ''a20a5ba7kim'' ''cd5ebcaacom'' ''cd5ebcaaexample''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8000-000000000100', '2026-03-02 21:55:00+00', '''28e40fe720'' ''28e40fe7a'' ''28e40fe7ana'' ''28e40fe7as'' ''28e40fe7by'' ''28e40fe7if'' ''28e40fe7keepalive'' ''28e40fe7kim'' ''28e40fe7resolved'' ''28e40fe7rung'' ''28e40fe7says'' ''28e40fe7seconds'' ''28e40fe7set'' ''28e40fe7step'' ''28e40fe7the'' ''28e40fe7to'' ''28e40fe7were'' ''28e40fe7word'' ''5bc1a08d0101'' ''5bc1a08dblack'' ''5bc1a08dcloses'' ''5bc1a08dcom'' ''5bc1a08ddo'' ''5bc1a08ddrops'' ''5bc1a08devery'' ''5bc1a08dexample'' ''5bc1a08dhave'' ''5bc1a08dhour'' ''5bc1a08dkim'' ''5bc1a08done'' ''5bc1a08dref'' ''5bc1a08dref0101'' ''5bc1a08drouter'' ''5bc1a08dthe'' ''5bc1a08dtunnel'' ''5bc1a08dvpn'' ''5bc1a08dwhich'' ''5bc1a08dyou'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0com'' ''9ca3ecb0example'' ''9ca3ecb0kim'' ''ff00df9battachment''');
INSERT INTO helpdesk_search VALUES ('acme', '01950000-0000-7000-8000-000000000075', '2026-03-02 21:55:00+00', '''68d36a18attachment'' ''822b33ad0076'' ''822b33adcom'' ''822b33adexample'' ''822b33adinvoice'' ''822b33adis'' ''822b33adkim'' ''822b33admy'' ''822b33adref'' ''822b33adref0076'' ''822b33adwhere'' ''87c148a030'' ''87c148a03h'' ''87c148a0at'' ''87c148a0auto'' ''87c148a0breached'' ''87c148a0escalated'' ''87c148a0for'' ''87c148a0management'' ''87c148a0minutes'' ''87c148a0no'' ''87c148a0remaining'' ''87c148a0reply'' ''87c148a0risk'' ''87c148a0sla'' ''87c148a0to'' ''a20a5ba7com'' ''a20a5ba7example'' ''a20a5ba7kim'' ''cd5ebcaacom'' ''cd5ebcaaexample''');
INSERT INTO helpdesk_search VALUES ('acme', '01950000-0000-7000-8000-000000000088', '2026-03-02 21:55:00+00', '''68d36a18attachment'' ''822b33ad0089'' ''822b33adcom'' ''822b33adexample'' ''822b33adinvoice'' ''822b33adkim'' ''822b33adref'' ''822b33adref0089'' ''822b33adwhere'' ''87c148a030'' ''87c148a03h'' ''87c148a0a'' ''87c148a0as'' ''87c148a0at'' ''87c148a0auto'' ''87c148a0be'' ''87c148a0breached'' ''87c148a0could'' ''87c148a0end'' ''87c148a0escalated'' ''87c148a0for'' ''87c148a0is'' ''87c148a0its'' ''87c148a0mail'' ''87c148a0management'' ''87c148a0minutes'' ''87c148a0missing'' ''87c148a0no'' ''87c148a0not'' ''87c148a0read'' ''87c148a0remaining'' ''87c148a0reply'' ''87c148a0risk'' ''87c148a0sla'' ''87c148a0the'' ''87c148a0to'' ''87c148a0whole'' ''a20a5ba7com'' ''a20a5ba7example'' ''a20a5ba7kim'' ''cd5ebcaacom'' ''cd5ebcaaexample''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8000-000000000143', '2026-03-02 22:05:00+00', '''5bc1a08d0144'' ''5bc1a08dall'' ''5bc1a08dat'' ''5bc1a08dbroken'' ''5bc1a08dcash'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dkim'' ''5bc1a08dnothing'' ''5bc1a08dprints'' ''5bc1a08dref'' ''5bc1a08dref0144'' ''5bc1a08dregister'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0com'' ''9ca3ecb0example'' ''9ca3ecb0kim''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8000-000000000132', '2026-03-02 22:05:00+00', '''28e40fe730'' ''28e40fe73h'' ''28e40fe7ana'' ''28e40fe7at'' ''28e40fe7auto'' ''28e40fe7breached'' ''28e40fe7by'' ''28e40fe7escalated'' ''28e40fe7for'' ''28e40fe7in'' ''28e40fe7is'' ''28e40fe7management'' ''28e40fe7minutes'' ''28e40fe7no'' ''28e40fe7reason'' ''28e40fe7remaining'' ''28e40fe7reply'' ''28e40fe7risk'' ''28e40fe7rung'' ''28e40fe7sla'' ''28e40fe7the'' ''28e40fe7this'' ''28e40fe7to'' ''28e40fe7word'' ''5bc1a08d0133'' ''5bc1a08dcash'' ''5bc1a08dcom'' ''5bc1a08ddead'' ''5bc1a08dexample'' ''5bc1a08dkim'' ''5bc1a08dnothing'' ''5bc1a08dprints'' ''5bc1a08dref'' ''5bc1a08dref0133'' ''5bc1a08dregister'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0com'' ''9ca3ecb0example'' ''9ca3ecb0kim''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8000-000000000198', '2026-03-03 10:50:00+00', '''5bc1a08d0199'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dinvoice'' ''5bc1a08dis'' ''5bc1a08dkim'' ''5bc1a08dmy'' ''5bc1a08dref'' ''5bc1a08dref0199'' ''5bc1a08dwhere'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0com'' ''9ca3ecb0example'' ''9ca3ecb0kim'' ''ff00df9battachment''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8000-000000000211', '2026-03-03 10:50:00+00', '''28e40fe7a'' ''28e40fe7as'' ''28e40fe7be'' ''28e40fe7could'' ''28e40fe7end'' ''28e40fe7is'' ''28e40fe7its'' ''28e40fe7mail'' ''28e40fe7missing'' ''28e40fe7not'' ''28e40fe7read'' ''28e40fe7the'' ''28e40fe7whole'' ''5bc1a08d0212'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dinvoice'' ''5bc1a08dkim'' ''5bc1a08dref'' ''5bc1a08dref0212'' ''5bc1a08dwhere'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0com'' ''9ca3ecb0example'' ''9ca3ecb0kim'' ''ff00df9battachment''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000000', '2026-03-02 12:00:00+00', '''5bc1a08d0000'' ''5bc1a08dc0'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0000'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c0'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000001', '2026-03-02 12:00:01+00', '''5bc1a08d0001'' ''5bc1a08dc1'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0001'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c1'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000002', '2026-03-02 12:00:02+00', '''5bc1a08d0002'' ''5bc1a08dc2'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0002'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c2'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000003', '2026-03-02 12:00:03+00', '''5bc1a08d0003'' ''5bc1a08dc3'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0003'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c3'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000004', '2026-03-02 12:00:04+00', '''5bc1a08d0004'' ''5bc1a08dc4'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0004'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c4'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000005', '2026-03-02 12:00:05+00', '''5bc1a08d0005'' ''5bc1a08dc5'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0005'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c5'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000006', '2026-03-02 12:00:06+00', '''5bc1a08d0006'' ''5bc1a08dc6'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0006'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c6'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000007', '2026-03-02 12:00:07+00', '''5bc1a08d0007'' ''5bc1a08dc7'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0007'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c7'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000008', '2026-03-02 12:00:08+00', '''5bc1a08d0008'' ''5bc1a08dc8'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0008'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c8'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000009', '2026-03-02 12:00:09+00', '''5bc1a08d0009'' ''5bc1a08dc9'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0009'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c9'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000010', '2026-03-02 12:00:10+00', '''5bc1a08d0010'' ''5bc1a08dc10'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0010'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c10'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000011', '2026-03-02 12:00:11+00', '''5bc1a08d0011'' ''5bc1a08dc11'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0011'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c11'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000012', '2026-03-02 12:00:12+00', '''5bc1a08d0012'' ''5bc1a08dc12'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0012'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c12'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000013', '2026-03-02 12:00:13+00', '''5bc1a08d0013'' ''5bc1a08dc13'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0013'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c13'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000014', '2026-03-02 12:00:14+00', '''5bc1a08d0014'' ''5bc1a08dc14'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0014'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c14'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000015', '2026-03-02 12:00:15+00', '''5bc1a08d0015'' ''5bc1a08dc15'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0015'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c15'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000016', '2026-03-02 12:00:16+00', '''5bc1a08d0016'' ''5bc1a08dc16'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0016'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c16'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000017', '2026-03-02 12:00:17+00', '''5bc1a08d0017'' ''5bc1a08dc17'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0017'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c17'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000018', '2026-03-02 12:00:18+00', '''5bc1a08d0018'' ''5bc1a08dc18'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0018'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c18'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000019', '2026-03-02 12:00:19+00', '''5bc1a08d0019'' ''5bc1a08dc19'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0019'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c19'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000020', '2026-03-02 12:00:20+00', '''5bc1a08d0020'' ''5bc1a08dc20'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0020'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c20'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000021', '2026-03-02 12:00:21+00', '''5bc1a08d0021'' ''5bc1a08dc21'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0021'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c21'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000022', '2026-03-02 12:00:22+00', '''5bc1a08d0022'' ''5bc1a08dc22'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0022'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c22'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000023', '2026-03-02 12:00:23+00', '''5bc1a08d0023'' ''5bc1a08dc23'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0023'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c23'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000024', '2026-03-02 12:00:24+00', '''5bc1a08d0024'' ''5bc1a08dc24'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0024'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c24'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000025', '2026-03-02 12:00:25+00', '''5bc1a08d0025'' ''5bc1a08dc25'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0025'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c25'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000026', '2026-03-02 12:00:26+00', '''5bc1a08d0026'' ''5bc1a08dc26'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0026'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c26'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000027', '2026-03-02 12:00:27+00', '''5bc1a08d0027'' ''5bc1a08dc27'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0027'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c27'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000028', '2026-03-02 12:00:28+00', '''5bc1a08d0028'' ''5bc1a08dc28'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0028'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c28'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000029', '2026-03-02 12:00:29+00', '''5bc1a08d0029'' ''5bc1a08dc29'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0029'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c29'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000030', '2026-03-02 12:00:30+00', '''5bc1a08d0030'' ''5bc1a08dc30'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0030'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c30'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000031', '2026-03-02 12:00:31+00', '''5bc1a08d0031'' ''5bc1a08dc31'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0031'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c31'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000032', '2026-03-02 12:00:32+00', '''5bc1a08d0032'' ''5bc1a08dc32'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0032'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c32'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000033', '2026-03-02 12:00:33+00', '''5bc1a08d0033'' ''5bc1a08dc33'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0033'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c33'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000034', '2026-03-02 12:00:34+00', '''5bc1a08d0034'' ''5bc1a08dc34'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0034'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c34'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000035', '2026-03-02 12:00:35+00', '''5bc1a08d0035'' ''5bc1a08dc35'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0035'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c35'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000036', '2026-03-02 12:00:36+00', '''5bc1a08d0036'' ''5bc1a08dc36'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0036'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c36'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000037', '2026-03-02 12:00:37+00', '''5bc1a08d0037'' ''5bc1a08dc37'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0037'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c37'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000038', '2026-03-02 12:00:38+00', '''5bc1a08d0038'' ''5bc1a08dc38'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0038'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c38'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000039', '2026-03-02 12:00:39+00', '''5bc1a08d0039'' ''5bc1a08dc39'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0039'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c39'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000040', '2026-03-02 12:00:40+00', '''5bc1a08d0040'' ''5bc1a08dc40'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0040'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c40'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000041', '2026-03-02 12:00:41+00', '''5bc1a08d0041'' ''5bc1a08dc41'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0041'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c41'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000042', '2026-03-02 12:00:42+00', '''5bc1a08d0042'' ''5bc1a08dc42'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0042'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c42'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000043', '2026-03-02 12:00:43+00', '''5bc1a08d0043'' ''5bc1a08dc43'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0043'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c43'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000044', '2026-03-02 12:00:44+00', '''5bc1a08d0044'' ''5bc1a08dc44'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0044'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c44'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000045', '2026-03-02 12:00:45+00', '''5bc1a08d0045'' ''5bc1a08dc45'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0045'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c45'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000046', '2026-03-02 12:00:46+00', '''5bc1a08d0046'' ''5bc1a08dc46'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0046'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c46'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000047', '2026-03-02 12:00:47+00', '''5bc1a08d0047'' ''5bc1a08dc47'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0047'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c47'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000048', '2026-03-02 12:00:48+00', '''5bc1a08d0048'' ''5bc1a08dc48'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0048'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c48'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000049', '2026-03-02 12:00:49+00', '''5bc1a08d0049'' ''5bc1a08dc49'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0049'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c49'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000050', '2026-03-02 12:00:50+00', '''5bc1a08d0050'' ''5bc1a08dc50'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0050'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c50'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000051', '2026-03-02 12:00:51+00', '''5bc1a08d0051'' ''5bc1a08dc51'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0051'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c51'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000052', '2026-03-02 12:00:52+00', '''5bc1a08d0052'' ''5bc1a08dc52'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0052'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c52'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000053', '2026-03-02 12:00:53+00', '''5bc1a08d0053'' ''5bc1a08dc53'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0053'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c53'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000054', '2026-03-02 12:00:54+00', '''5bc1a08d0054'' ''5bc1a08dc54'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0054'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c54'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000055', '2026-03-02 12:00:55+00', '''5bc1a08d0055'' ''5bc1a08dc55'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0055'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c55'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000056', '2026-03-02 12:00:56+00', '''5bc1a08d0056'' ''5bc1a08dc56'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0056'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c56'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000057', '2026-03-02 12:00:57+00', '''5bc1a08d0057'' ''5bc1a08dc57'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0057'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c57'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000058', '2026-03-02 12:00:58+00', '''5bc1a08d0058'' ''5bc1a08dc58'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0058'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c58'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000059', '2026-03-02 12:00:59+00', '''5bc1a08d0059'' ''5bc1a08dc59'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0059'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c59'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000060', '2026-03-02 12:01:00+00', '''5bc1a08d0060'' ''5bc1a08dc60'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0060'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c60'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000061', '2026-03-02 12:01:01+00', '''5bc1a08d0061'' ''5bc1a08dc61'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0061'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c61'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000062', '2026-03-02 12:01:02+00', '''5bc1a08d0062'' ''5bc1a08dc62'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0062'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c62'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8001-000000000063', '2026-03-02 12:01:03+00', '''5bc1a08d0063'' ''5bc1a08dc63'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dold'' ''5bc1a08dold0063'' ''5bc1a08dprinter'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0c63'' ''9ca3ecb0com'' ''9ca3ecb0example''');
INSERT INTO helpdesk_search VALUES ('acme', '01950000-0000-7000-8000-000000000223', '2026-03-03 10:50:00+00', '''822b33ad0224'' ''822b33adcom'' ''822b33adempty'' ''822b33adexample'' ''822b33adis'' ''822b33adlee'' ''822b33adout'' ''822b33adpaper'' ''822b33adref'' ''822b33adref0224'' ''822b33adthe'' ''822b33adtray'' ''87c148a0by'' ''87c148a0desk'' ''87c148a0filled'' ''87c148a0resolved'' ''87c148a0the'' ''87c148a0tray'' ''a20a5ba7com'' ''a20a5ba7example'' ''a20a5ba7lee'' ''cd5ebcaacom'' ''cd5ebcaaexample''');
INSERT INTO helpdesk_search VALUES ('acme', '01950000-0000-7000-8000-000000000234', '2026-03-03 10:50:00+00', '''822b33ad0235'' ''822b33adcom'' ''822b33adexample'' ''822b33adflickers'' ''822b33adlee'' ''822b33admonday'' ''822b33adref'' ''822b33adref0235'' ''822b33adscreen'' ''822b33adsince'' ''a20a5ba7com'' ''a20a5ba7example'' ''a20a5ba7lee'' ''cd5ebcaacom'' ''cd5ebcaaexample''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8000-000000000238', '2026-03-03 10:50:00+00', '''28e40fe7by'' ''28e40fe7desk'' ''28e40fe7filled'' ''28e40fe7resolved'' ''28e40fe7the'' ''28e40fe7tray'' ''5bc1a08d0239'' ''5bc1a08dcom'' ''5bc1a08dempty'' ''5bc1a08dexample'' ''5bc1a08dis'' ''5bc1a08dlee'' ''5bc1a08dout'' ''5bc1a08dpaper'' ''5bc1a08dref'' ''5bc1a08dref0239'' ''5bc1a08dthe'' ''5bc1a08dtray'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0com'' ''9ca3ecb0example'' ''9ca3ecb0lee''');
INSERT INTO helpdesk_search VALUES ('globex', '01950000-0000-7000-8000-000000000249', '2026-03-03 10:50:00+00', '''5bc1a08d0250'' ''5bc1a08dcom'' ''5bc1a08dexample'' ''5bc1a08dflickers'' ''5bc1a08dlee'' ''5bc1a08dmonday'' ''5bc1a08dref'' ''5bc1a08dref0250'' ''5bc1a08dscreen'' ''5bc1a08dsince'' ''77b3bd14com'' ''77b3bd14example'' ''9ca3ecb0com'' ''9ca3ecb0example'' ''9ca3ecb0lee''');

INSERT INTO helpdesk_sentences VALUES ('acme', 1425499519590327959, 3111711638400672007, '01950000-0000-7000-8000-000000000001');
INSERT INTO helpdesk_sentences VALUES ('globex', 1425499519590327959, 3111711638400672007, '01950000-0000-7000-8000-000000000100');

INSERT INTO helpdesk_settings VALUES ('acme', 'team', 'money', 1, '{"id":"money","name":"Money","categories":["billing"]}', false, '', '', '', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'agent', 'ana@acme.example', 1, '{"id":"ana@acme.example","name":"Ana","email":"ana@acme.example","skills":{"general":5},"capacity":0,"teams":["money"]}', false, '', '', '', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'agent', 'ana@acme.example', 2, '{"id":"ana@acme.example","name":"Ana","email":"ana@acme.example","skills":{"general":5},"capacity":0,"teams":["money"],"absences":[{"from":"2026-04-02T12:00:00Z","to":"2026-04-09T12:00:00Z"}]}', false, '', '', '', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'agent', 'max@acme.example', 1, '{"id":"max@acme.example","name":"Max","email":"max@acme.example","skills":null,"capacity":0}', false, '', '', '', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'agent', 'max@acme.example', 2, 'null', true, '', '', '', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'priority_rules', 'rules', 1, '{"rules":[{"phrase":"cash register dead","priority":"high"}]}', false, '', '', '', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'priority_rules', 'rules', 2, '{"rules":[{"phrase":"cash register dead","priority":"urgent"}]}', false, '', '', '', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'sla', 'book', 1, '{"policies":[{"name":"all","first_response":"1h","next_response":"2h","resolution":"8h","escalate_after":"3h","steps":[{"name":"at_risk","before":"30m","of":0.5,"level":1},{"name":"breached","level":2}]}]}', false, '', '', '', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'mail_templates', 'mails', 1, '{"name":"Kern","colour":"#aa3300","language":"de","texts":{"de/reply":{"subject":"Antwort [{{ref}}]","body":"Guten Tag\n\n{{text}}"}}}', false, '', '', '', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'macro', 'thanks', 1, '{"id":"thanks","name":"Thanks","body":"Thank you."}', false, '', '', '', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'view', 'ana@acme.example', 1, '[{"name":"Late","query":"late=1"}]', false, 'agent', 'ana@acme.example', 'Ana', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'webhook', 'crm', 1, '{"id":"crm","name":"CRM","url":"https://crm.example/hook","secrets":["whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]}', false, '', '', '', '2026-03-02 09:00:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'model', 'triage', 1, '{"tickets":1,"why":"the first","model":1}', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('acme', 'model', 'triage/bytes', 1, '"bW9kZWw="', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'team', 'money', 1, '{"id":"money","name":"Money","categories":["billing"]}', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'agent', 'ana@acme.example', 1, '{"id":"ana@acme.example","name":"Ana","email":"ana@acme.example","skills":{"general":5},"capacity":0,"teams":["money"]}', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'agent', 'ana@acme.example', 2, '{"id":"ana@acme.example","name":"Ana","email":"ana@acme.example","skills":{"general":5},"capacity":0,"teams":["money"],"absences":[{"from":"2026-04-02T12:00:00Z","to":"2026-04-09T12:00:00Z"}]}', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'agent', 'max@acme.example', 1, '{"id":"max@acme.example","name":"Max","email":"max@acme.example","skills":null,"capacity":0}', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'agent', 'max@acme.example', 2, 'null', true, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'priority_rules', 'rules', 1, '{"rules":[{"phrase":"cash register dead","priority":"high"}]}', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'priority_rules', 'rules', 2, '{"rules":[{"phrase":"cash register dead","priority":"urgent"}]}', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'sla', 'book', 1, '{"policies":[{"name":"all","first_response":"1h","next_response":"2h","resolution":"8h","escalate_after":"3h","steps":[{"name":"at_risk","before":"30m","of":0.5,"level":1},{"name":"breached","level":2}]}]}', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'mail_templates', 'mails', 1, '{"name":"Kern","colour":"#aa3300","language":"de","texts":{"de/reply":{"subject":"Antwort [{{ref}}]","body":"Guten Tag\n\n{{text}}"}}}', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'macro', 'thanks', 1, '{"id":"thanks","name":"Thanks","body":"Thank you."}', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'view', 'ana@acme.example', 1, '[{"name":"Late","query":"late=1"}]', false, 'agent', 'ana@acme.example', 'Ana', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'webhook', 'crm', 1, '{"id":"crm","name":"CRM","url":"https://crm.example/hook","secrets":["whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]}', false, '', '', '', '2026-03-02 21:55:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'model', 'triage', 1, '{"tickets":1,"why":"the first","model":1}', false, '', '', '', '2026-03-03 10:50:00+00');
INSERT INTO helpdesk_settings VALUES ('globex', 'model', 'triage/bytes', 1, '"bW9kZWw="', false, '', '', '', '2026-03-03 10:50:00+00');

INSERT INTO helpdesk_spending VALUES ('acme', '2026-03-02', 7);
INSERT INTO helpdesk_spending VALUES ('globex', '2026-03-02', 7);

INSERT INTO helpdesk_tasks VALUES ('acme', 'agent', 'ana@acme.example', NULL, '2026-04-02 12:05:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'close', '01950000-0000-7000-8000-000000000001', '01950000-0000-7000-8000-000000000001', '2026-03-09 09:10:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'agent', 'ana@acme.example', NULL, '2026-04-02 12:05:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'close', '01950000-0000-7000-8000-000000000100', '01950000-0000-7000-8000-000000000100', '2026-03-09 22:05:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'notify', 'x', NULL, '2026-03-03 10:50:00+00', NULL, 1, 'the mail server says no', true, 137, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'triage', '01950000-0000-7000-8000-000000000223', '01950000-0000-7000-8000-000000000223', '2026-03-03 10:50:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'close', '01950000-0000-7000-8000-000000000223', '01950000-0000-7000-8000-000000000223', '2026-03-10 10:50:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'index_solved', '01950000-0000-7000-8000-000000000223', '01950000-0000-7000-8000-000000000223', '2026-03-03 10:50:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'notify', '01950000-0000-7000-8000-000000000228', '01950000-0000-7000-8000-000000000223', '2026-03-03 10:50:00+00', '{"key":"01950000-0000-7000-8000-000000000228","kind":"resolved","audience":"customer","text":"Filled the tray.","at":"2026-03-03T10:50:00Z","all_cc":true,"mail":"01950000-0000-7000-8000-000000000231","message_id":"cd669d832808281db2583f8e98e4c383@acme.example"}', 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'deadline', '01950000-0000-7000-8000-000000000234', '01950000-0000-7000-8000-000000000234', '2026-03-03 11:20:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'triage', '01950000-0000-7000-8000-000000000234', '01950000-0000-7000-8000-000000000234', '2026-03-03 10:50:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'apply_sla', 'book', NULL, '2026-03-03 10:50:00+00', '{"by":{"Role":"","ID":"","Name":""},"done":0}', 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'triage', '01950000-0000-7000-8000-000000000238', '01950000-0000-7000-8000-000000000238', '2026-03-03 10:50:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'close', '01950000-0000-7000-8000-000000000238', '01950000-0000-7000-8000-000000000238', '2026-03-10 10:50:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'index_solved', '01950000-0000-7000-8000-000000000238', '01950000-0000-7000-8000-000000000238', '2026-03-03 10:50:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'notify', '01950000-0000-7000-8000-000000000243', '01950000-0000-7000-8000-000000000238', '2026-03-03 10:50:00+00', '{"key":"01950000-0000-7000-8000-000000000243","kind":"resolved","audience":"customer","text":"Filled the tray.","at":"2026-03-03T10:50:00Z","all_cc":true,"mail":"01950000-0000-7000-8000-000000000246","message_id":"b9b2ef40fc032861a2beab0ed94f5579@globex.example"}', 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'deadline', '01950000-0000-7000-8000-000000000249', '01950000-0000-7000-8000-000000000249', '2026-03-03 11:20:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'triage', '01950000-0000-7000-8000-000000000249', '01950000-0000-7000-8000-000000000249', '2026-03-03 10:50:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'apply_sla', 'book', NULL, '2026-03-03 10:50:00+00', '{"by":{"Role":"","ID":"","Name":""},"done":0}', 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'repair', '2026-03-03T11:00:00Z', NULL, '2026-03-03 11:06:55+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'deadline', '01950000-0000-7000-8000-000000000198', '01950000-0000-7000-8000-000000000198', '2026-03-03 11:20:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'deadline', '01950000-0000-7000-8000-000000000211', '01950000-0000-7000-8000-000000000211', '2026-03-03 11:20:00+00', NULL, 0, '', false, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'repair', '2026-03-03T11:00:00Z', NULL, '2026-03-03 11:30:22+00', NULL, 0, '', false, 0, NULL);

INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000001', '2026-03-02 09:00:00+00', 'infinity', '2026-03-02 09:00:00+00', '2026-03-02 09:10:00+00', 0, 0, NULL, 1, 0, 3, 5, false, 'billing', '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"next_response","y":1},{"p":"all","m":"resolution","y":1}]', 'REF-0002', 9, 'VPN drops', 'The tunnel closes every hour.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß", "vip"]', '["822b33adsüß", "822b33advip"]', 'resolved', -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', false, 'ana@acme.example', '[]', NULL, '[]', 1, 'infinity', '2026-03-02 09:10:00+00', '2026-03-02 09:00:00+00', '2026-03-02 09:00:00+00', '2026-03-02 09:00:00+00', NULL, 'Set the keepalive to 20 seconds.', '{"score":5,"comment":"Quick.","at":"2026-03-02T09:10:00Z"}', '2026-03-02 09:10:00.000002+00', 0, 'en', '01950000-0000-7000-8000-000000000003', NULL, '[]', '[]', '[]', '[]', NULL, '[{"kind":"causes","ticket":"01950000-0000-7000-8000-000000000033","ref":"REF-0034"}]', '', false);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000033', '2026-03-02 09:10:00+00', '2026-03-02 17:10:00+00', NULL, NULL, NULL, NULL, NULL, 0, 0, 4, NULL, true, 'billing', '[{"p":"all","m":"resolution","n":1}]', 'REF-0034', 12, 'Cash register dead', 'Nothing prints.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß", "vip"]', '["822b33adsüß", "822b33advip"]', 'escalated', -4, 'model', 'model', 4, '{"category":"billing","priority":"high","confidence":0.9}', false, '', '[]', '2026-03-02 09:10:00+00', '[]', 2, '2026-03-02 17:10:00+00', '2026-03-02 21:55:00+00', '2026-03-02 09:10:00+00', NULL, NULL, NULL, '', NULL, '2026-03-02 09:10:00.000003+00', 0, 'en', '01950000-0000-7000-8000-000000000003', NULL, '[]', '[]', '[]', '[]', NULL, '[{"kind":"caused_by","ticket":"01950000-0000-7000-8000-000000000001","ref":"REF-0002"}]', '', false);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000044', '2026-03-02 09:10:00+00', 'infinity', NULL, NULL, NULL, NULL, '01950000-0000-7000-8000-000000000033', 0, 0, 3, NULL, false, 'billing', '', 'REF-0045', 4, 'Cash register broken', 'Nothing prints at all.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß", "vip"]', '["822b33adsüß", "822b33advip"]', 'closed', -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', false, '', '[]', NULL, '[]', 1, 'infinity', '2026-03-02 09:10:00+00', '2026-03-02 09:10:00+00', NULL, NULL, '2026-03-02 09:10:00+00', '', NULL, '2026-03-02 09:10:00.000003+00', 0, 'en', '01950000-0000-7000-8000-000000000003', NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000198', '2026-03-03 10:50:00+00', '2026-03-03 11:50:00+00', NULL, NULL, NULL, NULL, NULL, 0, 0, 3, NULL, true, 'billing', '', 'REF-0199', 3, 'Invoice', 'Where is my invoice?', 'Kim', 'kim@example.com', '[]', 'email', '[]', '[]', 'escalated', -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', false, '', '[]', '2026-03-03 10:50:00+00', '[]', 1, '2026-03-03 11:50:00+00', '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', NULL, NULL, NULL, '', NULL, '2026-03-03 10:50:00.000002+00', 0, 'en', '01950000-0000-7000-8000-000000000102', NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000075', '2026-03-02 21:55:00+00', '2026-03-02 22:55:00+00', NULL, NULL, NULL, NULL, NULL, 0, 0, 3, NULL, true, 'billing', '[{"p":"all","m":"first_response","n":1},{"p":"all","m":"resolution","n":1}]', 'REF-0076', 8, 'Invoice', 'Where is my invoice?', 'Kim', 'kim@example.com', '[]', 'email', '[]', '[]', 'escalated', -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', false, '', '[]', '2026-03-02 21:55:00+00', '[]', 2, '2026-03-02 22:55:00+00', '2026-03-03 05:55:00.000001+00', '2026-03-02 21:55:00+00', NULL, NULL, NULL, '', NULL, '2026-03-02 21:55:00.000002+00', 0, 'en', '01950000-0000-7000-8000-000000000003', NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000143', '2026-03-02 22:05:00+00', 'infinity', NULL, NULL, NULL, NULL, '01950000-0000-7000-8000-000000000132', 0, 0, 3, NULL, false, 'billing', '', 'REF-0144', 4, 'Cash register broken', 'Nothing prints at all.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß", "vip"]', '["5bc1a08dsüß", "5bc1a08dvip"]', 'closed', -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', false, '', '[]', NULL, '[]', 1, 'infinity', '2026-03-02 22:05:00+00', '2026-03-02 22:05:00+00', NULL, NULL, '2026-03-02 22:05:00+00', '', NULL, '2026-03-02 22:05:00.000003+00', 0, 'en', '01950000-0000-7000-8000-000000000102', NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000100', '2026-03-02 21:55:00+00', 'infinity', '2026-03-02 21:55:00+00', '2026-03-02 22:05:00+00', 0, 0, NULL, 1, 0, 3, 5, false, 'billing', '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"next_response","y":1},{"p":"all","m":"resolution","y":1}]', 'REF-0101', 9, 'VPN drops', 'The tunnel closes every hour.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß", "vip"]', '["5bc1a08dsüß", "5bc1a08dvip"]', 'resolved', -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', false, 'ana@acme.example', '[]', NULL, '[]', 1, 'infinity', '2026-03-02 22:05:00+00', '2026-03-02 21:55:00+00', '2026-03-02 21:55:00+00', '2026-03-02 21:55:00+00', NULL, 'Set the keepalive to 20 seconds.', '{"score":5,"comment":"Quick.","at":"2026-03-02T22:05:00Z"}', '2026-03-02 22:05:00.000002+00', 0, 'en', '01950000-0000-7000-8000-000000000102', NULL, '[]', '[]', '[]', '[]', NULL, '[{"kind":"causes","ticket":"01950000-0000-7000-8000-000000000132","ref":"REF-0133"}]', '', false);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000088', '2026-03-02 21:55:00+00', '2026-03-02 22:55:00+00', NULL, NULL, NULL, NULL, NULL, 0, 0, 3, NULL, true, 'billing', '[{"p":"all","m":"first_response","n":1},{"p":"all","m":"resolution","n":1}]', 'REF-0089', 8, 'Invoice', 'Where', 'Kim', 'kim@example.com', '[]', 'email', '[]', '[]', 'escalated', -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', false, '', '[]', '2026-03-02 21:55:00+00', '[]', 2, '2026-03-02 22:55:00+00', '2026-03-03 05:55:00.000001+00', '2026-03-02 21:55:00+00', NULL, NULL, NULL, '', NULL, '2026-03-02 21:55:00.000002+00', 0, 'en', '01950000-0000-7000-8000-000000000003', NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000132', '2026-03-02 22:05:00+00', '2026-03-03 06:05:00+00', NULL, NULL, NULL, NULL, NULL, 0, 0, 4, NULL, true, 'billing', '[{"p":"all","m":"resolution","n":1}]', 'REF-0133', 12, 'Cash register dead', 'Nothing prints.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß", "vip"]', '["5bc1a08dsüß", "5bc1a08dvip"]', 'escalated', -4, 'model', 'model', 4, '{"category":"billing","priority":"high","confidence":0.9}', false, '', '[]', '2026-03-02 22:05:00+00', '[]', 2, '2026-03-03 06:05:00+00', '2026-03-03 10:50:00+00', '2026-03-02 22:05:00+00', NULL, NULL, NULL, '', NULL, '2026-03-02 22:05:00.000003+00', 0, 'en', '01950000-0000-7000-8000-000000000102', NULL, '[]', '[]', '[]', '[]', NULL, '[{"kind":"caused_by","ticket":"01950000-0000-7000-8000-000000000100","ref":"REF-0101"}]', '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000211', '2026-03-03 10:50:00+00', '2026-03-03 11:50:00+00', NULL, NULL, NULL, NULL, NULL, 0, 0, 3, NULL, true, 'billing', '', 'REF-0212', 3, 'Invoice', 'Where', 'Kim', 'kim@example.com', '[]', 'email', '[]', '[]', 'escalated', -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', false, '', '[]', '2026-03-03 10:50:00+00', '[]', 1, '2026-03-03 11:50:00+00', '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', NULL, NULL, NULL, '', NULL, '2026-03-03 10:50:00.000002+00', 0, 'en', '01950000-0000-7000-8000-000000000102', NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000000', '2026-03-02 12:00:00+00', 'infinity', NULL, '2026-03-02 13:00:00+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0000', 1, 'printer', 'It smokes.', '', 'c0@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:00+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:00+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000001', '2026-03-02 12:00:01+00', 'infinity', NULL, '2026-03-02 13:00:01+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0001', 1, 'printer', 'It smokes.', '', 'c1@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:01+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:01+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000002', '2026-03-02 12:00:02+00', 'infinity', NULL, '2026-03-02 13:00:02+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0002', 1, 'printer', 'It smokes.', '', 'c2@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:02+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:02+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000003', '2026-03-02 12:00:03+00', 'infinity', NULL, '2026-03-02 13:00:03+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0003', 1, 'printer', 'It smokes.', '', 'c3@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:03+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:03+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000004', '2026-03-02 12:00:04+00', 'infinity', NULL, '2026-03-02 13:00:04+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0004', 1, 'printer', 'It smokes.', '', 'c4@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:04+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:04+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000005', '2026-03-02 12:00:05+00', 'infinity', NULL, '2026-03-02 13:00:05+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0005', 1, 'printer', 'It smokes.', '', 'c5@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:05+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:05+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000006', '2026-03-02 12:00:06+00', 'infinity', NULL, '2026-03-02 13:00:06+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0006', 1, 'printer', 'It smokes.', '', 'c6@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:06+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:06+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000007', '2026-03-02 12:00:07+00', 'infinity', NULL, '2026-03-02 13:00:07+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0007', 1, 'printer', 'It smokes.', '', 'c7@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:07+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:07+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000008', '2026-03-02 12:00:08+00', 'infinity', NULL, '2026-03-02 13:00:08+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0008', 1, 'printer', 'It smokes.', '', 'c8@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:08+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:08+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000009', '2026-03-02 12:00:09+00', 'infinity', NULL, '2026-03-02 13:00:09+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0009', 1, 'printer', 'It smokes.', '', 'c9@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:09+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:09+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000010', '2026-03-02 12:00:10+00', 'infinity', NULL, '2026-03-02 13:00:10+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0010', 1, 'printer', 'It smokes.', '', 'c10@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:10+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:10+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000011', '2026-03-02 12:00:11+00', 'infinity', NULL, '2026-03-02 13:00:11+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0011', 1, 'printer', 'It smokes.', '', 'c11@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:11+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:11+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000012', '2026-03-02 12:00:12+00', 'infinity', NULL, '2026-03-02 13:00:12+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0012', 1, 'printer', 'It smokes.', '', 'c12@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:12+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:12+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000013', '2026-03-02 12:00:13+00', 'infinity', NULL, '2026-03-02 13:00:13+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0013', 1, 'printer', 'It smokes.', '', 'c13@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:13+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:13+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000014', '2026-03-02 12:00:14+00', 'infinity', NULL, '2026-03-02 13:00:14+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0014', 1, 'printer', 'It smokes.', '', 'c14@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:14+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:14+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000015', '2026-03-02 12:00:15+00', 'infinity', NULL, '2026-03-02 13:00:15+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0015', 1, 'printer', 'It smokes.', '', 'c15@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:15+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:15+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000016', '2026-03-02 12:00:16+00', 'infinity', NULL, '2026-03-02 13:00:16+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0016', 1, 'printer', 'It smokes.', '', 'c16@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:16+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:16+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000017', '2026-03-02 12:00:17+00', 'infinity', NULL, '2026-03-02 13:00:17+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0017', 1, 'printer', 'It smokes.', '', 'c17@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:17+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:17+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000018', '2026-03-02 12:00:18+00', 'infinity', NULL, '2026-03-02 13:00:18+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0018', 1, 'printer', 'It smokes.', '', 'c18@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:18+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:18+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000019', '2026-03-02 12:00:19+00', 'infinity', NULL, '2026-03-02 13:00:19+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0019', 1, 'printer', 'It smokes.', '', 'c19@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:19+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:19+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000020', '2026-03-02 12:00:20+00', 'infinity', NULL, '2026-03-02 13:00:20+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0020', 1, 'printer', 'It smokes.', '', 'c20@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:20+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:20+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000021', '2026-03-02 12:00:21+00', 'infinity', NULL, '2026-03-02 13:00:21+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0021', 1, 'printer', 'It smokes.', '', 'c21@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:21+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:21+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000022', '2026-03-02 12:00:22+00', 'infinity', NULL, '2026-03-02 13:00:22+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0022', 1, 'printer', 'It smokes.', '', 'c22@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:22+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:22+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000023', '2026-03-02 12:00:23+00', 'infinity', NULL, '2026-03-02 13:00:23+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0023', 1, 'printer', 'It smokes.', '', 'c23@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:23+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:23+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000024', '2026-03-02 12:00:24+00', 'infinity', NULL, '2026-03-02 13:00:24+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0024', 1, 'printer', 'It smokes.', '', 'c24@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:24+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:24+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000025', '2026-03-02 12:00:25+00', 'infinity', NULL, '2026-03-02 13:00:25+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0025', 1, 'printer', 'It smokes.', '', 'c25@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:25+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:25+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000026', '2026-03-02 12:00:26+00', 'infinity', NULL, '2026-03-02 13:00:26+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0026', 1, 'printer', 'It smokes.', '', 'c26@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:26+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:26+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000027', '2026-03-02 12:00:27+00', 'infinity', NULL, '2026-03-02 13:00:27+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0027', 1, 'printer', 'It smokes.', '', 'c27@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:27+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:27+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000028', '2026-03-02 12:00:28+00', 'infinity', NULL, '2026-03-02 13:00:28+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0028', 1, 'printer', 'It smokes.', '', 'c28@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:28+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:28+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000029', '2026-03-02 12:00:29+00', 'infinity', NULL, '2026-03-02 13:00:29+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0029', 1, 'printer', 'It smokes.', '', 'c29@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:29+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:29+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000030', '2026-03-02 12:00:30+00', 'infinity', NULL, '2026-03-02 13:00:30+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0030', 1, 'printer', 'It smokes.', '', 'c30@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:30+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:30+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000031', '2026-03-02 12:00:31+00', 'infinity', NULL, '2026-03-02 13:00:31+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0031', 1, 'printer', 'It smokes.', '', 'c31@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:31+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:31+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000032', '2026-03-02 12:00:32+00', 'infinity', NULL, '2026-03-02 13:00:32+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0032', 1, 'printer', 'It smokes.', '', 'c32@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:32+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:32+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000033', '2026-03-02 12:00:33+00', 'infinity', NULL, '2026-03-02 13:00:33+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0033', 1, 'printer', 'It smokes.', '', 'c33@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:33+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:33+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000034', '2026-03-02 12:00:34+00', 'infinity', NULL, '2026-03-02 13:00:34+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0034', 1, 'printer', 'It smokes.', '', 'c34@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:34+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:34+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000035', '2026-03-02 12:00:35+00', 'infinity', NULL, '2026-03-02 13:00:35+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0035', 1, 'printer', 'It smokes.', '', 'c35@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:35+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:35+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000036', '2026-03-02 12:00:36+00', 'infinity', NULL, '2026-03-02 13:00:36+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0036', 1, 'printer', 'It smokes.', '', 'c36@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:36+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:36+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000037', '2026-03-02 12:00:37+00', 'infinity', NULL, '2026-03-02 13:00:37+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0037', 1, 'printer', 'It smokes.', '', 'c37@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:37+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:37+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000038', '2026-03-02 12:00:38+00', 'infinity', NULL, '2026-03-02 13:00:38+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0038', 1, 'printer', 'It smokes.', '', 'c38@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:38+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:38+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000039', '2026-03-02 12:00:39+00', 'infinity', NULL, '2026-03-02 13:00:39+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0039', 1, 'printer', 'It smokes.', '', 'c39@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:39+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:39+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000040', '2026-03-02 12:00:40+00', 'infinity', NULL, '2026-03-02 13:00:40+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0040', 1, 'printer', 'It smokes.', '', 'c40@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:40+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:40+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000041', '2026-03-02 12:00:41+00', 'infinity', NULL, '2026-03-02 13:00:41+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0041', 1, 'printer', 'It smokes.', '', 'c41@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:41+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:41+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000042', '2026-03-02 12:00:42+00', 'infinity', NULL, '2026-03-02 13:00:42+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0042', 1, 'printer', 'It smokes.', '', 'c42@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:42+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:42+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000043', '2026-03-02 12:00:43+00', 'infinity', NULL, '2026-03-02 13:00:43+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0043', 1, 'printer', 'It smokes.', '', 'c43@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:43+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:43+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000044', '2026-03-02 12:00:44+00', 'infinity', NULL, '2026-03-02 13:00:44+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0044', 1, 'printer', 'It smokes.', '', 'c44@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:44+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:44+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000045', '2026-03-02 12:00:45+00', 'infinity', NULL, '2026-03-02 13:00:45+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0045', 1, 'printer', 'It smokes.', '', 'c45@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:45+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:45+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000046', '2026-03-02 12:00:46+00', 'infinity', NULL, '2026-03-02 13:00:46+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0046', 1, 'printer', 'It smokes.', '', 'c46@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:46+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:46+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000047', '2026-03-02 12:00:47+00', 'infinity', NULL, '2026-03-02 13:00:47+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0047', 1, 'printer', 'It smokes.', '', 'c47@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:47+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:47+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000048', '2026-03-02 12:00:48+00', 'infinity', NULL, '2026-03-02 13:00:48+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0048', 1, 'printer', 'It smokes.', '', 'c48@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:48+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:48+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000049', '2026-03-02 12:00:49+00', 'infinity', NULL, '2026-03-02 13:00:49+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0049', 1, 'printer', 'It smokes.', '', 'c49@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:49+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:49+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000050', '2026-03-02 12:00:50+00', 'infinity', NULL, '2026-03-02 13:00:50+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0050', 1, 'printer', 'It smokes.', '', 'c50@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:50+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:50+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000051', '2026-03-02 12:00:51+00', 'infinity', NULL, '2026-03-02 13:00:51+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0051', 1, 'printer', 'It smokes.', '', 'c51@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:51+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:51+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000052', '2026-03-02 12:00:52+00', 'infinity', NULL, '2026-03-02 13:00:52+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0052', 1, 'printer', 'It smokes.', '', 'c52@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:52+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:52+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000053', '2026-03-02 12:00:53+00', 'infinity', NULL, '2026-03-02 13:00:53+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0053', 1, 'printer', 'It smokes.', '', 'c53@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:53+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:53+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000054', '2026-03-02 12:00:54+00', 'infinity', NULL, '2026-03-02 13:00:54+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0054', 1, 'printer', 'It smokes.', '', 'c54@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:54+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:54+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000055', '2026-03-02 12:00:55+00', 'infinity', NULL, '2026-03-02 13:00:55+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0055', 1, 'printer', 'It smokes.', '', 'c55@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:55+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:55+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000056', '2026-03-02 12:00:56+00', 'infinity', NULL, '2026-03-02 13:00:56+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0056', 1, 'printer', 'It smokes.', '', 'c56@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:56+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:56+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000057', '2026-03-02 12:00:57+00', 'infinity', NULL, '2026-03-02 13:00:57+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0057', 1, 'printer', 'It smokes.', '', 'c57@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:57+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:57+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000058', '2026-03-02 12:00:58+00', 'infinity', NULL, '2026-03-02 13:00:58+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0058', 1, 'printer', 'It smokes.', '', 'c58@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:58+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:58+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000059', '2026-03-02 12:00:59+00', 'infinity', NULL, '2026-03-02 13:00:59+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0059', 1, 'printer', 'It smokes.', '', 'c59@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:00:59+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:00:59+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000060', '2026-03-02 12:01:00+00', 'infinity', NULL, '2026-03-02 13:01:00+00', NULL, NULL, NULL, 0, 0, 1, NULL, false, '', '', 'OLD-0060', 1, 'printer', 'It smokes.', '', 'c60@example.com', '[]', 'api', '[]', '[]', 'closed', -1, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:01:00+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:01:00+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000061', '2026-03-02 12:01:01+00', 'infinity', NULL, '2026-03-02 13:01:01+00', NULL, NULL, NULL, 0, 0, 2, NULL, false, '', '', 'OLD-0061', 1, 'printer', 'It smokes.', '', 'c61@example.com', '[]', 'api', '[]', '[]', 'closed', -2, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:01:01+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:01:01+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000062', '2026-03-02 12:01:02+00', 'infinity', NULL, '2026-03-02 13:01:02+00', NULL, NULL, NULL, 0, 0, 3, NULL, false, '', '', 'OLD-0062', 1, 'printer', 'It smokes.', '', 'c62@example.com', '[]', 'api', '[]', '[]', 'closed', -3, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:01:02+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:01:02+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000063', '2026-03-02 12:01:03+00', 'infinity', NULL, '2026-03-02 13:01:03+00', NULL, NULL, NULL, 0, 0, 4, NULL, false, '', '', 'OLD-0063', 1, 'printer', 'It smokes.', '', 'c63@example.com', '[]', 'api', '[]', '[]', 'closed', -4, '', '', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-02 12:01:03+00', NULL, NULL, NULL, NULL, 'Cleaned it.', NULL, '2026-03-02 12:01:03+00', 0, '', NULL, NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000223', '2026-03-03 10:50:00+00', 'infinity', '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', 0, 0, NULL, 0, 0, 2, NULL, false, '', '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"resolution","y":1}]', 'REF-0224', 2, 'Paper is out', 'The tray is empty.', '', 'lee@example.com', '[]', 'api', '[]', '[]', 'resolved', -2, 'rule', 'rule', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-03 10:50:00+00', NULL, NULL, NULL, NULL, 'Filled the tray.', NULL, '2026-03-03 10:50:00.000001+00', 0, 'en', '01950000-0000-7000-8000-000000000225', NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000234', '2026-03-03 10:50:00+00', '2026-03-03 11:50:00+00', NULL, NULL, NULL, NULL, NULL, 0, 0, 2, NULL, true, '', '', 'REF-0235', 1, 'Screen flickers', 'Since Monday.', '', 'lee@example.com', '[]', 'api', '[]', '[]', 'new', -2, 'rule', 'rule', 0, NULL, false, '', '[]', NULL, '[]', 0, '2026-03-03 11:50:00+00', '2026-03-03 10:50:00+00', NULL, NULL, NULL, NULL, '', NULL, '2026-03-03 10:50:00+00', 0, 'en', '01950000-0000-7000-8000-000000000225', NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000238', '2026-03-03 10:50:00+00', 'infinity', '2026-03-03 10:50:00+00', '2026-03-03 10:50:00+00', 0, 0, NULL, 0, 0, 2, NULL, false, '', '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"resolution","y":1}]', 'REF-0239', 2, 'Paper is out', 'The tray is empty.', '', 'lee@example.com', '[]', 'api', '[]', '[]', 'resolved', -2, 'rule', 'rule', 0, NULL, false, '', '[]', NULL, '[]', 0, 'infinity', '2026-03-03 10:50:00+00', NULL, NULL, NULL, NULL, 'Filled the tray.', NULL, '2026-03-03 10:50:00.000001+00', 0, 'en', '01950000-0000-7000-8000-000000000240', NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000249', '2026-03-03 10:50:00+00', '2026-03-03 11:50:00+00', NULL, NULL, NULL, NULL, NULL, 0, 0, 2, NULL, true, '', '', 'REF-0250', 1, 'Screen flickers', 'Since Monday.', '', 'lee@example.com', '[]', 'api', '[]', '[]', 'new', -2, 'rule', 'rule', 0, NULL, false, '', '[]', NULL, '[]', 0, '2026-03-03 11:50:00+00', '2026-03-03 10:50:00+00', NULL, NULL, NULL, NULL, '', NULL, '2026-03-03 10:50:00+00', 0, 'en', '01950000-0000-7000-8000-000000000240', NULL, '[]', '[]', '[]', '[]', NULL, NULL, '', false);

SELECT pg_catalog.setval('helpdesk_events_seq_seq', 154, true);

SELECT pg_catalog.setval('helpdesk_lease_token', 137, true);

SELECT pg_catalog.setval('helpdesk_messages_seq_seq', 48, true);

ALTER TABLE ONLY helpdesk_archived
    ADD CONSTRAINT helpdesk_archived_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY helpdesk_blobs
    ADD CONSTRAINT helpdesk_blobs_pkey PRIMARY KEY (tenant_id, id, part);

ALTER TABLE ONLY helpdesk_clocks
    ADD CONSTRAINT helpdesk_clocks_pkey PRIMARY KEY (tenant_id, ticket_id, metric, instance);

ALTER TABLE ONLY helpdesk_customer_addresses
    ADD CONSTRAINT helpdesk_customer_addresses_pkey PRIMARY KEY (tenant_id, channel, value);

ALTER TABLE ONLY helpdesk_customers
    ADD CONSTRAINT helpdesk_customers_host UNIQUE (tenant_id, host_id);

ALTER TABLE ONLY helpdesk_customers
    ADD CONSTRAINT helpdesk_customers_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY helpdesk_events
    ADD CONSTRAINT helpdesk_events_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY helpdesk_loads
    ADD CONSTRAINT helpdesk_loads_pkey PRIMARY KEY (tenant_id, agent);

ALTER TABLE ONLY helpdesk_locks
    ADD CONSTRAINT helpdesk_locks_pkey PRIMARY KEY (tenant_id, name);

ALTER TABLE ONLY helpdesk_mail
    ADD CONSTRAINT helpdesk_mail_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY helpdesk_memories
    ADD CONSTRAINT helpdesk_memories_pkey PRIMARY KEY (tenant_id);

ALTER TABLE ONLY helpdesk_memory
    ADD CONSTRAINT helpdesk_memory_pkey PRIMARY KEY (tenant_id, ticket_id);

ALTER TABLE ONLY helpdesk_memory_postings
    ADD CONSTRAINT helpdesk_memory_postings_pkey PRIMARY KEY (tenant_id, term, part);

ALTER TABLE ONLY helpdesk_memory
    ADD CONSTRAINT helpdesk_memory_tenant_id_number_key UNIQUE (tenant_id, number);

ALTER TABLE ONLY helpdesk_memory_terms
    ADD CONSTRAINT helpdesk_memory_terms_pkey PRIMARY KEY (tenant_id, term);

ALTER TABLE ONLY helpdesk_memory_vectors
    ADD CONSTRAINT helpdesk_memory_vectors_pkey PRIMARY KEY (tenant_id, ticket_id);

ALTER TABLE ONLY helpdesk_messages
    ADD CONSTRAINT helpdesk_messages_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY helpdesk_migrations
    ADD CONSTRAINT helpdesk_migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY helpdesk_notices
    ADD CONSTRAINT helpdesk_notices_pkey PRIMARY KEY (tenant_id, agent, at, id);

ALTER TABLE ONLY helpdesk_once
    ADD CONSTRAINT helpdesk_once_pkey PRIMARY KEY (tenant_id, scope, key);

ALTER TABLE ONLY helpdesk_organisation_domains
    ADD CONSTRAINT helpdesk_organisation_domains_pkey PRIMARY KEY (tenant_id, domain);

ALTER TABLE ONLY helpdesk_organisations
    ADD CONSTRAINT helpdesk_organisations_host UNIQUE (tenant_id, host_id);

ALTER TABLE ONLY helpdesk_organisations
    ADD CONSTRAINT helpdesk_organisations_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY helpdesk_search
    ADD CONSTRAINT helpdesk_search_pkey PRIMARY KEY (tenant_id, ticket_id);

ALTER TABLE ONLY helpdesk_sentences
    ADD CONSTRAINT helpdesk_sentences_pkey PRIMARY KEY (tenant_id, key, customer, ticket_id);

ALTER TABLE ONLY helpdesk_settings
    ADD CONSTRAINT helpdesk_settings_pkey PRIMARY KEY (tenant_id, kind, key, version);

ALTER TABLE ONLY helpdesk_spending
    ADD CONSTRAINT helpdesk_spending_pkey PRIMARY KEY (tenant_id, day);

ALTER TABLE ONLY helpdesk_tasks
    ADD CONSTRAINT helpdesk_tasks_pkey PRIMARY KEY (tenant_id, kind, key);

ALTER TABLE ONLY helpdesk_tickets
    ADD CONSTRAINT helpdesk_tickets_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY helpdesk_tickets
    ADD CONSTRAINT helpdesk_tickets_ref UNIQUE (tenant_id, ref);

CREATE INDEX helpdesk_archived_created ON helpdesk_archived USING btree (tenant_id, created_at);

CREATE INDEX helpdesk_archived_moved ON helpdesk_archived USING btree (tenant_id, last_move) WHERE (last_move IS NOT NULL);

CREATE INDEX helpdesk_customer_addresses_of ON helpdesk_customer_addresses USING btree (tenant_id, customer_id);

CREATE INDEX helpdesk_customers_merged ON helpdesk_customers USING btree (tenant_id, merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX helpdesk_customers_name ON helpdesk_customers USING btree (tenant_id, sort_name, id);

CREATE INDEX helpdesk_customers_organisation ON helpdesk_customers USING btree (tenant_id, organisation_id, sort_name, id) WHERE (organisation_id IS NOT NULL);

CREATE INDEX helpdesk_events_moves ON helpdesk_events USING btree (tenant_id, at, move, ticket_id) WHERE (move IS NOT NULL);

CREATE INDEX helpdesk_events_new ON helpdesk_events USING btree (xid, seq, tenant_id) WHERE (xid IS NOT NULL);

CREATE INDEX helpdesk_events_ticket ON helpdesk_events USING btree (tenant_id, ticket_id);

CREATE INDEX helpdesk_events_triage ON helpdesk_events USING btree (tenant_id, at, seq) WHERE (type = ANY (ARRAY['priority_floor'::text, 'shadow_triaged'::text, 'triage_feedback'::text, 'triaged'::text]));

CREATE INDEX helpdesk_mail_address ON helpdesk_mail USING btree (tenant_id, address, at, id) WHERE (address <> ''::text);

CREATE INDEX helpdesk_mail_at ON helpdesk_mail USING btree (tenant_id, at, id);

CREATE INDEX helpdesk_mail_message_id ON helpdesk_mail USING btree (tenant_id, message_id) WHERE (message_id <> ''::text);

CREATE INDEX helpdesk_mail_outcome ON helpdesk_mail USING btree (tenant_id, outcome, at, id);

CREATE INDEX helpdesk_mail_ticket ON helpdesk_mail USING btree (tenant_id, ticket_id, at, id) WHERE (ticket_id IS NOT NULL);

CREATE INDEX helpdesk_memory_solved ON helpdesk_memory USING btree (tenant_id, solved_at, ticket_id);

CREATE INDEX helpdesk_memory_vectors_solved ON helpdesk_memory_vectors USING btree (tenant_id, model, solved_at, ticket_id);

CREATE INDEX helpdesk_messages_ticket ON helpdesk_messages USING btree (tenant_id, ticket_id);

CREATE INDEX helpdesk_notices_unread ON helpdesk_notices USING btree (tenant_id, agent, at, id) WHERE unread;

CREATE INDEX helpdesk_organisation_domains_of ON helpdesk_organisation_domains USING btree (tenant_id, organisation_id);

CREATE INDEX helpdesk_organisations_name ON helpdesk_organisations USING btree (tenant_id, sort_name, id);

CREATE INDEX helpdesk_search_at ON helpdesk_search USING brin (at) WITH (autosummarize='on');

CREATE INDEX helpdesk_search_words ON helpdesk_search USING gin (words);

CREATE INDEX helpdesk_sentences_ticket ON helpdesk_sentences USING btree (tenant_id, ticket_id);

CREATE INDEX helpdesk_tasks_dead ON helpdesk_tasks USING btree (tenant_id, due_at) WHERE dead;

CREATE INDEX helpdesk_tasks_due ON helpdesk_tasks USING btree (due_at) WHERE (NOT dead);

CREATE INDEX helpdesk_tickets_agent ON helpdesk_tickets USING btree (tenant_id, assignee, created_at, id) WHERE (assignee <> ''::text);

CREATE INDEX helpdesk_tickets_agent_queue ON helpdesk_tickets USING btree (tenant_id, assignee, urgency, due_at, created_at, id) WHERE ((open = true) AND (assignee <> ''::text));

CREATE INDEX helpdesk_tickets_assigned ON helpdesk_tickets USING btree (tenant_id, assignee, assigned_at) WHERE (assignee <> ''::text);

CREATE INDEX helpdesk_tickets_cc ON helpdesk_tickets USING gin (cc_keys jsonb_path_ops) WHERE (cc_keys <> '[]'::jsonb);

CREATE INDEX helpdesk_tickets_created ON helpdesk_tickets USING btree (tenant_id, created_at, id);

CREATE INDEX helpdesk_tickets_customer ON helpdesk_tickets USING btree (tenant_id, customer_email, created_at, id) WHERE (customer_email <> ''::text);

CREATE INDEX helpdesk_tickets_due ON helpdesk_tickets USING btree (tenant_id, first_due, urgency, created_at, id) WHERE (open = true);

CREATE INDEX helpdesk_tickets_merged ON helpdesk_tickets USING btree (tenant_id, merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX helpdesk_tickets_of ON helpdesk_tickets USING btree (tenant_id, customer_id, created_at, id) WHERE (customer_id IS NOT NULL);

CREATE INDEX helpdesk_tickets_organisation ON helpdesk_tickets USING btree (tenant_id, organisation_id, created_at, id) WHERE (organisation_id IS NOT NULL);

CREATE INDEX helpdesk_tickets_queue ON helpdesk_tickets USING btree (tenant_id, open, urgency, due_at, created_at, id);

CREATE INDEX helpdesk_tickets_review ON helpdesk_tickets USING btree (tenant_id, first_due, urgency, created_at, id) WHERE ((open = true) AND (needs_review = true));

CREATE INDEX helpdesk_tickets_tags ON helpdesk_tickets USING gin (tag_keys jsonb_path_ops) WHERE (tag_keys <> '[]'::jsonb);

CREATE INDEX helpdesk_tickets_waiting ON helpdesk_tickets USING btree (tenant_id, first_due, urgency, created_at, id) WHERE (queued_at IS NOT NULL);

ALTER TABLE ONLY helpdesk_clocks
    ADD CONSTRAINT helpdesk_clocks_tenant_id_ticket_id_fkey FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets(tenant_id, id);

ALTER TABLE ONLY helpdesk_customer_addresses
    ADD CONSTRAINT helpdesk_customer_addresses_tenant_id_customer_id_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES helpdesk_customers(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY helpdesk_customers
    ADD CONSTRAINT helpdesk_customers_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES helpdesk_organisations(tenant_id, id);

ALTER TABLE ONLY helpdesk_events
    ADD CONSTRAINT helpdesk_events_tenant_id_ticket_id_fkey FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets(tenant_id, id);

ALTER TABLE ONLY helpdesk_mail
    ADD CONSTRAINT helpdesk_mail_tenant_id_ticket_id_fkey FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets(tenant_id, id);

ALTER TABLE ONLY helpdesk_memory
    ADD CONSTRAINT helpdesk_memory_tenant_id_ticket_id_fkey FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets(tenant_id, id);

ALTER TABLE ONLY helpdesk_memory_vectors
    ADD CONSTRAINT helpdesk_memory_vectors_tenant_id_ticket_id_fkey FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_memory(tenant_id, ticket_id) ON DELETE CASCADE;

ALTER TABLE ONLY helpdesk_messages
    ADD CONSTRAINT helpdesk_messages_tenant_id_ticket_id_fkey FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets(tenant_id, id);

ALTER TABLE ONLY helpdesk_organisation_domains
    ADD CONSTRAINT helpdesk_organisation_domains_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES helpdesk_organisations(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY helpdesk_search
    ADD CONSTRAINT helpdesk_search_tenant_id_ticket_id_fkey FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets(tenant_id, id);

ALTER TABLE ONLY helpdesk_sentences
    ADD CONSTRAINT helpdesk_sentences_tenant_id_ticket_id_fkey FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets(tenant_id, id);
