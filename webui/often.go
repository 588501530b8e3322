package webui

import (
	"strconv"
	"time"

	"github.com/helpdesk-go/helpdesk/ratelimit"
)

// often is the error of a visitor who has to wait that long.
type often time.Duration

func (o often) Error() string { return "too many requests" }

// seconds is the wait as Retry-After has it.
func (o often) seconds() int { return ratelimit.Seconds(time.Duration(o)) }

// limit counts one request of a kind and key. Its error is an often.
func (v *visit) limit(kind, key string, rate ratelimit.Rate) error {
	wait, _ := v.w.limiter.Take(v.ctx, kind+" "+key, rate) // FailOpen has no errors
	if wait <= 0 {
		return nil
	}
	v.rw.Header().Set("Retry-After", strconv.Itoa(often(wait).seconds()))
	return often(wait)
}

// hourly is a rate of n an hour.
func hourly(n int) ratelimit.Rate { return ratelimit.Rate{Count: n, Per: time.Hour} }
