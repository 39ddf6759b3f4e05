package oauth

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/go-oauth2/oauth2/v4"
	refusals "github.com/go-oauth2/oauth2/v4/errors"
	"github.com/go-oauth2/oauth2/v4/models"
)

// CheckRedirectURI says why an address may not be registered: Fiskl takes https, and http for localhost only.
func CheckRedirectURI(uri string) error {
	u, err := url.Parse(uri)
	switch {
	case err != nil:
		return errors.New("it is not a URL")
	case u.Host == "" || u.User != nil || u.Fragment != "" || strings.ContainsAny(uri, "# "):
		return errors.New("it must be of the form https://HOST/PATH, without a fragment")
	case u.Scheme == "https", u.Scheme == "http" && u.Hostname() == "localhost":
		return nil
	default:
		return errors.New("it must be https, or http://localhost")
	}
}

// registered tells the library of a client. It has one field for where a client may be sent back to, so that all
// addresses share it; none of them holds a space.
func (c Client) registered() *models.Client {
	return &models.Client{ID: c.ID, Public: true, Domain: strings.Join(c.RedirectURIs, " ")}
}

// exact is how the library compares redirect addresses. Its own way compares the ends of host names.
func exact(registered, uri string) error {
	if !slices.Contains(strings.Fields(registered), uri) {
		return refusals.ErrInvalidRedirectURI
	}
	return nil
}

// clients finds clients for the library.
type clients struct{ server *Server }

func (c clients) GetByID(_ context.Context, id string) (oauth2.ClientInfo, error) {
	client, ok := c.server.client(id)
	if !ok {
		return nil, refusals.ErrInvalidClient
	}
	return client.registered(), nil
}
