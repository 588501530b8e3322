package httpapi

import (
	"fmt"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// The examples in the OpenAPI document are made from the schemas, so that both always agree. Each
// property has the sample of its schema and name, else that of its name, else the first value that
// its schema allows. A text without a sample is an error. A test sends the examples of bodies to a
// desk.

const (
	sampleID   = "01a20f2b-7c1e-7a41-9d0a-5b7f6f0c9e11"
	sampleRef  = "7Q2M-X4KD"
	sampleTime = "2026-03-02T09:00:00Z"
	ana        = "ana@example.com"
)

// samples are values by name of property, or by schema and name.
var samples = map[string]any{
	"id": sampleID, "ref": sampleRef, "ticket_id": sampleID, "merged_into": nil, "response_sources": []any{sampleID}, "message_id_in_thread": sampleID,
	"subject": "Refund for order 17", "description": "I was charged twice on my invoice.", "text": "I was charged twice on my invoice.",
	"body": "We have paid it back.", "full": "We have paid it back.\n\n> I was charged twice.", "html": "<p>We have paid it back.</p>",
	"customer_email": "carol@customer.example", "customer_name": "Carol", "email": "carol@customer.example", "address": "carol@customer.example",
	"agent": ana, "agent_email": ana, "assigned_to": ana, "saved_by": "Ana", "name": "Ana",
	"category": "billing", "priority": "high", "status": "assigned", "source": "web_form", "role": "agent", "kind": "agent", "tags": []any{"refund"},
	"resolution": "Paid back.", "resolution_note": "Paid back.", "note": "Paid back.", "reason": "It concerns many customers.", "comment": "Quick and kind.",
	"why": "has the fewest tickets", "brings": "billing 4", "error": "550 no such user", "key": sampleID, "into": sampleRef, "onto": sampleRef,
	"ai_suggested_response": "We are sorry. The second payment will be back within a week.", "classifier": "starter", "response_by": "recurring sentences", "response_sureness": "high", "response_language": "de", "answer": "billing", "right": "account",
	"calendar": "office", "policy": "high", "zone": "Europe/Paris", "weekday": "Monday", "query": "view=late&tag=refund", "notice": "resolved",
	"next_cursor": nil, "message_id": "<17@mail.customer.example>", "content": "JVBERi0xLjQ=", "type": "application/pdf", "skills": map[string]any{"billing": 4},
	"words": []any{"refund"}, "from": "assigned", "to": "in_progress", "data": map[string]any{}, "value": nil, "cause": "retarget", "metric": "first_response",
	"NewLink.ticket": sampleRef, "NewLink.kind": "caused_by", "TicketLink.kind": "caused_by",
	"SplitOff.messages": []any{sampleID}, "RetryAllInputBody.kinds": []any{"notify"}, "contains": "mail.example",
	"score": 5, "teams": []any{"money"}, "categories": []any{"billing"}, "managers": []any{ana}, "agents": []any{ana}, "declined": []any{}, "capacity": 10,

	"Agent.id": ana, "Agent.email": ana, "AgentProfile.email": ana, "AgentReport.agents": nil, "AgentsOutputBody.agents": nil,
	"Absence.to": "2026-03-16T09:00:00Z", "Overview.to": "2026-04-01T09:00:00Z", "AgentReport.to": "2026-04-01T09:00:00Z", "Triage.to": "2026-04-01T09:00:00Z",
	"SeriesPoint.to": "2026-03-03T09:00:00Z", "Step.to": "2026-03-02T10:00:00Z", "due_at": "2026-03-02T10:00:00Z", "sla_deadline": "2026-03-02T10:00:00Z",
	"Absence.reason": "Holidays", "Attachment.name": "invoice.pdf", "NewFile.name": "invoice.pdf", "BulkResult.id": sampleRef, "BulkTicket.id": sampleRef,
	"CategoriesOutputBody.categories": nil, "CategoryInfo.name": "billing", "CategoryInfo.description": "Invoices, payments, refunds.",
	"SearchOperator.name": "status", "SearchOperator.description": "a status, or open for all open ones", "SearchOperator.values": []any{"open"}, "ExcerptPart.text": "invoice",
	"TeamsOutputBody.teams": nil, "Team.id": "money", "Team.name": "Money", "TeamInputBody.name": "Money",
	"reply_to": nil, "Message.reply_to": "", "host_id": "4711", "channel": "email", "addresses": nil, "CustomerAddress.value": "carol@customer.example", "domains": []any{"customer.example"},
	"customer_id": sampleID, "Ticket.organisation": nil, "Thread.organisation": nil,
	"organisation": "", "Customer.name": "Carol", "NewCustomer.name": "Carol", "NewCustomer.id": nil, "Customer.merged_into": "", "Customer.organisation": sampleID, "Customer.tags": []any{"vip"},
	"NewCustomer.organisation": nil, "Customer.language": "en", "Organisation.name": "Customer Ltd.", "OrganisationInputBody.name": "Customer Ltd.", "OrganisationInputBody.id": nil,
	"Customer.note": "Likes tea.", "NewCustomer.note": nil, "Organisation.note": "Likes tea.", "OrganisationInputBody.note": nil, "MergeCustomerInputBody.into": sampleID,
	"CustomersOutputBody.customers": nil, "OrganisationsOutputBody.organisations": nil,
	"Macro.id": "sorry", "Macro.name": "Sorry", "Macro.body": "Hello {{customer}}, we are sorry. {{agent}}",
	"NewMacro.name": "Sorry", "NewMacro.body": "Hello {{customer}}, we are sorry. {{agent}}", "FillOutputBody.text": "Hello Carol, we are sorry. Ana",
	"Webhook.id": "crm", "Webhook.name": "CRM", "NewWebhook.name": "CRM", "url": "https://crm.acme.example/helpdesk", "kinds": []any{"assigned", "breached"},
	"gone_at": nil, "secrets": []any{"whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="},
	"Notice.kind": "mentioned", "Notice.by": ana, "notices": nil, "NoticeWays.notices": map[string]any{"followed": "page"}, "ReadNoticesInputBody.ticket": sampleRef,
	"View.name": "Late refunds", "Person.id": ana, "Event.type": "status_changed", "StepTime.name": "at risk", "CalibrationBin.from": 0.5, "CalibrationBin.to": 0.6,
	"Mail.kind": "held", "Mail.outcome": "held", "Mail.reason": "its sender is not the customer", "DeadTask.kind": "notify", "RetryInputBody.kind": "notify",
	"AssignmentStep.from": nil, "AssignmentStep.to": ana, "AssignmentStep.type": "assigned", "Assignment.text": "Assigned to Ana: has the fewest tickets.",
	"Explanation.why": "Due in one hour of open time.", "Explanation.text": "Due in one hour of open time.", "Segment.why": "open hours", "Excluded.why": "away",
	"NewTicket.source": "api", "NewTicket.quoted": false, "NewReply.cc": nil, "cc": nil, "followers": []any{"ben@acme.example"}, "Participant.name": "Dave", "Participant.email": "dave@customer.example", "NewReply.resolution_note": "", "Ticket.suggestion": nil, "Overview.before": nil, "HealthOutputBody.status": "ok", "BulkResult.problem": nil,
	"ErrorModel.type": "about:blank", "ErrorModel.title": "Unprocessable Entity", "ErrorModel.status": 422, "ErrorModel.detail": "open ticket: subject is empty",
	"ErrorModel.instance": nil, "ErrorDetail.message": "is empty", "ErrorDetail.location": "body.subject", "ErrorDetail.value": nil,
	"colour": "#1f5fa8", "logo_url": "https://acme.example/logo.png", "footer": "Acme Ltd., 1 Main Street", "language": "en",
	"MailTemplates.name": "Acme Support", "MailTemplatesBody.name": "Acme Support",
	"texts":          map[string]any{"en/reply": map[string]any{"subject": "Re: {{subject}} [{{ref}}]", "body": "Hello {{customer}},\n\n{{text}}\n\n{{agent}}, {{company}}"}},
	"Document.value": map[string]any{"rules": []any{map[string]any{"phrase": "kiln is cold", "priority": "high"}}},
}

// bodies are the examples of bodies that are more than one of each.
var bodies = map[string]any{
	"change-ticket": map[string]any{"priority": "urgent"},
	"bulk": map[string]any{
		"tickets": []any{map[string]any{"id": sampleRef, "version": 3}, map[string]any{"id": sampleID}}, "action": "resolve", "note": "Paid back.",
	},
	"save-priority-rules": samples["Document.value"],
	"save-sla": map[string]any{
		"calendars": []any{map[string]any{"name": "office", "zone": "Europe/Berlin", "week": map[string]any{"monday": []any{"09:00-17:00"}}}},
		"policies":  []any{map[string]any{"name": "gold", "first_response": "2h", "resolution": "4h", "calendar": "office"}},
	},
}

// sampler makes examples.
type sampler struct {
	schemas huma.Registry
	missing []string // texts without a sample
}

// of returns an example of a schema that stands at a name in another.
func (s *sampler) of(schema *huma.Schema, in, name string) any {
	refs := schema.Ref
	if refs != "" {
		schema = s.schemas.SchemaFromRef(refs)
		in, name = refs[len("#/components/schemas/"):], ""
	}
	switch {
	case len(schema.Enum) > 0:
		return schema.Enum[max(0, slices.Index(schema.Enum, s.sample(in, name)))]
	case schema.Format == "date-time":
		return sampleTime
	}
	switch schema.Type {
	case huma.TypeBoolean:
		return false
	case huma.TypeInteger:
		return 3
	case huma.TypeNumber:
		return 0.5
	case huma.TypeArray:
		return []any{s.of(schema.Items, in, name)}
	case huma.TypeObject:
		return s.object(schema, in)
	}
	s.missing = append(s.missing, in+"."+name)
	return nil
}

func (s *sampler) object(schema *huma.Schema, in string) map[string]any {
	example := map[string]any{}
	for name, property := range schema.Properties {
		if property.ReadOnly {
			continue
		}
		v, known := samples[in+"."+name]
		if !known {
			v, known = samples[name]
		}
		own := property.Type == huma.TypeArray || property.Ref != "" || len(property.Enum) > 0
		switch fits := s.fits(property, v); {
		case known && fits && v != nil:
			example[name] = v
		case known && v == nil && !slices.Contains(schema.Required, name): // is left out
		case known && v == nil && property.Nullable:
			example[name] = nil
		case known && !fits && !own && property.Type == huma.TypeString && property.Format != "date-time":
			s.missing = append(s.missing, in+"."+name)
		default:
			example[name] = s.of(property, in, name)
		}
	}
	return example
}

func (s *sampler) sample(in, name string) any {
	if v, ok := samples[in+"."+name]; ok {
		return v
	}
	return samples[name]
}

// fits reports whether a sample is of the type of a schema, and one of its values.
func (s *sampler) fits(schema *huma.Schema, v any) bool {
	if len(schema.Enum) > 0 {
		return slices.Contains(schema.Enum, v)
	}
	switch v := v.(type) {
	case string:
		_, err := time.Parse(time.RFC3339, v)
		return schema.Type == huma.TypeString && (schema.Format != "date-time" || err == nil)
	case int:
		return schema.Type == huma.TypeInteger
	case float64:
		return schema.Type == huma.TypeNumber
	case []any:
		return schema.Type == huma.TypeArray && schema.Items.Type == huma.TypeString
	case map[string]any:
		return schema.Type == huma.TypeObject && schema.Ref == "" || schema.Type == "" && schema.Ref == ""
	}
	return true // nil: see object
}

// err names the texts that have no sample.
func (s *sampler) err() error {
	if len(s.missing) == 0 {
		return nil
	}
	slices.Sort(s.missing)
	return fmt.Errorf("the OpenAPI document has no samples of %v", slices.Compact(s.missing))
}
