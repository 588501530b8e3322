package smtpnotify

import (
	"cmp"
	"html/template"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// Data is what a template gets. Subject, Customer and Recipient are one line; other texts are plain
// and may have many. The mails of [helpdesk.NoticeReceived] and [helpdesk.NoticeLink] have nothing
// that the ticket's writer may have written: that may be a stranger, and the address another
// person's.
type Data struct {
	Kind     helpdesk.NoticeKind
	Language string // of the templates, as "de"
	Agent    bool   // the mail goes to an agent, not to the customer
	Urgent   bool
	Brand    Brand

	Recipient string // a name; may be empty
	Author    string // the name of who wrote Text to a customer; may be empty
	Text      string // what the notification says: the agent's reply, the note of the resolution, or a sentence in English
	Ref       string // of the ticket, as "7Q2M-X4KD"
	Subject   string // of the ticket, without the reference and without "Re:"

	Customer    string    // a name, else an address; empty when there is neither
	Description string    // what the customer first wrote, at most 2,000 characters
	Priority    string    // as "urgent"; empty when there is none
	Category    string    // empty when it is not known
	Due         time.Time // the ticket's next due time, in the recipient's zone, else in Brand.Zone; zero when no clock runs
	TicketURL   string    // where an agent sees it, or the customer reads and answers; empty when that is not known
	RateURL     string    // where a customer rates it; empty when there is no such place
	Answerable  bool      // an answer to the mail comes to the ticket
	Files       int       // how many attachments there are

	Content template.HTML // in layout.html: what the mail says
	Body    string        // in layout.txt: what the mail says
	Footer  []string      // in both layouts: lines of the footer file, and of Brand.Footer

	written string // the language of the customer, else of the ticket, for a mail to its customer; empty when not known

	links map[string]bool // addresses that become links; nil until one is asked for
	own   string          // what people of the desk wrote of a templates.Text
	due   string          // what DueText returns instead; empty for what Due is
}

// Prose makes HTML of a plain text: paragraphs and lines; everything else is escaped. An address
// becomes a link if it stands in a Text that a person of the desk wrote or in a text of an admin,
// or if it is TicketURL or RateURL. A customer's text gets no links.
func (d *Data) Prose(text string) template.HTML { return prose(text, d.mayLink) }

func (d *Data) mayLink(address string) bool {
	if d.links == nil {
		d.links = map[string]bool{d.TicketURL: true, d.RateURL: true}
		ours := d.own
		switch d.Kind {
		case helpdesk.NoticeReply, helpdesk.NoticeResolved, helpdesk.NoticeEscalated:
			ours += "\n" + d.Text
		}
		for _, m := range link.FindAllString(ours, -1) {
			d.links[bare(m)] = true
		}
	}
	return d.links[address]
}

func (n *Notifier) data(note *helpdesk.Notification, env *helpdesk.Envelope, to helpdesk.Recipient, brand Brand) *Data {
	t := note.Ticket
	d := &Data{
		Kind: note.Kind, Agent: to.Agent != "" || !note.Kind.ToCustomer(), Urgent: note.Urgent, Brand: brand,
		Ref: oneLine(t.Ref, 100), Answerable: plainAddress(env.ReplyTo), Files: len(env.Files),
	}
	if !d.Agent {
		d.written = cmp.Or(to.Language, t.Language)
	}
	if !d.Agent && clickable(env.TicketURL) {
		d.TicketURL = oneLine(env.TicketURL, 2000)
	}
	if wordless(note.Kind) {
		return d
	}
	d.Recipient, d.Author = oneLine(to.Name, 100), oneLine(note.By, 100)
	d.Text, d.Subject = plainText(note.TextFor(to)), topic(t.Subject, t.Ref)
	if d.Customer = oneLine(t.Customer.Name, 100); d.Customer == "" {
		d.Customer = oneLine(t.Customer.Email, 254)
	}
	if !d.Agent {
		if clickable(env.RateURL) {
			d.RateURL = oneLine(env.RateURL, 2000)
		}
		return d
	}
	d.Description, d.Priority, d.Category = clip(plainText(t.Description), 2000), t.Priority.String(), oneLine(string(t.Category), 100)
	if due := t.Due(); !due.IsZero() {
		d.Due = due.In(zoneOf(to, brand))
	}
	if n.cfg.TicketURL != nil {
		if u := n.cfg.TicketURL(note.Tenant, t); clickable(u) {
			d.TicketURL = oneLine(u, 2000)
		}
	}
	return d
}

// zoneOf is the recipient's zone, else that of the Brand.
func zoneOf(to helpdesk.Recipient, brand Brand) *time.Location {
	if zone, err := time.LoadLocation(to.Zone); err == nil && to.Zone != "" && to.Zone != "Local" {
		return zone
	}
	return brand.Zone
}

// wordless reports whether a mail holds nothing that a customer has written.
func wordless(kind helpdesk.NoticeKind) bool {
	return kind == helpdesk.NoticeReceived || kind == helpdesk.NoticeLink
}

// topic returns a subject without the reference, and without the reply marks before it, in either
// language and those of Outlook's neighbours.
func topic(subject, ref string) string {
	subject = oneLine(subject, 300)
	if ref != "" {
		subject = oneLine(strings.ReplaceAll(subject, "["+ref+"]", " "), 300)
	}
	for {
		before, rest, ok := strings.Cut(subject, ":")
		switch strings.ToLower(strings.TrimSpace(before)) {
		case "re", "aw", "antw", "sv", "fwd", "fw", "wg":
		default:
			ok = false
		}
		if !ok {
			return subject
		}
		subject = strings.TrimSpace(rest)
	}
}
