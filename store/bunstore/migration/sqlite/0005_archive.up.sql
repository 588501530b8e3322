-- A row for each ticket that package archive has taken out: what reports need of it, and no texts.
-- The columns of the first part are those of helpdesk_tickets that reports add up.
--
-- What it costs: nothing. The index that goes was read by no report any more.
CREATE TABLE helpdesk_archived (
    tenant_id       text NOT NULL,
    id              text NOT NULL,
    created_at      integer NOT NULL,
    due_at          integer NOT NULL, -- the greatest integer: no clock runs
    first_reply_at  integer,
    resolved_at     integer,
    first_open      integer,
    resolution_open integer,
    merged_into     text,
    replies         integer NOT NULL,
    reopened        integer NOT NULL,
    priority        integer NOT NULL,
    score           integer,
    open            integer NOT NULL, -- false
    category        text NOT NULL,
    tally           text NOT NULL,
    assignee        text NOT NULL,
    -- The rest.
    last_move       integer, -- the last of moves
    moves           text NOT NULL, -- of the number of open tickets: a list of microseconds since 1970 and kind
    fact            text NOT NULL, -- see report.Fact
    people          text NOT NULL, -- hashes of the mail addresses on the ticket
    file            text NOT NULL, -- of the archive
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX helpdesk_archived_created ON helpdesk_archived (tenant_id, created_at);
CREATE INDEX helpdesk_archived_moved ON helpdesk_archived (tenant_id, last_move) WHERE last_move IS NOT NULL;

DROP INDEX helpdesk_events_held;

INSERT INTO helpdesk_migrations (version) VALUES (5);
