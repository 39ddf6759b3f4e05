package oauth

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"strings"
	"time"

	"github.com/go-oauth2/oauth2/v4"
	refusals "github.com/go-oauth2/oauth2/v4/errors"
	"github.com/go-oauth2/oauth2/v4/models"
)

// How long what is given lives. Fiskl documents only that codes are short-lived.
const (
	codeLife    = time.Minute
	accessLife  = 15 * time.Minute
	refreshLife = 30 * 24 * time.Hour
)

// maxKept is how many access tokens are kept before those that expired an hour ago are forgotten.
const maxKept = 1000

// family is one sign-in and all that it gave.
type family struct {
	client, user string
	scope        string
	begun        bool // Its code was swapped.
	revoked      bool
}

// tokenError says why an access token is none, in a sentence for the caller.
type tokenError string

func (e tokenError) Error() string { return string(e) }

// grant is a code, an access token or a refresh token.
type grant struct {
	*family
	info    oauth2.TokenInfo // As the library gave it; read of codes only.
	scope   string           // Of an access token: what it may do, which may be less than its family.
	expires time.Time
	used    bool
}

// store keeps what was given. The library asks it in several steps, so its callers hold a lock from the first to the
// last. It goes by the sandbox's clock; the library, which goes by the machine's, is always told that what it looks at
// was made just now.
type store struct {
	now       func() time.Time
	families  map[string]*family
	codes     map[string]*grant
	accesses  map[string]*grant
	refreshes map[string]*grant
	counts    Counts
}

func newStore(now func() time.Time) *store {
	return &store{
		now: now, families: map[string]*family{},
		codes: map[string]*grant{}, accesses: map[string]*grant{}, refreshes: map[string]*grant{},
	}
}

// familyField is where the family's name travels on the library's tokens.
const familyField = "family"

// Create keeps a code, or an access token and its refresh token.
func (s *store) Create(_ context.Context, info oauth2.TokenInfo) error {
	if code := info.GetCode(); code != "" {
		f := &family{client: info.GetClientID(), user: info.GetUserID(), scope: info.GetScope()}
		s.families[code] = f
		s.codes[code] = &grant{family: f, info: info, expires: s.now().Add(codeLife)}
		return nil
	}
	token, ok := info.(oauth2.ExtendableTokenInfo)
	if !ok {
		return errors.New("a token of an unknown kind")
	}
	f, ok := s.families[token.GetExtension().Get(familyField)]
	if !ok {
		return errors.New("a token without a sign-in")
	}
	if !f.begun {
		f.begun = true
		s.counts.Codes++
	}
	s.forget()
	s.accesses[info.GetAccess()] = &grant{family: f, scope: info.GetScope(), expires: s.now().Add(accessLife)}
	s.refreshes[info.GetRefresh()] = &grant{family: f, info: info, expires: s.now().Add(refreshLife)}
	return nil
}

// GetByCode finds a code. One that was used already takes back all that it gave.
func (s *store) GetByCode(_ context.Context, code string) (oauth2.TokenInfo, error) {
	g, ok := s.codes[code]
	if !ok || !s.good(g) {
		return nil, refusals.ErrInvalidAuthorizeCode
	}
	info := *g.info.(*models.Token)
	info.CodeCreateAt = time.Now()
	info.Extension = url.Values{familyField: {code}}
	return &info, nil
}

// RemoveByCode is called when a code is swapped.
func (s *store) RemoveByCode(_ context.Context, code string) error {
	s.codes[code].used = true
	return nil
}

// GetByRefresh finds a refresh token. One that was used already takes back its whole family.
func (s *store) GetByRefresh(_ context.Context, refresh string) (oauth2.TokenInfo, error) {
	g, ok := s.refreshes[refresh]
	if !ok || !s.good(g) {
		return nil, refusals.ErrInvalidRefreshToken
	}
	info := *g.info.(*models.Token)
	info.Scope = g.family.scope // What a refresh asked for holds for that access token only.
	info.RefreshCreateAt = time.Now()
	return &info, nil
}

// RemoveByRefresh is called when a refresh token was swapped.
func (s *store) RemoveByRefresh(_ context.Context, refresh string) error {
	s.refreshes[refresh].used = true
	s.counts.Refreshes++
	return nil
}

// GetByAccess is never called: access tokens are looked up by find.
func (s *store) GetByAccess(context.Context, string) (oauth2.TokenInfo, error) {
	return nil, refusals.ErrInvalidAccessToken
}

// RemoveByAccess is never called: the access token of before a refresh lives until it expires.
func (s *store) RemoveByAccess(context.Context, string) error { return nil }

// good reports whether a code or refresh token may be swapped.
func (s *store) good(g *grant) bool {
	if g.used {
		s.counts.Reuses++
		s.takeBack(g.family)
	}
	return !g.revoked && s.now().Before(g.expires)
}

func (s *store) takeBack(f *family) {
	if !f.revoked {
		f.revoked = true
		s.counts.Revoked++
	}
}

// find tells what an access token may do.
func (s *store) find(access string) (f *family, scopes []string, err error) {
	g, ok := s.accesses[access]
	switch {
	case !ok:
		return nil, nil, tokenError("This access token is not known; the sandbox forgets all of them when it stops.")
	case g.revoked || g.used:
		return nil, nil, tokenError("This access token was revoked.")
	case !s.now().Before(g.expires):
		return nil, nil, tokenError("This access token has expired.")
	default:
		return g.family, strings.Fields(g.scope), nil
	}
}

// revoke takes a token back: with a refresh token its whole family, with an access token that token only. It tells
// whether the token is the client's; one that is not known is nobody's, and that is no mistake.
func (s *store) revoke(token, client string) bool {
	if g, ok := s.refreshes[token]; ok {
		if g.client != client {
			return false
		}
		s.takeBack(g.family)
	}
	if g, ok := s.accesses[token]; ok {
		if g.client != client {
			return false
		}
		g.used = true
	}
	return true
}

func (s *store) expire() {
	now := s.now()
	for _, g := range s.accesses {
		g.expires = now
	}
}

// forget drops what nobody asks for any more, once there is much of it. Families and refresh tokens stay: a refresh
// token that comes back after years is still a reuse.
func (s *store) forget() {
	if len(s.accesses) < maxKept {
		return
	}
	hourAgo := s.now().Add(-time.Hour)
	maps.DeleteFunc(s.accesses, func(_ string, g *grant) bool { return g.expires.Before(hourAgo) })
}
