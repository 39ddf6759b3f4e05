package oauth

import (
	"context"
	"crypto/rand"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/go-oauth2/oauth2/v4"
	refusals "github.com/go-oauth2/oauth2/v4/errors"
	"github.com/go-oauth2/oauth2/v4/manage"
	"github.com/go-oauth2/oauth2/v4/server"
)

// What codes and tokens begin with, so that a person who meets one knows what it is.
const (
	AccessPrefix  = "sandbox-access-"
	RefreshPrefix = "sandbox-refresh-"
	CodePrefix    = "sandbox-code-"
)

// largestBody is the most a request's body may hold.
const largestBody = 64 << 10

// newLibrary sets the library up for public clients with PKCE, and gives it our store, clock and comparisons.
func (s *Server) newLibrary() *server.Server {
	m := manage.NewManager()
	m.MapClientStorage(clients{s})
	m.MapTokenStorage(s.store)
	m.MapAuthorizeGenerate(randomCode{})
	m.MapAccessGenerate(randomTokens{})
	m.SetValidateURIHandler(exact)
	m.SetAuthorizeCodeExp(codeLife)
	m.SetAuthorizeCodeTokenCfg(&manage.Config{AccessTokenExp: accessLife, RefreshTokenExp: refreshLife, IsGenerateRefresh: true})
	m.SetRefreshTokenCfg(&manage.RefreshingConfig{
		AccessTokenExp: accessLife, RefreshTokenExp: refreshLife,
		IsGenerateRefresh: true, IsResetRefreshTime: true, IsRemoveRefreshing: true,
	})
	library := server.NewServer(&server.Config{
		TokenType:                   "Bearer",
		AllowedResponseTypes:        []oauth2.ResponseType{oauth2.Code},
		AllowedGrantTypes:           []oauth2.GrantType{oauth2.AuthorizationCode, oauth2.Refreshing},
		AllowedCodeChallengeMethods: []oauth2.CodeChallengeMethod{oauth2.CodeChallengeS256},
		ForcePKCE:                   true,
	}, m)
	library.ClientInfoHandler = s.whichClient
	library.RefreshTokenResolveHandler = s.whichRefreshToken
	library.RefreshingScopeHandler = narrower
	library.InternalErrorHandler = translated
	library.ResponseErrorHandler = statused
	return library
}

// randomCode and randomTokens make codes and tokens of 130 random bits.
type (
	randomCode   struct{}
	randomTokens struct{}
)

func (randomCode) Token(context.Context, *oauth2.GenerateBasic) (string, error) {
	return CodePrefix + rand.Text(), nil
}

func (randomTokens) Token(context.Context, *oauth2.GenerateBasic, bool) (access, refresh string, err error) {
	return AccessPrefix + rand.Text(), RefreshPrefix + rand.Text(), nil
}

// whichClient names the client that asks. It has no secret to show.
func (s *Server) whichClient(r *http.Request) (id, secret string, err error) {
	id = r.PostForm.Get("client_id")
	if _, ok := s.client(id); !ok || r.PostForm.Has("client_secret") {
		return "", "", refusals.ErrInvalidClient
	}
	return id, "", nil
}

// whichRefreshToken is the refresh token of a request. The library does not ask whose it is.
func (s *Server) whichRefreshToken(r *http.Request) (string, error) {
	token := r.PostForm.Get("refresh_token")
	if token == "" {
		return "", refusals.ErrInvalidRequest
	}
	if g, ok := s.store.refreshes[token]; ok && g.client != r.PostForm.Get("client_id") {
		return "", refusals.ErrInvalidGrant
	}
	return token, nil
}

// narrower allows a refresh to ask for less than the user agreed to.
func narrower(request *oauth2.TokenGenerateRequest, agreed string) (bool, error) {
	for asked := range strings.FieldsSeq(request.Scope) {
		if !slices.Contains(strings.Fields(agreed), asked) {
			return false, nil
		}
	}
	return true, nil
}

// translated tells the errors that the library has no code for.
func translated(err error) *refusals.Response {
	if errors.Is(err, refusals.ErrInvalidRedirectURI) {
		return &refusals.Response{Error: refusals.ErrInvalidGrant, Description: "redirect_uri is not the one the code was sent to"}
	}
	return nil
}

// statused gives errors the statuses of RFC 6749, from which the library departs.
func statused(response *refusals.Response) {
	switch {
	case errors.Is(response.Error, refusals.ErrServerError):
	case errors.Is(response.Error, refusals.ErrInvalidClient):
		response.StatusCode = http.StatusUnauthorized
	default:
		response.StatusCode = http.StatusBadRequest
	}
}

// token swaps a code or a refresh token for new tokens.
func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	status, body := s.swap(r)
	answerJSON(w, status, body)
}

// swap decides a request for tokens under the lock, so that of several with one code or refresh token one wins.
func (s *Server) swap(r *http.Request) (int, map[string]any) {
	if err := readForm(r); err != nil {
		return s.refused(err)
	}
	switch oauth2.GrantType(r.PostForm.Get("grant_type")) {
	case oauth2.AuthorizationCode, oauth2.Refreshing:
	case "":
		return s.refused(refusals.ErrInvalidRequest)
	default:
		return s.refused(refusals.ErrUnsupportedGrantType)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	kind, request, err := s.library.ValidationTokenRequest(r)
	if err != nil {
		return s.refused(err)
	}
	info, err := s.library.GetAccessToken(r.Context(), kind, request)
	if err != nil {
		return s.refused(err)
	}
	return http.StatusOK, s.library.GetTokenData(info)
}

func (s *Server) refused(err error) (int, map[string]any) {
	body, status, _ := s.library.GetErrorData(err)
	return status, body
}

// revoke takes a token back, as RFC 7009 says.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	if status, body := s.forgo(r); status != http.StatusOK {
		answerJSON(w, status, body)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func (s *Server) forgo(r *http.Request) (int, map[string]any) {
	if err := readForm(r); err != nil {
		return s.refused(err)
	}
	client, _, err := s.whichClient(r)
	if err != nil {
		return s.refused(err)
	}
	token := r.PostForm.Get("token")
	if token == "" {
		return s.refused(refusals.ErrInvalidRequest)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.store.revoke(token, client) {
		return s.refused(refusals.ErrInvalidGrant)
	}
	return http.StatusOK, nil
}

// readForm reads a form, in which nothing may stand twice. Secrets do not belong into an address, so what stands there
// is not read.
func readForm(r *http.Request) error {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/x-www-form-urlencoded" {
		return refusals.ErrInvalidRequest
	}
	if err := r.ParseForm(); err != nil {
		return refusals.ErrInvalidRequest
	}
	r.Form = r.PostForm
	for _, values := range r.PostForm {
		if len(values) > 1 {
			return refusals.ErrInvalidRequest
		}
	}
	return nil
}
