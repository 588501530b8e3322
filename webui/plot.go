package webui

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// Plots are SVG, drawn on the server. Colours are classes of the style sheet, so that they follow the theme and the
// page's policy, which allows no style in it, holds.

// line is one row of numbers in a plot.
type line struct {
	Name   string
	Values []float64
	Class  string // "c1" to "c6"
	Bars   bool   // drawn as bars
}

// plot size in units of the drawing; the page scales it.
const (
	fullWidth  = 720.0
	halfWidth  = 460.0
	plotHeight = 250.0
	padLeft    = 44.0
	padRight   = 10.0
	padTop     = 40.0
	padBottom  = 26.0
)

// drawing is an SVG in the making.
type drawing struct{ strings.Builder }

func newDrawing(title, about string, width, height float64) *drawing {
	d := &drawing{}
	fmt.Fprintf(d, `<svg class="plot" viewBox="0 0 %g %g" role="img" aria-label="%s"><title>%s</title><desc>%s</desc>`,
		width, height, esc(title), esc(title), esc(about))
	return d
}

func (d *drawing) done() template.HTML {
	d.WriteString("</svg>")
	return template.HTML(d.String())
}

func (d *drawing) text(x, y float64, anchor, s string) {
	fmt.Fprintf(d, `<text x="%s" y="%s" text-anchor="%s">%s</text>`, num(x), num(y), anchor, esc(s))
}

func (d *drawing) line(x1, y1, x2, y2 float64, class string) {
	fmt.Fprintf(d, `<line x1="%s" y1="%s" x2="%s" y2="%s" class="%s"/>`, num(x1), num(y1), num(x2), num(y2), class)
}

func esc(s string) string { return template.HTMLEscapeString(s) }

func num(f float64) string { return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64) }

// scale returns the top of an axis that holds most, and its steps: 1, 2 or 5 times a power of ten.
func scale(most float64) (top, step float64) {
	if !(most > 0) || math.IsInf(most, 0) {
		return 1, 1
	}
	step = math.Pow(10, math.Floor(math.Log10(most/4)))
	for _, m := range []float64{1, 2, 5, 10} {
		if most/(step*m) <= 5 {
			step *= m
			break
		}
	}
	return step * math.Ceil(most/step), step
}

// lines draws rows of numbers over the same labels. A NaN is a gap.
func lines(title, about string, plotWidth float64, labels []string, rows []line) template.HTML {
	d := newDrawing(title, about, plotWidth, plotHeight)
	most := 0.0
	for _, r := range rows {
		for _, v := range r.Values {
			if !math.IsNaN(v) {
				most = max(most, v)
			}
		}
	}
	top, step := scale(most)
	width, height := plotWidth-padLeft-padRight, plotHeight-padTop-padBottom
	y := func(v float64) float64 { return padTop + height*(1-v/top) }
	for v := 0.0; v <= top+step/2; v += step {
		d.line(padLeft, y(v), plotWidth-padRight, y(v), "gridline")
		d.text(padLeft-6, y(v)+4, "end", strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64))
	}
	slot := width / float64(max(1, len(labels)))
	x := func(i int) float64 { return padLeft + slot*(float64(i)+.5) }
	every := max(1, int(math.Ceil(float64(len(labels))*90/plotWidth)))
	for i, label := range labels {
		if i%every == 0 {
			d.text(x(i), plotHeight-8, "middle", label)
		}
	}
	bars, at := 0, 0
	for _, r := range rows {
		if r.Bars {
			bars++
		}
	}
	legendX, legendY := padLeft, 6.0
	for _, r := range rows {
		w := 30 + 6.2*float64(len([]rune(r.Name)))
		if legendX+w > plotWidth && legendX > padLeft {
			legendX, legendY = padLeft, legendY+14
		}
		fmt.Fprintf(d, `<rect x="%s" y="%s" width="10" height="10" rx="2" class="fill-%s"/>`, num(legendX), num(legendY), r.Class)
		d.text(legendX+15, legendY+9, "start", r.Name)
		legendX += w
		if r.Bars {
			w := min(22, slot*.8/float64(bars))
			for i, v := range r.Values {
				if v > 0 {
					fmt.Fprintf(d, `<rect x="%s" y="%s" width="%s" height="%s" rx="1.5" class="fill-%s"><title>%s</title></rect>`,
						num(x(i)-w*float64(bars)/2+w*float64(at)), num(y(v)), num(max(1, w-1)), num(y(0)-y(v)), r.Class, esc(fmt.Sprintf("%s, %s: %s", labels[i], r.Name, num(v))))
				}
			}
			at++
			continue
		}
		d.path(r, x, y)
	}
	d.line(padLeft, y(0), plotWidth-padRight, y(0), "axis")
	return d.done()
}

// path draws one row as a line, broken at gaps.
func (d *drawing) path(r line, x func(int) float64, y func(float64) float64) {
	var b strings.Builder
	pen := "M"
	for i, v := range r.Values {
		if math.IsNaN(v) {
			pen = "M"
			continue
		}
		b.WriteString(pen + num(x(i)) + " " + num(y(v)))
		pen = "L"
	}
	fmt.Fprintf(d, `<path d="%s" class="line-%s"/>`, b.String(), r.Class)
	if len(r.Values) <= 40 {
		for i, v := range r.Values {
			if !math.IsNaN(v) {
				fmt.Fprintf(d, `<circle cx="%s" cy="%s" r="2.4" class="fill-%s"/>`, num(x(i)), num(y(v)), r.Class)
			}
		}
	}
}

// columns draws one bar a row, across, with its number.
func columns(title, about string, plotWidth float64, labels []string, values []float64, text func(float64) string, class string) template.HTML {
	const row = 26.0
	left := plotWidth * .32
	height := row*float64(len(labels)) + 8
	d := newDrawing(title, about, plotWidth, height)
	most := 0.0
	for _, v := range values {
		if !math.IsNaN(v) {
			most = max(most, v)
		}
	}
	if most == 0 {
		most = 1
	}
	for i, label := range labels {
		y := row*float64(i) + 6
		d.text(left-8, y+14, "end", label)
		if math.IsNaN(values[i]) {
			d.text(left, y+14, "start", "–")
			continue
		}
		w := (plotWidth - left - 60) * values[i] / most
		fmt.Fprintf(d, `<rect x="%s" y="%s" width="%s" height="18" rx="3" class="fill-%s"/>`, num(left), num(y), num(max(1, w)), class)
		d.text(left+w+6, y+14, "start", text(values[i]))
	}
	return d.done()
}

// heat draws a number for each weekday and hour as the depth of a colour.
func heat(title, about string, days []string, rates [7][24]float64, text func(day, hour int) string) template.HTML {
	const cell, left, top = 27.0, 60.0, 20.0
	d := newDrawing(title, about, fullWidth, top+7*22+4)
	most := 0.0
	for _, row := range rates {
		for _, v := range row {
			most = max(most, v)
		}
	}
	for h := 0; h < 24; h += 3 {
		d.text(left+cell*float64(h)+cell/2, 14, "middle", fmt.Sprintf("%02d", h))
	}
	for day, row := range rates {
		y := top + 22*float64(day)
		d.text(left-8, y+15, "end", days[day])
		for h, v := range row {
			depth := 0
			if most > 0 && v > 0 {
				depth = 1 + int(math.Min(4, math.Floor(5*v/most)))
			}
			fmt.Fprintf(d, `<rect x="%s" y="%s" width="%s" height="20" rx="3" class="heat-%d"><title>%s</title></rect>`,
				num(left+cell*float64(h)), num(y), num(cell-2), depth, esc(text(day, h)))
		}
	}
	return d.done()
}

// spot is one agent in a funnel plot.
type spot struct {
	Name     string
	Expected float64
	Ratio    float64
	Flagged  bool
}

// limit is the control limits at a number expected.
type limit struct {
	Expected                              float64
	WarnLow, WarnHigh, AlarmLow, AlarmTop float64
}

// funnel draws agents by what was expected of them and what came (Spiegelhalter 2005): inside the funnel it is chance.
func funnel(title, about, xName, yName string, spots []spot, limits []limit) template.HTML {
	const plotWidth = fullWidth
	d := newDrawing(title, about, plotWidth, plotHeight+30)
	mostX, mostY := 1.0, 2.0
	for _, s := range spots {
		mostX, mostY = max(mostX, s.Expected*1.1), max(mostY, s.Ratio*1.15)
	}
	mostY = min(mostY, 6)
	topX, stepX := scale(mostX)
	topY, stepY := scale(mostY)
	width, height := plotWidth-padLeft-padRight, plotHeight-padTop-padBottom
	x := func(v float64) float64 { return padLeft + width*v/topX }
	y := func(v float64) float64 { return padTop + height*(1-min(v, topY)/topY) }
	for v := 0.0; v <= topY+stepY/2; v += stepY {
		d.line(padLeft, y(v), plotWidth-padRight, y(v), "gridline")
		d.text(padLeft-6, y(v)+4, "end", num(v))
	}
	for v := 0.0; v <= topX+stepX/2; v += stepX {
		d.text(x(v), plotHeight-8, "middle", num(v))
	}
	d.text(plotWidth/2, plotHeight+16, "middle", xName)
	d.text(padLeft, 14, "start", yName)
	for _, of := range []struct {
		class string
		value func(limit) float64
	}{
		{"alarm", func(l limit) float64 { return l.AlarmLow }}, {"alarm", func(l limit) float64 { return l.AlarmTop }},
		{"warn", func(l limit) float64 { return l.WarnLow }}, {"warn", func(l limit) float64 { return l.WarnHigh }},
	} {
		var b strings.Builder
		pen := "M"
		for _, l := range limits {
			if l.Expected > topX {
				break
			}
			b.WriteString(pen + num(x(l.Expected)) + " " + num(y(of.value(l))))
			pen = "L"
		}
		fmt.Fprintf(d, `<path d="%s" class="%s"/>`, b.String(), of.class)
	}
	d.line(padLeft, y(1), plotWidth-padRight, y(1), "axis")
	for _, s := range spots {
		class := "fill-c1"
		if s.Flagged {
			class = "fill-bad"
		}
		fmt.Fprintf(d, `<circle cx="%s" cy="%s" r="5" class="%s"><title>%s</title></circle>`, num(x(s.Expected)), num(y(s.Ratio)), class, esc(fmt.Sprintf("%s: %.2f", s.Name, s.Ratio)))
		d.text(x(s.Expected)+8, y(s.Ratio)+4, "start", s.Name)
	}
	return d.done()
}
