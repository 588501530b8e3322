// Package helpdesk is a help desk to embed in a Go service: tickets are classified, assigned,
// watched by SLA clocks, worked on, resolved and reported, in the product and database of the host,
// which is the program that embeds it.
//
// A [Desk] decides, a [Store] records. Every operation reads, decides in plain Go and commits one
// [Change]: ticket, messages, events, clocks, tasks and each [OnceKey], all or nothing. Later work
// (triage, assignment, warnings, escalation, notices, closing) is a [Task]: a row with a due time.
// [Desk.Tick] does the tasks that are due; any number of processes may call it at once. So a crash
// loses nothing, the database records nothing twice, and a test moves a clock instead of sleeping.
//
// # A first desk
//
// Each part is plugged in by [Config]; a desk does nothing for a part that is left out.
//
//	store, err := sqlitestore.Open("helpdesk.db")
//	...
//	desk, err := helpdesk.New(store, &helpdesk.Config{
//		Classifier:    classify.Offline(),       // or openaiclassify.New(key, nil)
//		PriorityRules: classify.PriorityRules(), // "system down" is urgent, whatever a model says
//		Assigner:      assign.BySkill(nil),      // the least loaded agent with the skill
//		SLA:           sla.Standard(),           // urgent is answered in 30 minutes
//		Similar:       similar.New(nil),         // solved tickets like a new one
//		Notifier:      notify.Log(nil),
//	})
//	...
//	go desk.Run(ctx)
//	ticket, err := desk.Open(ctx, helpdesk.OpenParams{Subject: "Refund for order 17"})
//
// Package standard does this wiring for PostgreSQL and OpenAI.
//
// # Roles and tenants
//
// A Desk made by [New] acts for the host itself, which may do everything. [Desk.ForTenant] is the
// same desk for one of the host's customers. [Desk.As] is the desk for a person: a customer, an
// agent or an admin. A customer sees only their own tickets, or also those of their organisation,
// without internal notes. Both methods return a cheap copy:
//
//	ana := helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"}
//	ticket, err := desk.ForTenant("acme").As(ana).Take(ctx, id)
//
// # The host's transaction
//
// [Desk.WithStore] binds a desk to a transaction of the host, so that a ticket and the host's own
// rows commit together:
//
//	err := db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
//		// ... the host's own rows ...
//		p := helpdesk.OpenParams{Subject: "Refund for order 17"}
//		_, err := desk.WithStore(store.WithTx(tx)).Open(ctx, p)
//		return err
//	})
//
// # Testing
//
// Package helpdesktest has a desk in memory with a clock that stands still, a scripted classifier
// and a notifier that records. Package storetest checks a Store of your own against every sentence
// of the contract.
//
// # Map of the package
//
// The files of one subject share a prefix:
//
//	helpdesk, actor, policy, setting  the Desk and its Config; roles and rights; settings
//	ticket_, view                     tickets: open, read, search, work, life, merge; saved lists
//	draft, event, errors              an operation before its commit; its events and errors
//	store, request, cache, task_      contract of a Store; one request; Tick and Run, dead tasks
//	triage_                           classifier, priority rules, similar tickets, learning
//	assign_, agent_                   choice of an agent, queue, counters; agents, absences, teams
//	sla_                              policies, clocks, due times, escalation steps
//	notice_                           outbox and delivery; notices in the pages; how agents are told
//	mail_, attachment                 mail in and out, held mail, links and tokens; files
//	customer_                         customers, their addresses and organisations; erasure
//	clock, text                       the time; checks and helpers that several subjects share
//
// What tells of a desk stands beside it: figures in package report, why a ticket is due or with its
// agent in packages sla and assign. Mechanics that know no ticket are leaves below internal.
//
// # The life of a ticket
//
//  1. [Desk.Open], or [Desk.Receive] for a mail, commits ticket, first message and triage task.
//  2. The same commit applies [PriorityRules] and starts the SLA clocks.
//  3. Tick asks the [Classifier], outside any transaction; its answer sets category, priority and
//     tags, unless a rule or a person has set them.
//  4. The ticket joins the queue. The [Assigner] chooses an agent, or an agent takes it by
//     [Desk.Take].
//  5. A deadline task waits for each due time; [EscalationStep] values warn, escalate, reassign.
//  6. [Desk.Reply] ends the response clock; a question pauses the resolution clock.
//  7. Each message to a person is a notice in the outbox. A [Notifier] delivers it later.
//  8. The customer's answer, by page or mail, resumes the ticket or reopens a resolved one. One that
//     does not come is asked for once; then the ticket is resolved.
//  9. [Desk.Resolve] ends the clocks; the solved ticket is an example for the next one.
//  10. After Config.CloseAfter a task closes it. A later answer opens a new ticket. docs/life.md has
//     all rules.
package helpdesk
