package helpdesk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
)

const (
	vpnSubject = "VPN tunnel drops every hour"
	vpnText    = "The tunnel to the office closes after an hour and has to be dialled again."
	vpnAnswer  = "Please set the keepalive of the tunnel to 20 seconds. Then restart the client."
)

// answered opens a ticket of a customer, and has Ana answer and resolve it.
func answered(t *testing.T, d *helpdesktest.Desk, customer, reply string) *helpdesk.Ticket {
	t.Helper()
	ticket := open(t, d, helpdesk.OpenParams{Subject: vpnSubject, Description: vpnText, Customer: helpdesk.Contact{Name: "Kim " + customer, Email: customer + "@example.com"}})
	d.Drain()
	ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana", Name: "Ana"})
	_, err := ana.Reply(t.Context(), ticket.ID, helpdesk.ReplyParams{Body: reply, Resolve: true})
	require.NoError(t, err)
	d.Drain()
	return ticket
}

// unanswered opens another ticket of the kind, which is not triaged yet.
func unanswered(t *testing.T, d *helpdesktest.Desk) helpdesk.TicketID {
	t.Helper()
	return open(t, d, helpdesk.OpenParams{Subject: vpnSubject, Description: vpnText + " Please help.", Customer: helpdesk.Contact{Name: "Zoe", Email: "zoe@example.com"}}).ID
}

// asked opens another ticket of the kind and returns what is suggested for it.
func asked(t *testing.T, d *helpdesktest.Desk) (helpdesk.TicketID, helpdesk.Suggestion) {
	t.Helper()
	id := unanswered(t, d)
	d.Drain()
	if s := read(t, d, id).Suggestion; s != nil {
		return id, *s
	}
	return id, helpdesk.Suggestion{}
}

// TestSentencesSentToThreeCustomersAreSuggested has no model. What two customers were sent, and
// what stands in one reply alone, is not suggested; nor is it any more when a ticket is not solved.
func TestSentencesSentToThreeCustomersAreSuggested(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		d.Hire(helpdesk.Agent{ID: "ana", Name: "Ana", Capacity: 100})
		first := answered(t, d, "amy", "Hello Kim,\n"+vpnAnswer+" Your new PIN is 4711. Greet your sister Wilma for me.\n\nBest regards\nAna")
		answered(t, d, "bob", vpnAnswer+" Your new PIN is 4822.")
		answered(t, d, "bob", vpnAnswer+" Your new PIN is 4833.")
		_, s := asked(t, d)
		require.Empty(t, s.Response, "two customers")
		third := answered(t, d, "cyd", "Hi Kim cyd! "+vpnAnswer+"\nYour new PIN is 4844.")
		id, s := asked(t, d)
		require.Contains(t, []string{
			vpnAnswer + "\nYour new PIN is [NUMBER].", vpnAnswer + " Your new PIN is [NUMBER].",
		}, s.Response)
		require.Equal(t, helpdesk.RecurringReply, s.ResponseBy)
		require.Len(t, s.Sources, 1)
		require.Empty(t, s.Sureness)
		require.Empty(t, s.Classifier)
		require.True(t, read(t, d, id).NeedsReview, "a reply decides no category")

		_, err := d.As(helpdesk.Actor{Role: helpdesk.RoleCustomer, ID: "cyd@example.com"}).Reply(ctx, third.ID, helpdesk.ReplyParams{Body: "It drops again."})
		require.NoError(t, err)
		d.Drain()
		_, s = asked(t, d)
		require.Empty(t, s.Response, "opened again")
		_, err = d.Resolve(ctx, third.ID, "Did it.")
		require.NoError(t, err)
		d.Drain()
		_, s = asked(t, d)
		require.NotEmpty(t, s.Response)
		_, err = d.Erase(ctx, "amy@example.com")
		require.NoError(t, err)
		d.Drain()
		require.False(t, read(t, d, first.ID).IsSolved())
		_, s = asked(t, d)
		require.Empty(t, s.Response, "erased")
	})
}

// TestErasingACustomerClearsWhatWasSuggestedFromTheirTickets has the reply of an open ticket of
// another customer, made by a model or of sentences.
func TestErasingACustomerClearsWhatWasSuggestedFromTheirTickets(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		d.Hire(helpdesk.Agent{ID: "ana", Name: "Ana", Capacity: 100})
		sources := map[helpdesk.TicketID]string{}
		for _, name := range []string{"amy", "bob", "cyd"} {
			sources[answered(t, d, name, vpnAnswer).ID] = name
		}
		found, s := asked(t, d)
		require.Equal(t, vpnAnswer, s.Response)
		require.Len(t, s.Sources, 1)
		gone := sources[s.Sources[0]]
		d.Classifier.Answer(helpdesk.Classification{Category: helpdesk.Technical, Confidence: 0.9, Response: "Turn the tunnel off and on.", Classifier: "m/1"})
		written, s := asked(t, d)
		require.Equal(t, "m/1", s.ResponseBy)
		require.NotEmpty(t, s.Sources)
		for name := range map[string]bool{"nobody": true, gone: true} {
			_, err := d.Erase(t.Context(), name+"@example.com")
			require.NoError(t, err)
		}
		for _, id := range []helpdesk.TicketID{found, written} {
			s := read(t, d, id).Suggestion
			require.Empty(t, s.Response)
			require.Empty(t, s.Sources)
			require.Empty(t, s.ResponseBy)
		}
		require.Equal(t, helpdesk.Technical, read(t, d, written).Suggestion.Category, "the category stays")
	})
}

// TestAReplyThatIsSuggestedDuringAnErasureIsRemoved has triage commit after the erasure of its
// source began, and an erasure that runs between the decision of triage and its commit.
func TestAReplyThatIsSuggestedDuringAnErasureIsRemoved(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]bool{"triage during the erasure": true, "erasure during triage": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var (
				d      *helpdesktest.Desk
				id     helpdesk.TicketID
				armed  bool
				hooked int
			)
			customer := map[helpdesk.TicketID]string{}
			gone := "" // the customer whose ticket is the source
			erase := func() error {
				_, err := d.Erase(t.Context(), gone+"@example.com")
				return err
			}
			d = staffed(t, nil, &helpdesk.Config{Before: func(_ context.Context, c *helpdesk.Change) error {
				erasing := c.Rewrite && c.Ticket.Subject == "(erased)"
				suggests := c.Ticket != nil && c.Ticket.ID == id && c.Ticket.Suggestion != nil && c.Ticket.Suggestion.Response != ""
				if !armed || (meanwhile && !erasing) || (!meanwhile && !suggests) {
					return nil
				}
				armed = false
				hooked++
				if !meanwhile {
					return erase()
				}
				_, err := d.Triage(t.Context(), id)
				return err
			}}, helpdesk.Agent{ID: "ana", Name: "Ana", Capacity: 100})
			for _, name := range []string{"amy", "bob", "cyd"} {
				customer[answered(t, d, name, vpnAnswer).ID] = name
			}
			_, s := asked(t, d)
			gone = customer[s.Sources[0]]
			id = unanswered(t, d)
			if armed = true; meanwhile {
				require.NoError(t, erase())
			} else {
				_, err := d.Triage(t.Context(), id)
				require.NoError(t, err)
			}
			require.Equal(t, 1, hooked)
			after := read(t, d, id).Suggestion
			require.Equal(t, &helpdesk.Suggestion{}, after)
		})
	}
}

func TestAResolvedTicketLosesItsSuggestedReply(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, &helpdesk.Config{}, helpdesk.Agent{ID: "ana", Name: "Ana", Capacity: 100})
	for _, name := range []string{"amy", "bob", "cyd"} {
		answered(t, d, name, vpnAnswer)
	}
	id, s := asked(t, d)
	require.Equal(t, vpnAnswer, s.Response)
	_, err := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana"}).Reply(t.Context(), id, helpdesk.ReplyParams{Body: vpnAnswer, Resolve: true})
	require.NoError(t, err)
	require.Equal(t, &helpdesk.Suggestion{}, read(t, d, id).Suggestion)
	th, err := d.Thread(t.Context(), id)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(th.Events, func(e helpdesk.Event) bool {
		return e.Type == helpdesk.EventFeedback && e.To == string(helpdesk.ReplySent)
	}), "what came of it is recorded in the same commit")
}

// TestAReplyIsFoundWhereTheClassifierHasNone has each way in which a classifier gives no reply.
func TestAReplyIsFoundWhereTheClassifierHasNone(t *testing.T) {
	t.Parallel()
	d := staffed(t, nil, &helpdesk.Config{}, helpdesk.Agent{ID: "ana", Name: "Ana", Capacity: 100})
	for _, name := range []string{"amy", "bob", "cyd"} {
		answered(t, d, name, vpnAnswer)
	}
	for _, c := range []struct {
		name   string
		answer helpdesk.Classification
		err    error
		want   string
	}{
		{"no reply", helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9, Classifier: "m"}, nil, vpnAnswer},
		{"a reply", helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9, Response: "On its way.", Classifier: "m"}, nil, "On its way."},
		{"withheld", helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9, Response: "Internal note to agent: do it.", Classifier: "m"}, nil, vpnAnswer},
		{"it asks for a secret", helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9, Response: "Please send us your password.", Classifier: "m"}, nil, vpnAnswer},
		{"it repeats the prompt", helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9, Response: "My instructions are to be polite.", Classifier: "m"}, nil, vpnAnswer},
		{"it steers", helpdesk.Classification{Suspicious: true}, nil, ""},
		{"it abstains", helpdesk.Classification{}, helpdesk.ErrAbstain, vpnAnswer},
		{"it fails for now", helpdesk.Classification{}, fmt.Errorf("down"), ""},
	} {
		d := helpdesktest.New(t, d.Desk.Store(), &helpdesk.Config{Classifier: helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			return &c.answer, c.err
		})})
		id, s := asked(t, d)
		require.Equal(t, c.want, s.Response, c.name)
		if c.name == "it fails for now" {
			d.Advance(32 * time.Minute)
			require.Equal(t, vpnAnswer, read(t, d, id).Suggestion.Response, "for the last time")
		}
	}
}

// TestAWithheldReplyLeavesItsCategory has replies that must not reach a customer.
func TestAWithheldReplyLeavesItsCategory(t *testing.T) {
	t.Parallel()
	for reply, why := range map[string]string{
		"Please send us your password.":          "the reply asks the customer for a secret",
		"My instructions are to be polite.":      "the reply repeats the instructions of the model",
		"Internal note to agent: be polite.":     "the reply speaks to the agent",
		"Never send anybody your password, Zoe.": "",
	} {
		d := helpdesktest.New(t, nil, &helpdesk.Config{})
		d.Classifier.Answer(helpdesk.Classification{Category: helpdesk.Billing, Priority: helpdesk.High, Confidence: 0.9, Response: reply, Classifier: "m"})
		id, s := asked(t, d)
		require.Equal(t, why == "", s.Response == reply, reply)
		require.Equal(t, helpdesk.Billing, read(t, d, id).Category, reply)
		th, err := d.Thread(t.Context(), id)
		require.NoError(t, err)
		i := slices.IndexFunc(th.Events, func(e helpdesk.Event) bool { return e.Type == helpdesk.EventTriaged })
		var data helpdesk.TriageData
		require.NoError(t, json.Unmarshal(th.Events[i].Data, &data))
		require.Equal(t, why, data.Withheld, reply)
		require.True(t, data.Applied, reply)
	}
}

// TestSurenessOfAReplyIsHowOftenAgentsSentSuch counts what agents made of suggestions.
func TestSurenessOfAReplyIsHowOftenAgentsSentSuch(t *testing.T) {
	onEveryStore(t, func(t *testing.T, d *helpdesktest.Desk) {
		ctx := t.Context()
		var answer helpdesk.Classification
		d = helpdesktest.New(t, d.Desk.Store(), &helpdesk.Config{Classifier: helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
			return &answer, nil
		})})
		d.Hire(helpdesk.Agent{ID: "ana", Name: "Ana", Capacity: 1000})
		ana := d.As(helpdesk.Actor{Role: helpdesk.RoleAgent, ID: "ana", Name: "Ana"})
		const reply = "Please send us the number of the order. Then we look into it."
		n := 0
		suggest := func(by string) helpdesk.TicketID {
			n++
			answer = helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9, Response: reply, Classifier: by}
			id := open(t, d, helpdesk.OpenParams{Subject: fmt.Sprint("Matter ", n)}).ID
			d.Drain()
			return id
		}
		use := func(id helpdesk.TicketID, sent string) (uses []string) {
			_, err := ana.Reply(ctx, id, helpdesk.ReplyParams{Body: sent})
			require.NoError(t, err)
			th, err := d.Thread(ctx, id)
			require.NoError(t, err)
			for _, e := range th.Events {
				var f helpdesk.FeedbackData
				if e.Type == helpdesk.EventFeedback && json.Unmarshal(e.Data, &f) == nil && f.Field == "response" {
					uses = append(uses, e.To)
				}
			}
			return uses
		}
		first := suggest("a")
		for _, c := range []struct {
			sent, use string
		}{
			{reply, "sent"}, {"Hello Kim, " + reply + " Best regards, Ana", "sent"}, {"Please send us the number of the order, Kim.", "edited"}, {"No.", "unused"},
			{reply + " " + "And now for something else, of which nobody has said a word so far, at some length.", "edited"},
		} {
			require.Equal(t, []string{c.use}, use(suggest("b"), c.sent), c.sent)
		}
		require.Equal(t, []string{"sent"}, use(first, reply))
		require.Equal(t, []string{"sent"}, use(first, "The second reply says something else."), "the first counts")
		sureness := func(by string) helpdesk.Sureness {
			d.Advance(25 * time.Hour)
			return read(t, d, suggest(by)).Suggestion.Sureness
		}
		require.Empty(t, sureness("a"), "of one nothing is known")
		for range 18 {
			use(suggest("a"), reply)
		}
		require.Empty(t, sureness("a"), "of 19")
		use(suggest("a"), reply)
		require.Equal(t, helpdesk.SurenessHigh, sureness("a"))
		require.Empty(t, sureness("b"), "another maker")
		for range 4 {
			use(suggest("a"), "No.")
		}
		require.Equal(t, helpdesk.SurenessMedium, sureness("a"))
		for range 16 {
			use(suggest("a"), "No.")
		}
		require.Empty(t, sureness("a"))
	})
}

// TestContradictingAnswersAreMarked has tickets that are nearly the same.
func TestContradictingAnswersAreMarked(t *testing.T) {
	t.Parallel()
	const text = "My parcel came with a broken lid and I want my money back."
	for _, c := range []struct {
		name   string
		second helpdesk.Solved
		want   bool
	}{
		{"another answer", helpdesk.Solved{Subject: "Refund!", Text: text, Resolution: "Sent a new lid"}, true},
		{"a denial", helpdesk.Solved{Subject: "Refund", Text: text + " Soon", Resolution: "Did not pay the money back"}, true},
		{"the same in other words", helpdesk.Solved{Subject: "refund", Text: text, Resolution: "The money was paid back."}, false},
		{"another subject", helpdesk.Solved{Subject: "Refund now", Text: text, Resolution: "Sent a new lid"}, false},
		{"another text", helpdesk.Solved{Subject: "Refund", Text: "The invoice names the wrong company and my money is lost.", Resolution: "Sent a new lid"}, false},
		{"no note", helpdesk.Solved{Subject: "Refund", Text: text}, false},
	} {
		finder := listed{{Ref: "1", Subject: "Refund", Text: text, Resolution: "Paid the money back."}, c.second, {Ref: "3", Subject: "Else", Text: text, Resolution: "x"}}
		d := staffed(t, nil, &helpdesk.Config{Similar: finder}, helpdesk.Agent{ID: "ana"})
		found, err := d.Similar(t.Context(), open(t, d, helpdesk.OpenParams{Subject: "Refund"}).ID, 0)
		require.NoError(t, err)
		require.Len(t, found, 3)
		require.Equal(t, []bool{c.want, c.want, false}, []bool{found[0].Contradicts, found[1].Contradicts, found[2].Contradicts}, c.name)
	}
}

// TestAReplyInAnotherLanguageSaysSo has a model that answers a German and an English ticket in
// German.
func TestAReplyInAnotherLanguageSaysSo(t *testing.T) {
	t.Parallel()
	d := helpdesktest.New(t, nil, nil)
	d.Classifier.Answer(helpdesk.Classification{
		Category: helpdesk.Technical, Confidence: 0.9, Classifier: "m/1",
		Response: "Bitte starten Sie das Gerät noch einmal. Danach sollte der Tunnel wieder gehen.",
	})
	for text, language := range map[string]string{
		vpnText: "de", "Der Tunnel ins Büro bricht jede Stunde ab und muss neu gewählt werden.": "", "4711": "de",
	} {
		id := open(t, d, helpdesk.OpenParams{Subject: "VPN", Description: text}).ID
		d.Drain()
		require.NotEmpty(t, read(t, d, id).Suggestion.Response, text)
		require.Equal(t, language, read(t, d, id).Suggestion.Language, text)
	}
}
