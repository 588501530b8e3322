package ratelimit

import (
	"net"
	"net/http"
	"net/netip"
)

// RemoteIP returns the other end of the connection of a request, without the port. Behind a proxy
// that is the proxy.
func RemoteIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// Network returns what counts as one client by its IP address: the address, or the network of 64
// bits of an IPv6 address, since that is what one customer of a provider has. A text that is no
// address is returned as it is.
func Network(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	if a = a.Unmap(); a.Is6() {
		if p, err := a.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
