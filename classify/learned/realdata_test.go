package learned_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify/learned"
)

// TestDefaultsOnRealTickets trains with the zero Config on four fifths of real tickets. Its answers
// on the rest are right as often as they say, and it rejects other kinds of text.
func TestDefaultsOnRealTickets(t *testing.T) {
	t.Parallel()
	for _, data := range []struct {
		name   string
		others []string
		// The proportion right and the mean confidence differ by at most two standard errors.
		within float64
	}{
		{"itservice.csv", []string{"multilang.csv", "seamonkey.csv"}, 0.04}, {"multilang.csv", []string{"itservice.csv", "seamonkey.csv"}, 0.14},
	} {
		list := tickets(t, data.name)
		labels := make([]string, len(list))
		for i, e := range list {
			labels[i] = byCategory(e)
		}
		folds := stratified(labels, 5, 3)
		var others []learned.Example
		for _, fold := range folds[1:] {
			for _, i := range fold {
				others = append(others, list[i])
			}
		}
		m := trained(t, others, nil)
		var categories []helpdesk.CategoryInfo
		for _, c := range m.Info().Categories {
			categories = append(categories, helpdesk.CategoryInfo{Name: c})
		}
		answered, right, confidence, strange := 0.0, 0.0, 0.0, 0.0
		for _, i := range folds[0] {
			c, err := m.Classify(t.Context(), asked(&list[i], categories))
			if err != nil {
				require.ErrorIs(t, err, helpdesk.ErrAbstain)
				if strings.Contains(err.Error(), "unlike") {
					strange++
				}
				continue
			}
			answered++
			confidence += c.Confidence
			if c.Category == list[i].Category {
				right++
			}
		}
		n := float64(len(folds[0]))
		t.Logf("%s: of %d answered %.3f, right of these %.3f, mean confidence %.3f, turned away as strange %.3f, least confidence %.2f",
			data.name, len(folds[0]), answered/n, right/answered, confidence/answered, strange/n, m.Info().Confidence)
		require.InDelta(t, confidence/answered, right/answered, data.within)
		require.Less(t, strange/n, 0.03)
		for _, other := range data.others {
			foreign, away, sure := tickets(t, other), 0.0, 0.0
			for _, e := range foreign {
				c, err := m.Classify(t.Context(), asked(&e, categories))
				if errors.Is(err, helpdesk.ErrAbstain) {
					away++
				} else if c.Confidence >= 0.6 {
					sure++
				}
			}
			t.Logf("  %s: abstained from %.3f, answered with at least 0.6 %.3f", other, away/float64(len(foreign)), sure/float64(len(foreign)))
		}
	}
}
