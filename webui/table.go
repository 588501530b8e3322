package webui

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// table is rows of texts. It is shown, and given out as CSV and JSON.
type table struct {
	Head []string
	Rows [][]string
}

func (v *visit) writeCSV(name string, t table) error {
	v.rw.Header().Set("Content-Type", "text/csv; charset=utf-8")
	v.rw.Header().Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	out := csv.NewWriter(v.rw)
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		cells := slices.Clone(row)
		for i, c := range cells {
			if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) && (c[0] != '-' || !isNumber(c)) { // a spreadsheet would take it for a formula
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
			rows[i][head] = row[j]
		}
	}
	v.rw.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(v.rw).Encode(rows)
}
