-- Settings, tasks and events are stored under words. This gives some of them the names that the
-- program uses now: floors are priority rules, wording is mail templates, repin is apply the
-- current SLA, remember is index a solved ticket, and a rung of a ladder is an escalation step that
-- notifies people rather than tells them.
--
-- What it costs: settings and tasks are small tables, read once. The events are read once from end
-- to end, for which there is no index; rows are written for those alone that tell of an escalation
-- step. A million events with 80,000 of these took 26 s on two busy cores. Readers and writers of
-- other rows go on meanwhile. Nothing else changes, and the down loses nothing.
UPDATE helpdesk_settings
SET kind = CASE kind WHEN 'floors' THEN 'priority_rules' ELSE 'mail_templates' END
WHERE kind IN ('floors', 'wording');

UPDATE helpdesk_tasks
SET kind = CASE kind WHEN 'repin' THEN 'apply_sla' ELSE 'index_solved' END
WHERE kind IN ('repin', 'remember');

-- As a text, because a function of json could refuse a text that the column holds, such as one with
-- \u0000 in it. Inside of a JSON string each quote has a backslash before it, so this is a key.
UPDATE helpdesk_events
SET data = replace(data::text, '"rung":', '"step":')::json
WHERE type IN ('escalated', 'sla_at_risk') AND data::text LIKE '%"rung":%';

-- The escalation steps of an SLA document and whom each notifies.
UPDATE helpdesk_settings
SET value = (replace(replace(value::text, '"ladder":', '"steps":'), '"tell":', '"notify":'))::json
WHERE kind = 'sla';

INSERT INTO helpdesk_migrations (version) VALUES (2);
