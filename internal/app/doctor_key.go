package app

import (
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// describeCredential says which credential a company has and where it came
// from. Of the secret it shows the beginning, as Fiskl's own list of keys does.
func describeCredential(c config.Company) string {
	switch {
	case c.Sandbox:
		return "The sandbox's own key"
	case c.KeySetting().Text != "":
		return secret.Prefix(c.Key) + " of " + c.KeySetting().Place()
	default:
		return "What you saved with " + credentialSource(c)
	}
}

// anew says how another credential is had.
func anew(c config.Company) string {
	const fresh = "Make a new key in Fiskl under Settings > API & Connections > My API keys, and copy all of it: it is shown once."
	if c.Saved == nil {
		return fresh
	}
	if h, err := c.Saved.Peek(); err == nil && h.Kind == credential.OAuth {
		return "Run " + c.Slot().Command(h.Kind) + " to sign in again."
	}
	return fresh + " Then run " + c.Slot().Command(credential.APIKey) + "."
}

// lasting reports a credential that the server has whoever starts it, and not
// only where a variable is set.
func lasting(c config.Company) bool {
	return c.Sandbox || c.KeySetting().File != "" || c.KeySetting().Text == "" && c.CredentialProblem() == ""
}
