// Command train makes starter.model from tickets.csv, in the working directory: see the go:generate
// line of package starter.
package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/learned"
)

func main() {
	if err := run("tickets.csv", "starter.model"); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	examples, err := Read(from)
	if err != nil {
		return err
	}
	m, err := learned.Train(context.Background(), examples, Config())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		return err
	}
	info := m.Info()
	fmt.Printf("%s: %d tickets, %d terms, %d bytes; held out: category %.3f, priority %.3f right\n",
		m.Version(), info.Examples, info.Terms, b.Len(), info.Category.Accuracy, info.Priority.Accuracy)
	return os.WriteFile(to, b.Bytes(), 0o644)
}

// Config is the Config of the starter's training.
func Config() *learned.Config { return &learned.Config{Name: "starter", Seed: 1} }

// Read reads labelled tickets.
func Read(name string) ([]learned.Example, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	var list []learned.Example
	for i, row := range rows {
		if i == 0 {
			continue
		}
		at := func(column string) string { return row[slices.Index(rows[0], column)] }
		p, err := helpdesk.ParsePriority(at("priority"))
		if err != nil {
			return nil, fmt.Errorf("%s, row %d: %w", name, i+1, err)
		}
		e := learned.Example{
			ID: at("id"), Subject: at("subject"), Text: classify.Clean(at("body")), Category: helpdesk.Category(at("category")), Priority: p, Tags: []string{},
		}
		if tags := at("tags"); tags != "" {
			e.Tags = strings.Split(tags, ";")
		}
		list = append(list, e)
	}
	return list, nil
}
