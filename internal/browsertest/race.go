//go:build race

package browsertest

// slow is set under the race detector, which makes pages so slow that a browser gives up on them.
const slow = true
