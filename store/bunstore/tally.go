package bunstore

import (
	"encoding/json"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

// The figures of a report are written with each ticket, so that a report need not read clocks one
// by one. The tally says how the clocks ended. Many tickets have the same tally, so reports count
// equal tallies. A tally does not know a clock that runs past its due time: due_at names those
// tickets, and the clocks of these few are read.

// tally counts clocks by policy and metric, sorted.
type tally []report.Attainment

func tallyOf(clocks []helpdesk.SLAClock) (all tally) {
next:
	for i := range clocks {
		c := &clocks[i]
		a := report.Attainment{Policy: c.Policy, Metric: c.Metric}
		switch {
		case c.VoidedAt.IsZero() && !c.BreachedAt.IsZero():
			a.Breached = 1
		case !c.MetAt.IsZero() && c.BreachedAt.IsZero():
			a.Met = 1
		default:
			continue
		}
		for j := range all {
			if b := &all[j]; b.Policy == a.Policy && b.Metric == a.Metric {
				b.Met, b.Breached = b.Met+a.Met, b.Breached+a.Breached
				continue next
			}
		}
		all = append(all, a)
	}
	report.SortAttainment(all)
	return all
}

// tallied is an element of a tally as JSON.
type tallied struct {
	Policy   string          `json:"p,omitempty"`
	Metric   helpdesk.Metric `json:"m"`
	Met      int             `json:"y,omitempty"`
	Breached int             `json:"n,omitempty"`
}

// String returns the value of the column; empty for no clocks.
func (t tally) String() string {
	if len(t) == 0 {
		return ""
	}
	rows := make([]tallied, len(t))
	for i, a := range t {
		rows[i] = tallied(a)
	}
	text, err := json.Marshal(rows)
	if err != nil {
		panic("bunstore: tally: " + err.Error()) // plain fields: cannot fail
	}
	return string(text)
}

func parseTally(text string) (t tally, err error) {
	if text == "" {
		return nil, nil
	}
	var rows []tallied
	err = json.Unmarshal([]byte(text), &rows)
	for _, r := range rows {
		t = append(t, report.Attainment(r))
	}
	return t, err
}

func (t tally) sum() (met, breached int) {
	for _, a := range t {
		met, breached = met+a.Met, breached+a.Breached
	}
	return met, breached
}

func openTime(t *helpdesk.Ticket, m helpdesk.Metric) optional {
	used, ok := report.OpenTime(t, m)
	return optional{int64(used / time.Microsecond), ok}
}

func scoreOf(t *helpdesk.Ticket) optional {
	if t.Rating == nil {
		return optional{}
	}
	return optional{int64(t.Rating.Score), true}
}
