-- A row for each ticket that package archive has taken out: what reports need of it, and no texts.
-- The columns of the first part are those of helpdesk_tickets that reports add up.
--
-- What it costs: nothing. The index that goes was read by no report any more.
CREATE TABLE helpdesk_archived (
    tenant_id       text COLLATE "C" NOT NULL,
    id              uuid NOT NULL,
    created_at      timestamptz NOT NULL,
    due_at          timestamptz NOT NULL, -- infinity: no clock runs
    first_reply_at  timestamptz,
    resolved_at     timestamptz,
    first_open      bigint,
    resolution_open bigint,
    merged_into     uuid,
    replies         integer NOT NULL,
    reopened        integer NOT NULL,
    priority        smallint NOT NULL,
    score           smallint,
    open            boolean NOT NULL, -- false
    category        text NOT NULL,
    tally           text NOT NULL,
    assignee        text COLLATE "C" NOT NULL,
    -- The rest.
    last_move       timestamptz, -- the last of moves
    moves           json NOT NULL, -- of the number of open tickets: a list of microseconds since 1970 and kind
    fact            json NOT NULL, -- see report.Fact
    people          text COLLATE "C" NOT NULL, -- hashes of the mail addresses on the ticket
    file            text COLLATE "C" NOT NULL, -- of the archive
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX helpdesk_archived_created ON helpdesk_archived (tenant_id, created_at);
CREATE INDEX helpdesk_archived_moved ON helpdesk_archived (tenant_id, last_move) WHERE last_move IS NOT NULL;

DROP INDEX helpdesk_events_held;

INSERT INTO helpdesk_migrations (version) VALUES (5);
