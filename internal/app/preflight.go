package app

import (
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
)

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
	if err := company.Check(cfg); err != nil {
		return usageError{err}
	}
	return nil
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
