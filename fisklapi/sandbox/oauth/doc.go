// Package oauth is the sandbox's authorization server: what Fiskl calls connected apps, served from memory.
//
// It knows the authorization code flow with PKCE (S256), refresh tokens and their revocation, and describes itself under
// the well-known addresses of RFC 8414 and RFC 9728:
//
//	GET      /.well-known/oauth-authorization-server
//	GET      /.well-known/oauth-protected-resource       also with /v1 behind it
//	GET POST /oauth/authorize                            sign-in, then one checkbox for each scope
//	POST     /oauth/token                                authorization_code and refresh_token
//	POST     /oauth/revoke                               RFC 7009
//
// The issuer is the address that a request was sent to. Clients are public and registered beforehand; redirect addresses
// are compared letter by letter.
//
// # What is documented and what is an approximation
//
// Fiskl documents the code flow with PKCE, exact redirect addresses that are https or http://localhost, the names of the
// scopes, the permissions behind them, a consent page on which single scopes can be cleared, and that a connection that
// is revoked is cut at once. All else is inferred: the addresses of the endpoints, the metadata, the form and lifetimes
// of codes and tokens, and that refresh tokens rotate. It is strict where Fiskl may be lenient: a code or a refresh token
// that is used twice takes back all that the sign-in gave, without a grace period.
//
// Codes and tokens are checked by github.com/go-oauth2/oauth2; what it leaves open is closed here, see
// docs/decisions/sandbox-oauth.md.
package oauth
