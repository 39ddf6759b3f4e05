package main

import (
	"errors"
	"fmt"
	"log/slog"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// company is one company's books and the tools that work on them.
type company struct {
	api     *fisklapi.Client
	catalog *tools.Catalog
}

// open wires a company: transport, client, tools. It sends nothing.
func open(cfg config, logger *slog.Logger) (company, error) {
	o := fisklapi.Options{
		TokenSource: source(cfg),
		BaseURL:     cfg.baseURL,
		Logger:      logger,
		Rate:        cfg.rate,
		Timeout:     cfg.timeout,
		MinorUnits:  cfg.minorUnits,
		ReadOnly:    cfg.readOnly,
		Now:         cfg.now,
	}
	mode := "live"
	if cfg.sandbox {
		mode = "sandbox: a made-up company"
		o.BaseURL = "http://127.0.0.1"
		o.Transport = inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: cfg.now})}
		o.TokenSource = fisklapi.Key(sandbox.KeyOwner)
		o.MinorUnits = fisklapi.Hundredths
		o.Rate = -1
	}
	api, err := fisklapi.New(o)
	if err != nil {
		return company{}, usageError{named(err)}
	}
	catalog, err := tools.New(api, tools.Options{Toolsets: cfg.toolsets, ReadOnly: cfg.readOnly, Charts: cfg.charts, Mode: mode})
	if err != nil {
		return company{}, usageError{fmt.Errorf("FISKL_TOOLSETS: %w", err)}
	}
	return company{api, catalog}, nil
}

// named tells of an option that cannot be used by the name of its setting.
func named(err error) error {
	var wrong *fisklapi.OptionError
	if !errors.As(err, &wrong) {
		return err
	}
	env := map[string]string{"BaseURL": "FISKL_BASE_URL", "MinorUnits": "FISKL_MINOR_UNITS"}[wrong.Option]
	return fmt.Errorf("%s %s", env, wrong.Problem)
}

// source gives the token, or the reason why there is none.
func source(cfg config) oauth2.TokenSource {
	if cfg.keyProblem != "" {
		return noKey(cfg.keyProblem)
	}
	return fisklapi.Key(cfg.key.Reveal())
}

type noKey string

func (k noKey) Token() (*oauth2.Token, error) {
	return nil, &fisklapi.CredentialError{Problem: string(k)}
}
