package mcpserver

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// metricsNames are the names with a dot under which the metrics are served.
// Without a dot, and as addresses, all are: a page in a browser can be led here
// under a name of its maker's choice, and no name without a dot is that.
type metricsNames map[string]bool

// Metrics serves next under the names with which metrics may be asked for:
// that of the address HOST:PORT that is listened on, that of the public URL unless
// it is nil, and all without a dot.
func Metrics(listen string, public *url.URL, next http.Handler) http.Handler {
	names := make(metricsNames)
	if host, _, err := net.SplitHostPort(listen); err == nil {
		names[strings.ToLower(host)] = true
	}
	if public != nil {
		names[strings.ToLower(public.Hostname())] = true
	}
	return names.guard(next)
}

func (n metricsNames) has(host string) bool {
	name := strings.ToLower(host)
	if bare, _, err := net.SplitHostPort(name); err == nil {
		name = bare
	}
	name = strings.Trim(name, "[]")
	_, err := netip.ParseAddr(name)
	return err == nil || !strings.Contains(name, ".") || n[name]
}

// guard serves next under these names only.
func (n metricsNames) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !n.has(r.Host) {
			tell(w, http.StatusForbidden, `{"error":"the metrics do not go by the name in the Host header: ask for them by the address"}`)
			return
		}
		next.ServeHTTP(w, r)
	})
}
