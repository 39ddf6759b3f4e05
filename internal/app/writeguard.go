package app

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
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
func newWriteGuard(all program, cfg companyConfig, reader *fisklapi.Client, logger *slog.Logger) *writeGuard {
	s := &writeGuard{}
	o := writepolicy.Options{
		Company:  func(ctx context.Context) (writepolicy.Company, error) { return watchedCompany(ctx, reader, cfg) },
		LookBack: reader.LookBack,
		Caller:   all.caller, Apart: all.caller != "" && all.endpoint.auth == authHeader, Limits: cfg.limits, DryRun: cfg.dryRun, Person: cfg.confirm == tools.ConfirmPerson, Logger: logger, Now: all.clock(),
	}
	switch {
	case all.stateDir != "":
		s.sealer = sync.OnceValues(func() (*seal.Sealer, error) { return sealer(all) })
	case !cfg.sandbox:
		o.Problem = "there is no folder to keep the journal of changes in, and nothing is changed without it. Set FISKL_STATE_DIR"
	}
	if !cfg.sandbox { // the sandbox forgets its books, and so the journal of them
		o.Dir, o.Heads, o.Retention = journals(all), heads(all), all.retention
	}
	s.policy = writepolicy.New(o)
	return s
}

// sealer has the key of this installation, which is made when it is first
// needed.
func sealer(all program) (*seal.Sealer, error) {
	key, err := seal.LoadKey(filepath.Join(all.stateDir, "key"))
	if err != nil {
		return nil, &writepolicy.Error{Problem: err.Error()}
	}
	return seal.New(key, all.clock())
}

func journals(all program) string {
	if all.stateDir == "" {
		return ""
	}
	return filepath.Join(all.stateDir, "journal")
}

// heads are folders for records of the journals' last lines. One is beside the
// journals, and what is restored with them says nothing; so there is another in
// the folder for what may be lost, which backups leave out, apart for each
// folder of journals.
func heads(all program) []string {
	if all.stateDir == "" {
		return nil
	}
	folders := []string{filepath.Join(all.stateDir, "heads")}
	if all.cache != "" {
		folders = append(folders, ours(all.cache, "heads", digest.Of(filepath.Clean(all.stateDir))[:16]))
	}
	return folders
}

func (p program) clock() func() time.Time {
	if p.now == nil {
		return time.Now
	}
	return p.now
}

// watchedCompany tells whose books these are. A credential that cannot read the
// company keeps a journal of its own.
func watchedCompany(ctx context.Context, reader *fisklapi.Client, cfg companyConfig) (writepolicy.Company, error) {
	c, err := reader.Companies.Get(ctx)
	if fisklapi.OutOfReach(err) {
		return writepolicy.Company{Key: cfg.host() + "-" + cfg.opener(), Name: cfg.title, Zone: cmp.Or(cfg.zone, time.UTC), Alone: true}, nil
	}
	if err != nil {
		return writepolicy.Company{}, err
	}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil || c.TimeZone == "" {
		zone = cmp.Or(cfg.zone, time.UTC) // of a zone that this machine does not know, too
	}
	return writepolicy.Company{Key: cfg.host() + "-" + journalOf(c.ID), Name: c.Name, Zone: zone}, nil
}

// host is where the API is, fit for the name of a file.
func (c companyConfig) host() string {
	u, err := url.Parse(c.baseURL)
	if err != nil || u.Host == "" {
		return "api"
	}
	return strings.NewReplacer(":", "_", "[", "", "]", "").Replace(strings.ToLower(u.Host))
}

// identity tells a company, its credential and who calls from all others.
func (c companyConfig) identity(caller string) string {
	if c.sandbox {
		return "sandbox " + c.name + " " + caller
	}
	return fmt.Sprintf("%s %s %s", c.baseURL, c.credentialID(), caller)
}

// settle looks up, in the background, what an earlier run left open.
func (s *writeGuard) settle(ctx context.Context, cfg companyConfig, all program, logger *slog.Logger) {
	if cfg.sandbox || cfg.problem() != "" || cfg.readOnly || !cfg.kept(journals(all)) {
		return
	}
	if err := s.policy.Settle(ctx); err != nil {
		logger.DebugContext(ctx, "the journal is looked through later", "problem", err.Error())
	}
}

// kept reports that a folder may hold the journal of the company.
func (c companyConfig) kept(folder string) bool {
	files, err := os.ReadDir(folder)
	return err == nil && slices.ContainsFunc(files, func(f os.DirEntry) bool { return strings.HasPrefix(f.Name(), c.host()+"-") })
}
