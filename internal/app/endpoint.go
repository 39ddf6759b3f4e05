package app

import (
	"cmp"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// endpoint is how the shared endpoint is served, and to whom.
type endpoint struct {
	listen      string         // HOST:PORT
	auth        string         // who may call: AuthNone, AuthHeader or AuthStatic
	tokensFile  string         // of access tokens, for AuthStatic
	publicURL   *url.URL       // nil when clients use the listening address
	origins     []string       // of web pages that may call, in small letters
	proxies     []netip.Prefix // in front, which do TLS
	cert, key   string         // files; empty serves without TLS
	rate        float64        // requests a second of one caller; below 0 means no limit
	concurrency int            // calls of one caller at once; below 0 means no limit
	metrics     string         // HOST:PORT; empty serves none
}

// The ways to tell who calls.
const (
	authNone   = "none"   // this machine only, with the server's own key
	authHeader = "header" // callers bring API keys of their own
	authStatic = "static" // callers have tokens of a file, and share the server's key
)

// endpoint reads the settings of the shared endpoint and holds them against
// one another.
func (r *reading) endpoint() endpoint {
	e := endpoint{
		listen:      r.address("FISKL_LISTEN"),
		auth:        strings.ToLower(strings.TrimSpace(r.set["FISKL_AUTH"].text)),
		tokensFile:  r.set["FISKL_ACCESS_TOKENS_FILE"].beside(),
		publicURL:   r.public("FISKL_PUBLIC_URL"),
		origins:     r.origins("FISKL_ALLOWED_ORIGINS"),
		proxies:     r.networks("FISKL_TRUSTED_PROXIES"),
		cert:        r.set["FISKL_TLS_CERT"].beside(),
		key:         r.set["FISKL_TLS_KEY"].beside(),
		rate:        r.rate("FISKL_CALLER_RATE"),
		concurrency: r.most("FISKL_CALLER_CONCURRENCY"),
		metrics:     r.address("FISKL_METRICS_LISTEN"),
	}
	switch e.auth {
	case authNone, authHeader, authStatic:
	default:
		r.refuse("FISKL_AUTH", "is neither none nor header nor static")
	}
	if e.concurrency == 0 {
		r.refuse("FISKL_CALLER_CONCURRENCY", "lets nobody call: it is a whole number from 1 on, or off")
	}
	if (e.cert == "") != (e.key == "") {
		r.refuse("FISKL_TLS_CERT", "and FISKL_TLS_KEY go together: set both or neither")
	}
	return e
}

// refusal says why an endpoint must not be served like that, as a sentence that
// names the settings; empty when it may.
func (e endpoint) refusal() string {
	return cmp.Or(e.open(), e.inTheClear(), e.strange())
}

// open says that anybody could use the server's key.
func (e endpoint) open() string {
	const only = "FISKL_AUTH none is for this machine only, and "
	switch {
	case e.auth != authNone:
		return ""
	case !e.local():
		return only + "FISKL_LISTEN " + e.listen + " is reached by others. Listen on 127.0.0.1, or choose header or static"
	case !e.private():
		return only + "FISKL_PUBLIC_URL or FISKL_TRUSTED_PROXIES lets others in. Take it out, or choose header or static"
	default:
		return ""
	}
}

// inTheClear says that callers' keys could be read on their way.
func (e endpoint) inTheClear() string {
	if e.local() || e.cert != "" || len(e.proxies) > 0 {
		return ""
	}
	return "FISKL_LISTEN " + e.listen + " is reached by others, and keys would travel in the clear. Set FISKL_TLS_CERT and FISKL_TLS_KEY, or FISKL_TRUSTED_PROXIES when a proxy in front does TLS"
}

// strange says that nobody could call.
func (e endpoint) strange() string {
	switch {
	case e.auth == authStatic && e.tokensFile == "":
		return "FISKL_AUTH static needs FISKL_ACCESS_TOKENS_FILE"
	case e.auth != authStatic && e.tokensFile != "":
		return "FISKL_ACCESS_TOKENS_FILE is for FISKL_AUTH static, and FISKL_AUTH is " + e.auth + ". Choose static, or take it out"
	case len(e.hosts()) == 0:
		return "FISKL_LISTEN " + e.listen + " says no name under which clients reach it. Set FISKL_PUBLIC_URL, such as https://fiskl.example.com"
	default:
		return ""
	}
}

// local reports that only this machine reaches the endpoint.
func (e endpoint) local() bool {
	host, _, err := net.SplitHostPort(e.listen)
	return err == nil && isLoopback(host)
}

// private reports that only this machine is meant to call: no proxy lets others
// in under a public name.
func (e endpoint) private() bool {
	return e.local() && len(e.proxies) == 0 && (e.publicURL == nil || isLoopback(e.publicURL.Hostname()))
}

// isLoopback reports that a host is this machine's name for itself.
func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// hosts are the names under which clients reach the endpoint, with a port where
// they send one.
func (e endpoint) hosts() []string {
	if e.publicURL != nil {
		return []string{e.publicURL.Host}
	}
	if host, _, err := net.SplitHostPort(e.listen); err == nil && host != "" && host != "0.0.0.0" && host != "::" {
		return []string{e.listen, host}
	}
	return nil
}

func (r *reading) address(name string) string {
	text := strings.TrimSpace(r.set[name].text)
	if text == "" {
		return ""
	}
	_, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		r.refuse(name, "is not of the form HOST:PORT")
	}
	return text
}

func (r *reading) public(name string) *url.URL {
	text := strings.TrimSpace(r.set[name].text)
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || !bare(u) || u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())) {
		r.refuse(name, "is not of the form https://host")
		return nil
	}
	return u
}

// bare reports that a URL has a host and nothing after it.
func bare(u *url.URL) bool {
	return u.Host != "" && u.User == nil && u.RawQuery == "" && u.Fragment == "" && strings.Trim(u.Path, "/") == ""
}

func (r *reading) origins(name string) []string {
	all := r.words(name)
	for _, origin := range all {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme == "" || u.Host == "" || strings.TrimSuffix(u.Path, "/") != "" {
			r.refuse(name, "is not a list of origins such as https://app.example.com")
		}
	}
	return all
}
