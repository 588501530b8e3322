package sla_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

var update = flag.Bool("update", false, "write the pictures of the documentation anew")

const picture = "../docs/sla-week.svg"

// The picture of docs/sla.md: eight open hours, begun on a Friday morning, that pause while
// the customer has to answer over the weekend.
func ExamplePicture_WriteSVG() {
	office, err := sla.NewCalendar(sla.Hours{
		Name: "New York", Zone: "America/New_York", Week: sla.Weekdays("09:00-17:00"),
	})
	if err != nil {
		panic(err)
	}
	at := func(text string) time.Time {
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			panic(err)
		}
		return t
	}
	p := sla.Picture{
		Calendar: office, From: at("2026-03-20T12:00:00Z"), Days: 6, Now: at("2026-03-24T20:00:00Z"),
		Clock: &helpdesk.SLAClock{
			Metric: helpdesk.Resolution, Target: 8 * time.Hour, Consumed: 6 * time.Hour, StartedAt: at("2026-03-20T13:00:00Z"),
			Ran:          []helpdesk.RunPeriod{{From: at("2026-03-20T13:00:00Z"), To: at("2026-03-20T19:00:00Z"), Until: helpdesk.StatusWaiting}},
			RunningSince: at("2026-03-24T19:30:00Z"), DueAt: at("2026-03-25T13:30:00Z"),
		},
	}
	var b bytes.Buffer
	if err := p.WriteSVG(&b); err != nil {
		panic(err)
	}
	if *update {
		if err := os.WriteFile(picture, b.Bytes(), 0o644); err != nil {
			panic(err)
		}
	}
	inDocs, _ := os.ReadFile(picture)
	fmt.Println("as in the documentation:", bytes.Equal(b.Bytes(), inDocs))
	// Output:
	// as in the documentation: true
}

func TestAPictureIsWellFormedWhateverItShows(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 10, 30, 12, 0, 0, 0, time.UTC)
	hours := sla.Hours{Name: `<&"'>`, Zone: "America/New_York", Week: sla.Daily("22:00-06:00"), Holidays: []sla.Holiday{{Date: "2026-11-01"}}}
	calendar, err := sla.NewCalendar(hours)
	require.NoError(t, err)
	for _, p := range []sla.Picture{
		{Calendar: calendar, From: start},
		{Calendar: sla.AlwaysOn(), From: start, Days: 1000},
		{Calendar: calendar, From: start, Days: -1, Clock: &helpdesk.SLAClock{StartedAt: start.Add(-100 * time.Hour)}, Now: start},
		{Calendar: calendar, From: start, Clock: &helpdesk.SLAClock{StartedAt: start, RunningSince: start, DueAt: start.Add(time.Hour), BreachedAt: start.Add(time.Hour)}, Now: start.Add(90 * time.Hour)},
		{Calendar: calendar, From: start, Clock: &helpdesk.SLAClock{StartedAt: start, MetAt: start.Add(time.Hour), DueAt: start.Add(2 * time.Hour), Ran: []helpdesk.RunPeriod{{From: start, To: start.Add(time.Hour)}}}},
	} {
		var b bytes.Buffer
		require.NoError(t, p.WriteSVG(&b))
		d := xml.NewDecoder(&b)
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
		}
	}
	p := sla.Picture{Calendar: calendar, From: start}
	require.ErrorIs(t, p.WriteSVG(broken{}), io.ErrClosedPipe)
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
