package report_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/report"
)

func ExampleWriteOverview() {
	compliance := 75.0
	report.WriteOverview(os.Stdout, &helpdesk.Overview{
		Total: 4, Open: 1, Resolved: 3, Breached: 1, Compliance: &compliance,
		Attainment:    []helpdesk.Attainment{{Metric: helpdesk.FirstResponse, Met: 3, Breached: 1}},
		FirstResponse: helpdesk.Durations{N: 4, Mean: 20 * time.Minute, P50: 10 * time.Minute, P90: 50 * time.Minute},
		ByCategory:    map[helpdesk.Category]helpdesk.Group{helpdesk.Billing: {Total: 3}, "": {Total: 1}},
		ByPriority:    map[helpdesk.Priority]helpdesk.Group{helpdesk.Urgent: {Total: 1}, helpdesk.Medium: {Total: 3}},
	})
	// Output:
	// Tickets           4
	// Open              1
	// Resolved          3
	// SLA breached      1
	// SLA compliance    75.0%
	//   first response  75.0% (3 met, 1 breached)
	// First response    mean 20.0 min, half within 10.0 min, 90% within 50.0 min (4 tickets)
	// Resolution        -
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
	require.NoError(t, report.WriteOverview(&out, &helpdesk.Overview{}))
	require.Contains(t, out.String(), "SLA compliance  -")
	require.NotContains(t, out.String(), "NaN")
}
