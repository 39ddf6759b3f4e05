package app

import (
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// startable finds what would keep a server from starting with settings that
// could be read. It touches nothing.
func startable(cfg config.Config) error {
	for _, one := range cfg.Companies {
		api, err := fisklapi.New(fisklapi.Options{
			TokenSource: source(one), BaseURL: one.Root(), MinorUnits: one.MinorUnits, Endpoints: one.Endpoints, Dialect: one.Dialect,
		})
		if err != nil {
			return usageError{one.OptionError(err)}
		}
		if _, err := tools.New(api, tools.Options{Toolsets: cfg.Toolsets, Extras: cfg.Extra}); err != nil {
			return usageError{fmt.Errorf("%s: %w", one.Place("FISKL_TOOLSETS"), err)}
		}
	}
	return nil
}

// starts says why a server does not start with some arguments.
func (w environment) starts(args []string) error {
	c, rest, err := Desk().root(w).Find(args)
	if err == nil {
		err = c.ParseFlags(rest)
	}
	if err == nil {
		err = c.ValidateArgs(c.Flags().Args())
	}
	if err != nil {
		return err
	}
	cfg, err := configured(c, w)
	if err != nil {
		return err
	}
	return startable(cfg)
}

// entryStarts says why a server does not start with the arguments of a client's
// entry. Whether the client hands the settings of this environment on is not
// known, so either will do.
func (w environment) entryStarts(args []string) error {
	bare := w
	bare.env = nil
	for _, pair := range w.env {
		if !strings.HasPrefix(pair, "FISKL_") {
			bare.env = append(bare.env, pair)
		}
	}
	err := bare.starts(args)
	if err != nil && w.starts(args) == nil {
		return nil
	}
	return err
}
