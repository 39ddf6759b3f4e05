package httpguard

import (
	"errors"
	"net/http"

	"github.com/mark3labs/mcp-go/server"
)

// manager answers the library's questions about sessions during one exchange.
type manager struct {
	sessions *Sessions
	x        *exchange
}

// ResolveSessionIdManager is called by the library for each request, and with
// nil while it shuts down.
//
//nolint:revive // the library names it
func (s *Sessions) ResolveSessionIdManager(r *http.Request) server.SessionIdManager {
	if r == nil || r.Context().Value(forgetKey{}) != nil {
		return manager{sessions: s}
	}
	return manager{s, from(r.Context())}
}

// Generate makes an id for the caller.
func (m manager) Generate() string {
	if m.x == nil {
		return ""
	}
	return m.sessions.mint(m.x.caller.ID, ability(m.x.raw))
}

// Validate knows the session that the guard found valid, and no other. There
// is none when the guard took the message for a modern one, whatever the
// library takes it for.
func (m manager) Validate(id string) (isTerminated bool, err error) {
	if m.x == nil || m.x.session == "" || m.x.session != id {
		return false, errors.New("no such session")
	}
	return false, nil
}

// Terminate ends the session of a client that says so.
func (m manager) Terminate(id string) (isNotAllowed bool, err error) {
	if m.x != nil && m.x.session == id {
		m.sessions.end(id)
	}
	return false, nil
}
