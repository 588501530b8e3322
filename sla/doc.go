// Package sla has the promises a desk makes: calendars that say when it is open, policies
// with their targets, and the ladders of what to do as a due time comes near.
//
// [Standard] is what a desk without wishes uses. One with wishes writes a [Document]:
//
//	policies, err := sla.New(sla.Document{
//		Calendars: []sla.Hours{{Name: "office", Zone: "Europe/Berlin", Week: sla.Weekdays("09:00-17:00")}},
//		Policies: []sla.Policy{
//			{Name: "vip", For: sla.Match{CustomerTag: []string{"vip"}}, FirstResponse: 15 * time.Minute, Resolution: 4 * time.Hour},
//			{Name: "all", FirstResponse: 4 * time.Hour, Resolution: 16 * time.Hour, Calendar: "office"},
//		},
//	})
//
// The same book in JSON is what an admin edits for a tenant: see helpdesk's Desk.SaveSLA.
package sla
