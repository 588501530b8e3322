UPDATE helpdesk_settings
SET kind = CASE kind WHEN 'priority_rules' THEN 'floors' ELSE 'wording' END
WHERE kind IN ('priority_rules', 'mail_templates');

UPDATE helpdesk_tasks
SET kind = CASE kind WHEN 'apply_sla' THEN 'repin' ELSE 'remember' END
WHERE kind IN ('apply_sla', 'index_solved');

UPDATE helpdesk_events
SET data = replace(data, '"step":', '"rung":')
WHERE type IN ('escalated', 'sla_at_risk') AND instr(data, '"step":');

-- The escalation steps of an SLA document and whom each notifies.
UPDATE helpdesk_settings
SET value = replace(replace(value, '"steps":', '"ladder":'), '"notify":', '"tell":')
WHERE kind = 'sla';

DELETE FROM helpdesk_migrations WHERE version = 2;
