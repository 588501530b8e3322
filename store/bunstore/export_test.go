package bunstore

import (
	"context"
	"strings"
)

// MostMatches is how many matches are read in tests.
const MostMatches = 600

func init() { // so that a crowd of tickets has more
	fewMatches, mostMatches, nearLatest, nearHead = 20, MostMatches, 50, 60
	window = 40
}

// Schema describes the named tables, sequences and functions, one part a line.
func (s *Store) Schema(ctx context.Context, tables, sequences, functions []string) (string, error) {
	var want []part
	for kind, names := range map[string][]string{"table": tables, "sequence": sequences, "function": functions} {
		for _, name := range names {
			p := part{Kind: kind, Name: name}
			if kind == "table" {
				p.Table, p.Name = name, ""
			}
			want = append(want, p)
		}
	}
	parts, err := s.schema(ctx, want)
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.String() + "\n")
	}
	return b.String(), err
}
