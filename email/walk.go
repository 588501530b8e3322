package email

import (
	"bytes"
	"net/mail"
	"strings"
)

// A part is a node of a message's MIME tree (RFC 2045): the message itself, or the content between
// two boundaries.
type part struct {
	header      mail.Header
	typ         string // lower case, such as "text/plain"
	params      map[string]string
	disposition string // "inline", "attachment" or ""
	name        string // the sender's name for it
	encoding    string
	start, end  int64 // of its body
	parts       []*part
}

// walker makes a tree from a message. It records its first failure, and keeps the rest of the tree.
type walker struct {
	src     *source
	limits  Limits
	parts   int
	charset string // of the message, for header fields that name none
	problem string
}

func (w *walker) note(problem string) {
	if w.problem == "" {
		w.problem = problem
	}
}

// walk reads the part between two offsets. Its parts lie within it, so the boundary of an outer
// multipart ends an unclosed inner one. It reads a byte once for each level, of which there are
// few.
func (w *walker) walk(start, end int64, depth int, assumed string) *part {
	w.parts++
	h, body, whole := w.src.readHeader(start, end, w.limits.MaxHeader, depth == 0)
	if !whole {
		w.note("its header is too long")
	}
	p := &part{header: h, start: body, end: end}
	p.typ, p.params = parseParams(first(h, "Content-Type"), w.charset)
	if depth == 0 {
		w.charset = p.params["charset"]
	}
	if p.typ == "" || !strings.Contains(p.typ, "/") {
		p.typ = assumed
		if p.typ == "text/plain" && first(h, "Content-Type") != "" && strings.Contains(strings.ToLower(first(h, "Content-Type")), "html") {
			p.typ = "text/html"
		}
	}
	disposition, params := parseParams(first(h, "Content-Disposition"), w.charset)
	p.disposition = disposition
	for _, name := range []string{params["filename"], params["name"], p.params["name"], p.params["filename"], p.params["file"]} {
		if p.name = name; name != "" {
			break
		}
	}
	p.encoding = transferEncoding(first(h, "Content-Transfer-Encoding"))
	if strings.HasPrefix(p.typ, "multipart/") {
		w.split(p, depth)
	}
	return p
}

// split walks the parts of a multipart.
func (w *walker) split(p *part, depth int) {
	if depth >= w.limits.MaxDepth {
		w.note("it is nested too deep")
		p.typ = "application/octet-stream"
		return
	}
	assumed := "text/plain"
	if p.typ == "multipart/digest" {
		assumed = "message/rfc822"
	}
	ranges := w.between(p.start, p.end, p.params["boundary"])
	if len(ranges) == 0 {
		if b := w.findBoundary(p.start, p.end); b != "" {
			ranges = w.between(p.start, p.end, b)
		}
	}
	for _, r := range ranges {
		if w.parts >= w.limits.MaxParts {
			w.note("it has too many parts")
			return
		}
		c := w.walk(r[0], r[1], depth+1, assumed)
		if len(c.parts) == 0 && strings.HasPrefix(c.typ, "multipart/") && c.params["boundary"] == p.params["boundary"] {
			p.typ = c.typ // one boundary for two levels: the inner one's parts follow
			continue
		}
		p.parts = append(p.parts, c)
	}
	// More than an empty line, which remains when a mailer uses one boundary twice.
	if len(ranges) == 0 && p.end > p.start+4 {
		if p.params["boundary"] != "" || depth == 0 {
			w.note("its parts cannot be told apart")
		}
		p.typ = "text/plain"
	}
}

// between returns the ranges of the parts that a boundary (RFC 2046, 5.1.1) separates. The last one
// may lack its end.
func (w *walker) between(start, end int64, boundary string) (ranges [][2]int64) {
	boundary = strings.TrimRight(boundary, " \t")
	if boundary == "" {
		return nil
	}
	// open: start of the present part. last: end of the text before this line.
	open, last := int64(-1), start
	closed := false
	w.src.lines(start, end, func(l rawLine) bool {
		if l.start && bytes.HasPrefix(l.text, []byte("--")) && len(l.text) < len(boundary)+100 {
			rest, ok := bytes.CutPrefix(l.text[2:], []byte(boundary))
			rest = bytes.TrimRight(rest, " \t\r")
			if ok && (len(rest) == 0 || string(rest) == "--") {
				if open >= 0 {
					ranges = append(ranges, [2]int64{open, max(open, last)})
				}
				open, closed = l.next(), len(rest) > 0
				return !closed && len(ranges) <= w.limits.MaxParts
			}
		}
		last = l.off + int64(len(l.text))
		return true
	})
	if !closed && open >= 0 && open < end && len(ranges) <= w.limits.MaxParts {
		ranges = append(ranges, [2]int64{open, end})
	}
	return ranges
}

// findBoundary returns the separator of a multipart whose boundary is missing or wrong: the first
// line that begins like one and is followed by a header field of a part.
func (w *walker) findBoundary(start, end int64) (found string) {
	var candidate string
	w.src.lines(start, end, func(l rawLine) bool {
		if candidate != "" && len(l.text) > 8 && strings.EqualFold(string(l.text[:8]), "content-") {
			found = candidate
			return false
		}
		candidate = ""
		if l.start && bytes.HasPrefix(l.text, []byte("--")) && len(l.text) > 4 && len(l.text) < 200 {
			candidate = strings.TrimRight(string(l.text[2:]), " \t\r")
		}
		return true
	})
	return found
}
