package webhook

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestOnlyAddressesOfTheInternetArePublic(t *testing.T) {
	t.Parallel()
	for _, a := range []string{
		"0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.8.8.8", "168.63.129.16", "169.254.169.254", "172.16.0.1",
		"172.31.255.255", "192.0.0.192", "192.168.1.1", "198.18.0.1", "198.19.255.255", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1",
		"2002:7f00:1::1", "2002:a9fe:a9fe::", "2002:c0a8:101::1", "2001::1", "2001:db8::1", "2001:10::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1",
		"fe80::1%eth0", "2606:4700::1%eth0", "fec0::1", "ff02::1", "100::1", "4000::1", "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:127.0.0.1",
	} {
		require.False(t, public(netip.MustParseAddr(a)), a)
	}
	for _, a := range []string{
		"1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "169.253.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.255", "::ffff:1.1.1.1",
		"64:ff9b::101:101", "2002:101:101::1", "2606:4700:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888", "2606:4700::5efe:1.1.1.1",
	} {
		require.True(t, public(netip.MustParseAddr(a)), a)
	}
	require.False(t, public(netip.Addr{}))
}

func TestAnIPv4AddressIsAsPublicInEveryFormOfIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := [4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "ip"))
		if rapid.Bool().Draw(t, "near") {
			b[0] = rapid.SampledFrom([]byte{10, 100, 127, 169, 172, 192, 198, 203, 224}).Draw(t, "first")
		}
		v4 := netip.AddrFrom4(b)
		want := public(v4)
		if v4.IsPrivate() || v4.IsLoopback() || v4.IsLinkLocalUnicast() || v4.IsMulticast() || v4.IsUnspecified() {
			require.False(t, want, v4)
		}
		mapped := netip.AddrFrom16(v4.As16())
		translated, tunnelled := nat64.Addr().As16(), sixToFour.Addr().As16()
		copy(translated[12:], b[:])
		copy(tunnelled[2:], b[:])
		for _, a := range []netip.Addr{mapped, netip.AddrFrom16(translated), netip.AddrFrom16(tunnelled)} {
			require.Equal(t, want, public(a), a)
		}
	})
}
