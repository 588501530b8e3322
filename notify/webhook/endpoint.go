package webhook

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/check"
)

// Endpoint is a place that is told by HTTP of what happens. The admins of a tenant keep endpoints
// in the settings of their desk, see [Of], and a host may add its own, see [Config]. An Endpoint
// holds secrets: what it prints and logs leaves them out.
type Endpoint struct {
	ID   string `json:"id"`   // the admin's to choose, such as "crm"; not needed for one of the host's
	Name string `json:"name"` // for people; not needed for one of the host's

	// URL is http or https, and has a host and no user. One that a tenant keeps is https: plain
	// http is taken only for what no certificate is given to, which is localhost, loopback and
	// private addresses, and names without a dot or below .internal. Whether requests go there at
	// all is the host's to say: see [Config.AllowPrivate].
	URL string `json:"url"`

	// Secrets sign the requests, newest first: one, or two while they are exchanged, when a request
	// has a signature of each. A secret is "whsec_" and 24 to 64 bytes in base64, the form of
	// Standard Webhooks: see [NewSecret]. Secrets are stored as they are, since who signs needs
	// them.
	Secrets []string `json:"secrets"`

	Kinds []helpdesk.NoticeKind `json:"kinds,omitempty"` // those it is told of; empty means all
	Off   bool                  `json:"off,omitempty"`   // it is told of nothing

	// GoneAt is when the endpoint answered 410 and was turned off for it; zero when it did not
	// since it was saved, and for one of the host's.
	GoneAt time.Time `json:"gone_at,omitzero"`

	Version int64 `json:"-"` // of the setting it was read from; 0 for a new one, and one of the host's
}

// Host is the host of the URL with its port. The rest of a URL may be as secret as a password.
func (e Endpoint) Host() string {
	u, err := url.Parse(e.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

// String names the endpoint and its host, and none of its secrets.
func (e Endpoint) String() string {
	if e.ID == "" {
		return "webhook at " + e.Host()
	}
	return fmt.Sprintf("webhook %q at %s", e.ID, e.Host())
}

// GoString is String: %#v shows no secrets either.
func (e Endpoint) GoString() string { return e.String() }

// LogValue is String, in every form of a log.
func (e Endpoint) LogValue() slog.Value { return slog.StringValue(e.String()) }

// Error says why an endpoint that a tenant keeps could not be told. It stands in the Error of the
// task, where [Endpoint.Failure] finds it.
type Error struct {
	ID, Host string
	Err      error
}

func (e *Error) Error() string { return fmt.Sprintf("webhook %q at %s: %v", e.ID, e.Host, e.Err) }
func (e *Error) Unwrap() error { return e.Err }

// Failure finds among dead tasks, as [helpdesk.Desk.DeadTasks] returns them, the latest that was
// given up because of this endpoint, and returns what it said and when. An empty reason means that
// there is none.
func (e Endpoint) Failure(dead []helpdesk.Task) (reason string, at time.Time) {
	start := fmt.Sprintf("webhook %q at ", e.ID) // as Error begins
	for _, t := range dead {
		if t.Kind != helpdesk.TaskNotify {
			continue
		}
		for line := range strings.SplitSeq(t.Error, "\n") {
			if rest, ok := strings.CutPrefix(line, start); ok {
				_, reason, _ = strings.Cut(rest, ": ")
				return cmp.Or(reason, rest), t.DueAt
			}
		}
	}
	return "", time.Time{}
}

// clean brings an endpoint that somebody typed into the form in which it is kept, and returns what
// is wrong with it as *helpdesk.FieldError values.
func (e *Endpoint) clean() error {
	e.ID, e.Name, e.URL = strings.TrimSpace(e.ID), strings.TrimSpace(e.Name), strings.TrimSpace(e.URL)
	e.GoneAt = time.Time{}
	e.Kinds = slices.Compact(slices.Sorted(slices.Values(e.Kinds)))
	errs := []error{checkID(e.ID), checkLine("name", e.Name, 100), checkKeptURL(e.URL), checkSecrets(e.Secrets)}
	for _, k := range e.Kinds {
		if !slices.Contains(helpdesk.NoticeKinds, k) {
			problem := fmt.Sprintf("hold %.40q, which is none", string(k))
			errs = append(errs, &helpdesk.FieldError{Field: "kinds", Problem: problem})
			break
		}
	}
	return errors.Join(errs...)
}

func checkID(id string) error { return checkLine("id", id, 100) }

func checkLine(field, s string, most int) error {
	if problem := check.Line(s, most, true); problem != "" {
		return &helpdesk.FieldError{Field: field, Problem: problem}
	}
	return nil
}

// checkKeptURL refuses what is no URL of an endpoint that a tenant keeps. Its error repeats nothing
// of the URL.
func checkKeptURL(s string) error {
	if err := checkLine("url", s, 2000); err != nil {
		return err
	}
	u, err := url.Parse(s)
	problem := ""
	switch {
	case err != nil:
		problem = "cannot be read"
	case urlProblem(u) != "":
		problem = urlProblem(u)
	case u.Scheme == "http" && !nearby(u.Hostname()):
		problem = "is not https"
	default:
		return nil
	}
	return &helpdesk.FieldError{Field: "url", Problem: problem}
}

// urlProblem says why a URL is no plain address of the web; it is empty when it is one.
func urlProblem(u *url.URL) string {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return "is neither http nor https"
	case u.Hostname() == "" || u.Opaque != "":
		return "names no host"
	case u.User != nil:
		return "holds a user"
	}
	return ""
}

// nearby reports whether a host is of the same machine or a private network. ".internal" is kept
// for those (ICANN, 2024).
func nearby(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.Unmap().IsLoopback() || a.Unmap().IsPrivate()
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return !strings.Contains(host, ".") || strings.HasSuffix(host, ".localhost") ||
		strings.HasSuffix(host, ".internal")
}

// mostSecrets is how many secrets an endpoint that a tenant keeps may have.
const mostSecrets = 2

// checkSecrets refuses what is no secret. Its error repeats nothing of it.
func checkSecrets(list []string) error {
	if len(list) > mostSecrets {
		problem := fmt.Sprintf("are more than %d", mostSecrets)
		return &helpdesk.FieldError{Field: "secrets", Problem: problem}
	}
	for i, s := range list {
		text, ok := strings.CutPrefix(s, secretPrefix)
		key, err := base64.StdEncoding.DecodeString(text)
		if !ok || err != nil || strings.ContainsAny(text, "\r\n") || len(key) < leastSecret || len(key) > mostSecret {
			problem := fmt.Sprintf("is not whsec_ and %d to %d bytes in base64", leastSecret, mostSecret)
			return &helpdesk.FieldError{Field: fmt.Sprintf("secrets[%d]", i), Problem: problem}
		}
	}
	return nil
}
