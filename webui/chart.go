package webui

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// chart is rows of numbers over the steps of a period.
type chart struct {
	Title, About string
	Labels       []string // below, one a step; of many some are left out
	Names        []string // of the steps, for who points at one
	Rows         []line
	Axis         axis
	Text         func(float64) string // writes a value
	Height       float64              // between the axes
}

// line is one row of numbers. A NaN is a gap.
type line struct {
	Name   string
	Values []float64
	Class  string // "c1" to "c6"
	Kind   string // box for bars, line, area for a line with the ground below filled, dash
}

// legend names the rows.
func (c *chart) legend() []key {
	list := make([]key, len(c.Rows))
	for i, r := range c.Rows {
		list[i] = key{r.Name, r.Class, r.Kind}
	}
	return list
}

// most is the greatest value, or 0.
func most(rows []line) float64 {
	top := 0.0
	for _, r := range rows {
		for _, f := range r.Values {
			if !math.IsNaN(f) {
				top = max(top, f)
			}
		}
	}
	return top
}

const (
	chartTop    = 10.0 // above the field
	chartBottom = 24.0 // below
)

func (c *chart) draw() template.HTML {
	d := newDrawing(c.Title, c.About, chartTop+c.Height+chartBottom)
	slot := 1 / float64(max(1, len(c.Labels)))
	x := func(i int) float64 { return slot * (float64(i) + .5) }
	y := func(f float64) float64 { return c.Height * (1 - f/c.Axis.top) }
	d.scale(c.Axis, func(f float64) float64 { return chartTop + y(f) })
	for i, label := range c.Labels {
		if class, shown := tier(i, len(c.Labels)); shown {
			d.text(x(i), 0, chartTop+c.Height+18, "middle", class, label)
		}
	}
	c.columns(d, slot, y)
	d.field(chartTop-2, c.Height+4)
	for _, r := range c.Rows {
		if r.Kind == "box" {
			continue
		}
		points := make([][2]float64, len(r.Values))
		for i, f := range r.Values {
			points[i] = [2]float64{x(i), y(f) + 2}
		}
		if r.Kind == "area" && len(points) > 1 {
			last := len(points) - 1
			d.stroke("area-"+r.Class, append(points[:last+1:last+1], [2]float64{points[last][0], c.Height + 2}, [2]float64{points[0][0], c.Height + 2}))
		}
		d.stroke("line-"+r.Class+" "+r.Kind, points)
	}
	d.WriteString("</svg>")
	c.dots(d, x, y)
	for i := range c.Labels {
		fmt.Fprintf(d, `<rect x="%s" y="0" width="%s" height="%s" class="point"><title>%s</title></rect>`, pct(slot*float64(i)), pct(slot), num(chartTop+c.Height), esc(c.said(i)))
	}
	return d.done()
}

// columns draws the rows that are bars, those of a step side by side.
func (c *chart) columns(d *drawing, slot float64, y func(float64) float64) {
	n, at := 0.0, 0.0
	for _, r := range c.Rows {
		if r.Kind == "box" {
			n++
		}
	}
	w := min(.032, slot*.8/max(1, n))
	for _, r := range c.Rows {
		if r.Kind != "box" {
			continue
		}
		for i, f := range r.Values {
			if f > 0 {
				h := max(1, c.Height-y(f))
				fmt.Fprintf(d, `<rect x="%s" y="%s" width="%s" height="%s" rx="1.5" class="fill-%s"/>`,
					pct(slot*(float64(i)+.5)+w*(at-n/2)+w*.05), num(chartTop+c.Height-h), pct(w*.9), num(h), r.Class)
			}
		}
		at++
	}
}

// dots marks the values of lines: all when there is room, else those without a neighbour, which a
// line would not show.
func (c *chart) dots(d *drawing, x func(int) float64, y func(float64) float64) {
	for _, r := range c.Rows {
		gap := func(i int) bool { return i < 0 || i >= len(r.Values) || math.IsNaN(r.Values[i]) }
		for i, f := range r.Values {
			if r.Kind != "box" && !gap(i) && (len(r.Values) <= 31 || gap(i-1) && gap(i+1)) {
				fmt.Fprintf(d, `<circle cx="%s" cy="%s" r="2.2" class="fill-%s"/>`, pct(x(i)), num(chartTop+y(f)), r.Class)
			}
		}
	}
}

// said is a step in words.
func (c *chart) said(i int) string {
	words := make([]string, 0, len(c.Rows))
	for _, r := range c.Rows {
		if f := r.Values[i]; !math.IsNaN(f) {
			words = append(words, r.Name+": "+c.Text(f))
		}
	}
	if len(words) == 0 {
		words = []string{"–"}
	}
	return c.Names[i] + "\n" + strings.Join(words, "\n")
}

// tier says whether label i of n is shown, and where: everywhere, or with a class that narrow plots
// hide.
func tier(i, n int) (class string, shown bool) {
	every := func(step, room int) int { return step * max(1, (n+step*room-1)/(step*room)) }
	wide := every(1, 13)
	mid := every(wide, 7)
	switch narrow := every(mid, 4); {
	case i%narrow == 0:
		return "", true
	case i%mid == 0:
		return "mid", true
	case i%wide == 0:
		return "wide", true
	}
	return "", false
}
