package login

import (
	"context"
	"fmt"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// unsaved are tokens that the server gave out and that could not be saved, for
// want of room perhaps. They are the only ones that still renew the sign-in,
// and so are not used, and not let go, until they are on the disk. The lock is
// held as long: another process would use a refresh token that is spent, and
// so end the sign-in.
type unsaved struct {
	credential.Credential

	replaces secret.Secret // the refresh token that they were given for
	unlock   func()
}

// granted is a sign-in with the tokens of an answer. A server need not give a
// new refresh token, nor name scopes that stay the same.
func granted(g credential.Grant, tokens *oauth2.Token, now time.Time) credential.Grant {
	g.Access, g.Obtained, g.Expiry, g.Asked = secret.New(tokens.AccessToken), now.UTC(), time.Time{}, time.Time{}
	if tokens.RefreshToken != "" {
		g.Refresh = secret.New(tokens.RefreshToken)
	}
	if tokens.ExpiresIn > 0 {
		g.Expiry = g.Obtained.Add(time.Duration(tokens.ExpiresIn) * time.Second)
	}
	if scope, ok := tokens.Extra("scope").(string); ok && scope != "" {
		g.Scopes = strings.Fields(scope)
	}
	return g
}

// keep saves renewed tokens before anybody uses them. The lock is held.
func (s *Source) keep(c credential.Credential, replaces secret.Secret) (credential.Credential, error) {
	if err := s.o.Store.Update(s.o.Slot, c); err != nil {
		s.unsaved = &unsaved{Credential: c, replaces: replaces}
		return credential.Credential{}, s.late(err)
	}
	return c, nil
}

// saveLate tries again to save what could not be saved.
func (s *Source) saveLate(ctx context.Context) (credential.Credential, error) {
	stored, err := s.o.Store.Load(ctx, s.o.Slot)
	if err != nil {
		return credential.Credential{}, s.late(err)
	}
	if stored.ID != s.unsaved.ID || stored.Grant.Refresh.Reveal() != s.unsaved.replaces.Reveal() {
		s.release() // it is another sign-in that lies there now
		return stored, s.admit(stored)
	}
	if err := s.o.Store.Update(s.o.Slot, s.unsaved.Credential); err != nil {
		return credential.Credential{}, s.late(err)
	}
	c := s.unsaved.Credential
	s.release()
	return c, nil
}

func (s *Source) release() {
	s.unsaved.unlock()
	s.unsaved = nil
}

func (s *Source) late(err error) error {
	return &fisklapi.CredentialError{Problem: fmt.Sprintf(
		"the renewed sign-in cannot be saved (%s), and is lost if this server ends before it is. Make room, and try again", strings.TrimSuffix(err.Error(), "."))}
}
