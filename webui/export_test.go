package webui

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

func init() { patience = time.Minute } // a machine that is busy shows a test the same page

// Hold makes a dashboard not wait for its sections, and stops the reports behind them until release
// is called.
func Hold(pages http.Handler) (release func()) {
	w := pages.(*Handler).pages
	c := w.cabinet
	w.patience = time.Millisecond
	held := []chan struct{}{c.compared.slots, c.points.slots, c.heat.slots, c.people.slots, c.triage.slots, c.groups.slots}
	for _, slots := range held {
		for range cap(slots) {
			slots <- struct{}{}
		}
	}
	return func() {
		for _, slots := range held {
			for range cap(slots) {
				<-slots
			}
		}
	}
}

// Patterns are those of the pages.
func Patterns(pages http.Handler) []string {
	w := pages.(*Handler).pages
	if w.customers != nil {
		return slices.Collect(maps.Keys(w.customerPages()))
	}
	return slices.Collect(maps.Keys(w.agentPages()))
}

// Keep has the reports of a dashboard and the numbers beside the views kept for minutes, however
// fast they come.
func Keep(pages http.Handler) { keepFor(pages, keepAtMost/time.Microsecond) }

// KeepNothing has them read each time, however slowly they come.
func KeepNothing(pages http.Handler) { keepFor(pages, 0) }

func keepFor(pages http.Handler, factor time.Duration) {
	w := pages.(*Handler).pages
	c := w.cabinet
	for _, f := range []*time.Duration{
		&c.compared.factor, &c.points.factor, &c.heat.factor, &c.people.factor, &c.triage.factor, &w.counts.factor,
	} {
		*f = factor
	}
}
