package webui

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/helpdesk-go/helpdesk/report"
)

// spot is one agent in a funnel plot.
type spot struct {
	Name     string
	Expected float64
	Ratio    float64
	Flagged  bool
}

// funnelPlot draws the observed breaches of agents over the expected ones (Spiegelhalter 2005).
// Inside the funnel the difference is chance.
type funnelPlot struct {
	Title, About string
	X, Y         string // names of the axes
	Across, Up   axis
	Spots        []spot
	Limits       []report.Limits
	Text         func(float64) string // writes a ratio
}

const (
	funnelTop    = 26.0
	funnelHeight = 210.0
	highestRatio = 6.0 // what lies above is drawn at the top
)

// reach is how far the axes have to go.
func reach(spots []spot) (x, y float64) {
	x, y = 1, 2
	for _, s := range spots {
		x, y = max(x, s.Expected*1.1), max(y, s.Ratio*1.1)
	}
	return x, min(y, highestRatio)
}

func (f *funnelPlot) draw() template.HTML {
	d := newDrawing(f.Title, f.About, funnelTop+funnelHeight+44)
	x := func(v float64) float64 { return v / f.Across.top }
	y := func(v float64) float64 { return funnelHeight * (1 - v/f.Up.top) }
	d.text(0, -40, 12, "start", "", f.Y)
	d.scale(f.Up, func(v float64) float64 { return funnelTop + y(v) })
	for _, m := range f.Across.marks() {
		d.text(x(m), 0, funnelTop+funnelHeight+18, "middle", "", f.Across.text(m))
	}
	d.text(.5, 0, funnelTop+funnelHeight+38, "middle", "", f.X)
	d.across(funnelTop+y(1), "even")
	d.field(funnelTop, funnelHeight)
	for _, edge := range []struct {
		class string
		of    func(report.Limits) float64
	}{
		{"alarm", func(l report.Limits) float64 { return l.Alarm.Low }}, {"alarm", func(l report.Limits) float64 { return l.Alarm.High }},
		{"warn", func(l report.Limits) float64 { return l.Warning.Low }}, {"warn", func(l report.Limits) float64 { return l.Warning.High }},
	} {
		points := make([][2]float64, len(f.Limits))
		for i, l := range f.Limits {
			points[i] = [2]float64{x(l.Expected), math.NaN()}
			if v := edge.of(l); v > 0 { // no line along the axis
				points[i][1] = y(v)
			}
		}
		d.stroke(edge.class, points)
	}
	d.WriteString("</svg>")
	f.spots(d, x, func(v float64) float64 { return funnelTop + y(min(v, f.Up.top)) })
	return d.done()
}

// spots draws the agents, and writes their names where there is room. Agents worth a look come
// last, so that they lie on top.
func (f *funnelPlot) spots(d *drawing, x, y func(float64) float64) {
	order := slices.SortedStableFunc(slices.Values(f.Spots), func(a, b spot) int {
		return cmp.Or(-compareBool(a.Flagged, b.Flagged), -cmp.Compare(a.Expected, b.Expected))
	})
	var taken shelves
	for i := range taken {
		for _, s := range order {
			taken[i].dots = append(taken[i].dots, [2]float64{x(s.Expected) * roomAt[i], y(s.Ratio)})
		}
	}
	for _, s := range order[:min(len(order), mostNames)] {
		if l, ok := taken.place(x(s.Expected), y(s.Ratio), s.Name); ok {
			d.text(x(s.Expected), l.dx, y(s.Ratio)+l.dy, l.anchor, l.class, s.Name)
		}
	}
	for _, s := range slices.Backward(order) {
		class := "fill-c1"
		if s.Flagged {
			class = "fill-bad"
		}
		fmt.Fprintf(d, `<circle cx="%s" cy="%s" r="5" class="%s spot"><title>%s</title></circle>`, pct(x(s.Expected)), num(y(s.Ratio)), class, esc(s.Name+": "+f.Text(s.Ratio)))
	}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// mostNames is how many names are tried: a plot has no room for more.
const mostNames = 60

// roomAt is the width of a plot, in pixels, in which names without a class and names of the class
// wide are shown.
var roomAt = [2]float64{270, 700}

// shelves keep what is taken in a plot of either width.
type shelves [2]struct {
	dots  [][2]float64
	names []box
}

type box struct{ left, top, right, bottom float64 }

func (b box) meets(c box) bool {
	return b.left < c.right && c.left < b.right && b.top < c.bottom && c.top < b.bottom
}

// label is where a name stands, seen from its spot.
type label struct {
	dx, dy        float64
	anchor, class string
}

// place finds room for a name beside, above or below its spot: in a narrow plot, else in a wide
// one, else nowhere. The name is also in the spot's title and in the table.
func (s *shelves) place(x, y float64, name string) (label, bool) {
	w := 6.8 * float64(utf8.RuneCountInString(name))
	for narrowest, class := range []string{"name", "name wide"} {
		for _, l := range []label{{9, 4, "start", class}, {-9, 4, "end", class}, {0, -10, "middle", class}, {0, 18, "middle", class}} {
			var boxes [len(s)]box
			fits := true
			for i := narrowest; i < len(s) && fits; i++ {
				left := x*roomAt[i] + l.dx
				switch l.anchor {
				case "middle":
					left -= w / 2
				case "end":
					left -= w
				}
				boxes[i] = box{left, y + l.dy - 11, left + w, y + l.dy + 3}
				fits = left >= 0 && left+w <= roomAt[i]+12 && s.free(i, boxes[i])
			}
			if !fits {
				continue
			}
			for i := narrowest; i < len(s); i++ {
				s[i].names = append(s[i].names, boxes[i])
			}
			return l, true
		}
	}
	return label{}, false
}

// free reports whether nothing stands in a box.
func (s *shelves) free(i int, b box) bool {
	for _, n := range s[i].names {
		if n.meets(b) {
			return false
		}
	}
	for _, at := range s[i].dots {
		if (box{at[0] - 5, at[1] - 5, at[0] + 5, at[1] + 5}).meets(b) {
			return false
		}
	}
	return true
}
