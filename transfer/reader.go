package transfer

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk"
)

// reader reads one file.
type reader struct {
	*importer
	only bool // read people and skip tickets
}

const window = 64 << 10 // bytes by which the form of a file is found

var bom = []byte("\ufeff")

// read finds the form of the file and reads it.
func (r *reader) read(ctx context.Context, from io.Reader) error {
	seeker, _ := from.(io.Seeker)
	in := &metered{r: from, count: r.bytes}
	b := bufio.NewReaderSize(in, window)
	peek, err := b.Peek(window)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if bytes.HasPrefix(peek, bom) {
		_, _ = b.Discard(len(bom))
		peek = peek[len(bom):]
	}
	switch {
	case bytes.HasPrefix(peek, []byte("PK\x03\x04")), bytes.HasPrefix(peek, []byte{0x1f, 0x8b}):
		return fmt.Errorf("%w: the file is an archive: unpack it first", helpdesk.ErrInvalid)
	case bytes.HasPrefix(peek, []byte{0xff, 0xfe}), bytes.HasPrefix(peek, []byte{0xfe, 0xff}):
		return fmt.Errorf("%w: the file is UTF-16: save it as UTF-8", helpdesk.ErrInvalid)
	}
	start := bytes.TrimLeft(peek, " \t\r\n")
	switch {
	case len(start) == 0:
		return nil
	case start[0] != '[' && start[0] != '{':
		if r.only {
			return fmt.Errorf("%w: a file of people is not JSON", helpdesk.ErrInvalid)
		}
		return r.csv(ctx, b, peek)
	case start[0] == '{' && oneALine(start):
		return r.lines(ctx, b)
	}
	if seeker != nil && !r.only { // people may stand behind their tickets
		at, err := seeker.Seek(0, io.SeekCurrent)
		if err == nil && at == in.n {
			first := &reader{importer: r.importer, only: true}
			if err := first.document(ctx, b, in); err != nil {
				return err
			}
			if _, err := seeker.Seek(0, io.SeekStart); err != nil {
				return err
			}
			r.bytes(-in.n)
			in = &metered{r: from, count: r.bytes}
			b = bufio.NewReaderSize(in, window)
			if start, _ := b.Peek(len(bom)); bytes.Equal(start, bom) {
				_, _ = b.Discard(len(bom))
			}
		}
	}
	return r.document(ctx, b, in)
}

// bytes counts what was read.
func (m *importer) bytes(n int64) {
	m.mu.Lock()
	m.result.Bytes += n
	m.mu.Unlock()
}

// metered counts bytes and the ends of lines.
type metered struct {
	r     io.Reader
	count func(int64)
	n     int64
	limit int64   // the offset at which Read fails; 0 is none
	lines []int64 // offsets of the ends of lines that nobody has asked about
	line  int     // those before
	keep  bool    // remember lines
}

var errTooLong = errors.New("the row is too long")

func (m *metered) Read(p []byte) (int, error) {
	if m.limit > 0 && m.n > m.limit {
		return 0, errTooLong
	}
	n, err := m.r.Read(p)
	if m.keep {
		for i, c := range p[:n] {
			if c == '\n' {
				m.lines = append(m.lines, m.n+int64(i))
			}
		}
	}
	m.n += int64(n)
	m.count(int64(n))
	return n, err
}

// lineAt returns the line of an offset, which never falls.
func (m *metered) lineAt(offset int64) int {
	i, _ := slices.BinarySearch(m.lines, offset)
	m.line, m.lines = m.line+i, m.lines[i:]
	return m.line + 1
}

// containers are the names under which files of several desks hold their lists.
var containers = map[string]kind{
	"tickets": ticketKind, "results": ticketKind, "users": personKind, "contacts": personKind, "agents": personKind,
	"organizations": companyKind, "companies": companyKind,
}

type kind int

const (
	anyKind kind = iota
	ticketKind
	personKind
	companyKind
)

// oneALine reports whether a text that begins with an object has one object in each line.
func oneALine(text []byte) bool {
	if _, next, more := bytes.Cut(text, []byte("\n")); more && bytes.HasPrefix(next, []byte("{")) {
		return true // also if the first line is broken
	}
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
		return true
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			break
		}
		key, _ := name.(string)
		if _, is := containers[key]; is {
			if next := bytes.TrimLeft(text[d.InputOffset():], " \t\r\n:"); len(next) > 0 && next[0] == '[' {
				return false
			}
		}
		var v json.RawMessage
		if d.Decode(&v) != nil {
			break
		}
	}
	return !bytes.Contains(text[:d.InputOffset()], []byte("\n"))
}

// lines reads one object from each line.
func (r *reader) lines(ctx context.Context, b *bufio.Reader) error {
	for line := 1; ctx.Err() == nil; line++ {
		text, long, err := r.line(b)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if long {
			r.bad(line, "", &helpdesk.FieldError{Field: "row", Problem: fmt.Sprintf("is longer than %d bytes", r.cfg.MaxRow)})
		} else if text = bytes.TrimSpace(text); len(text) > 0 {
			if e := r.object(ctx, line, text, anyKind); e != nil {
				return e
			}
		}
		if err != nil {
			return nil
		}
	}
	return ctx.Err()
}

// line reads a line; long says that it was passed over.
func (r *reader) line(b *bufio.Reader) (text []byte, long bool, err error) {
	for {
		part, err := b.ReadSlice('\n')
		if long = long || len(text)+len(part) > r.cfg.MaxRow; !long {
			text = append(text, part...)
		} else {
			text = nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return text, long, err
		}
	}
}

// document reads a JSON document: lists of objects, or one in an object beside other names.
func (r *reader) document(ctx context.Context, b *bufio.Reader, in *metered) error {
	rest, _ := b.Peek(b.Buffered())
	base := in.n - int64(len(rest))
	in.keep = true
	for i, c := range rest {
		if c == '\n' {
			in.lines = append(in.lines, base+int64(i))
		}
	}
	d := json.NewDecoder(b)
	at := func() int { return in.lineAt(base + d.InputOffset()) }
	next := func() { in.limit = in.n + int64(r.cfg.MaxRow) }
	next()
	fault := func(err error) error {
		if err == nil {
			return nil
		}
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // the file is cut off
		}
		return fmt.Errorf("%w: line %d: %w", helpdesk.ErrInvalid, at(), err)
	}
	list := func(k kind) error { // behind its bracket
		for d.More() {
			if err := ctx.Err(); err != nil {
				return err
			}
			next()
			var v json.RawMessage
			if err := d.Decode(&v); err != nil {
				return fault(err)
			}
			line := in.lineAt(base + d.InputOffset() - int64(len(v)))
			if err := r.object(ctx, line, v, k); err != nil {
				return err
			}
		}
		_, err := d.Token()
		return fault(err)
	}
	for {
		next()
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fault(err)
		}
		switch token {
		case json.Delim('['):
			if err := list(anyKind); err != nil {
				return err
			}
			continue
		case json.Delim('{'):
		default:
			return fault(errors.New("is neither an object nor a list"))
		}
		line, single := at(), map[string]json.RawMessage{}
		lists := false
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return fault(err)
			}
			key, _ := name.(string)
			k, is := containers[key]
			if is && isList(d, b) {
				lists = true
				if _, err := d.Token(); err != nil {
					return fault(err)
				}
				if err := list(k); err != nil {
					return err
				}
				continue
			}
			next()
			var v json.RawMessage
			if err := d.Decode(&v); err != nil {
				return fault(err)
			}
			single[key] = v
		}
		if _, err := d.Token(); err != nil {
			return fault(err)
		}
		if !lists {
			text, err := json.Marshal(single)
			if err != nil {
				return fault(err)
			}
			if err := r.object(ctx, line, text, anyKind); err != nil {
				return err
			}
		}
	}
}

// isList reports whether the next value of d is a list.
func isList(d *json.Decoder, b *bufio.Reader) bool {
	rest := io.MultiReader(d.Buffered())
	text := make([]byte, 64)
	n, _ := io.ReadFull(rest, text)
	if n < len(text) {
		more, _ := b.Peek(64)
		text = append(text[:n], more...)
		n = len(text)
	}
	v := bytes.TrimLeft(text[:n], " \t\r\n:")
	return len(v) > 0 && v[0] == '['
}

// object reads one object of JSON.
func (r *reader) object(ctx context.Context, line int, text []byte, k kind) error {
	if !utf8.Valid(text) {
		r.bad(line, "", &helpdesk.FieldError{Field: "row", Problem: "is not UTF-8"})
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber() // a long id is not a float
	var m map[string]any
	if err := d.Decode(&m); err != nil || m == nil {
		r.bad(line, "", &helpdesk.FieldError{Field: "row", Problem: "is no object of JSON"})
		return nil
	}
	f := newFields(m)
	if inner := f.object("helpdesk_ticket", "ticket"); inner != nil && !f.has("kind") {
		f = inner
	}
	switch {
	case f.has("kind"):
		return r.own(ctx, line, f, text)
	case k == personKind, k == companyKind:
		r.people.add(f, k)
	case k == anyKind && !f.has("subject", "description", "body", "requester_id"):
		switch {
		case f.has("user"):
			r.people.add(f.object("user"), personKind)
		case f.has("email", "role"):
			r.people.add(f, personKind)
		case f.has("domain_names", "domains", "name"):
			r.people.add(f, companyKind)
		default:
			r.bad(line, f.text("id"), &helpdesk.FieldError{Field: "subject", Problem: "is not there, nor a description"})
		}
	case r.only:
	case f.has("responder_id", "display_id", "description_text", "fwd_emails", "helpdesk_ticket"):
		r.ticket(ctx, line, "freshdesk", f)
	case f.has("requester_id", "assignee_id", "submitter_id", "raw_subject"):
		r.ticket(ctx, line, "zendesk", f)
	default:
		r.ticket(ctx, line, "jsonl", f)
	}
	return nil
}

// csv reads a file with a header and one ticket in each row.
func (r *reader) csv(ctx context.Context, b *bufio.Reader, peek []byte) error {
	in := &metered{r: b, count: func(int64) {}}
	c := csv.NewReader(in)
	c.Comma, c.FieldsPerRecord = separator(peek), 0
	in.limit = int64(r.cfg.MaxRow)
	header, err := c.Read()
	if err != nil {
		return fmt.Errorf("%w: header: %w", helpdesk.ErrInvalid, err)
	}
	columns := make([]string, len(header))
	for i, name := range header {
		columns[i] = column(name)
		if columns[i] != "" && slices.Contains(columns[:i], columns[i]) {
			return fmt.Errorf("%w: header: the column %q is there twice", helpdesk.ErrInvalid, short(name))
		}
	}
	if !slices.Contains(columns, "subject") && !slices.Contains(columns, "description") {
		return fmt.Errorf("%w: header: there is no column subject and none description", helpdesk.ErrInvalid)
	}
	format := "csv"
	if slices.Contains(columns, "resolution_status") || slices.Contains(columns, "due_by_time") {
		format = "freshdesk"
	}
	for ctx.Err() == nil {
		in.limit = in.n + int64(r.cfg.MaxRow)
		row, err := c.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &parse):
			r.bad(parse.StartLine, "", &helpdesk.FieldError{Field: "row", Problem: parse.Err.Error()})
			continue
		case err != nil:
			line, _ := c.FieldPos(0)
			return fmt.Errorf("%w: behind line %d: %w", helpdesk.ErrInvalid, line, err)
		}
		line, _ := c.FieldPos(0)
		m := make(map[string]any, len(row))
		for i, cell := range row {
			if columns[i] != "" {
				m[columns[i]] = unquoted(cell)
			}
		}
		r.ticket(ctx, line, format, newFields(m))
	}
	return ctx.Err()
}

// separator is the one of the header: the most frequent of comma, semicolon and tab.
func separator(peek []byte) rune {
	line, _, _ := bytes.Cut(peek, []byte("\n"))
	best := ','
	for _, c := range []rune{';', '\t'} {
		if bytes.Count(line, []byte(string(c))) > bytes.Count(line, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// column is a name of a column as this package knows it.
func column(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	name, _, _ = strings.Cut(name, "(")
	name = strings.NewReplacer(" ", "_", "-", "_", ".", "_").Replace(strings.TrimSpace(name))
	if known, ok := columnNames[name]; ok {
		return known
	}
	return name
}

// columnNames are other names of columns.
var columnNames = map[string]string{
	"ticket_id": "id", "external_id": "id", "ticket": "id", "title": "subject", "summary": "subject", "body": "description", "text": "description",
	"email": "customer_email", "requester_email": "customer_email", "contact_email": "customer_email",
	"name": "customer_name", "full_name": "customer_name", "requester": "customer_name", "requester_name": "customer_name",
	"company": "organisation", "organization": "organisation", "company_name": "organisation",
	"assignee": "agent", "assigned_to": "agent", "responder": "agent",
	"created": "created_at", "created_time": "created_at", "updated": "updated_at", "last_update_time": "updated_at",
	"resolved": "resolved_at", "resolved_time": "resolved_at", "solved_at": "resolved_at", "closed_time": "closed_at",
	"initial_response_time": "first_reply_at", "first_response_at": "first_reply_at", "type": "category", "comments": "comment",
}

// unquoted takes back the apostrophe that an export of this package puts before a formula.
func unquoted(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && len(rest) > 0 && strings.ContainsRune("=+-@\t\r", rune(rest[0])) {
		return rest
	}
	return cell
}
