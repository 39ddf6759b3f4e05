package app

import (
	"context"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// title reads what to call a company.
func (r *reading) title(name string) string {
	const longest = 100
	text := strings.TrimSpace(r.set[name].text)
	if secret.HoldsKey(text) || schemas.Clean(text, longest) != text {
		r.refuse(name, "is not a name that can be shown, of at most 100 characters")
	}
	return text
}

// zone reads a time zone; nil when none is set.
func (r *reading) zone(name string) *time.Location {
	text := strings.TrimSpace(r.set[name].text)
	if text == "" {
		return nil
	}
	zone, err := time.LoadLocation(text)
	if err != nil || strings.EqualFold(text, "local") { // this machine's zone is not the company's
		r.refuse(name, "is not a time zone such as Europe/Berlin")
	}
	return zone
}

// unnamed is what to call a company whose name Fiskl does not tell: what it was
// called here, or else what opens its books.
func (c companyConfig) unnamed(ctx context.Context) string {
	if c.title != "" {
		return c.title
	}
	key := c.key
	if key.IsZero() && c.saved != nil {
		saved, err := c.saved.Show(ctx)
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
