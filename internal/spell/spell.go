// Package spell writes values for people, in the English of the desk.
package spell

import (
	"fmt"
	"time"
)

// Duration writes a duration for people, to the second: "2d 3h", "1h 30m", "45s". A day has 24
// hours.
func Duration(d time.Duration) string {
	if d < 0 {
		return "-" + Duration(-d)
	}
	if d = d.Round(time.Second); d == 0 {
		return "0s"
	}
	var s string
	for _, unit := range []struct {
		d    time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if n := d / unit.d; n > 0 {
			if s != "" {
				s += " "
			}
			s += fmt.Sprintf("%d%s", n, unit.name)
			d -= n * unit.d
		}
	}
	return s
}
