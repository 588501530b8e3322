// Package transfer brings tickets of other desks into a desk, and takes data out of it: a tenant, a
// person, or a list of tickets.
//
//	f, err := os.Open("tickets.json")
//	...
//	result, err := transfer.Import(ctx, desk, f, &transfer.Config{Source: "zendesk"})
//
// [Import] reads CSV, JSON Lines, and the files of Zendesk and Freshdesk. It finds the format in the
// content. Each ticket is one commit, so an import that was cut off is run again, and several
// processes may import one file. [Tenant] writes what [Import] restores. docs/transfer.md has the
// formats, and what is kept of each.
package transfer
