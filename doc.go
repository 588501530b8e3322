// Package helpdesk is a help desk to embed in a Go service: tickets that are classified,
// assigned, watched by their SLA clocks, worked on, resolved and reported, inside the host's own
// product, database and login.
//
// A [Desk] decides, a [Store] records. Every operation reads, decides in plain Go, and
// commits one [Change]: ticket, messages, events, clocks, claims and tasks, all or
// nothing. What has to happen later (classify, assign, warn, escalate, notify, close) is a
// [Task]: a row with a due time. [Desk.Tick] does the tasks that are due, and any number of processes
// may call it at once. So nothing is lost in a crash, nothing is done twice in the database, and a
// test moves a clock instead of sleeping.
//
// # A first desk
//
// Each part is plugged in by [Config]; what is left out is not done.
//
//	store, err := sqlitestore.Open("helpdesk.db")
//	...
//	desk, err := helpdesk.New(store, &helpdesk.Config{
//		Classifier: classify.Offline(),  // or openaiclassify.New(key, nil)
//		Floors:     classify.PriorityRules(),   // "system down" is urgent, whatever a model thinks
//		Assigner:   assign.BySkill(nil), // the least loaded agent with the skill
//		SLA:        sla.Standard(),      // urgent is answered in 30 minutes
//		Similar:    similar.New(nil),    // solved tickets like a new one, for agents and classifiers
//		Notifier:   notify.Log(nil),
//	})
//	...
//	go desk.Run(ctx)
//	ticket, err := desk.Open(ctx, helpdesk.OpenParams{Subject: "Refund for order 17"})
//
// Package standard does this wiring for PostgreSQL and OpenAI.
//
// # Who acts
//
// A Desk made by [New] acts for the host itself, which may do everything. [Desk.ForTenant] is
// the same desk for one of the host's customers, [Desk.As] for a person: a customer who sees
// own tickets and no internal notes, an agent, or an admin. Both are cheap copies, made per request:
//
//	desk.ForTenant("acme").As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}).Take(ctx, id)
//
// # The host's transaction
//
// [Desk.WithStore] binds a desk to a transaction of the host, so that a ticket and the host's
// own rows commit together:
//
//	err := db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
//		// ... the host's own rows ...
//		_, err := desk.WithStore(store.WithTx(tx)).Open(ctx, helpdesk.OpenParams{Subject: "Refund for order 17"})
//		return err
//	})
//
// # Testing
//
// Package helpdesktest has a desk in memory with a clock that stands still, a
// scripted classifier and a notifier that remembers. Package storetest checks a Store of
// your own against every sentence of the contract.
package helpdesk
