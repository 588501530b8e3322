package bunstore

import (
	"bytes"
	"reflect"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
)

// manyRows is the number of rows from which PostgreSQL gets them as arrays: it parses and plans
// each constant of a VALUES list, but one array for a whole column. Few rows are faster as VALUES.
const manyRows = 16

// rowsOf is the rows of a slice of models as a table expression with these columns.
type rowsOf struct {
	db     *bun.DB
	slice  any // a pointer to the slice
	fields []*schema.Field
}

// AppendQuery writes VALUES (...), (...) or SELECT * FROM unnest('{...}'::text[], ...).
func (r rowsOf) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	slice := reflect.ValueOf(r.slice).Elem()
	if !onPostgres(gen) || slice.Len() < manyRows {
		columns := make([]string, len(r.fields))
		for i, f := range r.fields {
			columns[i] = f.Name
		}
		return r.db.NewValues(r.slice).Column(columns...).AppendQuery(gen, b)
	}
	var literal []byte
	b = append(b, "SELECT * FROM unnest("...)
	for i, f := range r.fields {
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
	return appendQuoted(b, literal[1:len(literal)-1])
}

// appendQuoted writes a text as an element of an array.
func appendQuoted(b, text []byte) []byte {
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
