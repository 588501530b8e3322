package bunstore

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// elements reads a JSON array that a database has written, one element after the other. With the
// package json alone the clocks of a list of tickets take several times as long.
type elements struct {
	rest []byte
	err  error // the first one; elements read after it are zero
}

const jsonSpace = " \n\t\r"

func elementsOf(array []byte) *elements {
	e := &elements{rest: bytes.TrimLeft(array, jsonSpace)}
	if len(e.rest) == 0 || e.rest[0] != '[' {
		e.err = fmt.Errorf("%.20q is no JSON array", array)
		return e
	}
	e.rest = e.rest[1:]
	return e
}

// next returns the next element as it stands; nil after the last one and after an error.
func (e *elements) next() []byte {
	e.rest = bytes.TrimLeft(e.rest, ","+jsonSpace)
	if e.err != nil || len(e.rest) > 0 && e.rest[0] == ']' {
		return nil
	}
	end := endOfElement(e.rest)
	if end < 0 {
		e.err = fmt.Errorf("the JSON array breaks off at %.20q", e.rest)
		return nil
	}
	element := bytes.TrimRight(e.rest[:end], jsonSpace)
	e.rest = e.rest[end:]
	return element
}

// endOfElement returns the length of the element of an array that a text begins with, or -1 if it
// is not whole.
func endOfElement(text []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			if quoted = !quoted; !quoted && depth == 0 {
				return i + 1
			}
		case quoted:
		case c == '[', c == '{':
			depth++
		case depth == 0 && (c == ',' || c == ']'):
			return i
		case c == ']', c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// text reads a string.
func (e *elements) text() (s string) {
	raw := e.next()
	if n := len(raw); n >= 2 && raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : n-1])
	}
	e.decode(raw, &s)
	return s
}

// number reads a whole number.
func (e *elements) number() int64 {
	n, err := strconv.ParseInt(string(e.next()), 10, 64)
	if e.err == nil {
		e.err = err
	}
	return n
}

// at reads a time.
func (e *elements) at() (v instant) {
	if raw := e.next(); e.err == nil {
		e.err = v.UnmarshalJSON(raw)
	}
	return v
}

// list reads an array into a pointer to a slice, which stays as it is for an empty array.
func (e *elements) list(into any) {
	if raw := e.next(); string(raw) != "[]" {
		e.decode(raw, into)
	}
}

func (e *elements) decode(raw []byte, into any) {
	if e.err == nil {
		e.err = json.Unmarshal(raw, into)
	}
}
