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
	companyConfig

	api     *fisklapi.Client
	guard   *writeGuard
	catalog *tools.Catalog
	suggest *complete.Books
	books   *resources.Books
	look    *permissions.Look // nil until somebody looks what the credential may do

	stopLook context.CancelFunc
}

// open wires all companies. It sends nothing.
func open(cfg config, logger *slog.Logger) (practice, error) {
	var p practice
	var named []tools.Named
	for _, one := range cfg.companies {
		called := ""
		if len(cfg.companies) > 1 {
			called = one.name
		}
		co, err := openCompany(cfg.program, one, called, logger)
		if err != nil {
			return practice{}, usageError{err}
		}
		p.companies = append(p.companies, co)
		named = append(named, tools.Named{Name: one.name, Catalog: co.catalog})
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
func openCompany(all program, cfg companyConfig, called string, logger *slog.Logger) (company, error) {
	if cfg.name != "" {
		logger = logger.With("company", cfg.name)
	}
	reader, err := fisklapi.New(clientOptions(all, cfg, logger))
	if err != nil {
		return company{}, cfg.named(err)
	}
	guard := newWriteGuard(all, cfg, reader, logger)
	api := reader.Guarded(guard.policy.Guard)
	files := exportStore(all, cfg)
	catalog, err := tools.New(api, tools.Options{
		Toolsets: all.toolsets, ReadOnly: cfg.readOnly, Reader: cfg.reader, Charts: all.charts, Mode: cfg.mode(),
		Confirm: cfg.confirm, DryRun: cfg.dryRun, Now: all.now,
		Sealer: guard.sealer, Identity: cfg.identity(all.caller), Policy: guard.policy,
		Name: called, Unnamed: cfg.unnamed, Exports: files, Extras: all.extra,
	})
	if err != nil {
		return company{}, fmt.Errorf("%s: %w", cfg.place("FISKL_TOOLSETS"), err)
	}
	return company{
		companyConfig: cfg, api: api, guard: guard, catalog: catalog, stopLook: func() {},
		suggest: complete.New(api, all.now), books: resources.New(api, resources.Options{Name: called, Toolsets: all.toolsets, Exports: files, Voice: catalog}),
	}, nil
}

// clientOptions are those of a company's client. The sandbox has its own way,
// key and pace.
func clientOptions(all program, cfg companyConfig, logger *slog.Logger) fisklapi.Options {
	o := fisklapi.Options{
		TokenSource: source(cfg),
		BaseURL:     cfg.root(),
		Transport:   cfg.transport,
		Logger:      logger,
		Rate:        cfg.rate,
		Pace:        cfg.pace,
		Timeout:     cfg.timeout,
		MinorUnits:  cfg.minorUnits,
		Endpoints:   cfg.moved,
		Dialect:     cfg.dialect,
		ReadOnly:    cfg.readOnly,
		Zone:        cfg.zone,
		Now:         all.now,
	}
	if cfg.sandbox {
		if o.Transport == nil {
			o.Transport = boxed(all)
		}
		if cfg.key.IsZero() {
			o.TokenSource = fisklapi.Key(sandbox.KeyOwner)
		}
		o.MinorUnits = fisklapi.Hundredths
		o.Rate, o.Pace = -1, nil
	}
	return o
}

// mode is how the server runs, as get_context says it.
func (c companyConfig) mode() string {
	if c.sandbox {
		return "sandbox: a made-up company"
	}
	return "live"
}

// boxed is the way to a sandbox of its own.
func boxed(all program) http.RoundTripper {
	return inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: all.now})}
}

// source gives the token, or the reason why there is none.
func source(cfg companyConfig) oauth2.TokenSource {
	switch {
	case cfg.keyProblem != "":
		return noKey(cfg.keyProblem)
	case cfg.key.IsZero() && cfg.saved != nil:
		return cfg.saved
	default:
		return fisklapi.Key(cfg.key.Reveal())
	}
}

type noKey string

func (k noKey) Token() (*oauth2.Token, error) {
	return nil, &fisklapi.CredentialError{Problem: string(k)}
}
