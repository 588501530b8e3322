//go:build race

package main

// slow is set under the race detector, where a month of tickets takes minutes: make test lets it pass without.
const slow = true
