//go:build race

package helpdesk_test

import "flag"

// Under the race detector, which makes everything four times as slow, random tests try 40 cases
// unless -rapid.checks says how many.
func init() {
	if err := flag.Set("rapid.checks", "40"); err != nil {
		panic(err)
	}
}
