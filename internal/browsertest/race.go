//go:build race

package browsertest

// slow is true under the race detector. It makes pages so slow that the browser gives up on them.
const slow = true
