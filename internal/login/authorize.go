package login

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

// Browser signs a person in through their browser.
type Browser struct {
	Place Place

	ClientID   string
	SecretFile string   // of a confidential client; empty for a public one
	Scopes     []string // to ask for; none means all that the API knows
	Port       int      // of the page that the browser comes back to

	// Show gets the address that the person has to visit.
	Show func(address string)

	// Patience is how long the person has; 0 means five minutes.
	Patience time.Duration

	Transport http.RoundTripper // nil means one of its own
	Now       func() time.Time  // nil means time.Now
}

// Patience is how long a person has to sign in.
const Patience = 5 * time.Minute

// SignIn sends the person to the authorization server and waits until they are
// back. It asks for a code that only this process can turn into tokens (PKCE).
func (b Browser) SignIn(ctx context.Context) (credential.Grant, error) {
	if b.Patience == 0 {
		b.Patience = Patience
	}
	server := b.Place.Server
	server.ClientID, server.SecretFile = b.ClientID, b.SecretFile
	c, err := app(server, server.TokenURL)
	if err != nil {
		return credential.Grant{}, err
	}
	c.Endpoint.AuthURL = b.Place.AuthorizeURL
	c.RedirectURL = "http://localhost:" + strconv.Itoa(b.Port) + callbackPath
	c.Scopes = b.scopes()
	verifier := oauth2.GenerateVerifier()
	code, err := b.fetchCode(ctx, c, verifier)
	if err != nil {
		return credential.Grant{}, err
	}
	return b.redeem(ctx, c, server, code, verifier)
}

// scopes are those to ask for.
func (b Browser) scopes() []string {
	if len(b.Scopes) > 0 {
		return b.Scopes
	}
	return b.Place.Scopes
}

// fetchCode has the person visit the authorization server.
func (b Browser) fetchCode(ctx context.Context, c *oauth2.Config, verifier string) (string, error) {
	state := rand.Text()
	waiting, err := listen(ctx, b.Port, expectation{
		state: state, issuer: b.Place.Issuer, mustName: b.Place.NamesItself,
	})
	if err != nil {
		return "", err
	}
	defer waiting.close(ctx)
	asks := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier)}
	if b.Place.Resource != "" {
		asks = append(asks, oauth2.SetAuthURLParam("resource", b.Place.Resource))
	}
	b.Show(c.AuthCodeURL(state, asks...))
	return waiting.wait(ctx, b.Patience)
}

// redeem turns the code into tokens, once.
func (b Browser) redeem(ctx context.Context, c *oauth2.Config, server credential.Server, code, verifier string) (credential.Grant, error) {
	ctx = context.WithValue(ctx, oauth2.HTTPClient, client(b.Transport))
	asks := []oauth2.AuthCodeOption{oauth2.VerifierOption(verifier)}
	if b.Place.Resource != "" {
		asks = append(asks, oauth2.SetAuthURLParam("resource", b.Place.Resource))
	}
	tokens, err := c.Exchange(ctx, code, asks...)
	if err != nil {
		e := explained(err)
		if e.code == "invalid_grant" {
			return credential.Grant{}, fmt.Errorf("the code that the browser brought is not good any more: it is good once, and for a short time (%s). Run fiskl-mcp login --oauth again", e.problem)
		}
		return credential.Grant{}, fmt.Errorf("no tokens were had for the code: %s", e.problem)
	}
	if !strings.EqualFold(tokens.Type(), "Bearer") {
		return credential.Grant{}, errors.New("the server gave a token of a kind that this program does not know")
	}
	now := time.Now
	if b.Now != nil {
		now = b.Now
	}
	return granted(credential.Grant{Server: server, Scopes: c.Scopes}, tokens, now()), nil
}
