-- The tables of a help desk. The tenant leads every key and every index, save the one
-- over due tasks, which are leased for all tenants at once, and the one over the times of messages, which lists no rows. Names are never qualified:
-- the tables stand in the first schema of the search_path.

CREATE TABLE helpdesk_migrations (
    version    bigint PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE helpdesk_tickets (
    tenant_id        text COLLATE "C" NOT NULL,
    id               uuid NOT NULL,
    -- What reports read comes first: PostgreSQL gets to a column by way of all those before it.
    created_at       timestamptz NOT NULL,
    due_at           timestamptz NOT NULL, -- derived from the clocks; infinity when none runs
    first_reply_at   timestamptz,
    resolved_at      timestamptz,
    first_open       bigint, -- microseconds of open time to the first reply; derived
    resolution_open  bigint, -- and to the resolution
    merged_into      uuid,
    replies          integer NOT NULL,
    reopened         integer NOT NULL,
    priority         smallint NOT NULL,
    score            smallint, -- of the rating
    open             boolean NOT NULL,  -- status is neither resolved nor closed
    category         text NOT NULL,
    tally            text NOT NULL, -- how the clocks ended, derived: see tally.go
    -- The rest.
    ref              text COLLATE "C" NOT NULL,
    version          bigint NOT NULL,
    subject          text NOT NULL,
    description      text NOT NULL,
    customer_name    text NOT NULL,
    customer_email   text COLLATE "C" NOT NULL,
    customer_tags    jsonb NOT NULL,
    source           text NOT NULL,
    tags             jsonb NOT NULL,
    tag_keys         jsonb NOT NULL, -- derived: the tags, each led by a hash of the tenant
    status           text NOT NULL,
    urgency          smallint NOT NULL, -- minus the priority, so that one direction sorts the queue
    category_by      text NOT NULL,
    priority_by      text NOT NULL,
    floor            smallint NOT NULL,
    suggestion       json,
    needs_review     boolean NOT NULL,
    assignee         text COLLATE "C" NOT NULL,
    declined         jsonb NOT NULL,
    queued_at        timestamptz,
    taken_back       jsonb NOT NULL,
    escalation_level integer NOT NULL,
    first_due        timestamptz NOT NULL, -- as due_at, breached clocks among them
    updated_at       timestamptz,
    triaged_at       timestamptz,
    assigned_at      timestamptz,
    begun_at         timestamptz,
    closed_at        timestamptz,
    resolution       text NOT NULL,
    rating           json,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT helpdesk_tickets_ref UNIQUE (tenant_id, ref)
);
CREATE INDEX helpdesk_tickets_created ON helpdesk_tickets (tenant_id, created_at, id);
CREATE INDEX helpdesk_tickets_queue ON helpdesk_tickets (tenant_id, open, urgency, due_at, created_at, id);
CREATE INDEX helpdesk_tickets_agent ON helpdesk_tickets (tenant_id, assignee, created_at, id) WHERE assignee <> '';
CREATE INDEX helpdesk_tickets_agent_queue ON helpdesk_tickets (tenant_id, assignee, urgency, due_at, created_at, id) WHERE open = TRUE AND assignee <> '';
CREATE INDEX helpdesk_tickets_assigned ON helpdesk_tickets (tenant_id, assignee, assigned_at) WHERE assignee <> '';
CREATE INDEX helpdesk_tickets_customer ON helpdesk_tickets (tenant_id, customer_email, created_at, id) WHERE customer_email <> '';
CREATE INDEX helpdesk_tickets_due ON helpdesk_tickets (tenant_id, first_due, urgency, created_at, id) WHERE open = TRUE;
CREATE INDEX helpdesk_tickets_review ON helpdesk_tickets (tenant_id, first_due, urgency, created_at, id) WHERE open = TRUE AND needs_review = TRUE;
CREATE INDEX helpdesk_tickets_waiting ON helpdesk_tickets (tenant_id, first_due, urgency, created_at, id) WHERE queued_at IS NOT NULL;
CREATE INDEX helpdesk_tickets_tags ON helpdesk_tickets USING gin (tag_keys jsonb_path_ops) WHERE tag_keys <> '[]'::jsonb;
CREATE INDEX helpdesk_tickets_merged ON helpdesk_tickets (tenant_id, merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE helpdesk_clocks (
    tenant_id     text COLLATE "C" NOT NULL,
    ticket_id     uuid NOT NULL,
    metric        text COLLATE "C" NOT NULL,
    instance      integer NOT NULL,
    position      integer NOT NULL, -- in Ticket.Clocks
    policy        text NOT NULL,
    version       bigint NOT NULL, -- of the setting the policy stands in; 0 for code
    target        bigint NOT NULL,  -- nanoseconds
    ran           jsonb NOT NULL, -- stretches before running_since
    consumed      bigint NOT NULL,  -- nanoseconds, in ran
    started_at    timestamptz,
    running_since timestamptz,
    due_at        timestamptz,
    breached_at   timestamptz,
    detected_at   timestamptz,
    cause         text NOT NULL,
    voided_at     timestamptz,
    met_at        timestamptz,
    cancelled_at  timestamptz,
    fired         jsonb NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, metric, instance),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
) WITH (fillfactor = 80);

CREATE TABLE helpdesk_messages (
    tenant_id text COLLATE "C" NOT NULL,
    id        uuid NOT NULL,
    seq       bigint NOT NULL GENERATED ALWAYS AS IDENTITY, -- decides between messages of one instant
    ticket_id uuid NOT NULL,
    kind      text NOT NULL,
    by_role   text NOT NULL,
    by_id     text NOT NULL,
    by_name   text NOT NULL,
    body      text NOT NULL,
    at        timestamptz,
    words     tsvector NOT NULL, -- each word led by a hash of the tenant: see search.go
    full_text   text, -- this and the two below are null unless there is something: most messages have none
    html        text,
    attachments json,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
);
CREATE INDEX helpdesk_messages_ticket ON helpdesk_messages (tenant_id, ticket_id);
CREATE INDEX helpdesk_messages_words ON helpdesk_messages USING gin (words);
-- Tells parts of the table without late messages: of those with a word only the others are read then.
CREATE INDEX helpdesk_messages_at ON helpdesk_messages USING brin (at) WITH (autosummarize = on);

-- What became of each mail, in and out.
CREATE TABLE helpdesk_mail (
    tenant_id   text COLLATE "C" NOT NULL,
    id          uuid NOT NULL,
    message_id  text COLLATE "C" NOT NULL,
    address     text COLLATE "C" NOT NULL,
    subject     text NOT NULL,
    outcome     text COLLATE "C" NOT NULL,
    reason      text NOT NULL,
    notice      text NOT NULL,
    ticket_id   uuid,
    message     uuid, -- of a thread
    at          timestamptz NOT NULL,
    content     json,
    attachments json,
    raw         text,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
);
CREATE INDEX helpdesk_mail_at ON helpdesk_mail (tenant_id, at, id);
CREATE INDEX helpdesk_mail_outcome ON helpdesk_mail (tenant_id, outcome, at, id);
CREATE INDEX helpdesk_mail_address ON helpdesk_mail (tenant_id, address, at, id) WHERE address <> '';
CREATE INDEX helpdesk_mail_ticket ON helpdesk_mail (tenant_id, ticket_id, at, id) WHERE ticket_id IS NOT NULL;
CREATE INDEX helpdesk_mail_message_id ON helpdesk_mail (tenant_id, message_id) WHERE message_id <> '';

-- Files in parts, so that nobody has to hold a whole one in memory: see blob.go.
CREATE TABLE helpdesk_blobs (
    tenant_id text COLLATE "C" NOT NULL,
    id        text COLLATE "C" NOT NULL,
    part      integer NOT NULL, -- from 0
    last      boolean NOT NULL,
    bytes     bytea NOT NULL,
    PRIMARY KEY (tenant_id, id, part)
);

CREATE TABLE helpdesk_events (
    tenant_id text COLLATE "C" NOT NULL,
    id        uuid NOT NULL,
    seq       bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    ticket_id uuid NOT NULL,
    type      text NOT NULL,
    by_role   text NOT NULL,
    by_id     text NOT NULL,
    by_name   text NOT NULL,
    old       text NOT NULL,
    new       text NOT NULL,
    data      json,
    at        timestamptz,
    move      smallint, -- what it does to the number of open tickets: see helpdesk.Move; null for most
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
);
CREATE INDEX helpdesk_events_ticket ON helpdesk_events (tenant_id, ticket_id);
CREATE INDEX helpdesk_events_triage ON helpdesk_events (tenant_id, at, seq) -- what a report on triage reads
    WHERE type IN ('priority_floor', 'shadow_triaged', 'triage_feedback', 'triaged');
CREATE INDEX helpdesk_events_held ON helpdesk_events (tenant_id, at, seq) -- what a report on agents reads
    WHERE type IN ('assigned', 'unassigned');
CREATE INDEX helpdesk_events_moves ON helpdesk_events (tenant_id, at, move, ticket_id) WHERE move IS NOT NULL; -- alone answers how many

CREATE TABLE helpdesk_loads (
    tenant_id text COLLATE "C" NOT NULL,
    agent     text COLLATE "C" NOT NULL,
    open      bigint NOT NULL,
    room      bigint NOT NULL, -- the most that open might be before the last change of it
    PRIMARY KEY (tenant_id, agent)
) WITH (fillfactor = 50);

-- All versions stay; the highest is the current one.
CREATE TABLE helpdesk_settings (
    tenant_id text COLLATE "C" NOT NULL,
    kind      text COLLATE "C" NOT NULL,
    key       text COLLATE "C" NOT NULL,
    version   bigint NOT NULL,
    value     json,
    deleted   boolean NOT NULL,
    by_role   text NOT NULL,
    by_id     text NOT NULL,
    by_name   text NOT NULL,
    at        timestamptz,
    PRIMARY KEY (tenant_id, kind, key, version)
);

CREATE TABLE helpdesk_once (
    tenant_id text COLLATE "C" NOT NULL,
    scope     text COLLATE "C" NOT NULL,
    key       text COLLATE "C" NOT NULL,
    ticket_id uuid,
    PRIMARY KEY (tenant_id, scope, key)
);

-- The memory of solved tickets: see similar.go and postings.go.
CREATE TABLE helpdesk_memory (
    tenant_id text COLLATE "C" NOT NULL,
    ticket_id uuid NOT NULL,
    solved_at timestamptz NOT NULL,
    number    integer, -- in the lists of helpdesk_memory_postings; NULL until it is there
    bag       bytea NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
);
ALTER TABLE helpdesk_memory ALTER COLUMN bag SET STORAGE MAIN; -- beside the key, since it is read for each ticket that is compared
CREATE INDEX helpdesk_memory_solved ON helpdesk_memory (tenant_id, solved_at, ticket_id);

CREATE TABLE helpdesk_memory_postings (
    tenant_id text COLLATE "C" NOT NULL,
    term      integer NOT NULL,
    part      integer NOT NULL, -- 0 for the list that grows, else more than the last number of a full one
    last      integer NOT NULL, -- number on the list
    list      bytea NOT NULL,
    PRIMARY KEY (tenant_id, term, part)
) WITH (fillfactor = 80);
ALTER TABLE helpdesk_memory_postings ALTER COLUMN list SET STORAGE PLAIN; -- it is short, and does not compress

CREATE TABLE helpdesk_memory_terms (
    tenant_id text COLLATE "C" NOT NULL,
    term      integer NOT NULL,
    n         bigint NOT NULL, -- tickets in helpdesk_memory that hold it
    PRIMARY KEY (tenant_id, term)
) WITH (fillfactor = 80);

CREATE TABLE helpdesk_memories (
    tenant_id text COLLATE "C" NOT NULL,
    tickets   bigint NOT NULL,
    length    bigint NOT NULL, -- words in all of them
    numbered  integer NOT NULL, -- the last number given
    PRIMARY KEY (tenant_id)
) WITH (fillfactor = 50);

CREATE TABLE helpdesk_memory_vectors (
    tenant_id text COLLATE "C" NOT NULL,
    ticket_id uuid NOT NULL,
    model     text COLLATE "C" NOT NULL,
    solved_at timestamptz NOT NULL,
    vector    bytea NOT NULL, -- of float32, lowest byte first
    PRIMARY KEY (tenant_id, ticket_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_memory (tenant_id, ticket_id) ON DELETE CASCADE
);
CREATE INDEX helpdesk_memory_vectors_solved ON helpdesk_memory_vectors (tenant_id, model, solved_at, ticket_id);

-- Short-lived rows: vacuum early, leave room to lease in place.
CREATE TABLE helpdesk_tasks (
    tenant_id    text COLLATE "C" NOT NULL,
    kind         text COLLATE "C" NOT NULL,
    key          text COLLATE "C" NOT NULL,
    ticket_id    uuid,
    due_at       timestamptz NOT NULL,
    payload      json,
    attempts     integer NOT NULL,
    error        text NOT NULL,
    dead         boolean NOT NULL,
    token        bigint NOT NULL, -- 0 when neither leased nor dead
    leased_until timestamptz,
    PRIMARY KEY (tenant_id, kind, key)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX helpdesk_tasks_due ON helpdesk_tasks (due_at) WHERE NOT dead; -- of all tenants
CREATE INDEX helpdesk_tasks_dead ON helpdesk_tasks (tenant_id, due_at) WHERE dead;

CREATE SEQUENCE helpdesk_lease_token;

-- Who does what alone: see lock.go. Nothing is lost with it, so it need not survive a crash.
CREATE UNLOGGED TABLE helpdesk_locks (
    tenant_id text COLLATE "C" NOT NULL,
    name      text COLLATE "C" NOT NULL,
    holder    uuid NOT NULL,
    until     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, name)
) WITH (fillfactor = 50);

-- What tenants have spent on models by day, in billionths of a US dollar.
CREATE TABLE helpdesk_spending (
    tenant_id text COLLATE "C" NOT NULL,
    day       text COLLATE "C" NOT NULL,
    nano      bigint NOT NULL,
    PRIMARY KEY (tenant_id, day)
);

-- Ends the statement it stands in, with all that it did, when a part of it touched
-- another number of rows than it had to.
CREATE FUNCTION helpdesk_expect(got bigint, want bigint, state text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    IF got <> want THEN
        RAISE EXCEPTION 'helpdesk: % of % rows', got, want USING ERRCODE = state;
    END IF;
    RETURN true;
END
$$;

INSERT INTO helpdesk_migrations (version) VALUES (1);
