// Package email reads mail: it makes a [helpdesk.Incoming] of a message as it came over the wire ([Parse]), or of the
// fields a provider's webhook has already taken apart ([Compose]). What a mail is, who wrote it, which part of it is
// new and what is attached is decided in this package alone, so both ways give the same answer.
//
// Mail from outside is hostile or broken often enough that neither is an error. [Parse] fails when its reader fails or
// the message is too large; anything else becomes an Incoming, with Problem saying what could not be read.
//
// A message is held in memory once, as it came. Attachments are decoded while they are read.
package email
