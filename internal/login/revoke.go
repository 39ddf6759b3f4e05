package login

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// ErrNoRevocation is why a sign-in cannot be ended at Fiskl from here.
var ErrNoRevocation = errors.New("the server does not say where a sign-in is ended")

// Revoke ends a sign-in at the authorization server (RFC 7009): the refresh
// token first, which ends the rest as a rule, and then what else there is.
func Revoke(ctx context.Context, g credential.Grant, road http.RoundTripper) error {
	if g.Server.RevokeURL == "" {
		return ErrNoRevocation
	}
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	for _, one := range []struct {
		hint  string
		token secret.Secret
	}{{"refresh_token", g.Refresh}, {"access_token", g.Access}} {
		if one.token.IsZero() {
			continue
		}
		if err := revoke(ctx, g.Server, url.Values{"token": {one.token.Reveal()}, "token_type_hint": {one.hint}}, road); err != nil {
			return err
		}
	}
	return nil
}

func revoke(ctx context.Context, s credential.Server, form url.Values, road http.RoundTripper) error {
	req, err := revocation(ctx, s, form)
	if err != nil {
		return err
	}
	res, err := client(road).Do(req)
	if err != nil {
		return explained(err)
	}
	_ = res.Body.Close() // what it says does not matter
	if res.StatusCode != http.StatusOK && res.StatusCode != http.StatusNoContent {
		return fmt.Errorf("%s refused (HTTP %d)", req.URL.Host, res.StatusCode)
	}
	return nil
}

// revocation says who asks, as requests for tokens do.
func revocation(ctx context.Context, s credential.Server, form url.Values) (*http.Request, error) {
	c, err := app(s, s.RevokeURL)
	if err != nil {
		return nil, err
	}
	inHeader := c.Endpoint.AuthStyle == oauth2.AuthStyleInHeader
	if !inHeader {
		form.Set("client_id", c.ClientID)
	}
	if !inHeader && c.ClientSecret != "" {
		form.Set("client_secret", c.ClientSecret)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.RevokeURL, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if inHeader {
		req.SetBasicAuth(url.QueryEscape(c.ClientID), url.QueryEscape(c.ClientSecret))
	}
	return req, nil
}
