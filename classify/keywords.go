// Package classify finds out what tickets are about without asking anybody outside: keyword
// floors, the safety net below every model, and a small classifier that works offline. What goes around a model
// that is asked outside is here too: [Limit], [Budget] and [Chain].
//
//	model, err := openaiclassify.New(key, nil)
//	budget, err := classify.NewBudget(model, &classify.BudgetConfig{PerDay: 2_000_000_000}) // $2
//	limit, err := classify.NewLimit(budget, nil)
//	chain, err := classify.NewChain(nil, limit, classify.Offline())
package classify

import (
	"errors"
	"fmt"
	"slices"

	"github.com/helpdesk-go/helpdesk"
)

// Rule gives every text with a phrase at least a priority.
type Rule struct {
	// Phrase is one or more words, in any case. It is found as whole words, whatever
	// their accents, plural s, apostrophes or hyphens; up to three small words like "is the"
	// may stand between them. A phrase that is denied ("no data loss") does not count.
	Phrase   string            `json:"phrase"`
	Priority helpdesk.Priority `json:"priority"`
}

// Keywords are helpdesk.Floors made of rules. They read a text once, whatever
// the number of rules.
type Keywords struct {
	rules []Rule
	index phraseIndex[Rule]
}

// NewKeywords returns the floors of the given rules. The error names each rule that
// has no word or no priority.
func NewKeywords(rules []Rule) (*Keywords, error) {
	k := &Keywords{slices.Clone(rules), phraseIndex[Rule]{}}
	var errs []error
	for i, r := range rules {
		field := fmt.Sprintf("rules[%d]", i)
		if r.Priority < helpdesk.Low || r.Priority > helpdesk.Urgent {
			errs = append(errs, &helpdesk.FieldError{Field: field + ".priority", Problem: "is not a priority"})
		}
		if !k.index.add(r.Phrase, r) {
			errs = append(errs, &helpdesk.FieldError{Field: field + ".phrase", Problem: fmt.Sprintf("%q has no word", r.Phrase)})
		}
	}
	return k, errors.Join(errs...)
}

// Floors returns the floors of DefaultRules.
func Floors() *Keywords {
	k, err := NewKeywords(DefaultRules())
	if err != nil {
		panic("classify: default rules: " + err.Error()) // a test proves them valid
	}
	return k
}

// Floor implements helpdesk.Floors: of the rules that apply the most urgent, and of
// these the one found first.
func (k *Keywords) Floor(_ helpdesk.TenantID, subject, text string) (helpdesk.Priority, string) {
	var best Rule
	k.index.find(tokens(subject+"\n\n"+text), false, func(r Rule) {
		if r.Priority > best.Priority {
			best = r
		}
	})
	return best.Priority, best.Phrase
}

// DefaultRules returns the phrases that make a ticket urgent in English, German,
// Spanish, French and Portuguese.
func DefaultRules() []Rule {
	var rules []Rule
	for _, p := range urgentPhrases {
		rules = append(rules, Rule{p, helpdesk.Urgent})
	}
	return rules
}

var urgentPhrases = []string{
	"system down", "site down", "website down", "server down", "service down", "production down", "app down",
	"everything down", "database down", "outage", "complete downtime",
	"data loss", "lost data", "data lost", "lost all data", "all data gone", "data disappeared", "database corrupted",
	"cannot login", "unable to login", "not able to login", "cannot log into", "unable to log into", "nobody can login", "locked out",
	"security breach", "data breach", "security incident", "data leak", "leaked data",
	"account hacked", "been hacked", "was hacked", "got hacked", "account compromised", "unauthorized access", "ransomware",

	"System ausgefallen", "Totalausfall", "Systemausfall", "Server ausgefallen", "Datenverlust", "Daten verloren",
	"kann mich nicht einloggen", "kann mich nicht anmelden", "Login nicht möglich", "Anmeldung nicht möglich",
	"Sicherheitsvorfall", "Sicherheitsverletzung", "Datenleck", "wurde gehackt", "unbefugter Zugriff",

	"sistema caído", "servidor caído", "pérdida de datos", "no puedo iniciar sesión", "imposible iniciar sesión",
	"brecha de seguridad", "violación de seguridad", "fuga de datos", "cuenta hackeada", "acceso no autorizado",

	"système en panne", "serveur en panne", "panne générale", "perte de données", "impossible de me connecter",
	"impossible de se connecter", "peux pas me connecter", "faille de sécurité", "violation de données", "fuite de données",
	"compte piraté", "accès non autorisé",

	"sistema fora do ar", "servidor fora do ar", "perda de dados", "não consigo fazer login", "não consigo entrar",
	"violação de segurança", "vazamento de dados", "conta invadida", "acesso não autorizado",
}
