package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
)

// unreached says why there was no answer, as far as it can be told.
func (h Host) unreached(req *http.Request, err error) Finding {
	f := Finding{Check: hostCheck, Verdict: Problem}
	for _, why := range []func(string, error) (says, do string){proxied(h.proxy(req)), unresolved, untrusted, unconnected} {
		if f.Says, f.Do = why(req.URL.Hostname(), err); f.Says != "" {
			return f
		}
	}
	f.Says, f.Do = "The connection to "+req.URL.Host+" broke before an answer came.", online
	return f
}

const online = "See that this machine is online and that nothing on the way (firewall, VPN, proxy) keeps it from the host."

// proxy is the host of the proxy that a request goes by; empty without one.
func (h Host) proxy(req *http.Request) string {
	if h.Proxy == nil {
		return ""
	}
	u, err := h.Proxy(req)
	if err != nil || u == nil {
		return ""
	}
	return u.Host // what else the address has is a password
}

// proxied blames the proxy where it is to blame.
func proxied(proxy string) func(string, error) (says, do string) {
	const which = "The proxy is that of HTTPS_PROXY or HTTP_PROXY; NO_PROXY names hosts that go without."
	return func(_ string, err error) (says, do string) {
		var op *net.OpError
		var timeout net.Error
		switch {
		case proxy == "":
			return "", ""
		case errors.As(err, &op) && op.Op == "proxyconnect":
			return "The proxy " + proxy + " cannot be reached.", which
		case strings.Contains(err.Error(), http.StatusText(http.StatusProxyAuthRequired)):
			return "The proxy " + proxy + " asks for a name and a password (HTTP 407).", "Write them into HTTPS_PROXY, as http://name:password@host:port. " + which
		case !errors.As(err, &timeout) && !secured(err):
			return "The proxy " + proxy + " does not let the request through.", which
		default:
			return "", ""
		}
	}
}

// unresolved says that a name has no address.
func unresolved(host string, err error) (says, do string) {
	var dns *net.DNSError
	switch {
	case !errors.As(err, &dns):
		return "", ""
	case dns.IsNotFound:
		return "There is no host " + host + ", as far as this machine can tell.", "See that FISKL_BASE_URL is spelled right, and that this machine is online."
	default:
		return "The name " + host + " could not be looked up: this machine is offline, or its name server does not answer.", online
	}
}

// secured reports an error of TLS.
func secured(err error) bool {
	says, _ := untrusted("", err)
	return says != ""
}

// untrusted says that there is no trust in who answers.
func untrusted(host string, err error) (says, do string) {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var plain tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.As(err, &unknown):
		return "The certificate of " + host + " is signed by nobody whom this machine trusts.",
			"Where a company's proxy opens TLS, install its certificate on this machine or name it in SSL_CERT_FILE; in a container install ca-certificates."
	case errors.As(err, &name):
		return "The certificate that answers for " + host + " is for another name.", "See that FISKL_BASE_URL is right. If it is, something answers in Fiskl's place: do not send it your key."
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "The certificate of " + host + " has expired, or is not valid yet.", "See that this machine's clock is right; it is the usual reason."
	case errors.As(err, &plain), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return host + " does not speak TLS.", "See that FISKL_BASE_URL has the right host and port."
	case errors.As(err, &invalid), errors.As(err, &alert), strings.Contains(err.Error(), "tls: "):
		return "No secure connection to " + host + " could be made.", "See that nothing on the way (proxy, virus scanner) opens TLS, and that this machine's clock is right."
	default:
		return "", ""
	}
}

// unconnected says that nobody answers at an address, or not in time.
func unconnected(host string, err error) (says, do string) {
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return "The check was interrupted.", ""
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("%s did not answer within %s.", host, answerTimeout), online
	case errors.Is(err, syscall.ECONNREFUSED):
		return host + " is there, but nothing listens at the port.", "See that FISKL_BASE_URL has the right port; for the sandbox, that fiskl-mcp sandbox runs."
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "There is no way to " + host + ": this machine is offline, or a firewall is between.", online
	default:
		return "", ""
	}
}
