//go:build !race

package standard_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"path/filepath"

	"github.com/uptrace/bun"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/assign"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/httpapi"
	"github.com/helpdesk-go/helpdesk/notify"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/standard"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
	"github.com/helpdesk-go/helpdesk/store/sqlitestore"
	"github.com/helpdesk-go/helpdesk/webui"
)

// whoIsIt knows the login of the host.
func whoIsIt(r *http.Request) (helpdesk.Actor, error) {
	mail, _, ok := r.BasicAuth()
	if !ok {
		return helpdesk.Actor{}, errors.New("not logged in")
	}
	return helpdesk.Actor{Role: helpdesk.RoleAgent, ID: mail}, nil
}

// Refund is a row of the host.
type Refund struct {
	bun.BaseModel `bun:"table:refunds"`

	Order int `bun:"order_no,pk"`
}

// embed has the desk, its API and its pages inside a host's program.
func embed(ctx context.Context, db *bun.DB, key string, mux *http.ServeMux, then func(*helpdesk.Desk, *bunstore.Store) error) error {
	desk, store, err := standard.New(ctx, db, &standard.Config{OpenAIKey: key, Migrate: true}) // db is a *bun.DB
	if err != nil {
		return err
	}
	go desk.Run(ctx) // triage, deadlines, notices; in as many processes as you like

	api, err := httpapi.New(desk, &httpapi.Config{Actor: whoIsIt}) // whoIsIt knows your login
	if err != nil {
		return err
	}
	pages, err := webui.New(desk, &webui.Config{Actor: whoIsIt})
	if err != nil {
		return err
	}
	mux.Handle("/api/", http.StripPrefix("/api", api))
	mux.Handle("/support/", http.StripPrefix("/support", pages))
	return then(desk, store)
}

// openTogether records a refund and opens a ticket about it, or does neither.
func openTogether(ctx context.Context, db *bun.DB, desk *helpdesk.Desk, store *bunstore.Store, refund Refund) error {
	err := db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewInsert().Model(&refund).Exec(ctx); err != nil {
			return err
		}
		_, err := desk.ForTenant("acme").WithStore(store.WithTx(tx)).Open(ctx, helpdesk.OpenParams{
			Subject:  "Refund for order 17",
			Customer: helpdesk.Contact{Email: "kim@example.com"},
		})
		return err
	})
	return err
}

// reply acts for an agent.
func reply(ctx context.Context, desk *helpdesk.Desk, id helpdesk.TicketID) (*helpdesk.Ticket, error) {
	ana := desk.ForTenant("acme").As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@example.com"})
	ticket, err := ana.Reply(ctx, id, helpdesk.ReplyParams{Body: "Which card was it?", Waiting: true})
	return ticket, err
}

// The desk in the host's own database. Here that is SQLite; PostgreSQL works the same.
func Example() {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	db, err := sqlitestore.OpenDB(filepath.Join(dir, "shop.db"))
	if err != nil {
		log.Fatal(err)
	}
	if _, err := db.NewCreateTable().Model((*Refund)(nil)).Exec(ctx); err != nil {
		log.Fatal(err)
	}
	err = embed(ctx, db, "", http.NewServeMux(), func(desk *helpdesk.Desk, store *bunstore.Store) error {
		acme := desk.ForTenant("acme")
		if _, err := acme.SaveAgent(ctx, helpdesk.Agent{Name: "Ana", Email: "ana@example.com"}); err != nil {
			return err
		}
		for range 2 { // the second time the order has its refund, so there is no second ticket
			fmt.Println(openTogether(ctx, db, desk, store, Refund{Order: 17}) == nil)
		}
		page, err := acme.Tickets(ctx, helpdesk.Query{})
		if err != nil {
			return err
		}
		fmt.Println(len(page.Tickets), page.Tickets[0].Subject)
		ticket, err := reply(ctx, desk, page.Tickets[0].ID)
		if err != nil {
			return err
		}
		fmt.Println(ticket.Status)
		return nil
	})
	fmt.Println(err)
	// Output:
	// true
	// false
	// 1 Refund for order 17
	// waiting_customer
	// <nil>
}

// myModel is a model of the host's own.
func myModel(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	return &helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9}, nil
}

// myPeople are the agents whom the host knows.
func myPeople(context.Context, helpdesk.TenantID) ([]helpdesk.Agent, error) {
	return []helpdesk.Agent{{ID: "ana@example.com", Name: "Ana", Email: "ana@example.com", Skills: map[helpdesk.Skill]int{"billing": 3}}}, nil
}

// swap makes a desk of the parts that it is given.
func swap(mails, hooks helpdesk.Notifier, then func(*helpdesk.Desk, *sqlitestore.Store) error) error {
	store, err := sqlitestore.Open("helpdesk.db") // or bunstore on PostgreSQL, or memstore, or your own
	if err != nil {
		return err
	}
	desk, err := helpdesk.New(store, &helpdesk.Config{
		Classifier:    helpdesk.ClassifierFunc(myModel), // or openaiclassify.New, starter.Model, classify.NewChain
		PriorityRules: classify.PriorityRules(),         // phrases that force urgency
		Assigner:      assign.BySkill(nil),              // skill, then lowest relative load
		SLA:           sla.Standard(),                   // or your own policies and calendars
		Similar:       similar.New(nil),                 // solved tickets like a new one
		Notifier:      notify.Multi(mails, hooks),       // smtpnotify.New, webhook.New, or your own
		Roster:        helpdesk.RosterFunc(myPeople),    // or keep agents in the desk: desk.SaveAgent
	})
	if err != nil {
		return err
	}
	return then(desk, store)
}

// A desk without this package, of parts that the host chooses.
func Example_swap() {
	os.Remove("helpdesk.db") // if an earlier run was cut off
	defer os.Remove("helpdesk.db")
	var told helpdesk.NotifierFunc = func(_ context.Context, n *helpdesk.Notification) error {
		fmt.Println(n.Kind, n.To[0].Name)
		return nil
	}
	err := swap(told, notify.Log(nil), func(desk *helpdesk.Desk, store *sqlitestore.Store) error {
		defer store.Close()
		ctx := context.Background()
		if _, err := desk.Open(ctx, helpdesk.OpenParams{Subject: "Refund for order 17"}); err != nil {
			return err
		}
		_, err := desk.Tick(ctx) // desk.Run does that all the time
		return err
	})
	fmt.Println(err)
	// Output:
	// assigned Ana
	// <nil>
}
