package webhook

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"syscall"
)

// ErrAddress says that a request would have gone to an address that is not public.
var ErrAddress = errors.New("address is not public")

// guard lets through connections to public addresses, and to those of some networks besides.
type guard []netip.Prefix

// control is asked before each connection, with the address it is about to be made to. What a name
// meant before, or means to somebody else, does not count.
func (g guard) control(_ context.Context, network, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || (network != "tcp4" && network != "tcp6") {
		return ErrAddress
	}
	in := func(p netip.Prefix) bool { return p.Contains(at.Addr().Unmap()) }
	if !public(at.Addr()) && !slices.ContainsFunc(g, in) {
		return ErrAddress
	}
	return nil
}

// closed are the networks that no public server is in: the IANA registries of special-purpose
// addresses (RFC 6890), with multicast (RFC 5771) and what is kept for later.
var closed = prefixes(
	"0.0.0.0/8",        // this network (RFC 791)
	"10.0.0.0/8",       // private (RFC 1918)
	"100.64.0.0/10",    // carriers' own (RFC 6598)
	"127.0.0.0/8",      // loopback
	"169.254.0.0/16",   // link-local (RFC 3927): also where clouds tell a machine its secrets
	"168.63.129.16/32", // where machines at Azure ask what they run on
	"172.16.0.0/12",    // private
	"192.0.0.0/24",     // protocols (RFC 6890)
	"192.0.2.0/24",     // documentation (RFC 5737)
	"192.31.196.0/24",  // AS112 (RFC 7535)
	"192.52.193.0/24",  // AMT (RFC 7450)
	"192.88.99.0/24",   // relays of 6to4 (RFC 7526)
	"192.168.0.0/16",   // private
	"192.175.48.0/24",  // AS112 (RFC 7534)
	"198.18.0.0/15",    // measurements (RFC 2544)
	"198.51.100.0/24",  // documentation
	"203.0.113.0/24",   // documentation
	"224.0.0.0/3",      // multicast, and kept for later with broadcast

	"2001::/23",         // protocols (RFC 2928), with Teredo and ORCHID
	"2001:db8::/32",     // documentation (RFC 3849)
	"2620:4f:8000::/48", // AS112 (RFC 7534)
	"3fff::/20",         // documentation (RFC 9637)
)

// global is where public IPv6 addresses are (RFC 4291, 2.4): so loopback, unique local, link-local,
// site-local and multicast addresses are not.
var global = netip.MustParsePrefix("2000::/3")

// Translators turn what stands in these into an IPv4 address.
var (
	nat64     = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052
	sixToFour = netip.MustParsePrefix("2002::/16")    // RFC 3056
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// public reports whether an address is one of the internet. IPv6 addresses that stand for one of
// IPv4 are as public as that.
func public(a netip.Addr) bool {
	if a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	b := a.As16()
	switch {
	case nat64.Contains(a):
		return public(netip.AddrFrom4([4]byte(b[12:])))
	case sixToFour.Contains(a) && !public(netip.AddrFrom4([4]byte(b[2:6]))):
		return false
	case a.Is6() && !global.Contains(a):
		return false
	case a.Is6() && b[8]&^0x02 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe && !public(netip.AddrFrom4([4]byte(b[12:]))):
		return false // ISATAP (RFC 5214)
	}
	for _, p := range closed {
		if p.Contains(a) {
			return false
		}
	}
	return a.IsValid()
}
