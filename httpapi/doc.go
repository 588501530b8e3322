// Package httpapi serves a desk as a JSON API, described by an OpenAPI 3.1 document at
// /openapi.json that is generated from the same table as the routes.
//
//	api, err := httpapi.New(desk, &httpapi.Config{Actor: whoIsAsking})
//	...
//	mux.Handle("/api/", http.StripPrefix("/api", api))
//
// All links are relative, so it works under any prefix. For tools that know no 3.1 there is /openapi-3.0.json. The
// document has an example of every body, and says by [Config.Login] how the host knows who asks.
//
// # Who asks
//
// Identity is the host's: [Config.Actor] tells from a request who is asking, and every
// request works on the desk of its tenant, acting for that person. So customers see
// their own tickets without what is internal, agents work on all of them, and the rules stand
// in package helpdesk alone.
//
// # Writing
//
// Every ticket is answered with its version as ETag. A write with If-Match is done only if
// that is still the version, else 412. An Idempotency-Key on a new ticket or a reply makes a
// repeated request harmless; with other content it is 409.
//
// A new ticket is safe before it is classified. The answer waits for triage as long as
// "Prefer: wait=N" asks, [Config.Wait] without it, and then comes with triage "pending":
// the task of the desk goes on. "Prefer: respond-async" does not wait, and a pending
// ticket is then 202 instead of 201 (RFC 7240).
//
// Many tickets are changed at once by /tickets/bulk, each for itself: the answer has a result for every one of them, with the problem that
// the route for one ticket would have answered.
//
// # Reading
//
// Lists end with next_cursor, which is the cursor of the next page, or null. Filters are the same for the list of tickets and
// for /tickets/count; what they tell of a ticket's inside is for staff.
//
// # Events
//
// GET /events is a stream of what happens on the tickets, for staff, as server-sent events (WHATWG HTML, section 9.2): the type of each is
// that of the event, its data what the ticket's own events show. "ticket" limits it to one. It begins with what happens from then on,
// so open it first and read the lists after that.
//
// A stream ends after 15 minutes, when the server ends, and when its reader is too slow, and a client then opens the next with the last id
// in Last-Event-ID, as browsers do by themselves, or in last_event_id. The id is not that of the event: it says what of the last seconds was
// sent, so that the next stream, also in another process, misses nothing and repeats nothing, if fewer than 64 events came within 15
// seconds; of more, some may come again: "id" in the data tells. It has to be used with the same ticket.
// Of an id older than 24 hours the stream says "reset" and begins anew: what is shown has to be read again. An id that is none is 422.
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
//
// A 500 says no more than the request's id, under which the log has the rest.
package httpapi
