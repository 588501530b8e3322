package main

import (
	"net/http"
	"time"
)

// timeouts are how long the server waits for a client.
type timeouts struct {
	header  time.Duration // for the header of a request
	request time.Duration // for all of a request
	answer  time.Duration // for the client to take the answer, from the end of the header on
	idle    time.Duration // for the next request of a connection
}

// patience lets a phone send 25 MB of files, and a new ticket wait 30 seconds for its triage. The
// streams of package httpapi and webui set deadlines of their own for each part that they send.
var patience = timeouts{header: 10 * time.Second, request: 2 * time.Minute, answer: 3 * time.Minute, idle: 2 * time.Minute}

func newServer(h http.Handler, t timeouts) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: t.header, ReadTimeout: t.request, WriteTimeout: t.answer, IdleTimeout: t.idle,
		MaxHeaderBytes: 64 << 10,
	}
}
