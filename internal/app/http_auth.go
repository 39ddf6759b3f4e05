package app

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"log/slog"
	"path/filepath"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// authenticator decides who calls. Salt makes digests of callers' keys the same
// in all processes that have it.
func authenticator(cfg config.Config, salt []byte, logger *slog.Logger) (principal.Authenticator, error) {
	switch cfg.Endpoint.Auth {
	case config.AuthHeader:
		return principal.Header(keyLook(cfg, logger), salt), nil
	case config.AuthStatic:
		return principal.Static(cfg.Endpoint.TokensFile, cfg.CredentialsDir, logger)
	default:
		return principal.None(), nil
	}
}

// keyLook asks Fiskl whether a key is one.
func keyLook(cfg config.Config, logger *slog.Logger) principal.Look {
	return func(ctx context.Context, key secret.Secret) (bool, error) {
		one := cfg.Companies[0]
		one.Key, one.KeyProblem = key, ""
		co, err := company.OpenOne(cfg.Program, one, company.Line{}, logger)
		if err != nil {
			return false, err
		}
		defer co.Leave() //nolint:contextcheck // what it holds is given up in any case
		_, err = company.Accepted(ctx, co.API)
		switch {
		case errors.Is(err, fisklapi.Unauthorized):
			return false, nil
		default:
			return err == nil, err
		}
	}
}

// shared is the key of this installation. Processes that share a state folder
// know the same callers by it, and honour each other's sessions. Without one
// each process makes its own.
type shared struct{ key secret.Secret }

func sharedKeys(ctx context.Context, p config.Program, logger *slog.Logger) shared {
	if p.StateDir == "" {
		return shared{}
	}
	key, err := seal.LoadKey(filepath.Join(p.StateDir, "key"))
	if err != nil {
		logger.WarnContext(ctx, "there is no key to share: sessions end with this process, and nothing can be changed", "problem", err.Error())
		return shared{}
	}
	return shared{key}
}

// of is the key for one use, so that no two uses have the same; nil when there
// is none.
func (s shared) of(use string) []byte {
	if s.key.IsZero() {
		return nil
	}
	key, err := hkdf.Key(sha256.New, []byte(s.key.Reveal()), nil, "fiskl-mcp "+use+" 1", sha256.Size)
	if err != nil {
		return nil // never happens: the length is one that every hash can give
	}
	return key
}
