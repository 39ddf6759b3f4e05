package oauth

import (
	"encoding/json"
	"net/http"
)

const (
	serverMetadataPath   = "/.well-known/oauth-authorization-server"
	resourceMetadataPath = "/.well-known/oauth-protected-resource"
	resourcePath         = "/v1"
	authorizePath        = "/oauth/authorize"
	tokenPath            = "/oauth/token" //nolint:gosec // The path of an endpoint is no credential.
	revokePath           = "/oauth/revoke"
)

// serverMetadata is the document of RFC 8414.
type serverMetadata struct {
	Issuer                 string   `json:"issuer"`
	AuthorizationEndpoint  string   `json:"authorization_endpoint"`
	TokenEndpoint          string   `json:"token_endpoint"`
	RevocationEndpoint     string   `json:"revocation_endpoint"`
	Scopes                 []string `json:"scopes_supported"`
	ResponseTypes          []string `json:"response_types_supported"`
	ResponseModes          []string `json:"response_modes_supported"`
	GrantTypes             []string `json:"grant_types_supported"`
	TokenAuthMethods       []string `json:"token_endpoint_auth_methods_supported"`
	RevocationAuthMethods  []string `json:"revocation_endpoint_auth_methods_supported"`
	CodeChallengeMethods   []string `json:"code_challenge_methods_supported"`
	IssuerInAuthorizations bool     `json:"authorization_response_iss_parameter_supported"`
}

// resourceMetadata is the document of RFC 9728.
type resourceMetadata struct {
	Resource             string   `json:"resource"`
	ResourceName         string   `json:"resource_name"`
	AuthorizationServers []string `json:"authorization_servers"`
	Scopes               []string `json:"scopes_supported"`
	BearerMethods        []string `json:"bearer_methods_supported"`
}

func (s *Server) serverMetadata(w http.ResponseWriter, r *http.Request) {
	issuer := issuer(r)
	public := []string{"none"}
	answerJSON(w, http.StatusOK, serverMetadata{
		Issuer:                 issuer,
		AuthorizationEndpoint:  issuer + authorizePath,
		TokenEndpoint:          issuer + tokenPath,
		RevocationEndpoint:     issuer + revokePath,
		Scopes:                 scopeNames(),
		ResponseTypes:          []string{"code"},
		ResponseModes:          []string{"query"},
		GrantTypes:             []string{"authorization_code", "refresh_token"},
		TokenAuthMethods:       public,
		RevocationAuthMethods:  public,
		CodeChallengeMethods:   []string{"S256"},
		IssuerInAuthorizations: true,
	})
}

func (s *Server) resourceMetadata(w http.ResponseWriter, r *http.Request) {
	answerJSON(w, http.StatusOK, resourceMetadata{
		Resource:             issuer(r) + resourcePath,
		ResourceName:         "Fiskl API (sandbox)",
		AuthorizationServers: []string{issuer(r)},
		Scopes:               scopeNames(),
		BearerMethods:        []string{"header"},
	})
}

// issuer is the address a request was sent to. A sandbox has whatever address it is given, and learns of it here.
func issuer(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// answerJSON sends a body that no cache may keep. An error means that the caller has gone.
func answerJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
