//go:build race

package learned_test

// underRace is true where the race detector makes training twenty times slower.
const underRace = true
