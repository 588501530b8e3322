// Package starter is a model for the default categories of a desk, trained on tickets.csv. A desk
// begins with it and learns from its own resolved tickets later.
//
// The tickets of tickets.csv were written for this purpose, one by one and not from templates. The
// people and companies in them are invented; systems, browsers and devices have their usual names.
// No text is taken from anywhere. The tickets of heldout.csv, in the same form, were written after
// them, on other topics and in another manner. They serve to measure a model and never to train
// one.
//
// Both files are CSV in UTF-8 with the columns id, subject, body, category, priority, tags and
// language. Category is one of helpdesk.DefaultCategories, priority the name of a
// helpdesk.Priority, tags none to three words joined by semicolons, language an ISO 639-1 code.
// Subject or body may be empty, as in mail.
package starter
