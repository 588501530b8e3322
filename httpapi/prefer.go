package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
)

// preference is how long a client wants to wait for triage (RFC 7240).
type preference struct {
	wait    time.Duration
	async   bool
	applied string // the Preference-Applied header
}

// prefer reads the Prefer header. What cannot be understood is ignored, as the RFC asks.
func (h *Handler) prefer(header http.Header) preference {
	p := preference{wait: max(0, h.cfg.Wait)}
	var applied []string
	waits := false
	for option := range strings.SplitSeq(strings.Join(header.Values("Prefer"), ","), ",") {
		option, _, _ = strings.Cut(option, ";")
		name, value, _ := strings.Cut(option, "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "respond-async":
			if !p.async {
				p.async = true
				applied = append(applied, "respond-async")
			}
		case "wait":
			seconds, err := strconv.ParseUint(strings.Trim(strings.TrimSpace(value), `"`), 10, 31)
			if err != nil || waits {
				continue
			}
			waits = true
			p.wait = min(time.Duration(seconds)*time.Second, maxWait)
			applied = append(applied, fmt.Sprintf("wait=%d", p.wait/time.Second))
		}
	}
	if p.async && !waits {
		p.wait = 0
	}
	p.applied = strings.Join(applied, ", ")
	return p
}

// margin is how much later than the wait the desk's own task begins: time to commit.
const margin = time.Second

// triageAfter is when the desk's task is to triage a ticket that is waited for here.
func (p preference) triageAfter() time.Duration {
	if p.wait == 0 {
		return 0
	}
	return p.wait + margin
}

// triage waits for the triage of a ticket just opened, and returns it as it then is. When
// the time is over, or anything else goes wrong, the ticket is there all the same and the
// desk's task takes over.
func (h *Handler) triage(ctx context.Context, c *call, t *helpdesk.Ticket, p preference) *helpdesk.Ticket {
	if p.wait == 0 || triageOf(t) == "done" {
		return t
	}
	ctx, cancel := context.WithTimeout(ctx, p.wait)
	defer cancel()
	triaged, err := c.host.Triage(ctx, t.ID)
	if err == nil {
		return triaged
	}
	if ctx.Err() == nil {
		h.cfg.Logger.WarnContext(ctx, "httpapi: triage is left to the desk", "request_id", requestID(ctx), "ticket", t.ID, "err", err)
	}
	return t
}
