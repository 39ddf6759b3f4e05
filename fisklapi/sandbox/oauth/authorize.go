package oauth

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	refusals "github.com/go-oauth2/oauth2/v4/errors"
	"github.com/go-oauth2/oauth2/v4/server"
)

// request is an authorization request that was found good.
type request struct {
	*server.AuthorizeRequest
	client Client
	scopes []Scope
}

// problem is why a request for authorization is refused, in the codes of RFC 6749 and RFC 8707.
type problem struct{ code, description string }

// askToSignIn begins a visit. Nobody is sent to an address that is not registered: that ends on a page, while all other
// mistakes are told to the client.
func (s *Server) askToSignIn(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	client, ok := s.client(query.Get("client_id"))
	switch {
	case !ok || len(query["client_id"]) > 1:
		s.sorry(w, "The program that sent you here is not registered.",
			"Its client_id is unknown. The sandbox knows the client fiskl-mcp.")
		return
	case exact(client.registered().Domain, query.Get("redirect_uri")) != nil || len(query["redirect_uri"]) > 1:
		s.sorry(w, "The program that sent you here asks to send you on to an address that is not registered for it.",
			"A redirect_uri has to be one of those registered, letter by letter: "+strings.Join(client.RedirectURIs, " and ")+".")
		return
	}
	asked, wrong := s.check(r, client)
	if wrong != nil {
		sendBack(w, r, query.Get("redirect_uri"), url.Values{"error": {wrong.code}, "error_description": {wrong.description}}, query.Get("state"))
		return
	}
	v, err := s.begin(w, r, asked)
	if err != nil {
		s.sorry(w, "Too many sign-ins are under way.", "Try again in a few minutes.")
		return
	}
	s.showSignIn(w, v, "", "")
}

// check looks at what stands in a request besides client and redirect address.
func (s *Server) check(r *http.Request, client Client) (*request, *problem) {
	query := r.URL.Query()
	if wrong := malformed(query); wrong != nil {
		return nil, wrong
	}
	asked, err := s.library.ValidationAuthorizeRequest(r)
	if err != nil {
		return nil, &problem{err.Error(), refusals.Descriptions[err]}
	}
	if resource := query.Get("resource"); resource != "" && strings.TrimSuffix(resource, "/") != issuer(r)+resourcePath {
		return nil, &problem{"invalid_target", "resource must be " + issuer(r) + resourcePath}
	}
	names := strings.Fields(asked.Scope)
	if len(names) == 0 {
		names = scopeNames()
	}
	if i := slices.IndexFunc(names, func(n string) bool { return !slices.Contains(scopeNames(), n) }); i >= 0 {
		return nil, &problem{"invalid_scope", "no scope is called " + names[i]}
	}
	return &request{asked, client, known(names)}, nil
}

// malformed finds what the library lets pass or names by another code than RFC 6749.
func malformed(query url.Values) *problem {
	for name, values := range query {
		if len(values) > 1 {
			return &problem{"invalid_request", name + " stands there twice"}
		}
	}
	switch query.Get("response_type") {
	case "code":
		return nil
	case "":
		return &problem{"invalid_request", "response_type is missing; it must be code"}
	default:
		return &problem{"unsupported_response_type", "response_type must be code"}
	}
}

// allow gives the client a code for the scopes that were left ticked, and sends the browser back with it.
func (s *Server) allow(w http.ResponseWriter, r *http.Request, v visit, scopes []string) {
	asked := *v.request.AuthorizeRequest
	asked.UserID = v.user.Email
	asked.Scope = strings.Join(scopes, " ")
	s.mu.Lock()
	info, err := s.library.GetAuthorizeToken(r.Context(), &asked)
	s.mu.Unlock()
	if err != nil {
		s.back(w, r, v, url.Values{"error": {"server_error"}})
		return
	}
	s.back(w, r, v, url.Values{"code": {info.GetCode()}})
}

// back ends a visit and sends the browser back to the client.
func (s *Server) back(w http.ResponseWriter, r *http.Request, v visit, answer url.Values) {
	if !s.end(v) {
		s.over(w)
		return
	}
	sendBack(w, r, v.request.RedirectURI, answer, v.request.State)
}

// sendBack redirects to a registered address. The issuer goes with every answer, as RFC 9207 asks.
func sendBack(w http.ResponseWriter, r *http.Request, uri string, answer url.Values, state string) {
	u, err := url.Parse(uri)
	if err != nil {
		http.Error(w, "The registered redirect address is no URL.", http.StatusInternalServerError)
		return
	}
	query := u.Query()
	maps.Copy(query, answer)
	query.Set("iss", issuer(r))
	if state != "" {
		query.Set("state", state)
	}
	u.RawQuery = query.Encode()
	secure(w, "")
	http.Redirect(w, r, u.String(), http.StatusSeeOther) //nolint:gosec // It was compared with the registered ones.
}
