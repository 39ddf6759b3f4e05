package company

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// unnamed is what to call a company whose name Fiskl does not tell: what it was
// called here, or else what opens its books.
func unnamed(ctx context.Context, c config.Company) string {
	if c.Title != "" {
		return c.Title
	}
	key := c.Key
	if key.IsZero() && c.Saved != nil {
		saved, err := c.Saved.Show(ctx)
		switch {
		case err == nil && saved.Kind == credential.OAuth:
			return "(the company of this sign-in)"
		case err == nil:
			key = saved.Key
		}
	}
	if key.IsZero() {
		return "(the company's name could not be read)"
	}
	return "(the company of key " + listedAs(key) + ")"
}

// listedAs is a key as Fiskl's own list of keys shows it (documented), so that
// its owner can tell which one it is. A key too short for that shows no more
// than half.
func listedAs(key secret.Secret) string {
	const start, shown = len("fsk_"), 12
	text := key.Reveal()
	if len(text) <= start {
		return "…"
	}
	return text[:start+min(shown, (len(text)-start)/2)] + "…"
}
