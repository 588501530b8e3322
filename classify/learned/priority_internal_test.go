package learned

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
)

func TestThePriorityThatCostsLeastIsChosen(t *testing.T) {
	t.Parallel()
	all := []string{"1", "2", "3", "4"} // low to urgent
	for want, shares := range map[helpdesk.Priority][][]float64{
		helpdesk.Low:    {{1, 0, 0, 0}, {0.8, 0.2, 0, 0}},
		helpdesk.Medium: {{0.5, 0.5, 0, 0}, {0.2, 0.7, 0.1, 0}},
		helpdesk.High:   {{0.1, 0.5, 0.4, 0}, {0.4, 0.4, 0, 0.2}, {0.9, 0, 0, 0.1}, {0, 0.1, 0.7, 0.2}},
		helpdesk.Urgent: {{0, 0, 0, 1}, {0.2, 0.2, 0.2, 0.4}},
	} {
		for _, p := range shares {
			require.Equal(t, want, cheapest(all, p), p)
		}
	}
	require.Equal(t, helpdesk.Medium, cheapest([]string{"2", "4"}, []float64{0.9, 0.1}))
}
