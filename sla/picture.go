package sla

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Picture draws some days of a calendar, one below the other, with an SLA clock that runs and
// pauses over them.
type Picture struct {
	Calendar helpdesk.Timetable
	From     time.Time // within the first day to show
	Days     int       // how many to show; 0 means 7, at most 31
	Clock    *helpdesk.SLAClock
	Now      time.Time // end of the time that has passed; later time is paler
}

// The measures of a picture, in pixels.
const (
	marginLeft = 96
	marginTop  = 34
	rowHeight  = 30
	barHeight  = 18
	hourWidth  = 26
	legend     = 34
)

// pictureStyle follows the reader's light or dark scheme.
const pictureStyle = `<style>
text{font:12px system-ui,sans-serif;fill:#334}.hour{font-size:10px;fill:#778}.grid{stroke:#dde3ec}.open{fill:#e4ecf8}.counted{fill:#2f6fed}.ahead{fill:#a9c4f8}.closed{stroke:#2f6fed;stroke-width:2}
.paused{stroke:#d48806;stroke-width:2;stroke-dasharray:4 3}.start{fill:#2f6fed}.due{stroke:#c9302c;stroke-width:2}.duetext{fill:#c9302c;font-weight:600}
@media(prefers-color-scheme:dark){text{fill:#cdd6e4}.hour{fill:#8a95a8}.grid{stroke:#333c4a}.open{fill:#28344a}.ahead{fill:#3d5f9f}.counted{fill:#5b8ff5}.duetext{fill:#f07772}.due{stroke:#f07772}}
</style>
`

// WriteSVG writes the picture as one SVG document without external references.
func (p *Picture) WriteSVG(w io.Writer) error {
	d := drawing{Picture: p, zone: p.From.Location()}
	for s := range p.Calendar.Spans(p.From, p.From.Add(time.Nanosecond)) {
		d.zone = s.From.Location()
	}
	d.days = min(p.Days, 31)
	if d.days <= 0 {
		d.days = 7
	}
	y, m, day := p.From.In(d.zone).Date()
	for i := range d.days + 1 {
		d.starts = append(d.starts, time.Date(y, m, day+i, 0, 0, 0, 0, d.zone))
	}
	width, height := marginLeft+24*hourWidth+20, marginTop+d.days*rowHeight
	if p.Clock != nil {
		height += legend
	}
	title := "Open hours of " + p.Calendar.String()
	fmt.Fprintf(&d.b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-labelledby="t"><title id="t">%s</title>`+"\n%s", width, height+6, html.EscapeString(title), pictureStyle)
	d.grid()
	for s := range p.Calendar.Spans(d.starts[0], d.starts[d.days]) {
		if s.Open {
			d.bars(s.From, s.To, `<rect class="open" x="%.1f" y="%.1f" width="%.1f" height="%d"/>`, rowHeight-4)
		}
	}
	if p.Clock != nil {
		d.clock()
		d.legend(height)
	}
	d.b.WriteString("</svg>\n")
	_, err := w.Write(d.b.Bytes())
	return err
}

// drawing is a Picture while it is drawn.
type drawing struct {
	*Picture
	zone   *time.Location
	days   int
	starts []time.Time // midnights, one more than there are days
	b      bytes.Buffer
}

func (d *drawing) grid() {
	for h := 0; h <= 24; h += 3 {
		x := marginLeft + h*hourWidth
		fmt.Fprintf(&d.b, `<line class="grid" x1="%d" y1="%d" x2="%[1]d" y2="%[3]d"/><text class="hour" x="%[1]d" y="%[4]d" text-anchor="middle">%02[5]d:00</text>`+"\n",
			x, marginTop-6, marginTop+d.days*rowHeight, marginTop-12, h)
	}
	for i, day := range d.starts[:d.days] {
		fmt.Fprintf(&d.b, `<text x="4" y="%d">%s</text>`+"\n", marginTop+i*rowHeight+rowHeight/2+4, day.Format("Mon 2 Jan"))
	}
}

// place returns the position of the wall time of an instant.
func (d *drawing) place(t time.Time, row int) float64 {
	if !t.Before(d.starts[row+1]) {
		return marginLeft + 24*hourWidth
	}
	t = t.In(d.zone)
	seconds := t.Hour()*3600 + t.Minute()*60 + t.Second()
	return marginLeft + float64(seconds)*hourWidth/3600
}

// rows calls f for the part of [from, to) in each day.
func (d *drawing) rows(from, to time.Time, f func(row int, from, to time.Time)) {
	for row := range d.days {
		a, b := d.starts[row], d.starts[row+1]
		if from.After(a) {
			a = from
		}
		if to.Before(b) {
			b = to
		}
		if a.Before(b) {
			f(row, a, b)
		}
	}
}

// bars draws a span as bars of this height.
func (d *drawing) bars(from, to time.Time, format string, height int) {
	d.rows(from, to, func(row int, from, to time.Time) {
		x := d.place(from, row)
		y := float64(marginTop+row*rowHeight) + float64(rowHeight-height)/2
		fmt.Fprintf(&d.b, format+"\n", x, y, d.place(to, row)-x, height)
	})
}

// lines draws a span as lines in the middle of its days.
func (d *drawing) lines(from, to time.Time, class string) {
	d.rows(from, to, func(row int, from, to time.Time) {
		fmt.Fprintf(&d.b, `<line class="%s" x1="%.1f" y1="%d" x2="%.1f" y2="%[3]d"/>`+"\n",
			class, d.place(from, row), marginTop+row*rowHeight+rowHeight/2, d.place(to, row))
	})
}

// clock draws the running and paused times of the clock, and its due time.
func (d *drawing) clock() {
	c := d.Clock
	at := c.StartedAt
	for _, s := range c.Ran {
		d.lines(at, s.From, "paused")
		d.ran(s.From, s.To)
		at = s.To
	}
	if c.Running() {
		d.lines(at, c.RunningSince, "paused")
		end := c.DueAt
		if end.Before(d.Now) {
			end = d.Now
		}
		d.ran(c.RunningSince, end)
	} else if !c.Ended() {
		d.lines(at, d.Now, "paused")
	}
	d.rows(c.StartedAt, c.StartedAt.Add(time.Second), func(row int, from, _ time.Time) {
		fmt.Fprintf(&d.b, `<circle class="start" cx="%.1f" cy="%d" r="5"/>`+"\n", d.place(from, row), marginTop+row*rowHeight+rowHeight/2)
	})
	if c.DueAt.IsZero() {
		return
	}
	d.rows(c.DueAt.Add(-time.Second), c.DueAt, func(row int, _, to time.Time) {
		x, y := d.place(to, row), marginTop+row*rowHeight
		fmt.Fprintf(&d.b, `<line class="due" x1="%.1f" y1="%d" x2="%.1[1]f" y2="%[3]d"/><text class="duetext" x="%.1[4]f" y="%[5]d">due %[6]s</text>`+"\n",
			x, y+1, y+rowHeight-1, x+6, y+rowHeight/2+4, to.In(d.zone).Format("15:04"))
	})
}

func (d *drawing) ran(from, to time.Time) {
	for s := range d.Calendar.Spans(from, to) {
		switch {
		case !s.Open:
			d.lines(s.From, s.To, "closed")
		case d.Now.IsZero() || !s.To.After(d.Now):
			d.counted(s.From, s.To, "counted")
		case !s.From.Before(d.Now):
			d.counted(s.From, s.To, "ahead")
		default:
			d.counted(s.From, d.Now, "counted")
			d.counted(d.Now, s.To, "ahead")
		}
	}
}

func (d *drawing) counted(from, to time.Time, class string) {
	d.bars(from, to, `<rect class="`+class+`" x="%.1f" y="%.1f" width="%.1f" height="%d" rx="3"/>`, barHeight)
}

func (d *drawing) legend(height int) {
	y := height - 12
	fmt.Fprintf(&d.b, `<rect class="open" x="%d" y="%d" width="18" height="12"/><text x="%d" y="%d">open</text>
<rect class="counted" x="%d" y="%[2]d" width="18" height="12" rx="3"/><text x="%[6]d" y="%[4]d">counted</text>
<rect class="ahead" x="%[7]d" y="%[2]d" width="18" height="12" rx="3"/><text x="%[8]d" y="%[4]d">still to come</text>
<line class="closed" x1="%[9]d" y1="%[10]d" x2="%[11]d" y2="%[10]d"/><text x="%[12]d" y="%[4]d">closed, does not count</text>
<line class="paused" x1="%[13]d" y1="%[10]d" x2="%[14]d" y2="%[10]d"/><text x="%[15]d" y="%[4]d">waits for the customer</text>
`, marginLeft, y-10, marginLeft+24, y, marginLeft+80, marginLeft+104, marginLeft+180, marginLeft+204, marginLeft+310, y-4, marginLeft+328, marginLeft+334, marginLeft+480, marginLeft+498, marginLeft+504)
}
