package webhook_test

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
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
	w := helpdesk.Webhook{ID: "crm", URL: "http://localhost:" + port + "/in", Secrets: []string{secret}}
	_, err = hooks.Test(t.Context(), "acme", w)
	require.Error(t, err)
	require.NotContains(t, err.Error(), "127.0.0.1")

	l.Close()
	_, err = hooks.Test(t.Context(), "acme", w)
	require.ErrorContains(t, err, "connection refused")
	require.NotContains(t, err.Error(), "127.0.0.1")
}
