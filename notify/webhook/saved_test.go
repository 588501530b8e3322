package webhook_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/notify/webhook"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// counted is a store that counts what is read of settings.
type counted struct {
	helpdesk.Store
	reads int
	fail  error
}

func (c *counted) Unwrap() helpdesk.Store { return c.Store }
func (c *counted) Settings(ctx context.Context, q helpdesk.SettingQuery) ([]helpdesk.Setting, error) {
	c.reads++
	if c.fail != nil {
		return nil, c.fail
	}
	return c.Store.Settings(ctx, q)
}

// kept is a desk whose webhooks a Notifier calls.
type kept struct {
	*helpdesktest.Desk
	t     *testing.T
	store *counted
	hooks *webhook.Notifier
}

func newKept(t *testing.T, change ...func(*webhook.Config)) *kept {
	t.Helper()
	store := &counted{Store: memstore.New()}
	cfg := &webhook.Config{Store: store, Clock: clock, AllowPrivate: loopback, Logger: slog.New(slog.DiscardHandler)}
	for _, f := range change {
		f(cfg)
	}
	hooks, err := webhook.New(cfg)
	require.NoError(t, err)
	return &kept{helpdesktest.New(t, store, &helpdesk.Config{Clock: clock, Notifier: hooks, Logger: slog.New(slog.DiscardHandler)}), t, store, hooks}
}

func (k *kept) save(tenant helpdesk.TenantID, w webhook.Endpoint) webhook.Endpoint {
	k.t.Helper()
	w, err := webhook.Of(k.ForTenant(tenant)).Save(k.t.Context(), w)
	require.NoError(k.t, err)
	return w
}

func TestWhatATenantKeepsIsToldAndNoOtherTenantsWebhookIs(t *testing.T) {
	t.Parallel()
	k := newKept(t)
	ours, theirs, off, some := newReceiver(t, 200), newReceiver(t, 200), newReceiver(t, 200), newReceiver(t, 200)
	w := k.save("acme", webhook.Endpoint{ID: "ours", Name: "Ours", URL: ours.URL})
	k.save("other", webhook.Endpoint{ID: "ours", Name: "Theirs", URL: theirs.URL})
	k.save("acme", webhook.Endpoint{ID: "off", Name: "Off", URL: off.URL, Off: true})
	k.save("acme", webhook.Endpoint{ID: "some", Name: "Some", URL: some.URL, Kinds: []helpdesk.NoticeKind{helpdesk.NoticeBreached}})
	k.store.reads = 0
	require.NoError(t, k.hooks.Notify(t.Context(), notice()))
	require.Equal(t, 1, k.store.reads, "one query for a notification")
	require.Zero(t, theirs.calls.Load()+off.calls.Load()+some.calls.Load())
	require.EqualValues(t, 1, ours.calls.Load())
	header, body := ours.last()
	require.NoError(t, webhook.Verify(header, body, w.Secrets, now))

	late := notice()
	late.Key, late.Kind = "late", helpdesk.NoticeBreached
	require.NoError(t, k.hooks.Notify(t.Context(), late))
	require.EqualValues(t, 1, some.calls.Load())
}

func TestARotatedSecretSignsBesideTheOldOneUntilThatIsRetired(t *testing.T) {
	t.Parallel()
	k := newKept(t)
	r := newReceiver(t, 200)
	old := k.save("acme", webhook.Endpoint{ID: "crm", Name: "CRM", URL: r.URL})
	acme := k.ForTenant("acme")
	rotated, err := webhook.Of(acme).RotateSecret(t.Context(), "crm")
	require.NoError(t, err)
	require.NoError(t, k.hooks.Notify(t.Context(), notice()))
	header, body := r.last()
	require.NoError(t, webhook.Verify(header, body, old.Secrets, now))
	require.NoError(t, webhook.Verify(header, body, rotated.Secrets[:1], now))
	_, err = webhook.Of(acme).RetireSecret(t.Context(), "crm")
	require.NoError(t, err)
	another := notice()
	another.Key = "another"
	require.NoError(t, k.hooks.Notify(t.Context(), another))
	header, body = r.last()
	require.ErrorIs(t, webhook.Verify(header, body, old.Secrets, now), webhook.ErrSignature)
	require.NoError(t, webhook.Verify(header, body, rotated.Secrets[:1], now))
}

func TestASavedWebhookThatAnswers410IsTurnedOffForEveryProcessUntilItIsSaved(t *testing.T) {
	t.Parallel()
	k := newKept(t)
	r := newReceiver(t, 410)
	made := k.save("acme", webhook.Endpoint{ID: "crm", Name: "CRM", URL: r.URL})
	require.NoError(t, k.hooks.Notify(t.Context(), notice()))
	acme := k.ForTenant("acme")
	list, err := webhook.Of(acme).List(t.Context())
	require.NoError(t, err)
	want := made
	want.Off, want.GoneAt, want.Version = true, now, 2
	require.Equal(t, []webhook.Endpoint{want}, list)
	history, err := k.store.Store.Settings(t.Context(), helpdesk.SettingQuery{Tenant: "acme", Kind: helpdesk.SettingWebhook, Key: "crm"})
	require.NoError(t, err)
	require.Equal(t, helpdesk.Actor{Role: helpdesk.RoleSystem, ID: "webhook", Name: "the receiver (410 Gone)"}, history[0].By)
	require.Equal(t, now, history[0].At)

	process, err := webhook.New(&webhook.Config{Store: k.store, Clock: clock, AllowPrivate: loopback})
	require.NoError(t, err)
	another := notice()
	another.Key = "another"
	require.NoError(t, process.Notify(t.Context(), another))
	require.EqualValues(t, 1, r.calls.Load())

	r.status.Store(200)
	want.Off = false
	k.save("acme", want)
	require.NoError(t, k.hooks.Notify(t.Context(), another), "the same process calls it again")
	require.EqualValues(t, 2, r.calls.Load())
}

func TestWebhooksThatCannotBeReadAreTriedAgain(t *testing.T) {
	t.Parallel()
	k := newKept(t)
	k.store.fail = helpdesk.ErrNotFound
	err := k.hooks.Notify(t.Context(), notice())
	require.Error(t, err)
	require.NotErrorIs(t, err, helpdesk.ErrNotFound)
}

func TestAnEndpointOfTheHostsThatIsGoneStopsNoWebhookOfATenant(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, 410)
	k := newKept(t, func(c *webhook.Config) {
		c.Endpoints = func(context.Context, helpdesk.TenantID) ([]webhook.Endpoint, error) {
			return []webhook.Endpoint{{URL: r.URL, Secrets: []string{secret}}}, nil
		}
	})
	require.NoError(t, k.hooks.Notify(t.Context(), notice()))
	r.status.Store(200)
	k.save("acme", webhook.Endpoint{ID: "crm", Name: "CRM", URL: r.URL})
	another := notice()
	another.Key = "another"
	require.NoError(t, k.hooks.Notify(t.Context(), another))
	require.EqualValues(t, 2, r.calls.Load(), "the host's once, and now the tenant's")
}

func TestTwoWebhooksOfOneAddressAreBothTold(t *testing.T) {
	t.Parallel()
	r := newReceiver(t, 200)
	k := newKept(t, func(c *webhook.Config) {
		c.Endpoints = func(context.Context, helpdesk.TenantID) ([]webhook.Endpoint, error) {
			return []webhook.Endpoint{{URL: r.URL, Secrets: []string{secret}}, {URL: r.URL, Secrets: []string{secret}}}, nil
		}
	})
	k.save("acme", webhook.Endpoint{ID: "a", Name: "A", URL: r.URL})
	k.save("acme", webhook.Endpoint{ID: "b", Name: "B", URL: r.URL})
	note := notice()
	note.Progress = &helpdesk.DeliveryProgress{}
	for range 2 {
		require.NoError(t, k.hooks.Notify(t.Context(), note))
		require.EqualValues(t, 3, r.calls.Load(), "the host's once, and each of the tenant's")
	}
}

func TestAFailureOfASavedWebhookIsFoundInTheDeadLetters(t *testing.T) {
	t.Parallel()
	k := newKept(t)
	r, dead := newReceiver(t, 503), newReceiver(t, 200)
	dead.Close()
	crm := k.save("acme", webhook.Endpoint{ID: "crm", Name: "CRM", URL: r.URL})
	shut := k.save("acme", webhook.Endpoint{ID: "shut", Name: "Shut", URL: dead.URL + "/t0ken"})
	inside := k.save("acme", webhook.Endpoint{ID: "inside", Name: "Inside", URL: "https://169.254.169.254/latest"})
	err := k.hooks.Notify(t.Context(), notice())
	require.ErrorIs(t, err, webhook.ErrAddress)
	require.NotErrorIs(t, err, helpdesk.ErrInvalid)
	require.NotContains(t, err.Error(), "t0ken")
	tasks := []helpdesk.Task{{Kind: helpdesk.TaskNotify, Error: err.Error(), DueAt: now}}
	for reason, w := range map[string]webhook.Endpoint{"answered 503": crm, "connection refused": shut, "address is not public": inside} {
		said, at := w.Failure(tasks)
		require.Contains(t, said, reason)
		require.Equal(t, now, at)
	}
	require.NotContains(t, err.Error(), "169.254.169.254:443", "only the host as it was entered")
}

func TestATestIsDeliveredSignedWithoutBeingRecorded(t *testing.T) {
	t.Parallel()
	k := newKept(t)
	r := newReceiver(t, 418)
	w := k.save("acme", webhook.Endpoint{ID: "crm", Name: "CRM", URL: r.URL, Off: true, Kinds: []helpdesk.NoticeKind{helpdesk.NoticeSurvey}})
	for _, status := range []int{418, 204, 410} {
		r.status.Store(int64(status))
		got, err := k.hooks.Test(t.Context(), "acme", w)
		require.NoError(t, err)
		require.Equal(t, status, got)
	}
	header, body := r.last()
	require.NoError(t, webhook.Verify(header, body, w.Secrets, now))
	var p webhook.Payload
	require.NoError(t, json.Unmarshal(body, &p))
	require.Equal(t, "test", p.Type)
	require.Equal(t, "test", p.Data.Kind)
	require.Equal(t, "acme", p.Data.Tenant)
	require.Equal(t, now, p.Timestamp)
	list, err := webhook.Of(k.ForTenant("acme")).List(t.Context())
	require.NoError(t, err)
	require.Equal(t, []webhook.Endpoint{w}, list, "a test that is answered 410 turns nothing off")
}

func TestATestGoesNowhereInside(t *testing.T) {
	t.Parallel()
	k := newKept(t, func(c *webhook.Config) { c.AllowPrivate = nil })
	r := newReceiver(t, 200)
	_, port, err := net.SplitHostPort(r.Listener.Addr().String())
	require.NoError(t, err)
	for _, address := range []string{r.URL, "http://localhost:" + port, "http://[::ffff:127.0.0.1]:" + port, "https://169.254.169.254/", "http://10.0.0.1/"} {
		status, err := k.hooks.Test(t.Context(), "acme", webhook.Endpoint{ID: "x", URL: address, Secrets: []string{secret}})
		require.Error(t, err, address)
		require.Zero(t, status)
		require.ErrorIs(t, err, webhook.ErrAddress, address)
	}
	require.Zero(t, r.calls.Load())
	_, err = k.hooks.Test(t.Context(), "acme", webhook.Endpoint{ID: "x", URL: "https://h.example", Secrets: []string{"s3cret"}})
	require.Error(t, err)
	require.NotContains(t, err.Error(), "s3cret")
}

func TestAnErrorDoesNotTellWhatANameMeansInside(t *testing.T) {
	t.Parallel()
	resolver, _ := names([]string{"10.66.77.88"})
	k := newKept(t, func(c *webhook.Config) { c.Resolver, c.AllowPrivate = resolver, nil })
	_, err := k.hooks.Test(t.Context(), "acme", webhook.Endpoint{ID: "x", URL: "https://db.corp.test/", Secrets: []string{secret}})
	require.ErrorIs(t, err, webhook.ErrAddress)
	require.NotContains(t, err.Error(), "10.66.77.88")
	lost := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "udp", Addr: net.UDPAddrFromAddrPort(netip.MustParseAddrPort("10.0.0.53:53")), Err: errors.New("unreachable")}
	}}
	k = newKept(t, func(c *webhook.Config) { c.Resolver = lost })
	_, err = k.hooks.Test(t.Context(), "acme", webhook.Endpoint{ID: "x", URL: "https://db.corp.test/", Secrets: []string{secret}})
	require.ErrorContains(t, err, "could not be looked up")
	require.NotContains(t, err.Error(), "10.0.0.53")
}

func TestAnEventOfATicketArrivesAtTheWebhookOfItsTenant(t *testing.T) {
	t.Parallel()
	k := newKept(t)
	r := newReceiver(t, 200)
	w := k.save("", webhook.Endpoint{ID: "crm", Name: "CRM", URL: r.URL, Kinds: []helpdesk.NoticeKind{helpdesk.NoticeAssigned}})
	k.Hire(helpdesk.Agent{Name: "Ana", Email: "ana@example.com", Skills: map[helpdesk.Skill]int{"billing": 4, "general": 3}})
	opened, err := k.Open(t.Context(), helpdesk.OpenParams{Subject: "Charged twice", Customer: helpdesk.Contact{Email: "kim@example.com"}})
	require.NoError(t, err)
	_, err = k.Reassign(t.Context(), opened.ID, "ana@example.com")
	require.NoError(t, err)
	k.Drain()
	header, body := r.last()
	require.NoError(t, webhook.Verify(header, body, w.Secrets, now))
	var p webhook.Payload
	require.NoError(t, json.Unmarshal(body, &p))
	require.Equal(t, "ticket.assigned", p.Type)
	require.Equal(t, opened.Ref, p.Data.Ticket.Ref)
}

// A host passes its store; the admins of each tenant do the rest.
func ExampleConfig_store() {
	store := memstore.New()
	hooks, err := webhook.New(&webhook.Config{Store: store})
	if err != nil {
		panic(err)
	}
	desk, err := helpdesk.New(store, &helpdesk.Config{Notifier: hooks})
	if err != nil {
		panic(err)
	}
	admin := desk.As(helpdesk.Actor{Role: helpdesk.RoleAdmin, ID: "boss@acme.example"})
	crm, err := webhook.Of(admin).Save(context.Background(), webhook.Endpoint{ID: "crm", Name: "CRM", URL: "https://crm.acme.example/helpdesk"})
	if err != nil {
		panic(err)
	}
	fmt.Println(len(crm.Secrets), "secret, to be told to the receiver")
	// Output:
	// 1 secret, to be told to the receiver
}
