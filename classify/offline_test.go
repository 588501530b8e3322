package classify_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
)

func ExampleOffline() {
	c, err := classify.Offline().Classify(context.Background(), &helpdesk.ClassifyRequest{
		Subject:    "Charged twice for March",
		Text:       "Please refund the second payment as soon as possible.",
		Categories: helpdesk.DefaultCategories(),
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(c.Category, c.Priority, c.Tags)
	// Output: billing high [refund]
}

func ask(t *testing.T, subject, text string) (*helpdesk.Classification, error) {
	t.Helper()
	return classify.Offline().Classify(t.Context(), &helpdesk.ClassifyRequest{
		Subject: subject, Text: text, Categories: helpdesk.DefaultCategories(),
	})
}

// The tickets were written beside the word lists, so the accuracy here is too high for tickets of
// strangers. No word was added later for a ticket that is missed.
var labelled = []struct {
	text string
	want helpdesk.Category
}{
	{"My card was billed two times this month", helpdesk.Billing},
	{"Where can I find the invoice for May?", helpdesk.Billing},
	{"I want my money back", helpdesk.Billing},
	{"Your prices went up without notice, I am not paying that", helpdesk.Billing},
	{"VAT number is missing on the receipt", helpdesk.Billing},
	{"can we switch to yearly payment and get a discount", helpdesk.Billing},
	{"Rechnung 4711 ist doppelt", helpdesk.Billing},
	{"Necesito una factura con los datos de mi empresa", helpdesk.Billing},
	{"Je demande le remboursement de ma commande", helpdesk.Billing},
	{"Meu cartão de crédito foi cobrado duas vezes", helpdesk.Billing},
	{"payment failed but the bank says all is fine", helpdesk.Billing},
	{"Please cancel my subscription at the end of the term", helpdesk.Billing},

	{"I forgot my password and the reset link has expired", helpdesk.Account},
	{"can't log in since yesterday", helpdesk.Account},
	{"How do I invite a user to our workspace?", helpdesk.Account},
	{"my phone is gone, how do I get past two factor", helpdesk.Account},
	{"Please delete my account and everything in it", helpdesk.Account},
	{"I need admin access for a new colleague", helpdesk.Account},
	{"change email address of my profile", helpdesk.Account},
	{"Ich habe mein Passwort vergessen", helpdesk.Account},
	{"No recuerdo mi contraseña", helpdesk.Account},
	{"J'ai oublié mon mot de passe", helpdesk.Account},
	{"Esqueci a senha da minha conta", helpdesk.Account},
	{"It says my username is taken but that is me", helpdesk.Account},

	{"It would be great to have a dark mode", helpdesk.FeatureRequest},
	{"Please add export to Excel", helpdesk.FeatureRequest},
	{"Feature request: keyboard shortcuts", helpdesk.FeatureRequest},
	{"could you add support for Slack", helpdesk.FeatureRequest},
	{"Suggestion for the calendar view", helpdesk.FeatureRequest},
	{"I would love to sort the list by name", helpdesk.FeatureRequest},
	{"Is a mobile app on your roadmap?", helpdesk.FeatureRequest},
	{"Es wäre schön, wenn man Berichte planen könnte", helpdesk.FeatureRequest},
	{"Sería genial tener una nueva función para duplicar tareas", helpdesk.FeatureRequest},
	{"Ce serait bien d'avoir une nouvelle fonctionnalité de filtre", helpdesk.FeatureRequest},
	{"Tenho uma sugestão para a tela inicial", helpdesk.FeatureRequest},
	{"an option to hide finished tasks, please", helpdesk.FeatureRequest},

	{"The app crashes when I open settings. Steps to reproduce: 1. open 2. tap", helpdesk.BugReport},
	{"Found a bug: the total is wrong after a discount", helpdesk.BugReport},
	{"NullPointerException with stack trace attached", helpdesk.BugReport},
	{"Export gives wrong result for dates in February, reproducible", helpdesk.BugReport},
	{"since the update the editor freezes", helpdesk.BugReport},
	{"error 500 on saving, version 3.2.1", helpdesk.BugReport},
	{"Regression in 4.1: filter button broken", helpdesk.BugReport},
	{"Beim Speichern kommt eine Fehlermeldung, reproduzierbar", helpdesk.BugReport},
	{"Aparece un mensaje de error al guardar", helpdesk.BugReport},
	{"Un message d'erreur s'affiche à chaque clic", helpdesk.BugReport},
	{"Aparece uma mensagem de erro ao salvar", helpdesk.BugReport},
	{"expected behavior: it saves. actual behavior: it does nothing", helpdesk.BugReport},

	{"the system is down", helpdesk.Technical},
	{"Your API answers with a timeout", helpdesk.Technical},
	{"Help with DNS and SSL certificate", helpdesk.Technical},
	{"how do I configure the webhook", helpdesk.Technical},
	{"VPN is slow from our office", helpdesk.Technical},
	{"Sync stopped working on the server", helpdesk.Technical},
	{"page does not load, network is fine", helpdesk.Technical},
	{"Die Verbindung zum Server ist langsam", helpdesk.Technical},
	{"Necesito ayuda para configurar la red", helpdesk.Technical},
	{"Problème de connexion au réseau", helpdesk.Technical},
	{"A instalação não funciona no servidor", helpdesk.Technical},
	{"printer driver installation", helpdesk.Technical},
}

func TestOfflineFindsMostCategories(t *testing.T) {
	t.Parallel()
	right := 0
	for _, l := range labelled {
		c, err := ask(t, "", l.text)
		if err == nil && c.Category == l.want {
			right++
		} else {
			t.Logf("missed: %s: %q: %+v %v", l.want, l.text, c, err)
		}
	}
	t.Logf("%d of %d", right, len(labelled))
	require.GreaterOrEqual(t, right, len(labelled)*9/10)
}

func TestOfflineAbstainsWithoutEvidence(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "hello", "???", "lorem ipsum dolor sit amet"} {
		_, err := ask(t, text, "")
		require.ErrorIs(t, err, helpdesk.ErrAbstain, text)
	}
}

func TestOfflineOffersOnlyTheCategoriesAskedFor(t *testing.T) {
	t.Parallel()
	_, err := classify.Offline().Classify(t.Context(), &helpdesk.ClassifyRequest{
		Subject: "Refund my invoice", Categories: []helpdesk.CategoryInfo{{Name: helpdesk.Account}},
	})
	require.ErrorIs(t, err, helpdesk.ErrAbstain)
}

func TestOfflineIsSureOnlyOfClearTexts(t *testing.T) {
	t.Parallel()
	clear, err := ask(t, "Refund", "Please refund the invoice of my credit card payment")
	require.NoError(t, err)
	require.GreaterOrEqual(t, clear.Confidence, 0.8)
	mixed, err := ask(t, "", "The invoice page crashes after login")
	require.NoError(t, err)
	require.Less(t, mixed.Confidence, 0.6)
}

func TestOfflineHearsPressure(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]helpdesk.Priority{
		"invoice, urgent":             helpdesk.High,
		"invoice, no rush":            helpdesk.Low,
		"invoice":                     helpdesk.Medium,
		"Rechnung, bitte sofort":      helpdesk.High,
		"It would be nice: dark mode": helpdesk.Low,
	} {
		c, err := ask(t, "", text)
		require.NoError(t, err)
		require.Equal(t, want, c.Priority, text)
	}
	c, err := ask(t, "WHERE IS MY REFUND", "")
	require.NoError(t, err)
	require.Equal(t, helpdesk.High, c.Priority)
}
