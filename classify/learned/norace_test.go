//go:build !race

package learned_test

const underRace = false
