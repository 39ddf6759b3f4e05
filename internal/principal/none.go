package principal

import (
	"net/http"
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
	token, refusal := bearer(r)
	if refusal != nil {
		return Principal{}, refusal
	}
	if r.Header.Get(apiKeyHeader) != "" || strings.HasPrefix(token, keyPrefix) {
		return Principal{}, refused("this server works on the books of its own Fiskl API key and takes no other: "+
			"take the key out of your client's configuration, or have the server started with --auth header", true)
	}
	return Principal{ID: "local", Name: "local", Write: true}, nil
}
