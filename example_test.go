package helpdesk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// This builds a desk from its parts and follows a ticket from its opening to its resolution.
func Example() {
	ctx := context.Background()
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{
		Classifier:    classify.Offline(),
		PriorityRules: classify.PriorityRules(),
		Assigner:      assign.BySkill(nil),
		SLA:           sla.Standard(),
		Clock:         helpdesktest.NewClock(helpdesktest.Start), // without it: the real time
	})
	if err != nil {
		log.Fatal(err)
	}
	ana, err := desk.SaveAgent(ctx, helpdesk.Agent{Name: "Ana", Email: "ana@example.com", Skills: map[helpdesk.Skill]int{"billing": 4}})
	if err != nil {
		log.Fatal(err)
	}

	ticket, err := desk.Open(ctx, helpdesk.OpenParams{
		Subject:     "Charged twice for March",
		Description: "Please refund the second payment.",
		Customer:    helpdesk.Contact{Name: "Kim", Email: "kim@example.com"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(ticket.Status, ticket.Priority, "due", ticket.Due().Format(time.Kitchen))

	if _, err := desk.Tick(ctx); err != nil { // desk.Run calls it all the time
		log.Fatal(err)
	}
	ticket, _ = desk.Ticket(ctx, ticket.ID)
	fmt.Println(ticket.Status, ticket.Category, ticket.Assignee)

	ticket, err = desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: string(ana.ID)}).Resolve(ctx, ticket.ID, "refunded")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(ticket.Status, ticket.Resolution)
	// Output:
	// new medium due 1:00PM
	// assigned billing ana@example.com
	// resolved refunded
}

// This prints the table of status moves.
func ExampleStatus_CanBecome() {
	for _, from := range helpdesk.Statuses {
		var to []string
		for _, s := range helpdesk.Statuses {
			if from.CanBecome(s) {
				to = append(to, string(s))
			}
		}
		fmt.Printf("%s -> %s\n", from, strings.Join(to, ", "))
	}
	// Output:
	// new -> assigned, in_progress, waiting_customer, escalated, resolved, closed
	// assigned -> new, in_progress, waiting_customer, escalated, resolved, closed
	// in_progress -> new, assigned, waiting_customer, escalated, resolved, closed
	// waiting_customer -> new, assigned, in_progress, escalated, resolved, closed
	// escalated -> new, assigned, in_progress, waiting_customer, resolved, closed
	// resolved -> new, assigned, in_progress, closed
	// closed -> new, assigned, in_progress
}

// All reads page after page.
func ExampleDesk_All() {
	ctx := context.Background()
	desk, err := helpdesk.New(memstore.New(), nil)
	if err != nil {
		log.Fatal(err)
	}
	for i := range 3 {
		if _, err := desk.Open(ctx, helpdesk.OpenParams{Subject: fmt.Sprintf("Order %d", i+1)}); err != nil {
			log.Fatal(err)
		}
	}
	for ticket, err := range desk.All(ctx, helpdesk.Query{Status: helpdesk.OpenStatuses, Order: helpdesk.Oldest}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(ticket.Subject)
	}
	// Output:
	// Order 1
	// Order 2
	// Order 3
}

// A host can keep its own settings beside the desk's, versioned and by tenant.
func ExampleDesk_EditSetting() {
	ctx := context.Background()
	desk, err := helpdesk.New(memstore.New(), nil)
	if err != nil {
		log.Fatal(err)
	}
	const holidays = helpdesk.SettingKind("acme/holidays") // the desk's own have no slash
	add := func(day string) {
		_, err := desk.EditSetting(ctx, holidays, "berlin", func(was helpdesk.Setting) (json.RawMessage, error) {
			var days []string
			if was.Version > 0 {
				if err := json.Unmarshal(was.Value, &days); err != nil {
					return nil, err
				}
			}
			return json.Marshal(append(days, day))
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	add("2026-05-01")
	add("2026-10-03")
	versions, err := desk.Settings(ctx, helpdesk.SettingQuery{Kind: holidays, Key: "berlin"})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range versions {
		fmt.Println(s.Version, string(s.Value))
	}
	// Output:
	// 2 ["2026-05-01","2026-10-03"]
	// 1 ["2026-05-01"]
}

// An agent reads what happened on own tickets, and chooses what comes by mail as well.
func ExampleDesk_AgentNotices() {
	ctx := context.Background()
	desk, err := helpdesk.New(memstore.New(), &helpdesk.Config{
		Notifier: helpdesk.NotifierFunc(func(_ context.Context, n *helpdesk.Notification) error {
			fmt.Println("mail:", n.Kind, len(n.To))
			return nil
		}),
	})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := desk.SaveAgent(ctx, helpdesk.Agent{Name: "Ana", Email: "ana@example.com"}); err != nil {
		log.Fatal(err)
	}
	ana := desk.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
	err = ana.SaveNoticeWays(ctx, "", map[helpdesk.NoticeKind]helpdesk.NoticeWay{helpdesk.NoticeMentioned: helpdesk.NoticeByPage})
	if err != nil {
		log.Fatal(err)
	}
	ticket, err := desk.Open(ctx, helpdesk.OpenParams{Subject: "Refund for order 17"})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := desk.Note(ctx, ticket.ID, "@Ana, is it paid?"); err != nil {
		log.Fatal(err)
	}
	if _, err := desk.Tick(ctx); err != nil {
		log.Fatal(err)
	}
	page, err := ana.AgentNotices(ctx, helpdesk.NoticeQuery{Ticket: ticket.ID, Unread: true})
	if err != nil {
		log.Fatal(err)
	}
	for _, n := range page.Notices {
		fmt.Println("page:", n.Kind)
	}
	// Output:
	// mail: mentioned 0
	// page: mentioned
}

// A wrapper around a store counts commits.
func ExampleAs() {
	store := counted{Store: memstore.New(), n: new(int)}
	desk, err := helpdesk.New(store, nil)
	if err != nil {
		log.Fatal(err)
	}
	desk.Open(context.Background(), helpdesk.OpenParams{Subject: "Hello"})
	_, loads := helpdesk.As[helpdesk.Loader](store) // found through Unwrap
	fmt.Println(*store.n, "commit,", "loads:", loads)
	// Output: 1 commit, loads: true
}

type counted struct {
	helpdesk.Store
	n *int
}

func (c counted) Commit(ctx context.Context, changes ...*helpdesk.Change) error {
	*c.n++
	return c.Store.Commit(ctx, changes...)
}

func (c counted) Unwrap() helpdesk.Store { return c.Store }
