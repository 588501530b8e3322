package webui

import (
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk/report"
)

// table is rows of values. It is shown, and given out as CSV and JSON.
type table struct {
	Head  []cell
	Rows  [][]cell
	Words int // how many columns after the first have words; numbers stand to the right
}

// cell is a value as people read it and as machines do.
type cell struct {
	Text, Raw string
}

// none is a cell without a value.
var none = cell{Text: "–"}

// plain is a cell that is the same for both.
func plain(s string) cell { return cell{s, s} }

// plains are such cells.
func plains(list ...string) []cell {
	cells := make([]cell, len(list))
	for i, s := range list {
		cells[i] = plain(s)
	}
	return cells
}

// wholes are cells with whole numbers.
func (v *visit) wholes(list ...int) []cell {
	cells := make([]cell, len(list))
	for i, n := range list {
		cells[i] = cell{v.Whole(n), strconv.Itoa(n)}
	}
	return cells
}

// fixed is a cell with so many digits after the point.
func (v *visit) fixed(f float64, digits int) cell {
	return cell{v.decimal(f, digits), strconv.FormatFloat(f, 'f', digits, 64)}
}

// maybe is a cell with a number, or an a dash where there is none.
func (v *visit) maybe(f *float64, digits int) cell {
	if f == nil {
		return none
	}
	return v.fixed(*f, digits)
}

// hours is a cell with a duration of those summed up, in hours; a dash when there are none.
func (v *visit) hours(of report.Durations, d time.Duration) cell {
	if of.N == 0 {
		return none
	}
	return v.fixed(d.Hours(), 2)
}

func (v *visit) writeCSV(name string, t table) error {
	v.rw.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.rw.Header().Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	out := csv.NewWriter(v.rw)
	for _, row := range append([][]cell{t.Head}, t.Rows...) {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = c.Raw
			if c := c.Raw; c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) && (c[0] != '-' || !isNumber(c)) { // a spreadsheet would take it for a formula
				cells[i] = "'" + c
			}
		}
		if err := out.Write(cells); err != nil {
			return nil // nobody reads on
		}
	}
	out.Flush()
	return nil
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}

func (v *visit) writeJSON(t table) error {
	rows := make([]map[string]string, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = map[string]string{}
		for j, head := range t.Head {
			rows[i][head.Raw] = row[j].Raw
		}
	}
	v.rw.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.rw).Encode(rows)
}
