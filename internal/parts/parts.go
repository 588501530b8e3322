// Package parts tells which parts of a delivery are finished, such as the mail to each recipient
// and the call of each webhook. The parts of a failed delivery that succeeded are then not
// repeated.
package parts

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk/internal/bounded"
	"github.com/helpdesk-go/helpdesk/internal/told"
)

// Memory is what the parts of all deliveries of a process share.
type Memory struct {
	Sent     *told.Memory      // parts that were delivered, perhaps not recorded
	Breakers *bounded.Breakers // of the hosts of recipients
	Now      func() time.Time
}

// Progress is the parts of one delivery. The zero Progress has none, remembers no other delivery,
// and holds no part back. It is for many goroutines.
type Progress struct {
	mu      sync.Mutex
	settled map[string]string // by part; empty: delivered, else the reason of a final failure

	memory      *Memory // nil in the zero Progress
	tenant, key string

	tried   int           // parts that failed at this attempt
	failing bool          // one of them at a host that fails again and again
	held    int           // parts that were held back at this attempt
	wait    time.Duration // the longest of them
}

// Begin begins an attempt of the delivery with a key, which is the same at each attempt. The parts
// in settled are finished.
func (p *Progress) Begin(settled map[string]string, memory *Memory, tenant, key string) {
	p.settled, p.memory, p.tenant, p.key = settled, memory, tenant, key
}

// mail begins the name of a part that is a mail.
const mail = "mail/"

// MailTo names the part that is the mail to an address.
func MailTo(address string) string { return mail + address }

// Once delivers a part, unless an earlier attempt has settled it: then it returns what that did. A
// delivered part is settled, and one whose error matches final, with the reason that why makes of
// it.
func (p *Progress) Once(part string, deliver func() error, final error, why func(error) string) error {
	if reason, ok := p.of(part); ok {
		if reason == "" {
			return nil
		}
		return Refusal{reason, final}
	}
	if err := p.ready(part); err != nil {
		return err
	}
	err := deliver()
	settled := err == nil || errors.Is(err, final)
	if settled {
		p.settle(part, err, why)
	}
	p.count(part, settled, err)
	return err
}

// Refusal is the error of a part that failed for good. It matches Final.
type Refusal struct {
	Reason string
	Final  error
}

func (r Refusal) Error() string        { return r.Reason }
func (r Refusal) Is(target error) bool { return target == r.Final }

// ready returns an error when the host of a part failed several times in a row and is not asked for
// a while.
func (p *Progress) ready(part string) error {
	if p.memory == nil {
		return nil
	}
	wait, ok := p.memory.Breakers.Ready(p.host(part), p.memory.Now())
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
func (p *Progress) count(part string, settled bool, err error) {
	if p.memory == nil || errors.Is(err, context.Canceled) {
		return
	}
	open := p.memory.Breakers.Done(p.host(part), p.memory.Now(), !settled)
	if !settled {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.tried, p.failing = p.tried+1, p.failing || open
	}
}

// host names the breaker of a part: the domain of a mail address, the host of a URL, else the part
// itself, such as an endpoint of package webhook.
func (p *Progress) host(part string) string {
	host := part
	if _, address, ok := strings.Cut(part, "@"); ok && strings.HasPrefix(part, mail) {
		host = mail + strings.ToLower(address)
	} else if _, url, ok := strings.Cut(part, "://"); ok {
		host, _, _ = strings.Cut(url, "/")
	}
	return p.tenant + " " + host
}

// Down reports whether a part failed whose host fails again and again: a try now and then is
// enough.
func (p *Progress) Down() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.failing
}

// OnHold reports whether all parts that are not settled were held back, and for how long.
func (p *Progress) OnHold() (wait time.Duration, held bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wait, p.held > 0 && p.tried == 0
}

func (p *Progress) of(part string) (reason string, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if why, ok := p.settled[part]; ok {
		return why, true
	}
	if p.memory == nil || !p.memory.Sent.Has(p.tenant, p.key, part) {
		return "", false
	}
	p.keep(part, "") // an earlier commit failed to record it: this one does
	return "", true
}

// keep holds the result of a part. The caller holds the mutex.
func (p *Progress) keep(part, why string) {
	if p.settled == nil {
		p.settled = map[string]string{}
	}
	p.settled[part] = why
}

func (p *Progress) settle(part string, err error, why func(error) string) {
	reason := ""
	if err != nil {
		reason = why(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keep(part, reason)
	if err == nil && p.memory != nil {
		p.memory.Sent.Add(p.tenant, p.key, part)
	}
}

// Record returns the settled parts, to be stored: the reason of each that failed for good, nothing
// for one that was delivered.
func (p *Progress) Record() (settled map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.settled)
}

// ForgetFailures makes parts that failed for good untried parts.
func ForgetFailures(settled map[string]string) {
	maps.DeleteFunc(settled, func(_, why string) bool { return why != "" })
}

// Mailed reports whether a mail among the parts was delivered, else the reason of one that failed
// for good; the reason may be empty.
func Mailed(settled map[string]string) (sent bool, failed string) {
	for part, why := range settled {
		if strings.HasPrefix(part, mail) {
			sent, failed = sent || why == "", max(failed, why)
		}
	}
	return sent, failed
}
