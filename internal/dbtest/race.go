//go:build race

package dbtest

import (
	"errors"

	"github.com/uptrace/bun"
)

const underRace = true

func openSQLite(string) (*bun.DB, error) { return nil, errors.New("no SQLite under the race detector") }
