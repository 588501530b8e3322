package helpdesk

import (
	"errors"
	"fmt"
	"time"
)

// MailConfig says how a desk is reached by mail, and signs what it sends out.
type MailConfig struct {
	// Address returns where customers of a tenant write to, such as "support@acme.example". Answers come to the same with a
	// token behind a plus: "support+c4k...@acme.example". Required. An empty address means that the tenant has none:
	// its mails hold no address to answer to.
	Address func(tenant TenantID) string

	// Keys sign reply addresses and links: at least one, each of 32 bytes or more, the newest first. It signs; what another one
	// has signed is accepted too. Take the old one out when its mails need no answer any more.
	Keys [][]byte

	// RateURL returns the page on which a customer rates a resolved ticket, given a token for [Desk.RateLink]. Nil: nobody is asked.
	RateURL func(tenant TenantID, token string) string
	// TicketURL returns the page on which a customer reads a ticket and answers, given a token for [Desk.ViewLink]. Whoever has the
	// address has the ticket, so it goes into mails to the customer alone. Nil: mails to customers have no link.
	TicketURL func(tenant TenantID, token string) string
	// Survey is how long after its resolution a customer is asked to rate a ticket; 0 means 1 hour.
	Survey time.Duration

	// Silent turns acknowledgements of new tickets off.
	Silent bool
}

// leastKey is how many bytes a key has at least: as many as the hash it is for (RFC 2104).
const leastKey = 32

func (c *MailConfig) complete() error {
	var errs []error
	if c.Address == nil {
		errs = append(errs, &FieldError{"Mail.Address", "is nil"})
	}
	if len(c.Keys) == 0 {
		errs = append(errs, &FieldError{"Mail.Keys", "is empty"})
	}
	for i, key := range c.Keys {
		if len(key) < leastKey {
			errs = append(errs, &FieldError{fmt.Sprintf("Mail.Keys[%d]", i), fmt.Sprintf("is shorter than %d bytes", leastKey)})
		}
	}
	if c.Survey < 0 {
		errs = append(errs, &FieldError{"Mail.Survey", "is negative"})
	}
	if c.Survey == 0 {
		c.Survey = time.Hour
	}
	return errors.Join(errs...)
}

// mailbox returns the tenant's own address, or "".
func (d *Desk) mailbox() string {
	if d.cfg.Mail == nil {
		return ""
	}
	return cleanEmail(d.cfg.Mail.Address(d.tenant))
}
