package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

var reportZones = []string{
	"UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham",
	"America/Sao_Paulo", "Atlantic/Azores", "America/Havana", "Asia/Beirut", "Pacific/Apia", "Africa/Cairo",
}

func zone(t require.TestingT, name string) *time.Location {
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	return z
}

func TestADayIsThatOfTheZone(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		require.NoError(t, err)
		return v
	}
	for _, c := range []struct {
		name, zone, from, to string
		granularity          report.Granularity
		bounds               []string
	}{
		{"23 hours", "America/New_York", "2026-03-07T05:00:00Z", "2026-03-09T04:00:00Z", report.Day, []string{"2026-03-08T05:00:00Z"}},
		{"25 hours", "America/New_York", "2026-11-01T04:00:00Z", "2026-11-03T05:00:00Z", report.Day, []string{"2026-11-02T05:00:00Z"}},
		{"half an hour more", "Australia/Lord_Howe", "2026-04-04T13:00:00Z", "2026-04-06T13:30:00Z", report.Day, []string{"2026-04-05T13:30:00Z"}},
		{"half an hour aside, begun in the day", "Asia/Kolkata", "2026-03-02T10:00:00Z", "2026-03-03T20:00:00Z", report.Day, []string{"2026-03-02T18:30:00Z", "2026-03-03T18:30:00Z"}},
		{"no midnight", "America/Sao_Paulo", "2018-11-03T03:00:00Z", "2018-11-05T02:00:00Z", report.Day, []string{"2018-11-04T03:00:00Z"}},
		{"two midnights", "America/Havana", "2026-10-31T04:00:00Z", "2026-11-02T05:00:00Z", report.Day, []string{"2026-11-01T04:00:00Z"}},
		{"no 30 December", "Pacific/Apia", "2011-12-29T10:00:00Z", "2012-01-01T10:00:00Z", report.Day, []string{"2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"}},
		{"weeks begin on Monday", "UTC", "2026-03-04T00:00:00Z", "2026-03-17T00:00:00Z", report.Week, []string{"2026-03-09T00:00:00Z", "2026-03-16T00:00:00Z"}},
		{"months", "America/New_York", "2026-02-10T00:00:00Z", "2026-04-02T00:00:00Z", report.Month, []string{"2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z"}},
	} {
		want := []time.Time{at(c.from)}
		for _, b := range c.bounds {
			want = append(want, at(b))
		}
		got, err := report.Period{From: at(c.from), To: at(c.to)}.Bounds(c.granularity, zone(t, c.zone))
		require.NoError(t, err, c.name)
		require.Equal(t, append(want, at(c.to)), got, c.name)
	}
	_, err := report.Period{From: at("2000-01-01T00:00:00Z"), To: at("2026-01-01T00:00:00Z")}.Bounds(report.Day, nil)
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
	_, err = report.Period{From: at("2000-01-01T00:00:00Z"), To: at("2001-01-01T00:00:00Z")}.Bounds("hour", nil)
	require.ErrorIs(t, err, helpdesk.ErrInvalid)
}

// The date, read off the clock, is one throughout a step and another in the next.
func TestStepsAreWhereTheDateChanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z := zone(t, rapid.SampledFrom(reportZones).Draw(t, "zone"))
		g := rapid.SampledFrom([]report.Granularity{"", report.Week, report.Month}).Draw(t, "granularity")
		from := time.Unix(rapid.Int64Range(1e9, 19e8).Draw(t, "from"), 0).UTC()
		bounds, err := report.Period{From: from, To: from.Add(time.Duration(rapid.IntRange(1, 24*90).Draw(t, "hours")) * time.Hour)}.Bounds(g, z)
		require.NoError(t, err)
		for i := 1; i < len(bounds); i++ {
			first, last := pieceOf(bounds[i-1], g, z), pieceOf(bounds[i].Add(-time.Second), g, z)
			require.Equal(t, first, last, "%v", bounds)
			if i < len(bounds)-1 {
				require.NotEqual(t, last, pieceOf(bounds[i], g, z), "%v", bounds)
			}
		}
	})
}

// pieceOf names the day, week or month of a time.
func pieceOf(at time.Time, g report.Granularity, z *time.Location) string {
	switch local := at.In(z); g {
	case report.Week:
		y, w := local.ISOWeek()
		return time.Date(y, 1, w, 0, 0, 0, 0, time.UTC).Format("2006 002")
	case report.Month:
		return local.Format("2006-01")
	default:
		return local.Format(time.DateOnly)
	}
}
