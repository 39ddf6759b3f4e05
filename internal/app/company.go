package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/complete"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/permissions"
	"github.com/fiskl-mcp/fiskl-mcp/resources"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// practice is all companies that the program works on, behind one list of
// tools.
type practice struct {
	*tools.Companies

	companies []company
}

// company is one company's books and the tools that work on them.
type company struct {
	config.Company

	api     *fisklapi.Client
	guard   *writeGuard
	catalog *tools.Catalog
	suggest *complete.Books
	books   *resources.Books
	look    *permissions.Look // nil until somebody looks what the credential may do

	stopLook context.CancelFunc
}

// open wires all companies. It sends nothing.
func open(cfg config.Config, logger *slog.Logger) (practice, error) {
	var p practice
	var named []tools.Named
	for _, one := range cfg.Companies {
		called := ""
		if len(cfg.Companies) > 1 {
			called = one.Name
		}
		co, err := openCompany(cfg.Program, one, called, logger)
		if err != nil {
			return practice{}, usageError{err}
		}
		p.companies = append(p.companies, co)
		named = append(named, tools.Named{Name: one.Name, Catalog: co.catalog})
	}
	var err error
	p.Companies, err = tools.NewCompanies(named...)
	return p, err
}

// close gives the journals up.
func (p practice) close(ctx context.Context, logger *slog.Logger) {
	for _, co := range p.companies {
		if err := co.guard.policy.Close(); err != nil { //nolint:contextcheck // the end of the program is not to be cut short
			logger.WarnContext(ctx, "the journal was not closed in order", "problem", err.Error())
		}
	}
}

// openCompany wires one company: transport, client, tools. Called is its name,
// where there are several.
func openCompany(all config.Program, cfg config.Company, called string, logger *slog.Logger) (company, error) {
	if cfg.Name != "" {
		logger = logger.With("company", cfg.Name)
	}
	reader, err := fisklapi.New(clientOptions(all, cfg, logger))
	if err != nil {
		return company{}, cfg.OptionError(err)
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
		return company{}, fmt.Errorf("%s: %w", cfg.Place("FISKL_TOOLSETS"), err)
	}
	return company{
		Company: cfg, api: api, guard: guard, catalog: catalog, stopLook: func() {},
		suggest: complete.New(api, all.Now), books: resources.New(api, resources.Options{Name: called, Toolsets: all.Toolsets, Exports: files, Voice: catalog}),
	}, nil
}

// clientOptions are those of a company's client. The sandbox has its own way,
// key and pace.
func clientOptions(all config.Program, cfg config.Company, logger *slog.Logger) fisklapi.Options {
	o := fisklapi.Options{
		TokenSource: source(cfg),
		BaseURL:     cfg.Root(),
		Transport:   cfg.Transport,
		Logger:      logger,
		Rate:        cfg.Rate,
		Pace:        cfg.Pace,
		Timeout:     cfg.Timeout,
		MinorUnits:  cfg.MinorUnits,
		Endpoints:   cfg.Endpoints,
		Dialect:     cfg.Dialect,
		ReadOnly:    cfg.ReadOnly,
		Zone:        cfg.Zone,
		Now:         all.Now,
	}
	if cfg.Sandbox {
		if o.Transport == nil {
			o.Transport = boxed(all)
		}
		if cfg.Key.IsZero() {
			o.TokenSource = fisklapi.Key(sandbox.KeyOwner)
		}
		o.MinorUnits = fisklapi.Hundredths
		o.Rate, o.Pace = -1, nil
	}
	return o
}

// mode is how the server runs, as get_context says it.
func mode(c config.Company) string {
	if c.Sandbox {
		return "sandbox: a made-up company"
	}
	return "live"
}

// boxed is the way to a sandbox of its own.
func boxed(all config.Program) http.RoundTripper {
	return inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: all.Now})}
}

// source gives the token, or the reason why there is none.
func source(cfg config.Company) oauth2.TokenSource {
	switch {
	case cfg.KeyProblem != "":
		return noKey(cfg.KeyProblem)
	case cfg.Key.IsZero() && cfg.Saved != nil:
		return cfg.Saved
	default:
		return fisklapi.Key(cfg.Key.Reveal())
	}
}

type noKey string

func (k noKey) Token() (*oauth2.Token, error) {
	return nil, &fisklapi.CredentialError{Problem: string(k)}
}
