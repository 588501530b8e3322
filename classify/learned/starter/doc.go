// Package starter is a model for the default categories of a desk, trained from tickets.csv: something to
// begin with until a desk has resolved tickets of its own to learn from.
//
// The tickets of tickets.csv were written for this purpose, one by one and not from templates. The people and companies in
// them are invented, though systems, browsers and devices go by their usual names, and none of the text is taken from
// anywhere. Those of heldout.csv, in the same form, were written after them, on other topics and in another manner:
// they are for measuring a model and never for training one.
//
// Both files are CSV in UTF-8 with the columns id, subject, body, category, priority, tags and language.
// Category is one of helpdesk.DefaultCategories, priority the name of a helpdesk.Priority, tags none to three words
// joined by semicolons, language an ISO 639-1 code. Of subject and body one may be empty, as in mail.
package starter
