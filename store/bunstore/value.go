package bunstore

import (
	"database/sql/driver"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/uptrace/bun/schema"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store"
)

// instant is a time in both databases: timestamptz, or microseconds since 1970. SQLite has integers
// rather than text because they compare and subtract without a function, and have one form. The
// zero time is NULL.
type instant struct{ time.Time }

func at(t time.Time) instant { return instant{store.Instant(t)} }

// earliest and latest are the limits of a bound that stored times are compared with. No stored time
// lies beyond, and PostgreSQL cannot read the year 0 or years after 294276.
var (
	earliest = time.Time{}.Add(time.Microsecond) // the zero time would be NULL
	latest   = time.Date(290000, 1, 1, 0, 0, 0, 0, time.UTC)
)

// ceil returns the first instant that is not before t, as a bound. Stored times have whole
// microseconds, so the times before t are those before ceil(t).
func ceil(t time.Time) instant {
	v := at(t)
	switch {
	case v.Before(earliest):
		v.Time = earliest
	case v.After(latest):
		v.Time = latest
	case v.Before(t):
		v.Time = v.Add(time.Microsecond)
	}
	return v
}

// AppendQuery writes the value into a statement.
func (v instant) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	switch {
	case v.IsZero():
		return append(b, "NULL"...), nil
	case onPostgres(gen):
		return v.UTC().AppendFormat(b, "'2006-01-02 15:04:05.000000+00'"), nil
	}
	return strconv.AppendInt(b, v.UnixMicro(), 10), nil
}

// Scan reads a column.
func (v *instant) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*v = instant{}
	case time.Time:
		*v = at(src)
	case int64:
		v.Time = time.UnixMicro(src).UTC()
	default:
		return fmt.Errorf("cannot read a time from %T", src)
	}
	return nil
}

// UnmarshalJSON reads a column from the output of the databases' JSON functions.
func (v *instant) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*v = instant{}
		return nil
	}
	if text[0] != '"' {
		n, err := strconv.ParseInt(string(text), 10, 64)
		v.Time = time.UnixMicro(n).UTC()
		return err
	}
	t, err := time.Parse(time.RFC3339, string(text[1:len(text)-1])) // a time has no escapes
	*v = at(t)
	return err
}

// due is an instant whose zero sorts last instead of being NULL, so that one row comparison finds
// the next page.
type due struct{ instant }

// AppendQuery writes the value into a statement.
func (v due) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	switch {
	case !v.IsZero():
		return v.instant.AppendQuery(gen, b)
	case onPostgres(gen):
		return append(b, "'infinity'"...), nil
	}
	return strconv.AppendInt(b, math.MaxInt64, 10), nil
}

// Scan always fails: the database's own value for never does not fit a time.Time.
func (v *due) Scan(any) error { return errors.New("a derived due time is not read") }

// link is a text that may be missing, such as an id: empty is NULL.
type link string

// AppendQuery writes the value into a statement.
func (v link) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	if v == "" {
		return append(b, "NULL"...), nil
	}
	return gen.Dialect().AppendString(b, string(v)), nil
}

// Scan reads a column.
func (v *link) Scan(src any) error {
	text, err := textOf(src)
	*v = link(text)
	return err
}

// optional is a number that may be missing, as NULL.
type optional struct {
	n  int64
	is bool
}

// unlessZero returns n, or a missing number for 0.
func unlessZero(n int64) optional { return optional{n, n != 0} }

// AppendQuery writes the value into a statement.
func (v optional) AppendQuery(_ schema.QueryGen, b []byte) ([]byte, error) {
	if !v.is {
		return append(b, "NULL"...), nil
	}
	return strconv.AppendInt(b, v.n, 10), nil
}

// Scan reads a column.
func (v *optional) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*v = optional{}
	case int64:
		*v = optional{src, true}
	default:
		return fmt.Errorf("cannot read a number from %T", src)
	}
	return nil
}

// document is JSON, kept byte for byte; empty is NULL.
type document []byte

// Value returns the value in a statement. Bun encodes a column of type json again unless its value
// is a driver.Valuer.
func (v document) Value() (driver.Value, error) {
	if len(v) == 0 {
		return nil, nil
	}
	return string(v), nil
}

// Scan reads a column.
func (v *document) Scan(src any) error {
	text, err := textOf(src)
	*v = nil
	if text != "" {
		*v = document(text)
	}
	return err
}

func (v document) raw() json.RawMessage { return json.RawMessage(v) }

// files is a list of attachments as JSON; empty is NULL.
type files []helpdesk.Attachment

// Value returns the value in a statement.
func (v files) Value() (driver.Value, error) {
	if len(v) == 0 {
		return nil, nil
	}
	text, err := json.Marshal([]helpdesk.Attachment(v))
	return string(text), err
}

// Scan reads a column.
func (v *files) Scan(src any) error {
	text, err := textOf(src)
	*v = nil
	if err != nil || text == "" {
		return err
	}
	return json.Unmarshal([]byte(text), (*[]helpdesk.Attachment)(v))
}

// list is a JSON array of texts.
type list []string

// Value returns the value in a statement.
func (v list) Value() (driver.Value, error) {
	if len(v) == 0 {
		return "[]", nil
	}
	text, err := json.Marshal([]string(v))
	return string(text), err
}

// Scan reads a column.
func (v *list) Scan(src any) error {
	text, err := textOf(src)
	if err != nil || text == "" || text == "[]" {
		*v = nil
		return err
	}
	return json.Unmarshal([]byte(text), (*[]string)(v))
}

// slice returns the texts, and nil for none.
func (v list) slice() []string {
	if len(v) == 0 {
		return nil
	}
	return v
}

func listOf[T ~string](ids []T) list {
	var v list
	for _, id := range ids {
		v = append(v, string(id))
	}
	return v
}

func idsOf[T ~string](v list) []T {
	var ids []T
	for _, id := range v {
		ids = append(ids, T(id))
	}
	return ids
}

// listOfTimes stores times in a list of texts, to the microsecond.
func listOfTimes(times []time.Time) list {
	var v list
	for _, t := range times {
		v = append(v, store.Instant(t).Format(time.RFC3339Nano))
	}
	return v
}

func timesOf(v list) ([]time.Time, error) {
	var times []time.Time
	for _, text := range v {
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return nil, err
		}
		times = append(times, store.Instant(t))
	}
	return times, nil
}

func textOf(src any) (string, error) {
	switch src := src.(type) {
	case nil:
		return "", nil
	case string:
		return src, nil
	case []byte:
		return string(src), nil
	}
	return "", fmt.Errorf("cannot read a text from %T", src)
}

// appendTime writes a time as PostgreSQL has it in binary: microseconds since 2000. The zero time
// is infinity, or NULL.
func appendTime(b []byte, t time.Time, infinite bool) (_ []byte, null bool) {
	switch {
	case !t.IsZero():
		return binary.BigEndian.AppendUint64(b, uint64(t.UnixMicro()-millennium)), false
	case infinite:
		return binary.BigEndian.AppendUint64(b, math.MaxInt64), false
	}
	return b, true
}

// millennium is 2000-01-01 in microseconds since 1970.
var millennium = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()

// appendText writes what v, a pointer to a value of a model, is as a text for PostgreSQL. null says
// that it is NULL.
func appendText(b []byte, v any) (_ []byte, null bool, err error) {
	switch v := v.(type) {
	case *string:
		return append(b, *v...), false, nil
	case *link:
		return append(b, *v...), *v == "", nil
	case *bool:
		return strconv.AppendBool(b, *v), false, nil
	case *int8:
		return strconv.AppendInt(b, int64(*v), 10), false, nil
	case *int:
		return strconv.AppendInt(b, int64(*v), 10), false, nil
	case *int64:
		return strconv.AppendInt(b, *v, 10), false, nil
	case *optional:
		return strconv.AppendInt(b, v.n, 10), !v.is, nil
	case *instant:
		if v.IsZero() {
			return b, true, nil
		}
		return v.UTC().AppendFormat(b, microseconds), false, nil
	case *due:
		if v.IsZero() {
			return append(b, "infinity"...), false, nil
		}
		return v.UTC().AppendFormat(b, microseconds), false, nil
	case driver.Valuer:
		text, err := v.Value()
		if err != nil || text == nil {
			return b, true, err
		}
		return append(b, text.(string)...), false, nil
	}
	return b, false, fmt.Errorf("no text for a %T", v)
}
