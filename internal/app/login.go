package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// way is how a person signs in.
type way struct {
	browser bool // through the browser rather than with an API key
	print   bool // only print where to go
}

func loginCommand(w environment) *cobra.Command {
	var by way
	c := &cobra.Command{
		Use:   "login",
		Short: "Sign in with an API key or through the browser, and keep it safe",
		Long: `Sign in to a company, so that no key has to stand in a client's configuration.

Without --oauth it asks for an API key, which is not shown while it is pasted; a
script gives it as the first line of standard input. The key is tried before it
is saved. With --oauth it opens the browser, where you choose what may be done.

What is saved lies encrypted in a file of the state folder, and the key to it in
the keychain of the operating system. Without a keychain it lies in a file that
only you can read.

  fiskl-mcp login
  fiskl-mcp login --oauth
  fiskl-mcp login --profile acme < acme.key`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := configured(c, w)
			if err != nil {
				return err
			}
			return signInTo(c.Context(), w, cfg, by)
		},
	}
	c.Flags().BoolVar(&by.browser, "oauth", false, "sign in through the browser")
	c.Flags().BoolVar(&by.print, "no-browser", false, "print where to sign in instead of opening it (with --oauth)")
	return c
}

func signInTo(ctx context.Context, w environment, cfg config.Config, by way) error {
	co, err := theCompany(cfg)
	if err != nil {
		return err
	}
	switch {
	case co.Sandbox:
		return usageError{errors.New("the sandbox needs nobody to sign in")}
	case by.print && !by.browser:
		return usageError{errors.New("--no-browser goes with --oauth")}
	}
	var c credential.Credential
	if by.browser {
		c, err = w.throughBrowser(ctx, cfg, co, by.print)
	} else {
		c, err = w.withKey(ctx, co)
	}
	if err != nil {
		return err
	}
	return w.saveSignIn(ctx, cfg, co, c)
}

// theCompany is the company that is meant. Several are a mistake of usage.
func theCompany(c config.Config) (config.Company, error) {
	if len(c.Companies) == 1 {
		return c.Companies[0], nil
	}
	var names []string
	for _, one := range c.Companies {
		names = append(names, one.Name)
	}
	return config.Company{}, usageError{fmt.Errorf("the settings file has several companies: say which one is meant with --profile (%s)", strings.Join(names, ", "))}
}

// withKey asks for an API key.
func (w environment) withKey(ctx context.Context, co config.Company) (credential.Credential, error) {
	text, err := w.askKey(ctx)
	if err != nil {
		return credential.Credential{}, err
	}
	if problem := config.CheckKey(co.Name, text.Reveal(), "what was given"); problem != "" {
		return credential.Credential{}, errors.New(problem)
	}
	return credential.Credential{Kind: credential.APIKey, Key: text}, nil
}

// throughBrowser has the person sign in at Fiskl.
func (w environment) throughBrowser(ctx context.Context, cfg config.Config, co config.Company, only bool) (credential.Credential, error) {
	o := co.SignIn
	o.Addresses.API = co.Root()
	place, err := login.Find(ctx, o.Addresses, nil)
	if err != nil {
		return credential.Credential{}, err
	}
	grant, err := login.Browser{
		Place: place, ClientID: o.ClientID, SecretFile: o.SecretFile, Scopes: o.Scopes, Port: o.Port,
		Show: func(address string) { w.visit(address, only) }, Patience: w.timeout, Now: cfg.Clock(),
	}.SignIn(ctx)
	return credential.Credential{Kind: credential.OAuth, Grant: grant}, err
}

// visit sends the person to a page.
func (w environment) visit(address string, only bool) {
	if only || w.browse == nil {
		_, _ = fmt.Fprintf(w.err, "Visit this page in a browser on this machine to sign in:\n\n  %s\n\n", address) // nowhere else to say it
		return
	}
	_, _ = fmt.Fprintf(w.err, "Your browser opens to sign in. If no page appears, visit:\n\n  %s\n\n", address) // nowhere else to say it
	go func() { _ = w.browse(address) }()                                                                       // the person has the address
}

// saveSignIn tries a credential and keeps it. What is of no more use then is
// given back: the sign-in before it, or this one if it cannot be kept.
func (w environment) saveSignIn(ctx context.Context, cfg config.Config, co config.Company, c credential.Credential) error {
	held, err := tryOut(ctx, co, &c)
	var kept credential.Kept
	useless := c
	if err == nil {
		before, _ := cfg.Store.Load(ctx, co.Slot()) // what cannot be read cannot be given back
		c.Saved = cfg.Clock()().UTC()
		if kept, err = cfg.Store.Save(ctx, co.Slot(), c); err == nil {
			useless = before
		}
	}
	if useless.Kind == credential.OAuth {
		_ = login.Revoke(context.WithoutCancel(ctx), useless.Grant, nil) // it ends by itself, too
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(w.out, welcomed(co, c, held, kept))
	return err
}

// tryOut finds out what a credential may do, and whose books it opens.
func tryOut(ctx context.Context, co config.Company, c *credential.Credential) ([]string, error) {
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: c.Bearer().Reveal(), TokenType: "Bearer"}),
		BaseURL:     co.Root(), Timeout: co.Timeout, ReadOnly: true,
	})
	if err != nil {
		return nil, co.OptionError(err)
	}
	held, err := company.Accepted(ctx, api)
	if err != nil {
		return nil, notTried(c, err)
	}
	company, err := api.Companies.Get(ctx)
	if err != nil && !fisklapi.OutOfReach(err) {
		return nil, notTried(c, err)
	}
	c.Company = credential.Company{ID: company.ID, Name: company.Name}
	return held, nil
}

// notTried says why a credential is not saved.
func notTried(c *credential.Credential, err error) error {
	what := map[credential.Kind]string{credential.APIKey: "the key", credential.OAuth: "the sign-in"}[c.Kind]
	said := refusal(err)
	if !errors.Is(err, fisklapi.Unauthorized) {
		return fmt.Errorf("%s could not be tried, and nothing was saved: %s", what, said)
	}
	if c.Kind == credential.APIKey {
		said = strings.TrimSuffix(said, ".") + ". A key fails when it was copied in part, has expired or was revoked"
	}
	return errors.New("Fiskl does not accept " + what + ", and nothing was saved: " + said)
}

// welcomed says what was saved and where.
func welcomed(co config.Company, c credential.Credential, held []string, kept credential.Kept) string {
	var b strings.Builder
	what, whose := "API key "+secret.Prefix(c.Key), "a company that it may not name"
	if c.Kind == credential.OAuth {
		what = "a sign-in through the browser"
	}
	if c.Company.Name != "" {
		whose = c.Company.Name
	}
	holds := fmt.Sprintf("holds %d permissions", len(held))
	if held == nil {
		holds = "does not tell what it may do"
	}
	fmt.Fprintf(&b, "Signed in to %s with %s, which %s.\nSaved encrypted in %s.\n", whose, what, holds, kept.Path)
	switch {
	case kept.InKeychain:
		b.WriteString("The key to it is in the keychain.\n")
	case kept.Why != "":
		fmt.Fprintf(&b, "The key to it lies beside it in a file that only you can read: %s.\n", kept.Why)
	default:
		b.WriteString("The key to it lies beside it in a file that only you can read, as FISKL_TOKEN_STORE says.\n")
	}
	if len(kept.Also) > 0 {
		fmt.Fprintf(&b, "Note: %s is signed in to the same company. If it is not meant to be, sign in again to the right one.\n", strings.Join(kept.Also, ", "))
	}
	if given := co.KeySetting(); given.Text != "" {
		fmt.Fprintf(&b, "It is not used yet: %s is set, and comes first. Take that out.\n", given.Place())
	}
	return b.String()
}
