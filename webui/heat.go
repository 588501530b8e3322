package webui

import (
	"fmt"
	"html/template"
	"math"
)

// heat draws a number for each weekday and hour as the depth of a colour.
func heat(title, about string, days []string, rates [7][24]float64, text func(day, hour int) string) template.HTML {
	const row, top = 22.0, 20.0
	d := newDrawing(title, about, top+7*row)
	most := 0.0
	for _, row := range rates {
		for _, f := range row {
			most = max(most, f)
		}
	}
	for h := 0; h < 24; h += 3 {
		d.text((float64(h)+.5)/24, 0, 12, "middle", "", fmt.Sprintf("%02d", h))
	}
	for day, cells := range rates {
		y := top + row*float64(day)
		d.text(0, -8, y+15, "end", "", days[day])
		for h, f := range cells {
			fmt.Fprintf(d, `<rect x="%s" y="%s" width="%s" height="%s" class="heat-%d"><title>%s</title></rect>`,
				pct(float64(h)/24), num(y), pct(1./24), num(row), depth(f, most), esc(text(day, h)))
		}
	}
	return d.done()
}

// depths is how many depths of colour there are above nothing.
const depths = 5

// depth is the depth of colour for a part of the most.
func depth(f, most float64) int {
	if !(most > 0) || !(f > 0) {
		return 0
	}
	return 1 + int(math.Min(depths-1, math.Floor(depths*f/most)))
}
