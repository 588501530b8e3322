UPDATE helpdesk_settings
SET kind = CASE kind WHEN 'priority_rules' THEN 'floors' ELSE 'wording' END
WHERE kind IN ('priority_rules', 'mail_templates');

UPDATE helpdesk_tasks
SET kind = CASE kind WHEN 'apply_sla' THEN 'repin' ELSE 'remember' END
WHERE kind IN ('apply_sla', 'index_solved');

UPDATE helpdesk_events
SET data = replace(data::text, '"step":', '"rung":')::json
WHERE type IN ('escalated', 'sla_at_risk') AND data::text LIKE '%"step":%';

-- The escalation steps of an SLA document and whom each notifies.
UPDATE helpdesk_settings
SET value = (replace(replace(value::text, '"steps":', '"ladder":'), '"notify":', '"tell":'))::json
WHERE kind = 'sla';

DELETE FROM helpdesk_migrations WHERE version = 2;
