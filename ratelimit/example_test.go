package ratelimit_test

import (
	"context"
	"fmt"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/ratelimit"
)

func ExampleMemory() {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	limiter := ratelimit.Memory(&ratelimit.Config{Clock: helpdesk.ClockFunc(func() time.Time { return now })})
	rate := ratelimit.Rate{Count: 2, Per: time.Minute}
	for range 3 {
		wait, _ := limiter.Take(context.Background(), "kim", rate)
		fmt.Println(wait)
	}
	wait, _ := limiter.Take(context.Background(), "lee", rate)
	fmt.Println("another key:", wait)
	now = now.Add(30 * time.Second)
	wait, _ = limiter.Take(context.Background(), "kim", rate)
	fmt.Println("half a minute later:", wait)
	// Output:
	// 0s
	// 0s
	// 30s
	// another key: 0s
	// half a minute later: 0s
}
