package httpguard

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/answer"
	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/bounded"
)

// strangers are addresses whose requests fail to say who they are from. After
// a few failures nobody is asked any more about the credentials that an
// address tries, and it is told to wait. Who is known already is let in from
// there all the same: many callers may share an address, and one of them have
// a key that was revoked.
type strangers struct {
	limits  Limits
	proxies []netip.Prefix
	known   *bounded.Map[netip.Addr, *rate.Limiter]
}

func newStrangers(l Limits, proxies []netip.Prefix) *strangers {
	return &strangers{l, proxies, bounded.New[netip.Addr, *rate.Limiter](mostCallers, callerIdle)}
}

// check is how an address that failed too often is refused.
func (s *strangers) check(r *http.Request) *answer.Refusal {
	if s.limits.Failures <= 0 {
		return nil
	}
	l, ok := s.known.Get(s.address(r))
	if !ok || l.Tokens() >= 1 {
		return nil
	}
	return tooMany("failures", "too many requests without valid credentials", time.Minute/time.Duration(s.limits.Failures))
}

// failed counts a failure.
func (s *strangers) failed(r *http.Request) {
	if s.limits.Failures <= 0 {
		return
	}
	every := rate.Every(time.Minute / time.Duration(s.limits.Failures))
	s.known.GetOrMake(s.address(r), bounded.Always, func() *rate.Limiter {
		return rate.NewLimiter(every, s.limits.Failures)
	}).Allow()
}

// address is where a request comes from. What proxies say is believed from the
// nearest outwards, as far as they are trusted. Of IPv6 the network counts:
// one customer has a whole one.
func (s *strangers) address(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr := at.Addr().Unmap()
	if s.trusted(addr) {
		addr = s.behind(addr, r.Header["X-Forwarded-For"])
	}
	if addr.Is6() {
		network, _ := addr.WithZone("").Prefix(64) // 64 bits fit any address
		return network.Addr()
	}
	return addr
}

// from is how an address is written in logs.
func (s *strangers) from(r *http.Request) string {
	addr := s.address(r)
	if addr.Is6() {
		return netip.PrefixFrom(addr, 64).String()
	}
	return addr.String()
}

// behind is the nearest address that is not a trusted proxy's.
func (s *strangers) behind(proxy netip.Addr, forwarded []string) netip.Addr {
	hops := strings.Split(strings.Join(forwarded, ","), ",")
	for _, hop := range slices.Backward(hops) {
		addr, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			return proxy
		}
		proxy = addr.Unmap()
		if !s.trusted(proxy) {
			return proxy
		}
	}
	return proxy
}

func (s *strangers) trusted(addr netip.Addr) bool {
	return slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}
