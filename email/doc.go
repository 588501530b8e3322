// Package email reads mail. It makes a [helpdesk.Incoming] from a message as it came over the wire
// ([Parse]), or from the fields that a provider's webhook has parsed ([Compose]). Only this package
// decides on the kind of a mail, its sender, its new part and its attachments, so both ways give
// the same answer.
//
// Mail from outside is often hostile or broken, so neither is an error. [Parse] fails when its
// reader fails or the message is too large. Anything else becomes an Incoming, and its Problem
// names the unreadable parts.
//
// A message is held in memory once, as it came. Attachments are decoded while they are read.
package email
