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
	Line    Line // how its requests reach the API

	guard    *writeGuard
	journals string            // the folder of the journals; empty when there is none
	look     *permissions.Look // nil until somebody looks what the credential may do
	stopLook context.CancelFunc
}

// Open opens all companies for the one person whose program it is. It sends
// nothing. Lines are by company, in the order of the settings; none gives each one
// of its own. Its errors name the setting that is wrong.
func Open(cfg config.Config, logger *slog.Logger, lines ...Line) (Companies, error) {
	return openAll(cfg, lines, opening{logger: logger})
}

// openAll opens all companies with what they have in common. Lines are by
// company, in the order of the settings; nil gives each one of its own.
func openAll(cfg config.Config, lines []Line, common opening) (Companies, error) {
	var p Companies
	var named []tools.Named
	for i, one := range cfg.Companies {
		o := common
		o.program, o.Company = cfg.Program, one
		o.ReadOnly, o.reader = one.ReadOnly || common.reader, common.reader && !one.ReadOnly
		if len(cfg.Companies) > 1 {
			o.called = one.Name
		}
		if lines != nil {
			o.line = lines[i]
		}
		co, err := o.open()
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

// OpenOne opens one company by itself, as Open does for all.
func OpenOne(all config.Program, cfg config.Company, line Line, logger *slog.Logger) (*Company, error) {
	return opening{program: all, Company: cfg, line: line, logger: logger}.open()
}

// opening is what a company is opened with.
type opening struct {
	config.Company

	program config.Program
	called  string // its name, where there are several
	caller  string // who calls, where there are several
	reader  bool   // it is the caller who may only read, and not everybody
	shared  bool   // the caller may be on another machine
	line    Line
	logger  *slog.Logger
}

// open wires a company: transport, client, tools.
func (o opening) open() (*Company, error) {
	if o.Name != "" {
		o.logger = o.logger.With("company", o.Name)
	}
	reader, err := fisklapi.New(ClientOptions(o.program, o.Company, o.line, o.logger))
	if err != nil {
		return nil, o.OptionError(err)
	}
	guard := newWriteGuard(o, reader)
	api := reader.Guarded(guard.policy.Guard)
	files := export.New(export.Options{
		Dir: o.program.ExportsDir(), Owner: o.identity(), Save: o.program.ExportDir, Local: !o.shared, Now: o.program.Clock(),
	})
	catalog, err := tools.New(api, tools.Options{
		Toolsets: o.program.Toolsets, ReadOnly: o.ReadOnly, Reader: o.reader, Charts: o.program.Charts, Mode: mode(o.Company),
		Confirm: o.Confirm, DryRun: o.DryRun, Now: o.program.Now, Marked: o.line.Marked && o.Sandbox,
		Sealer: guard.sealer, Identity: o.identity(), Policy: guard.policy,
		Name: o.called, Unnamed: func(ctx context.Context) string { return unnamed(ctx, o.Company) }, Exports: files, CSVMark: o.program.CSVMark, Extras: o.program.Extra,
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.Place("FISKL_TOOLSETS"), err)
	}
	return &Company{
		Company: o.Company, API: api, Catalog: catalog, Suggest: complete.New(api, o.program.Now), Line: o.line,
		Books: resources.New(api, resources.Options{Name: o.called, Toolsets: o.program.Toolsets, Exports: files, Voice: catalog}),
		guard: guard, journals: o.program.JournalsDir(), stopLook: func() {},
	}, nil
}

// identity tells a company, its credential and who calls from all others.
func (o opening) identity() string {
	if o.Sandbox {
		return "sandbox " + o.Name + " " + o.caller
	}
	return fmt.Sprintf("%s %s %s", o.BaseURL, o.CredentialID(), o.caller)
}

// mode is how the server runs, as get_context says it.
func mode(c config.Company) string {
	if c.Sandbox {
		return "sandbox: a made-up company"
	}
	return "live"
}
