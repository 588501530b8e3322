package bunstore

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/uptrace/bun"
)

// schemas has a description of the schema of each version, one [part] a line. A test writes them
// from what the migrations make of an empty database, and fails when they differ:
//
//	go test ./store/bunstore -run TestSchemas -update
//
//go:embed schema
var schemas embed.FS

// part is a table, or something that belongs to one, or a function or sequence that belongs to
// none.
type part struct {
	Kind  string // table, column, constraint, index, sequence or function
	Table string // empty for a sequence or a function
	Name  string // empty for a table
	Is    string // the rest in the database's own words, on one line
}

// String is the line of a description.
func (p part) String() string {
	return strings.Join([]string{p.Kind, p.Table, p.Name, p.Is}, "\t")
}

// called is what a sentence calls the part.
func (p part) called() string {
	switch {
	case p.Table == "" || p.Name == "":
		return p.Kind + " " + p.Table + p.Name
	default:
		return p.Kind + " " + p.Name + " of table " + p.Table
	}
}

// expected returns the description of the schema of a version.
func (s *Store) expected(version int) (all []part, err error) {
	text, err := schemas.ReadFile(fmt.Sprintf("schema/%s/%04d.txt", s.dialect, version))
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("version %d has no schema in the line %q", version, line)
		}
		all = append(all, part{f[0], f[1], f[2], f[3]})
	}
	return all, nil
}

// checkSchema compares the schema with the one of a version and returns the first difference, in
// the order of the description. It reads the system catalog alone, in one statement.
func (s *Store) checkSchema(ctx context.Context, version int) error {
	want, err := s.expected(version)
	if err != nil {
		return err
	}
	got, err := s.schema(ctx, want)
	if err != nil {
		return err
	}
	return difference(want, got)
}

// difference returns the first way in which a schema is not the wanted one, or nil.
func difference(want, got []part) error {
	type key struct{ kind, table, name string }
	there, wanted := map[key]part{}, map[key]bool{}
	for _, p := range got {
		there[key{p.Kind, p.Table, p.Name}] = p
	}
	const wrong = "the schema is not that of this version: "
	for _, p := range want {
		k := key{p.Kind, p.Table, p.Name}
		wanted[k] = true
		switch is, ok := there[k]; {
		case !ok && p.Kind != "table" && p.Table != "":
			return fmt.Errorf(wrong+"table %s has no %s %s", p.Table, p.Kind, p.Name)
		case !ok:
			return fmt.Errorf(wrong+"there is no %s", p.called())
		case is.Is != p.Is:
			return fmt.Errorf(wrong+"%s is %q and has to be %q", p.called(), is.Is, p.Is)
		}
	}
	for _, p := range got {
		if !wanted[key{p.Kind, p.Table, p.Name}] {
			if err := hostsOwn(p); err != nil {
				return fmt.Errorf(wrong+"%w", err)
			}
		}
	}
	return nil
}

// unique is how the definition of a constraint or an index begins that refuses rows for others
// there.
var unique = regexp.MustCompile(`^(UNIQUE|EXCLUDE)\b`)

// filledIn is in the definition of a column that an INSERT may leave out.
var filledIn = regexp.MustCompile(` (DEFAULT|GENERATED) `)

// hostsOwn returns why a part that no migration has made is not tolerated, if so.
func hostsOwn(p part) error {
	switch {
	case p.Kind == "column" && strings.Contains(p.Is, " NOT NULL") && !filledIn.MatchString(p.Is):
		return fmt.Errorf("%s is not one of a help desk's: it has to allow NULL or to have a default", p.called())
	case unique.MatchString(p.Is) && (p.Kind == "constraint" || p.Kind == "index"):
		return fmt.Errorf("%s is not one of a help desk's: it refuses rows that a help desk writes", p.called())
	}
	return nil
}

// schema reads the parts of the tables, sequences and functions that want names, each table with
// all that it has.
func (s *Store) schema(ctx context.Context, want []part) (all []part, err error) {
	var tables, sequences, functions []string
	for _, p := range want {
		switch p.Kind {
		case "table":
			tables = append(tables, p.Table)
		case "sequence":
			sequences = append(sequences, p.Name)
		case "function":
			functions = append(functions, p.Name)
		}
	}
	query := schemaOfSQLite
	args := []any{bun.List(tables)}
	if s.dialect == postgres {
		query = schemaOfPostgres
		args = []any{strings.Join(tables, " "), strings.Join(sequences, " "), strings.Join(functions, " ")}
	}
	rows, err := s.run.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var p part
		if err := rows.Scan(&p.Kind, &p.Table, &p.Name, &p.Is); err != nil {
			return nil, err
		}
		if s.dialect == sqlite {
			p.Is = withoutComments(p.Is)
		}
		p.Is = strings.Join(strings.Fields(p.Is), " ")
		all = append(all, p)
	}
	return all, rows.Err()
}

// withoutComments takes the comments out of a text of SQL that has no quoted "--".
func withoutComments(text string) string { return comment.ReplaceAllString(text, "") }

var comment = regexp.MustCompile(`--[^\n]*`)

// schemaOfPostgres reads the catalog of PostgreSQL 13 and later. Names are looked up along the
// search path, as those in all other statements are. Of a definition it leaves out what may differ
// without changing what the schema does: the schema's name, the place of a column, storage
// parameters, comments, owners and whether a table is logged. The kinds of constraint are listed,
// since PostgreSQL 18 has those for NOT NULL too.
const schemaOfPostgres = `WITH t AS (
    SELECT c.oid, n.name FROM unnest(string_to_array(?, ' ')) AS n (name)
    JOIN pg_class AS c ON c.oid = to_regclass(n.name) AND c.relkind IN ('r', 'p')
)
SELECT p.kind, p.part_of, p.name, p.def FROM (
    SELECT 1 AS place, 'table' AS kind, t.name AS part_of, '' AS name, '' AS def FROM t
    UNION ALL
    SELECT 2, 'column', t.name, a.attname,
        format_type(a.atttypid, a.atttypmod)
        || coalesce(' COLLATE "' || co.collname || '"', '')
        || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
        || CASE a.attidentity WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY'
            WHEN 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY' ELSE '' END
        || CASE WHEN d.oid IS NULL THEN '' WHEN a.attgenerated <> '' THEN ' GENERATED ALWAYS AS ' ELSE ' DEFAULT ' END
        || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    FROM t
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type AS y ON y.oid = a.atttypid
    LEFT JOIN pg_collation AS co ON co.oid = a.attcollation AND a.attcollation <> y.typcollation
    LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    UNION ALL
    SELECT 3, 'constraint', t.name, c.conname, pg_get_constraintdef(c.oid)
    FROM t
    JOIN pg_constraint AS c ON c.conrelid = t.oid AND c.contype IN ('p', 'u', 'f', 'c', 'x')
    UNION ALL
    SELECT 4, 'index', t.name, i.relname,
        CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END
        || regexp_replace(substring(pg_get_indexdef(x.indexrelid) FROM ' USING (.*)$'), ' WITH [(][^)]*[)]', '')
        || CASE WHEN x.indisvalid THEN '' ELSE ' (not valid)' END
    FROM t
    JOIN pg_index AS x ON x.indrelid = t.oid
    JOIN pg_class AS i ON i.oid = x.indexrelid
    WHERE NOT EXISTS (
        SELECT 1 FROM pg_constraint AS c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u', 'x')
    )
    UNION ALL
    SELECT 5, 'sequence', '', n.name, format_type(q.seqtypid, NULL)
    FROM unnest(string_to_array(?, ' ')) AS n (name)
    JOIN pg_sequence AS q ON q.seqrelid = to_regclass(n.name)
    UNION ALL
    SELECT 6, 'function', '', n.name,
        'RETURNS ' || format_type(f.prorettype, NULL) || ' LANGUAGE ' || l.lanname || ' AS ' || f.prosrc
    FROM unnest(string_to_array(?, ' ')) AS n (name)
    JOIN pg_proc AS f ON f.oid = to_regprocedure(n.name)
    JOIN pg_language AS l ON l.oid = f.prolang
) AS p
ORDER BY p.place > 4, p.part_of, p.place, p.name COLLATE "C"`

// schemaOfSQLite reads the pragmas, and the texts of virtual tables and of the conditions of
// partial indexes. Constraints of SQLite need no names, so they are called by what they say.
const schemaOfSQLite = `WITH t AS (
    SELECT m.name, m.sql, m.sql LIKE 'CREATE VIRTUAL %' AS virtual
    FROM sqlite_master AS m WHERE m.type = 'table' AND m.name IN (?)
), keys AS (
    SELECT t.name AS part_of, l.name, l."unique" AS alone, l.origin, (
        SELECT group_concat(x.word, ', ') FROM (
            SELECT coalesce(x.name, 'expression') || CASE WHEN x.coll <> 'BINARY' THEN ' COLLATE ' || x.coll ELSE '' END
                || CASE WHEN x."desc" THEN ' DESC' ELSE '' END AS word
            FROM pragma_index_xinfo(l.name) AS x WHERE x.key ORDER BY x.seqno
        ) AS x
    ) AS columns
    FROM t JOIN pragma_index_list(t.name) AS l
)
SELECT p.kind, p.part_of, p.name, p.def FROM (
    SELECT 1 AS place, 'table' AS kind, t.name AS part_of, '' AS name, CASE
        WHEN t.virtual THEN substr(t.sql, instr(t.sql, 'USING'))
        WHEN EXISTS (SELECT 1 FROM pragma_table_list(t.name) AS l WHERE l.schema = 'main' AND l.wr) THEN 'WITHOUT ROWID'
        ELSE '' END AS def
    FROM t
    UNION ALL
    SELECT 2, 'column', t.name, c.name, lower(c.type) || CASE WHEN c."notnull" THEN ' NOT NULL' ELSE '' END
        || coalesce(' DEFAULT ' || c.dflt_value, '') || CASE WHEN c.hidden THEN ' GENERATED ALWAYS' ELSE '' END
    FROM t JOIN pragma_table_xinfo(t.name) AS c WHERE NOT t.virtual
    UNION ALL
    SELECT 3, 'constraint', t.name, 'PRIMARY KEY (' || (
        SELECT group_concat(c.name, ', ') FROM (
            SELECT c.name FROM pragma_table_xinfo(t.name) AS c WHERE c.pk > 0 ORDER BY c.pk
        ) AS c
    ) || ')', ''
    FROM t WHERE NOT t.virtual AND EXISTS (SELECT 1 FROM pragma_table_xinfo(t.name) AS c WHERE c.pk > 0)
    UNION ALL
    SELECT 3, 'constraint', k.part_of, 'UNIQUE (' || k.columns || ')', 'UNIQUE' FROM keys AS k WHERE k.origin = 'u'
    UNION ALL
    SELECT 3, 'constraint', f.part_of, 'FOREIGN KEY (' || group_concat(f."from", ', ')
            || ') REFERENCES ' || f."table" || ' (' || group_concat(f."to", ', ') || ')',
        'ON UPDATE ' || f.on_update || ' ON DELETE ' || f.on_delete
    FROM (
        SELECT t.name AS part_of, f.* FROM t JOIN pragma_foreign_key_list(t.name) AS f ORDER BY t.name, f.id, f.seq
    ) AS f GROUP BY f.part_of, f.id
    UNION ALL
    SELECT 4, 'index', k.part_of, k.name, CASE WHEN k.alone THEN 'UNIQUE ' ELSE '' END || '(' || k.columns || ')'
        || CASE WHEN instr(m.sql, 'WHERE ') THEN ' ' || substr(m.sql, instr(m.sql, 'WHERE ')) ELSE '' END
    FROM keys AS k JOIN sqlite_master AS m ON m.type = 'index' AND m.name = k.name WHERE k.origin = 'c'
) AS p
ORDER BY p.part_of, p.place, p.name`
