package lmtp

import (
	"crypto/tls"
	"net"
	"sync"

	"github.com/emersion/go-smtp"
)

// connections knows which clients are in the middle of a mail, so that a server that stops waits for them and for nobody else:
// go-smtp waits for all, also for those who do not say a word.
type connections struct {
	mu       sync.Mutex
	all      map[*connection]bool
	stopping bool
}

// connection is one client.
type connection struct {
	net.Conn
	owner *connections
	busy  bool
}

func (c *connections) listen(l net.Listener) net.Listener { return listener{l, c} }

type listener struct {
	net.Listener
	*connections
}

func (l listener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	c := &connection{Conn: conn, owner: l.connections}
	if l.all == nil {
		l.all = map[*connection]bool{}
	}
	l.all[c] = true
	if l.stopping {
		conn.Close()
	}
	return c, nil
}

// Close is called by the server when the client has gone.
func (c *connection) Close() error {
	c.owner.mu.Lock()
	delete(c.owner.all, c)
	c.owner.mu.Unlock()
	return c.Conn.Close()
}

// of returns the connection of a session.
func (c *connections) of(session *smtp.Conn) *connection {
	conn := session.Conn()
	if t, ok := conn.(*tls.Conn); ok {
		conn = t.NetConn()
	}
	return conn.(*connection)
}

// setBusy tells of the beginning and the end of a mail.
func (c *connection) setBusy(busy bool) {
	c.owner.mu.Lock()
	defer c.owner.mu.Unlock()
	c.busy = busy
	if !busy && c.owner.stopping {
		// The answer is written by go-smtp after this; closing for reading alone lets it out.
		if half, ok := c.Conn.(interface{ CloseRead() error }); ok {
			_ = half.CloseRead()
		}
	}
}

func (c *connections) closeIdle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopping = true
	for v := range c.all {
		if !v.busy {
			v.Conn.Close()
		}
	}
}

func (c *connections) closeAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for v := range c.all {
		v.Conn.Close()
	}
}
