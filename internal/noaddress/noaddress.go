// Package noaddress takes mail addresses out of texts that are written to a log. Logs are kept and
// read elsewhere than tickets, and Desk.Erase does not reach them.
package noaddress

import "regexp"

// Removed stands in a text where an address stood.
const Removed = "(address)"

var address = regexp.MustCompile(`[^\s@<>"(),;:=\[\]]+(@|%40)[^\s@<>"(),;:=\[\]]+`)

// In returns a text with each mail address replaced by [Removed].
func In(text string) string { return address.ReplaceAllString(text, Removed) }

// Error returns the text of an error without mail addresses; empty for nil.
func Error(err error) string {
	if err == nil {
		return ""
	}
	return In(err.Error())
}
