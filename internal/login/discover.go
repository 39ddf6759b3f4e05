package login

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

// Addresses are what can be set by hand, because Fiskl publishes none of it.
// What is empty is looked up.
type Addresses struct {
	API string // root of the API, which says whom it trusts

	Issuer       string
	AuthorizeURL string
	TokenURL     string
	RevokeURL    string
}

// Place is an authorization server as it was found.
type Place struct {
	credential.Server

	AuthorizeURL string
	Resource     string   // what the API calls itself, where it says
	Scopes       []string // that the API knows, where it says
	NamesItself  bool     // it says in every answer who it is
}

// resourceMetadata is what an API says of itself (RFC 9728).
type resourceMetadata struct {
	Resource string   `json:"resource"`
	Servers  []string `json:"authorization_servers"`
	Scopes   []string `json:"scopes_supported"`
}

// serverMetadata is what an authorization server says of itself (RFC 8414).
type serverMetadata struct {
	Issuer      string   `json:"issuer"`
	Authorize   string   `json:"authorization_endpoint"`
	Token       string   `json:"token_endpoint"`
	Revoke      string   `json:"revocation_endpoint"`
	Methods     []string `json:"token_endpoint_auth_methods_supported"`
	PKCE        []string `json:"code_challenge_methods_supported"`
	NamesItself bool     `json:"authorization_response_iss_parameter_supported"`
}

// Find finds where to sign in: what was set by hand, and for the rest what the
// API and the authorization server that it names say of themselves.
func Find(ctx context.Context, a Addresses, road http.RoundTripper) (Place, error) {
	p := Place{AuthorizeURL: a.AuthorizeURL, Server: credential.Server{Issuer: a.Issuer, TokenURL: a.TokenURL, RevokeURL: a.RevokeURL}}
	if a.AuthorizeURL != "" && a.TokenURL != "" {
		return p, p.check()
	}
	l := lookup{http: client(road)}
	issuer := a.Issuer
	if issuer == "" {
		about, err := l.resource(ctx, a.API)
		if err != nil {
			return Place{}, err
		}
		issuer, p.Resource, p.Scopes = about.Servers[0], about.Resource, about.Scopes
	}
	if err := checkURL(issuer); err != nil {
		return Place{}, fmt.Errorf("the issuer %w", err)
	}
	m, err := l.server(ctx, issuer)
	if err != nil {
		return Place{}, err
	}
	p.complete(m)
	return p, p.check()
}

// complete fills in what was not set by hand.
func (p *Place) complete(m serverMetadata) {
	p.Issuer, p.NamesItself = m.Issuer, m.NamesItself
	for _, one := range []struct {
		to   *string
		from string
	}{{&p.AuthorizeURL, m.Authorize}, {&p.TokenURL, m.Token}, {&p.RevokeURL, m.Revoke}} {
		if *one.to == "" {
			*one.to = one.from
		}
	}
	// Where the server says nothing, a header is the standard's default.
	p.Basic = len(m.Methods) == 0 || slices.Contains(m.Methods, "client_secret_basic")
}

// check refuses addresses that secrets must not be sent to.
func (p *Place) check() error {
	for name, text := range map[string]string{"authorize": p.AuthorizeURL, "token": p.TokenURL, "revoke": p.RevokeURL} {
		if text == "" && name == "revoke" {
			continue
		}
		if text == "" {
			return fmt.Errorf("the authorization server does not say where to %s. Set FISKL_OAUTH_%s_URL", map[string]string{"authorize": "sign in", "token": "get tokens"}[name], strings.ToUpper(name))
		}
		if err := checkURL(text); err != nil {
			return fmt.Errorf("the %s address %w", name, err)
		}
	}
	return nil
}

// lookup reads metadata.
type lookup struct{ http *http.Client }

// errNothing is why there is no metadata.
var errNothing = errors.New("nothing is published there")

// resource asks the API whom it trusts.
func (l lookup) resource(ctx context.Context, api string) (resourceMetadata, error) {
	if err := checkURL(api); err != nil {
		return resourceMetadata{}, fmt.Errorf("FISKL_BASE_URL %w", err)
	}
	root := strings.TrimSuffix(api, "/")
	var m resourceMetadata
	err := l.first(ctx, &m, wellKnown(root, "oauth-protected-resource"), wellKnown(root+"/v1", "oauth-protected-resource"))
	switch {
	case errors.Is(err, errNothing):
		return m, fmt.Errorf("%s does not say where to sign in. Set FISKL_OAUTH_ISSUER, or FISKL_OAUTH_AUTHORIZE_URL and FISKL_OAUTH_TOKEN_URL; or save an API key: fiskl-mcp login", root)
	case err != nil:
		return m, fmt.Errorf("look up where to sign in: %w", err)
	case m.Resource != root && m.Resource != root+"/" && m.Resource != root+"/v1":
		return m, fmt.Errorf("%s says that it is %q, and is not trusted", root, m.Resource)
	case len(m.Servers) == 0:
		return m, fmt.Errorf("%s names no authorization server. Set FISKL_OAUTH_ISSUER", root)
	default:
		return m, nil
	}
}

// server asks an authorization server for its endpoints.
func (l lookup) server(ctx context.Context, issuer string) (serverMetadata, error) {
	var m serverMetadata
	err := l.first(ctx, &m, wellKnown(issuer, "oauth-authorization-server"),
		wellKnown(issuer, "openid-configuration"), strings.TrimSuffix(issuer, "/")+"/.well-known/openid-configuration")
	switch {
	case errors.Is(err, errNothing):
		return m, fmt.Errorf("%s does not publish its endpoints. Set FISKL_OAUTH_AUTHORIZE_URL and FISKL_OAUTH_TOKEN_URL", issuer)
	case err != nil:
		return m, fmt.Errorf("look up the endpoints: %w", err)
	case m.Issuer != issuer:
		return m, fmt.Errorf("%s says that it is %q, and is not trusted", issuer, m.Issuer)
	case len(m.PKCE) > 0 && !slices.Contains(m.PKCE, "S256"):
		return m, fmt.Errorf("%s does not know PKCE with S256, without which this program does not sign in", issuer)
	default:
		return m, nil
	}
}

// first reads the first of several documents that there is.
func (l lookup) first(ctx context.Context, to any, addresses ...string) error {
	for _, address := range addresses {
		if err := l.read(ctx, to, address); !errors.Is(err, errNothing) {
			return err
		}
	}
	return errNothing
}

func (l lookup) read(ctx context.Context, to any, address string) error {
	const longest = 1 << 20
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return err
	}
	req.Header.Set("Accept", "application/json")
	res, err := l.http.Do(req)
	if err != nil {
		return explained(err)
	}
	defer func() { _ = res.Body.Close() }() // it was only read
	switch {
	case res.StatusCode >= http.StatusInternalServerError:
		return fmt.Errorf("%s failed (HTTP %d)", req.URL.Host, res.StatusCode)
	case res.StatusCode != http.StatusOK:
		return errNothing
	}
	if err := json.NewDecoder(io.LimitReader(res.Body, longest)).Decode(to); err != nil {
		return errNothing // a web page, most likely
	}
	return nil
}

// wellKnown is where a document about an address lies: between its host and
// its path.
func wellKnown(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Path = "/.well-known/" + name + strings.TrimSuffix(u.Path, "/")
	u.RawQuery = ""
	return u.String()
}
