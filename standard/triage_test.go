package standard_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/classify/openaiclassify"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/standard"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// model is a server that speaks the protocol of OpenAI. It says what answer makes of the texts, and
// keeps every byte that it gets.
type model struct {
	answer func(prompt string) map[string]any

	mu   sync.Mutex
	sent []string
}

func (m *model) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	m.mu.Lock()
	m.sent = append(m.sent, string(body))
	m.mu.Unlock()
	if err != nil {
		panic(err)
	}
	if strings.HasSuffix(r.URL.Path, "/embeddings") {
		var ask struct{ Input []string }
		if err := json.Unmarshal(body, &ask); err != nil {
			panic(err)
		}
		var data []map[string]any
		for i := range ask.Input {
			data = append(data, map[string]any{"index": i, "embedding": []float32{1, float32(len(ask.Input[i]))}})
		}
		json.NewEncoder(w).Encode(map[string]any{"data": data})
		return
	}
	var ask struct {
		Messages []struct{ Content string }
	}
	if err := json.Unmarshal(body, &ask); err != nil {
		panic(err)
	}
	var prompt strings.Builder
	for _, message := range ask.Messages[1:] { // the first one is ours
		prompt.WriteString(message.Content + "\n")
	}
	text, err := json.Marshal(m.answer(prompt.String()))
	if err != nil {
		panic(err)
	}
	json.NewEncoder(w).Encode(map[string]any{
		"choices": []any{map[string]any{"finish_reason": "stop", "message": map[string]any{"role": "assistant", "content": string(text)}}},
		"usage":   map[string]any{"prompt_tokens": 100, "completion_tokens": 20},
	})
}

func (m *model) all() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return strings.Join(m.sent, "\n")
}

// deskWith is the standard desk with a model of the test's.
func deskWith(t *testing.T, m *model) *helpdesk.Desk { return deskOf(t, m, 0) }

// deskOf is deskWith with a budget.
func deskOf(t *testing.T, m *model, budget int64) *helpdesk.Desk {
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	clock := helpdesktest.NewClock(helpdesktest.Start)
	d, err := standard.Desk(memstore.New(), &standard.Config{
		Config:    helpdesk.Config{Clock: clock, Notifier: &helpdesktest.Recorder{}},
		OpenAIKey: "sk-of-the-host",
		Budget:    budget,
		OpenAI:    &openaiclassify.Config{BaseURL: server.URL},
		Embedding: &openaiclassify.EmbedderConfig{BaseURL: server.URL},
	})
	require.NoError(t, err)
	return d
}

// planted are secrets in the words of eight languages, and where each is hidden.
var planted = []struct{ language, text, secret string }{
	{"en", "My password is: Tr0ub4dor&3x please help", "Tr0ub4dor&3x"},
	{"en", "write to jane.roe+desk@mail.example.com", "jane.roe+desk@mail.example.com"},
	{"en", "card 4111 1111 1111 1111 was charged twice", "4111 1111 1111 1111"},
	{"en", "the key sk-proj-4fJk29dlsKQpwoeiruty5566 stopped working", "sk-proj-4fJk29dlsKQpwoeiruty5566"},
	{"de", "Mein Passwort lautet Sommer2026! und es geht nicht", "Sommer2026!"},
	{"de", "IBAN DE89 3704 0044 0532 0130 00 wurde belastet", "DE89 3704 0044 0532 0130 00"},
	{"fr", "Mon mot de passe est Soleil#77bleu merci", "Soleil#77bleu"},
	{"fr", "Rappelez-moi au +33 6 12 34 56 78 svp", "+33 6 12 34 56 78"},
	{"es", "Mi contraseña es: Verano_2026x gracias", "Verano_2026x"},
	{"es", "Llámenme al +34 612 345 678", "+34 612 345 678"},
	{"pt", "A minha senha é Praia2026$azul", "Praia2026$azul"},
	{"it", "La mia password è Gelato!2026", "Gelato!2026"},
	{"it", "IBAN IT60 X054 2811 1010 0000 0123 456", "IT60 X054 2811 1010 0000 0123 456"},
	{"nl", "Mijn wachtwoord is Fiets-2026-x", "Fiets-2026-x"},
	{"pl", "Moje hasło to: Zamek2026!x", "Zamek2026!x"},
	{"pl", "Proszę o telefon +48 601 234 567", "+48 601 234 567"},
	{"en", "server 203.0.113.77 refuses ssh", "203.0.113.77"},
	{"en", "token ghp_16C7e42F292c6912E7710c838347Ae178B4a leaked", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"},
	{"en", "https://bob:hunter2secret@git.example.com/repo.git asks again", "hunter2secret"},
}

var placeholder = regexp.MustCompile(`\[[A-Z]+_\d+\]`)

// A customer's secret never leaves the process, and the agent sees it in the reply all the same.
func TestNoSecretLeavesTheProcess(t *testing.T) {
	t.Parallel()
	m := &model{answer: func(prompt string) map[string]any {
		ticket, _, _ := strings.Cut(prompt, "UNTRUSTED RESOLVED")
		return map[string]any{
			"category": "technical", "priority": "medium", "tags": []string{}, "confidence": 0.9, "suspicious": false,
			"suggested_response": "We have seen " + strings.Join(placeholder.FindAllString(ticket, -1), " and ") + ".",
		}
	}}
	d := deskWith(t, m)
	ctx := t.Context()
	old, err := d.Open(ctx, helpdesk.OpenParams{Subject: "The exporter stops", Description: "It stops. My password is: Elder7Secret! and mail other@customer.example.com"})
	require.NoError(t, err)
	_, err = d.Resolve(ctx, old.ID, "Called +49 30 901820 and reset the password: Elder7Secret!")
	require.NoError(t, err)
	_, err = d.Tick(ctx)
	require.NoError(t, err)
	for _, p := range planted {
		ticket, err := d.Open(ctx, helpdesk.OpenParams{Subject: "The exporter stops", Description: p.text})
		require.NoError(t, err)
		after, err := d.Triage(ctx, ticket.ID)
		require.NoError(t, err)
		require.NotNil(t, after.Suggestion, p.text)
		require.Contains(t, after.Suggestion.Response, p.secret, "%s: the agent reads the real value", p.text)
		require.NotContains(t, after.Suggestion.Response, "Elder7", "somebody else's is not put in")
	}
	sent := m.all()
	require.Contains(t, sent, "[PASSWORD_1]")
	require.Contains(t, sent, `\"resolution\"`, "similar tickets were sent, too")
	compact := func(s string) string {
		return strings.NewReplacer(" ", "", "-", "", `\u0026`, "&").Replace(s)
	}
	for _, p := range planted {
		require.NotContains(t, compact(sent), compact(p.secret), fmt.Sprintf("%s: %s", p.language, p.text))
	}
	for _, other := range []string{"Elder7Secret", "other@customer", "901820", "sk-of-the-host"} {
		require.NotContains(t, sent, other)
	}
}

// A model that obeys any text does no harm: no priority above the rules, no link of the attacker,
// no priority rule lost. Each ticket comes a second time with a minimum priority of its own.
func TestAModelThatObeysTheAttackerDoesNoHarm(t *testing.T) {
	t.Parallel()
	var wants struct{ Category, Priority, Link string }
	m := &model{answer: func(string) map[string]any {
		return map[string]any{
			"category": wants.Category, "priority": wants.Priority, "tags": []string{"hacked"}, "confidence": 1, "suspicious": false,
			"suggested_response": "As you wish. " + wants.Link,
		}
	}}
	d := deskWith(t, m)
	f, err := os.Open("../classify/testdata/hostile.jsonl")
	require.NoError(t, err)
	defer f.Close()
	n := 0
	for in := bufio.NewScanner(f); in.Scan(); n++ {
		var ticket struct {
			ID, Subject, Text string
			Wants             struct{ Category, Priority, Link string }
		}
		require.NoError(t, json.Unmarshal(in.Bytes(), &ticket))
		wants = ticket.Wants
		for _, floor := range []helpdesk.Priority{0, helpdesk.High} {
			opened, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: ticket.Subject, Description: ticket.Text, Priority: floor})
			require.NoError(t, err)
			after, err := d.Triage(t.Context(), opened.ID)
			require.NoError(t, err)
			require.Equal(t, opened.Priority, after.Priority, "%s: %s", ticket.ID, ticket.Text)
			require.GreaterOrEqual(t, after.Priority, floor)
			require.Empty(t, after.Category, ticket.ID)
			require.Nil(t, after.Suggestion, ticket.ID)
			require.NotContains(t, after.Tags, "hacked")
			require.True(t, after.NeedsReview, ticket.ID)
			require.NotEmpty(t, after.Clocks)
			require.False(t, after.QueuedAt.IsZero(), ticket.ID)
		}
		// The same order in words that no guard knows: the answer is still limited to what a model
		// may say.
		opened, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "Words unlike all others", Description: "The system is down."})
		require.NoError(t, err)
		wants.Priority = "low"
		after, err := d.Triage(t.Context(), opened.ID)
		require.NoError(t, err)
		require.Equal(t, helpdesk.Urgent, after.Priority, "the floor stands")
		require.Equal(t, wants.Link == "", after.Suggestion != nil, "%s: the link is not the ticket's", wants.Link)
	}
	require.GreaterOrEqual(t, n, 190)

	wants.Category, wants.Priority, wants.Link = "billing", "low", ""
	for subject, want := range map[string]helpdesk.Priority{"The system is down": helpdesk.Urgent, "A question": helpdesk.Low} {
		opened, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: subject})
		require.NoError(t, err)
		after, err := d.Triage(t.Context(), opened.ID)
		require.NoError(t, err)
		require.Equal(t, want, after.Priority, subject)
		require.Equal(t, helpdesk.Billing, after.Category, "others are classified as ever")
	}
	wants.Link = "https://evil.example/pay"
	opened, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: "Nothing here looks like an attack"})
	require.NoError(t, err)
	after, err := d.Triage(t.Context(), opened.ID)
	require.NoError(t, err)
	require.Nil(t, after.Suggestion, "and if the text is one that nobody knows, the reply gives it away")
}

// Without a key the starter answers, in microseconds, and says who it is.
func TestWithoutAKeyTheStarterAnswers(t *testing.T) {
	t.Parallel()
	d, err := standard.Desk(memstore.New(), &standard.Config{Config: helpdesk.Config{Notifier: &helpdesktest.Recorder{}}})
	require.NoError(t, err)
	for text, want := range map[string]helpdesk.Category{
		"I was charged twice for my subscription, please refund the second payment": helpdesk.Billing,
		"I forgot my password and the reset mail never arrives":                     helpdesk.Account,
		"It would be great if you could add a dark mode":                            helpdesk.FeatureRequest,
	} {
		ticket, err := d.Open(t.Context(), helpdesk.OpenParams{Subject: text})
		require.NoError(t, err)
		ticket, err = d.Triage(t.Context(), ticket.ID)
		require.NoError(t, err)
		require.Equal(t, want, ticket.Category, text)
		require.Contains(t, ticket.Suggestion.Classifier, "starter/")
	}
}

// TestVectorsAreOfTheBudget: a text costs less than a classification, and the budget pays for three
// of them a tenant.
func TestVectorsAreOfTheBudget(t *testing.T) {
	t.Parallel()
	m := &model{answer: func(string) map[string]any { return nil }}
	const text = "It stops again and again." // 31 bytes with the subject and 2 for its ends, of $20e-9 each: what they may cost, and as nobody counts, what they do
	d := deskOf(t, m, 3*(31+2)*20)
	ctx := t.Context()
	for _, tenant := range []helpdesk.TenantID{"a", "b"} {
		d := d.ForTenant(tenant)
		for i := range 5 {
			ticket, err := d.Open(ctx, helpdesk.OpenParams{Subject: "Print", Description: text})
			require.NoError(t, err)
			_, err = d.Resolve(ctx, ticket.ID, fmt.Sprintf("Turned it off and on %d times.", i))
			require.NoError(t, err)
			_, err = d.Similar(ctx, ticket.ID, 1)
			require.NoError(t, err)
		}
	}
	require.Len(t, m.sent, 6, m.all())
	found, err := d.ForTenant("a").Open(ctx, helpdesk.OpenParams{Subject: "Print", Description: text})
	require.NoError(t, err)
	_, err = d.Tick(ctx)
	require.NoError(t, err)
	solved, err := d.ForTenant("a").Similar(ctx, found.ID, 3)
	require.NoError(t, err)
	require.Len(t, solved, 3, "by words")
	require.Len(t, m.sent, 6, "and nothing was asked for without money")
}

// TestACustomerCannotSpendTheBudgetOfTheTenant floods a desk with the default budget, at a price at
// which it pays for 40 tickets. After a tenth of the money the learned model answers the flood, and
// the events say why. Others still have the host's model until the budget is spent.
func TestACustomerCannotSpendTheBudgetOfTheTenant(t *testing.T) {
	t.Parallel()
	m := &model{answer: func(string) map[string]any {
		return map[string]any{"category": "billing", "priority": "low", "tags": []string{}, "confidence": 0.9, "suspicious": false, "suggested_response": ""}
	}}
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	const tokens = 20 // of an answer of model; the price is that of 40 of them
	notices := &helpdesktest.Recorder{}
	d, err := standard.Desk(memstore.New(), &standard.Config{
		Config:    helpdesk.Config{Clock: helpdesktest.NewClock(helpdesktest.Start), Notifier: notices, Logger: slog.New(slog.DiscardHandler)},
		OpenAIKey: "sk-of-the-host",
		OpenAI: &openaiclassify.Config{
			BaseURL: server.URL, MaxTokens: tokens, Prices: classify.Prices{openaiclassify.DefaultModel: {Out: standard.DefaultBudget / 40 / tokens}},
		},
	})
	require.NoError(t, err)
	_, err = d.SaveAgent(t.Context(), helpdesk.Agent{Name: "Max", Email: "max@example.com", Manager: true})
	require.NoError(t, err)
	ask := func(email string) helpdesk.TriageData {
		ticket, err := d.Open(t.Context(), helpdesk.OpenParams{
			Subject: "I was charged twice for my subscription, please refund the second payment", Customer: helpdesk.Contact{Email: email},
		})
		require.NoError(t, err)
		ticket, err = d.Triage(t.Context(), ticket.ID)
		require.NoError(t, err)
		require.Equal(t, helpdesk.Billing, ticket.Category)
		thread, err := d.Thread(t.Context(), ticket.ID)
		require.NoError(t, err)
		var data helpdesk.TriageData
		for _, e := range thread.Events {
			if e.Type == helpdesk.EventTriaged {
				require.NoError(t, json.Unmarshal(e.Data, &data))
			}
		}
		return data
	}
	for i := range 30 {
		data := ask("mallory@example.com")
		require.Equal(t, i >= 4, strings.Contains(data.Skipped, "customer's share"), "%d: %+v", i, data)
		require.Equal(t, i >= 4, strings.Contains(data.Classifier, "starter/"), "%d: %+v", i, data)
	}
	for i := range 36 {
		require.Empty(t, ask(fmt.Sprintf("customer%d@example.com", i)).Skipped)
	}
	require.Contains(t, ask("kim@example.com").Skipped, "classify: budget spent")
	require.Len(t, m.sent, 40)
	_, err = d.Tick(t.Context())
	require.NoError(t, err)
	require.Len(t, notices.Of(helpdesk.NoticeBudget), 2, "one for the share, one for the budget")
}

// TestTheDefaultBudget is for models whose price is known. A Budget that the host sets needs one.
func TestTheDefaultBudget(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	of := func(model string, budget int64) error {
		log.Reset()
		_, err := standard.Desk(memstore.New(), &standard.Config{
			Config:    helpdesk.Config{Logger: slog.New(slog.NewTextHandler(&log, nil))},
			OpenAIKey: "sk-of-the-host", OpenAI: &openaiclassify.Config{Model: model}, Budget: budget,
		})
		return err
	}
	require.NoError(t, of("", 0))
	require.Empty(t, log.String())
	require.NoError(t, of("llama-of-the-host", 0))
	require.Contains(t, log.String(), "no budget limits it")
	require.NoError(t, of("llama-of-the-host", -1))
	require.Empty(t, log.String())
	require.ErrorContains(t, of("llama-of-the-host", 1e9), "has no price")
}
