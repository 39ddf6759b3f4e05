package writepolicy

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// Check says beforehand whether a write would be refused, so that nobody is
// asked in vain. The confirmation is the id of the one that would be used; empty
// where nobody agreed yet. It decides nothing: by the time of the write it may
// be otherwise.
func (c *Policy) Check(ctx context.Context, w fisklapi.Write, confirmation string) error {
	if c.o.DryRun {
		return nil
	}
	j, company, err := c.open(ctx)
	if err != nil {
		return err
	}
	c.settle(ctx, j)
	entries, err := j.Recent(ctx)
	if err != nil {
		return err
	}
	return c.allows(entries, journal.Opening{Write: w, Confirmation: confirmation}, company, true)
}
