// Package store is for authors of Stores. It has the rules that every Store must apply in the same
// way: the words that search knows, the places between pages, and the precision of times. Whoever
// uses a Store needs nothing of it. Package storetest checks a Store.
package store

import (
	"time"

	"github.com/helpdesk-go/helpdesk/internal/instant"
)

// Instant returns t as the desk keeps times: in UTC, truncated to the microsecond, without a
// monotonic reading. The zero time stays zero.
func Instant(t time.Time) time.Time { return instant.Of(t) }
