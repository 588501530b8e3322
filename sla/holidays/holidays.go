// Package holidays turns the public holidays of github.com/rickar/cal into holidays of an
// [sla.Hours]. The dates are computed by that library's rules, so a government's later decision is
// not in them.
package holidays

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/sla"
)

// Of returns the days on which the holidays of a list are observed in the years from..to, both
// included, in order and each once. It returns nil if to is before from. A holiday that is moved
// off a weekend has the date to which it is moved. Years before 1 and after 9999 have none.
func Of(list []*cal.Holiday, from, to int) []sla.Holiday {
	from, to = max(from, 1), min(to, 9999)
	var days []sla.Holiday
	for year := from - 1; year <= to+1; year++ { // New Year's Day may be observed the year before
		for _, h := range list {
			_, observed := h.Calc(year)
			if observed.IsZero() {
				continue
			}
			// It is midnight in the zone of the machine, or 23:00 before that where midnight is
			// skipped.
			day := observed.Add(time.Hour)
			if y := day.Year(); y >= from && y <= to {
				days = append(days, sla.Holiday{Date: day.Format(time.DateOnly), Name: clip(h.Name)})
			}
		}
	}
	slices.SortFunc(days, func(a, b sla.Holiday) int {
		return cmp.Or(strings.Compare(a.Date, b.Date), strings.Compare(a.Name, b.Name))
	})
	return slices.Compact(days)
}

// clip shortens a name to the limit of an Hours. Bulgaria's 24 May has 107 characters.
func clip(name string) string {
	if r := []rune(name); len(r) > 100 {
		return string(r[:99]) + "…"
	}
	return name
}

// Country returns the public holidays of a country by its ISO 3166 code, such as "US" or "DE", in
// the years from..to, both included. Where the library has regions it also takes their codes, such
// as "DE-BY". Names are in the language of the country. An unknown code, and a year to before from,
// are *helpdesk.FieldError values. [Countries] lists the codes.
func Country(code string, from, to int) ([]sla.Holiday, error) {
	list, ok := countries[strings.ToUpper(code)]
	switch {
	case !ok:
		return nil, fmt.Errorf("holidays: %w", unknown(code))
	case to < from:
		return nil, fmt.Errorf("holidays: %w", &helpdesk.FieldError{Field: "to", Problem: fmt.Sprintf("is before the year %d", from)})
	}
	return Of(list, from, to), nil
}

// unknown explains what is wrong with a code, and names the regions of its country.
func unknown(code string) error {
	problem := fmt.Sprintf("%.20q is not known", code)
	country, _, _ := strings.Cut(strings.ToUpper(code), "-")
	var regions []string
	for _, known := range Countries() {
		if strings.HasPrefix(known, country+"-") {
			regions = append(regions, known)
		}
	}
	if len(regions) > 0 {
		problem += "; there are " + strings.Join(regions, ", ")
	}
	return &helpdesk.FieldError{Field: "country", Problem: problem}
}

// Countries returns the codes that [Country] knows, in order.
func Countries() []string {
	codes := make([]string, 0, len(countries))
	for code := range countries {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}
