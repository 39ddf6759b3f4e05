package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func whoamiCommand(w environment) *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use:   "whoami",
		Short: "Show which credential is used, whose books it opens and what it may do",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := configured(c, w)
			if err != nil {
				return err
			}
			return w.whoami(c.Context(), cfg, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	return c
}

// standing is how one company's credential stands. It has no secret in it.
type standing struct {
	Name        string     `json:"name"` // as the settings file has it
	Source      string     `json:"source"`
	Prefix      string     `json:"prefix,omitempty"` // of an API key, as Fiskl lists it
	Company     string     `json:"company,omitempty"`
	CompanyID   schemas.ID `json:"company_id,omitempty"`
	Permissions []string   `json:"permissions,omitempty"`
	Scopes      []string   `json:"scopes,omitempty"`
	SignedIn    *time.Time `json:"signed_in,omitempty"`
	Expires     *time.Time `json:"expires,omitempty"` // of the access token, which is renewed
	Problem     string     `json:"problem,omitempty"`
}

// whoami tells of all companies. It fails if one of them cannot be worked on.
func (w environment) whoami(ctx context.Context, cfg config.Config, asJSON bool) error {
	p, err := opened(cfg, newLogger(w.err, cfg.LogLevel))
	if err != nil {
		return err
	}
	defer p.Close(ctx, slog.New(slog.DiscardHandler))
	var all []standing
	usable := true
	for _, co := range p.Each {
		s := standingOf(ctx, co)
		usable = usable && s.Problem == ""
		all = append(all, s)
	}
	if err := w.tell(all, asJSON); err != nil {
		return err
	}
	if !usable {
		return errSaid
	}
	return nil
}

func (w environment) tell(all []standing, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(w.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(map[string]any{"credentials": all})
	}
	var b strings.Builder
	for i, s := range all {
		if i > 0 {
			b.WriteString("\n")
		}
		s.write(&b)
	}
	_, err := fmt.Fprint(w.out, b.String())
	return err
}

// standingOf asks Fiskl about a credential.
func standingOf(ctx context.Context, co *company.Company) standing {
	s := standing{Name: cmp.Or(co.Name, credential.DefaultName), Source: credentialSource(co.Company)}
	if !co.Key.IsZero() {
		s.Prefix = secret.Prefix(co.Key)
	}
	held, err := company.Accepted(ctx, co.API)
	s.Permissions = held
	if err == nil {
		company, companyErr := co.API.Companies.Get(ctx)
		s.Company, s.CompanyID = company.Name, company.ID
		if !fisklapi.OutOfReach(companyErr) {
			err = companyErr
		} else {
			s.Company = co.Title
		}
	}
	if err != nil {
		s.Problem = refusal(err)
	}
	if co.Saved != nil && s.Problem == "" {
		s.tellSaved(ctx, co) // last, because the call may have renewed it
	}
	return s
}

// tellSaved adds what is known of a credential that login saved.
func (s *standing) tellSaved(ctx context.Context, co *company.Company) {
	c, err := co.Saved.Show(ctx)
	if err != nil {
		s.Problem = cmp.Or(s.Problem, err.Error())
		return
	}
	s.SignedIn = &c.Saved
	if c.Kind == credential.APIKey {
		s.Prefix = secret.Prefix(c.Key)
		return
	}
	s.Scopes = c.Grant.Scopes
	if !c.Grant.Expiry.IsZero() {
		s.Expires = &c.Grant.Expiry
	}
}

// credentialSource says where the credential comes from.
func credentialSource(c config.Company) string {
	switch given := c.KeySetting(); {
	case c.Sandbox:
		return "the sandbox's own key"
	case given.Text != "":
		return given.Place()
	case c.Saved == nil:
		return "none"
	}
	h, err := c.Saved.Peek()
	switch {
	case errors.Is(err, credential.ErrNone):
		return "none"
	case err != nil:
		return "fiskl-mcp login, which cannot be read"
	case h.Kind == credential.OAuth:
		return "fiskl-mcp login, through the browser (key to it: " + string(h.KeyIn) + ")"
	default:
		return "fiskl-mcp login, an API key (key to it: " + string(h.KeyIn) + ")"
	}
}

func (s standing) write(b *strings.Builder) {
	const layout = "2006-01-02 15:04 UTC"
	rows := [][2]string{{"name", s.Name}, {"source", s.Source}, {"key", s.Prefix}, {"company", s.Company}}
	if s.SignedIn != nil {
		rows = append(rows, [2]string{"signed in", s.SignedIn.Format(layout)})
	}
	if s.Expires != nil {
		rows = append(rows, [2]string{"access until", s.Expires.Format(layout) + ", and is renewed"})
	}
	permissions := strings.Join(s.Permissions, " ")
	if permissions == "" && s.Problem == "" {
		permissions = "not known: Fiskl takes the credential and does not tell them"
	}
	rows = append(rows, [2]string{"scopes", strings.Join(s.Scopes, " ")}, [2]string{"permissions", permissions}, [2]string{"problem", s.Problem})
	for _, row := range rows {
		if row[1] != "" {
			fmt.Fprintf(b, "%-13s %s\n", row[0], row[1])
		}
	}
}
