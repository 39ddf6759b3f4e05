package httpguard

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// hosts are the names under which the endpoint may be called. A page on
// another name that resolves to this machine carries its own name.
type hosts struct {
	names    map[string]bool
	loopback bool
}

func newHosts(names []string, loopback bool) hosts {
	h := hosts{make(map[string]bool, len(names)), loopback}
	for _, name := range names {
		h.names[strings.ToLower(name)] = true
	}
	return h
}

// has reports that host, with or without a port, is one of the names.
func (h hosts) has(host string) bool {
	host = strings.ToLower(host)
	name := withoutPort(host)
	return h.names[host] || h.names[name] || h.loopback && isLoopback(name)
}

// withoutPort takes the port off a host, and the brackets off an address.
func withoutPort(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
}

// isLoopback reports that a name is one of this machine's to itself.
func isLoopback(name string) bool {
	if name == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.IsLoopback()
}

func (g *guard) checkHost(_ *exchange, r *http.Request) *rpcerror.Refusal {
	if g.hosts.has(r.Host) {
		return nil
	}
	return &rpcerror.Refusal{
		Status: http.StatusForbidden, Reason: "host",
		Message: "this server does not go by the name in the Host header",
	}
}
