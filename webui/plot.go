package webui

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// Plots are SVG, drawn on the server. Colours are classes of the style sheet: they follow the theme
// and respect the page's policy, which allows no style in a page. Plots are measured in per cent
// across and in pixels upright: they take the width there is, and their texts keep their size.
// Parts that only a wide plot has room for have the class mid or wide, which narrow plots hide.

// plot is a drawing with its legend, or bars, or a sentence where there is nothing to draw.
type plot struct {
	Title   string // where the section has several
	Legend  []key
	Drawing template.HTML
	Bars    []bar
	Nothing string
}

// key is an entry of a legend.
type key struct {
	Name  string
	Class string // the colour, "c1" to "c6" or another that the style sheet knows
	Kind  string // box, line or dash
}

// drawing is an SVG in the making.
type drawing struct{ strings.Builder }

func newDrawing(title, about string, height float64) *drawing {
	d := &drawing{}
	fmt.Fprintf(d, `<svg class="plot" height="%s" role="img" aria-label="%s"><title>%s</title><desc>%s</desc>`, num(height), esc(title), esc(title), esc(about))
	return d
}

func (d *drawing) done() template.HTML {
	d.WriteString("</svg>")
	return template.HTML(d.String())
}

// text writes at a share of the width, moved by pixels.
func (d *drawing) text(x, dx, y float64, anchor, class, s string) {
	fmt.Fprintf(d, `<text x="%s" dx="%s" y="%s" text-anchor="%s"%s>%s</text>`, pct(x), num(dx), num(y), anchor, classed(class), esc(s))
}

// across draws a line from edge to edge.
func (d *drawing) across(y float64, class string) {
	fmt.Fprintf(d, `<line x1="0" y1="%s" x2="100%%" y2="%s" class="%s"/>`, num(y), num(y), class)
}

// scale draws the marks of an upright axis, and a line at each.
func (d *drawing) scale(a axis, y func(float64) float64) {
	for _, m := range a.marks() {
		class := "gridline"
		if m == 0 {
			class = "axis"
		}
		d.across(y(m), class)
		d.text(0, -8, y(m)+4, "end", "", a.text(m))
	}
}

// field begins the drawing between the axes, which is cut off there. Its width is across, so that
// paths have numbers: per cents cannot stand in paths.
func (d *drawing) field(top, height float64) {
	fmt.Fprintf(d, `<svg y="%s" width="100%%" height="%s" viewBox="0 0 %d %s" preserveAspectRatio="none">`, num(top), num(height), fieldWidth, num(height))
}

const fieldWidth = 1000

// stroke draws a line through points in a field; a NaN lifts the pen.
func (d *drawing) stroke(class string, points [][2]float64) {
	var b strings.Builder
	pen := "M"
	for _, p := range points {
		if math.IsNaN(p[1]) {
			pen = "M"
			continue
		}
		b.WriteString(pen + num(fieldWidth*p[0]) + " " + num(p[1]))
		pen = "L"
	}
	fmt.Fprintf(d, `<path d="%s" class="%s"/>`, b.String(), class)
}

func esc(s string) string { return template.HTMLEscapeString(s) }

func classed(s string) string {
	if s == "" {
		return ""
	}
	return ` class="` + s + `"`
}

// num writes a length.
func num(f float64) string { return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64) }

// pct writes a share of the width.
func pct(f float64) string { return strconv.FormatFloat(math.Round(f*1e4)/100, 'f', -1, 64) + "%" }

// bar is a row of bars that run across. Its parts are HTML, so that names may be long and the list
// can be read out.
type bar struct {
	Name       string
	Text       string
	Proportion string // of the whole length, such as "12.5%"; empty when there is no number
	Class      string
}

// bars makes rows of numbers, of which whole has the whole length; with 0 the greatest has. A NaN
// is no number.
func bars(names []string, values []float64, whole float64, text func(float64) string, class string) []bar {
	if whole == 0 {
		whole = most([]line{{Values: values}})
	}
	list := make([]bar, len(names))
	for i, name := range names {
		list[i] = bar{Name: name, Text: "–", Class: class}
		if f := values[i]; !math.IsNaN(f) {
			list[i].Text, list[i].Proportion = text(f), "0%"
			if whole > 0 {
				list[i].Proportion = pct(f / whole)
			}
		}
	}
	return list
}
