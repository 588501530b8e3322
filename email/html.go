package email

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// HTMLText returns an HTML mail as plain text: what a browser shows of it, with one line to each paragraph and line break.
// Items of lists begin with "- " or their number, cells of a row are parted by " | ", what is quoted begins with
// "> ", a link whose text is not its address is followed by that in angle brackets, and an image is
// "[image: what it shows]", or nothing if the mail does not say. White space is folded as browsers fold it, save in
// pre; more blank lines than one become one. What a mail hides, such as its preheader, is left out.
//
// It does not need valid HTML. The time it takes grows with the length of HTML however deep it is nested.
func HTMLText(html string) string {
	var text []string
	for _, l := range folded(slices.DeleteFunc(htmlLines(html), func(l htmlLine) bool { return l.marks&quotedToEnd != 0 })) {
		text = append(text, l.prefixed())
	}
	return joined(text)
}

// VisibleHTML returns what the writer of an HTML mail wrote, as plain text: [HTMLText] without what [Visible] hides. Where mail
// programs mark quoted messages and signatures in the HTML it goes by their marks: those of Gmail, Outlook, Apple
// Mail, Thunderbird, Yahoo, Proton Mail, Zoho and others.
func VisibleHTML(html string) string {
	found := folded(htmlLines(html))
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
	visible, _ := parted(lines)
	return visible
}

// htmlLine is a line of text of an HTML mail with what its elements say about it.
type htmlLine struct {
	text  string
	depth int // of quotation
	marks markup
}

// maxQuoteMarks bounds how many ">" a line gets.
const maxQuoteMarks = 10

func (l *htmlLine) prefixed() string {
	s := strings.Repeat("> ", min(l.depth, maxQuoteMarks)) + l.text
	if l.depth > 0 && l.text == "" {
		s = s[:len(s)-1]
	}
	return s
}

// line makes a line for the rules of plain text.
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

// maxOpen is how many elements are kept track of at a time. What is nested deeper is shown without regard to its
// elements, so that neither memory nor the search for the start of an end tag grows with hostile depth.
const maxOpen = 256

// element is an open element and what its start changed, to be undone at its end.
type element struct {
	name   string
	hidden bool
	pre    bool
	quote  bool
	marks  markup
	href   string
	gap    int // line breaks around a block
	from   int // for a link: where its text begins in the line
	items  int // for an ordered list: its last number
}

// reader turns the tokens of HTML into lines. It builds no tree: that would need a depth.
type reader struct {
	lines []htmlLine
	open  []element
	over  int // elements open beyond maxOpen

	hidden, pre, depth int
	marks              []markup // of open elements that have some

	text     strings.Builder // of the line being written
	space    bool            // a space is due before the next word
	breaks   int             // due before the next word: 1 a new line, 2 a blank one, too
	item     string          // the start of a list item that is due
	once     markup          // for the next line only
	cellLine int             // how many lines there were when the row or its last cell began
	cell     bool            // whether the row has a cell before this one
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

// folded leaves one of several blank lines, and none in front.
func folded(lines []htmlLine) []htmlLine {
	var kept []htmlLine
	last := htmlLine{} // of those that are not marks alone
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

// start reads a start tag. It reports whether text up to the next tag is not for readers.
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
		r.item = "" // nothing came
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

// end reads an end tag. One that belongs to nothing open is none, and one of an inline element does not close the
// blocks in it, nor one of a block the cell around it.
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

// closeImplied closes what a start tag closes without an end tag.
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
