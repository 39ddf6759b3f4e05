package principal

import "net/http"

// None takes every caller for the same principal: the person who runs the
// program, with its own key. It is for endpoints that only this machine
// reaches.
func None() Authenticator { return none{} }

type none struct{}

// Authenticate takes anybody.
func (none) Authenticate(*http.Request) (Principal, error) {
	return Principal{ID: "local", Name: "local", Write: true}, nil
}
