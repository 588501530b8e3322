package lmtp

import (
	"io"
	"net"
	"sync"

	"github.com/emersion/go-smtp"
)

// connections knows the clients in the middle of a mail. A server that stops waits only for those;
// go-smtp would wait for all clients, silent ones included.
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
func (c *connections) of(session *smtp.Conn) *connection { return session.Conn().(*connection) }

// Write removes the extension CHUNKING (RFC 3030), which go-smtp always announces. A client that
// breaks off a chunk would make go-smtp's goroutines race for the answer to the next mail. Each
// line comes in its own call.
func (c *connection) Write(p []byte) (int, error) {
	if string(p) == "250-CHUNKING\r\n" {
		return len(p), nil
	}
	return c.Conn.Write(p)
}

// setBusy marks the beginning and the end of a mail.
func (c *connection) setBusy(busy bool) {
	c.owner.mu.Lock()
	defer c.owner.mu.Unlock()
	c.busy = busy
}

// Read ends a connection whose mail is complete while the server stops: the client gets its answer
// and no more.
func (c *connection) Read(p []byte) (int, error) {
	c.owner.mu.Lock()
	ended := c.owner.stopping && !c.busy
	c.owner.mu.Unlock()
	if ended {
		return 0, io.EOF
	}
	return c.Conn.Read(p)
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
