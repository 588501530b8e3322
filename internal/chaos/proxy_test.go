package chaos

import (
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// proxy stands between a process and the database. While it is silent it forwards nothing and
// closes nothing, as when the other end has lost its power; then it goes on.
type proxy struct {
	listener net.Listener
	target   string

	mu     sync.Mutex
	speaks *sync.Cond
	silent bool
	conns  []net.Conn
}

// newProxy returns a proxy and the URL of the database behind it.
func newProxy(t testing.TB, database string) (*proxy, string) {
	u, err := url.Parse(database)
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &proxy{listener: l, target: u.Host}
	p.speaks = sync.NewCond(&p.mu)
	go p.accept()
	u.Host = l.Addr().String()
	return p, u.String()
}

func (p *proxy) accept() {
	for {
		in, err := p.listener.Accept()
		if err != nil {
			return
		}
		go func() {
			p.pass()
			out, err := net.Dial("tcp", p.target)
			if err != nil {
				in.Close()
				return
			}
			p.mu.Lock()
			p.conns = append(p.conns, in, out)
			p.mu.Unlock()
			go p.forward(out, in)
			p.forward(in, out)
		}()
	}
}

func (p *proxy) forward(to, from net.Conn) {
	defer to.Close()
	defer from.Close()
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		p.pass()
		if err == nil {
			_, err = to.Write(b[:n])
		}
		if err != nil {
			return
		}
	}
}

// pass waits while the proxy is silent.
func (p *proxy) pass() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.silent {
		p.speaks.Wait()
	}
}

func (p *proxy) silence(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silent = on
	p.speaks.Broadcast()
}

func (p *proxy) close() {
	p.silence(false)
	p.listener.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.Close()
	}
}
