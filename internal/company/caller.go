package company

import (
	"context"
	"log/slog"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

// OpenFor opens the companies of a caller of the shared endpoint: with the
// caller's own key where callers bring one, and for reading alone where they may
// do no more. Lines are by company, in the order of the settings. It begins to
// find out what their credentials may do, until ctx ends or they are left.
func OpenFor(ctx context.Context, cfg config.Config, lines []Line, who principal.Principal, logger *slog.Logger) (Companies, error) {
	theirs := cfg
	theirs.Companies = slices.Clone(cfg.Companies)
	theirs.ExportDir = "" // a folder of this machine's is nobody's who calls from another
	for i := range theirs.Companies {
		one := &theirs.Companies[i]
		if !who.Key.IsZero() {
			one.Key, one.KeyProblem = who.Key, ""
			one.Title = "" // it is of one company, and these may be others' books
		}
	}
	p, err := openAll(theirs, lines, opening{caller: who.ID, reader: !who.Write, shared: true, logger: logger})
	if err != nil {
		return Companies{}, err
	}
	p.Look(ctx, "", logger)
	return p, nil
}
