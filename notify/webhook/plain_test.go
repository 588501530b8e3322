package webhook_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk/notify/webhook"
)

// hangUp is a receiver that ends each connection as soon as something was asked.
func hangUp(t *testing.T) net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			conn.Read(make([]byte, 1))
			conn.(*net.TCPConn).SetLinger(0) // a reset
			conn.Close()
		}
	}()
	return l
}

func TestAnErrorOfAConnectionNamesNoAddressOfTheHosts(t *testing.T) {
	t.Parallel()
	l := hangUp(t)
	_, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	hooks := to(t, nil, "http://unused.internal")
	w := webhook.Endpoint{ID: "crm", URL: "http://localhost:" + port + "/in", Secrets: []string{secret}}
	_, err = hooks.Test(t.Context(), "acme", w)
	require.Error(t, err)
	require.NotContains(t, err.Error(), "127.0.0.1")

	l.Close()
	_, err = hooks.Test(t.Context(), "acme", w)
	require.ErrorContains(t, err, "connection refused")
	require.NotContains(t, err.Error(), "127.0.0.1")
}

func TestARedirectDoesNotTellWhereItCameFrom(t *testing.T) {
	t.Parallel()
	second := newReceiver(t, 200)
	first := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, second.URL+"/in", http.StatusTemporaryRedirect)
	}))
	defer first.Close()
	require.NoError(t, to(t, nil, first.URL+"/secret-path?key=secret-key").Notify(t.Context(), notice()))
	header, _ := second.last()
	require.NotEmpty(t, header)
	require.Empty(t, header.Get("Referer"))
}
