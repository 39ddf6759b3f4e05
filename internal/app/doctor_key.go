package app

import (
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// describeCredential says which credential a company has and where it came
// from. Of the secret it shows the beginning, as Fiskl's own list of keys does.
func describeCredential(c companyConfig) string {
	switch {
	case c.sandbox:
		return "The sandbox's own key"
	case c.given().text != "":
		return secret.Prefix(c.key) + " of " + c.given().place()
	default:
		return "What you saved with " + credentialSource(c)
	}
}

// anew says how another credential is had.
func anew(c companyConfig) string {
	const fresh = "Make a new key in Fiskl under Settings > API & Connections > My API keys, and copy all of it: it is shown once."
	if c.saved == nil {
		return fresh
	}
	if h, err := c.saved.Peek(); err == nil && h.Kind == credential.OAuth {
		return "Run " + c.slot().Command(h.Kind) + " to sign in again."
	}
	return fresh + " Then run " + c.slot().Command(credential.APIKey) + "."
}

// lasting reports a credential that the server has whoever starts it, and not
// only where a variable is set.
func lasting(c companyConfig) bool {
	return c.sandbox || c.given().file != "" || c.given().text == "" && c.problem() == ""
}
