package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// row is one ticket of a file. Other columns, such as labels, are passed over: finding
// those is the desk's work.
type row struct {
	Line    int    `json:"-"`
	ID      string `json:"id"`
	Subject string `json:"subject"`
	Body    string `json:"body"`
	Email   string `json:"customer_email"`
	Name    string `json:"customer_name"`
}

// rowError names the line of a file that cannot be imported.
type rowError struct {
	File string
	Line int
	Err  error
}

func (e *rowError) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }
func (e *rowError) Unwrap() error { return e.Err }

// readRows reads a whole file before anything is imported, so that a bad row imports
// nothing. A name ending in .jsonl or .ndjson is JSON Lines, any other CSV.
func readRows(name string) ([]row, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // as spreadsheets write it
	read := readCSV
	if ext := strings.ToLower(filepath.Ext(name)); ext == ".jsonl" || ext == ".ndjson" {
		read = readJSONLines
	}
	rows, err := read(bytes.NewReader(text))
	if err == nil {
		err = complete(rows)
	}
	var at *rowError
	if errors.As(err, &at) {
		at.File = name
	} else if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return rows, err
}

func readCSV(r io.Reader) ([]row, error) {
	c := csv.NewReader(r)
	header, err := c.Read()
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	for i := range header {
		header[i] = strings.ToLower(strings.TrimSpace(header[i]))
	}
	if !slices.Contains(header, "subject") && !slices.Contains(header, "body") {
		return nil, errors.New("header has neither subject nor body")
	}
	var rows []row
	for {
		fields, err := c.Read()
		if err == io.EOF {
			return rows, nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, &rowError{Line: bad.StartLine, Err: bad.Err}
		}
		if err != nil {
			return nil, err
		}
		line, _ := c.FieldPos(0)
		r := row{Line: line}
		for i, name := range header {
			switch name {
			case "id":
				r.ID = fields[i]
			case "subject":
				r.Subject = fields[i]
			case "body", "description":
				r.Body = fields[i]
			case "customer_email", "email":
				r.Email = fields[i]
			case "customer_name", "name":
				r.Name = fields[i]
			}
		}
		rows = append(rows, r)
	}
}

func readJSONLines(r io.Reader) ([]row, error) {
	var rows []row
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		r := row{}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, &rowError{Line: n, Err: err}
		}
		r.Line = n
		rows = append(rows, r)
	}
	return rows, lines.Err()
}

// complete fills in a subject and an id where a row has none, and refuses rows that say
// nothing or have the id of another.
func complete(rows []row) error {
	seen := map[string]int{}
	for i := range rows {
		r := &rows[i]
		r.Subject, r.Body = strings.TrimSpace(r.Subject), strings.TrimSpace(r.Body)
		if r.Subject == "" {
			r.Subject = opening(r.Body)
		}
		if r.Subject == "" {
			return &rowError{Line: r.Line, Err: errors.New("subject and body are empty")}
		}
		r.Subject = strings.Join(strings.Fields(r.Subject), " ")
		if r.ID == "" {
			sum := sha256.Sum256([]byte(r.Subject + "\x00" + r.Body + "\x00" + r.Email))
			r.ID = hex.EncodeToString(sum[:16])
		} else if first, twice := seen[r.ID]; twice {
			return &rowError{Line: r.Line, Err: fmt.Errorf("id %q stands in line %d already", r.ID, first)}
		}
		seen[r.ID] = r.Line
	}
	return nil
}

// opening returns the first words of a text.
func opening(body string) string {
	const most = 80
	subject := strings.Join(strings.Fields(body), " ")
	if letters := []rune(subject); len(letters) > most {
		subject = string(letters[:most])
		if at := strings.LastIndexByte(subject, ' '); at > 0 {
			subject = subject[:at]
		}
		subject += " …"
	}
	return subject
}
