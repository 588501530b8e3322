// Package sla has the SLAs of a desk: calendars that say when it is open, policies with their
// targets, and escalation steps that are taken as a due time comes near.
//
// [Standard] serves a desk without settings of its own. A desk with its own SLAs writes a
// [Document]:
//
//	policies, err := sla.New(sla.Document{
//		Calendars: []sla.Hours{
//			{Name: "office", Zone: "Europe/Berlin", Week: sla.Weekdays("09:00-17:00")},
//		},
//		Policies: []sla.Policy{
//			{Name: "vip", For: sla.Match{CustomerTag: []string{"vip"}},
//				FirstResponse: 15 * time.Minute, Resolution: 4 * time.Hour},
//			{Name: "all", FirstResponse: 4 * time.Hour, Resolution: 16 * time.Hour,
//				Calendar: "office"},
//		},
//	})
//
// An admin edits the same document in JSON for a tenant: see helpdesk's Desk.SaveSLA. [Explain]
// says why a ticket is due when it is.
package sla
