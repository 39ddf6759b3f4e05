package config

import (
	"cmp"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Endpoint is how the shared endpoint is served, and to whom.
type Endpoint struct {
	Listen            string         // HOST:PORT
	Auth              string         // who may call: AuthNone, AuthHeader or AuthStatic
	TokensFile        string         // of access tokens, for AuthStatic
	PublicURL         *url.URL       // nil when clients use the listening address
	Origins           []string       // of web pages that may call, in small letters
	Proxies           []netip.Prefix // in front, which do TLS
	CertFile, KeyFile string         // files; empty serves without TLS
	Rate              float64        // requests a second of one caller; below 0 means no limit
	Concurrency       int            // calls of one caller at once; below 0 means no limit
	Metrics           string         // HOST:PORT; empty serves none
}

// The ways to tell who calls.
const (
	AuthNone   = "none"   // this machine only, with the server's own key
	AuthHeader = "header" // callers bring API keys of their own
	AuthStatic = "static" // callers have tokens of a file, and share the server's key
)

// endpoint reads the settings of the shared endpoint and holds them against
// one another.
func (r *reading) endpoint() Endpoint {
	e := Endpoint{
		Listen:      r.address("FISKL_LISTEN"),
		Auth:        strings.ToLower(strings.TrimSpace(r.set["FISKL_AUTH"].Text)),
		TokensFile:  r.set["FISKL_ACCESS_TOKENS_FILE"].beside(),
		PublicURL:   r.public("FISKL_PUBLIC_URL"),
		Origins:     r.origins("FISKL_ALLOWED_ORIGINS"),
		Proxies:     r.networks("FISKL_TRUSTED_PROXIES"),
		CertFile:    r.set["FISKL_TLS_CERT"].beside(),
		KeyFile:     r.set["FISKL_TLS_KEY"].beside(),
		Rate:        r.rate("FISKL_CALLER_RATE"),
		Concurrency: r.most("FISKL_CALLER_CONCURRENCY"),
		Metrics:     r.address("FISKL_METRICS_LISTEN"),
	}
	switch e.Auth {
	case AuthNone, AuthHeader, AuthStatic:
	default:
		r.refuse("FISKL_AUTH", "is neither none nor header nor static")
	}
	if e.Concurrency == 0 {
		r.refuse("FISKL_CALLER_CONCURRENCY", "lets nobody call: it is a whole number from 1 on, or off")
	}
	if (e.CertFile == "") != (e.KeyFile == "") {
		r.refuse("FISKL_TLS_CERT", "and FISKL_TLS_KEY go together: set both or neither")
	}
	return e
}

// Refusal says why an endpoint must not be served like that, as a sentence that
// names the settings; empty when it may.
func (e Endpoint) Refusal() string {
	return cmp.Or(e.open(), e.inTheClear(), e.strange())
}

// open says that anybody could use the server's key.
func (e Endpoint) open() string {
	const only = "FISKL_AUTH none is for this machine only, and "
	switch {
	case e.Auth != AuthNone:
		return ""
	case !e.Local():
		return only + "FISKL_LISTEN " + e.Listen + " is reached by others. Listen on 127.0.0.1, or choose header or static"
	case !e.Private():
		return only + "FISKL_PUBLIC_URL or FISKL_TRUSTED_PROXIES lets others in. Take it out, or choose header or static"
	default:
		return ""
	}
}

// inTheClear says that callers' keys could be read on their way.
func (e Endpoint) inTheClear() string {
	if e.Local() || e.CertFile != "" || len(e.Proxies) > 0 {
		return ""
	}
	return "FISKL_LISTEN " + e.Listen + " is reached by others, and keys would travel in the clear. Set FISKL_TLS_CERT and FISKL_TLS_KEY, or FISKL_TRUSTED_PROXIES when a proxy in front does TLS"
}

// strange says that nobody could call.
func (e Endpoint) strange() string {
	switch {
	case e.Auth == AuthStatic && e.TokensFile == "":
		return "FISKL_AUTH static needs FISKL_ACCESS_TOKENS_FILE"
	case e.Auth != AuthStatic && e.TokensFile != "":
		return "FISKL_ACCESS_TOKENS_FILE is for FISKL_AUTH static, and FISKL_AUTH is " + e.Auth + ". Choose static, or take it out"
	case len(e.Hosts()) == 0:
		return "FISKL_LISTEN " + e.Listen + " says no name under which clients reach it. Set FISKL_PUBLIC_URL, such as https://fiskl.example.com"
	default:
		return ""
	}
}

// Local reports that only this machine reaches the endpoint.
func (e Endpoint) Local() bool {
	host, _, err := net.SplitHostPort(e.Listen)
	return err == nil && isLoopback(host)
}

// Private reports that only this machine is meant to call: no proxy lets others
// in under a public name.
func (e Endpoint) Private() bool {
	return e.Local() && len(e.Proxies) == 0 && (e.PublicURL == nil || isLoopback(e.PublicURL.Hostname()))
}

// isLoopback reports that a host is this machine's name for itself.
func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// Hosts are the names under which clients reach the endpoint, with a port where
// they send one.
func (e Endpoint) Hosts() []string {
	if e.PublicURL != nil {
		return []string{e.PublicURL.Host}
	}
	if host, _, err := net.SplitHostPort(e.Listen); err == nil && host != "" && host != "0.0.0.0" && host != "::" {
		return []string{e.Listen, host}
	}
	return nil
}

func (r *reading) address(name string) string {
	text := strings.TrimSpace(r.set[name].Text)
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
	text := strings.TrimSpace(r.set[name].Text)
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
