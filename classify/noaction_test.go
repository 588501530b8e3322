package classify_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

func TestNoActionTellsRequestsFromOtherTexts(t *testing.T) {
	t.Parallel()
	inner := helpdesk.ClassifierFunc(func(context.Context, *helpdesk.ClassifyRequest) (*helpdesk.Classification, error) {
		return &helpdesk.Classification{Category: helpdesk.Billing, Confidence: 0.9}, nil
	})
	for text, want := range map[[2]string]string{
		{"Grow your business", "We offer SEO and backlinks. Schedule a call now!"}: "spam",
		{"Kredit ohne Schufa", "Sichern Sie sich bis 50.000 Euro."}:                "spam",
		{"Thanks!", "Thank you all, that was quick. Have a nice day."}:             "thanks",
		{"Danke", "Vielen Dank für die schnelle Antwort!"}:                         "thanks",
		{"Out of office", "I am out of the office until Monday."}:                  "automatic",
		{"Risposta automatica", "Sono fuori ufficio fino al 3 marzo."}:             "automatic",
		{"asdfgh", "jkl jkl"}: "gibberish",
		{"test", ""}:          "gibberish",
		{"...", "!!"}:         "gibberish",

		{"Thanks!", "Thank you, but the refund is missing."}:                      "",
		{"Thanks!", "Thank you. Can you send it again?"}:                          "",
		{"Thanks!", "Thank you. The system is down."}:                             "",
		{"SEO", "Our SEO plugin loses the backlinks of my page."}:                 "",
		{"Out of office", "How do I set up an out of office note? I am on leave"}: "",
		{"vpn", ""}:         "",
		{"smtp", "https"}:   "",
		{"4711", ""}:        "",
		{"請求書", ""}:         "",
		{"printer", "test"}: "",
	} {
		a, err := classify.NoAction(inner).Classify(t.Context(), &helpdesk.ClassifyRequest{Subject: text[0], Text: text[1]})
		require.NoError(t, err)
		if want == "" {
			require.Equal(t, helpdesk.Billing, a.Category, text)
			continue
		}
		require.Equal(t, &helpdesk.Classification{
			Priority: helpdesk.Low, Tags: []string{helpdesk.TagNoAction, want}, Classifier: "noaction/1",
		}, a, text)
	}
}

func TestVulnerabilitiesAndStandstillsAreNeverLow(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]helpdesk.Priority{
		"There is a security vulnerability in your API": helpdesk.Urgent, "RCE by upload": helpdesk.Urgent, "XSS in the name": helpdesk.Urgent,
		"Account takeover by the reset link": helpdesk.Urgent, "SQL injection": helpdesk.Urgent, "are we affected by CVE-2024-3094": helpdesk.High,
		"I see invoices of other customers": helpdesk.High, "We cannot work": helpdesk.High,
		"Produktion steht!!": helpdesk.Urgent, "Schwachstelle im Portal": helpdesk.Urgent, "fremde Rechnungen sichtbar": helpdesk.High,
		"La producción está parada": helpdesk.Urgent, "vulnerabilidad en la web": helpdesk.Urgent, "veo facturas de otros clientes": helpdesk.High,
		"La production est à l'arrêt": helpdesk.Urgent, "vulnérabilité": helpdesk.Urgent, "je vois les factures d'un autre client": helpdesk.High,
		"A produção está parada": helpdesk.Urgent, "injeção SQL": helpdesk.Urgent, "vejo faturas de outros clientes": helpdesk.High,
		"La produzione è ferma": helpdesk.Urgent, "vulnerabilità": helpdesk.Urgent, "vedo le fatture di altri clienti": helpdesk.High,
		"De productie ligt stil": helpdesk.Urgent, "kwetsbaarheid": helpdesk.Urgent, "ik zie facturen van andere klanten": helpdesk.High,
		"there is no vulnerability": 0, "kein Stillstand": 0, "the production of films": 0, "a line of text": 0,
	} {
		priority, rule := classify.PriorityRules().MinPriority("", "", text)
		require.Equal(t, want, priority, "%s: %q", text, rule)
	}
}
