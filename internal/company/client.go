package company

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// ClientOptions are those of a company's API client. The sandbox has its own
// way, key and pace.
func ClientOptions(all config.Program, cfg config.Company, logger *slog.Logger) fisklapi.Options {
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

// Sandbox is the way to a sandbox of its own, whose clock is the program's.
func Sandbox(all config.Program) http.RoundTripper {
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

// Ping asks the API of a company for anything, without a key. That the API
// refuses is an answer; it fails when none comes, or one of a broken server.
func Ping(ctx context.Context, c config.Company) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Root()+"/v1/me/permissions", http.NoBody)
	if err != nil {
		return err
	}
	res, err := c.Transport.RoundTrip(req)
	if err != nil {
		return err
	}
	_ = res.Body.Close() // what it says does not matter
	if res.StatusCode >= http.StatusInternalServerError {
		return errors.New("the API answered " + res.Status)
	}
	return nil
}
