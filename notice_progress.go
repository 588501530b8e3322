package helpdesk

import (
	"cmp"
	"errors"
	"maps"
	"strings"
	"sync"

	"github.com/helpdesk-go/helpdesk/internal/told"
)

// DeliveryProgress is what became of the parts of a Notification, such as the mail to each
// recipient and the call of each webhook, at this attempt and at those before it, in whatever
// process. A Notifier that tells several recipients makes a part of each, so that a part which
// fails does not have the others told again. Many goroutines may use one DeliveryProgress. A nil
// one knows of nothing and keeps nothing.
type DeliveryProgress struct {
	mu      sync.Mutex
	settled map[string]string // by part; empty: delivered, else why never

	sent        *told.Memory // of the Desk: what it delivered and perhaps could not record; nil without
	tenant, key string
}

// mostSent is how many delivered parts a Desk remembers, so that a commit which fails has none of
// them delivered again.
const mostSent = 10_000

// PartMailTo is the name of the part of a Notification that is the mail to an address. A customer's
// mail is on record as sent when this part was delivered, and as failed when it never can be,
// whatever becomes of the other parts.
func PartMailTo(address string) string { return "mail/" + address }

// Once delivers a part, unless an earlier attempt has settled it. A part is settled when it was
// delivered, for which Once returns nil again, and when it failed for good, by an error that is
// ErrInvalid, for which Once returns such an error again. Any other error settles nothing. Part is
// a name that stays the same at each attempt; it is stored.
func (p *DeliveryProgress) Once(part string, deliver func() error) error {
	if p == nil {
		return deliver()
	}
	if reason, ok := p.of(part); ok {
		return reason.err()
	}
	err := deliver()
	if err == nil || errors.Is(err, ErrInvalid) {
		p.settle(part, err)
	}
	return err
}

func (p *DeliveryProgress) of(part string) (reason refusal, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if why, ok := p.settled[part]; ok {
		return refusal(why), true
	}
	if p.sent == nil || !p.sent.Has(p.tenant, p.key, part) {
		return "", false
	}
	p.keep(part, "") // the commit that should have recorded it failed: this one does
	return "", true
}

// keep holds what became of a part. The mutex is the caller's to hold.
func (p *DeliveryProgress) keep(part, why string) {
	if p.settled == nil {
		p.settled = map[string]string{}
	}
	p.settled[part] = why
}

func (p *DeliveryProgress) settle(part string, err error) {
	why := ""
	if err != nil {
		// Without words it would pass for delivered.
		why = cmp.Or(clipTo(cleanText(err.Error()), 500), ErrInvalid.Error())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keep(part, why)
	if err == nil && p.sent != nil {
		p.sent.Add(p.tenant, p.key, part)
	}
}

// record returns what is to be kept of it.
func (p *DeliveryProgress) record() (settled map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.settled)
}

// forgetFailures makes parts that failed for good such that have not been tried.
func forgetFailures(settled map[string]string) {
	maps.DeleteFunc(settled, func(_, why string) bool { return why != "" })
}

// mailed returns what became of the mails among parts: whether one was delivered, else why one
// failed for good, which may be empty.
func mailed(settled map[string]string) (sent bool, failed string) {
	for part, why := range settled {
		if strings.HasPrefix(part, PartMailTo("")) {
			sent, failed = sent || why == "", max(failed, why)
		}
	}
	return sent, failed
}

// refusal is why a part failed for good; empty when it was delivered.
type refusal string

func (r refusal) err() error {
	if r == "" {
		return nil
	}
	return r
}

func (r refusal) Error() string        { return string(r) }
func (r refusal) Is(target error) bool { return target == ErrInvalid }
