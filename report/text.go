package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// WriteOverview writes an overview as a table in plain text. A number without observations is shown
// as a dash.
func WriteOverview(w io.Writer, o *Overview) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	row := func(name string, value any) { fmt.Fprintf(tw, "%s\t%v\n", name, value) }
	row("Tickets", o.Total)
	row("Open", o.Open)
	row("Resolved", o.Resolved)
	row("SLA breached", o.Breached)
	if o.Compliance == nil {
		row("SLA compliance", "-")
	} else {
		row("SLA compliance", fmt.Sprintf("%.1f%%", *o.Compliance))
	}
	for _, a := range o.Attainment {
		row("  "+words(string(a.Metric)), fmt.Sprintf("%.1f%% (%d met, %d breached)", a.Percent(), a.Met, a.Breached))
	}
	row("First response", durations(o.FirstResponse))
	row("Resolution", durations(o.Resolution))
	if d := o.ResolutionOpen; d.N > 0 {
		row("  in open hours", durations(d))
	}
	row("Backlog", fmt.Sprintf("%d, then %d (%+d created, %+d reopened, %+d resolved, %+d removed)",
		o.Flow.Start, o.Flow.End, o.Flow.Created, o.Flow.Reopened, -o.Flow.Resolved, -o.Flow.Removed))
	row("Reopened", proportion(o.Reopened))
	row("One reply", proportion(o.OneTouch))
	if mean := o.Satisfaction.Mean(); mean != nil {
		i := o.Satisfaction.Content().Wilson()
		row("Satisfaction", fmt.Sprintf("mean %.1f, %s content (95%%: %.0f%% to %.0f%%), %s answered",
			*mean, proportion(o.Satisfaction.Content()), 100*i.Low, 100*i.High, proportion(o.Satisfaction.Response())))
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

// categories are those of an overview, the most frequent first.
func categories(o *Overview) []helpdesk.Category {
	return slices.SortedFunc(maps.Keys(o.ByCategory), func(a, b helpdesk.Category) int {
		return cmp.Or(cmp.Compare(o.ByCategory[b].Total, o.ByCategory[a].Total), cmp.Compare(a, b))
	})
}

// bar writes a count with its share of the whole, and a bar of up to 30 signs.
func bar(w io.Writer, name string, n, whole int) {
	whole = max(whole, 1)
	line := fmt.Sprintf("  %s\t%d\t%3.0f%%\t%s", name, n, 100*float64(n)/float64(whole), strings.Repeat("█", 30*n/whole))
	fmt.Fprintln(w, strings.TrimRight(line, "\t"))
}

// durations writes the mean and the percentiles, with how many tickets they stand for.
func durations(d Durations) string {
	if d.N == 0 {
		return "-"
	}
	return fmt.Sprintf("mean %s, half within %s, 90%% within %s (%d tickets)", hours(d.Mean), hours(d.P50), hours(d.P90), d.N)
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
