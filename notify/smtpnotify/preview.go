package smtpnotify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/notify/templates"
)

// Look returns a set of mail templates with its look completed: what the set leaves empty of name,
// colour, logo, footer, language and zone, or what is no colour, is as the mails of the tenant have
// it from Config.Brand.
func (n *Notifier) Look(ctx context.Context, tenant helpdesk.TenantID, set templates.Set) (templates.Set, error) {
	b, err := n.under(ctx, tenant, set)
	set.Name, set.Colour, set.LogoURL, set.Footer, set.Zone = b.Name, b.Colour, b.LogoURL, b.Footer, b.Zone.String()
	set.Language = languages(b.Language)[0]
	return set, err
}

// Original returns what the mail of a kind says in a language without a text of the tenant's own,
// as a text with placeholders. A language that nothing is written in gets the English text.
func (n *Notifier) Original(
	ctx context.Context, tenant helpdesk.TenantID, language string, kind helpdesk.NoticeKind,
) (templates.Text, error) {
	b, err := n.under(ctx, tenant, templates.Set{Language: language})
	if err != nil {
		return templates.Text{}, err
	}
	d := outline(kind, b)
	c, _ := n.words(d, n.booksFor(d))
	return templates.Text{Subject: c.subject, Body: c.text}, nil
}

// Preview returns the mail that an example of a notice becomes by a set of mail templates, as its
// subject and its text. The set need not be saved. A text of it that Check refuses is passed over.
func (n *Notifier) Preview(
	ctx context.Context, tenant helpdesk.TenantID, set templates.Set, kind helpdesk.NoticeKind,
) (templates.Text, error) {
	b, err := n.under(ctx, tenant, set)
	if err != nil {
		return templates.Text{}, err
	}
	c := n.render(example(kind, b))
	return templates.Text{Subject: c.subject, Body: c.text}, nil
}

// under returns the host's Brand of a tenant with the mail templates of a set.
func (n *Notifier) under(ctx context.Context, tenant helpdesk.TenantID, set templates.Set) (Brand, error) {
	b, err := n.cfg.Brand(ctx, tenant)
	if err != nil {
		return b.usable(), fmt.Errorf("smtpnotify: brand: %w", err)
	}
	return b.with(set).usable(), nil
}

// outline is Data that holds placeholders: what a template makes of it is a text with placeholders.
func outline(kind helpdesk.NoticeKind, b Brand) *Data {
	hold := func(name string) string {
		if !slices.Contains(templates.Placeholders(kind), name) {
			return ""
		}
		return "{{" + name + "}}"
	}
	d := &Data{
		Kind: kind, Agent: !kind.ToCustomer(), Brand: b, Answerable: true, Ref: hold("ref"), Subject: hold("subject"), Text: hold("text"),
		Customer: hold("customer"), Description: hold("description"), Priority: hold("priority"), Category: hold("category"),
		TicketURL: hold("link"), RateURL: hold("rate"), due: hold("due"),
	}
	if d.due != "" {
		d.Due = time.Unix(0, 0) // any but zero
	}
	if d.Agent {
		d.Recipient = hold("agent")
	} else {
		d.Author = hold("agent")
	}
	return d
}

// words of examples, by language.
var exampleWords = map[string][4]string{
	"en": {"Charged twice", "The second payment is on its way back to you.", "I was charged twice for my order.", "A sentence of the desk about the ticket."},
	"de": {"Doppelt abgebucht", "Die zweite Zahlung ist auf dem Weg zurück zu Ihnen.", "Meine Bestellung wurde doppelt abgebucht.", "Ein Satz des Systems zum Ticket."},
}

// example is a mail to show texts with.
func example(kind helpdesk.NoticeKind, b Brand) *Data {
	base, _, _ := strings.Cut(languages(b.Language)[0], "-")
	words, ok := exampleWords[base]
	if !ok {
		words = exampleWords["en"]
	}
	d := &Data{Kind: kind, Agent: !kind.ToCustomer(), Brand: b, Answerable: kind.ToCustomer(), Ref: "7Q2M-X4KD"}
	d.TicketURL = "https://desk.example/tickets/7Q2M-X4KD"
	if wordless(kind) {
		return d
	}
	d.Subject, d.Customer = words[0], "Kim Lee"
	switch kind {
	case helpdesk.NoticeReply, helpdesk.NoticeResolved:
		d.Author, d.Text = "Ana Silva", words[1]
	case helpdesk.NoticeSurvey:
		d.RateURL = "https://desk.example/rate"
	default:
		d.Recipient, d.Text, d.Description = "Ana Silva", words[3], words[2]
		d.Priority, d.Category, d.Due = "high", "billing", time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC).In(b.Zone)
	}
	return d
}
