package webui

import "net/http"

// Hold keeps the dear reports of the pages from being made, until it is undone.
func Hold(pages http.Handler) (release func()) {
	w := pages.(*workspace)
	for _, slots := range []chan struct{}{w.people.slots, w.triage.slots} {
		for range cap(slots) {
			slots <- struct{}{}
		}
	}
	return func() {
		for _, slots := range []chan struct{}{w.people.slots, w.triage.slots} {
			for range cap(slots) {
				<-slots
			}
		}
	}
}
