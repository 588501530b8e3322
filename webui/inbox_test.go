package webui_test

import (
	"testing"
	"time"
)

func TestTheInboxFiltersByWhenATicketWasAssigned(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.open("Refund of Monday", "Please.")
	s.Clock.Advance(24 * time.Hour)
	s.open("Refund of Tuesday", "Please.")
	s.get(ana, prefix+"/?assigned_before=2026-03-02").lacks("of Monday", "of Tuesday").
		has(`Assigned before <input name="assigned_before" type="date" value="2026-03-02" size="16">`)
	s.get(ana, prefix+"/?assigned_before=2026-03-03").has("of Monday", `value="assigned_before=2026-03-03"`).lacks("of Tuesday")
	s.get(ana, prefix+"/?assigned_before=2026-03-03T09:00:01Z").
		has("of Monday", "of Tuesday", `name="assigned_before" value="2026-03-03T09:00:01Z"`)
}
