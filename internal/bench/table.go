package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
)

// line is one row of the table.
type line struct {
	what, ours, floor, ratio, mark string
	ok                             bool
}

// table is what the program prints, in Markdown.
type table []line

func (t *table) add(l line) {
	*t = append(*t, l)
	progress("%s: %s, floor %s, ratio %s (%s: %s)", l.what, l.ours, l.floor, l.ratio, l.mark, l.verdict())
}

func (l line) verdict() string {
	switch {
	case l.mark == "":
		return ""
	case l.ok:
		return "ok"
	}
	return "MISS"
}

func (t table) print(w io.Writer) {
	rows := [][]string{{"what", "ours", "floor", "ratio", "mark", ""}}
	for _, l := range t {
		rows = append(rows, []string{l.what, l.ours, l.floor, l.ratio, l.mark, l.verdict()})
	}
	width := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell), 3)
		}
	}
	for i, row := range rows {
		for j, cell := range row {
			fmt.Fprintf(w, "| %-*s ", width[j], cell)
		}
		fmt.Fprintln(w, "|")
		if i > 0 {
			continue
		}
		for j := range row {
			fmt.Fprint(w, "|"+strings.Repeat("-", width[j]+2))
		}
		fmt.Fprintln(w, "|")
	}
}

// faster makes a line of two rates per second: ours has to be at least least of the floor.
func faster(what string, ours, floor, least float64) line {
	ratio := ours / floor
	return line{
		what: what, ours: rate(ours), floor: rate(floor), ratio: fmt.Sprintf("%.2f", ratio),
		mark: fmt.Sprintf("at least %.2f", least), ok: ratio >= least,
	}
}

// slower makes a line of two times: ours has to be at most most of the floor.
func slower(what string, ours, floor time.Duration, most float64) line {
	ratio := float64(ours) / float64(floor)
	return line{
		what: what, ours: short(ours), floor: short(floor), ratio: fmt.Sprintf("%.2f", ratio),
		mark: fmt.Sprintf("at most %.1f", most), ok: ratio <= most,
	}
}

// within makes a line of one time that has a limit of its own.
func within(what string, ours, most time.Duration) line {
	return line{what: what, ours: short(ours), mark: "at most " + short(most), ok: ours <= most}
}

func rate(perSecond float64) string { return fmt.Sprintf("%.0f/s", perSecond) }

// short writes a duration with three digits or so.
func short(d time.Duration) string {
	switch {
	case d >= time.Second:
		return strconv.FormatFloat(d.Seconds(), 'f', 2, 64) + " s"
	case d >= 10*time.Millisecond:
		return strconv.FormatFloat(float64(d)/1e6, 'f', 0, 64) + " ms"
	case d >= time.Millisecond:
		return strconv.FormatFloat(float64(d)/1e6, 'f', 1, 64) + " ms"
	}
	if d >= 100*time.Microsecond {
		return strconv.FormatFloat(float64(d)/1e6, 'f', 2, 64) + " ms"
	}
	return strconv.FormatFloat(float64(d)/1e3, 'f', 1, 64) + " µs"
}

// count writes a number of tickets.
func count(n int) string {
	switch {
	case n >= 1_000_000:
		return strconv.Itoa(n/1_000_000) + "M"
	case n >= 1000:
		return strconv.Itoa(n/1000) + "k"
	}
	return strconv.Itoa(n)
}

// machine writes what the numbers depend on.
func machine(ctx context.Context, url string, w io.Writer) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	var version, fsync, buffers string
	err = conn.QueryRow(ctx, `SELECT split_part(current_setting('server_version'), ' ', 1), current_setting('fsync'), current_setting('shared_buffers')`).
		Scan(&version, &fsync, &buffers)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%d cores, %s of memory, PostgreSQL %s (fsync %s, shared_buffers %s), %s %s/%s\n",
		runtime.NumCPU(), memory(), version, fsync, buffers, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// memory returns the size of the machine's memory, where Linux tells it.
func memory() string {
	text, _ := os.ReadFile("/proc/meminfo")
	var kb float64
	if _, err := fmt.Sscanf(string(text), "MemTotal: %f kB", &kb); err != nil {
		return "an unknown amount"
	}
	return fmt.Sprintf("%.0f GB", kb/(1<<20))
}
