package bunstore

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// manyRows is the number of rows from which PostgreSQL gets them as arrays: it parses and plans
// each constant of a VALUES list, but one array for a whole column. Few rows are faster as VALUES.
const manyRows = 16

// rowsOf is the rows of a slice of models as a table expression, for an insert or a join.
type rowsOf struct {
	db      *bun.DB
	slice   any // a pointer to the slice
	columns []string
}

// AppendQuery writes VALUES (...), (...) or SELECT * FROM unnest('{...}'::text[], ...).
func (r rowsOf) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	slice := reflect.ValueOf(r.slice).Elem()
	if !onPostgres(gen) || slice.Len() < manyRows {
		return r.db.NewValues(r.slice).Column(r.columns...).AppendQuery(gen, b)
	}
	table := r.db.Table(slice.Type().Elem())
	var literal []byte
	b = append(b, "SELECT * FROM unnest("...)
	for i, name := range r.columns {
		f, err := table.Field(name)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(b, "'{"...)
		for j := range slice.Len() {
			literal = f.AppendValue(gen, literal[:0], slice.Index(j))
			b = appendElement(b, j, literal)
		}
		b = append(b, "}'::"+f.UserSQLType+"[]"...)
	}
	return append(b, ')'), nil
}

// appendElement writes a literal as the i-th element of an array that stands in quotes itself, so
// its doubled quotes stay doubled.
func appendElement(b []byte, i int, literal []byte) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	if literal[0] != '\'' {
		return append(b, literal...) // a number, TRUE, FALSE or NULL
	}
	text := literal[1 : len(literal)-1]
	b = append(b, '"')
	if !bytes.ContainsAny(text, `"\`) { // most texts
		return append(append(b, text...), '"')
	}
	for _, c := range text {
		if c == '"' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return append(b, '"')
}

// insert is INSERT INTO table AS alias (columns), the rows, and the rest of the statement.
func (s *Store) insert(slice any, without []string, rest string, args ...any) schema.QueryAppender {
	table := s.db.Table(reflect.TypeOf(slice).Elem().Elem())
	var columns []string
	for _, f := range table.Fields {
		if !slices.Contains(without, f.Name) && !f.Tag.HasOption("scanonly") {
			columns = append(columns, f.Name)
		}
	}
	return s.db.NewRaw("INSERT INTO ? AS ? (?) ?"+rest, append([]any{
		table.SQLName, table.SQLAlias, names(columns), rowsOf{s.db, slice, columns},
	}, args...)...)
}

// names is a list of columns.
func names(columns []string) bun.Safe {
	return bun.Safe(`"` + strings.Join(columns, `", "`) + `"`)
}

// tuples is a list of rows without a model.
type tuples struct {
	cast []string // PostgreSQL's types of the columns
	rows [][]any
}

// AppendQuery writes the list as rowsOf does.
func (t tuples) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	if onPostgres(gen) && len(t.rows) >= manyRows {
		return t.appendArrays(gen, b), nil
	}
	for i, row := range t.rows {
		b = append(b, map[bool]string{true: "VALUES (", false: ", ("}[i == 0]...)
		for j, v := range row {
			if j > 0 {
				b = append(b, ", "...)
			}
			b = gen.AppendQuery(b, "?", v)
			if i == 0 && onPostgres(gen) {
				b = append(b, "::"+t.cast[j]...)
			}
		}
		b = append(b, ')')
	}
	return b, nil
}

func (t tuples) appendArrays(gen schema.QueryGen, b []byte) []byte {
	b = append(b, "SELECT * FROM unnest("...)
	for j, cast := range t.cast {
		if j > 0 {
			b = append(b, ", "...)
		}
		b = append(b, "'{"...)
		for i, row := range t.rows {
			b = appendElement(b, i, gen.AppendQuery(nil, "?", row[j]))
		}
		b = append(b, "}'::"+cast+"[]"...)
	}
	return append(b, ')')
}
