package writepolicy

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// Verify says whether the part of the journal that Entries shows is as it was
// written.
func (c *Policy) Verify(ctx context.Context) (journal.Report, error) {
	j, _, err := c.open(ctx)
	if err != nil {
		return journal.Report{}, err
	}
	return j.VerifyListed(ctx)
}
