package helpdesk

import (
	"cmp"
	"errors"
	"maps"
	"strings"
	"sync"

	"github.com/helpdesk-go/helpdesk/internal/told"
)

// DeliveryProgress records which parts of a Notification are finished, such as the mail to each
// recipient and the call of each webhook, at this attempt and at earlier ones, in any process. A
// Notifier with several recipients makes a part of each, so that one failing part does not repeat
// the others. Many goroutines may use one DeliveryProgress. A nil one knows nothing and keeps
// nothing.
type DeliveryProgress struct {
	mu      sync.Mutex
	settled map[string]string // by part; empty: delivered, else the reason of a final failure

	clean       func(string) string // of a reason, before it is kept; nil changes nothing
	sent        *told.Memory        // the Desk's deliveries, perhaps not recorded; nil outside a Desk
	tenant, key string
}

// mostSent is how many delivered parts a Desk remembers, so that a failed commit does not deliver
// them again.
const mostSent = 10_000

// PartMailTo names the part of a Notification that is the mail to an address. A customer's mail is
// recorded as sent when this part was delivered and as failed when this part failed for good,
// whatever the other parts do.
func PartMailTo(address string) string { return "mail/" + address }

// Once delivers a part, unless an earlier attempt has settled it. A delivered part is settled, and
// Once returns nil again. A part that failed with ErrInvalid is settled too, and Once returns such
// an error again. Any other error settles nothing. The name of a part stays the same at each
// attempt; it is stored.
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
	p.keep(part, "") // an earlier commit failed to record it: this one does
	return "", true
}

// keep holds the result of a part. The caller holds the mutex.
func (p *DeliveryProgress) keep(part, why string) {
	if p.settled == nil {
		p.settled = map[string]string{}
	}
	p.settled[part] = why
}

func (p *DeliveryProgress) settle(part string, err error) {
	why := ""
	if err != nil {
		if why = err.Error(); p.clean != nil {
			why = p.clean(why)
		}
		why = cmp.Or(clipTo(cleanText(why), 500), ErrInvalid.Error()) // an empty one would mean delivered
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keep(part, why)
	if err == nil && p.sent != nil {
		p.sent.Add(p.tenant, p.key, part)
	}
}

// record returns the settled parts, to be stored.
func (p *DeliveryProgress) record() (settled map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.settled)
}

// forgetFailures makes parts that failed for good untried parts.
func forgetFailures(settled map[string]string) {
	maps.DeleteFunc(settled, func(_, why string) bool { return why != "" })
}

// mailed reports whether a mail among the parts was delivered, else the reason of one that failed
// for good; the reason may be empty.
func mailed(settled map[string]string) (sent bool, failed string) {
	for part, why := range settled {
		if strings.HasPrefix(part, PartMailTo("")) {
			sent, failed = sent || why == "", max(failed, why)
		}
	}
	return sent, failed
}

// refusal is the reason of a part that failed for good; empty when it was delivered.
type refusal string

func (r refusal) err() error {
	if r == "" {
		return nil
	}
	return r
}

func (r refusal) Error() string        { return string(r) }
func (r refusal) Is(target error) bool { return target == ErrInvalid }
