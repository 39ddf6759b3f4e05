package httpguard

import (
	"iter"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/ttlmap"
)

// failedAuth are addresses whose requests fail to say who they are from. After
// a few failures nobody is asked any more about the credentials that an
// address tries, and it is told to wait. Who is known already is let in from
// there all the same: many callers may share an address, and one of them have
// a key that was revoked.
//
// A failure counts for the address, for the networks around it, and for
// everybody together: addresses are cheap, those of IPv6 above all, and each
// unknown key is one more question to Fiskl.
type failedAuth struct {
	limits  Limits
	proxies []netip.Prefix
	known   *ttlmap.Map[netip.Prefix, *rate.Limiter]
	all     *rate.Limiter
}

// network is one that shares what is allowed to the addresses in it: how long
// its prefix is, and how many times as much as one address it may fail.
type network struct{ bits, times int }

// allTimes is how many times as much all strangers together may fail.
const allTimes = 10

func newStrangers(l Limits, proxies []netip.Prefix) *failedAuth {
	return &failedAuth{
		l, proxies, ttlmap.New[netip.Prefix, *rate.Limiter](maxCallers, callerIdle), failures(l.Failures * allTimes),
	}
}

// failures allows so many a minute, and as many at once.
func failures(most int) *rate.Limiter {
	return rate.NewLimiter(rate.Limit(float64(most)/time.Minute.Seconds()), most)
}

// check is how an address that failed too often is refused.
func (s *failedAuth) check(r *http.Request) *rpcerror.Refusal {
	if s.limits.Failures <= 0 {
		return nil
	}
	exhausted := s.all.Tokens() < 1
	for at := range networks(s.address(r)) {
		l, ok := s.known.Get(at)
		exhausted = exhausted || ok && l.Tokens() < 1
	}
	if !exhausted {
		return nil
	}
	return tooMany("failures", "too many requests without valid credentials", time.Minute/time.Duration(s.limits.Failures))
}

// failed counts a failure.
func (s *failedAuth) failed(r *http.Request) {
	if s.limits.Failures <= 0 {
		return
	}
	s.all.Allow()
	for at, times := range networks(s.address(r)) {
		s.known.GetOrMake(at, ttlmap.Always, func() *rate.Limiter { return failures(s.limits.Failures * times) }).Allow()
	}
}

// networks are an address and those around it, with how many times as much
// they may fail.
func networks(addr netip.Addr) iter.Seq2[netip.Prefix, int] {
	// A customer of a provider has a /64 of IPv6 at least and often a /48; the
	// provider has a /32.
	around := []network{{64, 1}, {48, 1}, {32, 4}}
	switch {
	case !addr.IsValid(): // whom no address tells apart
		around = []network{{0, 1}}
	case addr.Is4():
		around = []network{{32, 1}, {24, 2}}
	}
	return func(yield func(netip.Prefix, int) bool) {
		for _, n := range around {
			at, _ := addr.Prefix(n.bits) // the zero prefix where there is no address
			if !yield(at, n.times) {
				return
			}
		}
	}
}

// address is where a request comes from. What proxies say is believed from the
// nearest outwards, as far as they are trusted.
func (s *failedAuth) address(r *http.Request) netip.Addr {
	addr := peer(r)
	if s.trusted(addr) {
		addr = s.behind(addr, r.Header["X-Forwarded-For"])
	}
	return addr
}

// peer is the other end of the connection, without the zone that an address
// has on one link only. It is the zero address when it cannot be read.
func peer(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap().WithZone("")
}

// from is how an address is written in logs. Of IPv6 the network counts: one
// customer has a whole one.
func (s *failedAuth) from(r *http.Request) string {
	addr := s.address(r)
	if addr.Is6() {
		return netip.PrefixFrom(addr, 64).Masked().String()
	}
	return addr.String()
}

// behind is the nearest address that is not a trusted proxy's.
func (s *failedAuth) behind(proxy netip.Addr, forwarded []string) netip.Addr {
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for _, hop := range slices.Backward(hops) {
		addr, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			return proxy
		}
		proxy = addr.Unmap().WithZone("")
		if !s.trusted(proxy) {
			return proxy
		}
	}
	return proxy
}

func (s *failedAuth) trusted(addr netip.Addr) bool {
	return slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}
