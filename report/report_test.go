package report_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

func ExampleWriteOverview() {
	compliance, replies := 75.0, 2.0
	report.WriteOverview(os.Stdout, &report.Overview{
		Total: 4, Open: 1, Resolved: 3, Breached: 1, Compliance: &compliance,
		Attainment:     []report.Attainment{{Metric: helpdesk.FirstResponse, Met: 3, Breached: 1}},
		FirstResponse:  report.Durations{N: 4, Mean: 20 * time.Minute, P50: 10 * time.Minute, P90: 50 * time.Minute},
		ResolutionOpen: report.Durations{N: 3, Mean: 2 * time.Hour, P50: 90 * time.Minute, P90: 4 * time.Hour},
		Flow:           report.Flow{Start: 2, Created: 5, Reopened: 1, Resolved: 4, Removed: 1, End: 3},
		Reopened:       report.Proportion{N: 1, Of: 4}, OneTouch: report.Proportion{N: 2, Of: 3}, MedianReplies: &replies,
		Satisfaction: report.Satisfaction{Asked: 20, Rated: 10, Sum: 41, Good: 8},
		ByCategory:   map[helpdesk.Category]report.Group{helpdesk.Billing: {Total: 3}, "": {Total: 1}},
		ByPriority:   map[helpdesk.Priority]report.Group{helpdesk.Urgent: {Total: 1}, helpdesk.Medium: {Total: 3}},
	})
	// Output:
	// Tickets           4
	// Open              1
	// Resolved          3
	// SLA breached      1
	// SLA compliance    75.0%
	//   first response  75.0% (3 met, 1 breached)
	// First response    mean 20.0 min, median 10.0 min, 90th percentile 50.0 min (4 tickets)
	// Resolution        -
	//   in open hours   mean 2.0 h, median 1.5 h, 90th percentile 4.0 h (3 tickets)
	// Backlog           2, then 3 (+5 created, +1 reopened, -4 resolved, -1 removed)
	// Reopened          25.0% (1 of 4)
	// One reply         66.7% (2 of 3)
	// Median replies    2
	// Satisfaction      mean 4.1, 80.0% (8 of 10) content (95%: 49% to 94%), 50.0% (10 of 20) answered
	//
	// By category
	//   billing        3   75%  ██████████████████████
	//   uncategorized  1   25%  ███████
	//
	// By priority
	//   urgent  1   25%  ███████
	//   high    0    0%
	//   medium  3   75%  ██████████████████████
	//   low     0    0%
}

func TestAnEmptyOverviewDividesByNothing(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	require.NoError(t, report.WriteOverview(&out, &report.Overview{}))
	require.Contains(t, out.String(), "SLA compliance  -")
	require.NotContains(t, out.String(), "NaN")
}

func TestCellsAreNoFormulas(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+cmd": "'+cmd", "-2+3": "'-2+3", "@SUM(A1)": "'@SUM(A1)", " =1": "' =1", "＝1": "'＝1", "\t=1": "'\t=1", "|x": "'|x",
		"-3": "-3", "-3.50": "-3.50", "": "", "ana@example.com": "ana@example.com", "a=b": "a=b", "-inf": "'-inf",
	} {
		var out strings.Builder
		require.NoError(t, (&report.Table{Columns: []string{"a", "b"}, Rows: [][]string{{cell, "x"}}}).WriteCSV(&out))
		rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
		require.NoError(t, err)
		require.Equal(t, []string{want, "x"}, rows[1], "%q", cell)
	}
}

func FuzzNoCellStartsAFormula(f *testing.F) {
	f.Add("=1", "-5", "\r\n+x")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		var out strings.Builder
		require.NoError(t, (&report.Table{Columns: []string{"a", "b", "c"}, Rows: [][]string{{a, b, c}}}).WriteCSV(&out))
		rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 2)
		for _, cell := range rows[1] {
			if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				continue
			}
			_, err := strconv.ParseFloat(cell, 64)
			require.NoError(t, err, "%q", cell)
		}
	})
}

func TestTablesHaveACellForEachColumn(t *testing.T) {
	t.Parallel()
	replies := 3.0
	o := &report.Overview{
		Total: 2, MedianReplies: &replies, ByCategory: map[helpdesk.Category]report.Group{"=cmd": {Total: 2}},
		Policies: []report.Attainment{{Policy: "vip", Metric: helpdesk.Resolution, Met: 3, Breached: 1}},
	}
	before := &report.Overview{Total: 1, ByCategory: map[helpdesk.Category]report.Group{"": {Total: 1}}}
	both := report.OverviewTable(o, before)
	require.Contains(t, both.Rows, []string{"tickets", "", "2", "1"})
	require.Contains(t, both.Rows, []string{"tickets", "category =cmd", "2", ""})
	require.Contains(t, both.Rows, []string{"tickets", "category ", "", "1"})
	require.Contains(t, both.Rows, []string{"missed", "vip/resolution", "1", ""})
	require.Contains(t, both.Rows, []string{"median_replies", "", "3", ""})
	agents := &report.Agents{Results: []report.AgentResult{
		{Agent: "ana", Held: 4, Few: true},
		{Agent: "ben", Held: 50, Kept: 48, Resolved: 40, Resolution: report.Proportion{N: 40, Of: 48}, Breaches: report.Ratio{Observed: 8, Expected: 4.6}},
	}}
	empty := report.OverviewTable(&report.Overview{}, nil)
	points := []report.SeriesPoint{{Flow: report.Flow{Created: 3}, Attainment: []report.Attainment{{Metric: helpdesk.Resolution, Met: 1}}}}
	heat := report.HeatMapTable(&report.HeatMap{})
	require.Len(t, heat.Rows, 7*24)
	require.Equal(t, "Monday", heat.Rows[0][0])
	for _, table := range []*report.Table{both, empty, report.AgentsTable(agents), report.SeriesTable(points, time.UTC), heat} {
		for _, row := range table.Rows {
			require.Len(t, row, len(table.Columns))
			require.NotContains(t, row, "NaN")
		}
	}
	ben := report.AgentsTable(agents).Rows[1]
	require.Equal(t, []string{"8.0000", "4.6000", "1.7391", "0.7488", "3.4270", "1.2329", "false"}, ben[len(ben)-7:])
}

// The table of figures is what every form is made from, so a figure must be readable in each form
// that has a name for it, and a name must not stand for two figures.
func TestEachFigureIsInEveryFormThatNamesIt(t *testing.T) {
	t.Parallel()
	number := 2.0
	full := &report.Overview{
		Compliance: &number, FirstResponse: report.Durations{N: 1}, ResolutionOpen: report.Durations{N: 1},
		Satisfaction: report.Satisfaction{Asked: 1, Rated: 1, Sum: 5, Good: 1},
		Attainment:   []report.Attainment{{Metric: helpdesk.FirstResponse, Met: 1}},
	}
	for _, o := range []*report.Overview{full, {}} {
		var text strings.Builder
		text.WriteString("\n")
		require.NoError(t, report.WriteOverview(&text, o))
		var measures []string
		for _, row := range report.OverviewTable(o, nil).Rows {
			measures = append(measures, row[0])
		}
		seen := map[string]bool{}
		for _, f := range report.Figures {
			for form, name := range map[string]string{"text": f.Text, "CSV": f.CSV, "JSON": f.JSON, "card": f.Card} {
				require.False(t, name != "" && seen[form+name], "two figures are %q in %s", name, form)
				seen[form+name] = true
			}
			if _, list := f.Value(o).([]report.Attainment); o == full && f.Text != "" && !list {
				require.Contains(t, text.String(), "\n"+f.Text+" ", f.Text)
			}
			if f.CSV != "" {
				require.True(t, slices.ContainsFunc(measures, func(m string) bool { return strings.HasPrefix(m, f.CSV) }), f.CSV)
			}
		}
	}
}
