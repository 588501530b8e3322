CREATE TABLE helpdesk_migrations (
    version    integer PRIMARY KEY,
    applied_at text NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO helpdesk_migrations VALUES (1, '2026-12-01 04:26:36');
INSERT INTO helpdesk_migrations VALUES (2, '2026-12-01 04:26:36');
INSERT INTO helpdesk_migrations VALUES (3, '2026-12-01 04:26:36');
INSERT INTO helpdesk_migrations VALUES (4, '2026-12-01 04:26:36');
INSERT INTO helpdesk_migrations VALUES (5, '2026-12-01 04:26:36');
INSERT INTO helpdesk_migrations VALUES (6, '2026-12-01 04:26:36');
INSERT INTO helpdesk_migrations VALUES (7, '2026-12-01 04:26:36');
INSERT INTO helpdesk_migrations VALUES (8, '2026-12-01 04:26:36');
INSERT INTO helpdesk_migrations VALUES (9, '2026-12-01 04:26:36');
INSERT INTO helpdesk_migrations VALUES (10, '2026-12-01 04:26:36');
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
    resolution_open  integer, public_at integer, links_ended integer NOT NULL DEFAULT 0, language text NOT NULL DEFAULT '', customer_id text, organisation_id text, cc text NOT NULL DEFAULT '[]', cc_names text NOT NULL DEFAULT '[]', followers text NOT NULL DEFAULT '[]', told_at integer, links text, reply_to text NOT NULL DEFAULT '', unverified integer NOT NULL DEFAULT 0, -- and to the resolution
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT helpdesk_tickets_ref UNIQUE (tenant_id, ref)
);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000001', 'REF-0002', 9, 'VPN drops', 'The tunnel closes every hour.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'resolved', 0, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, 'ana@acme.example', '[]', NULL, '[]', 1, 9223372036854775807, 9223372036854775807, 1772442000000000, 1772442600000000, 1772442000000000, 1772442000000000, 1772442000000000, 1772442000000000, 1772442600000000, NULL, 'Set the keepalive to 20 seconds.', 0, NULL, '{"score":5,"comment":"Quick.","at":"2026-03-02T09:10:00Z"}', 1, 5, '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"next_response","y":1},{"p":"all","m":"resolution","y":1}]', 0, 0, 1772442600000002, 0, 'en', '01950000-0000-7000-8000-000000000003', NULL, '[]', '[]', '[]', NULL, '[{"kind":"causes","ticket":"01950000-0000-7000-8000-000000000033","ref":"REF-0034"}]', '', 0);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000033', 'REF-0034', 12, 'Cash register dead', 'Nothing prints.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'escalated', 1, 'billing', 4, -4, 'model', 'model', 4, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772442600000000, '[]', 2, 1772471400000000, 1772471400000000, 1772442600000000, 1772488500000000, 1772442600000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"resolution","n":1}]', NULL, NULL, 1772442600000003, 0, 'en', '01950000-0000-7000-8000-000000000003', NULL, '[]', '[]', '[]', NULL, '[{"kind":"caused_by","ticket":"01950000-0000-7000-8000-000000000001","ref":"REF-0002"}]', '', 0);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000044', 'REF-0045', 4, 'Cash register broken', 'Nothing prints at all.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'closed', 0, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', NULL, '[]', 1, 9223372036854775807, 9223372036854775807, 1772442600000000, 1772442600000000, 1772442600000000, NULL, NULL, NULL, NULL, 1772442600000000, '', 0, '01950000-0000-7000-8000-000000000033', NULL, 0, NULL, '', NULL, NULL, 1772442600000003, 0, 'en', '01950000-0000-7000-8000-000000000003', NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000075', 'REF-0076', 8, 'Invoice', 'Where is my invoice?', 'Kim', 'kim@example.com', '[]', 'email', '[]', 'escalated', 1, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772488500000000, '[]', 2, 1772492100000000, 1772492100000000, 1772488500000000, 1772517300000001, 1772488500000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"first_response","n":1},{"p":"all","m":"resolution","n":1}]', NULL, NULL, 1772488500000002, 0, 'en', '01950000-0000-7000-8000-000000000003', NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000088', 'REF-0089', 8, 'Invoice', 'Where', 'Kim', 'kim@example.com', '[]', 'email', '[]', 'escalated', 1, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772488500000000, '[]', 2, 1772492100000000, 1772492100000000, 1772488500000000, 1772517300000001, 1772488500000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"first_response","n":1},{"p":"all","m":"resolution","n":1}]', NULL, NULL, 1772488500000002, 0, 'en', '01950000-0000-7000-8000-000000000003', NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000100', 'REF-0101', 9, 'VPN drops', 'The tunnel closes every hour.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'resolved', 0, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, 'ana@acme.example', '[]', NULL, '[]', 1, 9223372036854775807, 9223372036854775807, 1772488500000000, 1772489100000000, 1772488500000000, 1772488500000000, 1772488500000000, 1772488500000000, 1772489100000000, NULL, 'Set the keepalive to 20 seconds.', 0, NULL, '{"score":5,"comment":"Quick.","at":"2026-03-02T22:05:00Z"}', 1, 5, '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"next_response","y":1},{"p":"all","m":"resolution","y":1}]', 0, 0, 1772489100000002, 0, 'en', '01950000-0000-7000-8000-000000000102', NULL, '[]', '[]', '[]', NULL, '[{"kind":"causes","ticket":"01950000-0000-7000-8000-000000000132","ref":"REF-0133"}]', '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000132', 'REF-0133', 12, 'Cash register dead', 'Nothing prints.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'escalated', 1, 'billing', 4, -4, 'model', 'model', 4, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772489100000000, '[]', 2, 1772517900000000, 1772517900000000, 1772489100000000, 1772535000000000, 1772489100000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"resolution","n":1}]', NULL, NULL, 1772489100000003, 0, 'en', '01950000-0000-7000-8000-000000000102', NULL, '[]', '[]', '[]', NULL, '[{"kind":"caused_by","ticket":"01950000-0000-7000-8000-000000000100","ref":"REF-0101"}]', '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000143', 'REF-0144', 4, 'Cash register broken', 'Nothing prints at all.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'closed', 0, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', NULL, '[]', 1, 9223372036854775807, 9223372036854775807, 1772489100000000, 1772489100000000, 1772489100000000, NULL, NULL, NULL, NULL, 1772489100000000, '', 0, '01950000-0000-7000-8000-000000000132', NULL, 0, NULL, '', NULL, NULL, 1772489100000003, 0, 'en', '01950000-0000-7000-8000-000000000102', NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000198', 'REF-0199', 3, 'Invoice', 'Where is my invoice?', 'Kim', 'kim@example.com', '[]', 'email', '[]', 'escalated', 1, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772535000000000, '[]', 1, 1772538600000000, 1772538600000000, 1772535000000000, 1772535000000000, 1772535000000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772535000000002, 0, 'en', '01950000-0000-7000-8000-000000000102', NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000211', 'REF-0212', 3, 'Invoice', 'Where', 'Kim', 'kim@example.com', '[]', 'email', '[]', 'escalated', 1, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772535000000000, '[]', 1, 1772538600000000, 1772538600000000, 1772535000000000, 1772535000000000, 1772535000000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772535000000002, 0, 'en', '01950000-0000-7000-8000-000000000102', NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000000', 'OLD-0000', 1, 'printer', 'It smokes.', '', 'c0@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452800000000, 1772452800000000, NULL, NULL, NULL, NULL, 1772456400000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452800000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000001', 'OLD-0001', 1, 'printer', 'It smokes.', '', 'c1@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452801000000, 1772452801000000, NULL, NULL, NULL, NULL, 1772456401000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452801000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000002', 'OLD-0002', 1, 'printer', 'It smokes.', '', 'c2@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452802000000, 1772452802000000, NULL, NULL, NULL, NULL, 1772456402000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452802000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000003', 'OLD-0003', 1, 'printer', 'It smokes.', '', 'c3@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452803000000, 1772452803000000, NULL, NULL, NULL, NULL, 1772456403000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452803000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000004', 'OLD-0004', 1, 'printer', 'It smokes.', '', 'c4@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452804000000, 1772452804000000, NULL, NULL, NULL, NULL, 1772456404000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452804000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000005', 'OLD-0005', 1, 'printer', 'It smokes.', '', 'c5@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452805000000, 1772452805000000, NULL, NULL, NULL, NULL, 1772456405000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452805000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000006', 'OLD-0006', 1, 'printer', 'It smokes.', '', 'c6@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452806000000, 1772452806000000, NULL, NULL, NULL, NULL, 1772456406000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452806000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000007', 'OLD-0007', 1, 'printer', 'It smokes.', '', 'c7@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452807000000, 1772452807000000, NULL, NULL, NULL, NULL, 1772456407000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452807000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000008', 'OLD-0008', 1, 'printer', 'It smokes.', '', 'c8@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452808000000, 1772452808000000, NULL, NULL, NULL, NULL, 1772456408000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452808000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000009', 'OLD-0009', 1, 'printer', 'It smokes.', '', 'c9@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452809000000, 1772452809000000, NULL, NULL, NULL, NULL, 1772456409000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452809000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000010', 'OLD-0010', 1, 'printer', 'It smokes.', '', 'c10@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452810000000, 1772452810000000, NULL, NULL, NULL, NULL, 1772456410000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452810000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000011', 'OLD-0011', 1, 'printer', 'It smokes.', '', 'c11@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452811000000, 1772452811000000, NULL, NULL, NULL, NULL, 1772456411000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452811000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000012', 'OLD-0012', 1, 'printer', 'It smokes.', '', 'c12@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452812000000, 1772452812000000, NULL, NULL, NULL, NULL, 1772456412000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452812000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000013', 'OLD-0013', 1, 'printer', 'It smokes.', '', 'c13@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452813000000, 1772452813000000, NULL, NULL, NULL, NULL, 1772456413000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452813000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000014', 'OLD-0014', 1, 'printer', 'It smokes.', '', 'c14@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452814000000, 1772452814000000, NULL, NULL, NULL, NULL, 1772456414000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452814000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000015', 'OLD-0015', 1, 'printer', 'It smokes.', '', 'c15@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452815000000, 1772452815000000, NULL, NULL, NULL, NULL, 1772456415000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452815000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000016', 'OLD-0016', 1, 'printer', 'It smokes.', '', 'c16@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452816000000, 1772452816000000, NULL, NULL, NULL, NULL, 1772456416000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452816000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000017', 'OLD-0017', 1, 'printer', 'It smokes.', '', 'c17@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452817000000, 1772452817000000, NULL, NULL, NULL, NULL, 1772456417000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452817000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000018', 'OLD-0018', 1, 'printer', 'It smokes.', '', 'c18@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452818000000, 1772452818000000, NULL, NULL, NULL, NULL, 1772456418000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452818000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000019', 'OLD-0019', 1, 'printer', 'It smokes.', '', 'c19@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452819000000, 1772452819000000, NULL, NULL, NULL, NULL, 1772456419000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452819000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000020', 'OLD-0020', 1, 'printer', 'It smokes.', '', 'c20@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452820000000, 1772452820000000, NULL, NULL, NULL, NULL, 1772456420000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452820000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000021', 'OLD-0021', 1, 'printer', 'It smokes.', '', 'c21@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452821000000, 1772452821000000, NULL, NULL, NULL, NULL, 1772456421000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452821000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000022', 'OLD-0022', 1, 'printer', 'It smokes.', '', 'c22@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452822000000, 1772452822000000, NULL, NULL, NULL, NULL, 1772456422000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452822000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000023', 'OLD-0023', 1, 'printer', 'It smokes.', '', 'c23@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452823000000, 1772452823000000, NULL, NULL, NULL, NULL, 1772456423000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452823000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000024', 'OLD-0024', 1, 'printer', 'It smokes.', '', 'c24@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452824000000, 1772452824000000, NULL, NULL, NULL, NULL, 1772456424000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452824000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000025', 'OLD-0025', 1, 'printer', 'It smokes.', '', 'c25@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452825000000, 1772452825000000, NULL, NULL, NULL, NULL, 1772456425000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452825000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000026', 'OLD-0026', 1, 'printer', 'It smokes.', '', 'c26@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452826000000, 1772452826000000, NULL, NULL, NULL, NULL, 1772456426000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452826000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000027', 'OLD-0027', 1, 'printer', 'It smokes.', '', 'c27@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452827000000, 1772452827000000, NULL, NULL, NULL, NULL, 1772456427000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452827000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000028', 'OLD-0028', 1, 'printer', 'It smokes.', '', 'c28@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452828000000, 1772452828000000, NULL, NULL, NULL, NULL, 1772456428000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452828000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000029', 'OLD-0029', 1, 'printer', 'It smokes.', '', 'c29@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452829000000, 1772452829000000, NULL, NULL, NULL, NULL, 1772456429000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452829000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000030', 'OLD-0030', 1, 'printer', 'It smokes.', '', 'c30@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452830000000, 1772452830000000, NULL, NULL, NULL, NULL, 1772456430000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452830000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000031', 'OLD-0031', 1, 'printer', 'It smokes.', '', 'c31@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452831000000, 1772452831000000, NULL, NULL, NULL, NULL, 1772456431000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452831000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000032', 'OLD-0032', 1, 'printer', 'It smokes.', '', 'c32@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452832000000, 1772452832000000, NULL, NULL, NULL, NULL, 1772456432000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452832000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000033', 'OLD-0033', 1, 'printer', 'It smokes.', '', 'c33@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452833000000, 1772452833000000, NULL, NULL, NULL, NULL, 1772456433000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452833000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000034', 'OLD-0034', 1, 'printer', 'It smokes.', '', 'c34@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452834000000, 1772452834000000, NULL, NULL, NULL, NULL, 1772456434000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452834000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000035', 'OLD-0035', 1, 'printer', 'It smokes.', '', 'c35@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452835000000, 1772452835000000, NULL, NULL, NULL, NULL, 1772456435000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452835000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000036', 'OLD-0036', 1, 'printer', 'It smokes.', '', 'c36@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452836000000, 1772452836000000, NULL, NULL, NULL, NULL, 1772456436000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452836000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000037', 'OLD-0037', 1, 'printer', 'It smokes.', '', 'c37@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452837000000, 1772452837000000, NULL, NULL, NULL, NULL, 1772456437000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452837000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000038', 'OLD-0038', 1, 'printer', 'It smokes.', '', 'c38@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452838000000, 1772452838000000, NULL, NULL, NULL, NULL, 1772456438000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452838000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000039', 'OLD-0039', 1, 'printer', 'It smokes.', '', 'c39@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452839000000, 1772452839000000, NULL, NULL, NULL, NULL, 1772456439000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452839000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000040', 'OLD-0040', 1, 'printer', 'It smokes.', '', 'c40@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452840000000, 1772452840000000, NULL, NULL, NULL, NULL, 1772456440000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452840000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000041', 'OLD-0041', 1, 'printer', 'It smokes.', '', 'c41@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452841000000, 1772452841000000, NULL, NULL, NULL, NULL, 1772456441000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452841000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000042', 'OLD-0042', 1, 'printer', 'It smokes.', '', 'c42@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452842000000, 1772452842000000, NULL, NULL, NULL, NULL, 1772456442000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452842000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000043', 'OLD-0043', 1, 'printer', 'It smokes.', '', 'c43@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452843000000, 1772452843000000, NULL, NULL, NULL, NULL, 1772456443000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452843000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000044', 'OLD-0044', 1, 'printer', 'It smokes.', '', 'c44@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452844000000, 1772452844000000, NULL, NULL, NULL, NULL, 1772456444000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452844000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000045', 'OLD-0045', 1, 'printer', 'It smokes.', '', 'c45@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452845000000, 1772452845000000, NULL, NULL, NULL, NULL, 1772456445000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452845000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000046', 'OLD-0046', 1, 'printer', 'It smokes.', '', 'c46@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452846000000, 1772452846000000, NULL, NULL, NULL, NULL, 1772456446000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452846000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000047', 'OLD-0047', 1, 'printer', 'It smokes.', '', 'c47@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452847000000, 1772452847000000, NULL, NULL, NULL, NULL, 1772456447000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452847000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000048', 'OLD-0048', 1, 'printer', 'It smokes.', '', 'c48@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452848000000, 1772452848000000, NULL, NULL, NULL, NULL, 1772456448000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452848000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000049', 'OLD-0049', 1, 'printer', 'It smokes.', '', 'c49@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452849000000, 1772452849000000, NULL, NULL, NULL, NULL, 1772456449000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452849000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000050', 'OLD-0050', 1, 'printer', 'It smokes.', '', 'c50@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452850000000, 1772452850000000, NULL, NULL, NULL, NULL, 1772456450000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452850000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000051', 'OLD-0051', 1, 'printer', 'It smokes.', '', 'c51@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452851000000, 1772452851000000, NULL, NULL, NULL, NULL, 1772456451000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452851000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000052', 'OLD-0052', 1, 'printer', 'It smokes.', '', 'c52@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452852000000, 1772452852000000, NULL, NULL, NULL, NULL, 1772456452000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452852000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000053', 'OLD-0053', 1, 'printer', 'It smokes.', '', 'c53@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452853000000, 1772452853000000, NULL, NULL, NULL, NULL, 1772456453000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452853000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000054', 'OLD-0054', 1, 'printer', 'It smokes.', '', 'c54@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452854000000, 1772452854000000, NULL, NULL, NULL, NULL, 1772456454000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452854000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000055', 'OLD-0055', 1, 'printer', 'It smokes.', '', 'c55@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452855000000, 1772452855000000, NULL, NULL, NULL, NULL, 1772456455000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452855000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000056', 'OLD-0056', 1, 'printer', 'It smokes.', '', 'c56@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452856000000, 1772452856000000, NULL, NULL, NULL, NULL, 1772456456000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452856000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000057', 'OLD-0057', 1, 'printer', 'It smokes.', '', 'c57@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452857000000, 1772452857000000, NULL, NULL, NULL, NULL, 1772456457000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452857000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000058', 'OLD-0058', 1, 'printer', 'It smokes.', '', 'c58@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452858000000, 1772452858000000, NULL, NULL, NULL, NULL, 1772456458000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452858000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000059', 'OLD-0059', 1, 'printer', 'It smokes.', '', 'c59@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452859000000, 1772452859000000, NULL, NULL, NULL, NULL, 1772456459000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452859000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000060', 'OLD-0060', 1, 'printer', 'It smokes.', '', 'c60@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452860000000, 1772452860000000, NULL, NULL, NULL, NULL, 1772456460000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452860000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000061', 'OLD-0061', 1, 'printer', 'It smokes.', '', 'c61@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452861000000, 1772452861000000, NULL, NULL, NULL, NULL, 1772456461000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452861000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000062', 'OLD-0062', 1, 'printer', 'It smokes.', '', 'c62@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452862000000, 1772452862000000, NULL, NULL, NULL, NULL, 1772456462000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452862000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000063', 'OLD-0063', 1, 'printer', 'It smokes.', '', 'c63@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452863000000, 1772452863000000, NULL, NULL, NULL, NULL, 1772456463000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452863000000, 0, '', NULL, NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000223', 'REF-0224', 2, 'Paper is out', 'The tray is empty.', '', 'lee@example.com', '[]', 'api', '[]', 'resolved', 0, '', 2, -2, 'rule', 'rule', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772535000000000, 1772535000000000, NULL, NULL, NULL, 1772535000000000, 1772535000000000, NULL, 'Filled the tray.', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"resolution","y":1}]', 0, 0, 1772535000000001, 0, 'en', '01950000-0000-7000-8000-000000000225', NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000234', 'REF-0235', 1, 'Screen flickers', 'Since Monday.', '', 'lee@example.com', '[]', 'api', '[]', 'new', 1, '', 2, -2, 'rule', 'rule', 0, NULL, 0, '', '[]', NULL, '[]', 0, 1772538600000000, 1772538600000000, 1772535000000000, 1772535000000000, NULL, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772535000000000, 0, 'en', '01950000-0000-7000-8000-000000000225', NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000238', 'REF-0239', 2, 'Paper is out', 'The tray is empty.', '', 'lee@example.com', '[]', 'api', '[]', 'resolved', 0, '', 2, -2, 'rule', 'rule', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772535000000000, 1772535000000000, NULL, NULL, NULL, 1772535000000000, 1772535000000000, NULL, 'Filled the tray.', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"resolution","y":1}]', 0, 0, 1772535000000001, 0, 'en', '01950000-0000-7000-8000-000000000240', NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000249', 'REF-0250', 1, 'Screen flickers', 'Since Monday.', '', 'lee@example.com', '[]', 'api', '[]', 'new', 1, '', 2, -2, 'rule', 'rule', 0, NULL, 0, '', '[]', NULL, '[]', 0, 1772538600000000, 1772538600000000, 1772535000000000, 1772535000000000, NULL, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772535000000000, 0, 'en', '01950000-0000-7000-8000-000000000240', NULL, '[]', '[]', '[]', NULL, NULL, '', 0);
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
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000001', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772442000000000, NULL, 1772445600000000, NULL, NULL, '', NULL, 1772442000000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000001', 'next_response', 1, 2, 'all', 1, 7200000000000, '[]', 0, 1772442600000000, NULL, 1772449800000000, NULL, NULL, '', NULL, 1772442600000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000001', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772442000000000, NULL, 1772471400000000, NULL, NULL, '', NULL, 1772442600000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000033', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772442600000000, 1772442600000000, 1772446200000000, 1772446200000000, 1772446200000001, '', 1772488500000000, NULL, NULL, '["at_risk","breached","unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000033', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772442600000000, 1772442600000000, 1772471400000000, 1772471400000000, 1772471400000001, '', NULL, NULL, NULL, '["at_risk","breached"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000044', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772442600000000, NULL, NULL, NULL, NULL, '', NULL, NULL, 1772442600000000, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000044', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772442600000000, NULL, NULL, NULL, NULL, '', NULL, NULL, 1772442600000000, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000075', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772488500000000, 1772488500000000, 1772492100000000, 1772492100000000, 1772492100000001, '', NULL, NULL, NULL, '["at_risk","breached","unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000075', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772488500000000, 1772488500000000, 1772517300000000, 1772517300000000, 1772517300000001, '', NULL, NULL, NULL, '["at_risk","breached"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000088', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772488500000000, 1772488500000000, 1772492100000000, 1772492100000000, 1772492100000001, '', NULL, NULL, NULL, '["at_risk","breached","unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000088', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772488500000000, 1772488500000000, 1772517300000000, 1772517300000000, 1772517300000001, '', NULL, NULL, NULL, '["at_risk","breached"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000223', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, NULL, 1772538600000000, NULL, NULL, '', NULL, 1772535000000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000223', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, NULL, 1772563800000000, NULL, NULL, '', NULL, 1772535000000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000234', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772538600000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000234', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772563800000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000100', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772488500000000, NULL, 1772492100000000, NULL, NULL, '', NULL, 1772488500000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000100', 'next_response', 1, 2, 'all', 1, 7200000000000, '[]', 0, 1772489100000000, NULL, 1772496300000000, NULL, NULL, '', NULL, 1772489100000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000100', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772488500000000, NULL, 1772517900000000, NULL, NULL, '', NULL, 1772489100000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000132', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772489100000000, 1772489100000000, 1772492700000000, 1772492700000000, 1772492700000001, '', 1772535000000000, NULL, NULL, '["at_risk","breached","unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000132', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772489100000000, 1772489100000000, 1772517900000000, 1772517900000000, 1772517900000001, '', NULL, NULL, NULL, '["at_risk","breached"]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000143', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772489100000000, NULL, NULL, NULL, NULL, '', NULL, NULL, 1772489100000000, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000143', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772489100000000, NULL, NULL, NULL, NULL, '', NULL, NULL, 1772489100000000, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000198', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772538600000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000198', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772563800000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000211', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772538600000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000211', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772563800000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000238', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, NULL, 1772538600000000, NULL, NULL, '', NULL, 1772535000000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000238', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, NULL, 1772563800000000, NULL, NULL, '', NULL, 1772535000000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000249', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772538600000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000249', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772563800000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
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
    attachments text, sender text, reply_to text,
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
);
INSERT INTO helpdesk_messages VALUES (1, 'acme', '01950000-0000-7000-8000-000000000004', '01950000-0000-7000-8000-000000000001', 'customer', 'customer', 'kim@example.com', 'Kim', 'The tunnel closes every hour.', 1772442000000000, NULL, NULL, '[{"id":"e6cfb675fdc348f0b722a02debee4b53","name":"log.txt","type":"text/plain","size":10}]', NULL, NULL);
INSERT INTO helpdesk_messages VALUES (2, 'acme', '01950000-0000-7000-8000-000000000011', '01950000-0000-7000-8000-000000000001', 'agent', 'agent', 'ana@acme.example', 'Ana', 'Which router do you have?', 1772442000000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (3, 'acme', '01950000-0000-7000-8000-000000000018', '01950000-0000-7000-8000-000000000001', 'customer', 'customer', 'kim@example.com', 'Kim', 'The black one.', 1772442600000000, NULL, NULL, '[{"id":"501ca9d6b90ac5ca5e2d9d91ae278467","name":"router.txt","type":"text/plain","size":5}]', NULL, NULL);
INSERT INTO helpdesk_messages VALUES (4, 'acme', '01950000-0000-7000-8000-000000000022', '01950000-0000-7000-8000-000000000001', 'note', 'agent', 'ana@acme.example', 'Ana', 'Kim says "rung": as if "step": were a word.', 1772442600000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (5, 'acme', '01950000-0000-7000-8000-000000000024', '01950000-0000-7000-8000-000000000001', 'system', '', '', '', 'Resolved by Ana: Set the keepalive to 20 seconds.', 1772442600000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (6, 'acme', '01950000-0000-7000-8000-000000000035', '01950000-0000-7000-8000-000000000033', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints.', 1772442600000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (7, 'acme', '01950000-0000-7000-8000-000000000046', '01950000-0000-7000-8000-000000000044', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints at all.', 1772442600000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (8, 'acme', '01950000-0000-7000-8000-000000000060', '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'Escalated by Ana: the word "rung": is in this reason', 1772442600000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (9, 'acme', '01950000-0000-7000-8000-000000000062', '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772444400000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (10, 'acme', '01950000-0000-7000-8000-000000000065', '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772446200000001, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (11, 'acme', '01950000-0000-7000-8000-000000000067', '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'No reply for 3h. Escalated to management.', 1772453400000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (12, 'acme', '01950000-0000-7000-8000-000000000069', '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772469600000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (13, 'acme', '01950000-0000-7000-8000-000000000072', '01950000-0000-7000-8000-000000000033', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772471400000001, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (14, 'acme', '01950000-0000-7000-8000-000000000077', '01950000-0000-7000-8000-000000000075', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where is my invoice?', 1772488500000000, NULL, NULL, '[{"id":"4272525a5750262bd82eb5c79df4b21e","name":"a.txt","type":"text/plain","size":1}]', 'unknown', NULL);
INSERT INTO helpdesk_messages VALUES (15, 'acme', '01950000-0000-7000-8000-000000000090', '01950000-0000-7000-8000-000000000088', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where', 1772488500000000, NULL, NULL, '[{"id":"d1c82ab7f3499f94e7cdbf0f018d5b43","name":"message.eml","type":"message/rfc822","size":23}]', 'unknown', NULL);
INSERT INTO helpdesk_messages VALUES (16, 'acme', '01950000-0000-7000-8000-000000000094', '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'The mail could not be read as a whole: its end is missing', 1772488500000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (17, 'globex', '01950000-0000-7000-8000-000000000103', '01950000-0000-7000-8000-000000000100', 'customer', 'customer', 'kim@example.com', 'Kim', 'The tunnel closes every hour.', 1772488500000000, NULL, NULL, '[{"id":"07d86f126ea0817adf0f3e1fefe762af","name":"log.txt","type":"text/plain","size":10}]', NULL, NULL);
INSERT INTO helpdesk_messages VALUES (18, 'globex', '01950000-0000-7000-8000-000000000110', '01950000-0000-7000-8000-000000000100', 'agent', 'agent', 'ana@acme.example', 'Ana', 'Which router do you have?', 1772488500000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (19, 'globex', '01950000-0000-7000-8000-000000000117', '01950000-0000-7000-8000-000000000100', 'customer', 'customer', 'kim@example.com', 'Kim', 'The black one.', 1772489100000000, NULL, NULL, '[{"id":"451e24e7c7c633d2a94fe4ef99c75f98","name":"router.txt","type":"text/plain","size":5}]', NULL, NULL);
INSERT INTO helpdesk_messages VALUES (20, 'globex', '01950000-0000-7000-8000-000000000121', '01950000-0000-7000-8000-000000000100', 'note', 'agent', 'ana@acme.example', 'Ana', 'Kim says "rung": as if "step": were a word.', 1772489100000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (21, 'globex', '01950000-0000-7000-8000-000000000123', '01950000-0000-7000-8000-000000000100', 'system', '', '', '', 'Resolved by Ana: Set the keepalive to 20 seconds.', 1772489100000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (22, 'globex', '01950000-0000-7000-8000-000000000134', '01950000-0000-7000-8000-000000000132', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints.', 1772489100000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (23, 'globex', '01950000-0000-7000-8000-000000000145', '01950000-0000-7000-8000-000000000143', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints at all.', 1772489100000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (24, 'globex', '01950000-0000-7000-8000-000000000159', '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'Escalated by Ana: the word "rung": is in this reason', 1772489100000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (25, 'acme', '01950000-0000-7000-8000-000000000161', '01950000-0000-7000-8000-000000000075', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772490300000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (26, 'acme', '01950000-0000-7000-8000-000000000163', '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772490300000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (27, 'globex', '01950000-0000-7000-8000-000000000165', '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772490900000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (28, 'acme', '01950000-0000-7000-8000-000000000168', '01950000-0000-7000-8000-000000000075', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772492100000001, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (29, 'acme', '01950000-0000-7000-8000-000000000171', '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772492100000001, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (30, 'globex', '01950000-0000-7000-8000-000000000174', '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772492700000001, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (31, 'acme', '01950000-0000-7000-8000-000000000176', '01950000-0000-7000-8000-000000000075', 'system', '', '', '', 'No reply for 3h. Escalated to management.', 1772499300000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (32, 'acme', '01950000-0000-7000-8000-000000000178', '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'No reply for 3h. Escalated to management.', 1772499300000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (33, 'globex', '01950000-0000-7000-8000-000000000180', '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'No reply for 3h. Escalated to management.', 1772499900000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (34, 'acme', '01950000-0000-7000-8000-000000000182', '01950000-0000-7000-8000-000000000075', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772515500000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (35, 'acme', '01950000-0000-7000-8000-000000000184', '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772515500000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (36, 'globex', '01950000-0000-7000-8000-000000000186', '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772516100000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (37, 'acme', '01950000-0000-7000-8000-000000000189', '01950000-0000-7000-8000-000000000075', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772517300000001, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (38, 'acme', '01950000-0000-7000-8000-000000000192', '01950000-0000-7000-8000-000000000088', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772517300000001, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (39, 'globex', '01950000-0000-7000-8000-000000000195', '01950000-0000-7000-8000-000000000132', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772517900000001, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (40, 'globex', '01950000-0000-7000-8000-000000000200', '01950000-0000-7000-8000-000000000198', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where is my invoice?', 1772535000000000, NULL, NULL, '[{"id":"377ccb6c6cfe11468d8fd34acbbd6ca8","name":"a.txt","type":"text/plain","size":1}]', 'unknown', NULL);
INSERT INTO helpdesk_messages VALUES (41, 'globex', '01950000-0000-7000-8000-000000000213', '01950000-0000-7000-8000-000000000211', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where', 1772535000000000, NULL, NULL, '[{"id":"093b463f9a553e8161071db960998e5b","name":"message.eml","type":"message/rfc822","size":23}]', 'unknown', NULL);
INSERT INTO helpdesk_messages VALUES (42, 'globex', '01950000-0000-7000-8000-000000000217', '01950000-0000-7000-8000-000000000211', 'system', '', '', '', 'The mail could not be read as a whole: its end is missing', 1772535000000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (43, 'acme', '01950000-0000-7000-8000-000000000226', '01950000-0000-7000-8000-000000000223', 'customer', 'customer', 'lee@example.com', '', 'The tray is empty.', 1772535000000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (44, 'acme', '01950000-0000-7000-8000-000000000228', '01950000-0000-7000-8000-000000000223', 'system', '', '', '', 'Resolved by the desk: Filled the tray.', 1772535000000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (45, 'acme', '01950000-0000-7000-8000-000000000236', '01950000-0000-7000-8000-000000000234', 'customer', 'customer', 'lee@example.com', '', 'Since Monday.', 1772535000000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (46, 'globex', '01950000-0000-7000-8000-000000000241', '01950000-0000-7000-8000-000000000238', 'customer', 'customer', 'lee@example.com', '', 'The tray is empty.', 1772535000000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (47, 'globex', '01950000-0000-7000-8000-000000000243', '01950000-0000-7000-8000-000000000238', 'system', '', '', '', 'Resolved by the desk: Filled the tray.', 1772535000000000, NULL, NULL, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (48, 'globex', '01950000-0000-7000-8000-000000000251', '01950000-0000-7000-8000-000000000249', 'customer', 'customer', 'lee@example.com', '', 'Since Monday.', 1772535000000000, NULL, NULL, NULL, NULL, NULL);
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
    raw         text, sender text NOT NULL DEFAULT '', answers text NOT NULL DEFAULT '[]',
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
);
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000013', 'b8097274b2c9749b03debde64f3c6786@acme.example', 'kim@example.com', 'VPN drops', 'sent', '', 'reply', '01950000-0000-7000-8000-000000000001', NULL, 1772442000000000, NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000029', '43fe85c9a96294bbe0374722bc7898e7@acme.example', 'kim@example.com', 'VPN drops', 'sent', '', 'resolved', '01950000-0000-7000-8000-000000000001', NULL, 1772442600000000, NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000079', '53e9f022348694efbd186e677650c7a9@acme.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000075', NULL, 1772488500000000, NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '73fdbae8-4173-80ce-b5ca-ffb485603f44', 'one@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000075', '01950000-0000-7000-8000-000000000077', 1772488500000000, NULL, NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', 'a3e1c71d-a594-864a-96a3-9edd06e54fa1', 'two@example.com', 'kim@example.com', 'Invoice', 'suppressed', 'Auto-Submitted: auto-replied', '', NULL, NULL, 1772488500000000, '{"ID":"2","MessageID":"two@example.com","InReplyTo":null,"References":null,"From":{"Name":"Kim","Email":"kim@example.com","Tags":null},"ReplyTo":"","Recipients":["support@acme.example"],"Cc":null,"Subject":"Invoice","Text":"I am away.","Full":"I am away.","HTML":"","Files":null,"Kind":"automatic","Reason":"Auto-Submitted: auto-replied","Loops":null,"Bounced":null,"Failed":null,"SentAt":"0001-01-01T00:00:00Z","Problem":""}', NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000092', '44ac1032f45c9c470a10df6aa12388a8@acme.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000088', NULL, 1772488500000000, NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '4aac0733-49f0-8178-92be-1076672b4d35', 'three@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000088', '01950000-0000-7000-8000-000000000090', 1772488500000000, NULL, NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000112', '479c44aa616c761c534275045006525a@globex.example', 'kim@example.com', 'VPN drops', 'sent', '', 'reply', '01950000-0000-7000-8000-000000000100', NULL, 1772488500000000, NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000128', '1cb7d0036b1b34d784ac0cfd0cf1feaa@globex.example', 'kim@example.com', 'VPN drops', 'sent', '', 'resolved', '01950000-0000-7000-8000-000000000100', NULL, 1772489100000000, NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000202', '54dd3a91c086a4b7e5f197cccbd685a7@globex.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000198', NULL, 1772535000000000, NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', 'dae8c947-6b7e-826f-9abc-aebe9c65cfd6', 'one@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000198', '01950000-0000-7000-8000-000000000200', 1772535000000000, NULL, NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '5c32fba8-9137-8804-9c38-78349310dccd', 'two@example.com', 'kim@example.com', 'Invoice', 'suppressed', 'Auto-Submitted: auto-replied', '', NULL, NULL, 1772535000000000, '{"ID":"2","MessageID":"two@example.com","InReplyTo":null,"References":null,"From":{"Name":"Kim","Email":"kim@example.com","Tags":null},"ReplyTo":"","Recipients":["support@globex.example"],"Cc":null,"Subject":"Invoice","Text":"I am away.","Full":"I am away.","HTML":"","Files":null,"Kind":"automatic","Reason":"Auto-Submitted: auto-replied","Loops":null,"Bounced":null,"Failed":null,"SentAt":"0001-01-01T00:00:00Z","Problem":""}', NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000215', '29392a889e2ca9618ace718e9881e47d@globex.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000211', NULL, 1772535000000000, NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '7cf77722-daf9-8f78-9373-f8796680a010', 'three@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000211', '01950000-0000-7000-8000-000000000213', 1772535000000000, NULL, NULL, NULL, 'unknown', '[]');
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000231', 'f8908e9b68a684a5912d4bbce4c0737e@acme.example', 'lee@example.com', 'Paper is out', 'queued', '', 'resolved', '01950000-0000-7000-8000-000000000223', NULL, 1772535000000000, NULL, NULL, NULL, '', '[]');
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000246', '16c24b1299577479b4e6d4087b397da9@globex.example', 'lee@example.com', 'Paper is out', 'queued', '', 'resolved', '01950000-0000-7000-8000-000000000238', NULL, 1772535000000000, NULL, NULL, NULL, '', '[]');
CREATE TABLE helpdesk_blobs (
    tenant_id text NOT NULL,
    id        text NOT NULL,
    part      integer NOT NULL, -- from 0
    last      integer NOT NULL,
    bytes     blob NOT NULL,
    PRIMARY KEY (tenant_id, id, part)
);
INSERT INTO helpdesk_blobs VALUES ('acme', 'e6cfb675fdc348f0b722a02debee4b53', 0, 1, X'497420636C6F7365642E');
INSERT INTO helpdesk_blobs VALUES ('acme', '501ca9d6b90ac5ca5e2d9d91ae278467', 0, 1, X'626C61636B');
INSERT INTO helpdesk_blobs VALUES ('acme', '4272525a5750262bd82eb5c79df4b21e', 0, 1, X'61');
INSERT INTO helpdesk_blobs VALUES ('acme', 'd1c82ab7f3499f94e7cdbf0f018d5b43', 0, 1, X'5375626A6563743A2057686572650D0A0D0A5768657265');
INSERT INTO helpdesk_blobs VALUES ('globex', '07d86f126ea0817adf0f3e1fefe762af', 0, 1, X'497420636C6F7365642E');
INSERT INTO helpdesk_blobs VALUES ('globex', '451e24e7c7c633d2a94fe4ef99c75f98', 0, 1, X'626C61636B');
INSERT INTO helpdesk_blobs VALUES ('globex', '377ccb6c6cfe11468d8fd34acbbd6ca8', 0, 1, X'61');
INSERT INTO helpdesk_blobs VALUES ('globex', '093b463f9a553e8161071db960998e5b', 0, 1, X'5375626A6563743A2057686572650D0A0D0A5768657265');
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
INSERT INTO helpdesk_events VALUES (1, 'acme', '01950000-0000-7000-8000-000000000005', '01950000-0000-7000-8000-000000000001', 'opened', '', '', '', '', 'api', NULL, 1772442000000000, 1);
INSERT INTO helpdesk_events VALUES (2, 'acme', '01950000-0000-7000-8000-000000000006', '01950000-0000-7000-8000-000000000001', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772442000000000, NULL);
INSERT INTO helpdesk_events VALUES (3, 'acme', '01950000-0000-7000-8000-000000000007', '01950000-0000-7000-8000-000000000001', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772442000000000, NULL);
INSERT INTO helpdesk_events VALUES (4, 'acme', '01950000-0000-7000-8000-000000000008', '01950000-0000-7000-8000-000000000001', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772442000000000, NULL);
INSERT INTO helpdesk_events VALUES (5, 'acme', '01950000-0000-7000-8000-000000000009', '01950000-0000-7000-8000-000000000001', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772442000000000, NULL);
INSERT INTO helpdesk_events VALUES (6, 'acme', '01950000-0000-7000-8000-000000000010', '01950000-0000-7000-8000-000000000001', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772442000000000, NULL);
INSERT INTO helpdesk_events VALUES (7, 'acme', '01950000-0000-7000-8000-000000000012', '01950000-0000-7000-8000-000000000001', 'replied', 'agent', 'ana@acme.example', 'Ana', '', '01950000-0000-7000-8000-000000000011', NULL, 1772442000000000, NULL);
INSERT INTO helpdesk_events VALUES (8, 'acme', '01950000-0000-7000-8000-000000000014', '01950000-0000-7000-8000-000000000001', 'assigned', 'agent', 'ana@acme.example', 'Ana', '', 'ana@acme.example', '{"manual":true,"ranked":[["ana@acme.example",0,10]]}', 1772442000000000, NULL);
INSERT INTO helpdesk_events VALUES (9, 'acme', '01950000-0000-7000-8000-000000000015', '01950000-0000-7000-8000-000000000001', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'escalated', 'in_progress', NULL, 1772442000000000, NULL);
INSERT INTO helpdesk_events VALUES (10, 'acme', '01950000-0000-7000-8000-000000000016', '01950000-0000-7000-8000-000000000001', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'in_progress', 'waiting_customer', NULL, 1772442000000000, NULL);
INSERT INTO helpdesk_events VALUES (11, 'acme', '01950000-0000-7000-8000-000000000017', '01950000-0000-7000-8000-000000000001', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T10:00:00Z"}', 1772442000000000, NULL);
INSERT INTO helpdesk_events VALUES (12, 'acme', '01950000-0000-7000-8000-000000000019', '01950000-0000-7000-8000-000000000001', 'replied', 'customer', 'kim@example.com', 'Kim', '', '01950000-0000-7000-8000-000000000018', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (13, 'acme', '01950000-0000-7000-8000-000000000021', '01950000-0000-7000-8000-000000000001', 'status_changed', 'customer', 'kim@example.com', 'Kim', 'waiting_customer', 'in_progress', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (14, 'acme', '01950000-0000-7000-8000-000000000023', '01950000-0000-7000-8000-000000000001', 'noted', 'agent', 'ana@acme.example', 'Ana', '', '01950000-0000-7000-8000-000000000022', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (15, 'acme', '01950000-0000-7000-8000-000000000025', '01950000-0000-7000-8000-000000000001', 'resolved', 'agent', 'ana@acme.example', 'Ana', '', 'Set the keepalive to 20 seconds.', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (16, 'acme', '01950000-0000-7000-8000-000000000026', '01950000-0000-7000-8000-000000000001', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'billing', 'billing', '{"field":"category","confidence":0.9,"resolved":true}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (17, 'acme', '01950000-0000-7000-8000-000000000027', '01950000-0000-7000-8000-000000000001', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'high', 'high', '{"field":"priority","confidence":0.9,"resolved":true}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (18, 'acme', '01950000-0000-7000-8000-000000000028', '01950000-0000-7000-8000-000000000001', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'in_progress', 'resolved', NULL, 1772442600000000, 2);
INSERT INTO helpdesk_events VALUES (19, 'acme', '01950000-0000-7000-8000-000000000030', '01950000-0000-7000-8000-000000000001', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-02T17:10:00Z"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (20, 'acme', '01950000-0000-7000-8000-000000000031', '01950000-0000-7000-8000-000000000001', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'next_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":7200000000000,"due_at":"2026-03-02T11:10:00Z"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (21, 'acme', '01950000-0000-7000-8000-000000000032', '01950000-0000-7000-8000-000000000001', 'rated', 'customer', 'kim@example.com', 'Kim', '', '5', '{"score":5,"comment":"Quick.","at":"2026-03-02T09:10:00Z"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (22, 'acme', '01950000-0000-7000-8000-000000000036', '01950000-0000-7000-8000-000000000033', 'opened', '', '', '', '', 'api', NULL, 1772442600000000, 1);
INSERT INTO helpdesk_events VALUES (23, 'acme', '01950000-0000-7000-8000-000000000037', '01950000-0000-7000-8000-000000000033', 'priority_floor', '', '', '', 'medium', 'urgent', '{"rule":"cash register dead","asked":"medium","final":"urgent"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (24, 'acme', '01950000-0000-7000-8000-000000000038', '01950000-0000-7000-8000-000000000033', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (25, 'acme', '01950000-0000-7000-8000-000000000039', '01950000-0000-7000-8000-000000000033', 'priority_floor', '', '', '', 'high', 'urgent', '{"rule":"cash register dead","asked":"high","final":"urgent"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (26, 'acme', '01950000-0000-7000-8000-000000000040', '01950000-0000-7000-8000-000000000033', 'priority_changed', '', '', '', 'urgent', 'urgent', '{"by":"model"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (27, 'acme', '01950000-0000-7000-8000-000000000041', '01950000-0000-7000-8000-000000000033', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (28, 'acme', '01950000-0000-7000-8000-000000000042', '01950000-0000-7000-8000-000000000033', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (29, 'acme', '01950000-0000-7000-8000-000000000043', '01950000-0000-7000-8000-000000000033', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (30, 'acme', '01950000-0000-7000-8000-000000000047', '01950000-0000-7000-8000-000000000044', 'opened', '', '', '', '', 'api', NULL, 1772442600000000, 1);
INSERT INTO helpdesk_events VALUES (31, 'acme', '01950000-0000-7000-8000-000000000048', '01950000-0000-7000-8000-000000000044', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (32, 'acme', '01950000-0000-7000-8000-000000000049', '01950000-0000-7000-8000-000000000044', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (33, 'acme', '01950000-0000-7000-8000-000000000050', '01950000-0000-7000-8000-000000000044', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (34, 'acme', '01950000-0000-7000-8000-000000000051', '01950000-0000-7000-8000-000000000044', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (35, 'acme', '01950000-0000-7000-8000-000000000052', '01950000-0000-7000-8000-000000000044', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (36, 'acme', '01950000-0000-7000-8000-000000000054', '01950000-0000-7000-8000-000000000044', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000044', '01950000-0000-7000-8000-000000000033', '{"before":{"status":"escalated","priority":"high","priority_by":"model","tags":["süß","vip"],"queued_at":"2026-03-02T09:10:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T10:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T17:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]}}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (37, 'acme', '01950000-0000-7000-8000-000000000056', '01950000-0000-7000-8000-000000000044', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'escalated', 'closed', NULL, 1772442600000000, 4);
INSERT INTO helpdesk_events VALUES (38, 'acme', '01950000-0000-7000-8000-000000000055', '01950000-0000-7000-8000-000000000033', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000044', '01950000-0000-7000-8000-000000000033', '{"before":{"status":"escalated","priority":"urgent","priority_by":"model","min_priority":"urgent","tags":["süß","vip"],"queued_at":"2026-03-02T09:10:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T10:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T17:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]},"after":{"status":"escalated","priority":"urgent","priority_by":"model","min_priority":"urgent","tags":["süß","vip"],"queued_at":"2026-03-02T09:10:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T10:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T09:10:00Z","RunningSince":"2026-03-02T09:10:00Z","DueAt":"2026-03-02T17:10:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]}}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (39, 'acme', '01950000-0000-7000-8000-000000000057', '01950000-0000-7000-8000-000000000033', 'linked', 'agent', 'ana@acme.example', 'Ana', '', 'caused_by REF-0002', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (40, 'acme', '01950000-0000-7000-8000-000000000058', '01950000-0000-7000-8000-000000000001', 'linked', 'agent', 'ana@acme.example', 'Ana', '', 'causes REF-0034', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (41, 'acme', '01950000-0000-7000-8000-000000000059', '01950000-0000-7000-8000-000000000033', 'escalated', 'agent', 'ana@acme.example', 'Ana', '1', '2', '{"reason":"the word \"rung\": is in this reason"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (42, 'acme', '01950000-0000-7000-8000-000000000061', '01950000-0000-7000-8000-000000000033', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T10:10:00Z"}', 1772444400000000, NULL);
INSERT INTO helpdesk_events VALUES (43, 'acme', '01950000-0000-7000-8000-000000000063', '01950000-0000-7000-8000-000000000033', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T10:10:00Z"}', 1772446200000001, NULL);
INSERT INTO helpdesk_events VALUES (44, 'acme', '01950000-0000-7000-8000-000000000064', '01950000-0000-7000-8000-000000000033', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', 1772446200000001, NULL);
INSERT INTO helpdesk_events VALUES (45, 'acme', '01950000-0000-7000-8000-000000000066', '01950000-0000-7000-8000-000000000033', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', 1772453400000000, NULL);
INSERT INTO helpdesk_events VALUES (46, 'acme', '01950000-0000-7000-8000-000000000068', '01950000-0000-7000-8000-000000000033', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-02T17:10:00Z"}', 1772469600000000, NULL);
INSERT INTO helpdesk_events VALUES (47, 'acme', '01950000-0000-7000-8000-000000000070', '01950000-0000-7000-8000-000000000033', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-02T17:10:00Z"}', 1772471400000001, NULL);
INSERT INTO helpdesk_events VALUES (48, 'acme', '01950000-0000-7000-8000-000000000071', '01950000-0000-7000-8000-000000000033', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', 1772471400000001, NULL);
INSERT INTO helpdesk_events VALUES (49, 'acme', '01950000-0000-7000-8000-000000000073', '01950000-0000-7000-8000-000000000033', 'sla_voided', '', '', '', 'first_response', 'the network was down', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T10:10:00Z"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (50, 'acme', '01950000-0000-7000-8000-000000000078', '01950000-0000-7000-8000-000000000075', 'opened', '', '', '', '', 'email', NULL, 1772488500000000, 1);
INSERT INTO helpdesk_events VALUES (51, 'acme', '01950000-0000-7000-8000-000000000080', '01950000-0000-7000-8000-000000000075', 'mail', '', '', '', '', 'opened', '{"mail":"73fdbae8-4173-80ce-b5ca-ffb485603f44","from":"kim@example.com"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (52, 'acme', '01950000-0000-7000-8000-000000000081', '01950000-0000-7000-8000-000000000075', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (53, 'acme', '01950000-0000-7000-8000-000000000082', '01950000-0000-7000-8000-000000000075', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (54, 'acme', '01950000-0000-7000-8000-000000000083', '01950000-0000-7000-8000-000000000075', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (55, 'acme', '01950000-0000-7000-8000-000000000084', '01950000-0000-7000-8000-000000000075', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (56, 'acme', '01950000-0000-7000-8000-000000000085', '01950000-0000-7000-8000-000000000075', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (57, 'acme', '01950000-0000-7000-8000-000000000091', '01950000-0000-7000-8000-000000000088', 'opened', '', '', '', '', 'email', NULL, 1772488500000000, 1);
INSERT INTO helpdesk_events VALUES (58, 'acme', '01950000-0000-7000-8000-000000000093', '01950000-0000-7000-8000-000000000088', 'mail', '', '', '', '', 'opened', '{"mail":"4aac0733-49f0-8178-92be-1076672b4d35","from":"kim@example.com"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (59, 'acme', '01950000-0000-7000-8000-000000000095', '01950000-0000-7000-8000-000000000088', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (60, 'acme', '01950000-0000-7000-8000-000000000096', '01950000-0000-7000-8000-000000000088', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (61, 'acme', '01950000-0000-7000-8000-000000000097', '01950000-0000-7000-8000-000000000088', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (62, 'acme', '01950000-0000-7000-8000-000000000098', '01950000-0000-7000-8000-000000000088', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (63, 'acme', '01950000-0000-7000-8000-000000000099', '01950000-0000-7000-8000-000000000088', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (64, 'globex', '01950000-0000-7000-8000-000000000104', '01950000-0000-7000-8000-000000000100', 'opened', '', '', '', '', 'api', NULL, 1772488500000000, 1);
INSERT INTO helpdesk_events VALUES (65, 'globex', '01950000-0000-7000-8000-000000000105', '01950000-0000-7000-8000-000000000100', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (66, 'globex', '01950000-0000-7000-8000-000000000106', '01950000-0000-7000-8000-000000000100', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (67, 'globex', '01950000-0000-7000-8000-000000000107', '01950000-0000-7000-8000-000000000100', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (68, 'globex', '01950000-0000-7000-8000-000000000108', '01950000-0000-7000-8000-000000000100', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (69, 'globex', '01950000-0000-7000-8000-000000000109', '01950000-0000-7000-8000-000000000100', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (70, 'globex', '01950000-0000-7000-8000-000000000111', '01950000-0000-7000-8000-000000000100', 'replied', 'agent', 'ana@acme.example', 'Ana', '', '01950000-0000-7000-8000-000000000110', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (71, 'globex', '01950000-0000-7000-8000-000000000113', '01950000-0000-7000-8000-000000000100', 'assigned', 'agent', 'ana@acme.example', 'Ana', '', 'ana@acme.example', '{"manual":true,"ranked":[["ana@acme.example",0,10]]}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (72, 'globex', '01950000-0000-7000-8000-000000000114', '01950000-0000-7000-8000-000000000100', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'escalated', 'in_progress', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (73, 'globex', '01950000-0000-7000-8000-000000000115', '01950000-0000-7000-8000-000000000100', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'in_progress', 'waiting_customer', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (74, 'globex', '01950000-0000-7000-8000-000000000116', '01950000-0000-7000-8000-000000000100', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (75, 'globex', '01950000-0000-7000-8000-000000000118', '01950000-0000-7000-8000-000000000100', 'replied', 'customer', 'kim@example.com', 'Kim', '', '01950000-0000-7000-8000-000000000117', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (76, 'globex', '01950000-0000-7000-8000-000000000120', '01950000-0000-7000-8000-000000000100', 'status_changed', 'customer', 'kim@example.com', 'Kim', 'waiting_customer', 'in_progress', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (77, 'globex', '01950000-0000-7000-8000-000000000122', '01950000-0000-7000-8000-000000000100', 'noted', 'agent', 'ana@acme.example', 'Ana', '', '01950000-0000-7000-8000-000000000121', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (78, 'globex', '01950000-0000-7000-8000-000000000124', '01950000-0000-7000-8000-000000000100', 'resolved', 'agent', 'ana@acme.example', 'Ana', '', 'Set the keepalive to 20 seconds.', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (79, 'globex', '01950000-0000-7000-8000-000000000125', '01950000-0000-7000-8000-000000000100', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'billing', 'billing', '{"field":"category","confidence":0.9,"resolved":true}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (80, 'globex', '01950000-0000-7000-8000-000000000126', '01950000-0000-7000-8000-000000000100', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'high', 'high', '{"field":"priority","confidence":0.9,"resolved":true}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (81, 'globex', '01950000-0000-7000-8000-000000000127', '01950000-0000-7000-8000-000000000100', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'in_progress', 'resolved', NULL, 1772489100000000, 2);
INSERT INTO helpdesk_events VALUES (82, 'globex', '01950000-0000-7000-8000-000000000129', '01950000-0000-7000-8000-000000000100', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T06:05:00Z"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (83, 'globex', '01950000-0000-7000-8000-000000000130', '01950000-0000-7000-8000-000000000100', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'next_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":7200000000000,"due_at":"2026-03-03T00:05:00Z"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (84, 'globex', '01950000-0000-7000-8000-000000000131', '01950000-0000-7000-8000-000000000100', 'rated', 'customer', 'kim@example.com', 'Kim', '', '5', '{"score":5,"comment":"Quick.","at":"2026-03-02T22:05:00Z"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (85, 'globex', '01950000-0000-7000-8000-000000000135', '01950000-0000-7000-8000-000000000132', 'opened', '', '', '', '', 'api', NULL, 1772489100000000, 1);
INSERT INTO helpdesk_events VALUES (86, 'globex', '01950000-0000-7000-8000-000000000136', '01950000-0000-7000-8000-000000000132', 'priority_floor', '', '', '', 'medium', 'urgent', '{"rule":"cash register dead","asked":"medium","final":"urgent"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (87, 'globex', '01950000-0000-7000-8000-000000000137', '01950000-0000-7000-8000-000000000132', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (88, 'globex', '01950000-0000-7000-8000-000000000138', '01950000-0000-7000-8000-000000000132', 'priority_floor', '', '', '', 'high', 'urgent', '{"rule":"cash register dead","asked":"high","final":"urgent"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (89, 'globex', '01950000-0000-7000-8000-000000000139', '01950000-0000-7000-8000-000000000132', 'priority_changed', '', '', '', 'urgent', 'urgent', '{"by":"model"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (90, 'globex', '01950000-0000-7000-8000-000000000140', '01950000-0000-7000-8000-000000000132', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (91, 'globex', '01950000-0000-7000-8000-000000000141', '01950000-0000-7000-8000-000000000132', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (92, 'globex', '01950000-0000-7000-8000-000000000142', '01950000-0000-7000-8000-000000000132', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (93, 'globex', '01950000-0000-7000-8000-000000000146', '01950000-0000-7000-8000-000000000143', 'opened', '', '', '', '', 'api', NULL, 1772489100000000, 1);
INSERT INTO helpdesk_events VALUES (94, 'globex', '01950000-0000-7000-8000-000000000147', '01950000-0000-7000-8000-000000000143', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (95, 'globex', '01950000-0000-7000-8000-000000000148', '01950000-0000-7000-8000-000000000143', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (96, 'globex', '01950000-0000-7000-8000-000000000149', '01950000-0000-7000-8000-000000000143', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (97, 'globex', '01950000-0000-7000-8000-000000000150', '01950000-0000-7000-8000-000000000143', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (98, 'globex', '01950000-0000-7000-8000-000000000151', '01950000-0000-7000-8000-000000000143', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (99, 'globex', '01950000-0000-7000-8000-000000000153', '01950000-0000-7000-8000-000000000143', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000143', '01950000-0000-7000-8000-000000000132', '{"before":{"status":"escalated","priority":"high","priority_by":"model","tags":["süß","vip"],"queued_at":"2026-03-02T22:05:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-02T23:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-03T06:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]}}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (100, 'globex', '01950000-0000-7000-8000-000000000155', '01950000-0000-7000-8000-000000000143', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'escalated', 'closed', NULL, 1772489100000000, 4);
INSERT INTO helpdesk_events VALUES (101, 'globex', '01950000-0000-7000-8000-000000000154', '01950000-0000-7000-8000-000000000132', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000143', '01950000-0000-7000-8000-000000000132', '{"before":{"status":"escalated","priority":"urgent","priority_by":"model","min_priority":"urgent","tags":["süß","vip"],"queued_at":"2026-03-02T22:05:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-02T23:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-03T06:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]},"after":{"status":"escalated","priority":"urgent","priority_by":"model","min_priority":"urgent","tags":["süß","vip"],"queued_at":"2026-03-02T22:05:00Z","level":1,"clocks":[{"Metric":"first_response","Instance":1,"Policy":"all","Version":1,"Target":3600000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-02T23:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null},{"Metric":"resolution","Instance":1,"Policy":"all","Version":1,"Target":28800000000000,"Ran":null,"Consumed":0,"StartedAt":"2026-03-02T22:05:00Z","RunningSince":"2026-03-02T22:05:00Z","DueAt":"2026-03-03T06:05:00Z","BreachedAt":"0001-01-01T00:00:00Z","DetectedAt":"0001-01-01T00:00:00Z","Cause":"","VoidedAt":"0001-01-01T00:00:00Z","MetAt":"0001-01-01T00:00:00Z","CancelledAt":"0001-01-01T00:00:00Z","Fired":null}]}}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (102, 'globex', '01950000-0000-7000-8000-000000000156', '01950000-0000-7000-8000-000000000132', 'linked', 'agent', 'ana@acme.example', 'Ana', '', 'caused_by REF-0101', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (103, 'globex', '01950000-0000-7000-8000-000000000157', '01950000-0000-7000-8000-000000000100', 'linked', 'agent', 'ana@acme.example', 'Ana', '', 'causes REF-0133', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (104, 'globex', '01950000-0000-7000-8000-000000000158', '01950000-0000-7000-8000-000000000132', 'escalated', 'agent', 'ana@acme.example', 'Ana', '1', '2', '{"reason":"the word \"rung\": is in this reason"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (105, 'acme', '01950000-0000-7000-8000-000000000160', '01950000-0000-7000-8000-000000000075', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', 1772490300000000, NULL);
INSERT INTO helpdesk_events VALUES (106, 'acme', '01950000-0000-7000-8000-000000000162', '01950000-0000-7000-8000-000000000088', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', 1772490300000000, NULL);
INSERT INTO helpdesk_events VALUES (107, 'globex', '01950000-0000-7000-8000-000000000164', '01950000-0000-7000-8000-000000000132', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T23:05:00Z"}', 1772490900000000, NULL);
INSERT INTO helpdesk_events VALUES (108, 'acme', '01950000-0000-7000-8000-000000000166', '01950000-0000-7000-8000-000000000075', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', 1772492100000001, NULL);
INSERT INTO helpdesk_events VALUES (109, 'acme', '01950000-0000-7000-8000-000000000167', '01950000-0000-7000-8000-000000000075', 'escalated', '', '', '', '1', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', 1772492100000001, NULL);
INSERT INTO helpdesk_events VALUES (110, 'acme', '01950000-0000-7000-8000-000000000169', '01950000-0000-7000-8000-000000000088', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', 1772492100000001, NULL);
INSERT INTO helpdesk_events VALUES (111, 'acme', '01950000-0000-7000-8000-000000000170', '01950000-0000-7000-8000-000000000088', 'escalated', '', '', '', '1', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', 1772492100000001, NULL);
INSERT INTO helpdesk_events VALUES (112, 'globex', '01950000-0000-7000-8000-000000000172', '01950000-0000-7000-8000-000000000132', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T23:05:00Z"}', 1772492700000001, NULL);
INSERT INTO helpdesk_events VALUES (113, 'globex', '01950000-0000-7000-8000-000000000173', '01950000-0000-7000-8000-000000000132', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', 1772492700000001, NULL);
INSERT INTO helpdesk_events VALUES (114, 'acme', '01950000-0000-7000-8000-000000000175', '01950000-0000-7000-8000-000000000075', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', 1772499300000000, NULL);
INSERT INTO helpdesk_events VALUES (115, 'acme', '01950000-0000-7000-8000-000000000177', '01950000-0000-7000-8000-000000000088', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', 1772499300000000, NULL);
INSERT INTO helpdesk_events VALUES (116, 'globex', '01950000-0000-7000-8000-000000000179', '01950000-0000-7000-8000-000000000132', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', 1772499900000000, NULL);
INSERT INTO helpdesk_events VALUES (117, 'acme', '01950000-0000-7000-8000-000000000181', '01950000-0000-7000-8000-000000000075', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', 1772515500000000, NULL);
INSERT INTO helpdesk_events VALUES (118, 'acme', '01950000-0000-7000-8000-000000000183', '01950000-0000-7000-8000-000000000088', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', 1772515500000000, NULL);
INSERT INTO helpdesk_events VALUES (119, 'globex', '01950000-0000-7000-8000-000000000185', '01950000-0000-7000-8000-000000000132', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-03T06:05:00Z"}', 1772516100000000, NULL);
INSERT INTO helpdesk_events VALUES (120, 'acme', '01950000-0000-7000-8000-000000000187', '01950000-0000-7000-8000-000000000075', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', 1772517300000001, NULL);
INSERT INTO helpdesk_events VALUES (121, 'acme', '01950000-0000-7000-8000-000000000188', '01950000-0000-7000-8000-000000000075', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', 1772517300000001, NULL);
INSERT INTO helpdesk_events VALUES (122, 'acme', '01950000-0000-7000-8000-000000000190', '01950000-0000-7000-8000-000000000088', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', 1772517300000001, NULL);
INSERT INTO helpdesk_events VALUES (123, 'acme', '01950000-0000-7000-8000-000000000191', '01950000-0000-7000-8000-000000000088', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', 1772517300000001, NULL);
INSERT INTO helpdesk_events VALUES (124, 'globex', '01950000-0000-7000-8000-000000000193', '01950000-0000-7000-8000-000000000132', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T06:05:00Z"}', 1772517900000001, NULL);
INSERT INTO helpdesk_events VALUES (125, 'globex', '01950000-0000-7000-8000-000000000194', '01950000-0000-7000-8000-000000000132', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', 1772517900000001, NULL);
INSERT INTO helpdesk_events VALUES (126, 'globex', '01950000-0000-7000-8000-000000000196', '01950000-0000-7000-8000-000000000132', 'sla_voided', '', '', '', 'first_response', 'the network was down', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T23:05:00Z"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (127, 'globex', '01950000-0000-7000-8000-000000000201', '01950000-0000-7000-8000-000000000198', 'opened', '', '', '', '', 'email', NULL, 1772535000000000, 1);
INSERT INTO helpdesk_events VALUES (128, 'globex', '01950000-0000-7000-8000-000000000203', '01950000-0000-7000-8000-000000000198', 'mail', '', '', '', '', 'opened', '{"mail":"dae8c947-6b7e-826f-9abc-aebe9c65cfd6","from":"kim@example.com"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (129, 'globex', '01950000-0000-7000-8000-000000000204', '01950000-0000-7000-8000-000000000198', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (130, 'globex', '01950000-0000-7000-8000-000000000205', '01950000-0000-7000-8000-000000000198', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (131, 'globex', '01950000-0000-7000-8000-000000000206', '01950000-0000-7000-8000-000000000198', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (132, 'globex', '01950000-0000-7000-8000-000000000207', '01950000-0000-7000-8000-000000000198', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (133, 'globex', '01950000-0000-7000-8000-000000000208', '01950000-0000-7000-8000-000000000198', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (134, 'globex', '01950000-0000-7000-8000-000000000214', '01950000-0000-7000-8000-000000000211', 'opened', '', '', '', '', 'email', NULL, 1772535000000000, 1);
INSERT INTO helpdesk_events VALUES (135, 'globex', '01950000-0000-7000-8000-000000000216', '01950000-0000-7000-8000-000000000211', 'mail', '', '', '', '', 'opened', '{"mail":"7cf77722-daf9-8f78-9373-f8796680a010","from":"kim@example.com"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (136, 'globex', '01950000-0000-7000-8000-000000000218', '01950000-0000-7000-8000-000000000211', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (137, 'globex', '01950000-0000-7000-8000-000000000219', '01950000-0000-7000-8000-000000000211', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (138, 'globex', '01950000-0000-7000-8000-000000000220', '01950000-0000-7000-8000-000000000211', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (139, 'globex', '01950000-0000-7000-8000-000000000221', '01950000-0000-7000-8000-000000000211', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (140, 'globex', '01950000-0000-7000-8000-000000000222', '01950000-0000-7000-8000-000000000211', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (142, 'acme', '01950000-0000-7000-8000-000000000227', '01950000-0000-7000-8000-000000000223', 'opened', '', '', '', '', 'api', NULL, 1772535000000000, 1);
INSERT INTO helpdesk_events VALUES (143, 'acme', '01950000-0000-7000-8000-000000000229', '01950000-0000-7000-8000-000000000223', 'resolved', '', '', '', '', 'Filled the tray.', NULL, 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (144, 'acme', '01950000-0000-7000-8000-000000000230', '01950000-0000-7000-8000-000000000223', 'status_changed', '', '', '', 'new', 'resolved', NULL, 1772535000000000, 2);
INSERT INTO helpdesk_events VALUES (145, 'acme', '01950000-0000-7000-8000-000000000232', '01950000-0000-7000-8000-000000000223', 'sla_met', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-03T11:50:00Z"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (146, 'acme', '01950000-0000-7000-8000-000000000233', '01950000-0000-7000-8000-000000000223', 'sla_met', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T18:50:00Z"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (147, 'acme', '01950000-0000-7000-8000-000000000237', '01950000-0000-7000-8000-000000000234', 'opened', '', '', '', '', 'api', NULL, 1772535000000000, 1);
INSERT INTO helpdesk_events VALUES (149, 'globex', '01950000-0000-7000-8000-000000000242', '01950000-0000-7000-8000-000000000238', 'opened', '', '', '', '', 'api', NULL, 1772535000000000, 1);
INSERT INTO helpdesk_events VALUES (150, 'globex', '01950000-0000-7000-8000-000000000244', '01950000-0000-7000-8000-000000000238', 'resolved', '', '', '', '', 'Filled the tray.', NULL, 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (151, 'globex', '01950000-0000-7000-8000-000000000245', '01950000-0000-7000-8000-000000000238', 'status_changed', '', '', '', 'new', 'resolved', NULL, 1772535000000000, 2);
INSERT INTO helpdesk_events VALUES (152, 'globex', '01950000-0000-7000-8000-000000000247', '01950000-0000-7000-8000-000000000238', 'sla_met', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-03T11:50:00Z"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (153, 'globex', '01950000-0000-7000-8000-000000000248', '01950000-0000-7000-8000-000000000238', 'sla_met', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T18:50:00Z"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (154, 'globex', '01950000-0000-7000-8000-000000000252', '01950000-0000-7000-8000-000000000249', 'opened', '', '', '', '', 'api', NULL, 1772535000000000, 1);
CREATE TABLE helpdesk_loads (
    tenant_id text NOT NULL,
    agent     text NOT NULL,
    open      integer NOT NULL,
    room      integer NOT NULL, -- the most that open might be before the last change of it
    PRIMARY KEY (tenant_id, agent)
) WITHOUT ROWID;
INSERT INTO helpdesk_loads VALUES ('acme', 'ana@acme.example', 0, 2147483647);
INSERT INTO helpdesk_loads VALUES ('globex', 'ana@acme.example', 0, 2147483647);
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
INSERT INTO helpdesk_settings VALUES ('acme', 'agent', 'ana@acme.example', 1, '{"id":"ana@acme.example","name":"Ana","email":"ana@acme.example","skills":{"general":5},"capacity":0,"teams":["money"]}', 0, '', '', '', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'agent', 'ana@acme.example', 2, '{"id":"ana@acme.example","name":"Ana","email":"ana@acme.example","skills":{"general":5},"capacity":0,"teams":["money"],"absences":[{"from":"2026-04-02T12:00:00Z","to":"2026-04-09T12:00:00Z"}]}', 0, '', '', '', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'agent', 'max@acme.example', 1, '{"id":"max@acme.example","name":"Max","email":"max@acme.example","skills":null,"capacity":0}', 0, '', '', '', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'agent', 'max@acme.example', 2, 'null', 1, '', '', '', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'macro', 'thanks', 1, '{"id":"thanks","name":"Thanks","body":"Thank you."}', 0, '', '', '', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'mail_templates', 'mails', 1, '{"name":"Kern","colour":"#aa3300","language":"de","texts":{"de/reply":{"subject":"Antwort [{{ref}}]","body":"Guten Tag\n\n{{text}}"}}}', 0, '', '', '', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'model', 'triage', 1, '{"tickets":1,"why":"the first","model":1}', 0, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'model', 'triage/bytes', 1, '"bW9kZWw="', 0, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'priority_rules', 'rules', 1, '{"rules":[{"phrase":"cash register dead","priority":"high"}]}', 0, '', '', '', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'priority_rules', 'rules', 2, '{"rules":[{"phrase":"cash register dead","priority":"urgent"}]}', 0, '', '', '', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'sla', 'book', 1, '{"policies":[{"name":"all","first_response":"1h","next_response":"2h","resolution":"8h","escalate_after":"3h","steps":[{"name":"at_risk","before":"30m","of":0.5,"level":1},{"name":"breached","level":2}]}]}', 0, '', '', '', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'team', 'money', 1, '{"id":"money","name":"Money","categories":["billing"]}', 0, '', '', '', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'view', 'ana@acme.example', 1, '[{"name":"Late","query":"late=1"}]', 0, 'agent', 'ana@acme.example', 'Ana', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('acme', 'webhook', 'crm', 1, '{"id":"crm","name":"CRM","url":"https://crm.example/hook","secrets":["whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]}', 0, '', '', '', 1772442000000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'agent', 'ana@acme.example', 1, '{"id":"ana@acme.example","name":"Ana","email":"ana@acme.example","skills":{"general":5},"capacity":0,"teams":["money"]}', 0, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'agent', 'ana@acme.example', 2, '{"id":"ana@acme.example","name":"Ana","email":"ana@acme.example","skills":{"general":5},"capacity":0,"teams":["money"],"absences":[{"from":"2026-04-02T12:00:00Z","to":"2026-04-09T12:00:00Z"}]}', 0, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'agent', 'max@acme.example', 1, '{"id":"max@acme.example","name":"Max","email":"max@acme.example","skills":null,"capacity":0}', 0, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'agent', 'max@acme.example', 2, 'null', 1, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'macro', 'thanks', 1, '{"id":"thanks","name":"Thanks","body":"Thank you."}', 0, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'mail_templates', 'mails', 1, '{"name":"Kern","colour":"#aa3300","language":"de","texts":{"de/reply":{"subject":"Antwort [{{ref}}]","body":"Guten Tag\n\n{{text}}"}}}', 0, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'model', 'triage', 1, '{"tickets":1,"why":"the first","model":1}', 0, '', '', '', 1772535000000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'model', 'triage/bytes', 1, '"bW9kZWw="', 0, '', '', '', 1772535000000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'priority_rules', 'rules', 1, '{"rules":[{"phrase":"cash register dead","priority":"high"}]}', 0, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'priority_rules', 'rules', 2, '{"rules":[{"phrase":"cash register dead","priority":"urgent"}]}', 0, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'sla', 'book', 1, '{"policies":[{"name":"all","first_response":"1h","next_response":"2h","resolution":"8h","escalate_after":"3h","steps":[{"name":"at_risk","before":"30m","of":0.5,"level":1},{"name":"breached","level":2}]}]}', 0, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'team', 'money', 1, '{"id":"money","name":"Money","categories":["billing"]}', 0, '', '', '', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'view', 'ana@acme.example', 1, '[{"name":"Late","query":"late=1"}]', 0, 'agent', 'ana@acme.example', 'Ana', 1772488500000000);
INSERT INTO helpdesk_settings VALUES ('globex', 'webhook', 'crm', 1, '{"id":"crm","name":"CRM","url":"https://crm.example/hook","secrets":["whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]}', 0, '', '', '', 1772488500000000);
CREATE TABLE helpdesk_once (
    tenant_id text NOT NULL,
    scope     text NOT NULL,
    key       text NOT NULL,
    ticket_id text,
    PRIMARY KEY (tenant_id, scope, key)
) WITHOUT ROWID;
INSERT INTO helpdesk_once VALUES ('acme', 'ack', '04a97c92-9457-8f08-a64f-283c0df43b5f', '01950000-0000-7000-8000-000000000088');
INSERT INTO helpdesk_once VALUES ('acme', 'ack', '5dce0299-89de-85ed-8380-e158e050b81a', '01950000-0000-7000-8000-000000000075');
INSERT INTO helpdesk_once VALUES ('acme', 'lift', '5e0b1912-ea2e-8c29-a893-72e1b30adacc/0', '01950000-0000-7000-8000-000000000033');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '1c045bf7-7aad-8e6d-8f2b-a452dadb42f3', NULL);
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '91a9dc7e-73b3-8666-9a43-6b4255c39d42', NULL);
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '9fff7736-634e-8c72-a0d4-bb93436a422e', '01950000-0000-7000-8000-000000000075');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', 'a5dc7639-332f-8ddb-87ae-a6be5e79f765', '01950000-0000-7000-8000-000000000088');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', 'af2756c6-af4d-82c7-9099-02a67254b7b0', '01950000-0000-7000-8000-000000000075');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', 'c469f121-a331-8eb4-a9e6-e9cf13e27999', '01950000-0000-7000-8000-000000000088');
INSERT INTO helpdesk_once VALUES ('acme', 'open:', '4b1477ed-156f-85f2-82da-f9a9889cd0ff', '01950000-0000-7000-8000-000000000044');
INSERT INTO helpdesk_once VALUES ('acme', 'open:', '907c2af4-6822-8942-8342-8a810938a636', '01950000-0000-7000-8000-000000000033');
INSERT INTO helpdesk_once VALUES ('acme', 'open:', '9336ac14-0bf0-8956-8dc4-21193340598a', '01950000-0000-7000-8000-000000000001');
INSERT INTO helpdesk_once VALUES ('globex', 'ack', '36ce525a-141f-86ef-835c-f034f6cbbef8', '01950000-0000-7000-8000-000000000211');
INSERT INTO helpdesk_once VALUES ('globex', 'ack', '95de032c-c18b-86aa-aead-4d4d925b43ce', '01950000-0000-7000-8000-000000000198');
INSERT INTO helpdesk_once VALUES ('globex', 'lift', '6ac1bc99-bced-81c0-ac33-72699a640045/0', '01950000-0000-7000-8000-000000000132');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '1c045bf7-7aad-8e6d-8f2b-a452dadb42f3', NULL);
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '91a9dc7e-73b3-8666-9a43-6b4255c39d42', NULL);
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '9fff7736-634e-8c72-a0d4-bb93436a422e', '01950000-0000-7000-8000-000000000198');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', 'a5dc7639-332f-8ddb-87ae-a6be5e79f765', '01950000-0000-7000-8000-000000000211');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', 'af2756c6-af4d-82c7-9099-02a67254b7b0', '01950000-0000-7000-8000-000000000198');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', 'c469f121-a331-8eb4-a9e6-e9cf13e27999', '01950000-0000-7000-8000-000000000211');
INSERT INTO helpdesk_once VALUES ('globex', 'open:', '4b1477ed-156f-85f2-82da-f9a9889cd0ff', '01950000-0000-7000-8000-000000000143');
INSERT INTO helpdesk_once VALUES ('globex', 'open:', '907c2af4-6822-8942-8342-8a810938a636', '01950000-0000-7000-8000-000000000132');
INSERT INTO helpdesk_once VALUES ('globex', 'open:', '9336ac14-0bf0-8956-8dc4-21193340598a', '01950000-0000-7000-8000-000000000100');
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
INSERT INTO helpdesk_memory VALUES ('acme', '01950000-0000-7000-8000-000000000001', 1772442600000000, NULL, X'0B000000651C94120156CB3C2603CAFC772D03C7D4D234018388CB3E01645E8268015690028D01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8000-000000000100', 1772489100000000, 1, X'0B000000651C94120156CB3C2603CAFC772D03C7D4D234018388CB3E01645E8268015690028D01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000000', 1772456400000000, 2, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000001', 1772456401000000, 3, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000002', 1772456402000000, 4, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000003', 1772456403000000, 5, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000004', 1772456404000000, 6, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000005', 1772456405000000, 7, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000006', 1772456406000000, 8, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000007', 1772456407000000, 9, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000008', 1772456408000000, 10, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000009', 1772456409000000, 11, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000010', 1772456410000000, 12, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000011', 1772456411000000, 13, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000012', 1772456412000000, 14, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000013', 1772456413000000, 15, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000014', 1772456414000000, 16, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000015', 1772456415000000, 17, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000016', 1772456416000000, 18, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000017', 1772456417000000, 19, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000018', 1772456418000000, 20, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000019', 1772456419000000, 21, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000020', 1772456420000000, 22, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000021', 1772456421000000, 23, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000022', 1772456422000000, 24, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000023', 1772456423000000, 25, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000024', 1772456424000000, 26, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000025', 1772456425000000, 27, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000026', 1772456426000000, 28, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000027', 1772456427000000, 29, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000028', 1772456428000000, 30, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000029', 1772456429000000, 31, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000030', 1772456430000000, 32, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000031', 1772456431000000, 33, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000032', 1772456432000000, 34, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000033', 1772456433000000, 35, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000034', 1772456434000000, 36, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000035', 1772456435000000, 37, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000036', 1772456436000000, 38, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000037', 1772456437000000, 39, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000038', 1772456438000000, 40, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000039', 1772456439000000, 41, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000040', 1772456440000000, 42, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000041', 1772456441000000, 43, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000042', 1772456442000000, 44, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000043', 1772456443000000, 45, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000044', 1772456444000000, 46, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000045', 1772456445000000, 47, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000046', 1772456446000000, 48, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000047', 1772456447000000, 49, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000048', 1772456448000000, 50, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000049', 1772456449000000, 51, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000050', 1772456450000000, 52, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000051', 1772456451000000, 53, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000052', 1772456452000000, 54, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000053', 1772456453000000, 55, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000054', 1772456454000000, 56, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000055', 1772456455000000, 57, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000056', 1772456456000000, 58, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000057', 1772456457000000, 59, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000058', 1772456458000000, 60, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000059', 1772456459000000, 61, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000060', 1772456460000000, 62, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000061', 1772456461000000, 63, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000062', 1772456462000000, 64, X'05000000F708D81B03D40A498901F76BEBBD01');
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8001-000000000063', 1772456463000000, 65, X'05000000F708D81B03D40A498901F76BEBBD01');
CREATE TABLE helpdesk_memory_postings (
    tenant_id text NOT NULL,
    term      integer NOT NULL,
    part      integer NOT NULL, -- 0 for the list that grows, else more than the last number of a full one
    last      integer NOT NULL, -- number on the list
    list      blob NOT NULL,
    PRIMARY KEY (tenant_id, term, part)
);
INSERT INTO helpdesk_memory_postings VALUES ('globex', -1991701804, 0, 65, X'0209010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109');
INSERT INTO helpdesk_memory_postings VALUES ('globex', -1929211818, 0, 1, X'010D');
INSERT INTO helpdesk_memory_postings VALUES ('globex', -1108644873, 0, 65, X'0209010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109010901090109');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 311696485, 0, 1, X'010D');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 467142903, 0, 65, X'0289018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189018901890189');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 641518422, 0, 1, X'018D');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 762838218, 0, 1, X'018D');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 886232263, 0, 1, X'010D');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 1053526147, 0, 1, X'010D');
INSERT INTO helpdesk_memory_postings VALUES ('globex', 1753374308, 0, 1, X'010D');
CREATE TABLE helpdesk_memory_terms (
    tenant_id text NOT NULL,
    term      integer NOT NULL,
    n         integer NOT NULL, -- tickets in helpdesk_memory that hold it
    PRIMARY KEY (tenant_id, term)
) WITHOUT ROWID;
INSERT INTO helpdesk_memory_terms VALUES ('acme', -1929211818, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 311696485, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 641518422, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 762838218, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 886232263, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 1053526147, 1);
INSERT INTO helpdesk_memory_terms VALUES ('acme', 1753374308, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', -1991701804, 64);
INSERT INTO helpdesk_memory_terms VALUES ('globex', -1929211818, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', -1108644873, 64);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 311696485, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 467142903, 64);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 641518422, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 762838218, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 886232263, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 1053526147, 1);
INSERT INTO helpdesk_memory_terms VALUES ('globex', 1753374308, 1);
CREATE TABLE helpdesk_memories (
    tenant_id text NOT NULL,
    tickets   integer NOT NULL,
    length    integer NOT NULL, -- words in all of them
    numbered  integer NOT NULL, -- the last number given
    PRIMARY KEY (tenant_id)
) WITHOUT ROWID;
INSERT INTO helpdesk_memories VALUES ('acme', 1, 11, 0);
INSERT INTO helpdesk_memories VALUES ('globex', 65, 331, 65);
CREATE TABLE helpdesk_memory_vectors (
    tenant_id text NOT NULL,
    ticket_id text NOT NULL,
    model     text NOT NULL,
    solved_at integer NOT NULL,
    vector    blob NOT NULL, -- of float32, lowest byte first
    PRIMARY KEY (tenant_id, ticket_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_memory (tenant_id, ticket_id) ON DELETE CASCADE
);
INSERT INTO helpdesk_memory_vectors VALUES ('acme', '01950000-0000-7000-8000-000000000001', 'two', 1772442600000000, X'0000803F00001C42');
INSERT INTO helpdesk_memory_vectors VALUES ('globex', '01950000-0000-7000-8000-000000000100', 'two', 1772489100000000, X'0000803F00001C42');
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
INSERT INTO helpdesk_tasks VALUES ('acme', 'agent', 'ana@acme.example', NULL, 1775131500000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'apply_sla', 'book', NULL, 1772535000000000, '{"by":{"Role":"","ID":"","Name":""},"done":0}', 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'close', '01950000-0000-7000-8000-000000000001', '01950000-0000-7000-8000-000000000001', 1773047400000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'close', '01950000-0000-7000-8000-000000000223', '01950000-0000-7000-8000-000000000223', 1773139800000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'deadline', '01950000-0000-7000-8000-000000000234', '01950000-0000-7000-8000-000000000234', 1772536800000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'index_solved', '01950000-0000-7000-8000-000000000223', '01950000-0000-7000-8000-000000000223', 1772535000000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'notify', '01950000-0000-7000-8000-000000000228', '01950000-0000-7000-8000-000000000223', 1772535000000000, '{"key":"01950000-0000-7000-8000-000000000228","kind":"resolved","audience":"customer","text":"Filled the tray.","at":"2026-03-03T10:50:00Z","all_cc":true,"mail":"01950000-0000-7000-8000-000000000231","message_id":"f8908e9b68a684a5912d4bbce4c0737e@acme.example"}', 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'notify', 'x', NULL, 1772535000000000, NULL, 1, 'the mail server says no', 1, 137, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'repair', '2026-03-03T11:00:00Z', NULL, 1772536015000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'triage', '01950000-0000-7000-8000-000000000223', '01950000-0000-7000-8000-000000000223', 1772535000000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'triage', '01950000-0000-7000-8000-000000000234', '01950000-0000-7000-8000-000000000234', 1772535000000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'agent', 'ana@acme.example', NULL, 1775131500000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'apply_sla', 'book', NULL, 1772535000000000, '{"by":{"Role":"","ID":"","Name":""},"done":0}', 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'close', '01950000-0000-7000-8000-000000000100', '01950000-0000-7000-8000-000000000100', 1773093900000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'close', '01950000-0000-7000-8000-000000000238', '01950000-0000-7000-8000-000000000238', 1773139800000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'deadline', '01950000-0000-7000-8000-000000000198', '01950000-0000-7000-8000-000000000198', 1772536800000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'deadline', '01950000-0000-7000-8000-000000000211', '01950000-0000-7000-8000-000000000211', 1772536800000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'deadline', '01950000-0000-7000-8000-000000000249', '01950000-0000-7000-8000-000000000249', 1772536800000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'index_solved', '01950000-0000-7000-8000-000000000238', '01950000-0000-7000-8000-000000000238', 1772535000000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'notify', '01950000-0000-7000-8000-000000000243', '01950000-0000-7000-8000-000000000238', 1772535000000000, '{"key":"01950000-0000-7000-8000-000000000243","kind":"resolved","audience":"customer","text":"Filled the tray.","at":"2026-03-03T10:50:00Z","all_cc":true,"mail":"01950000-0000-7000-8000-000000000246","message_id":"16c24b1299577479b4e6d4087b397da9@globex.example"}', 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'repair', '2026-03-03T11:00:00Z', NULL, 1772537422000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'triage', '01950000-0000-7000-8000-000000000238', '01950000-0000-7000-8000-000000000238', 1772535000000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'triage', '01950000-0000-7000-8000-000000000249', '01950000-0000-7000-8000-000000000249', 1772535000000000, NULL, 0, '', 0, 0, NULL);
CREATE TABLE helpdesk_counters (
    name  text PRIMARY KEY,
    value integer NOT NULL
) WITHOUT ROWID;
INSERT INTO helpdesk_counters VALUES ('lease_token', 137);
CREATE TABLE helpdesk_spending (
    tenant_id text NOT NULL,
    day       text NOT NULL,
    nano      integer NOT NULL,
    PRIMARY KEY (tenant_id, day)
);
INSERT INTO helpdesk_spending VALUES ('acme', '2026-03-02', 7);
INSERT INTO helpdesk_spending VALUES ('globex', '2026-03-02', 7);
CREATE TABLE helpdesk_sentences (
    tenant_id text NOT NULL,
    key       integer NOT NULL,
    customer  integer NOT NULL,
    ticket_id text NOT NULL,
    PRIMARY KEY (tenant_id, key, customer, ticket_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
) WITHOUT ROWID;
INSERT INTO helpdesk_sentences VALUES ('acme', 1425499519590327959, 3111711638400672007, '01950000-0000-7000-8000-000000000001');
INSERT INTO helpdesk_sentences VALUES ('globex', 1425499519590327959, 3111711638400672007, '01950000-0000-7000-8000-000000000100');
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
INSERT INTO helpdesk_archived VALUES ('acme', '01950000-0000-7000-8002-000000000004', 1772452800000000, 9223372036854775807, NULL, 1772452800000000, NULL, NULL, NULL, 0, 0, 1, NULL, 0, '', '', '', 1772452800000000, '[[1772452800000000,1]]', '{"i":"01950000-0000-7000-8002-000000000004","p":1,"c":1772452800000000,"r":1772452800000000,"e":[{"t":"opened","a":1772452800000000}]}', 'ba88220e49c043df', '00112233445566778899aabbccddeeff');
INSERT INTO helpdesk_archived VALUES ('globex', '01950000-0000-7000-8002-000000000006', 1772452800000000, 9223372036854775807, NULL, 1772452800000000, NULL, NULL, NULL, 0, 0, 1, NULL, 0, '', '', '', 1772452800000000, '[[1772452800000000,1]]', '{"i":"01950000-0000-7000-8002-000000000006","p":1,"c":1772452800000000,"r":1772452800000000,"e":[{"t":"opened","a":1772452800000000}]}', 'c5ad4761db4891a7', '00112233445566778899aabbccddeeff');
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
INSERT INTO helpdesk_organisations VALUES ('acme', '01950000-0000-7000-8003-000000000001', 1, 'w1', 'Widget Works', 'widget works', ' widget works w1 example', '["gold"]', '', 1772452800000000, 1772452800000000);
INSERT INTO helpdesk_organisations VALUES ('globex', '01950000-0000-7000-8003-000000000001', 1, 'w1', 'Widget Works', 'widget works', ' widget works w1 example', '["gold"]', '', 1772452800000000, 1772452800000000);
CREATE TABLE helpdesk_organisation_domains (
    tenant_id       text NOT NULL,
    domain          text NOT NULL,
    organisation_id text NOT NULL,
    PRIMARY KEY (tenant_id, domain),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES helpdesk_organisations (tenant_id, id) ON DELETE CASCADE
);
INSERT INTO helpdesk_organisation_domains VALUES ('acme', 'widget.example', '01950000-0000-7000-8003-000000000001');
INSERT INTO helpdesk_organisation_domains VALUES ('globex', 'widget.example', '01950000-0000-7000-8003-000000000001');
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
INSERT INTO helpdesk_customers VALUES ('acme', '01950000-0000-7000-8000-000000000003', 1, NULL, 'Kim', 'kim', ' kim example com', NULL, 0, '[]', '', 'en', '', NULL, 1772442000000000, 1772442000000000);
INSERT INTO helpdesk_customers VALUES ('globex', '01950000-0000-7000-8000-000000000102', 1, NULL, 'Kim', 'kim', ' kim example com', NULL, 0, '[]', '', 'en', '', NULL, 1772488500000000, 1772488500000000);
INSERT INTO helpdesk_customers VALUES ('acme', '01950000-0000-7000-8000-000000000225', 1, NULL, '', 'lee@example.com', ' lee example com', NULL, 0, '[]', '', 'en', '', NULL, 1772535000000000, 1772535000000000);
INSERT INTO helpdesk_customers VALUES ('globex', '01950000-0000-7000-8000-000000000240', 1, NULL, '', 'lee@example.com', ' lee example com', NULL, 0, '[]', '', 'en', '', NULL, 1772535000000000, 1772535000000000);
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
INSERT INTO helpdesk_customer_addresses VALUES ('acme', 'email', 'kim@example.com', '01950000-0000-7000-8000-000000000003', 1, 0);
INSERT INTO helpdesk_customer_addresses VALUES ('globex', 'email', 'kim@example.com', '01950000-0000-7000-8000-000000000102', 1, 0);
INSERT INTO helpdesk_customer_addresses VALUES ('acme', 'email', 'lee@example.com', '01950000-0000-7000-8000-000000000225', 1, 0);
INSERT INTO helpdesk_customer_addresses VALUES ('globex', 'email', 'lee@example.com', '01950000-0000-7000-8000-000000000240', 1, 0);
CREATE TABLE helpdesk_search (
    seq       integer PRIMARY KEY, -- the rowid, and no key of the data
    tenant_id text NOT NULL,
    ticket_id text NOT NULL,
    at        integer NOT NULL, -- creation of the ticket
    words     text NOT NULL, -- each led by a hash of the tenant: see search.go
    UNIQUE (tenant_id, ticket_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES helpdesk_tickets (tenant_id, id)
);
INSERT INTO helpdesk_search VALUES (1, 'acme', '01950000-0000-7000-8000-000000000001', 1772442000000000, '68d36a18attachment 822b33ad0002 822b33adcloses 822b33adcom 822b33addrops 822b33adevery 822b33adexample 822b33adhour 822b33adkim 822b33adref 822b33adref0002 822b33adthe 822b33adtunnel 822b33advpn a20a5ba7com a20a5ba7example a20a5ba7kim cd5ebcaacom cd5ebcaaexample 822b33addo 822b33adhave 822b33adrouter 822b33adwhich 822b33adyou 68d36a18attachment 822b33adblack 822b33adone 822b33adthe 87c148a0a 87c148a0as 87c148a0if 87c148a0kim 87c148a0rung 87c148a0says 87c148a0step 87c148a0were 87c148a0word 87c148a020 87c148a0ana 87c148a0by 87c148a0keepalive 87c148a0resolved 87c148a0seconds 87c148a0set 87c148a0the 87c148a0to');
INSERT INTO helpdesk_search VALUES (2, 'acme', '01950000-0000-7000-8000-000000000033', 1772442600000000, '822b33ad0034 822b33adcash 822b33adcom 822b33addead 822b33adexample 822b33adkim 822b33adnothing 822b33adprints 822b33adref 822b33adref0034 822b33adregister a20a5ba7com a20a5ba7example a20a5ba7kim cd5ebcaacom cd5ebcaaexample 87c148a0ana 87c148a0by 87c148a0escalated 87c148a0in 87c148a0is 87c148a0reason 87c148a0rung 87c148a0the 87c148a0this 87c148a0word 87c148a030 87c148a0at 87c148a0minutes 87c148a0remaining 87c148a0risk 87c148a0sla 87c148a0auto 87c148a0breached 87c148a0escalated 87c148a0management 87c148a0sla 87c148a0to 87c148a03h 87c148a0escalated 87c148a0for 87c148a0management 87c148a0no 87c148a0reply 87c148a0to 87c148a030 87c148a0at 87c148a0minutes 87c148a0remaining 87c148a0risk 87c148a0sla 87c148a0auto 87c148a0breached 87c148a0escalated 87c148a0management 87c148a0sla 87c148a0to');
INSERT INTO helpdesk_search VALUES (3, 'acme', '01950000-0000-7000-8000-000000000044', 1772442600000000, '822b33ad0045 822b33adall 822b33adat 822b33adbroken 822b33adcash 822b33adcom 822b33adexample 822b33adkim 822b33adnothing 822b33adprints 822b33adref 822b33adref0045 822b33adregister a20a5ba7com a20a5ba7example a20a5ba7kim cd5ebcaacom cd5ebcaaexample');
INSERT INTO helpdesk_search VALUES (4, 'acme', '01950000-0000-7000-8000-000000000075', 1772488500000000, '68d36a18attachment 822b33ad0076 822b33adcom 822b33adexample 822b33adinvoice 822b33adis 822b33adkim 822b33admy 822b33adref 822b33adref0076 822b33adwhere a20a5ba7com a20a5ba7example a20a5ba7kim cd5ebcaacom cd5ebcaaexample 87c148a030 87c148a0at 87c148a0minutes 87c148a0remaining 87c148a0risk 87c148a0sla 87c148a0auto 87c148a0breached 87c148a0escalated 87c148a0management 87c148a0sla 87c148a0to 87c148a03h 87c148a0escalated 87c148a0for 87c148a0management 87c148a0no 87c148a0reply 87c148a0to 87c148a030 87c148a0at 87c148a0minutes 87c148a0remaining 87c148a0risk 87c148a0sla 87c148a0auto 87c148a0breached 87c148a0escalated 87c148a0management 87c148a0sla 87c148a0to');
INSERT INTO helpdesk_search VALUES (5, 'acme', '01950000-0000-7000-8000-000000000088', 1772488500000000, '68d36a18attachment 822b33ad0089 822b33adcom 822b33adexample 822b33adinvoice 822b33adkim 822b33adref 822b33adref0089 822b33adwhere 87c148a0a 87c148a0as 87c148a0be 87c148a0could 87c148a0end 87c148a0is 87c148a0its 87c148a0mail 87c148a0missing 87c148a0not 87c148a0read 87c148a0the 87c148a0whole a20a5ba7com a20a5ba7example a20a5ba7kim cd5ebcaacom cd5ebcaaexample 87c148a030 87c148a0at 87c148a0minutes 87c148a0remaining 87c148a0risk 87c148a0sla 87c148a0auto 87c148a0breached 87c148a0escalated 87c148a0management 87c148a0sla 87c148a0to 87c148a03h 87c148a0escalated 87c148a0for 87c148a0management 87c148a0no 87c148a0reply 87c148a0to 87c148a030 87c148a0at 87c148a0minutes 87c148a0remaining 87c148a0risk 87c148a0sla 87c148a0auto 87c148a0breached 87c148a0escalated 87c148a0management 87c148a0sla 87c148a0to');
INSERT INTO helpdesk_search VALUES (6, 'globex', '01950000-0000-7000-8000-000000000100', 1772488500000000, '5bc1a08d0101 5bc1a08dcloses 5bc1a08dcom 5bc1a08ddrops 5bc1a08devery 5bc1a08dexample 5bc1a08dhour 5bc1a08dkim 5bc1a08dref 5bc1a08dref0101 5bc1a08dthe 5bc1a08dtunnel 5bc1a08dvpn 77b3bd14com 77b3bd14example 9ca3ecb0com 9ca3ecb0example 9ca3ecb0kim ff00df9battachment 5bc1a08ddo 5bc1a08dhave 5bc1a08drouter 5bc1a08dwhich 5bc1a08dyou 5bc1a08dblack 5bc1a08done 5bc1a08dthe ff00df9battachment 28e40fe7a 28e40fe7as 28e40fe7if 28e40fe7kim 28e40fe7rung 28e40fe7says 28e40fe7step 28e40fe7were 28e40fe7word 28e40fe720 28e40fe7ana 28e40fe7by 28e40fe7keepalive 28e40fe7resolved 28e40fe7seconds 28e40fe7set 28e40fe7the 28e40fe7to');
INSERT INTO helpdesk_search VALUES (7, 'globex', '01950000-0000-7000-8000-000000000132', 1772489100000000, '5bc1a08d0133 5bc1a08dcash 5bc1a08dcom 5bc1a08ddead 5bc1a08dexample 5bc1a08dkim 5bc1a08dnothing 5bc1a08dprints 5bc1a08dref 5bc1a08dref0133 5bc1a08dregister 77b3bd14com 77b3bd14example 9ca3ecb0com 9ca3ecb0example 9ca3ecb0kim 28e40fe7ana 28e40fe7by 28e40fe7escalated 28e40fe7in 28e40fe7is 28e40fe7reason 28e40fe7rung 28e40fe7the 28e40fe7this 28e40fe7word 28e40fe730 28e40fe7at 28e40fe7minutes 28e40fe7remaining 28e40fe7risk 28e40fe7sla 28e40fe7auto 28e40fe7breached 28e40fe7escalated 28e40fe7management 28e40fe7sla 28e40fe7to 28e40fe73h 28e40fe7escalated 28e40fe7for 28e40fe7management 28e40fe7no 28e40fe7reply 28e40fe7to 28e40fe730 28e40fe7at 28e40fe7minutes 28e40fe7remaining 28e40fe7risk 28e40fe7sla 28e40fe7auto 28e40fe7breached 28e40fe7escalated 28e40fe7management 28e40fe7sla 28e40fe7to');
INSERT INTO helpdesk_search VALUES (8, 'globex', '01950000-0000-7000-8000-000000000143', 1772489100000000, '5bc1a08d0144 5bc1a08dall 5bc1a08dat 5bc1a08dbroken 5bc1a08dcash 5bc1a08dcom 5bc1a08dexample 5bc1a08dkim 5bc1a08dnothing 5bc1a08dprints 5bc1a08dref 5bc1a08dref0144 5bc1a08dregister 77b3bd14com 77b3bd14example 9ca3ecb0com 9ca3ecb0example 9ca3ecb0kim');
INSERT INTO helpdesk_search VALUES (9, 'globex', '01950000-0000-7000-8000-000000000198', 1772535000000000, '5bc1a08d0199 5bc1a08dcom 5bc1a08dexample 5bc1a08dinvoice 5bc1a08dis 5bc1a08dkim 5bc1a08dmy 5bc1a08dref 5bc1a08dref0199 5bc1a08dwhere 77b3bd14com 77b3bd14example 9ca3ecb0com 9ca3ecb0example 9ca3ecb0kim ff00df9battachment');
INSERT INTO helpdesk_search VALUES (10, 'globex', '01950000-0000-7000-8000-000000000211', 1772535000000000, '28e40fe7a 28e40fe7as 28e40fe7be 28e40fe7could 28e40fe7end 28e40fe7is 28e40fe7its 28e40fe7mail 28e40fe7missing 28e40fe7not 28e40fe7read 28e40fe7the 28e40fe7whole 5bc1a08d0212 5bc1a08dcom 5bc1a08dexample 5bc1a08dinvoice 5bc1a08dkim 5bc1a08dref 5bc1a08dref0212 5bc1a08dwhere 77b3bd14com 77b3bd14example 9ca3ecb0com 9ca3ecb0example 9ca3ecb0kim ff00df9battachment');
INSERT INTO helpdesk_search VALUES (11, 'globex', '01950000-0000-7000-8001-000000000000', 1772452800000000, '5bc1a08d0000 5bc1a08dc0 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0000 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c0 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (12, 'globex', '01950000-0000-7000-8001-000000000001', 1772452801000000, '5bc1a08d0001 5bc1a08dc1 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0001 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c1 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (13, 'globex', '01950000-0000-7000-8001-000000000002', 1772452802000000, '5bc1a08d0002 5bc1a08dc2 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0002 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c2 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (14, 'globex', '01950000-0000-7000-8001-000000000003', 1772452803000000, '5bc1a08d0003 5bc1a08dc3 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0003 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c3 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (15, 'globex', '01950000-0000-7000-8001-000000000004', 1772452804000000, '5bc1a08d0004 5bc1a08dc4 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0004 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c4 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (16, 'globex', '01950000-0000-7000-8001-000000000005', 1772452805000000, '5bc1a08d0005 5bc1a08dc5 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0005 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c5 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (17, 'globex', '01950000-0000-7000-8001-000000000006', 1772452806000000, '5bc1a08d0006 5bc1a08dc6 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0006 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c6 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (18, 'globex', '01950000-0000-7000-8001-000000000007', 1772452807000000, '5bc1a08d0007 5bc1a08dc7 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0007 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c7 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (19, 'globex', '01950000-0000-7000-8001-000000000008', 1772452808000000, '5bc1a08d0008 5bc1a08dc8 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0008 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c8 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (20, 'globex', '01950000-0000-7000-8001-000000000009', 1772452809000000, '5bc1a08d0009 5bc1a08dc9 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0009 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c9 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (21, 'globex', '01950000-0000-7000-8001-000000000010', 1772452810000000, '5bc1a08d0010 5bc1a08dc10 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0010 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c10 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (22, 'globex', '01950000-0000-7000-8001-000000000011', 1772452811000000, '5bc1a08d0011 5bc1a08dc11 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0011 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c11 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (23, 'globex', '01950000-0000-7000-8001-000000000012', 1772452812000000, '5bc1a08d0012 5bc1a08dc12 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0012 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c12 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (24, 'globex', '01950000-0000-7000-8001-000000000013', 1772452813000000, '5bc1a08d0013 5bc1a08dc13 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0013 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c13 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (25, 'globex', '01950000-0000-7000-8001-000000000014', 1772452814000000, '5bc1a08d0014 5bc1a08dc14 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0014 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c14 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (26, 'globex', '01950000-0000-7000-8001-000000000015', 1772452815000000, '5bc1a08d0015 5bc1a08dc15 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0015 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c15 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (27, 'globex', '01950000-0000-7000-8001-000000000016', 1772452816000000, '5bc1a08d0016 5bc1a08dc16 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0016 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c16 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (28, 'globex', '01950000-0000-7000-8001-000000000017', 1772452817000000, '5bc1a08d0017 5bc1a08dc17 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0017 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c17 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (29, 'globex', '01950000-0000-7000-8001-000000000018', 1772452818000000, '5bc1a08d0018 5bc1a08dc18 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0018 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c18 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (30, 'globex', '01950000-0000-7000-8001-000000000019', 1772452819000000, '5bc1a08d0019 5bc1a08dc19 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0019 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c19 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (31, 'globex', '01950000-0000-7000-8001-000000000020', 1772452820000000, '5bc1a08d0020 5bc1a08dc20 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0020 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c20 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (32, 'globex', '01950000-0000-7000-8001-000000000021', 1772452821000000, '5bc1a08d0021 5bc1a08dc21 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0021 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c21 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (33, 'globex', '01950000-0000-7000-8001-000000000022', 1772452822000000, '5bc1a08d0022 5bc1a08dc22 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0022 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c22 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (34, 'globex', '01950000-0000-7000-8001-000000000023', 1772452823000000, '5bc1a08d0023 5bc1a08dc23 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0023 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c23 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (35, 'globex', '01950000-0000-7000-8001-000000000024', 1772452824000000, '5bc1a08d0024 5bc1a08dc24 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0024 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c24 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (36, 'globex', '01950000-0000-7000-8001-000000000025', 1772452825000000, '5bc1a08d0025 5bc1a08dc25 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0025 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c25 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (37, 'globex', '01950000-0000-7000-8001-000000000026', 1772452826000000, '5bc1a08d0026 5bc1a08dc26 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0026 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c26 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (38, 'globex', '01950000-0000-7000-8001-000000000027', 1772452827000000, '5bc1a08d0027 5bc1a08dc27 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0027 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c27 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (39, 'globex', '01950000-0000-7000-8001-000000000028', 1772452828000000, '5bc1a08d0028 5bc1a08dc28 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0028 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c28 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (40, 'globex', '01950000-0000-7000-8001-000000000029', 1772452829000000, '5bc1a08d0029 5bc1a08dc29 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0029 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c29 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (41, 'globex', '01950000-0000-7000-8001-000000000030', 1772452830000000, '5bc1a08d0030 5bc1a08dc30 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0030 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c30 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (42, 'globex', '01950000-0000-7000-8001-000000000031', 1772452831000000, '5bc1a08d0031 5bc1a08dc31 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0031 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c31 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (43, 'globex', '01950000-0000-7000-8001-000000000032', 1772452832000000, '5bc1a08d0032 5bc1a08dc32 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0032 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c32 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (44, 'globex', '01950000-0000-7000-8001-000000000033', 1772452833000000, '5bc1a08d0033 5bc1a08dc33 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0033 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c33 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (45, 'globex', '01950000-0000-7000-8001-000000000034', 1772452834000000, '5bc1a08d0034 5bc1a08dc34 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0034 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c34 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (46, 'globex', '01950000-0000-7000-8001-000000000035', 1772452835000000, '5bc1a08d0035 5bc1a08dc35 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0035 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c35 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (47, 'globex', '01950000-0000-7000-8001-000000000036', 1772452836000000, '5bc1a08d0036 5bc1a08dc36 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0036 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c36 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (48, 'globex', '01950000-0000-7000-8001-000000000037', 1772452837000000, '5bc1a08d0037 5bc1a08dc37 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0037 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c37 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (49, 'globex', '01950000-0000-7000-8001-000000000038', 1772452838000000, '5bc1a08d0038 5bc1a08dc38 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0038 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c38 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (50, 'globex', '01950000-0000-7000-8001-000000000039', 1772452839000000, '5bc1a08d0039 5bc1a08dc39 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0039 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c39 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (51, 'globex', '01950000-0000-7000-8001-000000000040', 1772452840000000, '5bc1a08d0040 5bc1a08dc40 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0040 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c40 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (52, 'globex', '01950000-0000-7000-8001-000000000041', 1772452841000000, '5bc1a08d0041 5bc1a08dc41 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0041 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c41 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (53, 'globex', '01950000-0000-7000-8001-000000000042', 1772452842000000, '5bc1a08d0042 5bc1a08dc42 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0042 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c42 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (54, 'globex', '01950000-0000-7000-8001-000000000043', 1772452843000000, '5bc1a08d0043 5bc1a08dc43 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0043 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c43 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (55, 'globex', '01950000-0000-7000-8001-000000000044', 1772452844000000, '5bc1a08d0044 5bc1a08dc44 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0044 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c44 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (56, 'globex', '01950000-0000-7000-8001-000000000045', 1772452845000000, '5bc1a08d0045 5bc1a08dc45 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0045 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c45 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (57, 'globex', '01950000-0000-7000-8001-000000000046', 1772452846000000, '5bc1a08d0046 5bc1a08dc46 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0046 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c46 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (58, 'globex', '01950000-0000-7000-8001-000000000047', 1772452847000000, '5bc1a08d0047 5bc1a08dc47 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0047 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c47 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (59, 'globex', '01950000-0000-7000-8001-000000000048', 1772452848000000, '5bc1a08d0048 5bc1a08dc48 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0048 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c48 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (60, 'globex', '01950000-0000-7000-8001-000000000049', 1772452849000000, '5bc1a08d0049 5bc1a08dc49 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0049 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c49 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (61, 'globex', '01950000-0000-7000-8001-000000000050', 1772452850000000, '5bc1a08d0050 5bc1a08dc50 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0050 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c50 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (62, 'globex', '01950000-0000-7000-8001-000000000051', 1772452851000000, '5bc1a08d0051 5bc1a08dc51 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0051 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c51 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (63, 'globex', '01950000-0000-7000-8001-000000000052', 1772452852000000, '5bc1a08d0052 5bc1a08dc52 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0052 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c52 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (64, 'globex', '01950000-0000-7000-8001-000000000053', 1772452853000000, '5bc1a08d0053 5bc1a08dc53 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0053 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c53 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (65, 'globex', '01950000-0000-7000-8001-000000000054', 1772452854000000, '5bc1a08d0054 5bc1a08dc54 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0054 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c54 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (66, 'globex', '01950000-0000-7000-8001-000000000055', 1772452855000000, '5bc1a08d0055 5bc1a08dc55 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0055 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c55 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (67, 'globex', '01950000-0000-7000-8001-000000000056', 1772452856000000, '5bc1a08d0056 5bc1a08dc56 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0056 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c56 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (68, 'globex', '01950000-0000-7000-8001-000000000057', 1772452857000000, '5bc1a08d0057 5bc1a08dc57 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0057 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c57 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (69, 'globex', '01950000-0000-7000-8001-000000000058', 1772452858000000, '5bc1a08d0058 5bc1a08dc58 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0058 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c58 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (70, 'globex', '01950000-0000-7000-8001-000000000059', 1772452859000000, '5bc1a08d0059 5bc1a08dc59 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0059 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c59 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (71, 'globex', '01950000-0000-7000-8001-000000000060', 1772452860000000, '5bc1a08d0060 5bc1a08dc60 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0060 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c60 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (72, 'globex', '01950000-0000-7000-8001-000000000061', 1772452861000000, '5bc1a08d0061 5bc1a08dc61 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0061 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c61 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (73, 'globex', '01950000-0000-7000-8001-000000000062', 1772452862000000, '5bc1a08d0062 5bc1a08dc62 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0062 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c62 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (74, 'globex', '01950000-0000-7000-8001-000000000063', 1772452863000000, '5bc1a08d0063 5bc1a08dc63 5bc1a08dcom 5bc1a08dexample 5bc1a08dold 5bc1a08dold0063 5bc1a08dprinter 77b3bd14com 77b3bd14example 9ca3ecb0c63 9ca3ecb0com 9ca3ecb0example');
INSERT INTO helpdesk_search VALUES (76, 'acme', '01950000-0000-7000-8000-000000000223', 1772535000000000, '822b33ad0224 822b33adcom 822b33adempty 822b33adexample 822b33adis 822b33adlee 822b33adout 822b33adpaper 822b33adref 822b33adref0224 822b33adthe 822b33adtray a20a5ba7com a20a5ba7example a20a5ba7lee cd5ebcaacom cd5ebcaaexample 87c148a0by 87c148a0desk 87c148a0filled 87c148a0resolved 87c148a0the 87c148a0tray');
INSERT INTO helpdesk_search VALUES (77, 'acme', '01950000-0000-7000-8000-000000000234', 1772535000000000, '822b33ad0235 822b33adcom 822b33adexample 822b33adflickers 822b33adlee 822b33admonday 822b33adref 822b33adref0235 822b33adscreen 822b33adsince a20a5ba7com a20a5ba7example a20a5ba7lee cd5ebcaacom cd5ebcaaexample');
INSERT INTO helpdesk_search VALUES (79, 'globex', '01950000-0000-7000-8000-000000000238', 1772535000000000, '5bc1a08d0239 5bc1a08dcom 5bc1a08dempty 5bc1a08dexample 5bc1a08dis 5bc1a08dlee 5bc1a08dout 5bc1a08dpaper 5bc1a08dref 5bc1a08dref0239 5bc1a08dthe 5bc1a08dtray 77b3bd14com 77b3bd14example 9ca3ecb0com 9ca3ecb0example 9ca3ecb0lee 28e40fe7by 28e40fe7desk 28e40fe7filled 28e40fe7resolved 28e40fe7the 28e40fe7tray');
INSERT INTO helpdesk_search VALUES (80, 'globex', '01950000-0000-7000-8000-000000000249', 1772535000000000, '5bc1a08d0250 5bc1a08dcom 5bc1a08dexample 5bc1a08dflickers 5bc1a08dlee 5bc1a08dmonday 5bc1a08dref 5bc1a08dref0250 5bc1a08dscreen 5bc1a08dsince 77b3bd14com 77b3bd14example 9ca3ecb0com 9ca3ecb0example 9ca3ecb0lee');
CREATE VIRTUAL TABLE helpdesk_words USING fts5 (words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii');
DELETE FROM helpdesk_words_data;
INSERT INTO helpdesk_words_data VALUES (1, X'4E8952');
INSERT INTO helpdesk_words_data VALUES (10, X'00000000FF000001020B4E000B040101012200000901010123230000010201012424000040030101252501010105010126260101010601012727000001070101282800000108010129290101010901012A2A0101010A01012B2B0000010B01012C2C0000010000');
INSERT INTO helpdesk_words_data VALUES (137438953473, X'000000EB0A303238653430666537610A0A01730A090262650A0905636F756C640A0903656E640A090269730A0A0274730A09046D61696C0A0A06697373696E670A09036E6F740A0904726561640A09037468650A090577686F6C650A010C3562633161303864303231320A0903636F6D0A09076578616D706C650A0907696E766F6963650A09036B696D0A09037265660A0C04303231320A090577686572650A010B3737623362643134636F6D0A09076578616D706C650A010B3963613365636230636F6D0A09076578616D706C650A09036B696D0A011266663030646639626174746163686D656E740A040C0405080605050709060706080F060A0A060607080E0A0E0A06');
INSERT INTO helpdesk_words_data VALUES (274877906945, X'000006660D303562633161303864303030300B0C01310C0C01320D0C01330E0C01340F0C0135100C0136110C0137120C0138130C0139140B023130150C0131160C0132170C0133180C0134190C01351A0C01361B0C01371C0C01381D0C01391E0B0232301F0C0131200C0132210C0133220C0134230C0135240C0136250C0137260C0138270C0139280B023330290C01312A0C01322B0C01332C0C01342D0C01352E0C01362F0C0137300C0138310C0139320B023430330C0131340C0132350C0133360C0134370C0135380C0136390C01373A0C01383B0C01393C0B0235303D0C01313E0C01323F0C0133400C0134410C0135420C0136430C0137440C0138450C0139460B023630470C0131480C0132490C01334A090263300B0A01310C0B0130150B0131160B0132170B0133180B0134190B01351A0B01361B0B01371C0B01381D0B01391E0A01320D0B01301F0B0131200B0132210B0133220B0134230B0135240B0136250B0137260B0138270B0139280A01330E0B0130290B01312A0B01322B0B01332C0B01342D0B01352E0B01362F0B0137300B0138310B0139320A01340F0B0130330B0131340B0132350B0133360B0134370B0135380B0136390B01373A0B01383B0B01393C0A0135100B01303D0B01313E0B01323F0B0133400B0134410B0135420B0136430B0137440B0138450B0139460A0136110B0130470B0131480B0132490B01334A0A0137120A0138130A0139140A026F6D0B01010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010109076578616D706C650B01010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010109036F6C640B0101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010C04303030300B0F01310C0F01320D0F01330E0F01340F0F0135100F0136110F0137120F0138130F0139140E023130150F0131160F0132170F0133180F0134190F01351A0F01361B0F01371C0F01381D0F01391E0E0232301F0F0131200F0132210F0133220F0134230F0135240F0136250F0137260F0138270F0139280E023330290F01312A0F01322B0F01332C0F01342D0F01352E0F01362F0F0137300F0138310F0139320E023430330F0131340F0132350F0133360F0134370F0135380F0136390F01373A0F01383B0F01393C0E0235303D0F01313E0F01323F0F0133400F0134410F0135420F0136430F0137440F0138450F0139460E023630470F0131480F0132490F01334A09077072696E7465720B010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010B3737623362643134636F6D0B01010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010109076578616D706C650B010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010A396361336563623063300B0A01310C0B0130150B0131160B0132170B0133180B0134190B01351A0B01361B0B01371C0B01381D0B01391E0A01320D0B01301F0B0131200B0132210B0133220B0134230B0135240B0136250B0137260B0138270B0139280A01330E0B0130290B01312A0B01322B0B01332C0B01342D0B01352E0B01362F0B0137300B0138310B0139320A01340F0B0130330B0131340B0132350B0133360B0134370B0135380B0136390B01373A0B01383B0B01393C0A0135100B01303D0B01313E0B01323F0B0133400B0134410B0135420B0136430B0137440B0138450B0139460A0136110B0130470B0131480B0132490B01334A0A0137120A0138130A0139140A026F6D0B01010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010109076578616D706C650B010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101040F0404040404040404040504040404040404040405040404040404040404050404040404040404040504040404040404040405040404040404040404050404040504040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040444494507040404040404040404050404040404040404040504040404040404040405040404040404040404050404040404040404040504040404040404040405040404494D490D04040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040444');
INSERT INTO helpdesk_words_data VALUES (412316860417, X'000000730D303832326233336164303030314B090263304B0A026F6D4B09076578616D706C654B0904676F6E654B0D04303030314B09077072696E7465724B010A613230613562613763304B0A026F6D4B09076578616D706C654B010B6364356562636161636F6D4B09076578616D706C654B040F05050A07070A0D050A0E');
INSERT INTO helpdesk_words_data VALUES (549755813889, X'000005350B30323865343066653732300609023330070A016807090161060A026E6106010A0173060A0174070A0375746F0709086272656163686564070A017906010909657363616C61746564070903666F720709026966060A016E070A01730709096B656570616C697665060A02696D06090A6D616E6167656D656E74070A06696E757465730709026E6F070906726561736F6E070B076D61696E696E67070B03706C79070B06736F6C766564060A0369736B070A03756E670601090473617973060A0665636F6E6473060B0174060A026C61070A0374657006090374686506010B026973070A016F0601090477657265060A036F72640601010C356263316130386430313031060B023333070B023434080B023939090903616C6C080A0174080905626C61636B060A05726F6B656E0809046361736807010A056C6F736573060A026F6D06010101090464656164070A016F060A04726F70730609056576657279060A0678616D706C6506010101090468617665060A036F7572060907696E766F696365090A01730909036B696D0601010109026D790909076E6F7468696E67070109036F6E650609067072696E747307010903726566060101010C0430313031060E023333070E023434080E023939090B0667697374657207010A056F75746572060903746865060A05756E6E656C06090376706E0609057768657265090B03696368060903796F7506011236386433366131386174746163686D656E74010301010B3737623362643134636F6D0601010109076578616D706C6506010101010C383232623333616430303032010B023334020B023435030B023736040B023839050903616C6C030A0174030905626C61636B010A05726F6B656E0309046361736802010A056C6F736573010A026F6D0101010101090464656164020A016F010A04726F70730109056576657279010A0678616D706C650101010101090468617665010A036F7572010907696E766F69636504010A01730409036B696D010101010109026D790409076E6F7468696E67020109036F6E650109067072696E74730201090372656601010101010C0430303032010E023334020E023435030E023736040E023839050B0667697374657202010A056F75746572010903746865010A05756E6E656C01090376706E010905776865726504010B03696368010903796F7501020937633134386130323001090233300202010A016802020109016101040A026E6101010A017301040A01740202010A0375746F02020109026265050A07726561636865640202010A017901010905636F756C64050903656E64050A087363616C617465640202010903666F7202020109026966010A016E020A017302030A0274730509096B656570616C697665010A02696D0109046D61696C050B086E6167656D656E740202010A06696E757465730202010B057373696E670509026E6F0202010B017405090472656164050C03736F6E020B076D61696E696E670202010B03706C790202010B06736F6C766564010A0369736B0202010A03756E670101090473617973010A0665636F6E6473010B0174010A026C610202010A037465700109037468650101030B026973020A016F01010201090477657265010A04686F6C65050A036F72640101010B3963613365636230636F6D0601010109076578616D706C650601010109036B696D06010101010B6132306135626137636F6D010101010109076578616D706C65010101010109036B696D0101010101010B6364356562636161636F6D010101010109076578616D706C650101010101011266663030646639626174746163686D656E740603040D050404060404060B050C060504040C050D0905090A06090607070904050607050507070F05050506040808080808070407080C07060A0409050B060A09070505050A0806080608060617110D0F0505050506040808080809070407080D07060B040A050B060A0A07050505050A080608060906060C07060506050608050C0508060D08050405050C05070D0B08070407060C080908070709040706080507070707110D09120E0A120E');
INSERT INTO helpdesk_words_data VALUES (687194767361, X'000000920D303832326233336164303232344C0903636F6D4C0905656D7074794C0A0678616D706C654C090269734C09036C65654C09036F75744C090570617065724C09037265664C0C04303232344C09037468654C0A037261794C010B6132306135626137636F6D4C09076578616D706C654C09036C65654C010B6364356562636161636F6D4C09076578616D706C654C040F06080905060608060706060E0A060E');
INSERT INTO helpdesk_words_data VALUES (824633720833, X'000000C50D303832326233336164303232344C0903636F6D4C0905656D7074794C0A0678616D706C654C090269734C09036C65654C09036F75744C090570617065724C09037265664C0C04303232344C09037468654C0A037261794C02093763313438613062794C09046465736B4C090666696C6C65644C09087265736F6C7665644C09037468654C0A037261794C010B6132306135626137636F6D4C09076578616D706C654C09036C65654C010B6364356562636161636F6D4C09076578616D706C654C040F06080905060608060706060C07090B06060E0A060E');
INSERT INTO helpdesk_words_data VALUES (962072674305, X'000000900D303832326233336164303233354D0903636F6D4D09076578616D706C654D0908666C69636B6572734D09036C65654D09066D6F6E6461794D09037265664D0C04303233354D090673637265656E4D0A04696E63654D010B6132306135626137636F6D4D09076578616D706C654D09036C65654D010B6364356562636161636F6D4D09076578616D706C654D040F060A0B0609060709070E0A060E');
INSERT INTO helpdesk_words_data VALUES (1099511627777, X'000000730D303562633161303864303030314E090263304E0A026F6D4E09076578616D706C654E0904676F6E654E0D04303030314E09077072696E7465724E010B3737623362643134636F6D4E09076578616D706C654E010A396361336563623063304E0A026F6D4E09076578616D706C654E040F05050A07070A0E0A0D05');
INSERT INTO helpdesk_words_data VALUES (1236950581249, X'000000920D303562633161303864303233394F0903636F6D4F0905656D7074794F0A0678616D706C654F090269734F09036C65654F09036F75744F090570617065724F09037265664F0C04303233394F09037468654F0A037261794F010B3737623362643134636F6D4F09076578616D706C654F010B3963613365636230636F6D4F09076578616D706C654F09036C65654F040F06080905060608060706060E0A0E0A');
INSERT INTO helpdesk_words_data VALUES (1374389534721, X'000000C60B30323865343066653762794F09046465736B4F090666696C6C65644F09087265736F6C7665644F09037468654F0A037261794F010C3562633161303864303233394F0903636F6D4F0905656D7074794F0A0678616D706C654F090269734F09036C65654F09036F75744F090570617065724F09037265664F0C04303233394F09037468654F0A037261794F010B3737623362643134636F6D4F09076578616D706C654F010B3963613365636230636F6D4F09076578616D706C654F09036C65654F040D07090B06060F06080905060608060706060E0A0E0A');
INSERT INTO helpdesk_words_data VALUES (1511828488193, X'000000900D30356263316130386430323530500903636F6D5009076578616D706C65500908666C69636B6572735009036C65655009066D6F6E646179500903726566500C043032353050090673637265656E500A04696E636550010B3737623362643134636F6D5009076578616D706C6550010B3963613365636230636F6D5009076578616D706C655009036C656550040F060A0B0609060709070E0A0E0A');
INSERT INTO helpdesk_words_data VALUES (9007611571601408, X'040000000000000100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004B0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO helpdesk_words_data VALUES (9007886449508352, X'04000000000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004C00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO helpdesk_words_data VALUES (9008298766368768, X'040000000000000100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004E0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO helpdesk_words_data VALUES (9008436205322240, X'04000000000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004F00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
DELETE FROM helpdesk_words_idx;
INSERT INTO helpdesk_words_idx VALUES (1, X'', 2);
INSERT INTO helpdesk_words_idx VALUES (2, X'', 2);
INSERT INTO helpdesk_words_idx VALUES (3, X'', 2);
INSERT INTO helpdesk_words_idx VALUES (4, X'', 2);
INSERT INTO helpdesk_words_idx VALUES (5, X'', 2);
INSERT INTO helpdesk_words_idx VALUES (6, X'', 2);
INSERT INTO helpdesk_words_idx VALUES (7, X'', 2);
INSERT INTO helpdesk_words_idx VALUES (8, X'', 2);
INSERT INTO helpdesk_words_idx VALUES (9, X'', 2);
INSERT INTO helpdesk_words_idx VALUES (10, X'', 2);
INSERT INTO helpdesk_words_idx VALUES (11, X'', 2);
DELETE FROM helpdesk_words_docsize;
INSERT INTO helpdesk_words_docsize VALUES (1, X'2E', 5);
INSERT INTO helpdesk_words_docsize VALUES (2, X'39', 13);
INSERT INTO helpdesk_words_docsize VALUES (3, X'12', 7);
INSERT INTO helpdesk_words_docsize VALUES (4, X'2F', 32);
INSERT INTO helpdesk_words_docsize VALUES (5, X'3A', 32);
INSERT INTO helpdesk_words_docsize VALUES (6, X'2E', 20);
INSERT INTO helpdesk_words_docsize VALUES (7, X'39', 33);
INSERT INTO helpdesk_words_docsize VALUES (8, X'12', 22);
INSERT INTO helpdesk_words_docsize VALUES (9, X'10', 34);
INSERT INTO helpdesk_words_docsize VALUES (10, X'1B', 35);
INSERT INTO helpdesk_words_docsize VALUES (11, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (12, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (13, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (14, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (15, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (16, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (17, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (18, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (19, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (20, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (21, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (22, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (23, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (24, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (25, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (26, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (27, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (28, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (29, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (30, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (31, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (32, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (33, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (34, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (35, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (36, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (37, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (38, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (39, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (40, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (41, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (42, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (43, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (44, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (45, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (46, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (47, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (48, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (49, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (50, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (51, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (52, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (53, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (54, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (55, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (56, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (57, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (58, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (59, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (60, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (61, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (62, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (63, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (64, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (65, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (66, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (67, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (68, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (69, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (70, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (71, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (72, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (73, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (74, X'0C', 36);
INSERT INTO helpdesk_words_docsize VALUES (76, X'17', 39);
INSERT INTO helpdesk_words_docsize VALUES (77, X'0F', 40);
INSERT INTO helpdesk_words_docsize VALUES (79, X'17', 43);
INSERT INTO helpdesk_words_docsize VALUES (80, X'0F', 44);
DELETE FROM helpdesk_words_config;
INSERT INTO helpdesk_words_config VALUES ('version', 4);
CREATE TABLE helpdesk_notices (
    tenant_id text NOT NULL,
    agent     text NOT NULL,
    at        integer NOT NULL,
    id        text NOT NULL, -- the key of the notice
    ticket_id text, -- may be gone
    kind      text NOT NULL,
    urgent    integer NOT NULL,
    by_id     text NOT NULL, -- an agent; else empty
    unread    integer NOT NULL,
    PRIMARY KEY (tenant_id, agent, at, id)
);
INSERT INTO helpdesk_notices VALUES ('acme', 'ana@acme.example', 1772442600000000, '01950000-0000-7000-8000-000000000020', '01950000-0000-7000-8000-000000000001', 'answered', 0, '', 1);
INSERT INTO helpdesk_notices VALUES ('globex', 'ana@acme.example', 1772489100000000, '01950000-0000-7000-8000-000000000119', '01950000-0000-7000-8000-000000000100', 'answered', 0, '', 1);
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
CREATE INDEX helpdesk_messages_ticket ON helpdesk_messages (tenant_id, ticket_id);
CREATE INDEX helpdesk_mail_at ON helpdesk_mail (tenant_id, at, id);
CREATE INDEX helpdesk_mail_outcome ON helpdesk_mail (tenant_id, outcome, at, id);
CREATE INDEX helpdesk_mail_address ON helpdesk_mail (tenant_id, address, at, id) WHERE address <> '';
CREATE INDEX helpdesk_mail_ticket ON helpdesk_mail (tenant_id, ticket_id, at, id) WHERE ticket_id IS NOT NULL;
CREATE INDEX helpdesk_mail_message_id ON helpdesk_mail (tenant_id, message_id) WHERE message_id <> '';
CREATE INDEX helpdesk_events_ticket ON helpdesk_events (tenant_id, ticket_id);
CREATE INDEX helpdesk_events_triage ON helpdesk_events (tenant_id, at, seq) -- what a report on triage reads
    WHERE type IN ('priority_floor', 'shadow_triaged', 'triage_feedback', 'triaged');
CREATE INDEX helpdesk_events_moves ON helpdesk_events (tenant_id, at, move, ticket_id) WHERE move IS NOT NULL;
CREATE INDEX helpdesk_memory_solved ON helpdesk_memory (tenant_id, solved_at, ticket_id);
CREATE INDEX helpdesk_memory_vectors_solved ON helpdesk_memory_vectors (tenant_id, model, solved_at, ticket_id);
CREATE INDEX helpdesk_tasks_due ON helpdesk_tasks (due_at) WHERE NOT dead;
CREATE INDEX helpdesk_tasks_dead ON helpdesk_tasks (tenant_id, due_at) WHERE dead;
CREATE INDEX helpdesk_sentences_ticket ON helpdesk_sentences (tenant_id, ticket_id);
CREATE INDEX helpdesk_archived_created ON helpdesk_archived (tenant_id, created_at);
CREATE INDEX helpdesk_archived_moved ON helpdesk_archived (tenant_id, last_move) WHERE last_move IS NOT NULL;
CREATE INDEX helpdesk_organisations_name ON helpdesk_organisations (tenant_id, sort_name, id);
CREATE INDEX helpdesk_organisation_domains_of ON helpdesk_organisation_domains (tenant_id, organisation_id);
CREATE INDEX helpdesk_customers_name ON helpdesk_customers (tenant_id, sort_name, id);
CREATE INDEX helpdesk_customers_merged ON helpdesk_customers (tenant_id, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX helpdesk_customers_organisation ON helpdesk_customers (tenant_id, organisation_id, sort_name, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX helpdesk_customer_addresses_of ON helpdesk_customer_addresses (tenant_id, customer_id);
CREATE INDEX helpdesk_tickets_of ON helpdesk_tickets (tenant_id, customer_id, created_at, id) WHERE customer_id IS NOT NULL;
CREATE INDEX helpdesk_tickets_organisation ON helpdesk_tickets (tenant_id, organisation_id, created_at, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX helpdesk_tickets_cc ON helpdesk_tickets (tenant_id, id) WHERE cc <> '[]';
CREATE INDEX helpdesk_notices_unread ON helpdesk_notices (tenant_id, agent, at, id) WHERE unread;
