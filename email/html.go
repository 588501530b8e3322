package email

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// HTMLText returns an HTML mail as plain text: the text that a browser shows, with one line for
// each paragraph and line break. List items begin with "- " or their number. " | " separates the
// cells of a row. Quoted lines begin with "> ". A link whose text is not its address is followed by
// the address in angle brackets. An image is "[image: description]", or nothing without a
// description. White space is folded as in browsers, except in pre; several blank lines become one.
// Hidden parts of a mail, such as its preheader, are left out.
//
// It accepts invalid HTML. Its time grows with the length of the HTML, whatever the nesting.
func HTMLText(html string) string { return textOf(htmlLines(html)) }

func textOf(found []htmlLine) string {
	var text []string
	for _, l := range folded(slices.DeleteFunc(slices.Clone(found), func(l htmlLine) bool { return l.marks&quotedToEnd != 0 })) {
		text = append(text, l.prefixed())
	}
	return joined(text)
}

// VisibleHTML returns the new text of an HTML mail as plain text: [HTMLText] without the lines that
// [Visible] hides. It recognises the marks in the HTML by which mail programs mark quoted messages
// and signatures: those of Gmail, Outlook, Apple Mail, Thunderbird, Yahoo, Proton Mail, Zoho and
// others.
func VisibleHTML(html string) string {
	return visibleOf(htmlLines(html), parted)
}

// visibleOf returns the first part of the lines as divide divides them.
func visibleOf(found []htmlLine, divide func([]line) (visible, hidden string)) string {
	found = folded(found)
	lines := make([]line, len(found))
	for i, h := range found {
		lines[i] = h.line()
	}
	markCode(lines)
	for i := range lines {
		if lines[i].kind == textLine && quoted(lines, i) {
			lines[i].kind = quoteLine
		}
	}
	visible, _ := divide(lines)
	return visible
}

// htmlLine is a line of text of an HTML mail with information from its elements.
type htmlLine struct {
	text  string
	depth int // of quotation
	marks markup
}

// maxQuoteMarks is the greatest number of ">" of a line.
const maxQuoteMarks = 10

func (l *htmlLine) prefixed() string {
	s := strings.Repeat("> ", min(l.depth, maxQuoteMarks)) + l.text
	if l.depth > 0 && l.text == "" {
		s = s[:len(s)-1]
	}
	return s
}

// line converts the line for the rules of plain text.
func (l *htmlLine) line() line {
	made := newLine(l.prefixed())
	made.marks = l.marks
	switch {
	case l.marks&quotedToEnd != 0:
		made.kind = headingLine
	case l.text == "" && l.depth == 0:
	case l.marks&inSignature != 0:
		made.kind = signatureLine
	case l.depth > 0 || l.marks&inQuoted != 0:
		made.kind, made.quote = quoteLine, l.marks&inQuoted != 0
	}
	return made
}

// maxOpen is the greatest number of open elements that are tracked. Text nested deeper is shown
// without regard to its elements. So neither memory nor the search for a start tag grows with
// hostile depth.
const maxOpen = 256

// element is an open element and the changes of its start tag, which its end undoes.
type element struct {
	name   string
	hidden bool
	pre    bool
	quote  bool
	marks  markup
	href   string
	gap    int // line breaks around a block
	from   int // for a link: start of its text in the line
	items  int // for an ordered list: its last number
}

// reader turns the tokens of HTML into lines. It builds no tree, whose depth could be hostile.
type reader struct {
	lines []htmlLine
	open  []element
	over  int // elements open beyond maxOpen

	hidden, pre, depth int
	marks              []markup // of open elements that have some

	text   strings.Builder // of the line being written
	space  bool            // a space is due before the next word
	breaks int             // due before the next word: 1 a new line, 2 a blank one, too
	item   string          // the pending start of a list item
	once   markup          // for the next line only
	// cellLine is the number of lines when the row or its last cell began.
	cellLine int
	cell     bool // the row has a cell before this one
}

func htmlLines(s string) []htmlLine {
	r := &reader{}
	z := html.NewTokenizer(strings.NewReader(s))
	raw := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			r.newLineIfAny()
			return r.lines
		case html.TextToken:
			if !raw && r.hidden == 0 {
				r.words(string(z.Text()))
			}
			continue
		case html.StartTagToken:
			raw = r.start(z, false)
		case html.SelfClosingTagToken:
			raw = r.start(z, true)
		case html.EndTagToken:
			name, _ := z.TagName()
			r.end(string(name))
			raw = false
		}
	}
}

// folded joins successive blank lines into one, and removes them at the beginning.
func folded(lines []htmlLine) []htmlLine {
	var kept []htmlLine
	last := htmlLine{} // last line with more than marks
	for i, l := range lines {
		if l.marks&quotedToEnd == 0 {
			l.text = strings.ToValidUTF8(strings.TrimRight(l.text, " \t"), "\uFFFD")
			if l.text == "" && last.text == "" && (last.depth == l.depth || i == 0 || last == htmlLine{}) {
				continue
			}
			last = l
		}
		kept = append(kept, l)
	}
	return kept
}

// start reads a start tag. It reports whether the text up to the next tag is invisible.
func (r *reader) start(z *html.Tokenizer, closed bool) (raw bool) {
	b, more := z.TagName()
	name := string(b)
	a := attributes(z, more)
	switch name {
	case "script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp":
		return true
	case "br":
		r.newLine()
		return false
	case "hr":
		r.mark(marksOf(name, a))
		r.breakLine(1)
		r.words("---")
		r.breakLine(1)
		return false
	case "img":
		r.image(a)
		return false
	}
	if voidElements[name] || closed && strings.Contains(name, ":") {
		return false
	}
	e := element{name: name, hidden: hiddenElements[name] || a.hidden(), pre: name == "pre", marks: marksOf(name, a), gap: gap(name), from: -1}
	if a.tight() {
		e.gap = 1
	}
	e.quote = name == "blockquote" && !a.indents()
	if name == "a" {
		e.href = a.href
	}
	r.closeImplied(name)
	r.before(&e)
	r.push(e)
	return false
}

// push opens an element.
func (r *reader) push(e element) {
	if len(r.open) == maxOpen {
		r.over++
		return
	}
	if e.quote || e.marks != 0 {
		r.newLineIfAny()
	}
	if e.quote && len(r.lines) > 0 && r.hidden == 0 {
		r.settle()
	}
	if e.hidden {
		r.hidden++
	}
	if e.pre {
		r.pre++
	}
	if e.quote {
		r.depth++
	}
	r.mark(e.marks & (quotedToEnd | headerBox))
	if e.marks &= inQuoted | inSignature | inAttribution; e.marks != 0 {
		r.marks = append(r.marks, e.marks)
	}
	if e.name == "a" {
		e.from = r.text.Len()
	}
	r.open = append(r.open, e)
}

// pop closes the innermost element.
func (r *reader) pop() {
	e := r.open[len(r.open)-1]
	r.open = r.open[:len(r.open)-1]
	if e.href != "" && r.hidden == 0 {
		r.address(&e)
	}
	if e.name == "li" || cellElements[e.name] {
		r.item = "" // the item is empty
	}
	if blockElements[e.name] {
		r.breakLine(e.gap)
	}
	if e.quote || e.marks != 0 {
		r.newLineIfAny()
	}
	if e.hidden {
		r.hidden--
	}
	if e.pre {
		r.pre--
	}
	if e.quote {
		r.depth--
	}
	if e.marks != 0 {
		r.marks = r.marks[:len(r.marks)-1]
	}
}

// end reads an end tag. It ignores one without an open element. An inline element's end does not
// close the blocks in it, and a block's end does not close the cell around it.
func (r *reader) end(name string) {
	if name == "br" || name == "p" && !r.isOpen("p") {
		r.newLine()
		return
	}
	if r.over > 0 && !voidElements[name] {
		r.over--
		return
	}
	for i := len(r.open) - 1; i >= 0; i-- {
		switch open := r.open[i].name; {
		case open == name:
			for len(r.open) > i {
				r.pop()
			}
			return
		case blockElements[open] && !blockElements[name], cellElements[open] && !tableElements[name]:
			return
		}
	}
}

// closeImplied closes the elements that a start tag closes implicitly.
func (r *reader) closeImplied(name string) {
	for len(r.open) > 0 {
		top := r.open[len(r.open)-1].name
		if !(top == "p" && blockElements[name] || top == "li" && name == "li" || cellElements[top] && (cellElements[name] || name == "tr") ||
			top == "tr" && name == "tr" || (top == "dt" || top == "dd") && (name == "dt" || name == "dd") || top == "option" && name == "option") {
			return
		}
		r.pop()
	}
}

func (r *reader) isOpen(name string) bool {
	for i := len(r.open) - 1; i >= 0; i-- {
		if r.open[i].name == name {
			return true
		}
	}
	return r.over > 0
}
