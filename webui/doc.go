// Package webui is a help desk's pages: a workspace for agents with inbox, tickets, dashboard and
// settings ([New]), and a form for customers ([NewForm]).
//
// Both are http.Handlers to be mounted in the host's own admin, behind its own login. They load
// nothing from other sites, work under any prefix and, but for live updates, without JavaScript.
// [Handler.Shutdown] ends their background work.
//
//	pages, err := webui.New(desk, &webui.Config{Actor: whoIsIt})
//	mux.Handle("/admin/support/", http.StripPrefix("/admin/support", pages))
package webui
