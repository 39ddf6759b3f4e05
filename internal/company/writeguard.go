package company

import (
	"cmp"
	"context"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// writeGuard is what stands between an agent and a company's books: the journal
// with its limits, and the seal of previews and confirmations.
type writeGuard struct {
	policy *writepolicy.Policy
	sealer func() (*seal.Sealer, error) // nil means tokens that do not outlast the program
}

// newWriteGuard makes what a company's writes need. Where it cannot be had, every
// write is refused with the reason, and reading goes on. The reader is asked for
// the company and for what became of a write; it writes nothing.
func newWriteGuard(o opening, reader *fisklapi.Client) *writeGuard {
	s := &writeGuard{}
	all, cfg := o.program, o.Company
	w := writepolicy.Options{
		Company:  func(ctx context.Context) (writepolicy.Company, error) { return watchedCompany(ctx, reader, cfg) },
		LookBack: reader.LookBack,
		Caller:   o.caller, Apart: o.caller != "" && all.Endpoint.Auth == config.AuthHeader, Limits: cfg.Limits, DryRun: cfg.DryRun,
		Person: cfg.Confirm == tools.ConfirmPerson, Logger: o.logger, Now: all.Clock(),
	}
	switch {
	case all.StateDir != "":
		s.sealer = sync.OnceValues(func() (*seal.Sealer, error) { return sealer(all) })
	case !cfg.Sandbox:
		w.Problem = "there is no folder to keep the journal of changes in, and nothing is changed without it. Set FISKL_STATE_DIR"
	}
	if !cfg.Sandbox { // the sandbox forgets its books, and so the journal of them
		w.Dir, w.Heads, w.Retention = all.JournalsDir(), all.HeadsDirs(), all.Retention
	}
	s.policy = writepolicy.New(w)
	return s
}

// sealer has the key of this installation, which is made when it is first
// needed.
func sealer(all config.Program) (*seal.Sealer, error) {
	key, err := seal.LoadKey(filepath.Join(all.StateDir, "key"))
	if err != nil {
		return nil, &writepolicy.Error{Problem: err.Error()}
	}
	return seal.New(key, all.Clock())
}

// watchedCompany tells whose books these are. A credential that cannot read the
// company keeps a journal of its own.
func watchedCompany(ctx context.Context, reader *fisklapi.Client, cfg config.Company) (writepolicy.Company, error) {
	c, err := reader.Companies.Get(ctx)
	if fisklapi.OutOfReach(err) {
		return writepolicy.Company{Key: hostOf(cfg) + "-" + cfg.OpenerID(), Name: cfg.Title, Zone: cmp.Or(cfg.Zone, time.UTC), Alone: true}, nil
	}
	if err != nil {
		return writepolicy.Company{}, err
	}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil || c.TimeZone == "" {
		zone = cmp.Or(cfg.Zone, time.UTC) // of a zone that this machine does not know, too
	}
	return writepolicy.Company{Key: hostOf(cfg) + "-" + journalOf(c.ID), Name: c.Name, Zone: zone}, nil
}

// hostOf is where the API is, fit for the name of a file.
func hostOf(c config.Company) string {
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Host == "" {
		return "api"
	}
	return strings.NewReplacer(":", "_", "[", "", "]", "").Replace(strings.ToLower(u.Host))
}

// Settle looks up, in the background, what an earlier run left open in the
// journals, until ctx ends.
func (p Companies) Settle(ctx context.Context, logger *slog.Logger) {
	for _, co := range p.Each {
		go co.settle(ctx, logger)
	}
}

func (co *Company) settle(ctx context.Context, logger *slog.Logger) {
	if co.Sandbox || co.CredentialProblem() != "" || co.ReadOnly || !hasJournal(co.Company, co.journals) {
		return
	}
	if err := co.guard.policy.Settle(ctx); err != nil {
		logger.DebugContext(ctx, "the journal is looked through later", "problem", err.Error())
	}
}

// hasJournal reports that a folder may hold the journal of the company.
func hasJournal(c config.Company, folder string) bool {
	files, err := os.ReadDir(folder)
	return err == nil && slices.ContainsFunc(files, func(f os.DirEntry) bool { return strings.HasPrefix(f.Name(), hostOf(c)+"-") })
}
