// Package httpapi serves a desk as a JSON API. The OpenAPI 3.1 document at /openapi.json describes
// it and is generated from the same table as the routes.
//
//	api, err := httpapi.New(desk, &httpapi.Config{Actor: whoIsAsking})
//	...
//	mux.Handle("/api/", http.StripPrefix("/api", api))
//
// All links are relative, so the API works under any prefix. /openapi-3.0.json is for tools that do
// not know 3.1. The document has an example of every body. [Config.Login] describes how the host
// authenticates.
//
// # Who asks
//
// Identity is the host's: [Config.Actor] reads the actor from a request. Every request works on the
// desk of the actor's tenant and acts for that person. So customers see their own tickets without
// what is internal, agents work on all of them, and package helpdesk alone has the rules.
//
// # Writing
//
// Every ticket is answered with its version as ETag. A write with If-Match is refused with 412
// unless that is still the version. An Idempotency-Key on a new ticket or a reply makes a repeated
// request harmless; with other content it is 409.
//
// A new ticket is safe before it is classified. The answer waits for triage as long as "Prefer:
// wait=N" asks, or else [Config.Wait]. Then it comes with triage "pending", and the desk goes on
// with its task. "Prefer: respond-async" does not wait, and a pending ticket is then 202 instead of
// 201 (RFC 7240).
//
// /tickets/bulk changes many tickets, one by one. The answer has a result for each of them, with
// the problem that the route for one ticket would have answered.
//
// # Reading
//
// Lists end with next_cursor. It is the cursor of the next page, or null. The list of tickets and
// /tickets/count take the same filters. Filters on what customers do not see are for staff.
//
// # Events
//
// GET /events is a stream of events of tickets for staff, as server-sent events (WHATWG HTML,
// section 9.2). The type of each is that of the event; its data is the same as in the ticket's own
// events. "ticket" limits the stream to one ticket. The stream begins with what happens from then
// on, so a client opens it first and reads the lists after that.
//
// A stream ends after 15 minutes, when the server ends, and when its reader is too slow. A client
// then opens the next one with the last id in Last-Event-ID, as browsers do by themselves, or in
// last_event_id. This id is not that of the event: it is a place in the order in which the database
// commits. The next stream, also in another process, sends every event that was committed after
// that place, once: also one whose transaction took hours, and whatever its time says. The events
// of a ticket come in the order of its changes. The id has to be used with the same ticket.
//
// A stream says "reset" and begins anew if more than 10,000 events were missed, if the database has
// had 100 million transactions since, if the id is ahead of the database, as after a backup was
// restored, and if an earlier version of this package gave the id. The client then reads again what
// it shows. An id that cannot be read is 422. An id holds numbers of transactions of the database
// server and nothing of a tenant. It is not signed: a made-up one leads to a reset, or to events
// that the actor may read anyway.
//
// In each process one query a second serves all streams of all tenants. It reads by an index,
// however long the history is. There is no query while nobody listens. A Store that is no
// [helpdesk.EventStreamer] has all events of the tenants read every second instead, and each stream
// that another process goes on with says "reset".
//
// # Errors
//
// Errors are application/problem+json (RFC 9457). Input at fault is 422 with every field in
// errors[].location, such as "body.subject", "query.sort" or "header.If-Match".
//
//	400  the body is missing or no JSON              409  the status, the key or another writer is against it
//	401  nobody the host knows                       412  If-Match is not the version
//	403  known, but not allowed; or cross-origin     413  the body is too large
//	404  no such ticket for this actor               415  the body is not declared as JSON
//	405  see the Allow header                        422  fields at fault
//	                                                 429  too many requests: see Retry-After, and [RateLimits]
//
// A 500 has only the request's id. The log has the rest under that id.
package httpapi
