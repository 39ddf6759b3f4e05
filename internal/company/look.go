package company

import (
	"context"
	"log/slog"
	"path/filepath"

	"github.com/fiskl-mcp/fiskl-mcp/internal/permissions"
)

// startLook begins to find out what the credential may do and, beside that, what
// the first call will need. Without a usable key there is nothing to ask.
func (co *Company) startLook(ctx context.Context, folder string, logger *slog.Logger) {
	if co.Name != "" {
		logger = logger.With("company", co.Name)
	}
	if problem := co.CredentialProblem(); problem != "" {
		logger.WarnContext(ctx, "every call will be answered with this problem", "problem", problem)
		return
	}
	ctx, co.stopLook = context.WithCancel(ctx)
	co.look = permissions.Start(ctx, co.lookFile(folder), co.API.Permissions.List, logger)
	go co.API.Warm(ctx)
}

// lookFile is where a key's permissions are kept between runs, by a digest
// that does not give the key away. The sandbox keeps nothing.
func (co *Company) lookFile(folder string) string {
	if folder == "" || co.Sandbox {
		return ""
	}
	return filepath.Join(folder, co.CredentialID()+".json")
}

// Held returns the permissions of the company's credential; ok is false while
// they are not known.
func (co *Company) Held(ctx context.Context) (held []string, ok bool) {
	if co.look == nil {
		return nil, false
	}
	return co.look.Held(ctx)
}

// Look begins to find out what the companies' credentials may do, until
// ctx ends. What is found is kept in a folder between runs, unless folder is
// empty.
func (p Companies) Look(ctx context.Context, folder string, logger *slog.Logger) {
	for _, co := range p.Each {
		co.startLook(ctx, folder, logger)
	}
}
