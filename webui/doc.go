// Package webui is a help desk's pages: a workspace for agents with inbox, tickets, dashboard and settings, and a form for customers.
//
// Both are plain http.Handlers to be mounted in the host's own admin, behind its own login. They load nothing from other sites,
// work under any prefix and, but for live updates, without JavaScript.
//
//	pages, err := webui.Handler(desk, &webui.Config{Actor: whoIsIt})
//	mux.Handle("/admin/support/", http.StripPrefix("/admin/support", pages))
package webui
