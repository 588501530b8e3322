package helpdesk

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
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

	breakers *bounded.Breakers // of the hosts of recipients; nil outside a Desk
	now      func() time.Time
	tried    int           // parts that failed at this attempt
	failing  bool          // one of them at a host that fails again and again
	held     int           // parts that were held back at this attempt
	wait     time.Duration // the longest of them
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
	if err := p.ready(part); err != nil {
		return err
	}
	err := deliver()
	settled := err == nil || errors.Is(err, ErrInvalid)
	if settled {
		p.settle(part, err)
	}
	p.count(part, settled, err)
	return err
}

// ready returns an error when the host of a part failed several times in a row and is not asked for
// a while.
func (p *DeliveryProgress) ready(part string) error {
	if p.breakers == nil {
		return nil
	}
	wait, ok := p.breakers.Ready(p.host(part), p.now())
	if ok {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held++
	p.wait = max(p.wait, wait)
	return errors.New("on hold: the recipient's host fails")
}

// count tells the breaker of the host the result of a part.
func (p *DeliveryProgress) count(part string, settled bool, err error) {
	if p.breakers == nil || errors.Is(err, context.Canceled) {
		return
	}
	open := p.breakers.Done(p.host(part), p.now(), !settled)
	if !settled {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.tried, p.failing = p.tried+1, p.failing || open
	}
}

// host names the breaker of a part: the domain of a mail address, the host of a URL, else the part
// itself, such as an endpoint of package webhook.
func (p *DeliveryProgress) host(part string) string {
	host := part
	if _, address, ok := strings.Cut(part, "@"); ok && strings.HasPrefix(part, PartMailTo("")) {
		host = PartMailTo(strings.ToLower(address))
	} else if _, url, ok := strings.Cut(part, "://"); ok {
		host, _, _ = strings.Cut(url, "/")
	}
	return p.tenant + " " + host
}

// down reports whether a part failed whose host fails again and again: a try now and then is
// enough.
func (p *DeliveryProgress) down() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.failing
}

// onHold reports whether all parts that are not settled were held back, and for how long.
func (p *DeliveryProgress) onHold() (wait time.Duration, held bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wait, p.held > 0 && p.tried == 0
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
