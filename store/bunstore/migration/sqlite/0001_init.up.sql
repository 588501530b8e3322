-- The tables of a help desk. The tenant leads every key and every index, save the one
-- over due tasks, which are leased for all tenants at once. Times are
-- microseconds since 1970 in UTC: they sort, compare and subtract as they are.
-- To read one: SELECT datetime(created_at / 1000000, 'unixepoch').

CREATE TABLE helpdesk_migrations (
    version    integer PRIMARY KEY,
    applied_at text NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE helpdesk_tickets (
    tenant_id        text NOT NULL,
    id               text NOT NULL,
    ref              text NOT NULL,
    version          integer NOT NULL,
    subject          text NOT NULL,
    description      text NOT NULL,
    customer_name    text NOT NULL,
    customer_email   text NOT NULL,
    customer_tags    text NOT NULL,
    source           text NOT NULL,
    tags             text NOT NULL,
    status           text NOT NULL,
    open             integer NOT NULL,  -- status is neither resolved nor closed
    category         text NOT NULL,
    priority         integer NOT NULL,
    urgency          integer NOT NULL, -- minus the priority, so that one direction sorts the queue
    category_by      text NOT NULL,
    priority_by      text NOT NULL,
    floor            integer NOT NULL,
    suggestion       text,
    needs_review     integer NOT NULL,
    assignee         text NOT NULL,
    declined         text NOT NULL,
    queued_at        integer,
    taken_back       text NOT NULL,
    escalation_level integer NOT NULL,
    due_at           integer NOT NULL, -- derived from the clocks; the greatest integer when none runs
    first_due        integer NOT NULL, -- the same, breached clocks among them
    created_at       integer NOT NULL,
    updated_at       integer,
    triaged_at       integer,
    assigned_at      integer,
    begun_at         integer,
    first_reply_at   integer,
    resolved_at      integer,
    closed_at        integer,
    resolution       text NOT NULL,
    reopened         integer NOT NULL,
    merged_into      text,
    rating           text,
    replies          integer NOT NULL,
    score            integer, -- this and the three below are derived, for reports: see tally.go
    tally            text NOT NULL, -- how the clocks ended
    first_open       integer, -- microseconds of open time to the first reply
    resolution_open  integer, -- and to the resolution
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
CREATE INDEX helpdesk_tickets_merged ON helpdesk_tickets (tenant_id, merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE helpdesk_clocks (
    tenant_id     text NOT NULL,
    ticket_id     text NOT NULL,
    metric        text NOT NULL,
    instance      integer NOT NULL,
    position      integer NOT NULL, -- in Ticket.Clocks
    policy        text NOT NULL,
    version       integer NOT NULL, -- of the setting the policy stands in; 0 for code
    target        integer NOT NULL,  -- nanoseconds
    ran           text NOT NULL, -- stretches before running_since
    consumed      integer NOT NULL,  -- nanoseconds, in ran
    started_at    integer,
    running_since integer,
    due_at        integer,
    breached_at   integer,
    detected_at   integer,
    cause         text NOT NULL,
    voided_at     integer,
    met_at        integer,
    cancelled_at  integer,
    fired         text NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id, metric, instance),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
) WITHOUT ROWID;

CREATE TABLE helpdesk_messages (
    seq       integer PRIMARY KEY, -- the rowid, and no key of the data: decides between rows of one instant
    tenant_id text NOT NULL,
    id        text NOT NULL,
    ticket_id text NOT NULL,
    kind      text NOT NULL,
    by_role   text NOT NULL,
    by_id     text NOT NULL,
    by_name   text NOT NULL,
    body      text NOT NULL,
    at        integer,
    full_text   text, -- this and the two below are null unless there is something: most messages have none
    html        text,
    attachments text,
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
);
CREATE INDEX helpdesk_messages_ticket ON helpdesk_messages (tenant_id, ticket_id);

-- The words of each message by its seq, each led by a hash of the tenant: see search.go.
-- The ascii tokenizer takes every byte above 127 for a letter, so it splits at our spaces alone.
CREATE VIRTUAL TABLE helpdesk_words USING fts5 (words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii');

-- What became of each mail, in and out.
CREATE TABLE helpdesk_mail (
    tenant_id   text NOT NULL,
    id          text NOT NULL,
    message_id  text NOT NULL,
    address     text NOT NULL,
    subject     text NOT NULL,
    outcome     text NOT NULL,
    reason      text NOT NULL,
    notice      text NOT NULL,
    ticket_id   text,
    message     text, -- of a thread
    at          integer NOT NULL,
    content     text,
    attachments text,
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
    tenant_id text NOT NULL,
    id        text NOT NULL,
    part      integer NOT NULL, -- from 0
    last      integer NOT NULL,
    bytes     blob NOT NULL,
    PRIMARY KEY (tenant_id, id, part)
);

CREATE TABLE helpdesk_events (
    seq       integer PRIMARY KEY, -- the rowid, and no key of the data: decides between rows of one instant
    tenant_id text NOT NULL,
    id        text NOT NULL,
    ticket_id text NOT NULL,
    type      text NOT NULL,
    by_role   text NOT NULL,
    by_id     text NOT NULL,
    by_name   text NOT NULL,
    old       text NOT NULL,
    new       text NOT NULL,
    data      text,
    at        integer,
    move      integer, -- what it does to the number of open tickets: see helpdesk.Move; null for most
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
);
CREATE INDEX helpdesk_events_ticket ON helpdesk_events (tenant_id, ticket_id);
CREATE INDEX helpdesk_events_triage ON helpdesk_events (tenant_id, at, seq) -- what a report on triage reads
    WHERE type IN ('priority_floor', 'shadow_triaged', 'triage_feedback', 'triaged');
CREATE INDEX helpdesk_events_held ON helpdesk_events (tenant_id, at, seq) -- what a report on agents reads
    WHERE type IN ('assigned', 'unassigned');
CREATE INDEX helpdesk_events_moves ON helpdesk_events (tenant_id, at, move, ticket_id) WHERE move IS NOT NULL; -- alone answers how many

CREATE TABLE helpdesk_loads (
    tenant_id text NOT NULL,
    agent     text NOT NULL,
    open      integer NOT NULL,
    room      integer NOT NULL, -- the most that open might be before the last change of it
    PRIMARY KEY (tenant_id, agent)
) WITHOUT ROWID;

-- All versions stay; the highest is the current one.
CREATE TABLE helpdesk_settings (
    tenant_id text NOT NULL,
    kind      text NOT NULL,
    key       text NOT NULL,
    version   integer NOT NULL,
    value     text,
    deleted   integer NOT NULL,
    by_role   text NOT NULL,
    by_id     text NOT NULL,
    by_name   text NOT NULL,
    at        integer,
    PRIMARY KEY (tenant_id, kind, key, version)
) WITHOUT ROWID;

CREATE TABLE helpdesk_once (
    tenant_id text NOT NULL,
    scope     text NOT NULL,
    key       text NOT NULL,
    ticket_id text,
    PRIMARY KEY (tenant_id, scope, key)
) WITHOUT ROWID;

-- The memory of solved tickets: see similar.go and postings.go.
CREATE TABLE helpdesk_memory (
    tenant_id text NOT NULL,
    ticket_id text NOT NULL,
    solved_at integer NOT NULL,
    number    integer, -- in the lists of helpdesk_memory_postings; NULL until it is there
    bag       blob NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
);
CREATE INDEX helpdesk_memory_solved ON helpdesk_memory (tenant_id, solved_at, ticket_id);

CREATE TABLE helpdesk_memory_postings (
    tenant_id text NOT NULL,
    term      integer NOT NULL,
    part      integer NOT NULL, -- 0 for the list that grows, else more than the last number of a full one
    last      integer NOT NULL, -- number on the list
    list      blob NOT NULL,
    PRIMARY KEY (tenant_id, term, part)
);

CREATE TABLE helpdesk_memory_terms (
    tenant_id text NOT NULL,
    term      integer NOT NULL,
    n         integer NOT NULL, -- tickets in helpdesk_memory that hold it
    PRIMARY KEY (tenant_id, term)
) WITHOUT ROWID;

CREATE TABLE helpdesk_memories (
    tenant_id text NOT NULL,
    tickets   integer NOT NULL,
    length    integer NOT NULL, -- words in all of them
    numbered  integer NOT NULL, -- the last number given
    PRIMARY KEY (tenant_id)
) WITHOUT ROWID;

CREATE TABLE helpdesk_memory_vectors (
    tenant_id text NOT NULL,
    ticket_id text NOT NULL,
    model     text NOT NULL,
    solved_at integer NOT NULL,
    vector    blob NOT NULL, -- of float32, lowest byte first
    PRIMARY KEY (tenant_id, ticket_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_memory (tenant_id, ticket_id) ON DELETE CASCADE
);
CREATE INDEX helpdesk_memory_vectors_solved ON helpdesk_memory_vectors (tenant_id, model, solved_at, ticket_id);

CREATE TABLE helpdesk_tasks (
    tenant_id    text NOT NULL,
    kind         text NOT NULL,
    key          text NOT NULL,
    ticket_id    text,
    due_at       integer NOT NULL,
    payload      text,
    attempts     integer NOT NULL,
    error        text NOT NULL,
    dead         integer NOT NULL,
    token        integer NOT NULL, -- 0 when neither leased nor dead
    leased_until integer,
    PRIMARY KEY (tenant_id, kind, key)
) WITHOUT ROWID;
CREATE INDEX helpdesk_tasks_due ON helpdesk_tasks (due_at) WHERE NOT dead; -- of all tenants
CREATE INDEX helpdesk_tasks_dead ON helpdesk_tasks (tenant_id, due_at) WHERE dead;

-- The last lease token handed out. It outlives the tasks, so that no token comes twice.
CREATE TABLE helpdesk_counters (
    name  text PRIMARY KEY,
    value integer NOT NULL
) WITHOUT ROWID;
INSERT INTO helpdesk_counters (name, value) VALUES ('lease_token', 0);

-- What tenants have spent on models by day, in billionths of a US dollar.
CREATE TABLE helpdesk_spending (
    tenant_id text NOT NULL,
    day       text NOT NULL,
    nano      integer NOT NULL,
    PRIMARY KEY (tenant_id, day)
);

INSERT INTO helpdesk_migrations (version) VALUES (1);
