package config

import "net/netip"

// networks reads the addresses of proxies. What they say of callers is
// believed, and they alone may bring keys in the clear, so a network of half
// the world is none of them.
func (r *reading) networks(name string) []netip.Prefix {
	var all []netip.Prefix
	for _, text := range r.words(name) {
		network, err := netip.ParsePrefix(text)
		if ip, single := netip.ParseAddr(text); single == nil {
			network, err = netip.PrefixFrom(ip, ip.BitLen()), nil
		}
		network = plain(network)
		switch {
		case err != nil:
			r.refuse(name, "is not a list of addresses or networks such as 10.0.0.0/8")
		case tooWide(network), network.Addr().IsUnspecified():
			r.refuse(name, "has a network that strangers are in. Name the proxies alone, such as 10.1.2.3 or 10.1.2.0/24")
		}
		all = append(all, network)
	}
	return all
}

// plain writes a network of IPv4 within IPv6 as one of IPv4, which is how the
// addresses of callers are compared.
func plain(n netip.Prefix) netip.Prefix {
	const before = 128 - 32
	if n.Addr().Is4In6() && n.Bits() >= before {
		return netip.PrefixFrom(n.Addr().Unmap(), n.Bits()-before)
	}
	return n
}

// tooWide reports a network wider than any that belongs to one proxy's owner:
// 10.0.0.0/8 of IPv4, a provider's /32 of IPv6, or fc00::/7, which is private.
func tooWide(n netip.Prefix) bool {
	const widest4, widest6, private6 = 8, 32, 7
	switch {
	case n.Addr().Is4():
		return n.Bits() < widest4
	case n.Addr().IsPrivate(), n.Addr().IsLinkLocalUnicast():
		return n.Bits() < private6
	default:
		return n.Bits() < widest6
	}
}

// ProxiesOnly reports that nothing but the proxies in front keeps keys from
// travelling in the clear, so that nobody else is served.
func (e Endpoint) ProxiesOnly() bool { return !e.Local() && e.CertFile == "" && len(e.Proxies) > 0 }
