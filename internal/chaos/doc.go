// Package chaos has no code of its own. Its test runs processes of a help desk on a private
// PostgreSQL, sends them commands, and breaks one thing after another. Meanwhile and afterwards it
// asks the database the questions of invariants.sql. `make chaos` runs it for 15 minutes, `make
// test` for one.
package chaos
