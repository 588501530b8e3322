package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Table is a report as rows of cells. A number without observations is an empty cell.
type Table struct {
	Columns []string
	Rows    [][]string
}

// WriteCSV writes a table as CSV (RFC 4180) with a header. It puts an apostrophe before a text that
// a spreadsheet would take for a formula: others choose the names of agents and policies.
func (t *Table) WriteCSV(w io.Writer) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write(t.Columns); err != nil {
		return err
	}
	for _, row := range t.Rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = Inert(cell)
		}
		if err := c.Write(safe); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

var numeral = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// Inert puts an apostrophe before a cell that a spreadsheet would take for a formula: see the page
// of OWASP on CSV injection. Numbers stay as they are.
func Inert(cell string) string {
	if cell == "" || numeral.MatchString(cell) {
		return cell
	}
	first := strings.TrimLeft(cell, " \u00a0")
	if strings.IndexAny(first, "\t\r\n=+-@＝＋－＠|%") == 0 {
		return "'" + cell
	}
	return cell
}

// OverviewTable returns a row for each number of an overview. A row holds the name of the number,
// its category, priority or policy if it has one, and its value. If before is not nil, the row also
// holds the value of the period before.
func OverviewTable(o, before *Overview) *Table {
	t := &Table{Columns: []string{"measure", "of", "value"}}
	now := overviewRows(o)
	if before == nil {
		for _, r := range now {
			t.Rows = append(t.Rows, []string{r.measure, r.of, r.value})
		}
		return t
	}
	t.Columns = append(t.Columns, "before")
	old := map[[2]string]string{}
	for _, r := range overviewRows(before) {
		old[[2]string{r.measure, r.of}] = r.value
	}
	for _, r := range now {
		key := [2]string{r.measure, r.of}
		t.Rows = append(t.Rows, []string{r.measure, r.of, r.value, old[key]})
		delete(old, key)
	}
	for _, r := range overviewRows(before) { // numbers of the period before alone
		if v, ok := old[[2]string{r.measure, r.of}]; ok {
			t.Rows = append(t.Rows, []string{r.measure, r.of, "", v})
		}
	}
	return t
}

type measure struct{ measure, of, value string }

// measures returns the rows of a figure.
func (f *Figure) measures(o *Overview) []measure {
	row := func(suffix, value string) measure { return measure{f.CSV + suffix, "", value} }
	count := func(suffix string, n int) measure { return row(suffix, strconv.Itoa(n)) }
	switch v := f.Value(o).(type) {
	case int:
		return []measure{count("", v)}
	case *float64:
		if f.Unit == Number && v != nil {
			return []measure{row("", strconv.FormatFloat(*v, 'f', -1, 64))}
		}
		return []measure{row("", number(v))}
	case Durations:
		c := durationCells(v)
		return []measure{row("_n", c[0]), row("_mean_hours", c[1]), row("_p50_hours", c[2]), row("_p90_hours", c[3])}
	case Proportion:
		return []measure{count("_n", v.N), count("_of", v.Of), row("_rate", number(v.Rate()))}
	case Flow:
		moved := func(name string, n int) measure { return measure{"moved_" + name, "", strconv.Itoa(n)} }
		return []measure{
			count("_start", v.Start), moved("created", v.Created), moved("reopened", v.Reopened),
			moved("resolved", v.Resolved), moved("removed", v.Removed), count("_end", v.End),
		}
	case Satisfaction:
		response, content := v.Response(), v.Content()
		low, high := interval(content.Wilson())
		return []measure{
			count("_response_n", response.N), count("_response_of", response.Of), row("_response_rate", number(response.Rate())),
			count("_content_n", content.N), count("_content_of", content.Of), row("_content_rate", number(content.Rate())),
			row("_mean", number(v.Mean())), row("_content_low", low), row("_content_high", high),
		}
	default:
		panic(fmt.Sprintf("report: the figure %q is a %T", f.CSV, v))
	}
}

func overviewRows(o *Overview) (rows []measure) {
	for i := range Figures {
		if f := &Figures[i]; f.CSV != "" {
			rows = append(rows, f.measures(o)...)
		}
	}
	add := func(name, of, value string) { rows = append(rows, measure{name, of, value}) }
	count := func(name, of string, n int) { add(name, of, strconv.Itoa(n)) }
	for _, a := range append(append([]Attainment(nil), o.Attainment...), o.Policies...) {
		of := string(a.Metric)
		if a.Policy != "" {
			of = a.Policy + "/" + of
		}
		count("met", of, a.Met)
		count("missed", of, a.Breached)
	}
	group := func(of string, g Group) {
		count("tickets", of, g.Total)
		count("resolved", of, g.Resolved)
		count("breached", of, g.Breached)
		add("compliance_pct", of, number(g.Compliance()))
		add("resolution_p50_hours", of, durationCells(g.Resolution)[2])
	}
	for _, c := range categories(o) {
		group("category "+string(c), o.ByCategory[c])
	}
	for _, p := range helpdesk.Priorities {
		group("priority "+p.String(), o.ByPriority[p])
	}
	return rows
}

// SeriesTable returns a row for each step of a series, its times in a zone.
func SeriesTable(points []SeriesPoint, zone *time.Location) *Table {
	t := &Table{Columns: []string{"from", "to", "created", "reopened", "resolved", "removed", "backlog_start", "backlog_end"}}
	for _, name := range []string{"first_response", "first_response_open", "resolution", "resolution_open"} {
		t.Columns = append(t.Columns, name+"_n", name+"_mean_hours", name+"_p50_hours", name+"_p90_hours")
	}
	for _, m := range helpdesk.Metrics {
		t.Columns = append(t.Columns, string(m)+"_met", string(m)+"_missed")
	}
	for i := range points {
		p := &points[i]
		row := []string{p.From.In(zone).Format(time.RFC3339), p.To.In(zone).Format(time.RFC3339)}
		for _, n := range []int{p.Created, p.Reopened, p.Resolved, p.Removed, p.Start, p.End} {
			row = append(row, strconv.Itoa(n))
		}
		for _, d := range []Durations{p.FirstResponse, p.FirstResponseOpen, p.Resolution, p.ResolutionOpen} {
			row = append(row, durationCells(d)...)
		}
		for _, m := range helpdesk.Metrics {
			met, missed := 0, 0
			for _, a := range p.Attainment {
				if a.Metric == m {
					met, missed = a.Met, a.Breached
				}
			}
			row = append(row, strconv.Itoa(met), strconv.Itoa(missed))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// HeatMapTable returns a row for each hour of the week, Monday first.
func HeatMapTable(m *HeatMap) *Table {
	t := &Table{Columns: []string{"weekday", "hour", "created", "hours"}}
	for i := range 7 {
		day := time.Weekday((i + 1) % 7)
		for hour := range 24 {
			t.Rows = append(t.Rows, []string{day.String(), strconv.Itoa(hour), strconv.Itoa(m.Created[day][hour]), hoursOf(m.Time[day][hour])})
		}
	}
	return t
}

// AgentsTable returns a row for each agent.
func AgentsTable(r *Agents) *Table {
	t := &Table{Columns: []string{
		"agent", "held", "kept", "resolved", "resolution_rate", "first_response_n", "first_response_mean_hours", "first_response_p50_hours", "first_response_p90_hours",
		"handling_n", "handling_mean_hours", "handling_p50_hours", "handling_p90_hours", "csat_n", "csat_mean", "csat_content_rate", "csat_content_low", "csat_content_high",
		"breaches", "expected", "ratio", "ratio_low", "ratio_high", "shrunk_ratio", "flagged",
	}}
	for i := range r.Results {
		a := &r.Results[i]
		row := []string{string(a.Agent), strconv.Itoa(a.Held), strconv.Itoa(a.Kept), strconv.Itoa(a.Resolved)}
		if a.Few {
			t.Rows = append(t.Rows, append(row, make([]string, len(t.Columns)-len(row))...))
			continue
		}
		row = append(row, number(a.Resolution.Rate()))
		row = append(append(row, durationCells(a.FirstResponse)...), durationCells(a.Handling)...)
		content := a.Satisfaction.Content()
		low, high := interval(content.Wilson())
		row = append(row, strconv.Itoa(a.Satisfaction.Rated), number(a.Satisfaction.Mean()), number(content.Rate()), low, high)
		low, high = interval(a.Breaches.Byar())
		shrunk := a.Breaches.Shrunk()
		row = append(row, number(&a.Breaches.Observed), number(&a.Breaches.Expected), number(a.Breaches.Value()), low, high, number(&shrunk), strconv.FormatBool(a.Flagged))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// number writes four decimals, more than the accuracy of any figure here.
func number(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', 4, 64)
}

func interval(i *Interval) (low, high string) {
	if i == nil {
		return "", ""
	}
	return number(&i.Low), number(&i.High)
}

func hoursOf(d time.Duration) string {
	h := d.Hours()
	return number(&h)
}

// durationCells returns the number, the mean, the median and the 90th percentile.
func durationCells(d Durations) []string {
	if d.N == 0 {
		return []string{"0", "", "", ""}
	}
	return []string{strconv.Itoa(d.N), hoursOf(d.Mean), hoursOf(d.P50), hoursOf(d.P90)}
}
