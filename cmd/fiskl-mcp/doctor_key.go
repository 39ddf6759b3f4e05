package main

import (
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// describeCredential says which credential a company has and where it came
// from. Of the secret it shows the beginning, as Fiskl's own list of keys does.
func describeCredential(c companyConfig) string {
	if c.sandbox {
		return "The sandbox's own key"
	}
	for _, name := range []string{"FISKL_API_KEY", "FISKL_API_KEY_FILE", keyVariable} {
		if v := c.set[name]; v.text != "" {
			return beginning(c.key) + " of " + v.place()
		}
	}
	if c.saved == nil {
		return "The credential"
	}
	if h, err := c.saved.Peek(); err == nil && h.Kind == credential.OAuth {
		return "The sign-in that fiskl-mcp login saved"
	}
	return "The API key that fiskl-mcp login saved"
}

// lasting reports a credential that the server has whoever starts it, and not
// only where a variable is set.
func lasting(c companyConfig) bool {
	return c.sandbox || c.set["FISKL_API_KEY"].file != "" || c.set["FISKL_API_KEY_FILE"].file != "" || c.saved != nil && c.problem() == ""
}

// beginning is as much of a key as tells it from others, and of a short one
// nothing: there is little left to guess.
func beginning(key secret.Secret) string {
	const (
		seen = len("fsk_8fK2")
		long = 2 * seen
	)
	switch text := key.Reveal(); {
	case !isKey(text):
		return ""
	case len(text) < long:
		return "fsk_…"
	default:
		return text[:seen] + "…"
	}
}
