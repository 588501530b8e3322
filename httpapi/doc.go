// Package httpapi serves a desk as a JSON API, described by an OpenAPI 3.1 document at
// /openapi.json that is generated from the same table as the routes.
//
//	api, err := httpapi.New(desk, &httpapi.Config{Actor: whoIsAsking})
//	...
//	mux.Handle("/api/", http.StripPrefix("/api", api))
//
// All links are relative, so it works under any prefix.
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
