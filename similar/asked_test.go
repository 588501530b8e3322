package similar_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// TestTheSameMatterInOtherWordsIsFound has 72 tickets of package starter, drawn at random. For
// each, testdata/asked.tsv tells the same matter in the words of another customer; it was written
// before any ranking of it was looked at.
func TestTheSameMatterInOtherWordsIsFound(t *testing.T) {
	t.Parallel()
	file, err := os.Open("../classify/learned/starter/tickets.csv")
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	reports := map[string][2]string{}
	for _, row := range rows[1:] { // id, subject, body, ...
		reports[row[0]] = [2]string{row[1], row[2]}
		if row[1] == "" {
			reports[row[0]] = [2]string{"(no subject)", row[2]}
		}
	}
	store := memstore.New()
	tickets := solveAll(t, store, reports)
	asked, err := os.ReadFile("testdata/asked.tsv")
	require.NoError(t, err)
	n, first, five := 0, 0, 0
	for line := range strings.Lines(string(asked)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, fields, 3, line)
		found, err := similar.Find(t.Context(), store, similar.Query{Tenant: "acme", Subject: fields[1], Text: fields[2], Limit: 5})
		require.NoError(t, err)
		n++
		for i, s := range found {
			if s.Ticket == tickets[fields[0]].ID {
				if five++; i == 0 {
					first++
				}
			}
		}
	}
	report := fmt.Sprintf("of %d, %d first and %d among the first five", n, first, five)
	t.Log(report)
	require.GreaterOrEqual(t, float64(first), 0.9*float64(n), report)
	require.GreaterOrEqual(t, float64(five), 0.97*float64(n), report)
}
