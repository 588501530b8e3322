//go:build race

package dbtest

const underRace = true
