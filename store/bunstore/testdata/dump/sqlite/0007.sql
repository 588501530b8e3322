CREATE TABLE helpdesk_migrations (
    version    integer PRIMARY KEY,
    applied_at text NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO helpdesk_migrations VALUES (1, '2026-11-30 19:31:36');
INSERT INTO helpdesk_migrations VALUES (2, '2026-11-30 19:31:36');
INSERT INTO helpdesk_migrations VALUES (3, '2026-11-30 19:31:36');
INSERT INTO helpdesk_migrations VALUES (4, '2026-11-30 19:31:36');
INSERT INTO helpdesk_migrations VALUES (5, '2026-11-30 19:31:36');
INSERT INTO helpdesk_migrations VALUES (6, '2026-11-30 19:31:36');
INSERT INTO helpdesk_migrations VALUES (7, '2026-11-30 19:31:36');
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
    resolution_open  integer, public_at integer, links_ended integer NOT NULL DEFAULT 0, language text NOT NULL DEFAULT '', customer_id text, organisation_id text, -- and to the resolution
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT helpdesk_tickets_ref UNIQUE (tenant_id, ref)
);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000001', 'REF-0002', 8, 'VPN drops', 'The tunnel closes every hour.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'resolved', 0, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, 'ana@acme.example', '[]', NULL, '[]', 1, 9223372036854775807, 9223372036854775807, 1772442000000000, 1772442600000000, 1772442000000000, 1772442000000000, 1772442000000000, 1772442000000000, 1772442600000000, NULL, 'Set the keepalive to 20 seconds.', 0, NULL, '{"score":5,"comment":"Quick.","at":"2026-03-02T09:10:00Z"}', 1, 5, '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"next_response","y":1},{"p":"all","m":"resolution","y":1}]', 0, 0, 1772442600000002, 0, 'en', '01950000-0000-7000-8000-000000000003', NULL);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000032', 'REF-0033', 11, 'Cash register dead', 'Nothing prints.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'escalated', 1, 'billing', 4, -4, 'model', 'model', 4, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772442600000000, '[]', 2, 1772471400000000, 1772471400000000, 1772442600000000, 1772488500000000, 1772442600000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"resolution","n":1}]', NULL, NULL, 1772442600000003, 0, 'en', '01950000-0000-7000-8000-000000000003', NULL);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000043', 'REF-0044', 4, 'Cash register broken', 'Nothing prints at all.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'closed', 0, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', NULL, '[]', 1, 9223372036854775807, 9223372036854775807, 1772442600000000, 1772442600000000, 1772442600000000, NULL, NULL, NULL, NULL, 1772442600000000, '', 0, '01950000-0000-7000-8000-000000000032', NULL, 0, NULL, '', NULL, NULL, 1772442600000003, 0, 'en', '01950000-0000-7000-8000-000000000003', NULL);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000071', 'REF-0072', 8, 'Invoice', 'Where is my invoice?', 'Kim', 'kim@example.com', '[]', 'email', '[]', 'escalated', 1, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772488500000000, '[]', 2, 1772492100000000, 1772492100000000, 1772488500000000, 1772517300000001, 1772488500000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"first_response","n":1},{"p":"all","m":"resolution","n":1}]', NULL, NULL, 1772488500000002, 0, 'en', '01950000-0000-7000-8000-000000000003', NULL);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000084', 'REF-0085', 8, 'Invoice', 'Where', 'Kim', 'kim@example.com', '[]', 'email', '[]', 'escalated', 1, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772488500000000, '[]', 2, 1772492100000000, 1772492100000000, 1772488500000000, 1772517300000001, 1772488500000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"first_response","n":1},{"p":"all","m":"resolution","n":1}]', NULL, NULL, 1772488500000002, 0, 'en', '01950000-0000-7000-8000-000000000003', NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000096', 'REF-0097', 8, 'VPN drops', 'The tunnel closes every hour.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'resolved', 0, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, 'ana@acme.example', '[]', NULL, '[]', 1, 9223372036854775807, 9223372036854775807, 1772488500000000, 1772489100000000, 1772488500000000, 1772488500000000, 1772488500000000, 1772488500000000, 1772489100000000, NULL, 'Set the keepalive to 20 seconds.', 0, NULL, '{"score":5,"comment":"Quick.","at":"2026-03-02T22:05:00Z"}', 1, 5, '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"next_response","y":1},{"p":"all","m":"resolution","y":1}]', 0, 0, 1772489100000002, 0, 'en', '01950000-0000-7000-8000-000000000098', NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000127', 'REF-0128', 11, 'Cash register dead', 'Nothing prints.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'escalated', 1, 'billing', 4, -4, 'model', 'model', 4, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772489100000000, '[]', 2, 1772517900000000, 1772517900000000, 1772489100000000, 1772535000000000, 1772489100000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"resolution","n":1}]', NULL, NULL, 1772489100000003, 0, 'en', '01950000-0000-7000-8000-000000000098', NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000138', 'REF-0139', 4, 'Cash register broken', 'Nothing prints at all.', 'Kim', 'kim@example.com', '["gold"]', 'api', '["süß","vip"]', 'closed', 0, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', NULL, '[]', 1, 9223372036854775807, 9223372036854775807, 1772489100000000, 1772489100000000, 1772489100000000, NULL, NULL, NULL, NULL, 1772489100000000, '', 0, '01950000-0000-7000-8000-000000000127', NULL, 0, NULL, '', NULL, NULL, 1772489100000003, 0, 'en', '01950000-0000-7000-8000-000000000098', NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000190', 'REF-0191', 3, 'Invoice', 'Where is my invoice?', 'Kim', 'kim@example.com', '[]', 'email', '[]', 'escalated', 1, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772535000000000, '[]', 1, 1772538600000000, 1772538600000000, 1772535000000000, 1772535000000000, 1772535000000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772535000000002, 0, 'en', '01950000-0000-7000-8000-000000000098', NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000203', 'REF-0204', 3, 'Invoice', 'Where', 'Kim', 'kim@example.com', '[]', 'email', '[]', 'escalated', 1, 'billing', 3, -3, 'model', 'model', 0, '{"category":"billing","priority":"high","confidence":0.9}', 0, '', '[]', 1772535000000000, '[]', 1, 1772538600000000, 1772538600000000, 1772535000000000, 1772535000000000, 1772535000000000, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772535000000002, 0, 'en', '01950000-0000-7000-8000-000000000098', NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000000', 'OLD-0000', 1, 'printer', 'It smokes.', '', 'c0@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452800000000, 1772452800000000, NULL, NULL, NULL, NULL, 1772456400000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452800000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000001', 'OLD-0001', 1, 'printer', 'It smokes.', '', 'c1@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452801000000, 1772452801000000, NULL, NULL, NULL, NULL, 1772456401000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452801000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000002', 'OLD-0002', 1, 'printer', 'It smokes.', '', 'c2@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452802000000, 1772452802000000, NULL, NULL, NULL, NULL, 1772456402000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452802000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000003', 'OLD-0003', 1, 'printer', 'It smokes.', '', 'c3@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452803000000, 1772452803000000, NULL, NULL, NULL, NULL, 1772456403000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452803000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000004', 'OLD-0004', 1, 'printer', 'It smokes.', '', 'c4@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452804000000, 1772452804000000, NULL, NULL, NULL, NULL, 1772456404000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452804000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000005', 'OLD-0005', 1, 'printer', 'It smokes.', '', 'c5@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452805000000, 1772452805000000, NULL, NULL, NULL, NULL, 1772456405000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452805000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000006', 'OLD-0006', 1, 'printer', 'It smokes.', '', 'c6@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452806000000, 1772452806000000, NULL, NULL, NULL, NULL, 1772456406000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452806000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000007', 'OLD-0007', 1, 'printer', 'It smokes.', '', 'c7@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452807000000, 1772452807000000, NULL, NULL, NULL, NULL, 1772456407000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452807000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000008', 'OLD-0008', 1, 'printer', 'It smokes.', '', 'c8@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452808000000, 1772452808000000, NULL, NULL, NULL, NULL, 1772456408000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452808000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000009', 'OLD-0009', 1, 'printer', 'It smokes.', '', 'c9@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452809000000, 1772452809000000, NULL, NULL, NULL, NULL, 1772456409000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452809000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000010', 'OLD-0010', 1, 'printer', 'It smokes.', '', 'c10@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452810000000, 1772452810000000, NULL, NULL, NULL, NULL, 1772456410000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452810000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000011', 'OLD-0011', 1, 'printer', 'It smokes.', '', 'c11@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452811000000, 1772452811000000, NULL, NULL, NULL, NULL, 1772456411000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452811000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000012', 'OLD-0012', 1, 'printer', 'It smokes.', '', 'c12@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452812000000, 1772452812000000, NULL, NULL, NULL, NULL, 1772456412000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452812000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000013', 'OLD-0013', 1, 'printer', 'It smokes.', '', 'c13@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452813000000, 1772452813000000, NULL, NULL, NULL, NULL, 1772456413000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452813000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000014', 'OLD-0014', 1, 'printer', 'It smokes.', '', 'c14@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452814000000, 1772452814000000, NULL, NULL, NULL, NULL, 1772456414000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452814000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000015', 'OLD-0015', 1, 'printer', 'It smokes.', '', 'c15@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452815000000, 1772452815000000, NULL, NULL, NULL, NULL, 1772456415000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452815000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000016', 'OLD-0016', 1, 'printer', 'It smokes.', '', 'c16@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452816000000, 1772452816000000, NULL, NULL, NULL, NULL, 1772456416000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452816000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000017', 'OLD-0017', 1, 'printer', 'It smokes.', '', 'c17@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452817000000, 1772452817000000, NULL, NULL, NULL, NULL, 1772456417000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452817000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000018', 'OLD-0018', 1, 'printer', 'It smokes.', '', 'c18@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452818000000, 1772452818000000, NULL, NULL, NULL, NULL, 1772456418000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452818000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000019', 'OLD-0019', 1, 'printer', 'It smokes.', '', 'c19@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452819000000, 1772452819000000, NULL, NULL, NULL, NULL, 1772456419000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452819000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000020', 'OLD-0020', 1, 'printer', 'It smokes.', '', 'c20@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452820000000, 1772452820000000, NULL, NULL, NULL, NULL, 1772456420000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452820000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000021', 'OLD-0021', 1, 'printer', 'It smokes.', '', 'c21@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452821000000, 1772452821000000, NULL, NULL, NULL, NULL, 1772456421000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452821000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000022', 'OLD-0022', 1, 'printer', 'It smokes.', '', 'c22@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452822000000, 1772452822000000, NULL, NULL, NULL, NULL, 1772456422000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452822000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000023', 'OLD-0023', 1, 'printer', 'It smokes.', '', 'c23@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452823000000, 1772452823000000, NULL, NULL, NULL, NULL, 1772456423000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452823000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000024', 'OLD-0024', 1, 'printer', 'It smokes.', '', 'c24@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452824000000, 1772452824000000, NULL, NULL, NULL, NULL, 1772456424000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452824000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000025', 'OLD-0025', 1, 'printer', 'It smokes.', '', 'c25@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452825000000, 1772452825000000, NULL, NULL, NULL, NULL, 1772456425000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452825000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000026', 'OLD-0026', 1, 'printer', 'It smokes.', '', 'c26@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452826000000, 1772452826000000, NULL, NULL, NULL, NULL, 1772456426000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452826000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000027', 'OLD-0027', 1, 'printer', 'It smokes.', '', 'c27@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452827000000, 1772452827000000, NULL, NULL, NULL, NULL, 1772456427000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452827000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000028', 'OLD-0028', 1, 'printer', 'It smokes.', '', 'c28@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452828000000, 1772452828000000, NULL, NULL, NULL, NULL, 1772456428000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452828000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000029', 'OLD-0029', 1, 'printer', 'It smokes.', '', 'c29@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452829000000, 1772452829000000, NULL, NULL, NULL, NULL, 1772456429000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452829000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000030', 'OLD-0030', 1, 'printer', 'It smokes.', '', 'c30@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452830000000, 1772452830000000, NULL, NULL, NULL, NULL, 1772456430000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452830000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000031', 'OLD-0031', 1, 'printer', 'It smokes.', '', 'c31@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452831000000, 1772452831000000, NULL, NULL, NULL, NULL, 1772456431000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452831000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000032', 'OLD-0032', 1, 'printer', 'It smokes.', '', 'c32@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452832000000, 1772452832000000, NULL, NULL, NULL, NULL, 1772456432000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452832000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000033', 'OLD-0033', 1, 'printer', 'It smokes.', '', 'c33@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452833000000, 1772452833000000, NULL, NULL, NULL, NULL, 1772456433000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452833000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000034', 'OLD-0034', 1, 'printer', 'It smokes.', '', 'c34@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452834000000, 1772452834000000, NULL, NULL, NULL, NULL, 1772456434000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452834000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000035', 'OLD-0035', 1, 'printer', 'It smokes.', '', 'c35@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452835000000, 1772452835000000, NULL, NULL, NULL, NULL, 1772456435000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452835000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000036', 'OLD-0036', 1, 'printer', 'It smokes.', '', 'c36@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452836000000, 1772452836000000, NULL, NULL, NULL, NULL, 1772456436000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452836000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000037', 'OLD-0037', 1, 'printer', 'It smokes.', '', 'c37@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452837000000, 1772452837000000, NULL, NULL, NULL, NULL, 1772456437000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452837000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000038', 'OLD-0038', 1, 'printer', 'It smokes.', '', 'c38@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452838000000, 1772452838000000, NULL, NULL, NULL, NULL, 1772456438000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452838000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000039', 'OLD-0039', 1, 'printer', 'It smokes.', '', 'c39@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452839000000, 1772452839000000, NULL, NULL, NULL, NULL, 1772456439000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452839000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000040', 'OLD-0040', 1, 'printer', 'It smokes.', '', 'c40@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452840000000, 1772452840000000, NULL, NULL, NULL, NULL, 1772456440000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452840000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000041', 'OLD-0041', 1, 'printer', 'It smokes.', '', 'c41@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452841000000, 1772452841000000, NULL, NULL, NULL, NULL, 1772456441000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452841000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000042', 'OLD-0042', 1, 'printer', 'It smokes.', '', 'c42@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452842000000, 1772452842000000, NULL, NULL, NULL, NULL, 1772456442000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452842000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000043', 'OLD-0043', 1, 'printer', 'It smokes.', '', 'c43@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452843000000, 1772452843000000, NULL, NULL, NULL, NULL, 1772456443000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452843000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000044', 'OLD-0044', 1, 'printer', 'It smokes.', '', 'c44@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452844000000, 1772452844000000, NULL, NULL, NULL, NULL, 1772456444000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452844000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000045', 'OLD-0045', 1, 'printer', 'It smokes.', '', 'c45@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452845000000, 1772452845000000, NULL, NULL, NULL, NULL, 1772456445000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452845000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000046', 'OLD-0046', 1, 'printer', 'It smokes.', '', 'c46@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452846000000, 1772452846000000, NULL, NULL, NULL, NULL, 1772456446000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452846000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000047', 'OLD-0047', 1, 'printer', 'It smokes.', '', 'c47@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452847000000, 1772452847000000, NULL, NULL, NULL, NULL, 1772456447000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452847000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000048', 'OLD-0048', 1, 'printer', 'It smokes.', '', 'c48@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452848000000, 1772452848000000, NULL, NULL, NULL, NULL, 1772456448000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452848000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000049', 'OLD-0049', 1, 'printer', 'It smokes.', '', 'c49@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452849000000, 1772452849000000, NULL, NULL, NULL, NULL, 1772456449000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452849000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000050', 'OLD-0050', 1, 'printer', 'It smokes.', '', 'c50@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452850000000, 1772452850000000, NULL, NULL, NULL, NULL, 1772456450000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452850000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000051', 'OLD-0051', 1, 'printer', 'It smokes.', '', 'c51@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452851000000, 1772452851000000, NULL, NULL, NULL, NULL, 1772456451000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452851000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000052', 'OLD-0052', 1, 'printer', 'It smokes.', '', 'c52@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452852000000, 1772452852000000, NULL, NULL, NULL, NULL, 1772456452000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452852000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000053', 'OLD-0053', 1, 'printer', 'It smokes.', '', 'c53@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452853000000, 1772452853000000, NULL, NULL, NULL, NULL, 1772456453000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452853000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000054', 'OLD-0054', 1, 'printer', 'It smokes.', '', 'c54@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452854000000, 1772452854000000, NULL, NULL, NULL, NULL, 1772456454000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452854000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000055', 'OLD-0055', 1, 'printer', 'It smokes.', '', 'c55@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452855000000, 1772452855000000, NULL, NULL, NULL, NULL, 1772456455000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452855000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000056', 'OLD-0056', 1, 'printer', 'It smokes.', '', 'c56@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452856000000, 1772452856000000, NULL, NULL, NULL, NULL, 1772456456000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452856000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000057', 'OLD-0057', 1, 'printer', 'It smokes.', '', 'c57@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452857000000, 1772452857000000, NULL, NULL, NULL, NULL, 1772456457000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452857000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000058', 'OLD-0058', 1, 'printer', 'It smokes.', '', 'c58@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452858000000, 1772452858000000, NULL, NULL, NULL, NULL, 1772456458000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452858000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000059', 'OLD-0059', 1, 'printer', 'It smokes.', '', 'c59@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452859000000, 1772452859000000, NULL, NULL, NULL, NULL, 1772456459000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452859000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000060', 'OLD-0060', 1, 'printer', 'It smokes.', '', 'c60@example.com', '[]', 'api', '[]', 'closed', 0, '', 1, -1, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452860000000, 1772452860000000, NULL, NULL, NULL, NULL, 1772456460000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452860000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000061', 'OLD-0061', 1, 'printer', 'It smokes.', '', 'c61@example.com', '[]', 'api', '[]', 'closed', 0, '', 2, -2, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452861000000, 1772452861000000, NULL, NULL, NULL, NULL, 1772456461000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452861000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000062', 'OLD-0062', 1, 'printer', 'It smokes.', '', 'c62@example.com', '[]', 'api', '[]', 'closed', 0, '', 3, -3, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452862000000, 1772452862000000, NULL, NULL, NULL, NULL, 1772456462000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452862000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8001-000000000063', 'OLD-0063', 1, 'printer', 'It smokes.', '', 'c63@example.com', '[]', 'api', '[]', 'closed', 0, '', 4, -4, '', '', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772452863000000, 1772452863000000, NULL, NULL, NULL, NULL, 1772456463000000, NULL, 'Cleaned it.', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772452863000000, 0, '', NULL, NULL);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000215', 'REF-0216', 2, 'Paper is out', 'The tray is empty.', '', 'lee@example.com', '[]', 'api', '[]', 'resolved', 0, '', 2, -2, 'rule', 'rule', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772535000000000, 1772535000000000, NULL, NULL, NULL, NULL, 1772535000000000, NULL, 'Filled the tray.', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"resolution","y":1}]', NULL, 0, 1772535000000001, 0, 'en', '01950000-0000-7000-8000-000000000217', NULL);
INSERT INTO helpdesk_tickets VALUES ('acme', '01950000-0000-7000-8000-000000000226', 'REF-0227', 1, 'Screen flickers', 'Since Monday.', '', 'lee@example.com', '[]', 'api', '[]', 'new', 1, '', 2, -2, 'rule', 'rule', 0, NULL, 0, '', '[]', NULL, '[]', 0, 1772538600000000, 1772538600000000, 1772535000000000, 1772535000000000, NULL, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772535000000000, 0, 'en', '01950000-0000-7000-8000-000000000217', NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000230', 'REF-0231', 2, 'Paper is out', 'The tray is empty.', '', 'lee@example.com', '[]', 'api', '[]', 'resolved', 0, '', 2, -2, 'rule', 'rule', 0, NULL, 0, '', '[]', NULL, '[]', 0, 9223372036854775807, 9223372036854775807, 1772535000000000, 1772535000000000, NULL, NULL, NULL, NULL, 1772535000000000, NULL, 'Filled the tray.', 0, NULL, NULL, 0, NULL, '[{"p":"all","m":"first_response","y":1},{"p":"all","m":"resolution","y":1}]', NULL, 0, 1772535000000001, 0, 'en', '01950000-0000-7000-8000-000000000232', NULL);
INSERT INTO helpdesk_tickets VALUES ('globex', '01950000-0000-7000-8000-000000000241', 'REF-0242', 1, 'Screen flickers', 'Since Monday.', '', 'lee@example.com', '[]', 'api', '[]', 'new', 1, '', 2, -2, 'rule', 'rule', 0, NULL, 0, '', '[]', NULL, '[]', 0, 1772538600000000, 1772538600000000, 1772535000000000, 1772535000000000, NULL, NULL, NULL, NULL, NULL, NULL, '', 0, NULL, NULL, 0, NULL, '', NULL, NULL, 1772535000000000, 0, 'en', '01950000-0000-7000-8000-000000000232', NULL);
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
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000032', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772442600000000, 1772442600000000, 1772446200000000, 1772446200000000, 1772446200000001, '', 1772488500000000, NULL, NULL, '["at_risk","breached","unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000032', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772442600000000, 1772442600000000, 1772471400000000, 1772471400000000, 1772471400000001, '', NULL, NULL, NULL, '["at_risk","breached"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000043', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772442600000000, NULL, NULL, NULL, NULL, '', NULL, NULL, 1772442600000000, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000043', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772442600000000, NULL, NULL, NULL, NULL, '', NULL, NULL, 1772442600000000, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000071', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772488500000000, 1772488500000000, 1772492100000000, 1772492100000000, 1772492100000001, '', NULL, NULL, NULL, '["at_risk","breached","unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000071', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772488500000000, 1772488500000000, 1772517300000000, 1772517300000000, 1772517300000001, '', NULL, NULL, NULL, '["at_risk","breached"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000084', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772488500000000, 1772488500000000, 1772492100000000, 1772492100000000, 1772492100000001, '', NULL, NULL, NULL, '["at_risk","breached","unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000084', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772488500000000, 1772488500000000, 1772517300000000, 1772517300000000, 1772517300000001, '', NULL, NULL, NULL, '["at_risk","breached"]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000215', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, NULL, 1772538600000000, NULL, NULL, '', NULL, 1772535000000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000215', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, NULL, 1772563800000000, NULL, NULL, '', NULL, 1772535000000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000226', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772538600000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('acme', '01950000-0000-7000-8000-000000000226', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772563800000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000096', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772488500000000, NULL, 1772492100000000, NULL, NULL, '', NULL, 1772488500000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000096', 'next_response', 1, 2, 'all', 1, 7200000000000, '[]', 0, 1772489100000000, NULL, 1772496300000000, NULL, NULL, '', NULL, 1772489100000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000096', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772488500000000, NULL, 1772517900000000, NULL, NULL, '', NULL, 1772489100000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000127', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772489100000000, 1772489100000000, 1772492700000000, 1772492700000000, 1772492700000001, '', 1772535000000000, NULL, NULL, '["at_risk","breached","unanswered"]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000127', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772489100000000, 1772489100000000, 1772517900000000, 1772517900000000, 1772517900000001, '', NULL, NULL, NULL, '["at_risk","breached"]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000138', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772489100000000, NULL, NULL, NULL, NULL, '', NULL, NULL, 1772489100000000, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000138', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772489100000000, NULL, NULL, NULL, NULL, '', NULL, NULL, 1772489100000000, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000190', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772538600000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000190', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772563800000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000203', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772538600000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000203', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772563800000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000230', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, NULL, 1772538600000000, NULL, NULL, '', NULL, 1772535000000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000230', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, NULL, 1772563800000000, NULL, NULL, '', NULL, 1772535000000000, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000241', 'first_response', 1, 0, 'all', 1, 3600000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772538600000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
INSERT INTO helpdesk_clocks VALUES ('globex', '01950000-0000-7000-8000-000000000241', 'resolution', 1, 1, 'all', 1, 28800000000000, '[]', 0, 1772535000000000, 1772535000000000, 1772563800000000, NULL, NULL, '', NULL, NULL, NULL, '[]');
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
INSERT INTO helpdesk_messages VALUES (1, 'acme', '01950000-0000-7000-8000-000000000004', '01950000-0000-7000-8000-000000000001', 'customer', 'customer', 'kim@example.com', 'Kim', 'The tunnel closes every hour.', 1772442000000000, NULL, NULL, '[{"id":"e6629d3947cf3dc826cc36214e04b985","name":"log.txt","type":"text/plain","size":10}]');
INSERT INTO helpdesk_messages VALUES (2, 'acme', '01950000-0000-7000-8000-000000000011', '01950000-0000-7000-8000-000000000001', 'agent', 'agent', 'ana@acme.example', 'Ana', 'Which router do you have?', 1772442000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (3, 'acme', '01950000-0000-7000-8000-000000000018', '01950000-0000-7000-8000-000000000001', 'customer', 'customer', 'kim@example.com', 'Kim', 'The black one.', 1772442600000000, NULL, NULL, '[{"id":"1694ecbf2ff709590ddc2e2c9aa423b7","name":"router.txt","type":"text/plain","size":5}]');
INSERT INTO helpdesk_messages VALUES (4, 'acme', '01950000-0000-7000-8000-000000000021', '01950000-0000-7000-8000-000000000001', 'note', 'agent', 'ana@acme.example', 'Ana', 'Kim says "rung": as if "step": were a word.', 1772442600000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (5, 'acme', '01950000-0000-7000-8000-000000000023', '01950000-0000-7000-8000-000000000001', 'system', '', '', '', 'Resolved by Ana: Set the keepalive to 20 seconds.', 1772442600000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (6, 'acme', '01950000-0000-7000-8000-000000000034', '01950000-0000-7000-8000-000000000032', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints.', 1772442600000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (7, 'acme', '01950000-0000-7000-8000-000000000045', '01950000-0000-7000-8000-000000000043', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints at all.', 1772442600000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (8, 'acme', '01950000-0000-7000-8000-000000000056', '01950000-0000-7000-8000-000000000032', 'system', '', '', '', 'Escalated by Ana: the word "rung": is in this reason', 1772442600000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (9, 'acme', '01950000-0000-7000-8000-000000000058', '01950000-0000-7000-8000-000000000032', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772444400000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (10, 'acme', '01950000-0000-7000-8000-000000000061', '01950000-0000-7000-8000-000000000032', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772446200000001, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (11, 'acme', '01950000-0000-7000-8000-000000000063', '01950000-0000-7000-8000-000000000032', 'system', '', '', '', 'No reply for 3h. Escalated to management.', 1772453400000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (12, 'acme', '01950000-0000-7000-8000-000000000065', '01950000-0000-7000-8000-000000000032', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772469600000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (13, 'acme', '01950000-0000-7000-8000-000000000068', '01950000-0000-7000-8000-000000000032', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772471400000001, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (14, 'acme', '01950000-0000-7000-8000-000000000073', '01950000-0000-7000-8000-000000000071', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where is my invoice?', 1772488500000000, NULL, NULL, '[{"id":"c29550a4f445b155c4489b6c868b5a62","name":"a.txt","type":"text/plain","size":1}]');
INSERT INTO helpdesk_messages VALUES (15, 'acme', '01950000-0000-7000-8000-000000000086', '01950000-0000-7000-8000-000000000084', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where', 1772488500000000, NULL, NULL, '[{"id":"600d57ae84d88b5212145412d3106ab4","name":"message.eml","type":"message/rfc822","size":23}]');
INSERT INTO helpdesk_messages VALUES (16, 'acme', '01950000-0000-7000-8000-000000000090', '01950000-0000-7000-8000-000000000084', 'system', '', '', '', 'The mail could not be read as a whole: its end is missing', 1772488500000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (17, 'globex', '01950000-0000-7000-8000-000000000099', '01950000-0000-7000-8000-000000000096', 'customer', 'customer', 'kim@example.com', 'Kim', 'The tunnel closes every hour.', 1772488500000000, NULL, NULL, '[{"id":"2a449d11675be90f2e3fda10cf3168a9","name":"log.txt","type":"text/plain","size":10}]');
INSERT INTO helpdesk_messages VALUES (18, 'globex', '01950000-0000-7000-8000-000000000106', '01950000-0000-7000-8000-000000000096', 'agent', 'agent', 'ana@acme.example', 'Ana', 'Which router do you have?', 1772488500000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (19, 'globex', '01950000-0000-7000-8000-000000000113', '01950000-0000-7000-8000-000000000096', 'customer', 'customer', 'kim@example.com', 'Kim', 'The black one.', 1772489100000000, NULL, NULL, '[{"id":"76b6525584fb113d42b8f842e9aa9b68","name":"router.txt","type":"text/plain","size":5}]');
INSERT INTO helpdesk_messages VALUES (20, 'globex', '01950000-0000-7000-8000-000000000116', '01950000-0000-7000-8000-000000000096', 'note', 'agent', 'ana@acme.example', 'Ana', 'Kim says "rung": as if "step": were a word.', 1772489100000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (21, 'globex', '01950000-0000-7000-8000-000000000118', '01950000-0000-7000-8000-000000000096', 'system', '', '', '', 'Resolved by Ana: Set the keepalive to 20 seconds.', 1772489100000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (22, 'globex', '01950000-0000-7000-8000-000000000129', '01950000-0000-7000-8000-000000000127', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints.', 1772489100000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (23, 'globex', '01950000-0000-7000-8000-000000000140', '01950000-0000-7000-8000-000000000138', 'customer', 'customer', 'kim@example.com', 'Kim', 'Nothing prints at all.', 1772489100000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (24, 'globex', '01950000-0000-7000-8000-000000000151', '01950000-0000-7000-8000-000000000127', 'system', '', '', '', 'Escalated by Ana: the word "rung": is in this reason', 1772489100000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (25, 'acme', '01950000-0000-7000-8000-000000000153', '01950000-0000-7000-8000-000000000071', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772490300000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (26, 'acme', '01950000-0000-7000-8000-000000000155', '01950000-0000-7000-8000-000000000084', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772490300000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (27, 'globex', '01950000-0000-7000-8000-000000000157', '01950000-0000-7000-8000-000000000127', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772490900000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (28, 'acme', '01950000-0000-7000-8000-000000000160', '01950000-0000-7000-8000-000000000071', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772492100000001, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (29, 'acme', '01950000-0000-7000-8000-000000000163', '01950000-0000-7000-8000-000000000084', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772492100000001, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (30, 'globex', '01950000-0000-7000-8000-000000000166', '01950000-0000-7000-8000-000000000127', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772492700000001, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (31, 'acme', '01950000-0000-7000-8000-000000000168', '01950000-0000-7000-8000-000000000071', 'system', '', '', '', 'No reply for 3h. Escalated to management.', 1772499300000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (32, 'acme', '01950000-0000-7000-8000-000000000170', '01950000-0000-7000-8000-000000000084', 'system', '', '', '', 'No reply for 3h. Escalated to management.', 1772499300000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (33, 'globex', '01950000-0000-7000-8000-000000000172', '01950000-0000-7000-8000-000000000127', 'system', '', '', '', 'No reply for 3h. Escalated to management.', 1772499900000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (34, 'acme', '01950000-0000-7000-8000-000000000174', '01950000-0000-7000-8000-000000000071', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772515500000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (35, 'acme', '01950000-0000-7000-8000-000000000176', '01950000-0000-7000-8000-000000000084', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772515500000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (36, 'globex', '01950000-0000-7000-8000-000000000178', '01950000-0000-7000-8000-000000000127', 'system', '', '', '', 'SLA at risk. 30 minutes remaining.', 1772516100000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (37, 'acme', '01950000-0000-7000-8000-000000000181', '01950000-0000-7000-8000-000000000071', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772517300000001, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (38, 'acme', '01950000-0000-7000-8000-000000000184', '01950000-0000-7000-8000-000000000084', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772517300000001, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (39, 'globex', '01950000-0000-7000-8000-000000000187', '01950000-0000-7000-8000-000000000127', 'system', '', '', '', 'SLA BREACHED. Auto-escalated to management.', 1772517900000001, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (40, 'globex', '01950000-0000-7000-8000-000000000192', '01950000-0000-7000-8000-000000000190', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where is my invoice?', 1772535000000000, NULL, NULL, '[{"id":"21b63954072c9045e742ba4842401f7a","name":"a.txt","type":"text/plain","size":1}]');
INSERT INTO helpdesk_messages VALUES (41, 'globex', '01950000-0000-7000-8000-000000000205', '01950000-0000-7000-8000-000000000203', 'customer', 'customer', 'kim@example.com', 'Kim', 'Where', 1772535000000000, NULL, NULL, '[{"id":"804e4c5e7f59118a7222dab76dabe102","name":"message.eml","type":"message/rfc822","size":23}]');
INSERT INTO helpdesk_messages VALUES (42, 'globex', '01950000-0000-7000-8000-000000000209', '01950000-0000-7000-8000-000000000203', 'system', '', '', '', 'The mail could not be read as a whole: its end is missing', 1772535000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (43, 'acme', '01950000-0000-7000-8000-000000000218', '01950000-0000-7000-8000-000000000215', 'customer', 'customer', 'lee@example.com', '', 'The tray is empty.', 1772535000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (44, 'acme', '01950000-0000-7000-8000-000000000220', '01950000-0000-7000-8000-000000000215', 'system', '', '', '', 'Resolved by the desk: Filled the tray.', 1772535000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (45, 'acme', '01950000-0000-7000-8000-000000000228', '01950000-0000-7000-8000-000000000226', 'customer', 'customer', 'lee@example.com', '', 'Since Monday.', 1772535000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (46, 'globex', '01950000-0000-7000-8000-000000000233', '01950000-0000-7000-8000-000000000230', 'customer', 'customer', 'lee@example.com', '', 'The tray is empty.', 1772535000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (47, 'globex', '01950000-0000-7000-8000-000000000235', '01950000-0000-7000-8000-000000000230', 'system', '', '', '', 'Resolved by the desk: Filled the tray.', 1772535000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_messages VALUES (48, 'globex', '01950000-0000-7000-8000-000000000243', '01950000-0000-7000-8000-000000000241', 'customer', 'customer', 'lee@example.com', '', 'Since Monday.', 1772535000000000, NULL, NULL, NULL);
CREATE VIRTUAL TABLE helpdesk_words USING fts5 (words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii');
DELETE FROM helpdesk_words_data;
INSERT INTO helpdesk_words_data VALUES (1, X'308230');
INSERT INTO helpdesk_words_data VALUES (10, X'00000000FF000001020B29000B100101011F0000240101012020000002020101212100000103010122220000010401012323000002050101242400000106010125250000010701012626000001080101272700000109010128280000010A010129290000010000');
INSERT INTO helpdesk_words_data VALUES (137438953473, X'000000480D3038323262333361646175746F25010908627265616368656425010909657363616C617465642501090A6D616E6167656D656E7425010903736C6125010902746F250104100C0D0E07');
INSERT INTO helpdesk_words_data VALUES (274877906945, X'000000420D3035626331613038646175746F2709086272656163686564270909657363616C6174656427090A6D616E6167656D656E74270903736C61270902746F27040F0B0C0D06');
INSERT INTO helpdesk_words_data VALUES (412316860417, X'0000002710303562633161303864696E766F696365280A01732809026D7928090577686572652804120405');
INSERT INTO helpdesk_words_data VALUES (549755813889, X'0000006B0A303562633161303864612A0A01732A090262652A0905636F756C642A0903656E642A0907696E766F696365290A01732A0A0274732A09046D61696C2A0A06697373696E672A09036E6F742A0904726561642A09037468652A09057768657265290B036F6C652A040C040508060A0405070906070608');
INSERT INTO helpdesk_words_data VALUES (687194767361, X'000000330E303832326233336164656D7074792B090269732B09036F75742B090570617065722B09037468652B0A037261792B041005060806');
INSERT INTO helpdesk_words_data VALUES (824633720833, X'000000380B30383232623333616462792C09046465736B2C090666696C6C65642C09087265736F6C7665642C09037468652C0A037261792C040D07090B06');
INSERT INTO helpdesk_words_data VALUES (962072674305, X'0000003011303832326233336164666C69636B6572732D09066D6F6E6461792D090673637265656E2D0A04696E63652D04130909');
INSERT INTO helpdesk_words_data VALUES (1099511627777, X'000000330E303562633161303864656D7074792E090269732E09036F75742E090570617065722E09037468652E0A037261792E041005060806');
INSERT INTO helpdesk_words_data VALUES (1236950581249, X'000000380B30356263316130386462792F09046465736B2F090666696C6C65642F09087265736F6C7665642F09037468652F0A037261792F040D07090B06');
INSERT INTO helpdesk_words_data VALUES (1374389534721, X'0000003011303562633161303864666C69636B6572733009066D6F6E64617930090673637265656E300A04696E63653004130909');
INSERT INTO helpdesk_words_data VALUES (2199023255553, X'000003AA0B303562633161303864323015090233301B090A016821090161140A026C6C170A026E6115030A0173140A01741704090A0375746F1E0905626C61636B130A07726561636865641E0B046F6B656E170A0179150309046361736816010A056C6F73657311090464656164160A016F120A04726F7073110909657363616C617465641806030A0476657279110903666F7221090468617665120A036F75721109026966140A016E180A01731809096B656570616C697665150A02696D14090A6D616E6167656D656E741E030A06696E757465731B0909026E6F210B057468696E67160109036F6E651309067072696E747316010906726561736F6E180B0667697374657216010B076D61696E696E671B090B03706C79210B06736F6C766564150A0369736B1B090A056F75746572120A03756E671404090473617973140A0665636F6E6473150B0174150A026C611B03060A03746570140903746865110202030B026973180A016F1509030A05756E6E656C11090376706E11090477657265140A0468696368120A036F726414040903796F7512010A38323262333361643230050902333009030D0108010A01680B1401090161040C0A026C6C070A026E6105030A0173040C0A01740702030D0108010A0375746F0A030F0109026265100A046C61636B030A07726561636865640A030F010B046F6B656E070A0179050309046361736806010A056C6F736573010A046F756C6410090464656164060A016F020A04726F7073010903656E64100A087363616C61746564080201020F0102010A0476657279010903666F720B1401090468617665020A036F75720109026966040A016E080B05766F6963650E010A01730806020A0274731009096B656570616C697665050A02696D0409046D61696C100B086E6167656D656E740A01020F0102010A06696E7574657309030D0108010B057373696E67100A01790E09026E6F0B14010B0174100C0468696E67060109036F6E650309067072696E74730601090472656164100C03736F6E080B0667697374657206010B076D61696E696E6709030D0108010B03706C790B14010B06736F6C766564050A0369736B09030D0108010A056F75746572020A03756E670404090473617973040A0665636F6E6473050B0174050A026C61090102010C01020105010A0374657004090374686501020203080B026973080A016F050501020F0102010A05756E6E656C01090376706E01090477657265040A04686572650E010B03696368020B036F6C65100A036F726404040903796F7502040D0604040506040606080A070508080704070E070607060504040C050E0A0509060A090A0B060907080707090407060905060806070707060D0A06050506050A0905070D070508080707040706120708070605040906050C0507110E0804070408060A07060A0F08090B08070709040E060A050B08060708060607');
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
INSERT INTO helpdesk_words_idx VALUES (16, X'', 2);
DELETE FROM helpdesk_words_docsize;
INSERT INTO helpdesk_words_docsize VALUES (1, X'07', 1);
INSERT INTO helpdesk_words_docsize VALUES (2, X'05', 2);
INSERT INTO helpdesk_words_docsize VALUES (3, X'03', 3);
INSERT INTO helpdesk_words_docsize VALUES (4, X'09', 4);
INSERT INTO helpdesk_words_docsize VALUES (5, X'09', 5);
INSERT INTO helpdesk_words_docsize VALUES (6, X'05', 6);
INSERT INTO helpdesk_words_docsize VALUES (7, X'07', 7);
INSERT INTO helpdesk_words_docsize VALUES (8, X'0A', 8);
INSERT INTO helpdesk_words_docsize VALUES (9, X'06', 9);
INSERT INTO helpdesk_words_docsize VALUES (10, X'06', 10);
INSERT INTO helpdesk_words_docsize VALUES (11, X'07', 11);
INSERT INTO helpdesk_words_docsize VALUES (12, X'06', 12);
INSERT INTO helpdesk_words_docsize VALUES (13, X'06', 13);
INSERT INTO helpdesk_words_docsize VALUES (14, X'04', 14);
INSERT INTO helpdesk_words_docsize VALUES (15, X'02', 15);
INSERT INTO helpdesk_words_docsize VALUES (16, X'0D', 15);
INSERT INTO helpdesk_words_docsize VALUES (17, X'07', 16);
INSERT INTO helpdesk_words_docsize VALUES (18, X'05', 17);
INSERT INTO helpdesk_words_docsize VALUES (19, X'03', 18);
INSERT INTO helpdesk_words_docsize VALUES (20, X'09', 19);
INSERT INTO helpdesk_words_docsize VALUES (21, X'09', 20);
INSERT INTO helpdesk_words_docsize VALUES (22, X'05', 21);
INSERT INTO helpdesk_words_docsize VALUES (23, X'07', 22);
INSERT INTO helpdesk_words_docsize VALUES (24, X'0A', 23);
INSERT INTO helpdesk_words_docsize VALUES (25, X'06', 24);
INSERT INTO helpdesk_words_docsize VALUES (26, X'06', 24);
INSERT INTO helpdesk_words_docsize VALUES (27, X'06', 25);
INSERT INTO helpdesk_words_docsize VALUES (28, X'06', 26);
INSERT INTO helpdesk_words_docsize VALUES (29, X'06', 26);
INSERT INTO helpdesk_words_docsize VALUES (30, X'06', 27);
INSERT INTO helpdesk_words_docsize VALUES (31, X'07', 28);
INSERT INTO helpdesk_words_docsize VALUES (32, X'07', 28);
INSERT INTO helpdesk_words_docsize VALUES (33, X'07', 29);
INSERT INTO helpdesk_words_docsize VALUES (34, X'06', 30);
INSERT INTO helpdesk_words_docsize VALUES (35, X'06', 30);
INSERT INTO helpdesk_words_docsize VALUES (36, X'06', 31);
INSERT INTO helpdesk_words_docsize VALUES (37, X'06', 32);
INSERT INTO helpdesk_words_docsize VALUES (38, X'06', 32);
INSERT INTO helpdesk_words_docsize VALUES (39, X'06', 33);
INSERT INTO helpdesk_words_docsize VALUES (40, X'04', 34);
INSERT INTO helpdesk_words_docsize VALUES (41, X'02', 35);
INSERT INTO helpdesk_words_docsize VALUES (42, X'0D', 35);
INSERT INTO helpdesk_words_docsize VALUES (43, X'06', 36);
INSERT INTO helpdesk_words_docsize VALUES (44, X'06', 37);
INSERT INTO helpdesk_words_docsize VALUES (45, X'04', 38);
INSERT INTO helpdesk_words_docsize VALUES (46, X'06', 39);
INSERT INTO helpdesk_words_docsize VALUES (47, X'06', 40);
INSERT INTO helpdesk_words_docsize VALUES (48, X'04', 41);
DELETE FROM helpdesk_words_config;
INSERT INTO helpdesk_words_config VALUES ('version', 4);
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
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000013', '31ec96edaa42065cff7936d02b4a731f@acme.example', 'kim@example.com', 'VPN drops', 'sent', '', 'reply', '01950000-0000-7000-8000-000000000001', NULL, 1772442000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000028', 'aa124a01048fdca189be1eb51e71a9fd@acme.example', 'kim@example.com', 'VPN drops', 'sent', '', 'resolved', '01950000-0000-7000-8000-000000000001', NULL, 1772442600000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000075', 'ee7f8535ad5ebc47a9824ef98aa1deee@acme.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000071', NULL, 1772488500000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('acme', 'd760614c-a139-8957-a7f8-8a25d98c1989', 'one@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000071', '01950000-0000-7000-8000-000000000073', 1772488500000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('acme', '29546c3d-bb2e-8b33-8327-f00df3e1145d', 'two@example.com', 'kim@example.com', 'Invoice', 'suppressed', 'Auto-Submitted: auto-replied', '', NULL, NULL, 1772488500000000, '{"ID":"2","MessageID":"two@example.com","InReplyTo":null,"References":null,"From":{"Name":"Kim","Email":"kim@example.com","Tags":null},"ReplyTo":"","Recipients":["support@acme.example"],"Subject":"Invoice","Text":"I am away.","Full":"I am away.","HTML":"","Files":null,"Kind":"automatic","Reason":"Auto-Submitted: auto-replied","Loops":null,"Bounced":null,"Failed":null,"SentAt":"0001-01-01T00:00:00Z","Problem":""}', NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000088', '6b43d0314cc97cd6d89cc5930d34c18b@acme.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000084', NULL, 1772488500000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('acme', '89b7c4ef-f86f-89f6-bfe8-02cc9ffd06bf', 'three@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000084', '01950000-0000-7000-8000-000000000086', 1772488500000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000108', '7082977256ace440cc4fdbb0ef25af5a@globex.example', 'kim@example.com', 'VPN drops', 'sent', '', 'reply', '01950000-0000-7000-8000-000000000096', NULL, 1772488500000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000123', 'bb7db26d929c71637cf8bd43a362a42d@globex.example', 'kim@example.com', 'VPN drops', 'sent', '', 'resolved', '01950000-0000-7000-8000-000000000096', NULL, 1772489100000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000194', '173ec5d183742ffbc533d78f003787f5@globex.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000190', NULL, 1772535000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('globex', 'f72d3296-4313-81e3-bd76-f4b67a460789', 'one@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000190', '01950000-0000-7000-8000-000000000192', 1772535000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('globex', '0de4c9f5-c958-8614-b861-99f44e8f9c2b', 'two@example.com', 'kim@example.com', 'Invoice', 'suppressed', 'Auto-Submitted: auto-replied', '', NULL, NULL, 1772535000000000, '{"ID":"2","MessageID":"two@example.com","InReplyTo":null,"References":null,"From":{"Name":"Kim","Email":"kim@example.com","Tags":null},"ReplyTo":"","Recipients":["support@globex.example"],"Subject":"Invoice","Text":"I am away.","Full":"I am away.","HTML":"","Files":null,"Kind":"automatic","Reason":"Auto-Submitted: auto-replied","Loops":null,"Bounced":null,"Failed":null,"SentAt":"0001-01-01T00:00:00Z","Problem":""}', NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000207', 'b42a1550205c37f28692c7ffd8e9947b@globex.example', 'kim@example.com', '', 'sent', '', 'received', '01950000-0000-7000-8000-000000000203', NULL, 1772535000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('globex', '2db64c13-c8eb-882f-a393-6abd761dd394', 'three@example.com', 'kim@example.com', 'Invoice', 'opened', '', '', '01950000-0000-7000-8000-000000000203', '01950000-0000-7000-8000-000000000205', 1772535000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('acme', '01950000-0000-7000-8000-000000000223', '5fa451eac117d0e1824e290fee63498f@acme.example', 'lee@example.com', 'Paper is out', 'queued', '', 'resolved', '01950000-0000-7000-8000-000000000215', NULL, 1772535000000000, NULL, NULL, NULL);
INSERT INTO helpdesk_mail VALUES ('globex', '01950000-0000-7000-8000-000000000238', '1608fdd4cf19f909f4973faa73b3b69a@globex.example', 'lee@example.com', 'Paper is out', 'queued', '', 'resolved', '01950000-0000-7000-8000-000000000230', NULL, 1772535000000000, NULL, NULL, NULL);
CREATE TABLE helpdesk_blobs (
    tenant_id text NOT NULL,
    id        text NOT NULL,
    part      integer NOT NULL, -- from 0
    last      integer NOT NULL,
    bytes     blob NOT NULL,
    PRIMARY KEY (tenant_id, id, part)
);
INSERT INTO helpdesk_blobs VALUES ('acme', 'e6629d3947cf3dc826cc36214e04b985', 0, 1, X'497420636C6F7365642E');
INSERT INTO helpdesk_blobs VALUES ('acme', '1694ecbf2ff709590ddc2e2c9aa423b7', 0, 1, X'626C61636B');
INSERT INTO helpdesk_blobs VALUES ('acme', 'c29550a4f445b155c4489b6c868b5a62', 0, 1, X'61');
INSERT INTO helpdesk_blobs VALUES ('acme', '600d57ae84d88b5212145412d3106ab4', 0, 1, X'5375626A6563743A2057686572650D0A0D0A5768657265');
INSERT INTO helpdesk_blobs VALUES ('globex', '2a449d11675be90f2e3fda10cf3168a9', 0, 1, X'497420636C6F7365642E');
INSERT INTO helpdesk_blobs VALUES ('globex', '76b6525584fb113d42b8f842e9aa9b68', 0, 1, X'626C61636B');
INSERT INTO helpdesk_blobs VALUES ('globex', '21b63954072c9045e742ba4842401f7a', 0, 1, X'61');
INSERT INTO helpdesk_blobs VALUES ('globex', '804e4c5e7f59118a7222dab76dabe102', 0, 1, X'5375626A6563743A2057686572650D0A0D0A5768657265');
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
INSERT INTO helpdesk_events VALUES (13, 'acme', '01950000-0000-7000-8000-000000000020', '01950000-0000-7000-8000-000000000001', 'status_changed', 'customer', 'kim@example.com', 'Kim', 'waiting_customer', 'in_progress', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (14, 'acme', '01950000-0000-7000-8000-000000000022', '01950000-0000-7000-8000-000000000001', 'noted', 'agent', 'ana@acme.example', 'Ana', '', '01950000-0000-7000-8000-000000000021', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (15, 'acme', '01950000-0000-7000-8000-000000000024', '01950000-0000-7000-8000-000000000001', 'resolved', 'agent', 'ana@acme.example', 'Ana', '', 'Set the keepalive to 20 seconds.', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (16, 'acme', '01950000-0000-7000-8000-000000000025', '01950000-0000-7000-8000-000000000001', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'billing', 'billing', '{"field":"category","confidence":0.9,"resolved":true}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (17, 'acme', '01950000-0000-7000-8000-000000000026', '01950000-0000-7000-8000-000000000001', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'high', 'high', '{"field":"priority","confidence":0.9,"resolved":true}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (18, 'acme', '01950000-0000-7000-8000-000000000027', '01950000-0000-7000-8000-000000000001', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'in_progress', 'resolved', NULL, 1772442600000000, 2);
INSERT INTO helpdesk_events VALUES (19, 'acme', '01950000-0000-7000-8000-000000000029', '01950000-0000-7000-8000-000000000001', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-02T17:10:00Z"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (20, 'acme', '01950000-0000-7000-8000-000000000030', '01950000-0000-7000-8000-000000000001', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'next_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":7200000000000,"due_at":"2026-03-02T11:10:00Z"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (21, 'acme', '01950000-0000-7000-8000-000000000031', '01950000-0000-7000-8000-000000000001', 'rated', 'customer', 'kim@example.com', 'Kim', '', '5', '{"score":5,"comment":"Quick.","at":"2026-03-02T09:10:00Z"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (22, 'acme', '01950000-0000-7000-8000-000000000035', '01950000-0000-7000-8000-000000000032', 'opened', '', '', '', '', 'api', NULL, 1772442600000000, 1);
INSERT INTO helpdesk_events VALUES (23, 'acme', '01950000-0000-7000-8000-000000000036', '01950000-0000-7000-8000-000000000032', 'priority_floor', '', '', '', 'medium', 'urgent', '{"rule":"cash register dead","asked":"medium","final":"urgent"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (24, 'acme', '01950000-0000-7000-8000-000000000037', '01950000-0000-7000-8000-000000000032', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (25, 'acme', '01950000-0000-7000-8000-000000000038', '01950000-0000-7000-8000-000000000032', 'priority_floor', '', '', '', 'high', 'urgent', '{"rule":"cash register dead","asked":"high","final":"urgent"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (26, 'acme', '01950000-0000-7000-8000-000000000039', '01950000-0000-7000-8000-000000000032', 'priority_changed', '', '', '', 'urgent', 'urgent', '{"by":"model"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (27, 'acme', '01950000-0000-7000-8000-000000000040', '01950000-0000-7000-8000-000000000032', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (28, 'acme', '01950000-0000-7000-8000-000000000041', '01950000-0000-7000-8000-000000000032', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (29, 'acme', '01950000-0000-7000-8000-000000000042', '01950000-0000-7000-8000-000000000032', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (30, 'acme', '01950000-0000-7000-8000-000000000046', '01950000-0000-7000-8000-000000000043', 'opened', '', '', '', '', 'api', NULL, 1772442600000000, 1);
INSERT INTO helpdesk_events VALUES (31, 'acme', '01950000-0000-7000-8000-000000000047', '01950000-0000-7000-8000-000000000043', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (32, 'acme', '01950000-0000-7000-8000-000000000048', '01950000-0000-7000-8000-000000000043', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (33, 'acme', '01950000-0000-7000-8000-000000000049', '01950000-0000-7000-8000-000000000043', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (34, 'acme', '01950000-0000-7000-8000-000000000050', '01950000-0000-7000-8000-000000000043', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (35, 'acme', '01950000-0000-7000-8000-000000000051', '01950000-0000-7000-8000-000000000043', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (36, 'acme', '01950000-0000-7000-8000-000000000052', '01950000-0000-7000-8000-000000000043', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000043', '01950000-0000-7000-8000-000000000032', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (37, 'acme', '01950000-0000-7000-8000-000000000054', '01950000-0000-7000-8000-000000000043', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'escalated', 'closed', NULL, 1772442600000000, 4);
INSERT INTO helpdesk_events VALUES (38, 'acme', '01950000-0000-7000-8000-000000000053', '01950000-0000-7000-8000-000000000032', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000043', '01950000-0000-7000-8000-000000000032', NULL, 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (39, 'acme', '01950000-0000-7000-8000-000000000055', '01950000-0000-7000-8000-000000000032', 'escalated', 'agent', 'ana@acme.example', 'Ana', '1', '2', '{"reason":"the word \"rung\": is in this reason"}', 1772442600000000, NULL);
INSERT INTO helpdesk_events VALUES (40, 'acme', '01950000-0000-7000-8000-000000000057', '01950000-0000-7000-8000-000000000032', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T10:10:00Z"}', 1772444400000000, NULL);
INSERT INTO helpdesk_events VALUES (41, 'acme', '01950000-0000-7000-8000-000000000059', '01950000-0000-7000-8000-000000000032', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T10:10:00Z"}', 1772446200000001, NULL);
INSERT INTO helpdesk_events VALUES (42, 'acme', '01950000-0000-7000-8000-000000000060', '01950000-0000-7000-8000-000000000032', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', 1772446200000001, NULL);
INSERT INTO helpdesk_events VALUES (43, 'acme', '01950000-0000-7000-8000-000000000062', '01950000-0000-7000-8000-000000000032', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', 1772453400000000, NULL);
INSERT INTO helpdesk_events VALUES (44, 'acme', '01950000-0000-7000-8000-000000000064', '01950000-0000-7000-8000-000000000032', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-02T17:10:00Z"}', 1772469600000000, NULL);
INSERT INTO helpdesk_events VALUES (45, 'acme', '01950000-0000-7000-8000-000000000066', '01950000-0000-7000-8000-000000000032', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-02T17:10:00Z"}', 1772471400000001, NULL);
INSERT INTO helpdesk_events VALUES (46, 'acme', '01950000-0000-7000-8000-000000000067', '01950000-0000-7000-8000-000000000032', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', 1772471400000001, NULL);
INSERT INTO helpdesk_events VALUES (47, 'acme', '01950000-0000-7000-8000-000000000069', '01950000-0000-7000-8000-000000000032', 'sla_voided', '', '', '', 'first_response', 'the network was down', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T10:10:00Z"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (48, 'acme', '01950000-0000-7000-8000-000000000074', '01950000-0000-7000-8000-000000000071', 'opened', '', '', '', '', 'email', NULL, 1772488500000000, 1);
INSERT INTO helpdesk_events VALUES (49, 'acme', '01950000-0000-7000-8000-000000000076', '01950000-0000-7000-8000-000000000071', 'mail', '', '', '', '', 'opened', '{"mail":"d760614c-a139-8957-a7f8-8a25d98c1989","from":"kim@example.com"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (50, 'acme', '01950000-0000-7000-8000-000000000077', '01950000-0000-7000-8000-000000000071', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (51, 'acme', '01950000-0000-7000-8000-000000000078', '01950000-0000-7000-8000-000000000071', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (52, 'acme', '01950000-0000-7000-8000-000000000079', '01950000-0000-7000-8000-000000000071', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (53, 'acme', '01950000-0000-7000-8000-000000000080', '01950000-0000-7000-8000-000000000071', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (54, 'acme', '01950000-0000-7000-8000-000000000081', '01950000-0000-7000-8000-000000000071', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (55, 'acme', '01950000-0000-7000-8000-000000000087', '01950000-0000-7000-8000-000000000084', 'opened', '', '', '', '', 'email', NULL, 1772488500000000, 1);
INSERT INTO helpdesk_events VALUES (56, 'acme', '01950000-0000-7000-8000-000000000089', '01950000-0000-7000-8000-000000000084', 'mail', '', '', '', '', 'opened', '{"mail":"89b7c4ef-f86f-89f6-bfe8-02cc9ffd06bf","from":"kim@example.com"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (57, 'acme', '01950000-0000-7000-8000-000000000091', '01950000-0000-7000-8000-000000000084', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (58, 'acme', '01950000-0000-7000-8000-000000000092', '01950000-0000-7000-8000-000000000084', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (59, 'acme', '01950000-0000-7000-8000-000000000093', '01950000-0000-7000-8000-000000000084', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (60, 'acme', '01950000-0000-7000-8000-000000000094', '01950000-0000-7000-8000-000000000084', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (61, 'acme', '01950000-0000-7000-8000-000000000095', '01950000-0000-7000-8000-000000000084', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (62, 'globex', '01950000-0000-7000-8000-000000000100', '01950000-0000-7000-8000-000000000096', 'opened', '', '', '', '', 'api', NULL, 1772488500000000, 1);
INSERT INTO helpdesk_events VALUES (63, 'globex', '01950000-0000-7000-8000-000000000101', '01950000-0000-7000-8000-000000000096', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (64, 'globex', '01950000-0000-7000-8000-000000000102', '01950000-0000-7000-8000-000000000096', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (65, 'globex', '01950000-0000-7000-8000-000000000103', '01950000-0000-7000-8000-000000000096', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (66, 'globex', '01950000-0000-7000-8000-000000000104', '01950000-0000-7000-8000-000000000096', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (67, 'globex', '01950000-0000-7000-8000-000000000105', '01950000-0000-7000-8000-000000000096', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (68, 'globex', '01950000-0000-7000-8000-000000000107', '01950000-0000-7000-8000-000000000096', 'replied', 'agent', 'ana@acme.example', 'Ana', '', '01950000-0000-7000-8000-000000000106', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (69, 'globex', '01950000-0000-7000-8000-000000000109', '01950000-0000-7000-8000-000000000096', 'assigned', 'agent', 'ana@acme.example', 'Ana', '', 'ana@acme.example', '{"manual":true,"ranked":[["ana@acme.example",0,10]]}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (70, 'globex', '01950000-0000-7000-8000-000000000110', '01950000-0000-7000-8000-000000000096', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'escalated', 'in_progress', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (71, 'globex', '01950000-0000-7000-8000-000000000111', '01950000-0000-7000-8000-000000000096', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'in_progress', 'waiting_customer', NULL, 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (72, 'globex', '01950000-0000-7000-8000-000000000112', '01950000-0000-7000-8000-000000000096', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', 1772488500000000, NULL);
INSERT INTO helpdesk_events VALUES (73, 'globex', '01950000-0000-7000-8000-000000000114', '01950000-0000-7000-8000-000000000096', 'replied', 'customer', 'kim@example.com', 'Kim', '', '01950000-0000-7000-8000-000000000113', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (74, 'globex', '01950000-0000-7000-8000-000000000115', '01950000-0000-7000-8000-000000000096', 'status_changed', 'customer', 'kim@example.com', 'Kim', 'waiting_customer', 'in_progress', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (75, 'globex', '01950000-0000-7000-8000-000000000117', '01950000-0000-7000-8000-000000000096', 'noted', 'agent', 'ana@acme.example', 'Ana', '', '01950000-0000-7000-8000-000000000116', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (76, 'globex', '01950000-0000-7000-8000-000000000119', '01950000-0000-7000-8000-000000000096', 'resolved', 'agent', 'ana@acme.example', 'Ana', '', 'Set the keepalive to 20 seconds.', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (77, 'globex', '01950000-0000-7000-8000-000000000120', '01950000-0000-7000-8000-000000000096', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'billing', 'billing', '{"field":"category","confidence":0.9,"resolved":true}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (78, 'globex', '01950000-0000-7000-8000-000000000121', '01950000-0000-7000-8000-000000000096', 'triage_feedback', 'agent', 'ana@acme.example', 'Ana', 'high', 'high', '{"field":"priority","confidence":0.9,"resolved":true}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (79, 'globex', '01950000-0000-7000-8000-000000000122', '01950000-0000-7000-8000-000000000096', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'in_progress', 'resolved', NULL, 1772489100000000, 2);
INSERT INTO helpdesk_events VALUES (80, 'globex', '01950000-0000-7000-8000-000000000124', '01950000-0000-7000-8000-000000000096', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T06:05:00Z"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (81, 'globex', '01950000-0000-7000-8000-000000000125', '01950000-0000-7000-8000-000000000096', 'sla_met', 'agent', 'ana@acme.example', 'Ana', 'next_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":7200000000000,"due_at":"2026-03-03T00:05:00Z"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (82, 'globex', '01950000-0000-7000-8000-000000000126', '01950000-0000-7000-8000-000000000096', 'rated', 'customer', 'kim@example.com', 'Kim', '', '5', '{"score":5,"comment":"Quick.","at":"2026-03-02T22:05:00Z"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (83, 'globex', '01950000-0000-7000-8000-000000000130', '01950000-0000-7000-8000-000000000127', 'opened', '', '', '', '', 'api', NULL, 1772489100000000, 1);
INSERT INTO helpdesk_events VALUES (84, 'globex', '01950000-0000-7000-8000-000000000131', '01950000-0000-7000-8000-000000000127', 'priority_floor', '', '', '', 'medium', 'urgent', '{"rule":"cash register dead","asked":"medium","final":"urgent"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (85, 'globex', '01950000-0000-7000-8000-000000000132', '01950000-0000-7000-8000-000000000127', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (86, 'globex', '01950000-0000-7000-8000-000000000133', '01950000-0000-7000-8000-000000000127', 'priority_floor', '', '', '', 'high', 'urgent', '{"rule":"cash register dead","asked":"high","final":"urgent"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (87, 'globex', '01950000-0000-7000-8000-000000000134', '01950000-0000-7000-8000-000000000127', 'priority_changed', '', '', '', 'urgent', 'urgent', '{"by":"model"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (88, 'globex', '01950000-0000-7000-8000-000000000135', '01950000-0000-7000-8000-000000000127', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (89, 'globex', '01950000-0000-7000-8000-000000000136', '01950000-0000-7000-8000-000000000127', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (90, 'globex', '01950000-0000-7000-8000-000000000137', '01950000-0000-7000-8000-000000000127', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (91, 'globex', '01950000-0000-7000-8000-000000000141', '01950000-0000-7000-8000-000000000138', 'opened', '', '', '', '', 'api', NULL, 1772489100000000, 1);
INSERT INTO helpdesk_events VALUES (92, 'globex', '01950000-0000-7000-8000-000000000142', '01950000-0000-7000-8000-000000000138', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (93, 'globex', '01950000-0000-7000-8000-000000000143', '01950000-0000-7000-8000-000000000138', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (94, 'globex', '01950000-0000-7000-8000-000000000144', '01950000-0000-7000-8000-000000000138', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (95, 'globex', '01950000-0000-7000-8000-000000000145', '01950000-0000-7000-8000-000000000138', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (96, 'globex', '01950000-0000-7000-8000-000000000146', '01950000-0000-7000-8000-000000000138', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (97, 'globex', '01950000-0000-7000-8000-000000000147', '01950000-0000-7000-8000-000000000138', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000138', '01950000-0000-7000-8000-000000000127', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (98, 'globex', '01950000-0000-7000-8000-000000000149', '01950000-0000-7000-8000-000000000138', 'status_changed', 'agent', 'ana@acme.example', 'Ana', 'escalated', 'closed', NULL, 1772489100000000, 4);
INSERT INTO helpdesk_events VALUES (99, 'globex', '01950000-0000-7000-8000-000000000148', '01950000-0000-7000-8000-000000000127', 'merged', 'agent', 'ana@acme.example', 'Ana', '01950000-0000-7000-8000-000000000138', '01950000-0000-7000-8000-000000000127', NULL, 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (100, 'globex', '01950000-0000-7000-8000-000000000150', '01950000-0000-7000-8000-000000000127', 'escalated', 'agent', 'ana@acme.example', 'Ana', '1', '2', '{"reason":"the word \"rung\": is in this reason"}', 1772489100000000, NULL);
INSERT INTO helpdesk_events VALUES (101, 'acme', '01950000-0000-7000-8000-000000000152', '01950000-0000-7000-8000-000000000071', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', 1772490300000000, NULL);
INSERT INTO helpdesk_events VALUES (102, 'acme', '01950000-0000-7000-8000-000000000154', '01950000-0000-7000-8000-000000000084', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', 1772490300000000, NULL);
INSERT INTO helpdesk_events VALUES (103, 'globex', '01950000-0000-7000-8000-000000000156', '01950000-0000-7000-8000-000000000127', 'sla_at_risk', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":3600000000000,"due_at":"2026-03-02T23:05:00Z"}', 1772490900000000, NULL);
INSERT INTO helpdesk_events VALUES (104, 'acme', '01950000-0000-7000-8000-000000000158', '01950000-0000-7000-8000-000000000071', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', 1772492100000001, NULL);
INSERT INTO helpdesk_events VALUES (105, 'acme', '01950000-0000-7000-8000-000000000159', '01950000-0000-7000-8000-000000000071', 'escalated', '', '', '', '1', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', 1772492100000001, NULL);
INSERT INTO helpdesk_events VALUES (106, 'acme', '01950000-0000-7000-8000-000000000161', '01950000-0000-7000-8000-000000000084', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T22:55:00Z"}', 1772492100000001, NULL);
INSERT INTO helpdesk_events VALUES (107, 'acme', '01950000-0000-7000-8000-000000000162', '01950000-0000-7000-8000-000000000084', 'escalated', '', '', '', '1', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', 1772492100000001, NULL);
INSERT INTO helpdesk_events VALUES (108, 'globex', '01950000-0000-7000-8000-000000000164', '01950000-0000-7000-8000-000000000127', 'sla_breached', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T23:05:00Z"}', 1772492700000001, NULL);
INSERT INTO helpdesk_events VALUES (109, 'globex', '01950000-0000-7000-8000-000000000165', '01950000-0000-7000-8000-000000000127', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: first_response","metric":"first_response","instance":1,"step":"breached"}', 1772492700000001, NULL);
INSERT INTO helpdesk_events VALUES (110, 'acme', '01950000-0000-7000-8000-000000000167', '01950000-0000-7000-8000-000000000071', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', 1772499300000000, NULL);
INSERT INTO helpdesk_events VALUES (111, 'acme', '01950000-0000-7000-8000-000000000169', '01950000-0000-7000-8000-000000000084', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', 1772499300000000, NULL);
INSERT INTO helpdesk_events VALUES (112, 'globex', '01950000-0000-7000-8000-000000000171', '01950000-0000-7000-8000-000000000127', 'escalated', '', '', '', '2', '2', '{"reason":"no reply","metric":"first_response","instance":1,"step":"unanswered"}', 1772499900000000, NULL);
INSERT INTO helpdesk_events VALUES (113, 'acme', '01950000-0000-7000-8000-000000000173', '01950000-0000-7000-8000-000000000071', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', 1772515500000000, NULL);
INSERT INTO helpdesk_events VALUES (114, 'acme', '01950000-0000-7000-8000-000000000175', '01950000-0000-7000-8000-000000000084', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', 1772515500000000, NULL);
INSERT INTO helpdesk_events VALUES (115, 'globex', '01950000-0000-7000-8000-000000000177', '01950000-0000-7000-8000-000000000127', 'sla_at_risk', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"step":"at_risk","target_ns":28800000000000,"due_at":"2026-03-03T06:05:00Z"}', 1772516100000000, NULL);
INSERT INTO helpdesk_events VALUES (116, 'acme', '01950000-0000-7000-8000-000000000179', '01950000-0000-7000-8000-000000000071', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', 1772517300000001, NULL);
INSERT INTO helpdesk_events VALUES (117, 'acme', '01950000-0000-7000-8000-000000000180', '01950000-0000-7000-8000-000000000071', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', 1772517300000001, NULL);
INSERT INTO helpdesk_events VALUES (118, 'acme', '01950000-0000-7000-8000-000000000182', '01950000-0000-7000-8000-000000000084', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T05:55:00Z"}', 1772517300000001, NULL);
INSERT INTO helpdesk_events VALUES (119, 'acme', '01950000-0000-7000-8000-000000000183', '01950000-0000-7000-8000-000000000084', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', 1772517300000001, NULL);
INSERT INTO helpdesk_events VALUES (120, 'globex', '01950000-0000-7000-8000-000000000185', '01950000-0000-7000-8000-000000000127', 'sla_breached', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T06:05:00Z"}', 1772517900000001, NULL);
INSERT INTO helpdesk_events VALUES (121, 'globex', '01950000-0000-7000-8000-000000000186', '01950000-0000-7000-8000-000000000127', 'escalated', '', '', '', '2', '2', '{"reason":"SLA breached: resolution","metric":"resolution","instance":1,"step":"breached"}', 1772517900000001, NULL);
INSERT INTO helpdesk_events VALUES (122, 'globex', '01950000-0000-7000-8000-000000000188', '01950000-0000-7000-8000-000000000127', 'sla_voided', '', '', '', 'first_response', 'the network was down', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-02T23:05:00Z"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (123, 'globex', '01950000-0000-7000-8000-000000000193', '01950000-0000-7000-8000-000000000190', 'opened', '', '', '', '', 'email', NULL, 1772535000000000, 1);
INSERT INTO helpdesk_events VALUES (124, 'globex', '01950000-0000-7000-8000-000000000195', '01950000-0000-7000-8000-000000000190', 'mail', '', '', '', '', 'opened', '{"mail":"f72d3296-4313-81e3-bd76-f4b67a460789","from":"kim@example.com"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (125, 'globex', '01950000-0000-7000-8000-000000000196', '01950000-0000-7000-8000-000000000190', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (126, 'globex', '01950000-0000-7000-8000-000000000197', '01950000-0000-7000-8000-000000000190', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (127, 'globex', '01950000-0000-7000-8000-000000000198', '01950000-0000-7000-8000-000000000190', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (128, 'globex', '01950000-0000-7000-8000-000000000199', '01950000-0000-7000-8000-000000000190', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (129, 'globex', '01950000-0000-7000-8000-000000000200', '01950000-0000-7000-8000-000000000190', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (130, 'globex', '01950000-0000-7000-8000-000000000206', '01950000-0000-7000-8000-000000000203', 'opened', '', '', '', '', 'email', NULL, 1772535000000000, 1);
INSERT INTO helpdesk_events VALUES (131, 'globex', '01950000-0000-7000-8000-000000000208', '01950000-0000-7000-8000-000000000203', 'mail', '', '', '', '', 'opened', '{"mail":"2db64c13-c8eb-882f-a393-6abd761dd394","from":"kim@example.com"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (132, 'globex', '01950000-0000-7000-8000-000000000210', '01950000-0000-7000-8000-000000000203', 'category_changed', '', '', '', '', 'billing', '{"by":"model"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (133, 'globex', '01950000-0000-7000-8000-000000000211', '01950000-0000-7000-8000-000000000203', 'priority_changed', '', '', '', 'medium', 'high', '{"by":"model"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (134, 'globex', '01950000-0000-7000-8000-000000000212', '01950000-0000-7000-8000-000000000203', 'triaged', '', '', '', '', 'billing', '{"category":"billing","priority":"high","confidence":0.9,"applied":true,"latency_ns":0}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (135, 'globex', '01950000-0000-7000-8000-000000000213', '01950000-0000-7000-8000-000000000203', 'escalated', '', '', '', '0', '1', '{"reason":"no agent is free","excluded":[["lacks billing",["ana@acme.example"]]]}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (136, 'globex', '01950000-0000-7000-8000-000000000214', '01950000-0000-7000-8000-000000000203', 'status_changed', '', '', '', 'new', 'escalated', NULL, 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (138, 'acme', '01950000-0000-7000-8000-000000000219', '01950000-0000-7000-8000-000000000215', 'opened', '', '', '', '', 'api', NULL, 1772535000000000, 1);
INSERT INTO helpdesk_events VALUES (139, 'acme', '01950000-0000-7000-8000-000000000221', '01950000-0000-7000-8000-000000000215', 'resolved', '', '', '', '', 'Filled the tray.', NULL, 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (140, 'acme', '01950000-0000-7000-8000-000000000222', '01950000-0000-7000-8000-000000000215', 'status_changed', '', '', '', 'new', 'resolved', NULL, 1772535000000000, 2);
INSERT INTO helpdesk_events VALUES (141, 'acme', '01950000-0000-7000-8000-000000000224', '01950000-0000-7000-8000-000000000215', 'sla_met', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-03T11:50:00Z"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (142, 'acme', '01950000-0000-7000-8000-000000000225', '01950000-0000-7000-8000-000000000215', 'sla_met', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T18:50:00Z"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (143, 'acme', '01950000-0000-7000-8000-000000000229', '01950000-0000-7000-8000-000000000226', 'opened', '', '', '', '', 'api', NULL, 1772535000000000, 1);
INSERT INTO helpdesk_events VALUES (145, 'globex', '01950000-0000-7000-8000-000000000234', '01950000-0000-7000-8000-000000000230', 'opened', '', '', '', '', 'api', NULL, 1772535000000000, 1);
INSERT INTO helpdesk_events VALUES (146, 'globex', '01950000-0000-7000-8000-000000000236', '01950000-0000-7000-8000-000000000230', 'resolved', '', '', '', '', 'Filled the tray.', NULL, 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (147, 'globex', '01950000-0000-7000-8000-000000000237', '01950000-0000-7000-8000-000000000230', 'status_changed', '', '', '', 'new', 'resolved', NULL, 1772535000000000, 2);
INSERT INTO helpdesk_events VALUES (148, 'globex', '01950000-0000-7000-8000-000000000239', '01950000-0000-7000-8000-000000000230', 'sla_met', '', '', '', 'first_response', '', '{"instance":1,"policy":"all","version":1,"target_ns":3600000000000,"due_at":"2026-03-03T11:50:00Z"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (149, 'globex', '01950000-0000-7000-8000-000000000240', '01950000-0000-7000-8000-000000000230', 'sla_met', '', '', '', 'resolution', '', '{"instance":1,"policy":"all","version":1,"target_ns":28800000000000,"due_at":"2026-03-03T18:50:00Z"}', 1772535000000000, NULL);
INSERT INTO helpdesk_events VALUES (150, 'globex', '01950000-0000-7000-8000-000000000244', '01950000-0000-7000-8000-000000000241', 'opened', '', '', '', '', 'api', NULL, 1772535000000000, 1);
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
INSERT INTO helpdesk_settings VALUES ('acme', 'sla', 'book', 1, '{"policies":[{"name":"all","first_response":"1h","next_response":"2h","resolution":"8h","escalate_after":"3h","steps":[{"name":"at_risk","before":"30m","level":1},{"name":"breached","level":2}]}]}', 0, '', '', '', 1772442000000000);
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
INSERT INTO helpdesk_settings VALUES ('globex', 'sla', 'book', 1, '{"policies":[{"name":"all","first_response":"1h","next_response":"2h","resolution":"8h","escalate_after":"3h","steps":[{"name":"at_risk","before":"30m","level":1},{"name":"breached","level":2}]}]}', 0, '', '', '', 1772488500000000);
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
INSERT INTO helpdesk_once VALUES ('acme', 'ack', '5dce0299-89de-85ed-8380-e158e050b81a', '01950000-0000-7000-8000-000000000071');
INSERT INTO helpdesk_once VALUES ('acme', 'ack', 'bc774caf-73b7-8b37-bf08-6de36f1955a2', '01950000-0000-7000-8000-000000000084');
INSERT INTO helpdesk_once VALUES ('acme', 'lift', '5e0b1912-ea2e-8c29-a893-72e1b30adacc/0', '01950000-0000-7000-8000-000000000032');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '1e662bf2-6062-8025-ad29-bf78ce24d1ea', '01950000-0000-7000-8000-000000000071');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '213d185b-fe1b-8ace-9458-9432b9d0e268', NULL);
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '33f50634-2995-8aad-8cba-ae3cc206c636', '01950000-0000-7000-8000-000000000084');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '4a7b0d66-f7fd-8290-a9af-e902c1e8776c', NULL);
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '731de1fe-5263-83f3-a978-e362e4b8f628', '01950000-0000-7000-8000-000000000084');
INSERT INTO helpdesk_once VALUES ('acme', 'mail', '86e1b5d0-cd65-8768-9ee2-85f08a12933f', '01950000-0000-7000-8000-000000000071');
INSERT INTO helpdesk_once VALUES ('acme', 'open:', '4b1477ed-156f-85f2-82da-f9a9889cd0ff', '01950000-0000-7000-8000-000000000043');
INSERT INTO helpdesk_once VALUES ('acme', 'open:', '907c2af4-6822-8942-8342-8a810938a636', '01950000-0000-7000-8000-000000000032');
INSERT INTO helpdesk_once VALUES ('acme', 'open:', '9336ac14-0bf0-8956-8dc4-21193340598a', '01950000-0000-7000-8000-000000000001');
INSERT INTO helpdesk_once VALUES ('globex', 'ack', '95de032c-c18b-86aa-aead-4d4d925b43ce', '01950000-0000-7000-8000-000000000190');
INSERT INTO helpdesk_once VALUES ('globex', 'ack', 'aafe7008-c8c2-8a41-8525-c3e79800857b', '01950000-0000-7000-8000-000000000203');
INSERT INTO helpdesk_once VALUES ('globex', 'lift', '6ac1bc99-bced-81c0-ac33-72699a640045/0', '01950000-0000-7000-8000-000000000127');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '1e662bf2-6062-8025-ad29-bf78ce24d1ea', '01950000-0000-7000-8000-000000000190');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '213d185b-fe1b-8ace-9458-9432b9d0e268', NULL);
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '33f50634-2995-8aad-8cba-ae3cc206c636', '01950000-0000-7000-8000-000000000203');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '4a7b0d66-f7fd-8290-a9af-e902c1e8776c', NULL);
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '731de1fe-5263-83f3-a978-e362e4b8f628', '01950000-0000-7000-8000-000000000203');
INSERT INTO helpdesk_once VALUES ('globex', 'mail', '86e1b5d0-cd65-8768-9ee2-85f08a12933f', '01950000-0000-7000-8000-000000000190');
INSERT INTO helpdesk_once VALUES ('globex', 'open:', '4b1477ed-156f-85f2-82da-f9a9889cd0ff', '01950000-0000-7000-8000-000000000138');
INSERT INTO helpdesk_once VALUES ('globex', 'open:', '907c2af4-6822-8942-8342-8a810938a636', '01950000-0000-7000-8000-000000000127');
INSERT INTO helpdesk_once VALUES ('globex', 'open:', '9336ac14-0bf0-8956-8dc4-21193340598a', '01950000-0000-7000-8000-000000000096');
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
INSERT INTO helpdesk_memory VALUES ('globex', '01950000-0000-7000-8000-000000000096', 1772489100000000, 1, X'0B000000651C94120156CB3C2603CAFC772D03C7D4D234018388CB3E01645E8268015690028D01');
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
INSERT INTO helpdesk_memory_vectors VALUES ('globex', '01950000-0000-7000-8000-000000000096', 'two', 1772489100000000, X'0000803F00001C42');
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
INSERT INTO helpdesk_tasks VALUES ('acme', 'close', '01950000-0000-7000-8000-000000000001', '01950000-0000-7000-8000-000000000001', 1772788200000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'close', '01950000-0000-7000-8000-000000000215', '01950000-0000-7000-8000-000000000215', 1772880600000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'deadline', '01950000-0000-7000-8000-000000000226', '01950000-0000-7000-8000-000000000226', 1772536800000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'index_solved', '01950000-0000-7000-8000-000000000215', '01950000-0000-7000-8000-000000000215', 1772535000000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'notify', '01950000-0000-7000-8000-000000000220', '01950000-0000-7000-8000-000000000215', 1772535000000000, '{"kind":"resolved","audience":"customer","text":"Filled the tray.","at":"2026-03-03T10:50:00Z","mail":"01950000-0000-7000-8000-000000000223","message_id":"5fa451eac117d0e1824e290fee63498f@acme.example"}', 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'notify', 'x', NULL, 1772535000000000, NULL, 1, 'the mail server says no', 1, 133, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'repair', '2026-03-03T11:00:00Z', NULL, 1772536015000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'triage', '01950000-0000-7000-8000-000000000215', '01950000-0000-7000-8000-000000000215', 1772535000000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('acme', 'triage', '01950000-0000-7000-8000-000000000226', '01950000-0000-7000-8000-000000000226', 1772535000000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'agent', 'ana@acme.example', NULL, 1775131500000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'apply_sla', 'book', NULL, 1772535000000000, '{"by":{"Role":"","ID":"","Name":""},"done":0}', 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'close', '01950000-0000-7000-8000-000000000096', '01950000-0000-7000-8000-000000000096', 1772834700000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'close', '01950000-0000-7000-8000-000000000230', '01950000-0000-7000-8000-000000000230', 1772880600000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'deadline', '01950000-0000-7000-8000-000000000190', '01950000-0000-7000-8000-000000000190', 1772536800000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'deadline', '01950000-0000-7000-8000-000000000203', '01950000-0000-7000-8000-000000000203', 1772536800000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'deadline', '01950000-0000-7000-8000-000000000241', '01950000-0000-7000-8000-000000000241', 1772536800000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'index_solved', '01950000-0000-7000-8000-000000000230', '01950000-0000-7000-8000-000000000230', 1772535000000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'notify', '01950000-0000-7000-8000-000000000235', '01950000-0000-7000-8000-000000000230', 1772535000000000, '{"kind":"resolved","audience":"customer","text":"Filled the tray.","at":"2026-03-03T10:50:00Z","mail":"01950000-0000-7000-8000-000000000238","message_id":"1608fdd4cf19f909f4973faa73b3b69a@globex.example"}', 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'repair', '2026-03-03T11:00:00Z', NULL, 1772537422000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'triage', '01950000-0000-7000-8000-000000000230', '01950000-0000-7000-8000-000000000230', 1772535000000000, NULL, 0, '', 0, 0, NULL);
INSERT INTO helpdesk_tasks VALUES ('globex', 'triage', '01950000-0000-7000-8000-000000000241', '01950000-0000-7000-8000-000000000241', 1772535000000000, NULL, 0, '', 0, 0, NULL);
CREATE TABLE helpdesk_counters (
    name  text PRIMARY KEY,
    value integer NOT NULL
) WITHOUT ROWID;
INSERT INTO helpdesk_counters VALUES ('lease_token', 133);
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
INSERT INTO helpdesk_sentences VALUES ('globex', 1425499519590327959, 3111711638400672007, '01950000-0000-7000-8000-000000000096');
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
INSERT INTO helpdesk_customers VALUES ('globex', '01950000-0000-7000-8000-000000000098', 1, NULL, 'Kim', 'kim', ' kim example com', NULL, 0, '[]', '', 'en', '', NULL, 1772488500000000, 1772488500000000);
INSERT INTO helpdesk_customers VALUES ('acme', '01950000-0000-7000-8000-000000000217', 1, NULL, '', 'lee@example.com', ' lee example com', NULL, 0, '[]', '', 'en', '', NULL, 1772535000000000, 1772535000000000);
INSERT INTO helpdesk_customers VALUES ('globex', '01950000-0000-7000-8000-000000000232', 1, NULL, '', 'lee@example.com', ' lee example com', NULL, 0, '[]', '', 'en', '', NULL, 1772535000000000, 1772535000000000);
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
INSERT INTO helpdesk_customer_addresses VALUES ('globex', 'email', 'kim@example.com', '01950000-0000-7000-8000-000000000098', 1, 0);
INSERT INTO helpdesk_customer_addresses VALUES ('acme', 'email', 'lee@example.com', '01950000-0000-7000-8000-000000000217', 1, 0);
INSERT INTO helpdesk_customer_addresses VALUES ('globex', 'email', 'lee@example.com', '01950000-0000-7000-8000-000000000232', 1, 0);
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
