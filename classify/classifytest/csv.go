package classifytest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// RowError names the place in a CSV file that cannot be read. It matches helpdesk.ErrInvalid.
type RowError struct {
	Line int // 1 is the first
	// Column is the column's name in the header, or its position in an error about the header;
	// empty for an error about the whole row.
	Column string
	Err    error
}

func (e *RowError) Error() string {
	if e.Column == "" {
		return fmt.Sprintf("line %d: %v", e.Line, e.Err)
	}
	return fmt.Sprintf("line %d, column %s: %v", e.Line, e.Column, e.Err)
}

func (e *RowError) Unwrap() error        { return e.Err }
func (e *RowError) Is(target error) bool { return target == helpdesk.ErrInvalid }

// columns are the columns that are read; others are ignored.
var columns = []string{"id", "subject", "body", "category", "priority", "language"}

// ReadCSV reads tickets from a CSV file in UTF-8, with or without a byte order mark. Its first line
// names the columns in any case and order: body, and optionally id, subject, category, priority and
// language.
//
// The labels name required columns. The column of the other label is then ignored, so that its
// values cannot be errors. Without labels ReadCSV reads both where they are present. An empty cell
// is no label; [ParsePriority] reads a priority. A ticket without an id is named by its line, such
// as "line 7".
//
// An error names the line and column: a *[RowError] for a row. Each row needs as many cells as the
// header. A row whose cells are all empty is ignored.
func ReadCSV(r io.Reader, labels ...Label) ([]Ticket, error) {
	tickets, err := readCSV(r, labels)
	if err != nil {
		return nil, fmt.Errorf("classifytest: read tickets: %w", err)
	}
	return tickets, nil
}

func readCSV(r io.Reader, labels []Label) ([]Ticket, error) {
	b := bufio.NewReader(r)
	if mark, _ := b.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		b.Discard(len(mark))
	} else if bytes.HasPrefix(mark, []byte{0xff, 0xfe}) || bytes.HasPrefix(mark, []byte{0xfe, 0xff}) {
		return nil, &helpdesk.FieldError{Field: "file", Problem: "is UTF-16; save it as CSV in UTF-8"}
	}
	c := csv.NewReader(b)
	c.FieldsPerRecord = -1 // checked here, to report the number
	header, err := c.Read()
	if err == io.EOF {
		return nil, &helpdesk.FieldError{Field: "file", Problem: "is empty: its first line has to name the columns"}
	}
	if err != nil {
		return nil, parseError(err)
	}
	at, err := places(header, labels)
	if err != nil {
		return nil, err
	}
	var tickets []Ticket
	for {
		cells, err := c.Read()
		if err == io.EOF {
			return tickets, nil
		}
		if err != nil {
			return nil, parseError(err)
		}
		line, _ := c.FieldPos(0)
		if !slices.ContainsFunc(cells, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			continue
		}
		if len(cells) != len(header) {
			return nil, &RowError{Line: line, Err: fmt.Errorf("has %d cells, the header has %d", len(cells), len(header))}
		}
		t, err := readRow(line, cells, at)
		if err != nil {
			return nil, err
		}
		tickets = append(tickets, t)
	}
}

// places maps each column to its index in a row.
func places(header []string, labels []Label) (map[string]int, error) {
	at := map[string]int{}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(columns, name) {
			continue
		}
		if _, twice := at[name]; twice {
			return nil, &RowError{Line: 1, Column: name, Err: errors.New("is named twice")}
		}
		at[name] = i
	}
	needed := []string{"body"}
	for _, l := range labels {
		if _, err := ParseLabel(string(l)); err != nil {
			return nil, err
		}
		needed = append(needed, string(l))
	}
	for _, name := range needed {
		if _, ok := at[name]; !ok {
			return nil, &RowError{Line: 1, Column: name, Err: fmt.Errorf("is missing; the header is %s", clipTo(strings.Join(header, ","), 120))}
		}
	}
	for _, l := range []Label{Category, Priority} {
		if len(labels) > 0 && !slices.Contains(labels, l) {
			delete(at, string(l))
		}
	}
	return at, nil
}

func readRow(line int, cells []string, at map[string]int) (Ticket, error) {
	for name, i := range at {
		if !utf8.ValidString(cells[i]) {
			return Ticket{}, &RowError{Line: line, Column: name, Err: errors.New("is not UTF-8")}
		}
	}
	cell := func(name string) string {
		if i, ok := at[name]; ok {
			return cells[i]
		}
		return ""
	}
	t := Ticket{
		ID: strings.TrimSpace(cell("id")), Subject: cell("subject"), Body: cell("body"),
		Category: helpdesk.Category(strings.TrimSpace(cell("category"))), Language: strings.TrimSpace(cell("language")),
	}
	if t.ID == "" {
		t.ID = fmt.Sprintf("line %d", line)
	}
	p, err := ParsePriority(cell("priority"))
	if err != nil {
		return Ticket{}, &RowError{Line: line, Column: "priority", Err: err}
	}
	t.Priority = p
	return t, nil
}

// parseError names the place as the other errors do. For a quote that is never closed it is the
// line where the row begins, else the invalid line.
func parseError(err error) error {
	var bad *csv.ParseError
	if !errors.As(err, &bad) {
		return err
	}
	if errors.Is(bad.Err, csv.ErrQuote) && bad.Line != bad.StartLine {
		return &RowError{Line: bad.StartLine, Err: fmt.Errorf("%w, or never closed (noticed in line %d)", bad.Err, bad.Line)}
	}
	return &RowError{Line: bad.Line, Column: fmt.Sprint(bad.Column), Err: bad.Err}
}

// printable drops characters that could move a terminal's cursor or hide text; line ends become
// spaces.
func printable(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case !unicode.IsPrint(r):
		return -1
	}
	return r
}
