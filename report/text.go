package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// WriteOverview writes an overview as a table in plain text. A number without observations is shown
// as a dash.
func WriteOverview(w io.Writer, o *Overview) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i := range Figures {
		writeFigure(tw, &Figures[i], o)
	}
	tw.Flush() // errors of w come back from the last Flush
	fmt.Fprintln(w, "\nBy category")
	for _, c := range categories(o) {
		bar(tw, words(cmp.Or(string(c), "uncategorized")), o.ByCategory[c].Total, o.Total)
	}
	tw.Flush()
	fmt.Fprintln(w, "\nBy priority")
	for _, p := range slices.Backward(helpdesk.Priorities) {
		bar(tw, p.String(), o.ByPriority[p].Total, o.Total)
	}
	return tw.Flush()
}

// writeFigure writes the lines of a figure. A detail is left out without observations, and so is
// the satisfaction when nobody rated.
func writeFigure(w io.Writer, f *Figure, o *Overview) {
	if f.Text == "" {
		return
	}
	line := func(name, value string) { fmt.Fprintf(w, "%s\t%s\n", name, value) }
	switch v := f.Value(o).(type) {
	case int:
		line(f.Text, strconv.Itoa(v))
	case *float64:
		line(f.Text, f.Unit.text(v))
	case Durations:
		if v.N > 0 || !strings.HasPrefix(f.Text, " ") {
			line(f.Text, durations(v))
		}
	case Proportion:
		line(f.Text, proportion(v))
	case Flow:
		line(f.Text, fmt.Sprintf("%d, then %d (%+d created, %+d reopened, %+d resolved, %+d removed)",
			v.Start, v.End, v.Created, v.Reopened, -v.Resolved, -v.Removed))
	case Satisfaction:
		if mean := v.Mean(); mean != nil {
			i := v.Content().Wilson()
			line(f.Text, fmt.Sprintf("mean %.1f, %s content (95%%: %.0f%% to %.0f%%), %s answered",
				*mean, proportion(v.Content()), 100*i.Low, 100*i.High, proportion(v.Response())))
		}
	case []Attainment:
		for _, a := range v {
			line("  "+words(string(a.Metric)), fmt.Sprintf("%.1f%% (%d met, %d breached)", a.Percent(), a.Met, a.Breached))
		}
	default:
		panic(fmt.Sprintf("report: the figure %q is a %T", f.Text, v))
	}
}

// text writes a number, or a dash without one.
func (u Unit) text(v *float64) string {
	switch {
	case v == nil:
		return "-"
	case u == Percent:
		return fmt.Sprintf("%.1f%%", *v)
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// categories returns those of an overview, the most frequent first.
func categories(o *Overview) []helpdesk.Category {
	return slices.SortedFunc(maps.Keys(o.ByCategory), func(a, b helpdesk.Category) int {
		return cmp.Or(cmp.Compare(o.ByCategory[b].Total, o.ByCategory[a].Total), cmp.Compare(a, b))
	})
}

// bar writes a count, its percentage of the whole, and a bar of up to 30 signs.
func bar(w io.Writer, name string, n, whole int) {
	whole = max(whole, 1)
	line := fmt.Sprintf("  %s\t%d\t%3.0f%%\t%s", name, n, 100*float64(n)/float64(whole), strings.Repeat("█", 30*n/whole))
	fmt.Fprintln(w, strings.TrimRight(line, "\t"))
}

// durations writes the mean, the median and the 90th percentile, and the number of tickets.
func durations(d Durations) string {
	if d.N == 0 {
		return "-"
	}
	return fmt.Sprintf("mean %s, median %s, 90th percentile %s (%d tickets)", hours(d.Mean), hours(d.P50), hours(d.P90), d.N)
}

func hours(d time.Duration) string {
	if d < time.Hour {
		return fmt.Sprintf("%.1f min", d.Minutes())
	}
	return fmt.Sprintf("%.1f h", d.Hours())
}

func proportion(s Proportion) string {
	if s.Of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f%% (%d of %d)", 100**s.Rate(), s.N, s.Of)
}

func words(s string) string { return strings.ReplaceAll(s, "_", " ") }
