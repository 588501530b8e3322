-- Settings, tasks and events are stored under words. This gives some of them the names that the
-- program uses now: floors are priority rules, wording is mail templates, repin is apply the
-- current SLA, remember is index a solved ticket, and a rung of a ladder is an escalation step that
-- notifies people rather than tells them.
--
-- What it costs: settings and tasks are small tables, read once. The events are read once from end
-- to end, for which there is no index; rows are written for those alone that tell of an escalation
-- step. Nothing else changes, and the down loses nothing.
UPDATE helpdesk_settings
SET kind = CASE kind WHEN 'floors' THEN 'priority_rules' ELSE 'mail_templates' END
WHERE kind IN ('floors', 'wording');

UPDATE helpdesk_tasks
SET kind = CASE kind WHEN 'repin' THEN 'apply_sla' ELSE 'index_solved' END
WHERE kind IN ('repin', 'remember');

-- Inside of a JSON string each quote has a backslash before it, so this is a key.
UPDATE helpdesk_events
SET data = replace(data, '"rung":', '"step":')
WHERE type IN ('escalated', 'sla_at_risk') AND instr(data, '"rung":');

-- The escalation steps of an SLA document and whom each notifies.
UPDATE helpdesk_settings
SET value = replace(replace(value, '"ladder":', '"steps":'), '"tell":', '"notify":')
WHERE kind = 'sla';

INSERT INTO helpdesk_migrations (version) VALUES (2);
