package mailbox

import (
	"slices"
	"strings"
)

// closed makes "no-reply", "no_reply" and "no.reply" one.
var closed = strings.NewReplacer("-", "", "_", "", ".", "")

// NoReply reports whether a local part, in lower case, says that nobody reads its mail.
func NoReply(local string) bool {
	l := closed.Replace(local)
	for _, s := range []string{"noreply", "donotreply", "dontreply", "neverreply", "noresponse", "noanswer", "nepasrepondre", "nichtantworten", "noresponder"} {
		if strings.Contains(l, s) {
			return true
		}
	}
	return false
}

// Daemon reports whether a local part, in lower case, belongs to a mail system.
func Daemon(local string) bool {
	l := closed.Replace(local)
	for _, s := range []string{"mailerdaemon", "postmaster", "maildaemon", "mdaemon", "maildeliverysystem", "maildeliverysubsystem", "mailsystem", "mailerd", "microsoftexchange"} {
		if strings.HasPrefix(l, s) {
			return true
		}
	}
	return false
}

// List reports whether a local part, in lower case, is one by which a mailing list is run.
func List(local string) bool {
	return strings.HasPrefix(local, "owner-") || strings.HasSuffix(local, "-owner") || strings.HasSuffix(local, "-request") || strings.HasSuffix(local, "-bounces")
}

// Automatic reports whether a program reads or writes the mail of an address.
func Automatic(address string) bool {
	local, _, _ := strings.Cut(strings.ToLower(address), "@")
	return NoReply(local) || Daemon(local) || List(local)
}

// IsList reports whether an address is that of one of some lists. Their names are addresses, or ids
// in the form of List-Id (RFC 2919): "support.desk.example" is the list support@desk.example. All
// are in lower case. A tag in the address does not count.
func IsList(names []string, address string) bool {
	if address = Of(address); address == "" {
		return false
	}
	id := strings.Replace(address, "@", ".", 1)
	return slices.ContainsFunc(names, func(name string) bool { return name == id || Of(name) == address })
}

// IsTenantList reports whether one of some lists is a group of Microsoft 365 with the mailbox's
// name in the domain that each tenant has there: support.acme.onmicrosoft.com for
// support@acme.example.
func IsTenantList(names []string, address string) bool {
	local, _, ok := strings.Cut(Of(address), "@")
	return ok && slices.ContainsFunc(names, func(name string) bool {
		rest, found := strings.CutPrefix(strings.Replace(name, "@", ".", 1), local+".")
		return found && strings.HasSuffix(rest, ".onmicrosoft.com")
	})
}
