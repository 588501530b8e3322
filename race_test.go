//go:build race

package helpdesk_test

import "flag"

// The race detector makes everything four times as slow. Random tests then try 40 cases, unless
// -rapid.checks says otherwise.
func init() {
	if err := flag.Set("rapid.checks", "40"); err != nil {
		panic(err)
	}
}
