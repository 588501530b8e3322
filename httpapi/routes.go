package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// route is one line of the table. OpenAPI is generated from it, and so is the mux.
type route struct {
	method  string
	path    string
	id      string // the operationId
	status  int    // when all goes well
	summary string
	serve   func(huma.API, huma.Operation)
	public  bool // served without asking who it is
}

func (h *Handler) routes() []route {
	const get, post, put, patch, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete
	return []route{
		{post, "/tickets", "open-ticket", 201, "Open a ticket, and wait a little for its triage", to(h, h.open), false},
		{get, "/tickets", "list-tickets", 200, "List or search tickets; customers see their own", to(h, h.list), false},
		{get, "/tickets/count", "count-tickets", 200, "Count the tickets that a list would have", to(h, h.count), false},
		{get, "/tickets/export", "export-tickets", 200, "The tickets that a list would have, as CSV for a spreadsheet", to(h, h.exportList), false},
		{post, "/tickets/bulk", "bulk", 200, "Do one thing to many tickets, with a result for each", to(h, h.bulk), false},
		{get, "/tickets/{id}", "get-ticket", 200, "Read a ticket with its conversation, and its events for staff", to(h, h.thread), false},
		{patch, "/tickets/{id}", "change-ticket", 200, "Change attributes of a ticket, all of them in one version or none", to(h, h.change), false},
		{put, "/tickets/{id}/tags", "set-tags", 200, "Replace the tags of a ticket", to(h, h.tags), false},
		{post, "/tickets/{id}/replies", "reply", 201, "Write to the other side", to(h, h.reply), false},
		{post, "/tickets/{id}/notes", "note", 201, "Write a note that the customer never sees", to(h, h.note), false},
		{post, "/tickets/{id}/take", "take-ticket", 200, "Take a ticket and begin to work on it", to(h, h.take), false},
		{post, "/tickets/{id}/reassign", "reassign-ticket", 200, "Give a ticket to another agent, or back into the queue", to(h, h.reassign), false},
		{post, "/tickets/{id}/decline", "decline-ticket", 200, "Give a ticket back that one holds; it is not offered again", to(h, h.decline), false},
		{get, "/tickets/{id}/assignment", "explain-assignment", 200, "Why a ticket is with the agent it is with, or with nobody", to(h, h.assignment), false},
		{post, "/tickets/{id}/escalate", "escalate-ticket", 200, "Raise a ticket by one level and tell the managers", to(h, h.escalate), false},
		{patch, "/tickets/{id}/resolve", "resolve-ticket", 200, "Resolve a ticket", to(h, h.resolve), false},
		{post, "/tickets/{id}/reopen", "reopen-ticket", 200, "Bring a resolved ticket back", to(h, h.reopen), false},
		{post, "/tickets/{id}/merge", "merge-ticket", 200, "End a ticket in favour of another, which is answered", to(h, h.merge), false},
		{post, "/tickets/{id}/leave", "leave-ticket", 204, "Take part in a ticket no more: a customer in Cc, or an agent who follows", to(h, h.leave), false},
		{post, "/tickets/{id}/split", "split-ticket", 201, "Open a ticket of the same customer with some of the messages", to(h, h.split), false},
		{post, "/tickets/{id}/unmerge", "unmerge-ticket", 200, "Take such a merge back; the ticket is answered", to(h, h.unmerge), false},
		{get, "/tickets/{id}/links", "list-links", 200, "The tickets that a ticket is linked to, for staff", to(h, h.links), false},
		{post, "/tickets/{id}/links", "link-tickets", 200, "Link a ticket to another: related, duplicate of, caused by", to(h, h.link), false},
		{del, "/tickets/{id}/links/{kind}/{ticket}", "unlink-tickets", 200, "Remove such a link from both tickets", to(h, h.unlink), false},
		{post, "/tickets/{id}/end-links", "end-links", 200, "End the links and reply addresses in all mails to the customer so far", to(h, h.endLinks), false},
		{post, "/tickets/{id}/accept-sender", "accept-sender", 200, "Say that a ticket whose sender is not verified is from its customer", to(h, h.acceptSender), false},
		{post, "/tickets/{id}/rating", "rate-ticket", 200, "Rate the help given, as its customer", to(h, h.rate), false},
		{get, "/tickets/{id}/similar", "similar-tickets", 200, "Resolved tickets like this one, and how they were resolved", to(h, h.similar), false},
		{get, "/tickets/{id}/macros/{macro}", "fill-macro", 200, "A macro's text for a ticket, to reply with; nothing is sent", to(h, h.fill), false},
		{get, "/tickets/{id}/sla", "explain-sla", 200, "Why each SLA clock of a ticket is due when it is", to(h, h.explain), false},
		{post, "/tickets/{id}/sla/void", "void-breach", 200, "Declare a breach void, as an admin", to(h, h.void), false},
		{post, "/tickets/{id}/sla/apply", "apply-sla", 200, "Apply the current SLA to a ticket, as an admin", to(h, h.applySLA), false},
		{get, "/tickets/{id}/attachments/{file}", "get-attachment", 200, "The content of a file of the conversation", to(h, h.attachment), false},
		{get, "/events", "stream-events", 200, "What happens on the tickets, as server-sent events, for staff", to(h, h.events), false},
		{get, "/reads", "list-reads", 200, "Who has read which ticket and when, for admins; empty unless the host has it recorded", to(h, h.reads), false},
		{get, "/mails", "list-mails", 200, "What became of mails, latest first", to(h, h.mails), false},
		{post, "/mails/{id}/release", "release-mail", 200, "Make a message of a mail that was held, suppressed or unreadable", to(h, h.release), false},
		{post, "/mails/{id}/dismiss", "dismiss-mail", 204, "Decide against such a mail", to(h, h.dismiss), false},
		{get, "/mails/{id}/files/{file}", "get-mail-file", 200, "The content of a file of such a mail", to(h, h.mailFile), false},
		{get, "/dead-tasks", "list-dead-tasks", 200, "Tasks that were given up, notifications among them, for admins", to(h, h.dead), false},
		{post, "/dead-tasks/retry", "retry-dead-task", 204, "Try such a task again, as an admin", to(h, h.retry), false},
		{post, "/dead-tasks/retry-all", "retry-dead-tasks", 200, "Try all such tasks again, or those that fit, as an admin", to(h, h.retryAll), false},
		{get, "/customers", "list-customers", 200, "Find customers, for staff who are not restricted to teams", to(h, h.customers), false},
		{post, "/customers", "save-customer", 200, "Add or change a customer, as an admin; agents change the note alone", to(h, h.saveCustomer), false},
		{post, "/customers/{id}/merge", "merge-customer", 200, "Say that a customer is the same person as another", to(h, h.mergeCustomer), false},
		{post, "/customers/{id}/unmerge", "unmerge-customer", 200, "Take such a merge back", to(h, h.unmergeCustomer), false},
		{get, "/organisations", "list-organisations", 200, "Find organisations, for staff who are not restricted to teams", to(h, h.organisations), false},
		{post, "/organisations", "save-organisation", 200, "Add or change an organisation, as an admin", to(h, h.saveOrganisation), false},
		{post, "/customers/erase", "erase-customer", 200, "Remove what the desk holds of a customer, for good, as an admin; counts stay", to(h, h.erase), false},
		{post, "/customers/export", "export-customer", 200, "All that the desk holds of a person, as a zip with JSON, a page and the files, as an admin", to(h, h.exportPerson), false},
		{get, "/sla", "read-sla", 200, "The current SLA", to(h, h.readSLA), false},
		{put, "/sla", "save-sla", 200, "Replace the SLA, as an admin; existing clocks stay under their version", to(h, h.saveSLA), false},
		{del, "/sla", "remove-sla", 204, "Go back to the SLA of the host's configuration, as an admin", to(h, h.removeSLA), false},
		{get, "/sla/versions", "list-sla-versions", 200, "The versions of the SLA, latest first", to(h, h.slaVersions), false},
		{post, "/sla/versions/{version}/restore", "restore-sla", 200, "Make an earlier version of the SLA the latest, as an admin", to(h, h.restoreSLA), false},
		{post, "/sla/apply", "apply-sla-to-all", 202, "Apply the current SLA to all open tickets, in the background, as an admin", to(h, h.applySLAToAll), false},
		{get, "/priority-rules", "read-priority-rules", 200, "The rules in force that make tickets urgent, whatever a classifier says", to(h, h.readPriorityRules), false},
		{put, "/priority-rules", "save-priority-rules", 200, "Replace these rules, as an admin", to(h, h.savePriorityRules), false},
		{del, "/priority-rules", "remove-priority-rules", 204, "Go back to the rules of the host's configuration, as an admin", to(h, h.removePriorityRules), false},
		{get, "/reports/triage", "triage-report", 200, "How good the classifiers were at the tickets of the last days", to(h, h.triageReport), false},
		{get, "/reports/overview", "overview", 200, "How the tickets of a period fared", to(h, h.overview), false},
		{get, "/reports/series", "series", 200, "How a period went by day, week or month", to(h, h.series), false},
		{get, "/reports/heatmap", "heat-map", 200, "When tickets come in, by weekday and hour", to(h, h.heatMap), false},
		{get, "/reports/organisations", "organisation-report", 200, "How the tickets of each organisation fared", to(h, h.organisationReport), false},
		{get, "/reports/agents", "agent-report", 200, "How agents compare, for admins; for a lead the members of their teams, for an agent their own numbers", to(h, h.agentReport), false},
		{get, "/agents", "list-agents", 200, "List the agents", to(h, h.agents), false},
		{put, "/agents/{id}", "save-agent", 200, "Add an agent, or replace one with If-Match, as an admin", to(h, h.saveAgent), false},
		{del, "/agents/{id}", "remove-agent", 204, "Remove an agent, as an admin; open tickets go to others", to(h, h.removeAgent), false},
		{put, "/agents/{id}/availability", "set-availability", 200, "Say that one is away or back; leads say it of members of their teams, admins of everybody", to(h, h.setAway), false},
		{put, "/agents/{id}/absences", "set-absences", 200, "Plan one's absences; leads plan those of members of their teams, admins everybody's", to(h, h.setAbsences), false},
		{get, "/teams", "list-teams", 200, "List the teams", to(h, h.teams), false},
		{put, "/teams/{id}", "save-team", 200, "Add a team, or replace one with If-Match, as an admin", to(h, h.saveTeam), false},
		{del, "/teams/{id}", "remove-team", 204, "Remove a team, as an admin", to(h, h.removeTeam), false},
		{get, "/macros", "list-macros", 200, "List the texts that agents send again and again", to(h, h.macros), false},
		{put, "/macros/{macro}", "save-macro", 200, "Add a macro, or replace one with If-Match, as a lead or an admin", to(h, h.saveMacro), false},
		{del, "/macros/{macro}", "remove-macro", 204, "Remove a macro, as a lead or an admin", to(h, h.removeMacro), false},
		{get, "/webhooks", "list-webhooks", 200, "List the webhooks that tell other systems, as an admin; their secrets are not among it", to(h, h.webhooks), false},
		{put, "/webhooks/{webhook}", "save-webhook", 200, "Add a webhook, which is answered with its secret, or replace one with If-Match, as an admin", to(h, h.saveWebhook), false},
		{del, "/webhooks/{webhook}", "remove-webhook", 204, "Remove a webhook, as an admin", to(h, h.removeWebhook), false},
		{post, "/webhooks/{webhook}/rotate", "rotate-webhook", 200, "Give a webhook a new secret, beside which the one before goes on signing, as an admin", to(h, h.rotateWebhook), false},
		{post, "/webhooks/{webhook}/retire", "retire-webhook-secret", 200, "Drop the older of two secrets of a webhook, as an admin", to(h, h.retireWebhook), false},
		{get, "/mail-templates", "read-mail-templates", 200, "How the mails look and what they say, for admins", to(h, h.readMailTemplates), false},
		{put, "/mail-templates", "save-mail-templates", 200, "Replace that with If-Match, or save the first, as an admin", to(h, h.saveMailTemplates), false},
		{get, "/notices", "list-notices", 200, "The acting agent's own notices of the last 30 days, latest first, and how many are unread", to(h, h.notices), false},
		{post, "/notices/read", "read-notices", 204, "Mark one's own notices as read: all, or those of a ticket", to(h, h.readNotices), false},
		{get, "/notice-settings", "read-notice-settings", 200, "By kind of notice: whether the acting agent is told by mail and in the pages, or in the pages alone", to(h, h.noticeSettings), false},
		{put, "/notice-settings", "save-notice-settings", 200, "Replace that for the acting agent", to(h, h.saveNoticeSettings), false},
		{get, "/views", "list-views", 200, "The acting agent's saved lists of tickets", to(h, h.views), false},
		{put, "/views", "save-views", 200, "Replace the acting agent's saved lists", to(h, h.saveViews), false},
		{get, "/categories", "list-categories", 200, "List the categories, which are the host's, and the teams they are bound to", to(h, h.categories), false},
		{get, "/search-operators", "list-search-operators", 200, "List the operators that q of a list of tickets may have, and values to complete, for the acting person", to(h, h.searchOperators), false},
		{get, "/reports/load-drift", "load-drift", 200, "Agents whose load is counted wrong, for admins", to(h, h.loadDrift), false},
		{get, healthPath, "health", 200, "Whether the process answers", to(h, h.healthz), true},
		{get, "/readyz", "ready", 200, "Whether the desk can work: its database is there and up to date", to(h, h.readyz), true},
	}
}

// operation is the part of a huma.Operation that follows from the table.
func (h *Handler) operation(r route) huma.Operation {
	op := huma.Operation{
		Method: r.method, Path: r.path, OperationID: r.id, DefaultStatus: r.status, Summary: r.summary,
		MaxBodyBytes: h.cfg.MaxBody + 1, // readBody has the say; huma refuses what is exactly as large
		Middlewares:  huma.Middlewares{checkQuery, accept},
	}
	if !r.public {
		op.Middlewares = append(op.Middlewares, h.identify)
	}
	if r.method != http.MethodGet {
		op.Middlewares = append(op.Middlewares, h.readBody)
	}
	op.Middlewares = append(op.Middlewares, knownQuery)
	return op
}

// to makes a route of a function: decode, call it, encode, or answer its error.
func to[I, O any](h *Handler, f func(context.Context, *call, *I) (*O, error)) func(huma.API, huma.Operation) {
	return func(api huma.API, op huma.Operation) {
		if in, ok := any(new(I)).(interface{ params() []*huma.Param }); ok {
			op.Parameters = in.params()
		}
		huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
			c, ok := ctx.Value(callKey{}).(*call)
			if !ok {
				c = &call{op: &op} // a public route: nobody was asked
			}
			out, err := f(ctx, c, in)
			if err != nil {
				return nil, h.problem(ctx, c, err)
			}
			return out, nil
		})
	}
}
