package sandbox

import (
	"bytes"
	"net/http"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/oauth"
)

// The connected app that is registered from the start. It is public: it has no secret.
const (
	ClientID    = "fiskl-mcp"
	RedirectURI = "http://localhost:8976/callback"
)

// Users are the people of the demo company who may sign in to connect an app, the most powerful first.
func Users() []oauth.User {
	const password = "sandbox"
	return []oauth.User{
		{Email: "olivia@harbourfinch.example", Password: password, Name: "Olivia Harbour", Role: "Owner", Permissions: ownerPermissions()},
		{Email: "theo@harbourfinch.example", Password: password, Name: "Theo Finch", Role: "Invoice Only", Permissions: invoiceOnlyPermissions()},
	}
}

// OAuth is the authorization server that connected apps get their access tokens from.
func (s *Server) OAuth() *oauth.Server { return s.authorization() }

func (s *Server) newAuthorization() *oauth.Server {
	return oauth.New(oauth.Options{
		Now:     s.options.Now,
		Company: "Harbour & Finch Studio Ltd",
		Users:   Users(),
		Clients: []oauth.Client{{
			ID: ClientID, Name: ClientID, RedirectURIs: slices.Concat([]string{RedirectURI}, s.options.RedirectURIs),
		}},
	})
}

// connected is what an access token may do, as if it were a key: what its user may, as far as its scopes let it through.
func (s *Server) connected(token string) (Key, error) {
	access, err := s.authorization().Access(token)
	if err != nil {
		return Key{}, problem(http.StatusUnauthorized, "%v", err)
	}
	return Key{
		Secret: token, Name: access.Client.Name, Preset: access.User.Role, Status: active,
		Permissions: oauth.Permitted(access.User.Permissions, access.Scopes),
		kind:        "access token", actor: access.User.Name + " (" + access.Client.Name + ")",
	}, nil
}

// serveAuthorization hands a request to the authorization server. Faults hit it as they hit the API.
func (s *Server) serveAuthorization(w http.ResponseWriter, r *http.Request) {
	fault, hit := s.faults.match(r)
	if !hit {
		s.authorization().ServeHTTP(w, r)
		return
	}
	if !fault.before(s, w, r) {
		return
	}
	held := &heldAnswer{header: w.Header(), status: http.StatusOK}
	s.authorization().ServeHTTP(held, r)
	a := fault.after(w, answer{held.status, held.body.Bytes()})
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // An error means that the caller has gone.
}

// heldAnswer keeps an answer back, so that a fault can change it.
type heldAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (h *heldAnswer) Header() http.Header         { return h.header }
func (h *heldAnswer) WriteHeader(status int)      { h.status = status }
func (h *heldAnswer) Write(p []byte) (int, error) { return h.body.Write(p) }
