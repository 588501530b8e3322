package sla_test

import (
	"testing"
	"time"

	"github.com/helpdesk-go/helpdesk/sla"
)

func BenchmarkDeadlineSameDay(b *testing.B) {
	benchmarkDeadline(b, newYork, "2026-03-02T15:00:00Z", 4*time.Hour)
}

func BenchmarkDeadline200OpenDaysAway(b *testing.B) {
	benchmarkDeadline(b, newYork, "2026-03-02T15:00:00Z", 200*8*time.Hour)
}

func BenchmarkDeadline200OpenDaysAwayPastTheTableOfTheZone(b *testing.B) {
	benchmarkDeadline(b, newYork, "2050-03-02T15:00:00Z", 200*8*time.Hour)
}

func BenchmarkDeadlineAlwaysOn(b *testing.B) {
	benchmarkDeadline(b, always, "2026-03-02T15:00:00Z", 200*24*time.Hour)
}

func benchmarkDeadline(b *testing.B, h sla.Hours, start string, target time.Duration) {
	c, from := calendar(b, h), instant(b, start)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Deadline(from, target); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBetweenAYear(b *testing.B) {
	c, from, to := calendar(b, newYork), instant(b, "2026-01-01T12:00:00Z"), instant(b, "2027-01-01T12:00:00Z")
	b.ReportAllocs()
	for b.Loop() {
		c.Between(from, to)
	}
}

func BenchmarkSpansOfAWeek(b *testing.B) {
	c, from, to := calendar(b, newYork), instant(b, "2026-11-23T12:00:00Z"), instant(b, "2026-11-30T12:00:00Z")
	b.ReportAllocs()
	for b.Loop() {
		for range c.Spans(from, to) {
		}
	}
}

func BenchmarkNewCalendar(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := sla.NewCalendar(newYork); err != nil {
			b.Fatal(err)
		}
	}
}
