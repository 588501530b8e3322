//go:build !race

package helpdesk_test

// slow is set under the race detector.
const slow = false
