package imap

import (
	"maps"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
)

// postponed holds the failed mails and the times of their next tries. It ends with the process: a
// new one tries them all.
type postponed struct {
	validity uint32
	at       map[imap.UID]failure
}

type failure struct {
	due  time.Time
	wait time.Duration
}

// in sets the UIDVALIDITY of the UIDs. Under another one they name other mails (RFC 9051, 2.3.1.1).
func (p *postponed) in(validity uint32) {
	if p.validity != validity || p.at == nil {
		p.validity, p.at = validity, map[imap.UID]failure{}
	}
}

// keep forgets all mails but those.
func (p *postponed) keep(uids []imap.UID) {
	there := map[imap.UID]bool{}
	for _, uid := range uids {
		there[uid] = true
	}
	maps.DeleteFunc(p.at, func(uid imap.UID, _ failure) bool { return !there[uid] })
}

func (p *postponed) is(uid imap.UID, now time.Time) bool { return !p.at[uid].due.After(now) }

func (p *postponed) done(uid imap.UID) { delete(p.at, uid) }

// postpone returns the wait of a failed mail.
func (p *postponed) postpone(uid imap.UID, now time.Time, first time.Duration) time.Duration {
	wait := first
	if f, again := p.at[uid]; again {
		wait = min(2*f.wait, max(maxPostpone, first))
	}
	p.at[uid] = failure{now.Add(wait), wait}
	return wait
}

// next returns when the first of them is due.
func (p *postponed) next() (time.Time, bool) {
	if len(p.at) == 0 {
		return time.Time{}, false
	}
	first := slices.MinFunc(slices.Collect(maps.Values(p.at)), func(a, b failure) int { return a.due.Compare(b.due) })
	return first.due, true
}
