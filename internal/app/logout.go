package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

func logoutCommand(w environment) *cobra.Command {
	return &cobra.Command{
		Use:   "logout",
		Short: "Sign out: revoke what can be revoked, and delete what login saved",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := configured(c, w)
			if err != nil {
				return err
			}
			return w.signOut(c.Context(), cfg)
		},
	}
}

// signOut deletes what was saved, whether or not it can be read and revoked.
func (w environment) signOut(ctx context.Context, cfg config.Config) error {
	co, err := theCompany(cfg)
	if err != nil {
		return err
	}
	saved, loadErr := cfg.Store.Load(ctx, co.Slot())
	if errors.Is(loadErr, credential.ErrNone) {
		_, err := fmt.Fprintln(w.out, "Nothing was saved, so there is nothing to delete.")
		return err
	}
	said := giveBack(ctx, saved, loadErr)
	if err := cfg.Store.Delete(ctx, co.Slot()); err != nil && !errors.Is(err, credential.ErrNone) {
		return err
	}
	if given := co.KeySetting(); given.Text != "" {
		said += fmt.Sprintf("\n%s is still set, and goes on being used.", given.Place())
	}
	_, err = fmt.Fprintln(w.out, "Signed out: what was saved here is deleted.\n"+said)
	return err
}

// giveBack ends a sign-in at Fiskl where that can be done, and says what is
// left for the person to do.
func giveBack(ctx context.Context, c credential.Credential, loadErr error) string {
	const byHand = "To end it in Fiskl as well, go to Settings > API & Connections"
	switch {
	case loadErr != nil:
		problem, _, _ := strings.Cut(loadErr.Error(), ". ") // what to do about it does not matter any more
		return "It was not revoked, because it could not be read: " + problem + ". " + byHand + "."
	case c.Kind == credential.APIKey:
		return "The API key " + secret.Prefix(c.Key) + " itself still works. " + byHand + " > My API keys, and revoke it."
	}
	err := login.Revoke(ctx, c.Grant, nil)
	if err != nil {
		return "It was not revoked: " + err.Error() + ". " + byHand + "."
	}
	return "It was revoked at Fiskl."
}
