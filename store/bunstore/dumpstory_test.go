package bunstore_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/macro"
	"github.com/helpdesk-go/helpdesk/notify/templates"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/similar"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// The tenants of the story, and the agent who works for both.
const (
	acme   helpdesk.TenantID = "acme"
	globex helpdesk.TenantID = "globex"
)

var theAgent = helpdesk.Agent{Name: "Ana", Email: "ana@acme.example", Skills: map[helpdesk.Skill]int{helpdesk.GeneralSkill: 5}}

// storyDesk is a desk on store that draws the same ids each time, numbered from n on. Its clock
// stands at the start of the story.
func storyDesk(t *testing.T, store *bunstore.Store, n int) *helpdesktest.Desk {
	drawn := new(atomic.Int64)
	drawn.Store(int64(n))
	next := func() int64 { return drawn.Add(1) }
	model := &storyModel{}
	return helpdesktest.New(t, store, &helpdesk.Config{
		NewID:      func() string { return fmt.Sprintf("01950000-0000-7000-8000-%012d", next()) },
		NewRef:     func() string { return fmt.Sprintf("REF-%04d", next()) },
		Classifier: model,
		Learner:    model,
		Similar: similar.New(&similar.Config{Embedder: similar.EmbedderFunc("two", func(_ context.Context, texts []string) ([][]float32, error) {
			vectors := make([][]float32, len(texts))
			for i, text := range texts {
				vectors[i] = []float32{1, float32(len(text))}
			}
			return vectors, nil
		})}),
		Mail: &helpdesk.MailConfig{
			Address: func(tenant helpdesk.TenantID) string { return "support@" + string(tenant) + ".example" },
			Keys:    [][]byte{bytes.Repeat([]byte("k"), 32)},
		},
	})
}

// storyModel is a classifier that says billing, and has something to learn once.
type storyModel struct{}

func (*storyModel) Classify(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	return &helpdesk.Classification{Category: helpdesk.Billing, Priority: helpdesk.High, Confidence: 0.9}, nil
}

func (*storyModel) Learn(_ context.Context, known []byte, _ []*helpdesk.Ticket) ([]byte, string, error) {
	if known != nil {
		return nil, "", nil
	}
	return []byte("model"), "the first", nil
}

func (*storyModel) Load(helpdesk.TenantID, int64, []byte) error { return nil }

func (*storyModel) Loaded(helpdesk.TenantID) int64 { return 0 }

// tell uses a desk so that every table has rows of two tenants, and every word that a migration
// renames is stored somewhere. It leaves tasks of several kinds undone.
func tell(t *testing.T, store *bunstore.Store) {
	d := storyDesk(t, store, 0)
	for _, tenant := range []helpdesk.TenantID{acme, globex} {
		one := *d
		one.Desk = d.ForTenant(tenant)
		settings(t, one.Desk)
		organisation(t, store, tenant)
		tickets(t, &one)
		_, err := store.Add(t.Context(), tenant, "2026-03-02", 7, 100)
		require.NoError(t, err)
	}
	archive(t, store)
	bury(t, store, d.Clock.Now())
	for _, tenant := range []helpdesk.TenantID{acme, globex} {
		old := closed(t, store, tenant)
		undone(t, d.ForTenant(tenant))
		takeOut(t, store, tenant, old)
		_, err := store.Lock(t.Context(), tenant, "story")
		require.NoError(t, err)
	}
}

// organisation adds one with a domain.
func organisation(t *testing.T, store *bunstore.Store, tenant helpdesk.TenantID) {
	require.NoError(t, store.Commit(t.Context(), &helpdesk.Change{Tenant: tenant, Organisations: []helpdesk.Organisation{{
		ID: "01950000-0000-7000-8003-000000000001", HostID: "w1", Name: "Widget Works", Domains: []string{"widget.example"}, Tags: []string{"gold"},
		CreatedAt: noon, UpdatedAt: noon,
	}}}))
}

// settings saves one of each kind of setting but the learnt model, and a few twice.
func settings(t *testing.T, d *helpdesk.Desk) {
	ctx := t.Context()
	_, err := d.SaveTeam(ctx, helpdesk.Team{ID: "money", Name: "Money", Categories: []helpdesk.Category{helpdesk.Billing}})
	require.NoError(t, err)
	ana := theAgent
	ana.Teams = []helpdesk.TeamID{"money"}
	saved, err := d.SaveAgent(ctx, ana)
	require.NoError(t, err)
	_, err = d.SetAbsences(ctx, saved.ID, []helpdesk.Absence{{From: noon.AddDate(0, 1, 0), To: noon.AddDate(0, 1, 7)}})
	require.NoError(t, err)
	_, err = d.SaveAgent(ctx, helpdesk.Agent{Name: "Max", Email: "max@acme.example"})
	require.NoError(t, err)
	require.NoError(t, d.RemoveAgent(ctx, "max@acme.example"))
	for _, priority := range []string{"high", "urgent"} {
		_, err = d.SavePriorityRules(ctx, asJSON(t, map[string]any{"rules": []map[string]string{{"phrase": "cash register dead", "priority": priority}}}))
		require.NoError(t, err)
	}
	_, err = d.SaveSLA(ctx, asJSON(t, sla.Document{Policies: []sla.Policy{{
		Name: "all", FirstResponse: time.Hour, NextResponse: 2 * time.Hour, Resolution: 8 * time.Hour, EscalateAfter: 3 * time.Hour, Steps: sla.DefaultSteps(),
	}}}))
	require.NoError(t, err)
	_, err = templates.Of(d).Save(ctx, templates.Set{Name: "Kern", Colour: "#aa3300", Language: "de", Texts: map[string]templates.Text{
		"de/reply": {Subject: "Antwort [{{ref}}]", Body: "Guten Tag\n\n{{text}}"},
	}})
	require.NoError(t, err)
	_, err = macro.Of(d).Save(ctx, macro.Macro{ID: "thanks", Name: "Thanks", Body: "Thank you."})
	require.NoError(t, err)
	require.NoError(t, d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@acme.example"}).SaveViews(ctx, []helpdesk.View{{Name: "Late", Query: "late=1"}}))
	_, err = webhook.Of(d).Save(ctx, webhook.Endpoint{
		ID: "crm", Name: "CRM", URL: "https://crm.example/hook", Secrets: []string{"whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="},
	})
	require.NoError(t, err)
}

// tickets opens some by API and by mail, answers, solves, merges and rates them, and lets one miss
// its SLA.
func tickets(t *testing.T, d *helpdesktest.Desk) {
	ctx := t.Context()
	kim := helpdesk.Contact{Name: "Kim", Email: "kim@example.com", Tags: []string{"gold"}}
	customer := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: kim.Email, Name: kim.Name})
	ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana@acme.example", Name: "Ana"})
	open := func(subject, text string, files ...helpdesk.File) helpdesk.TicketID {
		ticket, err := d.Open(ctx, helpdesk.OpenParams{
			Subject: subject, Description: text, Customer: kim, Tags: []string{"vip", "süß"}, Files: files, IdempotencyKey: subject,
		})
		require.NoError(t, err)
		d.Drain()
		return ticket.ID
	}
	solved := open("VPN drops", "The tunnel closes every hour.", textFile("log.txt", "It closed."))
	_, err := ana.Reply(ctx, solved, helpdesk.ReplyParams{Body: "Which router do you have?", Waiting: true})
	require.NoError(t, err)
	d.Advance(10 * time.Minute)
	_, err = customer.Reply(ctx, solved, helpdesk.ReplyParams{Body: "The black one.", Files: []helpdesk.File{textFile("router.txt", "black")}})
	require.NoError(t, err)
	_, err = ana.Note(ctx, solved, `Kim says "rung": as if "step": were a word.`)
	require.NoError(t, err)
	_, err = ana.Resolve(ctx, solved, "Set the keepalive to 20 seconds.")
	require.NoError(t, err)
	_, err = customer.Rate(ctx, solved, 5, "Quick.")
	require.NoError(t, err)

	late := open("Cash register dead", "Nothing prints.")
	twin := open("Cash register broken", "Nothing prints at all.")
	_, err = ana.Merge(ctx, twin, late)
	require.NoError(t, err)
	_, err = ana.Link(ctx, late, helpdesk.LinkCausedBy, solved)
	require.NoError(t, err)
	_, err = ana.Escalate(ctx, late, `the word "rung": is in this reason`)
	require.NoError(t, err)
	d.Advance(45 * time.Minute)
	d.Advance(4 * time.Hour)
	d.Advance(8 * time.Hour)
	_, err = d.VoidBreach(ctx, late, helpdesk.FirstResponse, 1, "the network was down")
	require.NoError(t, err)

	for _, in := range []*helpdesk.Incoming{
		{ID: "1", MessageID: "one@example.com", Kind: helpdesk.MailMessage, Text: "Where is my invoice?", Files: []helpdesk.File{textFile("a.txt", "a")}},
		{ID: "2", MessageID: "two@example.com", Kind: helpdesk.MailAutomatic, Reason: "Auto-Submitted: auto-replied", Text: "I am away."},
		{ID: "3", MessageID: "three@example.com", Kind: helpdesk.MailMessage, Problem: "its end is missing", Text: "Where", Raw: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("Subject: Where\r\n\r\nWhere")), nil
		}},
	} {
		in.From, in.Recipients, in.Subject, in.Full = kim, []string{"support@" + string(d.Tenant()) + ".example"}, "Invoice", in.Text
		_, err = d.Receive(ctx, in)
		require.NoError(t, err)
		d.Drain()
	}
	_, err = d.Learn(ctx)
	require.NoError(t, err)
}

func textFile(name, text string) helpdesk.File {
	return helpdesk.File{Name: name, Type: "text/plain", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

// bury makes a dead task of one that was due.
func bury(t *testing.T, store *bunstore.Store, now time.Time) {
	require.NoError(t, store.Commit(t.Context(), &helpdesk.Change{Tenant: acme, Tasks: []helpdesk.Task{{Tenant: acme, Kind: helpdesk.TaskNotify, Key: "x", DueAt: now}}}))
	leased, err := store.Lease(t.Context(), now, time.Minute, 100)
	require.NoError(t, err)
	require.Len(t, leased, 1)
	dead := leased[0]
	dead.Dead, dead.Error = true, "the mail server says no"
	require.NoError(t, store.Commit(t.Context(), &helpdesk.Change{Tenant: acme, Done: leased, Tasks: []helpdesk.Task{dead}}))
}

// undone leaves a ticket that nobody has classified, one that is to be indexed, and open tickets
// that are to move to the current SLA.
func undone(t *testing.T, d *helpdesk.Desk) {
	ctx := t.Context()
	quick, err := d.Open(ctx, helpdesk.OpenParams{Subject: "Paper is out", Description: "The tray is empty.", Customer: helpdesk.Contact{Email: "lee@example.com"}})
	require.NoError(t, err)
	_, err = d.Resolve(ctx, quick.ID, "Filled the tray.")
	require.NoError(t, err)
	_, err = d.Open(ctx, helpdesk.OpenParams{Subject: "Screen flickers", Description: "Since Monday.", Customer: helpdesk.Contact{Email: "lee@example.com"}})
	require.NoError(t, err)
	require.NoError(t, d.ApplyCurrentSLAToAll(ctx))
}

// archive adds so many solved tickets to one tenant that their terms are on lists.
func archive(t *testing.T, store *bunstore.Store) {
	var ids []helpdesk.TicketID
	add(t, store, globex, 64, func(i int, c *helpdesk.Change) {
		ticket := c.Ticket
		ticket.ID, ticket.Ref = helpdesk.TicketID(fmt.Sprintf("01950000-0000-7000-8001-%012d", i)), fmt.Sprintf("OLD-%04d", i)
		ticket.Status, ticket.Resolution, ticket.ResolvedAt, ticket.Clocks = helpdesk.StatusClosed, "Cleaned it.", ticket.CreatedAt.Add(time.Hour), nil
		c.Messages, c.Events, c.Tasks = nil, nil, nil
		ids = append(ids, ticket.ID)
	})
	require.NoError(t, store.IndexTickets(t.Context(), globex, ids...))
}

// closed adds a closed ticket.
func closed(t *testing.T, store *bunstore.Store, tenant helpdesk.TenantID) (id helpdesk.TicketID) {
	add(t, store, tenant, 1, func(_ int, c *helpdesk.Change) {
		ticket := c.Ticket
		ticket.ID, ticket.Ref = helpdesk.TicketID("01950000-0000-7000-8002-"+fmt.Sprintf("%012d", len(tenant))), "GONE-0001"
		ticket.Status, ticket.ResolvedAt, ticket.ClosedAt, ticket.Clocks = helpdesk.StatusClosed, ticket.CreatedAt, ticket.CreatedAt, nil
		c.Messages, c.Tasks = nil, nil
		c.Events = []helpdesk.Event{{ID: string(ticket.ID), Ticket: ticket.ID, Type: helpdesk.EventOpened, At: ticket.CreatedAt}}
		id = ticket.ID
	})
	return id
}

// takeOut archives a ticket.
func takeOut(t *testing.T, store *bunstore.Store, tenant helpdesk.TenantID, id helpdesk.TicketID) {
	records, err := store.Records(t.Context(), tenant, id)
	require.NoError(t, err)
	require.NoError(t, store.Archive(t.Context(), &helpdesk.Change{Tenant: tenant}, "00112233445566778899aabbccddeeff", records...))
}

// goOn works with what the story has left: it reads it through the methods of a desk, and does what
// was left undone.
func goOn(t *testing.T, store *bunstore.Store) {
	d := storyDesk(t, store, 1_000_000)
	d.Clock.Advance(36 * time.Hour)
	ctx, desk := t.Context(), d.ForTenant(acme)
	rules, err := desk.PriorityRules(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(2), rules.Version)
	require.JSONEq(t, `{"rules": [{"phrase": "cash register dead", "priority": "urgent"}]}`, string(rules.Value))
	mails, err := templates.Of(desk).Read(ctx)
	require.NoError(t, err)
	require.Equal(t, "Kern", mails.Name)
	require.Contains(t, mails.Texts, "de/reply")
	doc, err := desk.SLA(ctx)
	require.NoError(t, err)
	require.Equal(t, int64(1), doc.Version)
	require.Contains(t, string(doc.Value), `"steps"`)
	require.NotContains(t, string(doc.Value), `"ladder"`)

	byName := map[string]*helpdesk.Ticket{}
	for ticket, err := range desk.All(ctx, helpdesk.Query{}) {
		require.NoError(t, err)
		byName[ticket.Subject] = ticket
	}
	require.Len(t, byName, 6, "the names of those that the story has opened: one came twice")
	late := byName["Cash register dead"]
	th, err := desk.Thread(ctx, late.ID)
	require.NoError(t, err)
	steps := map[string]bool{}
	for _, e := range th.Events {
		switch e.Type {
		case helpdesk.EventEscalated:
			var data helpdesk.EscalationData
			require.NoError(t, json.Unmarshal(e.Data, &data))
			steps[data.Step] = true
		case helpdesk.EventSLAAtRisk:
			var data helpdesk.ClockData
			require.NoError(t, json.Unmarshal(e.Data, &data))
			steps[data.Step] = true
		}
	}
	require.Equal(t, map[string]bool{"": true, "at_risk": true, "unanswered": true, "breached": true}, steps, "a person's escalation has no step")
	clocks, err := desk.Clocks(ctx, late.ID)
	require.NoError(t, err)
	require.NotEmpty(t, clocks)

	var undone, failed []string
	left := func() {
		require.NoError(t, store.DB().NewRaw("SELECT kind FROM helpdesk_tasks WHERE kind IN (?, ?)", string(helpdesk.TaskApplySLA), string(helpdesk.TaskIndex)).Scan(ctx, &undone))
		require.NoError(t, store.DB().NewRaw("SELECT kind FROM helpdesk_tasks WHERE error <> '' AND NOT dead").Scan(ctx, &failed))
	}
	left()
	require.Len(t, undone, 4)
	require.Empty(t, failed)
	// On PostgreSQL it is due from the time of the migration on, which the clock of the story is
	// before.
	_, err = store.DB().ExecContext(ctx, "UPDATE helpdesk_tasks SET due_at = (SELECT min(due_at) FROM helpdesk_tasks) WHERE kind = 'words'")
	require.NoError(t, err)
	d.Drain()
	left()
	require.Empty(t, undone)
	require.Empty(t, failed)
	found, err := desk.Search(ctx, "tunnel hour", helpdesk.Query{})
	require.NoError(t, err)
	require.Len(t, found.Tickets, 1)
	similar, err := desk.Similar(ctx, byName["Screen flickers"].ID, 5)
	require.NoError(t, err)
	require.NotEmpty(t, similar)
}

// asJSON writes a document as it is saved.
func asJSON(t *testing.T, doc any) json.RawMessage {
	value, err := json.Marshal(doc)
	require.NoError(t, err)
	return value
}
