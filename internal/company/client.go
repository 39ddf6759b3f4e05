package company

import (
	"log/slog"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
)

// ClientOptions are those of a company's API client. The sandbox has its own
// transport, key and pace.
func ClientOptions(all config.Program, cfg config.Company, line Line, logger *slog.Logger) fisklapi.Options {
	o := fisklapi.Options{
		TokenSource: source(cfg),
		BaseURL:     cfg.Root(),
		Transport:   line.Transport,
		Logger:      logger,
		Rate:        cfg.Rate,
		Pace:        line.Pace,
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
			o.Transport = Sandbox(all)
		}
		if cfg.Key.IsZero() {
			o.TokenSource = fisklapi.Key(sandbox.KeyOwner)
		}
		o.MinorUnits = fisklapi.Hundredths
		o.Rate, o.Pace = -1, nil
	}
	return o
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
