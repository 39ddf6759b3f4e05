package principal

import (
	"net/http"
	"slices"
	"strings"
)

// None takes every caller for the same principal: the person who runs the
// program, with its own key. It is for endpoints that only this machine
// reaches. A caller who brings a Fiskl API key is turned away: they would get
// the server's books and take them for their own.
func None() Authenticator { return none{} }

type none struct{}

// Authenticate takes anybody without a key.
func (none) Authenticate(r *http.Request) (Principal, error) {
	brought := strings.Join(r.Header[apiKeyHeader], "") != "" ||
		slices.ContainsFunc(r.Header[authorizationHeader], func(v string) bool { return strings.Contains(v, keyPrefix) })
	if brought {
		return Principal{}, refused("this server works on books of its own and takes no Fiskl API key: "+
			"take the key out of your client's configuration, or have the server started with --auth header", true)
	}
	return Principal{ID: "local", Name: "local", Write: true}, nil
}
