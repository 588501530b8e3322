package spell

import (
	"errors"
	"strings"
	"time"
)

// Zone returns the zone of an IANA name, nil for an empty one. The zone of the machine has no name.
func Zone(name string) (*time.Location, error) {
	if name == "" {
		return nil, nil
	}
	if name == "Local" {
		return nil, errLocal
	}
	return time.LoadLocation(name)
}

var errLocal = errors.New("spell: Local is no zone of anybody")

// Time writes a time for people in its zone, with the name of the zone, such as "Monday 09:30 CET".
// It has the date unless it is within six days of now.
func Time(t, now time.Time) string {
	layout := "Monday 15:04"
	if d := t.Sub(now); d > 6*24*time.Hour || d < -6*24*time.Hour {
		layout = "Monday, 2 January 2006, 15:04"
	}
	zone := t.Format("MST")
	if strings.ContainsAny(zone[:1], "+-") { // it has no short name
		zone = t.Location().String()
	}
	return t.Format(layout) + " " + zone
}
