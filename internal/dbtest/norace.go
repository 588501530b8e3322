//go:build !race

package dbtest

import (
	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk/store/sqlitestore"
)

const underRace = false

func openSQLite(path string) (*bun.DB, error) { return sqlitestore.OpenDB(path) }
