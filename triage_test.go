package helpdesk_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

// says is a classifier's answer.
func says(c helpdesk.Category, p helpdesk.Priority, confidence float64) helpdesk.Classification {
	return helpdesk.Classification{Category: c, Priority: p, Confidence: confidence, Classifier: "m/1"}
}

// No part of an answer is used when one part is wrong.
func TestAnAnswerIsUsedWholeOrNotAtAll(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		model := &scribe{name: "m/1"}
		d := hire(helpdesktest.New(t, store, &helpdesk.Config{Classifier: model}))
		good := says(helpdesk.Billing, helpdesk.High, 0.9)
		good.Tags, good.Response = []string{"refund"}, "Which invoice is it?"
		for name, spoil := range map[string]func(c *helpdesk.Classification){
			"suspicious":       func(c *helpdesk.Classification) { c.Suspicious = true },
			"foreign link":     func(c *helpdesk.Classification) { c.Response = "Please pay at https://evil.example/pay" },
			"foreign address":  func(c *helpdesk.Classification) { c.Response = "Please write to help@evil.example" },
			"no such category": func(c *helpdesk.Classification) { c.Category = "spam" },
			"no such priority": func(c *helpdesk.Classification) { c.Priority = 9 },
			"confidence":       func(c *helpdesk.Classification) { c.Confidence = 1.5 },
			"reply not UTF-8":  func(c *helpdesk.Classification) { c.Response = "a\xff" },
			"name not UTF-8":   func(c *helpdesk.Classification) { c.Classifier = "a\xff" },
			"tag":              func(c *helpdesk.Classification) { c.Tags = []string{strings.Repeat("x", 41)} },
			"negative cost":    func(c *helpdesk.Classification) { c.Cost = -1 },
		} {
			bad := good
			spoil(&bad)
			model.answer = bad
			ticket := open(t, d, helpdesk.OpenParams{})
			after, err := d.Triage(t.Context(), ticket.ID)
			require.NoError(t, err, name)
			require.Nil(t, after.Suggestion, name)
			require.Equal(t, helpdesk.Medium, after.Priority, name)
			require.Empty(t, after.Category, name)
			require.Empty(t, after.Tags, name)
			require.True(t, after.NeedsReview, name)
			require.NotZero(t, after.TriagedAt, name)
			require.NotEmpty(t, after.Clocks, name)
			require.True(t, after.Assignee != "" || !after.QueuedAt.IsZero(), name)
		}
		model.answer = good
		ticket := open(t, d, helpdesk.OpenParams{Description: "I was sent to https://shop.example/pay, is that yours?"})
		good.Response = "Yes, https://shop.example/pay is ours.It takes cards.In a week no more."
		model.answer = good
		after, err := d.Triage(t.Context(), ticket.ID)
		require.NoError(t, err)
		require.NotNil(t, after.Suggestion)
		require.Equal(t, "Yes, https://shop.example/pay is ours. It takes cards. In a week no more.", after.Suggestion.Response, "a space that lacks is put in")
	})
}

// A model that fails is asked three more times; the last request says so.
func TestTheLastTryIsSaidToBeTheLast(t *testing.T) {
	t.Parallel()
	d := desk(t, nil)
	d.Classifier.Fail(errors.New("busy"))
	id := open(t, d, helpdesk.OpenParams{}).ID
	for _, wait := range []time.Duration{0, time.Minute, 5 * time.Minute, 25 * time.Minute} {
		require.Zero(t, read(t, d, id).TriagedAt)
		d.Advance(wait)
	}
	var last []bool
	for _, r := range d.Classifier.Requests() {
		last = append(last, r.Last)
	}
	require.Equal(t, []bool{false, false, false, true}, last)
	require.NotZero(t, read(t, d, id).TriagedAt)
	d.Advance(24 * time.Hour)
	require.Len(t, d.Classifier.Requests(), 4)
}

// A shadow is asked about each ticket and changes none.
func TestAShadowTouchesNothing(t *testing.T) {
	t.Parallel()
	for name, shadow := range map[string]helpdesk.ClassifierFunc{
		"answers": func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			c := says(helpdesk.Technical, helpdesk.Urgent, 1)
			c.Tags, c.Response, c.Classifier = []string{"shadow"}, "From the shadow.", "s/1"
			return &c, nil
		},
		"panics": func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) { panic("no") },
		"fails": func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			return nil, errors.New("no")
		},
	} {
		eachStore(t, func(t *testing.T, store helpdesk.Store) {
			d := hire(helpdesktest.New(t, store, &helpdesk.Config{Shadow: shadow}))
			d.Classifier.Answer(says(helpdesk.Billing, helpdesk.Low, 0.9))
			id := open(t, d, helpdesk.OpenParams{}).ID
			d.Drain()
			after := read(t, d, id)
			require.Equal(t, helpdesk.Billing, after.Category, name)
			require.Equal(t, helpdesk.Low, after.Priority, name)
			require.Empty(t, after.Tags, name)
			require.Empty(t, after.Suggestion.Response, name)
			require.Equal(t, 1, events(t, d, id)[helpdesk.EventShadow], name)
			d.Advance(time.Hour)
			require.Equal(t, 1, events(t, d, id)[helpdesk.EventShadow], name)
		})
	}
}

// scribe is a classifier with a given answer, or none.
type scribe struct {
	name   string
	answer helpdesk.Classification
}

func (s *scribe) Name() string { return s.name }

func (s *scribe) Classify(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	if s.answer.Classifier == "" {
		return nil, helpdesk.ErrAbstain
	}
	c := s.answer
	return &c, nil
}

// Admins edit the rules of their tenant, and of no other.
func TestATenantHasItsOwnPriorityRules(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		priority := func(d *helpdesk.Desk, subject string) helpdesk.Priority {
			ticket, err := d.Open(ctx, helpdesk.OpenParams{Subject: subject})
			require.NoError(t, err)
			return ticket.Priority
		}
		standard, err := d.PriorityRules(ctx)
		require.NoError(t, err)
		require.Zero(t, standard.Version)
		require.Contains(t, string(standard.Value), `"phrase":"system down"`)
		require.Equal(t, helpdesk.Urgent, priority(d.Desk, "System down"))

		own := json.RawMessage(`{"rules":[{"phrase":"kiln is cold","priority":"high"}]}`)
		saved, err := d.SavePriorityRules(ctx, own)
		require.NoError(t, err)
		require.EqualValues(t, 1, saved.Version)
		require.Equal(t, helpdesk.High, priority(d.Desk, "The kiln is cold again"))
		require.Equal(t, helpdesk.Medium, priority(d.Desk, "System down"))
		require.Equal(t, helpdesk.Urgent, priority(d.ForTenant("other"), "System down"))

		_, err = d.IfVersion(7).SavePriorityRules(ctx, own)
		require.ErrorIs(t, err, helpdesk.ErrConflict)
		_, err = asAgent(d, "ana").SavePriorityRules(ctx, own)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		_, err = asCustomer(d, "kim@example.com").PriorityRules(ctx)
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		for problem, bad := range map[string]string{
			"rules cannot be read":               `{"rule":[]}`,
			"rules are missing":                  `{}`,
			"rules[0].phrase \"!\" has no word":  `{"rules":[{"phrase":"!","priority":"high"}]}`,
			"rules[0].priority is not a prior":   `{"rules":[{"phrase":"x"}]}`,
			"rules[0].phrase is longer than 200": `{"rules":[{"phrase":"` + strings.Repeat("x", 201) + `","priority":"high"}]}`,
		} {
			_, err := d.SavePriorityRules(ctx, json.RawMessage(bad))
			require.ErrorIs(t, err, helpdesk.ErrInvalid, problem)
			require.ErrorContains(t, err, problem)
		}
		_, err = d.SavePriorityRules(ctx, nil)
		require.NoError(t, err)
		require.Equal(t, helpdesk.Urgent, priority(d.Desk, "System down"))
	})
}

// The safety net holds when its rules cannot be read or are at fault.
func TestPriorityRulesThatFailHarmNoTicket(t *testing.T) {
	t.Parallel()
	for name, rules := range map[string]helpdesk.PriorityRulesFunc{
		"panics":   func(helpdesk.TenantID, string, string) (helpdesk.Priority, string) { panic("no") },
		"nonsense": func(helpdesk.TenantID, string, string) (helpdesk.Priority, string) { return 77, "rule" },
		"no UTF-8": func(helpdesk.TenantID, string, string) (helpdesk.Priority, string) { return helpdesk.Urgent, "a\xff" },
	} {
		d := desk(t, &helpdesk.Config{PriorityRules: rules, Logger: quiet})
		ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
		require.NoError(t, err, name)
		require.Contains(t, helpdesk.Priorities, ticket.Priority, name)
	}

	broken := &settingsFail{Store: helpdesktest.New(t, nil, nil).Store}
	d := helpdesktest.New(t, broken, &helpdesk.Config{Logger: quiet, SLA: noSLA})
	_, err := d.SavePriorityRules(t.Context(), json.RawMessage(`{"rules":[{"phrase":"kiln is cold","priority":"urgent"}]}`))
	require.NoError(t, err)
	ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "Kiln is cold"})
	require.NoError(t, err)
	require.Equal(t, helpdesk.Urgent, ticket.Priority)
	broken.fail = true
	d.Clock.Advance(time.Hour)
	ticket, err = d.Open(t.Context(), helpdesk.OpenParams{Subject: "Kiln is cold"})
	require.NoError(t, err)
	require.Equal(t, helpdesk.Urgent, ticket.Priority, "those known last hold")
}

// settingsFail is a store whose rules cannot be read.
type settingsFail struct {
	helpdesk.Store
	fail bool
}

func (s *settingsFail) Unwrap() helpdesk.Store { return s.Store }

func (s *settingsFail) Settings(ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
	if s.fail && q.Kind == helpdesk.SettingPriorityRules {
		return nil, errors.New("the table is gone")
	}
	return s.Store.Settings(ctx, q)
}

// scripted is a Learner that says the category most often seen.
type scripted struct {
	mu      sync.Mutex
	loaded  []int64
	model   helpdesk.Category
	best    bool // it never finds a better model
	dropped bool // the model, to save memory
	lesson  int
}

func (p *scripted) Classify(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.model == "" {
		return nil, helpdesk.ErrAbstain
	}
	c := says(p.model, 0, 0.8)
	return &c, nil
}

func (p *scripted) Learn(_ context.Context, known []byte, tickets []*helpdesk.Ticket) ([]byte, string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lesson = len(tickets)
	if p.best {
		return nil, "no better", nil
	}
	return []byte(tickets[0].Category), "better", nil
}

func (p *scripted) Load(_ helpdesk.TenantID, version int64, model []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.loaded, p.model = append(p.loaded, version), helpdesk.Category(model)
	return nil
}

func (p *scripted) Loaded(helpdesk.TenantID) int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.loaded) == 0 || p.dropped {
		return 0
	}
	return p.loaded[len(p.loaded)-1]
}

func TestALearnerLearnsFromWhatPeopleDecided(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		p := &scripted{}
		d := helpdesktest.New(t, store, &helpdesk.Config{Classifier: p, Learner: p, SLA: noSLA})
		for i := range 60 {
			ticket := open(t, d, helpdesk.OpenParams{})
			if i < 50 {
				_, err := d.SetCategory(t.Context(), ticket.ID, helpdesk.Account)
				require.NoError(t, err)
			}
			_, err := d.Resolve(t.Context(), ticket.ID, "done")
			require.NoError(t, err)
		}
		_, err := asAgent(d, "ana").Learn(t.Context())
		require.ErrorIs(t, err, helpdesk.ErrForbidden)
		better, err := d.Learn(t.Context())
		require.NoError(t, err)
		require.True(t, better)
		require.Equal(t, 50, p.lesson, "those nobody put into a category teach nothing")

		d.Clock.Advance(time.Minute)
		there := &scripted{}
		other, err := helpdesk.New(store, &helpdesk.Config{Clock: d.Clock, Classifier: there, Learner: there})
		require.NoError(t, err)
		for _, desk := range []*helpdesk.Desk{d.Desk, other} { // another process loads it too
			ticket, err := desk.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
			require.NoError(t, err)
			ticket, err = desk.Triage(t.Context(), ticket.ID)
			require.NoError(t, err)
			require.Equal(t, helpdesk.Account, ticket.Category)
		}
		require.Equal(t, []int64{1}, p.loaded)
		require.Equal(t, []int64{1}, there.loaded)
		p.best = true
		better, err = d.Learn(t.Context())
		require.NoError(t, err)
		require.False(t, better)
		versions, err := store.Settings(t.Context(), helpdesk.SettingQuery{Kind: helpdesk.SettingModel, Key: helpdesk.ModelKey})
		require.NoError(t, err)
		require.Len(t, versions, 2)
		var l helpdesk.Lesson
		require.NoError(t, json.Unmarshal(versions[0].Value, &l))
		require.Equal(t, helpdesk.Lesson{Tickets: 50, Why: "no better", Model: 1}, l, "the model known stays")
		d.Clock.Advance(time.Minute)
		ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
		require.NoError(t, err)
		_, err = d.Triage(t.Context(), ticket.ID)
		require.NoError(t, err)
		require.Equal(t, []int64{1}, p.loaded, "it has that one")

		p.dropped = true
		_, err = d.Triage(t.Context(), open(t, d, helpdesk.OpenParams{}).ID)
		require.NoError(t, err)
		require.Equal(t, []int64{1, 1}, p.loaded, "it gets back what it dropped")
	})
}

// A process that has just read which model is in use can still load that one.
func TestTheLastTwoModelsAreKept(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		p := &scripted{}
		d := helpdesktest.New(t, store, &helpdesk.Config{Classifier: p, Learner: p, SLA: noSLA})
		ticket := open(t, d, helpdesk.OpenParams{Category: helpdesk.Account})
		_, err := d.Resolve(t.Context(), ticket.ID, "done")
		require.NoError(t, err)
		for range 4 {
			better, err := d.Learn(t.Context())
			require.NoError(t, err)
			require.True(t, better)
		}
		versions, err := store.Settings(t.Context(), helpdesk.SettingQuery{Kind: helpdesk.SettingModel, Key: helpdesk.ModelKey + "/bytes"})
		require.NoError(t, err)
		var kept []int64
		for _, v := range versions {
			if string(v.Value) != "null" {
				kept = append(kept, v.Version)
			}
		}
		require.Equal(t, []int64{4, 3}, kept)
	})
}

var _ helpdesk.PriorityRulesDocument = (*classify.Keywords)(nil)

// Nothing that was written for one customer is proposed for another: without a model there is no
// reply, and a model's reply names the solved tickets that it was drafted with.
func TestNoResolutionIsSuggestedToAnotherCustomer(t *testing.T) {
	onEveryBareStore(t, func(t *testing.T, store helpdesk.Store) {
		model := &scribe{}
		d := hire(helpdesktest.New(t, store, &helpdesk.Config{Classifier: model, SLA: noSLA}))
		solve := func(d *helpdesk.Desk, subject, how string) helpdesk.TicketID {
			ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: subject})
			require.NoError(t, err)
			_, err = d.Resolve(t.Context(), ticket.ID, how)
			require.NoError(t, err)
			return ticket.ID
		}
		for _, subject := range []string{"Printer is out of paper", "Invoice of March is wrong", "How do I add a user?", "Cannot export my data"} {
			solve(d.Desk, subject, "Not this.")
		}
		solve(d.ForTenant("other"), "The VPN tunnel drops every hour", "Of another tenant.")
		vpn := solve(d.Desk, "VPN tunnel drops", "Set the keepalive to 20 seconds.")
		d.Drain()

		like := open(t, d, helpdesk.OpenParams{Subject: "Our VPN tunnel drops"})
		d.Drain()
		s := read(t, d, like.ID).Suggestion
		require.Nil(t, s, "the note of one ticket is no reply to another")

		model.answer = says(helpdesk.Technical, helpdesk.High, 0.9)
		model.answer.Response = "Which version do you use?"
		third := open(t, d, helpdesk.OpenParams{Subject: "Our VPN tunnel drops"})
		d.Drain()
		s = read(t, d, third.ID).Suggestion
		require.Equal(t, "Which version do you use?", s.Response)
		require.Equal(t, []helpdesk.TicketID{vpn}, s.Sources)
	})
}
