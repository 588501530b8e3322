// Package webhook tells other systems by HTTP: each notification is a POST with a signed JSON body,
// in the form of Standard Webhooks (https://www.standardwebhooks.com). See [Payload] for the body,
// and [Verify] for how a receiver checks it.
//
// # Delivery
//
// A desk delivers at least once. Each endpoint is a part of the notification's
// [helpdesk.DeliveryProgress]: after the failure of one the others are not told again, by whatever
// process; one that dies between a call and its record may have it made once more. Receivers tell a
// repeated delivery by its header webhook-id. An answer of 2xx is success; 410 means that the
// endpoint is not to be called any more, see [Config.Store] and [Config.Gone]; any other, and none
// within the time, is tried again by the desk.
//
// # Where requests may go
//
// Endpoints are often entered by a tenant, who must not reach the inside of the host's network by
// them. So the address that is connected to is checked, after names are resolved and at each
// redirect: only public ones are allowed, unless [Config.AllowPrivate] is set. Proxies of the
// environment are not used.
//
// # Whose endpoints
//
// With [Config.Store] they are those that the admins of a tenant keep, by the workspace's settings,
// the API or [Settings.Save]; [Config.Endpoints] adds the host's own.
//
//	hooks, err := webhook.New(&webhook.Config{Store: store})
//	desk, err := helpdesk.New(store, &helpdesk.Config{Notifier: hooks})
package webhook

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/internal/noaddress"
	"github.com/helpdesk-go/helpdesk/internal/told"
)

// Config says whom to tell. Store or Endpoints is required.
type Config struct {
	// Store is where the desk keeps the endpoints of its tenants, see [Of]. They are read once for
	// each notification. One that answers 410 is turned off there; the Before of the desk's Config
	// has no part in that. Nil calls none of them.
	Store helpdesk.Store

	// Endpoints returns further ones of a tenant, which the host keeps. It is called for each
	// notification. Nil: none.
	Endpoints func(ctx context.Context, tenant helpdesk.TenantID) ([]Endpoint, error)

	// Gone is called when one of Endpoints answers 410: it should not be among the Endpoints any
	// more. Nil logs it. The Notifier does not call that endpoint again anyway, until the process
	// ends.
	Gone func(ctx context.Context, tenant helpdesk.TenantID, e Endpoint)

	// AllowPrivate are networks that requests may go to although they are not public, such as that
	// of the host's own receivers; 0.0.0.0/0 and ::/0 allow everything. Nil allows none.
	AllowPrivate []netip.Prefix

	Timeout   time.Duration  // for one endpoint, with its redirects; 0 means 10 seconds
	TLS       *tls.Config    // nil verifies names against the roots of the system
	Resolver  *net.Resolver  // of names; nil is that of the system
	UserAgent string         // empty means "helpdesk-webhook"
	Clock     helpdesk.Clock // nil is helpdesk.SystemClock
	Logger    *slog.Logger   // nil is slog.Default()
}

// Notifier is a helpdesk.Notifier that posts to endpoints.
type Notifier struct {
	cfg    Config
	client *http.Client
	desk   *helpdesk.Desk // on Store, as the receiver that says it is gone; nil without
	gone   *told.Memory   // tenant and URL, of the host's
}

// How much a Notifier remembers, calls at once for one notification, and reads of an answer.
const (
	remembered   = 10_000
	callsAtOnce  = 8
	mostRedirect = 3
	mostHeader   = 64 << 10
	mostAnswer   = 64 << 10
)

// New returns a Notifier. It copies cfg and connects to nothing yet; an error names the field at
// fault.
func New(cfg *Config) (*Notifier, error) {
	if cfg == nil {
		cfg = &Config{}
	}
	n := &Notifier{cfg: *cfg, gone: told.New(remembered)}
	c := &n.cfg
	var errs []error
	if c.Endpoints == nil && c.Store == nil {
		errs = append(errs, &helpdesk.FieldError{Field: "Endpoints", Problem: "is nil, and so is Store"})
	}
	if c.Timeout < 0 {
		errs = append(errs, &helpdesk.FieldError{Field: "Timeout", Problem: "is negative"})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("webhook: new: %w", err)
	}
	if c.Timeout == 0 {
		c.Timeout = 10 * time.Second
	}
	if c.UserAgent == "" {
		c.UserAgent = "helpdesk-webhook"
	}
	if c.Clock == nil {
		c.Clock = helpdesk.SystemClock
	}
	c.Logger = noaddress.Logger(c.Logger)
	n.client = newClient(c)
	if c.Store != nil {
		desk, err := helpdesk.New(c.Store, &helpdesk.Config{Clock: c.Clock, Logger: c.Logger})
		if err != nil {
			return nil, fmt.Errorf("webhook: new: %w", err)
		}
		n.desk = desk.As(helpdesk.Actor{Role: helpdesk.RoleSystem, ID: "webhook", Name: "the receiver (410 Gone)"})
	}
	return n, nil
}

func newClient(c *Config) *http.Client {
	dialer := &net.Dialer{Resolver: c.Resolver, ControlContext: guard(slices.Clone(c.AllowPrivate)).control}
	transport := &http.Transport{
		DialContext: dialer.DialContext, TLSClientConfig: c.TLS, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: mostHeader,
		MaxIdleConns: 100, IdleConnTimeout: 90 * time.Second, DisableCompression: true,
	}
	return &http.Client{Transport: transport, CheckRedirect: redirect}
}

// redirect follows those that keep method and body, 307 and 308 (RFC 9110, 15.4), to where a
// request may go.
func redirect(req *http.Request, via []*http.Request) error {
	req.Header.Del("Referer") // the URL before, which may be as secret as a password
	switch last := via[len(via)-1]; {
	case len(via) > mostRedirect:
		return fmt.Errorf("more than %d redirects", mostRedirect)
	case req.Method != http.MethodPost:
		return http.ErrUseLastResponse
	case last.URL.Scheme == "https" && req.URL.Scheme != "https":
		return errors.New("redirect from https to http")
	}
	return checkURL(req.URL)
}

// target is an endpoint to tell.
type target struct {
	Endpoint
	kept bool // by the tenant; else it is the host's
}

// targets are the endpoints of a tenant.
func (n *Notifier) targets(ctx context.Context, tenant helpdesk.TenantID) (list []target, err error) {
	var hosts, kept []Endpoint
	if n.cfg.Endpoints != nil {
		if hosts, err = n.cfg.Endpoints(ctx, tenant); err != nil {
			return nil, err
		}
	}
	if n.desk != nil {
		if kept, err = Of(n.desk.ForTenant(tenant)).List(ctx); err != nil {
			return nil, err
		}
	}
	for _, e := range hosts {
		list = append(list, target{e, false})
	}
	for _, e := range kept {
		list = append(list, target{e, true})
	}
	return list, nil
}

// part is the endpoint's name in the Progress of a notification. It stays the same when one that a
// tenant keeps gets another URL. The URL of one of the host's may be a secret, so it is not the
// name.
func (e *target) part() string {
	if e.kept {
		return "webhook/" + e.ID
	}
	sum := sha256.Sum256([]byte(e.URL))
	return "endpoint/" + hex.EncodeToString(sum[:16])
}

// failed says of which endpoint an error is.
func (e *target) failed(err error) error {
	if errors.Is(err, helpdesk.ErrInvalid) || errors.Is(err, helpdesk.ErrNotFound) {
		err = errors.New(err.Error()) // not for good: the tenant can mend it
	}
	if e.kept {
		return &Error{ID: e.ID, Host: host(e.URL), Err: err}
	}
	return fmt.Errorf("webhook: %s: %w", host(e.URL), err)
}

// Notify posts n to the endpoints of its tenant that want its kind, each a part of its Progress. It
// goes on when one fails. None of its errors is final: who owns an endpoint can mend it. ErrAddress
// is among them, and an [*Error] for each endpoint of the tenant's that failed.
func (n *Notifier) Notify(ctx context.Context, note *helpdesk.Notification) error {
	all, err := n.targets(ctx, note.Tenant)
	if err != nil {
		// Without its kind: one that is "not found" must not pass for a ticket that is.
		return fmt.Errorf("webhook: endpoints: %s", err)
	}
	left := n.wanting(all, note)
	if len(left) == 0 {
		return nil
	}
	body, err := encode(note)
	if err != nil {
		return fmt.Errorf("webhook: %w", err)
	}
	errs := make([]error, len(left))
	var wg sync.WaitGroup
	slot := make(chan struct{}, callsAtOnce)
	for i := range left {
		slot <- struct{}{}
		wg.Go(func() {
			defer func() { <-slot }()
			errs[i] = note.Progress.Once(left[i].part(), func() error { return n.tell(ctx, &left[i], note, body) })
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// tell makes one call, and returns nil when the endpoint is not to be called again for this
// notification.
func (n *Notifier) tell(ctx context.Context, e *target, note *helpdesk.Notification, body []byte) error {
	switch answer, err := n.post(ctx, &e.Endpoint, note.Key, body); {
	case err != nil:
		return e.failed(err)
	case answer == http.StatusGone:
		n.tellGone(ctx, note.Tenant, e)
	case !taken(answer):
		return e.failed(fmt.Errorf("answered %d", answer))
	}
	return nil
}

// wanting are the endpoints that want the notification, each once.
func (n *Notifier) wanting(all []target, note *helpdesk.Notification) []target {
	seen := map[string]bool{}
	var left []target
	for _, e := range all {
		wanted := !e.Off && (len(e.Kinds) == 0 || slices.Contains(e.Kinds, note.Kind))
		gone := !e.kept && n.gone.Has(string(note.Tenant), e.URL)
		if wanted && !gone && !seen[e.part()] {
			seen[e.part()] = true
			left = append(left, e)
		}
	}
	return left
}

// taken reports whether an answer is one of success.
func taken(status int) bool { return status >= 200 && status < 300 }

func (n *Notifier) tellGone(ctx context.Context, tenant helpdesk.TenantID, e *target) {
	log := n.cfg.Logger.With("host", host(e.URL), "tenant", tenant)
	switch {
	case e.kept:
		err := Of(n.desk.ForTenant(tenant)).MarkGone(ctx, e.Endpoint, n.cfg.Clock.Now())
		if err != nil { // the next notification tries again
			log.ErrorContext(ctx, "webhook: one that is gone could not be turned off", "id", e.ID, "error", err)
		}
		return
	case n.cfg.Gone != nil:
		n.cfg.Gone(ctx, tenant, e.Endpoint)
	default:
		log.WarnContext(ctx, "webhook: an endpoint is gone, and is not called any more")
	}
	n.gone.Add(string(tenant), e.URL)
}

// host is what errors and logs show of a URL: the rest of it may be as secret as a password.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "endpoint"
	}
	return u.Host
}

// post makes one request, and returns the status of the answer.
func (n *Notifier) post(ctx context.Context, e *Endpoint, key string, body []byte) (status int, err error) {
	u, err := url.Parse(e.URL)
	if err != nil {
		return 0, &helpdesk.FieldError{Field: "URL", Problem: "cannot be read"}
	}
	if err := checkURL(u); err != nil {
		return 0, err
	}
	id, at := deliveryID(key), strconv.FormatInt(n.cfg.Clock.Now().Unix(), 10)
	signature, err := sign(e.Secrets, id, at, body)
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, n.cfg.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", n.cfg.UserAgent)
	req.Header.Set(headerID, id)
	req.Header.Set(headerTimestamp, at)
	req.Header.Set(headerSignature, signature)
	res, err := n.client.Do(req)
	if err != nil {
		return 0, plain(err)
	}
	defer res.Body.Close()
	io.CopyN(io.Discard, res.Body, mostAnswer) // so that the connection can be used again; what it says does not matter
	return res.StatusCode, nil
}

// plain is an error of a request as the tenant may read it: without the URL, and without the
// addresses that the host and names of its network have, or the servers that know them.
func plain(err error) error {
	var failed *url.Error // repeats the URL
	if errors.As(err, &failed) {
		err = failed.Err
	}
	var name *net.DNSError
	var conn *net.OpError
	switch {
	case errors.Is(err, ErrAddress):
		return ErrAddress
	case errors.As(err, &name) && name.IsNotFound:
		return errors.New("there is no such host")
	case errors.As(err, &name):
		return errors.New("its host could not be looked up")
	case errors.As(err, &conn):
		return fmt.Errorf("%s: %w", conn.Op, conn.Err) // without the addresses of both ends
	}
	return err
}

// checkURL refuses what is no plain address of the web.
func checkURL(u *url.URL) error {
	if problem := urlProblem(u); problem != "" {
		return &helpdesk.FieldError{Field: "URL", Problem: problem}
	}
	return nil
}

// deliveryID makes an id of a key: it stands in a header, and between points in what is signed, so
// a key that holds a point or what no header takes has that written as in a URL.
func deliveryID(key string) string {
	var b strings.Builder
	for i := range len(key) {
		switch c := key[i]; {
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', strings.IndexByte("-_/:", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
