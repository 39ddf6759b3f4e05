package company

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/complete"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/permissions"
	"github.com/fiskl-mcp/fiskl-mcp/resources"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// Companies is all companies that the program works on, behind one list of
// tools.
type Companies struct {
	*tools.Companies

	Each []*Company // in the order of the settings file
}

// Company is one company's books and the tools that work on them.
type Company struct {
	config.Company // as it is set

	API     *fisklapi.Client // writes through the guard alone
	Catalog *tools.Catalog
	Suggest *complete.Books
	Books   *resources.Books

	guard    *writeGuard
	journals string            // the folder of the journals; empty when there is none
	look     *permissions.Look // nil until somebody looks what the credential may do
	stopLook context.CancelFunc
}

// Open wires all companies. It sends nothing. Its errors name the setting that is
// wrong.
func Open(cfg config.Config, logger *slog.Logger) (Companies, error) {
	var p Companies
	var named []tools.Named
	for _, one := range cfg.Companies {
		called := ""
		if len(cfg.Companies) > 1 {
			called = one.Name
		}
		co, err := openNamed(cfg.Program, one, called, logger)
		if err != nil {
			return Companies{}, err
		}
		p.Each = append(p.Each, co)
		named = append(named, tools.Named{Name: one.Name, Catalog: co.Catalog})
	}
	var err error
	p.Companies, err = tools.NewCompanies(named...)
	return p, err
}

// Close gives the journals up, and logs where one could not be closed in order.
func (p Companies) Close(ctx context.Context, logger *slog.Logger) {
	for _, co := range p.Each {
		if err := co.guard.policy.Close(); err != nil { //nolint:contextcheck // the end of the program is not to be cut short
			logger.WarnContext(ctx, "the journal was not closed in order", "problem", err.Error())
		}
	}
}

// Leave gives up what the companies hold on to, and says nothing of it.
func (p Companies) Leave() {
	for _, co := range p.Each {
		co.Leave()
	}
}

// Leave gives up what a company holds on to. Its journal has nothing open.
func (co *Company) Leave() {
	co.stopLook()
	_ = co.guard.policy.Close() // an end that could not be written is found by the next start
}

// OpenOne wires one company by itself, as Open does for all.
func OpenOne(all config.Program, cfg config.Company, logger *slog.Logger) (*Company, error) {
	return openNamed(all, cfg, "", logger)
}

// openNamed wires one company: transport, client, tools. Called is its name,
// where there are several.
func openNamed(all config.Program, cfg config.Company, called string, logger *slog.Logger) (*Company, error) {
	if cfg.Name != "" {
		logger = logger.With("company", cfg.Name)
	}
	reader, err := fisklapi.New(ClientOptions(all, cfg, logger))
	if err != nil {
		return nil, cfg.OptionError(err)
	}
	guard := newWriteGuard(all, cfg, reader, logger)
	api := reader.Guarded(guard.policy.Guard)
	files := exportStore(all, cfg)
	catalog, err := tools.New(api, tools.Options{
		Toolsets: all.Toolsets, ReadOnly: cfg.ReadOnly, Reader: cfg.Reader, Charts: all.Charts, Mode: mode(cfg),
		Confirm: cfg.Confirm, DryRun: cfg.DryRun, Now: all.Now,
		Sealer: guard.sealer, Identity: identity(cfg, all.Caller), Policy: guard.policy,
		Name: called, Unnamed: func(ctx context.Context) string { return unnamed(ctx, cfg) }, Exports: files, Extras: all.Extra,
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cfg.Place("FISKL_TOOLSETS"), err)
	}
	return &Company{
		Company: cfg, API: api, guard: guard, Catalog: catalog, journals: all.JournalsDir(), stopLook: func() {},
		Suggest: complete.New(api, all.Now), Books: resources.New(api, resources.Options{Name: called, Toolsets: all.Toolsets, Exports: files, Voice: catalog}),
	}, nil
}

// exportStore keeps the files of one caller about one company.
func exportStore(all config.Program, cfg config.Company) *export.Store {
	return export.New(export.Options{
		Dir: all.ExportsDir(), Owner: identity(cfg, all.Caller), Save: all.ExportDir, Now: all.Clock(),
	})
}

// mode is how the server runs, as get_context says it.
func mode(c config.Company) string {
	if c.Sandbox {
		return "sandbox: a made-up company"
	}
	return "live"
}
