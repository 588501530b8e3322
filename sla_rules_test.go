package helpdesk_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/sla"
)

// The calendars of the examples.
var (
	ny = sla.Hours{
		Name: "ny", Zone: "America/New_York", Week: sla.Weekdays("09:00-17:00"),
		Holidays: []sla.Holiday{{Date: "2026-07-03", Name: "Independence Day"}, {Date: "2026-11-26", Name: "Thanksgiving Day"}, {Date: "2026-12-25", Name: "Christmas Day"}},
		Special:  []sla.SpecialDay{{Date: "2026-12-24", Windows: []string{"09:00-13:00"}}},
	}
	nyLunch = sla.Hours{Name: "nyl", Zone: ny.Zone, Week: sla.Weekdays("09:00-12:00", "13:00-17:00")}
	nyDay   = sla.Hours{Name: "ny24", Zone: ny.Zone, Week: sla.Daily("00:00-24:00")}
	nyGap   = sla.Hours{Name: "gap", Zone: ny.Zone, Week: sla.Daily("02:30-05:00")}
	kolkata = sla.Hours{
		Name: "kol", Zone: "Asia/Kolkata", Holidays: []sla.Holiday{{Date: "2026-01-26"}},
		Week: sla.Week{1: {"09:30-18:30"}, 2: {"09:30-18:30"}, 3: {"09:30-18:30"}, 4: {"09:30-18:30"}, 5: {"09:30-18:30"}, 6: {"09:30-18:30"}},
	}
	lordHowe = sla.Hours{Name: "lhi", Zone: "Australia/Lord_Howe", Week: sla.Daily("00:00-06:00")}
	night    = sla.Hours{Name: "night", Zone: ny.Zone, Week: sla.Daily("22:00-06:00")}
	always   = sla.Hours{Name: "always", AlwaysOn: true}
)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

// inNY returns an instant by the wall clock of New York.
func inNY(text string) time.Time {
	zone, err := time.LoadLocation(ny.Zone)
	if err != nil {
		panic(err)
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// slaConfig returns a Config with these policies and the calendars of the examples.
func slaConfig(t *testing.T, policies ...sla.Policy) *helpdesk.Config {
	t.Helper()
	p, err := sla.New(slaOf(policies...))
	require.NoError(t, err)
	return &helpdesk.Config{SLA: p}
}

func slaOf(policies ...sla.Policy) sla.Document {
	return sla.Document{Policies: policies, Calendars: []sla.Hours{ny, nyLunch, nyDay, nyGap, kolkata, lordHowe, night, always}}
}

// forPriority is a policy with a resolution target alone.
func forPriority(p helpdesk.Priority, resolution time.Duration) sla.Policy {
	return sla.Policy{Name: p.String(), For: sla.Match{Priority: []helpdesk.Priority{p}}, Resolution: resolution, Calendar: "ny"}
}

func TestDueTimesOfTheExamples(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		hours      sla.Hours
		start, due string
		target     time.Duration
	}{
		"same day":                               {ny, "2026-03-02T15:00:00Z", "2026-03-02T19:00:00Z", 4 * time.Hour},
		"over night":                             {ny, "2026-03-02T20:30:00Z", "2026-03-03T16:30:00Z", 4 * time.Hour},
		"ends exactly at close":                  {ny, "2026-03-02T14:00:00Z", "2026-03-02T22:00:00Z", 8 * time.Hour},
		"holiday":                                {ny, "2026-11-25T21:00:00Z", "2026-11-27T17:00:00Z", 4 * time.Hour},
		"spring forward, open all day":           {nyDay, "2026-03-08T03:00:00Z", "2026-03-08T11:00:00Z", 8 * time.Hour},
		"weekend with the DST change":            {ny, "2026-03-06T21:00:00Z", "2026-03-09T16:00:00Z", 4 * time.Hour},
		"half-hour zone, closed Sunday, holiday": {kolkata, "2026-01-24T12:15:00Z", "2026-01-27T07:15:00Z", 4 * time.Hour},
		"30-minute DST step":                     {lordHowe, "2026-04-04T14:00:00Z", "2026-04-04T16:00:00Z", 2 * time.Hour},
		"lunch":                                  {nyLunch, "2026-03-02T16:30:00Z", "2026-03-02T18:30:00Z", time.Hour},
		"opening inside the gap":                 {nyGap, "2026-03-08T05:00:00Z", "2026-03-08T08:00:00Z", time.Hour},
		"seconds count":                          {ny, "2026-03-02T21:59:30Z", "2026-03-03T14:29:30Z", 30 * time.Minute},
		"24x7 over fall back":                    {always, "2026-11-01T02:00:00Z", "2026-11-01T10:00:00Z", 8 * time.Hour},
		"overnight shift":                        {night, "2026-03-02T22:00:00Z", "2026-03-03T07:00:00Z", 4 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := slaConfig(t, sla.Policy{Name: "p", FirstResponse: c.target, Calendar: c.hours.Name})
			onEveryStoreWith(t, cfg, func(t *testing.T, d *helpdesktest.Desk) {
				d.Clock.Set(at(c.start))
				id := open(t, d, helpdesk.OpenParams{}).ID
				require.Equal(t, at(c.due), clock(t, d, id, helpdesk.FirstResponse).DueAt)
				require.Equal(t, at(c.due), read(t, d, id).Due())
				d.Clock.Set(at(c.due))
				d.Drain()
				require.Zero(t, clock(t, d, id, helpdesk.FirstResponse).BreachedAt)
				d.Advance(time.Microsecond)
				require.Equal(t, at(c.due), clock(t, d, id, helpdesk.FirstResponse).BreachedAt)
			})
		})
	}
}

func TestAPauseOverAWeekendDoesNotCount(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, slaConfig(t, forPriority(helpdesk.Medium, 8*time.Hour)), func(t *testing.T, d *helpdesktest.Desk) {
		d.Clock.Set(inNY("2026-03-20 09:00"))
		id := open(t, d, helpdesk.OpenParams{}).ID
		wait(t, d, id, inNY("2026-03-20 15:00"))
		c := clock(t, d, id, helpdesk.Resolution)
		require.Equal(t, 6*time.Hour, c.Consumed)
		require.Zero(t, c.DueAt)
		answer(t, d, id, inNY("2026-03-24 15:30"))
		c = clock(t, d, id, helpdesk.Resolution)
		require.Equal(t, at("2026-03-25T13:30:00Z"), c.DueAt)
		require.Equal(t, []helpdesk.RunPeriod{{From: inNY("2026-03-20 09:00"), To: inNY("2026-03-20 15:00"), Until: helpdesk.StatusWaiting}}, c.Ran)
	})
}

func TestAPauseOutOfHoursChangesNothing(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, slaConfig(t, forPriority(helpdesk.Medium, 8*time.Hour)), func(t *testing.T, d *helpdesktest.Desk) {
		d.Clock.Set(inNY("2026-03-20 13:00"))
		id := open(t, d, helpdesk.OpenParams{}).ID
		due := clock(t, d, id, helpdesk.Resolution).DueAt
		wait(t, d, id, inNY("2026-03-20 18:00"))
		answer(t, d, id, inNY("2026-03-23 08:59"))
		require.Equal(t, due, clock(t, d, id, helpdesk.Resolution).DueAt)
	})
}

func TestRaisedAfterHalfTheTime(t *testing.T) {
	t.Parallel()
	const breach = "2026-03-02T19:00:00Z"
	for name, c := range map[string]struct {
		target        time.Duration
		due, breached string
	}{
		"to 6 hours":        {6 * time.Hour, "2026-03-02T21:00:00Z", ""},
		"to what is used":   {4 * time.Hour, breach, breach},
		"to less than used": {2 * time.Hour, breach, breach},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := slaConfig(t, forPriority(helpdesk.Medium, 8*time.Hour), forPriority(helpdesk.Urgent, c.target), forPriority(helpdesk.Low, 100*time.Hour))
			onEveryStoreWith(t, cfg, func(t *testing.T, d *helpdesktest.Desk) {
				ctx := t.Context()
				d.Clock.Set(inNY("2026-03-02 10:00"))
				id := open(t, d, helpdesk.OpenParams{}).ID
				d.Clock.Set(inNY("2026-03-02 14:00"))
				_, err := d.SetPriority(ctx, id, helpdesk.Urgent)
				require.NoError(t, err)
				d.Drain()
				clk := clock(t, d, id, helpdesk.Resolution)
				require.Equal(t, at(c.due), clk.DueAt)
				if c.breached == "" {
					require.Zero(t, clk.BreachedAt)
					return
				}
				require.Equal(t, at(c.breached), clk.BreachedAt)
				require.Equal(t, "retarget", clk.Cause)
				require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), 1)

				_, err = d.SetPriority(ctx, id, helpdesk.Low) // the breach stays
				require.NoError(t, err)
				d.Advance(500 * time.Hour)
				require.Equal(t, *clk, *clock(t, d, id, helpdesk.Resolution))
				require.Len(t, d.Notices.Of(helpdesk.NoticeBreached), 1)
				require.Equal(t, 1, events(t, d, id)[helpdesk.EventSLABreached])
			})
		})
	}
}

func TestReopeningGoesOnWithWhatIsLeft(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, slaConfig(t, forPriority(helpdesk.Medium, 8*time.Hour)), func(t *testing.T, d *helpdesktest.Desk) {
		d.Clock.Set(inNY("2026-03-02 09:00"))
		id := open(t, d, helpdesk.OpenParams{}).ID
		d.Clock.Set(inNY("2026-03-02 15:00"))
		_, err := d.Resolve(t.Context(), id, "done")
		require.NoError(t, err)
		d.Clock.Set(inNY("2026-03-04 11:00"))
		_, err = d.Reopen(t.Context(), id)
		require.NoError(t, err)
		c := clock(t, d, id, helpdesk.Resolution)
		require.Equal(t, at("2026-03-04T18:00:00Z"), c.DueAt)
		require.Zero(t, c.MetAt)
	})
}

func TestStepsComeInBusinessTime(t *testing.T) {
	t.Parallel()
	policy := sla.Policy{Name: "p", Resolution: 8 * time.Hour, Calendar: "ny", Steps: []helpdesk.EscalationStep{
		{Name: "half", Of: 0.5, Level: 1}, {Name: "three quarters", Of: 0.75, Level: 1}, {Name: "due", Level: 2},
		{Name: "half too much", Of: 1.5, Level: 3, Notify: helpdesk.NotifyBoth},
	}}
	onEveryStoreWith(t, slaConfig(t, policy), func(t *testing.T, d *helpdesktest.Desk) {
		d.Clock.Set(inNY("2026-03-06 13:00"))
		id := open(t, d, helpdesk.OpenParams{}).ID
		for i, step := range []struct {
			name, at string
			after    time.Duration // after the moment at which it can be seen
			level    int
		}{
			{"half", "2026-03-06T22:00:00Z", 0, 1},
			{"three quarters", "2026-03-09T15:00:00Z", 0, 1},
			{"due", "2026-03-09T17:00:00Z", time.Microsecond, 2},
			{"half too much", "2026-03-09T21:00:00Z", 0, 3},
		} {
			d.Clock.Set(at(step.at).Add(step.after - time.Microsecond))
			d.Drain()
			require.Len(t, clock(t, d, id, helpdesk.Resolution).Fired, i, "not before its time")
			d.Advance(time.Microsecond)
			require.Equal(t, step.name, clock(t, d, id, helpdesk.Resolution).Fired[i])
			require.Equal(t, step.level, read(t, d, id).EscalationLevel)
		}
		require.Len(t, d.Notices.Of(helpdesk.NoticeAtRisk), 2)
		late := d.Notices.Of(helpdesk.NoticeBreached)
		require.Len(t, late, 3) // managers at due; managers and assignee later
		require.Contains(t, texts(t, d, id, helpdesk.SystemNote), "SLA BREACHED. 4h after it was due, escalated again.")
	})
}

func TestDueIsInTimeAndASecondLaterIsNot(t *testing.T) {
	t.Parallel()
	onEveryStoreWith(t, slaConfig(t, sla.Policy{Name: "p", FirstResponse: 4 * time.Hour, Calendar: "ny"}), func(t *testing.T, d *helpdesktest.Desk) {
		due := inNY("2026-03-02 14:00")
		for by, breached := range map[time.Duration]bool{0: false, time.Second: true} {
			d.Clock.Set(inNY("2026-03-02 10:00"))
			id := open(t, d, helpdesk.OpenParams{}).ID
			d.Drain()
			d.Clock.Set(due.Add(by))
			_, err := asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Here."})
			require.NoError(t, err)
			d.Clock.Set(due.Add(5 * time.Minute))
			d.Drain()
			c := clock(t, d, id, helpdesk.FirstResponse)
			require.Equal(t, due.Add(by), c.MetAt)
			require.Equal(t, breached, !c.BreachedAt.IsZero())
			if breached {
				require.Equal(t, due, c.BreachedAt)
			}
		}
	})
}

// wait makes an agent ask the customer at that time.
func wait(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID, when time.Time) {
	t.Helper()
	d.Clock.Set(when)
	_, err := asAgent(d, ana).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "Which one?", Waiting: true})
	require.NoError(t, err)
}

// answer makes the customer write at that time.
func answer(t *testing.T, d *helpdesktest.Desk, id helpdesk.TicketID, when time.Time) {
	t.Helper()
	d.Clock.Set(when)
	_, err := asCustomer(d, kim).Reply(t.Context(), id, helpdesk.ReplyParams{Body: "That one."})
	require.NoError(t, err)
}

// asJSON encodes a document as an admin saves it.
func asJSON(t require.TestingT, doc any) json.RawMessage {
	value, err := json.Marshal(doc)
	require.NoError(t, err)
	return value
}

// TestTheWarningIsTrueWhenItIsRead: a warning at closing time comes when the desk opens, with the
// due time in the zone of the calendar and the open time left. A reply before makes it needless.
func TestTheWarningIsTrueWhenItIsRead(t *testing.T) {
	t.Parallel()
	book, err := sla.New(sla.Document{
		Calendars: []sla.Hours{{Name: "office", Zone: "America/New_York", Week: sla.Weekdays("09:00-17:00")}},
		Policies:  []sla.Policy{{Name: "p", FirstResponse: time.Hour, Calendar: "office"}},
	})
	require.NoError(t, err)
	onEveryStoreWith(t, &helpdesk.Config{SLA: book}, func(t *testing.T, d *helpdesktest.Desk) {
		d.Clock.Set(time.Date(2026, 3, 6, 21, 30, 0, 0, time.UTC)) // Friday 16:30; the clocks change on Sunday
		first := open(t, d, helpdesk.OpenParams{})
		second := open(t, d, helpdesk.OpenParams{})
		manager, err := d.Agents(t.Context())
		require.NoError(t, err)
		manager[1].Zone = "Asia/Kolkata"
		_, err = d.SaveAgent(t.Context(), manager[1])
		require.NoError(t, err)
		manager[1].Zone = "Local"
		_, err = d.SaveAgent(t.Context(), manager[1])
		require.Equal(t, "zone", helpdesk.Fields(err)[0].Field)
		d.Drain()
		d.Advance(31 * time.Minute)
		require.Empty(t, d.Notices.Of(helpdesk.NoticeAtRisk), "nobody is there")
		require.Equal(t, 1, events(t, d, first.ID)[helpdesk.EventSLAAtRisk])
		_, err = asAgent(d, ana).Reply(t.Context(), second.ID, helpdesk.ReplyParams{Body: "Hello."})
		require.NoError(t, err)
		d.Clock.Set(time.Date(2026, 3, 9, 13, 0, 0, 0, time.UTC))
		d.Drain()
		told := d.Notices.Of(helpdesk.NoticeAtRisk)
		require.Len(t, told, 1)
		require.Equal(t, first.ID, told[0].Ticket.ID)
		require.Equal(t, "The first response is due Monday 09:30 EDT, 30 minutes from now.", told[0].Text)
		for _, r := range told[0].To {
			zone := map[helpdesk.AgentID]string{ana: "Monday 09:30 EDT", ben: "Monday 19:00 IST"}[r.Agent]
			require.Equal(t, "The first response is due "+zone+", 30 minutes from now.", told[0].TextFor(r))
		}
		d.Notices.Reset()
		d.Advance(2 * time.Hour)
		breached := d.Notices.Of(helpdesk.NoticeBreached)[0]
		require.Equal(t, "The first response was due Monday 09:30 EDT.", breached.Text)
		require.Equal(t, "The first response was due Monday 19:00 IST.", breached.TextFor(breached.To[0]))
	})
}
