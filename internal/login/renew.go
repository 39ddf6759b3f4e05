package login

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/oauth2"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

// early is how long before its end a token is renewed, but no more than a
// quarter of its life.
const early = 30 * time.Second

// rest is how long a renewal that failed is not tried again.
const rest = 5 * time.Second

// stale reports that a token is at its end. Only the length of its life
// counts, measured from when it was had, so that a wrong clock does no harm.
func (s *Source) stale(c credential.Credential) bool {
	if c.Kind != credential.OAuth || c.Grant.Expiry.IsZero() {
		return false
	}
	life := c.Grant.Expiry.Sub(c.Grant.Obtained)
	return !s.o.Now().Add(min(early, life/4)).Before(c.Grant.Expiry)
}

// trial is how long a token that was had for a refused one is not renewed for
// being refused itself: there would be no end to it.
const trial = time.Minute

// doubtful reports that another renewal would not help.
func (s *Source) doubtful(g credential.Grant) bool {
	age := s.o.Now().Sub(g.Obtained)
	return g.Doubted && 0 <= age && age < trial // the clock may have been set back
}

// renew has the tokens renewed, unless another process did so meanwhile. spent
// is what will not do any more; doubted says that the API refused it.
func (s *Source) renew(ctx context.Context, spent credential.Credential, doubted bool) (credential.Credential, error) {
	if s.failed.err != nil && s.o.Now().Before(s.failed.until) {
		return credential.Credential{}, s.failed.err
	}
	unlock, err := s.o.Store.Lock(ctx, s.o.Slot)
	if err != nil {
		return credential.Credential{}, err
	}
	defer func() {
		if s.unsaved == nil {
			unlock()
			return
		}
		s.unsaved.unlock = unlock // nobody else is to use what is spent
	}()
	s.seen = nil
	c, err := s.current(ctx)
	if err != nil {
		return credential.Credential{}, err
	}
	if c.Bearer().Reveal() != spent.Bearer().Reveal() && !s.stale(c) {
		return c, nil
	}
	renewed, err := s.renewLocked(ctx, c, doubted)
	s.failed = failure{s.o.Now().Add(rest), err}
	if ctx.Err() != nil {
		s.failed = failure{}
	}
	return renewed, err
}

// renewLocked asks for new tokens. That it is about to ask is on the disk
// before it asks: what finds the mark later knows that an answer was lost.
func (s *Source) renewLocked(ctx context.Context, c credential.Credential, doubted bool) (credential.Credential, error) {
	if c.Grant.Over || c.Grant.Refresh.IsZero() {
		return credential.Credential{}, s.ended("")
	}
	asked := c.Grant.Asked
	c.Grant.Asked = s.o.Now().UTC()
	if err := s.o.Store.Update(s.o.Slot, c); err != nil {
		return credential.Credential{}, fmt.Errorf("the sign-in has to be renewed, and what came of it could not be saved: %w", err)
	}
	// From here on nobody's impatience may cut the answer off.
	tokens, err := s.ask(context.WithoutCancel(ctx), c.Grant)
	if err != nil {
		return credential.Credential{}, s.refused(c, asked, explained(err))
	}
	replaces := c.Grant.Refresh
	c.Grant = granted(c.Grant, tokens, s.o.Now())
	c.Grant.Doubted = doubted
	return s.keep(c, replaces)
}

// ask sends the refresh token.
func (s *Source) ask(ctx context.Context, g credential.Grant) (*oauth2.Token, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	app, err := app(g.Server, g.Server.TokenURL)
	if err != nil {
		return nil, err
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, client(s.o.Transport))
	return app.TokenSource(ctx, &oauth2.Token{RefreshToken: g.Refresh.Reveal()}).Token()
}

// refused notes what a failed renewal leaves behind, and says what to do.
func (s *Source) refused(c credential.Credential, asked time.Time, e *serverError) error {
	if !e.answered {
		// Whether the server gave new tokens out is not known: the mark stays.
		return &fisklapi.CredentialError{Problem: "the sign-in could not be renewed: " + e.problem + ". Try again in a moment"}
	}
	c.Grant.Asked = asked
	c.Grant.Over = e.code == "invalid_grant"
	_ = s.o.Store.Update(s.o.Slot, c) // else the server is asked again, and says the same
	if !c.Grant.Over {
		return &fisklapi.CredentialError{Problem: "the sign-in could not be renewed: " + e.problem + ". If that stays so, run: " + s.o.Slot.Command(credential.OAuth)}
	}
	if asked.IsZero() {
		return s.ended("")
	}
	return s.ended(", because the answer to its renewal at " + asked.Format("2006-01-02 15:04 UTC") + " was lost")
}

func (s *Source) ended(why string) error {
	return &fisklapi.CredentialError{Problem: "the sign-in has ended" + why + ". Run: " + s.o.Slot.Command(credential.OAuth)}
}
