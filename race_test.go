//go:build race

package helpdesk_test

import "flag"

// slow is set under the race detector, which makes everything four times as slow.
const slow = true

// Random tests try 40 cases then, unless -rapid.checks says how many.
func init() {
	if err := flag.Set("rapid.checks", "40"); err != nil {
		panic(err)
	}
}
