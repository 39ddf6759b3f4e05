package config

import (
	"fmt"
	"net"
	"os"
	"runtime"
)

// Doubts are what an endpoint can be served with and perhaps should not be, a
// sentence each that names the settings.
func (e Endpoint) Doubts() []string {
	var all []string
	proxied := e.PublicURL != nil && !isLoopback(e.PublicURL.Hostname())
	if e.Local() && proxied && len(e.Proxies) == 0 {
		all = append(all, "FISKL_PUBLIC_URL is set and FISKL_TRUSTED_PROXIES is not: all callers of the proxy count as one address, "+
			"so that one who tries keys locks out the others. Set FISKL_TRUSTED_PROXIES to the address that the proxy connects from, such as 127.0.0.1")
	}
	if len(e.Proxies) > 0 && e.PublicURL == nil {
		all = append(all, "FISKL_TRUSTED_PROXIES is set and FISKL_PUBLIC_URL is not: requests under the public name are refused. "+
			"Set FISKL_PUBLIC_URL to what clients use, such as https://fiskl.example.com")
	}
	if host, _, err := net.SplitHostPort(e.Metrics); err == nil && !isLoopback(host) {
		all = append(all, "FISKL_METRICS_LISTEN "+e.Metrics+" is reached by others, and the metrics have no login. "+
			"Listen on 127.0.0.1, or keep the port inside")
	}
	return all
}

// Doubts says, in a sentence, that others can change what is in the state folder:
// the key that seals confirmations, and the journal with what was sent and paid
// already. There are none where nobody can, and on Windows.
func (p Program) Doubts() []string {
	path := p.StateDir
	info, err := os.Stat(path)
	if path == "" || err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o022 == 0 {
		return nil
	}
	return []string{fmt.Sprintf("other users can write to the state folder %s (mode %04o), and so exchange the key and the journal of changes. chmod 700 it",
		path, info.Mode().Perm())}
}
