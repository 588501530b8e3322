package email

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	blockElements = set("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
		"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
		"th", "thead", "tr", "ul", "caption", "hr")
	voidElements   = set("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr")
	hiddenElements = set("template", "object", "applet", "svg", "math", "xml", "select", "datalist", "audio", "video", "canvas", "map")
	cellElements   = set("td", "th")
	tableElements  = set("td", "th", "tr", "table", "tbody", "thead", "tfoot", "body", "html")
	spaced         = set("h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "blockquote", "table", "ul", "ol", "dl")
)

// gap returns the number of line breaks around an element: two leave a blank line.
func gap(name string) int {
	if spaced[name] {
		return 2
	}
	return 1
}

// before breaks the line at the start of a block.
func (r *reader) before(e *element) {
	name := e.name
	switch {
	case cellElements[name]:
		if r.cell && r.cellLine == len(r.lines) && r.text.Len() > 0 {
			r.breaks, r.space, r.item = 0, false, " | "
		} else {
			r.breakLine(1)
		}
		r.cell, r.cellLine = true, len(r.lines)
		return
	case name == "tr":
		r.breakLine(1)
		r.newLineIfAny()
		r.cell, r.cellLine = false, len(r.lines)
		return
	case !blockElements[name]:
		return
	}
	if (name == "ul" || name == "ol") && r.listDepth() > 0 {
		e.gap = 1
	}
	r.breakLine(e.gap)
	if name == "li" {
		r.item = strings.Repeat("  ", min(max(r.listDepth()-1, 0), 8)) + r.bullet()
	}
}

func (r *reader) listDepth() (n int) {
	for i := range r.open {
		if r.open[i].name == "ul" || r.open[i].name == "ol" {
			n++
		}
	}
	return n
}

// bullet returns the start of the next item of the innermost list.
func (r *reader) bullet() string {
	for i := len(r.open) - 1; i >= 0; i-- {
		switch e := &r.open[i]; e.name {
		case "ol":
			e.items++
			return strconv.Itoa(e.items) + ". "
		case "ul":
			return "- "
		}
	}
	return "- "
}

// breakLine asks for a new line before the next word, or a blank one and a new line when n is 2.
func (r *reader) breakLine(n int) {
	// A paragraph begins beside the number of its item.
	if r.item == "" && (r.text.Len() > 0 || len(r.lines) > 0) {
		r.breaks = max(r.breaks, n)
	}
	r.space = false
}

// newLine ends the line, even one without text.
func (r *reader) newLine() {
	if r.hidden > 0 {
		return
	}
	r.settle()
	r.flush()
}

// newLineIfAny ends a line that has text.
func (r *reader) newLineIfAny() {
	if r.text.Len() > 0 {
		r.flush()
	}
}

// settle writes the pending breaks.
func (r *reader) settle() {
	n := r.breaks
	r.breaks = 0
	if r.text.Len() > 0 && n > 0 {
		r.flush()
	}
	if last := len(r.lines) - 1; n > 1 && last >= 0 && r.lines[last].depth >= r.depth {
		r.lines = append(r.lines, htmlLine{depth: r.depth})
	}
}

func (r *reader) flush() {
	l := htmlLine{text: r.text.String(), depth: r.depth, marks: r.once}
	for _, m := range r.marks {
		l.marks |= m
	}
	r.once = 0
	r.lines = append(r.lines, l)
	r.text.Reset()
	r.space = false
	for i := len(r.open) - 1; i >= 0 && r.open[i].name == "a"; i-- {
		r.open[i].from = 0
	}
}

// mark records an element's mark for the line that begins with it. A mark of a quotation to the end
// gets its own line.
func (r *reader) mark(m markup) {
	if r.hidden > 0 {
		return
	}
	if m&quotedToEnd != 0 {
		r.newLineIfAny()
		r.lines = append(r.lines, htmlLine{marks: quotedToEnd})
	}
	r.once |= m & headerBox
}

// put writes text to the line unfolded.
func (r *reader) put(s string) {
	r.settle()
	if r.item != "" {
		r.text.WriteString(r.item)
		r.item = ""
	}
	if r.space && r.text.Len() > 0 {
		r.text.WriteByte(' ')
	}
	r.space = false
	r.text.WriteString(s)
}

// words writes text, with its white space folded unless it is in pre.
func (r *reader) words(s string) {
	if r.pre > 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
		for i, l := range strings.Split(s, "\n") {
			if i > 0 {
				r.newLine()
			}
			if l != "" {
				r.put(strings.Map(shown, l))
			}
		}
		return
	}
	for len(s) > 0 {
		n := strings.IndexAny(s, " \t\n\r\f")
		if n != 0 {
			word := s
			if n > 0 {
				word = s[:n]
			}
			if word = strings.Map(shown, word); word != "" {
				r.put(word)
			}
			if n < 0 {
				return
			}
		}
		r.space = true
		s = strings.TrimLeft(s[n:], " \t\n\r\f")
	}
}

// shown drops characters without width and fillers of preheaders, and turns a no-break space into a
// plain one.
func shown(c rune) rune {
	switch c {
	case '\u00a0':
		return ' '
	case '\u200b', '\ufeff', '\u034f', '\u00ad', 0:
		return -1
	}
	return c
}

// image writes the description of an image, if it has one and is visible.
func (r *reader) image(a attrs) {
	alt := strings.Join(strings.Fields(a.alt), " ")
	if r.hidden > 0 || alt == "" || a.hidden() || a.dot() || utf8.RuneCountInString(alt) > 200 {
		return
	}
	r.put("[image: " + alt + "]")
}

// address writes the address of a link, unless its text is the address.
func (r *reader) address(e *element) {
	href := strings.TrimSpace(e.href)
	if mail, ok := cutPrefixFold(href, "mailto:"); ok {
		href, _, _ = strings.Cut(mail, "?")
	} else if !hasPrefixFold(href, "http://") && !hasPrefixFold(href, "https://") {
		return
	}
	all := r.text.String()
	if e.from < 0 || e.from > len(all) || len(href) > 2000 {
		return
	}
	text := strings.TrimSpace(all[e.from:])
	if text == "" || bare(text) == bare(href) || strings.ContainsAny(href, " \t\r\n<>") {
		return
	}
	r.space = true
	r.put("<" + href + ">")
}

// cutPrefixFold is strings.CutPrefix for a prefix in ASCII, ignoring case. Lower case of the whole
// text may have another length.
func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

func hasPrefixFold(s, prefix string) bool {
	_, ok := cutPrefixFold(s, prefix)
	return ok
}

// bare is an address without the parts that people omit when they write it.
func bare(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	return strings.TrimRight(strings.TrimPrefix(s, "www."), "/")
}
