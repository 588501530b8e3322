// Package instant has the form in which the desk keeps times. Package store offers it to authors of
// Stores.
package instant

import "time"

// Of returns t in UTC, truncated to the microsecond, without a monotonic reading. The zero time
// stays zero.
func Of(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
