package webui

import (
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestNumbersAreWrittenAsTheLanguageHasThem(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"en": {"12,345", "1,234.50", "75.7%", "76%", "1.5 MB", "2 kB", "1,023 B", "Mon, 07:00: 1,234 tickets, 0.50 an hour", "12,000d"},
		"de": {"12.345", "1.234,50", "75,7\u00a0%", "76\u00a0%", "1,5 MB", "2 kB", "1.023 B", "Mo, 07:00: 1.234 Tickets, 0,50 je Stunde", "12.000\u00a0T"},
	} {
		v := speaker(t, name)
		require.Equal(t, want, []string{
			v.Whole(12345), v.decimal(1234.5, 2), v.percent(75.66, 1), v.Percent(.757), v.Size(3 << 19), v.Size(2048), v.Size(1023),
			v.T("dash.arrivals.cell", v.T("day.1"), 7, 1234, .5), v.span(12000 * 24 * time.Hour),
		}, name)
	}
}

func TestARoughNumberIsNothingForNothingAlone(t *testing.T) {
	t.Parallel()
	v := speaker(t, "de")
	for f, want := range map[float64]string{.0192: "0,019", .3: "0,3", 3.04: "3", 3.14: "3,1", 12.3: "12", 1234.5: "1.234", 0: "0"} {
		require.Equal(t, want, v.rough(f), f)
	}
}

func TestAHostsLanguageHasItsOwnNumbers(t *testing.T) {
	t.Parallel()
	all, err := readCatalogue(fstest.MapFS{"fr.json": {Data: []byte(`{"level": "Niveau %d"}`)}, "qq-x-ours.json": {Data: []byte(`{}`)}})
	require.NoError(t, err)
	v := &visit{words: all.languages["fr"]}
	require.Equal(t, "Niveau 1\u00a0234", v.T("level", 1234))
	require.Equal(t, "1\u00a0234 attempts", v.T("mail.attempts", 1234), "also in a text that it lacks")
	require.Equal(t, "0,5", v.decimal(.5, 1))
	v.words = all.languages["qq-x-ours"]
	require.Equal(t, "1,234.5", v.decimal(1234.5, 1), "nobody knows how they are written")
}

func TestACellIsWrittenForPeopleAndForMachines(t *testing.T) {
	t.Parallel()
	v := speaker(t, "de")
	require.Equal(t, cell{"1.234,50", "1234.50"}, v.fixed(1234.5, 2))
	require.Equal(t, []cell{{"1.234", "1234"}, {"0", "0"}}, v.wholes(1234, 0))
	require.Equal(t, cell{"–", ""}, v.maybe(nil, 2))
	f := .25
	require.Equal(t, cell{"0,250", "0.250"}, v.maybe(&f, 3))
}

func TestAFigureSaysHowItWas(t *testing.T) {
	t.Parallel()
	v := speaker(t, "en")
	n := func(f float64) *float64 { return &f }
	for _, c := range []struct {
		now, before *float64
		better      float64
		want        figure
	}{
		{n(79.14), n(79.11), 1, figure{"N", "79.1%", "as before", "", ""}}, // what reads the same has not changed
		{n(80), n(79), 1, figure{"N", "80.0%", "was 79.0%", "▲", "up"}},
		{n(80), n(79), -1, figure{"N", "80.0%", "was 79.0%", "▲", "down"}},
		{n(79), n(80), 1, figure{"N", "79.0%", "was 80.0%", "▼", "down"}},
		{n(79), n(80), -1, figure{"N", "79.0%", "was 80.0%", "▼", "up"}},
		{n(79), n(80), 0, figure{"N", "79.0%", "was 80.0%", "▼", ""}},
		{n(79), nil, 1, figure{"N", "79.0%", "", "", ""}},
		{nil, n(79), 1, figure{"N", "–", "", "", ""}},
	} {
		require.Equal(t, c.want, v.figure("N", c.now, c.before, v.percent1, c.better))
	}
}
