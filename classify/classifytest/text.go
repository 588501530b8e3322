package classifytest

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// WriteText writes the report for people: the numbers, a table of classes, the confusion of up to
// 20 classes, and the confidence and accuracy of the answers.
func (r *Report) WriteText(w io.Writer) error {
	p := &printer{w: w}
	p.f("%d tickets labelled with a %s\n\n", r.N, r.Label)
	p.f("%-18s %.3f   of all; an abstention or failure is wrong\n", "accuracy", r.Accuracy)
	p.f("%-18s %.3f   mean over the labels, however rare\n", "macro-F1", r.MacroF1)
	p.f("%-18s %s   distance of confidence from truth, 0 is best\n", "calibration error", number(r.ECE))
	p.f("%-18s %d (%s), of these right %s\n", "answered", r.Answered, percent(r.Answered, r.N), number(r.AccuracyAnswered))
	p.f("%-18s %d (%s)", "abstained", r.Abstained, percent(r.Abstained, r.N))
	if r.Suspicious > 0 {
		p.f(", %d since the text tries to steer the classifier", r.Suspicious)
	}
	p.f("\n%-18s %d\n", "failed", r.Failed)
	p.cost(r)
	if r.TicketsPerSecond != nil {
		p.f("%-18s %.0f tickets a second, p50 %s, p95 %s\n", "speed", *r.TicketsPerSecond, round(r.LatencyP50), round(r.LatencyP95))
	}
	p.failures(r.Failed, r.Failures)
	p.classes(r)
	p.confusion(r)
	p.reliability(r)
	return p.err
}

// printer writes until an error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) f(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

func (p *printer) cost(r *Report) {
	if r.TokensIn+r.TokensOut == 0 && r.Cost == 0 {
		return
	}
	cost := "price not known"
	if r.Cost > 0 {
		cost = fmt.Sprintf("$%d.%09d", r.Cost/1e9, r.Cost%1e9)
	}
	p.f("%-18s %s, %d tokens in, %d out\n", "cost", cost, r.TokensIn, r.TokensOut)
}

func (p *printer) failures(n int, some []Failure) {
	if n == 0 {
		return
	}
	p.f("\nfailures\n")
	for _, f := range some {
		p.f("  %s: %s\n", clip(f.Ticket), f.Error)
	}
	if more := n - len(some); more > 0 {
		p.f("  and %d more\n", more)
	}
}

// nameWidth is the number of letters of a class in a table.
const nameWidth = 24

func (p *printer) classes(r *Report) {
	p.f("\n%s  label  answer  right  precision  recall     F1\n", pad("class"))
	for _, c := range r.Classes {
		p.f("%s %6d %7d %6d %10s %7s  %.3f\n", pad(c.Name), c.N, c.Answered, c.Right, number(c.Precision), number(c.Recall), c.F1)
	}
}

// confusion numbers the columns: names would not fit.
func (p *printer) confusion(r *Report) {
	k := len(r.Confusion.Classes)
	if k > 20 {
		p.f("\nThe confusion of %d classes is only in the JSON.\n", k)
		return
	}
	p.f("\n%s    ", pad("label, then answers"))
	for i := range k {
		p.f("%6d", i+1)
	}
	p.f("  none  fail\n")
	for i, name := range r.Confusion.Classes {
		p.f("%s %2d:", pad(name), i+1)
		for _, n := range r.Confusion.Counts[i] {
			if n == 0 {
				p.f("     .")
			} else {
				p.f("%6d", n)
			}
		}
		p.f("\n")
	}
}

// reliability draws the accuracy of the answers beside their confidence.
func (p *printer) reliability(r *Report) {
	if len(r.Bins) == 0 {
		return
	}
	p.f("\nconfidence  answers   mean  right   # right, | confidence\n")
	for _, b := range r.Bins {
		line := fmt.Sprintf("%.1f - %.1f %10d %6s %6s   %s", b.From, b.To, b.N, number(b.Confidence), number(b.Accuracy), picture(b))
		p.f("%s\n", strings.TrimRight(line, " "))
	}
	p.f("\nif used from  of all  right\n")
	for _, x := range r.Curve {
		p.f("%12.2f %6.1f%% %6s\n", x.Threshold, 100*x.Coverage, number(x.Accuracy))
	}
}

// picture is a bar of the bin's accuracy with a mark at its confidence.
func picture(b Bin) string {
	const width = 40
	if b.N == 0 {
		return ""
	}
	bar := []byte(strings.Repeat("#", int(*b.Accuracy*width+0.5)) + strings.Repeat(" ", width+1))[:width+1]
	bar[int(*b.Confidence*width+0.5)] = '|'
	return string(bar)
}

// pad pads a name to the width of its column.
func pad(name string) string {
	name = clipTo(name, nameWidth)
	return name + strings.Repeat(" ", nameWidth-utf8.RuneCountInString(name))
}

func number(v *float64) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprintf("%.3f", *v)
}

func percent(part, whole int) string { return fmt.Sprintf("%.1f%%", 100*float64(part)/float64(whole)) }

// round keeps about three digits.
func round(d time.Duration) time.Duration {
	unit := time.Duration(1)
	for d/unit >= 1000 {
		unit *= 10
	}
	return d.Round(unit)
}
