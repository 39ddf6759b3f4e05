// Package credential keeps what a person signed in with: an API key, or the
// tokens of a sign-in through the browser. It lies encrypted in a file that
// only its owner can read, and the key to that file in the keychain of the
// operating system where there is one.
package credential

import (
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Kind is what a person signed in with.
type Kind string

// The kinds.
const (
	APIKey Kind = "api_key"
	OAuth  Kind = "oauth"
)

// Credential is what the calls for one company are made with.
type Credential struct {
	// ID tells this sign-in from every other. It is no secret, and stays the
	// same while tokens are renewed.
	ID string

	Kind    Kind
	Saved   time.Time     // when the person signed in
	Company Company       // as it was then
	Key     secret.Secret // of an APIKey
	Grant   Grant         // of OAuth
}

// Company is whose books a credential opens.
type Company struct {
	ID   schemas.ID // none if Fiskl did not say
	Name string
}

// Grant is a sign-in through the browser: its tokens, and where they are
// renewed and revoked.
type Grant struct {
	Access   secret.Secret
	Refresh  secret.Secret // zero if the server gave none
	Obtained time.Time     // when Access was
	Expiry   time.Time     // of Access; zero if the server did not say
	Scopes   []string      // as they were granted
	Server   Server

	// Asked is when a renewal was asked for whose answer is not here yet. It is
	// zero but while one runs, and after one that was cut off.
	Asked time.Time

	// Doubted says that Access was had because the API refused the one before.
	Doubted bool

	// Over says that the server renews this sign-in no more.
	Over bool
}

// Server is where a sign-in came from, and as whom it is renewed there.
type Server struct {
	Issuer     string
	TokenURL   string
	RevokeURL  string // empty if there is none
	ClientID   string
	SecretFile string // file with the client's secret; empty for a public client
	Basic      bool   // the client's secret goes into a header
}

// Bearer is what requests are signed with.
func (c Credential) Bearer() secret.Secret {
	if c.Kind == OAuth {
		return c.Grant.Access
	}
	return c.Key
}

// digest tells one API key from another. Tokens change all the time, and have
// none.
func (c Credential) digest() string {
	if c.Kind != APIKey {
		return ""
	}
	return c.Key.Digest()
}
